"""The home page: hand-written words, then conflicts, all claims by topic, how to read a badge, sources, changes."""

from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from ..marks import plural
from ..publication import Publication, Review, by_attention
from ..render import Page, Site, body, root
from ..view import corrections, prepare
from ..weigh import RULES, Status

KIND = "home"
MOST_CLAIMS = 400
"""A record of more claims shows the first of each topic, and the search page the others."""
MOST_CONFLICTS, MOST_OF_TOPIC, MOST_SOURCES, MOST_CHANGES = 12, 6, 12, 5


class Shelf(NamedTuple):
    """A topic with the claims that are shown, and how many it has."""

    id: str
    name: str
    reviews: list[Review]
    rest: list[Review]
    """Shown on demand; empty in a large record, where the search page lists them."""
    conflicts: int
    """Of the topic, which stand above all topics."""
    total: int


def wrap(pub: Publication, site: Site, env: Environment, written: Markup, title: str) -> Page:
    """Puts the record under a heading and words that an editor wrote (already HTML, from trusted Markdown)."""
    desk = prepare(pub, site)
    conflicts = [r for r in desk.live if r.agreement.status is Status.CONFLICT]
    thin = sum(r.agreement.status in (Status.ECHO, Status.SINGLE) for r in desk.live)
    counts = f"{plural(len(desk.live), 'claim')} from {plural(desk.voices, 'article')}"
    if desk.live:
        counts += f": {len(conflicts)} in conflict, {thin} with a single origin or a single article behind them"
    return Page(
        KIND,
        "",
        title,
        f"{pub.record.about.title}. {counts}.",
        body(
            env,
            "home.html.j2",
            root=root(""),
            title=title,
            written=written,
            counts=counts,
            conflicts=conflicts[:MOST_CONFLICTS],
            more_conflicts=len(conflicts) - MOST_CONFLICTS,
            shelves=_shelves(pub, len(desk.live)),
            rules=RULES,
            listed=list(desk.sources.values())[:MOST_SOURCES],
            changes=corrections(pub.reviews)[:MOST_CHANGES],
        ),
        "claims",
    )


def _shelves(pub: Publication, claims: int) -> list[Shelf]:
    """Claims by topic, those that need attention first; without conflicts, which stand above, and the withdrawn."""
    shelves = []
    for topic, reviews in pub.by_topic:
        rest = [r for r in reviews if r.agreement.status not in (Status.CONFLICT, Status.WITHDRAWN)]
        live = sum(r.agreement.status is not Status.WITHDRAWN for r in reviews)
        rest = by_attention(rest)
        if rest:
            name = topic.name if topic else "Other matters"
            more = rest[MOST_OF_TOPIC:] if claims <= MOST_CLAIMS else []
            shelves.append(
                Shelf(topic.id if topic else "other", name, rest[:MOST_OF_TOPIC], more, live - len(rest), live)
            )
    return shelves
