"""The list of all articles: name, headline, date, kind and tally. In: the publication; out: one page."""

from collections.abc import Iterator

from jinja2 import Environment

from ..labels import kind
from ..marks import articles
from ..publication import Publication
from ..render import Page, Site, body, root
from ..view import prepare, tally
from ..words import gettext, ngettext

KIND = "sources"


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    desk = prepare(pub, site)
    rows = []
    for article in pub.articles:
        rows.append((desk.sources[article.id], kind(pub, article), tally(desk, article.id)))
    yield Page(
        KIND,
        "sources/",
        gettext("Sources"),
        ngettext(
            "The %(n)s article that this publication compares, oldest first, and how each stands to the claims.",
            "The %(n)s articles that this publication compares, oldest first, and how each stands to the claims.",
            len(rows),
        ),
        body(
            env, "sources.html.j2", root=root("sources/"), rows=rows, articles=articles(len(rows)), total=len(desk.live)
        ),
        "sources",
    )
