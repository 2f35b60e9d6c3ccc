"""`Publication` -> what became new or changed in it, one `Update` an event, newest first, and its words for readers.

An event is told once. What a commit changed of a claim goes with what editors declared in that commit: a withdrawal,
else the last correction, else a verdict; what else they declared there is told beside it. An update has a permanent
name, which stays when the claim gets another id, when more happens to it, and when the repository is gone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from . import addresses
from .dates import Date, Day
from .model import Addressed, Claim, Correction, Removed, Verdict, Withdrawal
from .past import Declared, Revision, declared, sentences
from .publication import Publication
from .weigh import label
from .words import N_, gettext


class Kind(StrEnum):
    """What an update tells of, what weighs most for readers first."""

    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    CORRECTED = "corrected"
    VERDICT = "verdict"
    STATUS = "status"
    REWORDED = "reworded"
    EVIDENCE = "evidence"
    ADDED = "added"


LABELS = {
    Kind.WITHDRAWN: N_("Withdrawn"),
    Kind.REMOVED: N_("Removed"),
    Kind.CORRECTED: N_("Corrected"),
    Kind.VERDICT: N_("Verdict"),
    Kind.STATUS: N_("Status changed"),
    Kind.REWORDED: N_("Reworded"),
    Kind.EVIDENCE: N_("Evidence changed"),
    Kind.ADDED: N_("New claim"),
}
_RANK = {kind: n for n, kind in enumerate(Kind)}
_REMOVED = {
    Addressed.CLAIM: N_("This claim was removed"),
    Addressed.SOURCE: N_("This source was removed"),
    Addressed.ENTITY: N_("This entry was removed"),
    Addressed.STATEMENT: N_("This statement was removed"),
}


class Update(NamedTuple):
    """One event in the life of a claim, or a removal."""

    name: str
    """Permanent: an address of the site with a fragment."""
    kind: Kind
    day: Day
    """On which it came to readers, as far as is known."""
    address: str
    """Where it leads, relative to the site."""
    claim: Claim | None
    """None for a removal."""
    declared: tuple[Declared, ...] = ()
    """What the editors say of it, what weighs most first."""
    revision: Revision | None = None
    """What the repository tells of it."""
    now: str = ""
    """The claim's text after it, where it was reworded."""
    removed: Removed | None = None


def updates(pub: Publication) -> list[Update]:
    """All of them, newest first; on one day, what weighs most for readers first."""
    found = [update for review in pub.reviews for update in _of_claim(pub, review.claim)]
    found += [_removal(pub, gone) for gone in pub.record.removed]
    found.sort(key=lambda update: _RANK[update.kind])
    return sorted(found, key=lambda update: update.day, reverse=True)


def _of_claim(pub: Publication, claim: Claim) -> Iterator[Update]:
    """What a claim went through, newest first as far as commits tell it, then what they don't tell."""
    revisions = pub.past.revisions.get(claim.id, ())
    said = declared(claim)
    if not revisions and not said:
        return
    address = addresses.address(Addressed.CLAIM, claim.id)
    first = addresses.address(Addressed.CLAIM, claim.former_ids[0]) if claim.former_ids else address
    came: dict[str, Date | None] = {}
    told: set[str] = set()
    found = []
    # Oldest first, since what is declared twice is the event of its first time.
    for revision, now in reversed(list(zip(revisions, _texts(claim, revisions), strict=True))):
        new = [name for name in revision.declared if name not in came]
        came |= dict.fromkeys(new, None if revision.added else revision.date)
        names = _together(new, revision.added)
        told.update(names)
        whole = tuple(said[name] for name in names if name in said)
        if not revision.noticed and not whole:
            continue
        lead = names[0] if names and not (revision.added and _is(names[0], "verdict")) else ""
        name = f"{first}#{lead}" if lead else _named(revision)
        kind = _kind(whole[0] if whole else None, revision)
        found.append(Update(name, kind, _day(pub, revision.date), address, claim, whole, revision, now))
    yield from reversed(found)
    for name, one in said.items():
        date = came.get(name) or one.date
        if date is not None and name not in told and not (isinstance(one, Verdict) and claim.withdrawn):
            yield Update(f"{first}#{name}", _kind(one, None), _day(pub, date), address, claim, (one,))


def _together(names: Iterable[str], added: bool) -> list[str]:
    """Which of the things that editors declared in one commit are told as one, what weighs most first.

    A new claim may bring corrections of its life before the repository, which stand alone.
    """
    withdrawn = [name for name in names if _is(name, "withdrawn")]
    corrected = [name for name in names if _is(name, "corrected") and not added]
    return [*(withdrawn or corrected[-1:]), *(name for name in names if _is(name, "verdict"))]


def _is(name: str, kind: str) -> bool:
    return name.startswith(f"{kind}-")


def _named(revision: Revision) -> str:
    return f"{addresses.address(Addressed.CLAIM, revision.under)}#{revision.commit}"


def _texts(claim: Claim, revisions: Iterable[Revision]) -> Iterator[str]:
    """What the claim said after each revision, newest first, where that one reworded it."""
    text = claim.text
    for revision in revisions:
        yield text if revision.text else ""
        text = revision.text or text


def _kind(one: Declared | None, revision: Revision | None) -> Kind:
    if isinstance(one, Withdrawal):
        return Kind.WITHDRAWN
    if isinstance(one, Correction):
        return Kind.CORRECTED
    if revision is None:
        return Kind.VERDICT
    if revision.before is None:
        return Kind.ADDED
    if one is not None or revision.ruled:
        return Kind.VERDICT
    if revision.before.status is not revision.after.status:
        return Kind.STATUS
    return Kind.REWORDED if revision.text else Kind.EVIDENCE


def _removal(pub: Publication, gone: Removed) -> Update:
    address = addresses.address(gone.kind, gone.id)
    name = f"{address.partition('#')[0]}#removed-{gone.id}"
    return Update(name, Kind.REMOVED, _day(pub, gone.date), address, None, removed=gone)


def _day(pub: Publication, date: Date) -> Day:
    """The first day that a date allows; where it allows any, that of the last check."""
    checked = pub.record.about.checked
    return date.first or date.last or checked.first or checked.last or Day.min


def title(pub: Publication, update: Update) -> str:
    """What happened, and to which claim."""
    claim, revision = update.claim, update.revision
    if claim is None:
        assert update.removed is not None
        return gettext(_REMOVED[update.removed.kind])
    if update.kind is Kind.STATUS and revision is not None:
        return gettext(
            "Status changed to “%(status)s”: %(claim)s", status=label(revision.after.status), claim=claim.text
        )
    if update.kind is Kind.VERDICT and (verdict := _verdict(pub, update)):
        return gettext("Verdict “%(verdict)s”: %(claim)s", verdict=verdict, claim=claim.text)
    return gettext("%(what)s: %(claim)s", what=_what(update), claim=claim.text)


def _what(update: Update) -> str:
    return gettext("Verdict withdrawn") if update.kind is Kind.VERDICT else gettext(LABELS[update.kind])


def _verdict(pub: Publication, update: Update) -> str:
    """The name of the verdict that an update tells of; empty for one that was withdrawn."""
    given = next((one.rating for one in update.declared if isinstance(one, Verdict)), "")
    id = given or (update.revision.ruled[1] if update.revision and update.revision.ruled else "")
    return next((rating.name for rating in pub.record.ratings if rating.id == id), id)


def paragraphs(pub: Publication, update: Update) -> list[str]:
    """What readers are told beyond the title.

    A withdrawal in favour of another claim is told by whoever can link to it.
    """
    said: list[str] = []
    if update.removed is not None:
        said.append(update.removed.reason)
    for one in update.declared:
        if isinstance(one, Correction):
            said.append(gettext("Corrected: %(what)s", what=one.what))
        elif isinstance(one, Withdrawal) and one.merged_into not in pub.by_claim:
            said.append(gettext("Withdrawn: %(reason)s", reason=one.reason))
    revision, given = update.revision, _verdict(pub, update)
    gone = update.kind is Kind.WITHDRAWN
    if revision is not None and not (gone and revision.added):
        ratings = {rating.id: rating.name for rating in pub.record.ratings}
        said.append(sentences(replace(revision, id="") if revision.id else revision, pub.names, ratings, gone))
    # Of a claim that came with a verdict, or was judged anew to the same, the sentences say nothing of it.
    if given and not (revision is not None and revision.ruled):
        said.append(gettext("Verdict given: “%(verdict)s”.", verdict=given))
    said += [one.explanation or "" for one in update.declared if isinstance(one, Verdict)]
    if update.now:
        said.append(gettext("It says now: “%(text)s”", text=update.now))
    return [paragraph for paragraph in said if paragraph]
