"""Who says what: claims by articles, as tables of at most 400 cells.

A small record is one table. A larger one has an index with the conflicts, and tables by topic. Within a table the
claims that need a reader's attention come first. Where no article stands beside the claims, a list is in its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from ..marks import articles, claims
from ..model import Article, Stance
from ..publication import Publication, Review, by_attention
from ..render import Page, Site, body, root
from ..view import ORDER
from ..weigh import ATTENTION, Status
from ..words import N_, gettext, ngettext

KIND = "matrix"
MOST_CELLS = 400
LEAST_CELLS = 2
"""So many a claim counts for at least: where no article stands beside it, it has its verdict."""
MANY_ARTICLES = 8
"""A table of more articles leaves out those that say nothing on its claims."""
MANY_TOPICS = 40
"""Of more topics, a table links to those next to its own, and the index names them without what each holds."""
_NEAR = 3
OTHER = "other"

_TITLE = N_("Who says what")


class Said(NamedTuple):
    """A stance of an article, with the values that it gives; those in quotation marks are its words for a date."""

    stance: str
    values: Sequence[str]


class Cell(NamedTuple):
    """What an article says about a claim; `before` are the cells of the silent articles since the last cell."""

    before: Markup
    article: Article
    said: Sequence[Said]


class Line(NamedTuple):
    """A row: the cells of the articles that say something, and those of the silent ones behind the last of them."""

    review: Review
    cells: Sequence[Cell]
    rest: Markup


class Table(NamedTuple):
    """A table as shown. `silent` are the articles left out; `statuses` how many of its claims have which status."""

    columns: Sequence[Article]
    lines: Sequence[Line]
    silent: Sequence[Article]
    statuses: Sequence[tuple[Status, int]]


class Link(NamedTuple):
    """A way to the tables of a topic."""

    address: str
    title: str
    claims: int
    statuses: Sequence[tuple[Status, int]]


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    reviews = by_attention(pub.reviews)
    silence: Any = env.get_template("parts/matrix-table.html.j2").module
    quiet = {article.id: silence.silence(article) for article in pub.articles}
    if len(reviews) * max(len(pub.articles), LEAST_CELLS) <= MOST_CELLS:
        about = gettext(
            "%(counts)s: which article supports, qualifies or disputes which claim, and which is silent.",
            counts=_claims(pub),
        )
        yield _page(
            env, "matrix/", gettext(_TITLE), about, table=_table(pub, reviews, quiet), links=(), more=0, parts=()
        )
        return
    used = {topic.id for topic in pub.record.topics}
    links, chunks = [], []
    for topic, some in pub.by_topic:
        slug, title = (topic.id, topic.name) if topic else (_free(OTHER, used), gettext("Other claims"))
        found = by_attention(some)
        links.append(Link(f"matrix/{slug}/", title, len(found), _statuses(found)))
        cut = list(_cut(pub, found))
        more = [f"matrix/{_free(slug, used)}/" for _ in cut[1:]]
        chunks.append(list(zip([f"matrix/{slug}/", *more], cut, strict=True)))
    yield _index(pub, env, reviews, links, quiet)
    for at, (link, parts) in enumerate(zip(links, chunks, strict=True)):
        near = links if len(links) <= MANY_TOPICS else links[max(at - _NEAR, 0) : at + _NEAR + 1]
        addresses = [address for address, _ in parts]
        for n, (address, found) in enumerate(parts, 1):
            title = gettext("Who says what: %(topic)s", topic=link.title)
            if len(parts) > 1:
                title = gettext("%(title)s, part %(part)s of %(parts)s", title=title, part=n, parts=len(parts))
            about = ngettext(
                "%(n)s claim on “%(topic)s”: which article says what.",
                "%(n)s claims on “%(topic)s”: which article says what.",
                len(found),
                topic=link.title,
            )
            yield _page(
                env,
                address,
                title,
                about,
                table=_table(pub, found, quiet),
                links=near,
                more=len(links) - len(near),
                parts=addresses if len(parts) > 1 else (),
            )


def _index(
    pub: Publication, env: Environment, reviews: Sequence[Review], links: Sequence[Link], quiet: Mapping[str, Markup]
) -> Page:
    """The conflicts as a table, as many as one page holds, and what each topic has."""
    disputes = [r for r in reviews if r.agreement.status in (Status.CONFLICT, Status.DISPUTED)]
    found = next(_cut(pub, disputes), [])
    values = {"table": _table(pub, found, quiet), "links": links, "brief": len(links) > MANY_TOPICS}
    values["left"] = len(disputes) - len(found)
    about = gettext("%(counts)s, by topic: which article says what.", counts=_claims(pub))
    gone = sum(review.claim.withdrawn is not None for review in reviews)
    return Page(
        KIND,
        "matrix/",
        gettext(_TITLE),
        about,
        body(
            env, "matrix-index.html.j2", root="../", title=gettext(_TITLE), counts=_first(len(reviews), gone), **values
        ),
        section="matrix",
    )


def _first(claims: int, gone: int) -> str:
    """ "First the conflicts, then all 90 claims by topic, 2 withdrawn among them." """
    if not gone:
        return ngettext(
            "First the conflicts, then all %(n)s claim by topic.",
            "First the conflicts, then all %(n)s claims by topic.",
            claims,
        )
    withdrawn = ngettext("%(n)s withdrawn", "%(n)s withdrawn", gone)
    return ngettext(
        "First the conflicts, then all %(n)s claim by topic, %(withdrawn)s among them.",
        "First the conflicts, then all %(n)s claims by topic, %(withdrawn)s among them.",
        claims,
        withdrawn=withdrawn,
    )


def _page(
    env: Environment,
    address: str,
    title: str,
    about: str,
    *,
    table: Table,
    links: Sequence[Link],
    more: int,
    parts: Sequence[str],
) -> Page:
    values = {"table": table, "links": links, "more": more, "parts": parts, "here": address}
    sheet = body(env, "matrix.html.j2", root=root(address), title=title, **values)
    return Page(KIND, address, title, about, sheet, section="matrix")


def _claims(pub: Publication) -> str:
    found = {"claims": claims(len(pub.reviews)), "articles": articles(len(pub.articles))}
    return gettext("%(claims)s against %(articles)s", **found)


def _free(slug: str, used: set[str]) -> str:
    """An address that no topic and no other part has: "deal-2"."""
    name = next(name for n in count(1) if (name := f"{slug}-{n}" if n > 1 else slug) not in used)
    used.add(name)
    return name


def _cut(pub: Publication, reviews: Sequence[Review]) -> Iterator[list[Review]]:
    """Cuts a list of claims into tables. One claim makes a table of its own if need be."""
    every = {article.id for article in pub.articles}
    few = len(every) <= MANY_ARTICLES
    chunk: list[Review] = []
    columns: set[str] = set()
    for review in reviews:
        wider = every if few else columns | _heard(review)
        if chunk and (len(chunk) + 1) * max(len(wider), LEAST_CELLS) > MOST_CELLS:
            yield chunk
            chunk, wider = [], every if few else _heard(review)
        chunk.append(review)
        columns = wider
    if chunk:
        yield chunk


def _heard(review: Review) -> set[str]:
    return {cited.evidence.article for cited in review.cited if cited.match is not None}


def _table(pub: Publication, reviews: Sequence[Review], quiet: Mapping[str, Markup]) -> Table:
    """`quiet` is the cell of each article where it is silent."""
    heard = {name for review in reviews for name in _heard(review)}
    few = len(pub.articles) <= MANY_ARTICLES
    columns = [article for article in pub.articles if few or article.id in heard]
    silent = [] if few else [article for article in pub.articles if article.id not in heard]
    return Table(columns, [_line(review, columns, quiet) for review in reviews], silent, _statuses(reviews))


def _line(review: Review, columns: Sequence[Article], quiet: Mapping[str, Markup]) -> Line:
    said: dict[str, dict[Stance, dict[str, None]]] = {}
    for cited in sorted(review.cited, key=lambda c: ORDER.index(c.evidence.stance)):
        e = cited.evidence
        # What an article only touches on is not worth a second line beside its stance.
        if cited.match is None or (e.stance is Stance.MENTIONS and e.article in said):
            continue
        values = said.setdefault(e.article, {}).setdefault(e.stance, {})
        if e.value or e.date_words:
            values[e.value or gettext("“%(words)s”", words=e.date_words)] = None
    cells: list[Cell] = []
    run: list[Markup] = []
    for article in columns:
        if does := said.get(article.id):
            cells.append(Cell(_join(run), article, [Said(of.value, list(values)) for of, values in does.items()]))
            run = []
        else:
            run.append(quiet[article.id])
    return Line(review, cells, _join(run))


def _join(run: Sequence[Markup]) -> Markup:
    return Markup("".join(run))  # noqa: S704 - made by an autoescaping template


def _statuses(reviews: Sequence[Review]) -> list[tuple[Status, int]]:
    found = [review.agreement.status for review in reviews]
    return [(status, found.count(status)) for status in ATTENTION if status in found]
