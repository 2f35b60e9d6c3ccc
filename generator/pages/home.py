"""The home page: hand-written words, then conflicts, all claims by topic, how to read a badge, sources, changes."""

from collections import Counter
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from ..dates import Date, Day
from ..jsonld import website
from ..marks import articles, claims
from ..past import headline
from ..publication import Publication, Review, by_attention
from ..render import Page, Site, body, root
from ..view import Desk, prepare
from ..weigh import RULES, Status
from ..words import gettext, ngettext

KIND = "home"
MOST_CLAIMS = 400
"""A record of more claims shows the first of each topic, and the search page the others."""
MOST_CONFLICTS, MOST_SOURCES, MOST_CHANGES = 12, 12, 5
MOST_OF_TOPIC, MOST_OF_ALL = 6, 40
"""Claims that are shown of a topic, and of all together; two of each topic are, as long as there are 100 or less."""


class Shelf(NamedTuple):
    """A topic with the claims that are shown, and how many it has."""

    id: str
    name: str
    """Empty where the record has no topics."""
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
    counts = gettext("%(claims)s from %(articles)s", claims=claims(len(desk.live)), articles=_articles(desk))
    if desk.live and pub.articles:
        counts = gettext(
            "%(counts)s: %(conflicts)s, %(thin)s",
            counts=counts,
            conflicts=ngettext("%(n)s in conflict", "%(n)s in conflict", len(conflicts)),
            thin=ngettext(
                "%(n)s with a single origin or a single article behind them",
                "%(n)s with a single origin or a single article behind them",
                thin,
            ),
        )
    description = gettext("%(affair)s. %(counts)s.", affair=pub.record.about.title, counts=counts)
    return Page(
        KIND,
        "",
        title,
        description,
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
            total=len(desk.sources),
            changes=_changes(pub)[:MOST_CHANGES],
        ),
        "claims",
        head=website(site, description),
    )


def _articles(desk: Desk) -> str:
    """ "5 articles", "5 articles and 12 linked ones"."""
    found, n = articles(desk.voices), len(desk.pub.linked)
    if not n:
        return found
    if not desk.voices:
        return ngettext("%(n)s linked article", "%(n)s linked articles", n)
    return ngettext("%(articles)s and %(n)s linked one", "%(articles)s and %(n)s linked ones", n, articles=found)


def _shelves(pub: Publication, claims: int) -> list[Shelf]:
    """Claims by topic, those that need attention first; without conflicts, which stand above, and the withdrawn."""
    shelves = []
    topics = max(1, len(pub.by_topic))
    most = min(MOST_OF_TOPIC, max(2 if topics <= 100 else 0, MOST_OF_ALL // topics))
    for topic, reviews in pub.by_topic:
        rest = [r for r in reviews if r.agreement.status not in (Status.CONFLICT, Status.WITHDRAWN)]
        live = sum(r.agreement.status is not Status.WITHDRAWN for r in reviews)
        rest = by_attention(rest)
        if rest:
            name = topic.name if topic else gettext("Other matters") if topics > 1 else ""
            more = rest[most:] if claims <= MOST_CLAIMS else []
            shelves.append(Shelf(topic.id if topic else "other", name, rest[:most], more, live - len(rest), live))
    return shelves


class Change(NamedTuple):
    """What changed on a day: of a claim, or of several where `review` is None."""

    date: Date
    rank: int
    """Among the changes of a day: what readers relied on and was wrong comes first."""
    review: Review | None
    what: str


def _changes(pub: Publication) -> list[Change]:
    """Corrections, withdrawals, and what the repository tells of status, counts, texts and new claims; newest first."""
    found: list[Change] = []
    added: Counter[Date] = Counter()
    for review in pub.reviews:
        claim, gone = review.claim, review.claim.withdrawn
        found += [
            Change(c.date, 1, review, gettext("Corrected: %(what)s", what=c.what)) for c in reversed(claim.corrections)
        ]
        if gone:
            found.append(Change(gone.date, 0, review, gettext("Withdrawn: %(reason)s", reason=gone.reason)))
        for revision in pub.past.revisions.get(claim.id, ()):
            what = headline(revision, gone is not None)
            if revision.added:
                added[revision.date] += 1
                found.append(Change(revision.date, 4, review, what))
            elif what:
                moved = revision.before is not None and revision.before.status is not revision.after.status
                found.append(Change(revision.date, 2 if moved else 3, review, what))
    found = [change for change in found if change.rank < 4 or added[change.date] == 1]
    found += [
        Change(date, 4, None, ngettext("%(n)s claim added.", "%(n)s claims added.", n))
        for date, n in added.items()
        if n > 1
    ]
    found.sort(key=lambda change: change.rank)
    return sorted(found, key=lambda change: change.date.first or Day.min, reverse=True)
