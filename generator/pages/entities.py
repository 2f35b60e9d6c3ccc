"""The list of all people, organisations, products, places and laws, by kind. Out: one page, or parts."""

from collections.abc import Iterator
from itertools import groupby

from jinja2 import Environment

from ..jsonld import collection
from ..model import Entity
from ..parts import parts
from ..publication import Publication
from ..render import Heading, Page, Site, body, root
from ..view import KINDS
from ..words import gettext

KIND = "entities"


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    counted = {entity.id: len(pub.by_entity.get(entity.id, ())) for entity in pub.entities.values()}
    order = list(KINDS)
    found = sorted(pub.entities.values(), key=lambda e: (order.index(e.kind), -counted[e.id], e.name.casefold()))
    for part in parts("entities/", found, _bytes, pub.entities):
        groups = groupby(part.items, lambda entity: entity.kind)
        kinds = [(kind.value, gettext(KINDS[kind][1]), list(some)) for kind, some in groups]
        title = part.titled(gettext("Who and what the claims are about"))
        yield Page(
            KIND,
            part.address,
            part.titled(gettext("People, organisations and laws")),
            gettext("Whom and what the claims are about, with the number of claims on each."),
            body(
                env, "entities.html.j2", root=root(part.address), title=title, part=part, kinds=kinds, counted=counted
            ),
            "claims",
            tuple(Heading(kind, title) for kind, title, _ in kinds) if len(kinds) > 1 else (),
            head=collection(site, part.address, title),
        )


def _bytes(entity: Entity) -> int:
    """What a row takes, near enough."""
    return 220 + 2 * len(entity.name + (entity.role or ""))
