"""The list of all articles: name, headline, date, kind and tally. In: the publication; out: one page."""

from collections.abc import Iterator

from jinja2 import Environment

from ..marks import plural
from ..publication import Publication
from ..render import Page, Site, body, root
from ..view import FORMS, prepare, tally

KIND = "sources"


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    desk = prepare(pub, site)
    rows = []
    for article in pub.articles:
        origin = pub.publishers.get(article.republished_from or "")
        kind = f"Republished from {origin.name}" if origin else FORMS[article.form]
        rows.append((desk.sources[article.id], kind, tally(desk, article.id)))
    articles = plural(len(rows), "article")
    yield Page(
        KIND,
        "sources/",
        "Sources",
        f"The {articles} that this publication compares, oldest first, and how each stands to the claims.",
        body(env, "sources.html.j2", root=root("sources/"), rows=rows, articles=articles, claims=len(desk.live)),
        "sources",
    )
