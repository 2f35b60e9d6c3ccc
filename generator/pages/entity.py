"""One page a person, organisation, product, place or law: claims about it, when, and what it said as quoted."""

from collections.abc import Container, Iterator

from jinja2 import Environment

from ..feeds import links
from ..jsonld import trail
from ..marks import commas
from ..model import Entity
from ..publication import Publication, Review, Said, by_attention
from ..render import Heading, Page, Site, body, root
from ..shelves import shelves
from ..view import KINDS
from ..words import gettext, ngettext

KIND = "entity"
MOST_WHOLE = 100
"""So many claims are shown with their badges; the others are listed."""


def outputs(pub: Publication, site: Site, env: Environment, only: Container[str] | None = None) -> Iterator[Page]:
    spoken: dict[str, list[Said]] = {}
    for said in pub.said:
        if said.speaker is not None and any(told.match is not None for told in said.told):
            spoken.setdefault(said.speaker.id, []).append(said)
    claimed: dict[str, list[Review]] = {}
    for review in pub.reviews:
        if review.claim.claimant is not None:
            claimed.setdefault(review.claim.claimant, []).append(review)
    order = {event.claim.id: n for n, event in enumerate((*pub.chronology.events, *pub.chronology.undated))}
    for entity in pub.entities.values():
        if only is None or f"entities/{entity.id}/" in only:
            yield _page(pub, site, entity, spoken.get(entity.id, []), claimed.get(entity.id, []), order, env)


def _page(
    pub: Publication,
    site: Site,
    entity: Entity,
    said: list[Said],
    claimed: list[Review],
    order: dict[str, int],
    env: Environment,
) -> Page:
    address = f"entities/{entity.id}/"
    reviews = by_attention(pub.by_entity.get(entity.id, ()))
    events = sorted((r for r in reviews if r.claim.id in order), key=lambda r: order[r.claim.id])
    contents = [
        *([Heading("claims", gettext("Claims about %(name)s", name=entity.name))] if reviews else ()),
        *([Heading("claimed", gettext("Claims made by %(name)s", name=entity.name))] if claimed else ()),
        *([Heading("when", gettext("When"))] if events else ()),
        *([Heading("said", gettext("What %(name)s said, as quoted", name=entity.name))] if said else ()),
        *([Heading("names", gettext("Other names"))] if entity.aliases or entity.same_as else ()),
    ]
    kind = gettext(KINDS[entity.kind][0])
    about = entity.name
    if entity.role:
        about = gettext("%(name)s: %(role)s", name=entity.name, role=entity.role)
    return Page(
        KIND,
        address,
        entity.name,
        _about(about, len(reviews), len(claimed)),
        body(
            env,
            "entity.html.j2",
            root=root(address),
            entity=entity,
            kind=kind,
            aliases=commas(gettext("“%(words)s”", words=alias) for alias in entity.aliases),
            shelves=shelves(pub, reviews[:MOST_WHOLE], lambda review: review),
            rest=[review.claim for review in reviews[MOST_WHOLE:]],
            events=[review.event for review in events],
            said=said,
            claimed=by_attention(claimed)[:MOST_WHOLE],
            more=[review.claim for review in by_attention(claimed)[MOST_WHOLE:]],
        ),
        "claims",
        tuple(contents) if len(contents) > 1 else (),
        head=trail(site, [(gettext("People, organisations and laws"), "entities/"), (entity.name, address)])
        + links(site, "", entity.name),
    )


def _about(entity: str, about: int, made: int) -> str:
    if made and not about:
        return ngettext("%(entity)s. %(n)s claim made.", "%(entity)s. %(n)s claims made.", made, entity=entity)
    return ngettext(
        "%(entity)s. %(n)s claim compared across the articles.",
        "%(entity)s. %(n)s claims compared across the articles.",
        about,
        entity=entity,
    )
