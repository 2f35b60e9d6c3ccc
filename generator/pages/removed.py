"""A tombstone for each claim, source and entity that was removed: its address says when it went, and why.

Those of statements stand on the page of all statements.
"""

from collections.abc import Iterator

from jinja2 import Environment

from .. import addresses
from ..dates import say
from ..model import Addressed
from ..publication import Publication
from ..render import Page, Site, body, root
from ..words import gettext

KIND = "removed"


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    for gone in pub.record.removed:
        if gone.kind is Addressed.STATEMENT:
            continue
        address, title = addresses.address(gone.kind, gone.id), _title(gone.kind)
        yield Page(
            KIND,
            address,
            title,
            gettext("Removed on %(date)s.") % {"date": say(gone.date)},
            body(env, "removed.html.j2", root=root(address), title=title, gone=gone),
            indexed=False,
        )


def _title(kind: Addressed) -> str:
    return {
        Addressed.CLAIM: gettext("This claim was removed"),
        Addressed.SOURCE: gettext("This source was removed"),
        Addressed.ENTITY: gettext("This entry was removed"),
    }[kind]
