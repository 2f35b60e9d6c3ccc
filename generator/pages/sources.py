"""The list of all articles: name, headline, date, kind and tally. In: the publication; out: one page, or parts."""

from collections.abc import Iterator

from jinja2 import Environment

from ..jsonld import collection
from ..labels import kind
from ..marks import articles
from ..parts import parts
from ..publication import Publication
from ..render import Page, Site, body, root
from ..view import prepare, tally
from ..words import gettext, ngettext

KIND = "sources"
_ROW = 950
"""Bytes of an article's row without its headline."""


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    desk = prepare(pub, site)
    rows = []
    for article in pub.articles:
        rows.append((desk.sources[article.id], kind(pub, article), tally(desk, article.id)))
    for part in parts("sources/", rows, lambda row: _ROW + 2 * len(row[0].article.headline or ""), pub.by_id):
        title = part.titled(gettext("Sources"))
        values = {"title": title, "part": part, "articles": articles(len(rows)), "total": len(desk.live)}
        yield Page(
            KIND,
            part.address,
            title,
            ngettext(
                "The %(n)s article that this publication compares, oldest first, and how each stands to the claims.",
                "The %(n)s articles that this publication compares, oldest first, and how each stands to the claims.",
                len(rows),
            ),
            body(env, "sources.html.j2", root=root(part.address), **values),
            "sources",
            head=collection(site, part.address, title),
        )
