"""`claims/{former id}/` and the like: an address, once published, answers for ever.

A former id leads to the page of what has it now. The card of a removed claim leads to its tombstone. A former id of a
statement is a place on the page of all statements, which the page itself has.
"""

from collections.abc import Iterator

from jinja2 import Environment

from ..addresses import address, items
from ..model import Addressed, Article, Claim, Entity, Statement
from ..publication import Publication
from ..render import NOTHING, File, Site, drawer
from ..words import gettext


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    draw = drawer(env, "redirect.html.j2", site=site, policy=NOTHING)
    for kind, listed in items(pub.record):
        for item in listed:
            if isinstance(item, Statement):
                continue
            for former in item.former_ids:
                page = draw(title=_title(pub, item), way=f"../{item.id}/", target=address(kind, item.id))
                yield File(f"{address(kind, former)}index.html", page.encode())
    for gone in pub.record.removed:
        if gone.kind is Addressed.CLAIM:
            target = address(gone.kind, gone.id)
            page = draw(title=gettext("This claim was removed"), way="../", target=target)
            yield File(f"{target}embed/index.html", page.encode())


def _title(pub: Publication, item: Claim | Article | Entity) -> str:
    if isinstance(item, Claim):
        return item.text
    return pub.names[item.id] if isinstance(item, Article) else item.name
