"""A project's folder and its repository -> what each claim went through (`Past`).

Each commit of the branch's own line that touched the record or the articles is compared with the one before it: both
are loaded by today's loader and weighed by today's rules. A state that can't be read any more is passed over, and
what is told next says so. What two states differ in is kept, by the ids of their contents and by the code that compared
them.
"""

import hashlib
import json
import logging
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from dataclasses import replace as with_fields
from functools import cache
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from . import kept
from .build import uncollected
from .claimfiles import FOLDER
from .dates import Day, parse
from .files import Files
from .letters import typed
from .limits import LIMITS
from .load import ARTICLES, HARMLESS, RECORD, load
from .model import Evidence
from .narrow import narrow
from .past import Past, Revision, Standing, declared
from .problems import Refused, Severity
from .publication import Review, assemble
from .revisions import Lost, State, repository
from .weigh import Status

MOST = 200
"""Commits from which the past is told, unless mkdocs.yml says otherwise."""
KEPT = "history"
_KEY = "pairs"
OLD, NEW = "old", "new"
"""Which of two states can't be read."""
_TOLD = (RECORD, FOLDER, ARTICLES)
"""What a state says stands here."""
_SAID = attrgetter(*(field.name for field in fields(Evidence) if field.compare))
_UNDATED = parse("0001-01-01")
_SHORT = 12
"""Characters of a commit's id."""
_BY_COMMIT = ("date", "gap", "under", "commit")
"""What a revision has of its commit, and not of the states that were compared."""
log = logging.getLogger("mkdocs.plugins.onrecord")

Told = Mapping[str, Revision]
"""What changed between two states, by claim id; undated."""


class Point(NamedTuple):
    """A state of the project and the day of its commit; no state where there was no record."""

    day: Day
    state: State | None
    commit: str = ""

    @property
    def key(self) -> str:
        """The ids of all that it says."""
        found = [self.state.entry(name) if self.state else None for name in _TOLD]
        return " ".join(entry.id if entry else "-" for entry in found)


def past(root: Path, most: int | bool) -> Past:
    """What the repository around a project tells by its newest `most` commits that matter; nothing without one."""
    most = MOST if most is True else int(most)
    if most <= 0:
        return Past()
    try:
        with repository(root) as git, uncollected():
            commits, complete = git.log(_TOLD, most)
            points = [Point(commit.day, _recorded(git.state(commit)), commit.id[:_SHORT]) for commit in commits]
            known = _remembered(root)
            used: dict[str, Any] = {}
            found = _walk([*points, Point(Day.min, None)] if complete else points, known, used)
    except Lost as lost:
        log.info("history: %s", lost)
        return Past()
    if used != known:
        kept.put(root, KEPT, _KEY, json.dumps(used).encode())
    return found


def _recorded(state: State) -> State | None:
    return state if state.entry(RECORD) else None


def _walk(points: Sequence[Point], known: Mapping[str, Any], used: dict[str, Any]) -> Past:
    """Compares each state with the one before it, newest first, as far back as they can be read."""
    revisions: dict[str, list[Revision]] = {}
    today: dict[str, str] = {}  # the ids that claims have now, by those that they had
    newer, since, gap = None, None, False
    for older in points:
        if newer is None:
            newer = older
            continue
        key = hashlib.sha256(f"{code()}\n{older.key}\n{newer.key}".encode()).hexdigest()
        told = _revived(known.get(key))
        if told is None:
            told = difference(
                older.state, newer.state, _changed(older.state, newer.state), _alike(older.state, newer.state)
            )
        used[key] = _stored(told)
        if told == OLD:
            gap = True
            continue
        if isinstance(told, str):
            if since is not None:
                break
            newer = older
            continue
        since = since or newer.day
        for id, revision in told.items():
            now = today.get(id, id)
            if revision.id:
                today[revision.id] = now
            day = parse(newer.day.isoformat())
            dated = with_fields(revision, date=day, gap=gap, under=id, commit=newer.commit)
            revisions.setdefault(now, []).append(dated)
        newer, gap = older, False
    if newer is None or newer.day == Day.min:
        return Past(revisions)
    return Past(revisions, parse(newer.day.isoformat()))


def difference(old: Files | None, new: Files | None, articles: Iterable[str], alike: Container[str] = ()) -> Told | str:
    """What changed of each claim from one state to the next, or which of them can't be read.

    `articles` are those whose files differ, `alike` the files of claims that do not. A state without a record is None.
    """
    if old is not None and new is not None:
        with suppress(Refused):
            less = narrow(old, new, articles, alike)
            was, now = (_reviews(less[0]), _reviews(less[1])) if less else (None, None)
            if was is not None and now is not None:
                return compare(was, now)
    after = _reviews(new) if new is not None else ()
    if after is None:
        return NEW
    before = _reviews(old) if old is not None else ()
    return OLD if before is None else compare(before, after)


def _changed(old: State | None, new: State | None) -> set[str]:
    """The articles whose files differ in two states."""
    entries = [set(state.entries(ARTICLES).items()) if state else set() for state in (old, new)]
    return {name.removesuffix(".md") for name, _ in entries[0] ^ entries[1]}


def _alike(old: State | None, new: State | None) -> set[str]:
    """The files of claims that are the same in two states."""
    if old is None or new is None:
        return set()
    return {path for path in islice(old.below(FOLDER), LIMITS["files"]) if old.entry(path) == new.entry(path)}


def _reviews(files: Files) -> Sequence[Review] | None:
    """The claims of a state, weighed; None where it can't be read."""
    record, problems = load(files)
    unread = any(p.severity is Severity.ERROR and p.code not in HARMLESS for p in problems)
    return None if record is None or unread else assemble(record).reviews


def compare(old: Sequence[Review], new: Sequence[Review]) -> Told:
    """What changed of each claim, also where it had another id before."""
    before, after = ({review.claim.id: review for review in reviews} for reviews in (old, new))
    told: dict[str, Revision] = {}
    for id, review in after.items():
        former = (
            "" if id in before else next((f for f in review.claim.former_ids if f in before and f not in after), "")
        )
        revision = _revision(before.get(former or id), review, former)
        if revision is not None:
            told[id] = revision
    return told


def _revision(old: Review | None, new: Review, former: str) -> Revision | None:
    """What changed of a claim; None where readers would notice nothing."""
    now = Standing(new.agreement.status, new.agreement.articles)
    said = declared(new.claim)
    if old is None:
        return Revision(date=_UNDATED, before=None, after=now, declared=tuple(said))
    before, after, had = _evidence(old), _evidence(new), declared(old.claim)
    revision = Revision(
        date=_UNDATED,
        before=Standing(old.agreement.status, old.agreement.articles),
        after=now,
        text=old.claim.text if typed(old.claim.text) != typed(new.claim.text) else "",
        id=former,
        ruled=ruled if (ruled := (_rating(old), _rating(new)))[0] != ruled[1] else (),
        gained=tuple(name for name in after if name not in before),
        lost=tuple(name for name in before if name not in after),
        altered=tuple(name for name in after if name in before and after[name] != before[name]),
        declared=tuple(name for name in said if name not in had),
    )
    return revision if revision.noticed or former or revision.declared else None


def _rating(review: Review) -> str:
    return review.claim.verdict[0].rating if review.claim.verdict else ""


def _evidence(review: Review) -> dict[str, list[tuple[Any, ...]]]:
    """The evidence on a claim by article, field by field; the shape of its marks is no change to a reader."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for evidence in review.claim.evidence:
        found.setdefault(evidence.article, []).append(tuple(map(_read, _SAID(evidence))))
    return found


def _read(value: Any) -> Any:
    if isinstance(value, str):
        return typed(value)
    return tuple(map(_read, value)) if type(value) is tuple else value


@cache
def code() -> str:
    """A digest of our own modules: what they find is remembered only as long as they stay the same."""
    here = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in here)).hexdigest()


def _stored(told: Told | str) -> Any:
    """As JSON values."""
    if isinstance(told, str):
        return told
    names = [f.name for f in fields(Revision) if f.name not in _BY_COMMIT]
    return {id: {n: v for n in names if (v := getattr(revision, n))} for id, revision in told.items()}


def _revived(stored: Any) -> Told | str | None:
    """What `_stored` stored; None for anything else."""
    if stored in (OLD, NEW):
        return str(stored)
    try:
        return {id: _revision_of(**values) for id, values in stored.items()}
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def _revision_of(after: Any, before: Any = None, **values: Any) -> Revision:
    for name, value in values.items():
        values[name] = tuple(value) if isinstance(value, list) else value
    return Revision(date=_UNDATED, before=_standing(before) if before else None, after=_standing(after), **values)


def _standing(value: Any) -> Standing:
    return Standing(Status(value[0]), int(value[1]))


def _remembered(root: Path) -> Mapping[str, Any]:
    """What pairs of states differ in, by key, as the last build found it."""
    found = kept.get(root, KEPT, _KEY)
    return json.loads(found) if found else {}
