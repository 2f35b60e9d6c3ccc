"""What the repository tells of each claim's past, as data and in words for readers. Every such sentence stands here.

In: what a commit changed of a claim (`Revision`). Out: the sentences of "History and corrections". Nothing here knows
git: `history` fills these records.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .dates import Date
from .marks import articles, listed, paragraph
from .model import Claim, Correction, Verdict, Withdrawal
from .weigh import Status, label
from .words import gettext, number

Declared = Correction | Withdrawal | Verdict


class Standing(NamedTuple):
    """Where a claim stood: its status, and how many articles addressed it."""

    status: Status
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What one commit changed of a claim that readers can notice."""

    date: Date
    """The day on which the commit came to the branch, in UTC."""
    before: Standing | None
    """None where the commit added the claim."""
    after: Standing
    text: str = ""
    """The claim's text before, where it was reworded."""
    id: str = ""
    """The claim's id before, where it was renamed."""
    ruled: tuple[str, ...] = ()
    """The ratings of the editors' verdict before and now, where it changed; "" for none."""
    gained: tuple[str, ...] = ()
    """Articles of which evidence was added; `lost` and `altered` accordingly."""
    lost: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    """What editors declared in it, by the names that `declared` gives."""
    under: str = ""
    """The id that the claim had after it."""
    commit: str = ""
    """The commit's id, shortened: what else the claim went through has another."""
    gap: bool = False
    """Whether a state right before this one could not be read, so that the change may be older."""

    @property
    def added(self) -> bool:
        return self.before is None

    @property
    def noticed(self) -> bool:
        """Whether the claim itself changed, beyond what was declared and beyond its address."""
        changes = (self.text, self.ruled, self.gained, self.lost, self.altered)
        return self.before != self.after or any(changes)


@dataclass(frozen=True, slots=True)
class Past:
    """All that is known of the claims' past, newest first by id."""

    revisions: Mapping[str, Sequence[Revision]] = field(default_factory=dict)
    since: Date | None = None
    """The day from which on changes are known; None where all are, or where there is no repository."""


def declared(claim: Claim) -> dict[str, Declared]:
    """What editors declare on a claim, by a name that stays, whether there is a repository or not.

    A name is made of the content, since what is published is not rewritten: nothing else can come to have it.
    """
    found: dict[str, Declared] = {_name("corrected", c.date.edtf, c.what): c for c in claim.corrections}
    if claim.withdrawn:
        found[_name("withdrawn", claim.withdrawn.date.edtf)] = claim.withdrawn
    for verdict in claim.verdict:  # that of another desk is theirs to declare
        if verdict.article is None and verdict.date is not None:
            found[_name("verdict", verdict.date.edtf, verdict.rating)] = verdict
    return found


def _name(kind: str, *said: str) -> str:
    return f"{kind}-{hashlib.sha256(chr(10).join(said).encode()).hexdigest()[:12]}"


def headline(revision: Revision, tombstone: bool = False) -> str:
    """What a revision changed first of all: the status, the counts, the text or the verdict; empty where none of them.

    A `tombstone` tells of a withdrawal already.
    """
    after, before = revision.after, revision.before
    now = articles(after.articles)
    if before is None:
        return gettext("Added with the status “%(status)s”; %(articles)s.", status=label(after.status), articles=now)
    if before.status is not after.status and not (tombstone and after.status is Status.WITHDRAWN):
        old, new = label(before.status), label(after.status)
        if before.articles == after.articles:
            return gettext("Status changed from “%(before)s” to “%(after)s”.", before=old, after=new)
        return gettext(
            "Status changed from “%(before)s” to “%(after)s”; %(articles)s, was %(number)s.",
            before=old,
            after=new,
            articles=now,
            number=number(before.articles),
        )
    if before.articles != after.articles:
        return gettext("Now %(articles)s, was %(number)s.", articles=now, number=number(before.articles))
    if revision.text:
        return gettext("Reworded.")
    return gettext("Verdict changed.") if revision.ruled else ""


def sentences(revision: Revision, names: Mapping[str, str], ratings: Mapping[str, str], tombstone: bool = False) -> str:
    """All that a revision changed, for readers. `names` are those of the articles, `ratings` those of the ratings."""
    said = [headline(replace(revision, text="", ruled=()), tombstone)]
    if revision.text:
        said.append(gettext("Reworded; before: “%(before)s”", before=revision.text))
    if revision.ruled:
        said.append(_ruled(*(ratings.get(id, id) for id in revision.ruled)))
    if revision.id:
        said.append(gettext("Its address changed; the old one, “%(id)s”, leads here.", id=revision.id))
    if revision.gained:
        said.append(gettext("Evidence added: %(names)s.", names=_called(revision.gained, names)))
    if revision.lost:
        said.append(gettext("Evidence removed: %(names)s.", names=_called(revision.lost, names)))
    if revision.altered:
        said.append(gettext("Evidence changed: %(names)s.", names=_called(revision.altered, names)))
    said = [sentence for sentence in said if sentence]
    if said and revision.gap:
        said.append(
            gettext("A state of the record before this one can’t be read any more, so this may have happened earlier.")
        )
    return paragraph(said)


def _called(ids: Sequence[str], names: Mapping[str, str]) -> str:
    return listed([names.get(id, id) for id in ids])


def _ruled(before: str, after: str) -> str:
    """What became of the editors' verdict."""
    if not before:
        return gettext("Verdict given: “%(verdict)s”.", verdict=after)
    if not after:
        return gettext("Verdict withdrawn: “%(verdict)s”.", verdict=before)
    return gettext("Verdict changed from “%(before)s” to “%(after)s”.", before=before, after=after)
