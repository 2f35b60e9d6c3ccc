"""Corrections: the hand-written policy, then every correction and withdrawal of the record, newest first."""

from datetime import date
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from ..dates import Date
from ..model import Addressed, Claim
from ..publication import Publication
from ..render import Page, Site, body
from ..words import gettext

KIND = "corrections"


class Change(NamedTuple):
    """A correction, withdrawal or removal; `merged` is the claim that took its place, None the claim of a tombstone."""

    date: Date
    kind: str
    text: str
    claim: Claim | None
    merged: Claim | None


def wrap(pub: Publication, site: Site, env: Environment, written: Markup, title: str) -> Page:
    title = title or gettext("Corrections")
    sheet = body(env, "corrections.html.j2", root="../", title=title, written=written, changes=changes(pub))
    return Page(KIND, "corrections/", title, gettext("All corrections and withdrawn claims, newest first."), sheet)


def changes(pub: Publication) -> list[Change]:
    """All of them, newest first; on one day, in the order of the record."""
    found = []
    for review in pub.reviews:
        claim = review.claim
        if claim.withdrawn:
            merged = pub.by_claim.get(claim.withdrawn.merged_into or "")
            kind = gettext("Withdrawn:")
            found.append(
                Change(claim.withdrawn.date, kind, claim.withdrawn.reason, claim, merged.claim if merged else None)
            )
        found += [Change(c.date, gettext("Corrected:"), c.what, claim, None) for c in reversed(claim.corrections)]
    for gone in pub.record.removed:
        found.append(Change(gone.date, _removed(gone.kind), gone.reason, None, None))
    return sorted(found, key=lambda change: change.date.last or change.date.first or date.min, reverse=True)


def _removed(kind: Addressed) -> str:
    return {
        Addressed.CLAIM: gettext("Claim removed:"),
        Addressed.SOURCE: gettext("Source removed:"),
        Addressed.ENTITY: gettext("Entity removed:"),
        Addressed.STATEMENT: gettext("Statement removed:"),
    }[kind]
