"""The list of all articles: name, headline, date, kind and tally; then the linked ones by outlet, oldest first.

In: the publication; out: one page, or parts.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from jinja2 import Environment

from ..jsonld import collection
from ..labels import kind
from ..marks import articles
from ..model import Article, Form
from ..parts import parts
from ..publication import Publication
from ..render import Page, Site, body, root
from ..view import Desk, Source, prepare, tally
from ..words import gettext, ngettext

KIND = "sources"
_ROW = 950
"""Bytes of an article's row without its headline."""
_LINKED = 330
"""The same of a linked article's."""


class Row(NamedTuple):
    """An article in the list."""

    source: Source
    kind: str
    tally: Mapping[str, int] | None
    """None for a linked one, which counts for no claim."""
    outlet: str | None
    """Under which a linked one stands; None for a stored one."""
    claims: int
    """On which a linked one bears, or gives a verdict."""


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    desk = prepare(pub, site)
    rows = [Row(desk.sources[a.id], kind(pub, a), tally(desk, a.id), None, 0) for a in pub.articles]
    rows += _linked(desk)
    for part in parts("sources/", rows, _size, pub.by_id):
        title = part.titled(gettext("Sources"))
        shelves = [(outlet, list(some)) for outlet, some in groupby(part.items, key=lambda row: row.outlet)]
        values = {
            "title": title,
            "part": part,
            "shelves": shelves,
            "articles": articles(len(pub.articles)),
            "linked": len(pub.linked),
            "total": len(desk.live),
        }
        yield Page(
            KIND,
            part.address,
            title,
            _about(pub),
            body(env, "sources.html.j2", root=root(part.address), **values),
            "sources",
            head=collection(site, part.address, title),
        )


def _about(pub: Publication) -> str:
    if pub.linked and not pub.articles:
        return ngettext(
            "The %(n)s article to which this publication links.",
            "The %(n)s articles to which this publication links, by outlet.",
            len(pub.linked),
        )
    return ngettext(
        "The %(n)s article that this publication compares, oldest first, and how each stands to the claims.",
        "The %(n)s articles that this publication compares, oldest first, and how each stands to the claims.",
        len(pub.articles),
    )


def _size(row: Row) -> int:
    return (_ROW if row.tally else _LINKED) + 2 * len(row.source.article.headline or "")


def _linked(desk: Desk) -> list[Row]:
    """By the name of the outlet, those without one last; within it in the order of the publication."""
    pub, other = desk.pub, gettext("Outlet not named")
    shelves: dict[str, list[Article]] = {}
    for article in pub.linked:
        outlet = pub.publishers.get(article.publisher or "")
        shelves.setdefault(outlet.name if outlet else other, []).append(article)
    rows = []
    for name in sorted(shelves, key=lambda name: (name == other, name.casefold(), name)):
        for article in shelves[name]:
            about = (*pub.by_article.get(article.id, ()), *pub.judged_in.get(article.id, ()))
            n = len({review.claim.id for review, _ in about})
            what = kind(pub, article) if article.form is not Form.REPORT else ""  # which stands where nobody said
            rows.append(Row(desk.sources[article.id], what, None, name, n))
    return rows
