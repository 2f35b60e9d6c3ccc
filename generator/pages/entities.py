"""The list of all people, organisations, products, places and laws, by kind. In: the publication; out: one page."""

from collections.abc import Iterator

from jinja2 import Environment

from ..model import Entity
from ..publication import Publication
from ..render import Heading, Page, Site, body, root
from ..view import KINDS
from ..words import gettext

KIND = "entities"


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    kinds: list[tuple[str, str, list[tuple[Entity, int]]]] = []
    for kind, (_, title) in KINDS.items():
        found = [(e, len(pub.by_entity.get(e.id, ()))) for e in pub.entities.values() if e.kind is kind]
        if found:
            kinds.append(
                (kind.value, gettext(title), sorted(found, key=lambda pair: (-pair[1], pair[0].name.casefold())))
            )
    yield Page(
        KIND,
        "entities/",
        gettext("People, organisations and laws"),
        gettext("Whom and what the claims are about, with the number of claims on each."),
        body(env, "entities.html.j2", root=root("entities/"), kinds=kinds),
        "claims",
        tuple(Heading(kind, title) for kind, title, _ in kinds) if len(kinds) > 1 else (),
    )
