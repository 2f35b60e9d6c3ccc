"""The list of all people, organisations, products, places and laws, by kind. Out: one page, or parts."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from jinja2 import Environment

from ..jsonld import collection
from ..marks import claims, commas
from ..model import Entity
from ..parts import parts
from ..publication import Publication
from ..render import Heading, Page, Site, body, root
from ..view import KINDS
from ..words import gettext, ngettext

KIND = "entities"


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    about = {entity.id: len(pub.by_entity.get(entity.id, ())) for entity in pub.entities.values()}
    made = Counter(review.claim.claimant for review in pub.reviews if review.claim.claimant)
    order = list(KINDS)
    found = sorted(
        pub.entities.values(), key=lambda e: (order.index(e.kind), -about[e.id] - made[e.id], e.name.casefold())
    )
    counted = {entity.id: _counted(about[entity.id], made[entity.id]) for entity in found}
    heading = gettext("Who and what the claims are about")
    if made:
        heading = gettext("Who made the claims, and who and what they are about")
    for part in parts("entities/", found, _bytes, pub.entities):
        groups = groupby(part.items, lambda entity: entity.kind)
        kinds = [(kind.value, gettext(KINDS[kind][1]), list(some)) for kind, some in groups]
        title = part.titled(heading)
        yield Page(
            KIND,
            part.address,
            part.titled(gettext("People, organisations and laws")),
            gettext("%(heading)s, with the number of claims.", heading=heading),
            body(
                env, "entities.html.j2", root=root(part.address), title=title, part=part, kinds=kinds, counted=counted
            ),
            "claims",
            tuple(Heading(kind, title) for kind, title, _ in kinds) if len(kinds) > 1 else (),
            head=collection(site, part.address, title),
        )


def _counted(about: int, made: int) -> str:
    """ "3 claims", "1 claim made", "3 claims, 1 claim made"."""
    theirs = [ngettext("%(n)s claim made", "%(n)s claims made", made)] if made else []
    return commas([claims(about), *theirs] if about or not made else theirs)


def _bytes(entity: Entity) -> int:
    """What a row takes, near enough."""
    return 220 + 2 * len(entity.name + (entity.role or ""))
