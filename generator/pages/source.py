"""One page an article: what it is, where it got its information, what it says, and how it prints statements."""

import textwrap
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from jinja2 import Environment

from ..dates import say
from ..elsewhere import judged
from ..jsonld import trail
from ..labels import basis, dated, kind, own
from ..letters import columns
from ..lint import set_aside
from ..model import Article, Claim, Stance
from ..publication import Cited, Publication, Review
from ..render import Heading, Page, Site, body, root
from ..shelves import shelves
from ..view import Card, Desk, alone, card, prepare, tally
from ..weigh import ATTENTION
from ..words import direction, gettext, language, ngettext, pgettext

KIND = "source"
MOST_ORIGINS = 24
"""The graph shows those that the article names most often."""
MOST_WHOLE = 100
"""So many claims are shown with the words; an article with more lists the others."""
_WIDTH, _GAP, _LINE, _PAD, _SPACE, _INDENT = 200, 56, 18, 9, 12, 11
_LETTERS, _LINES = 21, 3
"""A box of the graph holds so many lines of so many letters; what is longer ends in "…"."""


class Box(NamedTuple):
    """A node of the graph, in pixels."""

    x: int
    y: float
    width: int
    height: int
    lines: list[str]
    own: bool
    start: int
    """Where its lines begin, at the left or, from right to left, at the right."""

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


class Graph(NamedTuple):
    """Where an article got its information: the article at the left, the origins that it names to the right of it."""

    width: int
    height: float
    boxes: list[Box]
    edges: list[str]
    """SVG path data, each from an origin to what relays it."""
    wide: bool
    """Whether it takes more room than a phone has."""
    more: int
    """Origins that are not drawn, for want of room."""
    words: str
    """All links as a sentence, for those who do not see the picture."""


class Says(NamedTuple):
    """What the article says on one claim."""

    review: Review
    cards: list[Card]
    alone: bool


def outputs(pub: Publication, site: Site, env: Environment, only: Container[str] | None = None) -> Iterator[Page]:
    desk = prepare(pub, site)
    for article in pub.articles:
        if only is None or f"sources/{article.id}/" in only:
            yield _page(desk, article, env)


def _page(desk: Desk, article: Article, env: Environment) -> Page:
    name, address = desk.sources[article.id].name, f"sources/{article.id}/"
    says, rest = _says(desk, article)
    graph = _graph(name, [cited for _, cited in desk.pub.by_article.get(article.id, ()) if cited.match])
    said = [s for s in desk.said_by_article.get(article.id, ()) if len(s.told) > 1]
    verdicts = judged(desk, article.id)
    count = tally(desk, article.id)
    contents = [
        Heading("tally", ngettext("On %(n)s claim", "On %(n)s claims", len(desk.live))),
        *([Heading("origins", gettext("Where it got its information"))] if graph else ()),
        Heading("says", gettext("What it says")),
        *([Heading("verdicts", gettext("Verdicts that it gives"))] if verdicts else ()),
        *([Heading("wording", gettext("Its wording of shared quotations"))] if said else ()),
    ]
    return Page(
        KIND,
        address,
        name,
        gettext(
            "%(name)s: supports %(supports)s, qualifies %(qualifies)s and disputes %(disputes)s of the claims.",
            name=name,
            **count,
        ),
        body(
            env,
            "source.html.j2",
            root=root(address),
            source=desk.sources[article.id],
            facts=list(_facts(desk, article)),
            tally=count,
            heading=contents[0].title,
            graph=graph,
            says=shelves(desk.pub, says, lambda one: one.review),
            rest=rest,
            said=said,
            verdicts=verdicts,
        ),
        "sources",
        tuple(contents),
        head=trail(desk.site, [(gettext("Sources"), "sources/"), (name, address)]),
    )


def _facts(desk: Desk, article: Article) -> Iterator[tuple[str, str, str]]:
    """Rows of the facts: term, text, and our note on how we know."""
    publishers = desk.pub.publishers
    yield (
        gettext("Headline"),
        own(desk.sources[article.id].lang, article.headline) if article.headline else gettext("None printed"),
        "",
    )
    publisher = publishers.get(article.publisher or "")
    if publisher:
        name = publisher.name
        if publisher.owner:
            name = gettext("%(publisher)s, owned by %(owner)s", publisher=name, owner=publisher.owner)
        yield gettext("Publisher"), name, article.publisher_note or ""
    else:
        yield gettext("Publisher"), gettext("Not named"), article.publisher_note or ""
    if article.author:
        yield gettext("Author"), own(desk.sources[article.id].lang, article.author), ""
    yield gettext("Published"), dated(article.date_published, basis(article.date_basis)), article.date_note or ""
    what = kind(desk.pub, article)
    if original := desk.sources.get(article.reprint_of or ""):
        what = gettext("%(kind)s; reprint of %(source)s, and counted with it", kind=what, source=original.name)
    yield gettext("Kind"), what, ""
    for rule, why in set_aside(article.waivers):
        yield gettext("Rule set aside"), f"{rule} {gettext('Our reason:')} {why}", ""
    if article.date_retrieved:
        yield gettext("Text taken"), say(article.date_retrieved), ""


def _says(desk: Desk, article: Article) -> tuple[list[Says], list[tuple[Cited, Claim]]]:
    """By claim, what needs a reader's attention first; and those that are only listed, in the order of the record."""
    found: dict[str, tuple[Review, list[Cited]]] = {}
    for review, cited in desk.pub.by_article.get(article.id, ()):
        if cited.match is not None:
            found.setdefault(review.claim.id, (review, []))[1].append(cited)
    ordered = sorted(found.values(), key=lambda pair: ATTENTION.index(pair[0].agreement.status))
    shown = [Says(review, [card(desk, c, "") for c in cs], alone(review, cs[0])) for review, cs in ordered[:MOST_WHOLE]]
    return shown, [(cs[0], review.claim) for review, cs in ordered[MOST_WHOLE:]]


def _graph(name: str, evidence: Iterable[Cited]) -> Graph | None:
    """Lays the origins out in columns by their distance from the article; None where it names no origin.

    From right to left the article stands at the right.
    """
    depth: dict[str, int] = {}
    links: dict[tuple[str, str], None] = {}
    titles: dict[str, str] = {"": name}
    chains = [c.chain for c in evidence if c.evidence.stance is not Stance.MENTIONS]
    used = Counter(origin.id for chain in chains for origin in chain)
    drawn = {key for key, _ in used.most_common(MOST_ORIGINS)}
    for chain in chains:
        before = ""
        for n, origin in enumerate((o for o in chain if o.id in drawn), 1):
            titles[origin.id] = origin.title
            depth[origin.id] = max(depth.get(origin.id, 0), n)
            links[before, origin.id] = None
            before = origin.id
    if not depth:
        return None
    # An origin that stands nearer in another chain leaves no link backwards.
    edges = [(a, b) for a, b in links if depth.get(a, 0) < depth[b]]
    columns = [[""], *([key for key, n in depth.items() if n == d] for d in range(1, max(depth.values()) + 1))]
    lines = {key: _wrapped(title) for key, title in titles.items()}
    heights = {key: len(lines[key]) * _LINE + 2 * _PAD for key in lines}
    tall = [sum(heights[key] + _SPACE for key in column) - _SPACE for column in columns]
    boxes: dict[str, Box] = {}
    mirrored = direction(language()) == "rtl"
    for n, column in enumerate(columns):
        x = (len(columns) - 1 - n if mirrored else n) * (_WIDTH + _GAP) + 1
        start = x + _WIDTH - _INDENT if mirrored else x + _INDENT
        y = (max(tall) - tall[n]) / 2 + 2
        for key in column:
            boxes[key] = Box(x, y, _WIDTH, heights[key], lines[key], not key, start)
            y += heights[key] + _SPACE
    links_said = [gettext("%(article)s from %(origin)s", article=titles[a], origin=titles[b]) for a, b in edges]
    words = gettext("%(links)s.", links=pgettext("list of clauses", "; ").join(links_said))
    paths = [_curve(boxes[a], boxes[b]) for a, b in edges]
    return Graph(
        len(columns) * (_WIDTH + _GAP) - _GAP + 2,
        max(tall) + 4,
        list(boxes.values()),
        paths,
        len(columns) > 2,
        len(used) - len(drawn),
        words,
    )


def _curve(to: Box, source: Box) -> str:
    """From the edge of an origin to the edge of what relays it that is turned to it."""
    start, end = (source.x, to.x + _WIDTH + 7) if source.x > to.x else (source.x + _WIDTH, to.x - 7)
    half = (start + end) / 2
    return f"M{start} {source.middle:g}C{half:g} {source.middle:g} {half:g} {to.middle:g} {end} {to.middle:g}"


def _wrapped(title: str) -> list[str]:
    """A title in the lines of a box. Letters of twice the width can be parted anywhere."""
    if columns(title) == len(title):
        return textwrap.wrap(title, _LETTERS, max_lines=_LINES, placeholder=" …")
    lines = [""]
    for c in title:
        if columns(lines[-1] + c) > _LETTERS:
            lines.append("")
        lines[-1] += c
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], lines[_LINES - 1][:-1] + "…"]
