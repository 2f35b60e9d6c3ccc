"""All statements that the articles print, each with its wordings compared. Out: one page, or parts."""

from collections.abc import Iterator

from jinja2 import Environment

from ..jsonld import collection
from ..parts import statement_parts
from ..publication import Publication
from ..render import Heading, Page, Site, body, root
from ..words import gettext, ngettext

KIND = "statements"
MOST_LISTED = 20
"""With more statements "On this page" would be longer than a screen and is left out."""


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    for part in statement_parts(pub):
        said, title = part.items, part.titled(gettext("Statements, word for word"))
        yield Page(
            KIND,
            part.address,
            title,
            ngettext(
                "%(n)s statement, each as every article prints it, with the differences marked.",
                "%(n)s statements, each as every article prints it, with the differences marked.",
                len(said),
            ),
            body(env, "statements.html.j2", root=root(part.address), title=title, part=part),
            "claims",
            tuple(Heading(s.statement.id, s.statement.title) for s in said) if 1 < len(said) <= MOST_LISTED else (),
            head=collection(site, part.address, title),
        )
