"""All statements that the articles print, each with its wordings compared. In: the publication; out: one page."""

from collections.abc import Iterator

from jinja2 import Environment

from ..publication import Publication
from ..render import Heading, Page, Site, body, root
from ..words import gettext, ngettext

KIND = "statements"
MOST_LISTED = 20
"""With more statements "On this page" would be longer than a screen and is left out."""


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    said = [s for s in pub.said if any(told.match is not None for told in s.told)]
    yield Page(
        KIND,
        "statements/",
        gettext("Statements, word for word"),
        ngettext(
            "%(n)s statement, each as every article prints it, with the differences marked.",
            "%(n)s statements, each as every article prints it, with the differences marked.",
            len(said),
        ),
        body(env, "statements.html.j2", root=root("statements/"), said=said),
        "claims",
        tuple(Heading(s.statement.id, s.statement.title) for s in said) if 1 < len(said) <= MOST_LISTED else (),
    )
