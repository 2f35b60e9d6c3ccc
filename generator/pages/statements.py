"""All statements that the articles print, each with its wordings compared. Out: one page, or parts."""

from collections.abc import Iterator, Sequence
from typing import Any

from jinja2 import Environment

from ..jsonld import collection
from ..lint import set_aside
from ..model import Addressed
from ..parts import Part, statement_parts
from ..publication import Publication, Said
from ..render import Heading, Page, Site, body, root
from ..words import gettext, ngettext

KIND = "statements"
MOST_LISTED = 20
"""With more statements "On this page" would be longer than a screen and is left out."""


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    listed = statement_parts(pub)
    for part in listed:
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
            body(
                env,
                "statements.html.j2",
                root=root(part.address),
                title=title,
                part=part,
                set_aside=set_aside,
                **_first(pub, listed, part),
            ),
            "claims",
            tuple(Heading(s.statement.id, s.statement.title) for s in said) if 1 < len(said) <= MOST_LISTED else (),
            head=collection(site, part.address, title),
        )


def _first(pub: Publication, listed: Sequence[Part[Said]], part: Part[Said]) -> dict[str, Any]:
    """What only the first part has: statements that stand on others, and tombstones. Their addresses lead to it."""
    if part is not listed[0]:
        return {"further": [], "removed": []}
    further = [(said, other.address) for other in listed[1:] for said in other.items]
    return {"further": further, "removed": [gone for gone in pub.record.removed if gone.kind is Addressed.STATEMENT]}
