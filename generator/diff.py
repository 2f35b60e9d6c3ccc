"""Two states of a project -> `Diff`: what changes for readers, and which promises to them are broken.

A state is a folder or a commit. Each is read as far as it can be; what can't be read is said and not guessed. Compared
are the record with the articles and their lock, how each claim is weighed, the hand-written pages and all that lies
beside them, and mkdocs.yml.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from . import settings
from .build import uncollected
from .changes import Change, Entry, What, blocks, entries
from .files import Folder
from .integrity import Flag, Paired, flags
from .limits import LIMITS
from .load import ARTICLES, CONTENT, HARMLESS, RECORD, load
from .problems import Problem, Refused, Severity
from .publication import Publication, Review, assemble
from .revisions import State, repository
from .weigh import label

SETTINGS = "mkdocs.yml"


class Edition(NamedTuple):
    """A state of a project, as far as it can be read."""

    name: str
    pub: Publication | None
    """None where there is no record that can be read."""
    unread: list[Problem]
    """Why something of it can't be read."""
    texts: Mapping[str, str]
    """mkdocs.yml, the hand-written pages and what lies beside them; a digest where it is no text."""


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between two editions."""

    base: Edition
    head: Edition
    entries: list[Entry]
    """What weighs most for readers comes first."""
    flags: list[Flag]
    """The worst first."""
    quoted_by: Mapping[str, list[str]]
    """Who quotes an article that differs, in either edition: "claims/ID" and "statements/ID", by its id."""


def diff(base: Edition, head: Edition) -> Diff:
    """Compares two editions."""
    with uncollected():
        found: list[Entry] = []
        if base.pub is not None and head.pub is not None:
            found = entries(base.pub.record, head.pub.record)
            _weighed(found, base.pub, head.pub)
        found += _files(base.texts, head.texts)
        levels = list(Severity)
        told = list(flags(Paired(base.pub, head.pub, base.unread, head.unread), found))
        told.sort(key=lambda flag: levels.index(flag.level))
        rank = {(flag.kind, flag.id): levels.index(flag.level) for flag in reversed(told)}
        found.sort(key=lambda entry: (rank.get((entry.kind, entry.id), len(levels)), _weight(entry)))
        changed = {id for e in found if e.kind == "articles" for id in (e.id, getattr(e.before, "id", e.id))}
        return Diff(base, head, found, told, _quoting(changed, filter(None, (base.pub, head.pub))))


def _weight(entry: Entry) -> int:
    """What readers notice first comes first; else the order of the model."""
    names = {change.path[0] for change in entry.changes if change.path}
    return 0 if "status" in names else 1 if entry.kind == "claims" and "text" in names else 2


def _weighed(found: list[Entry], old: Publication, new: Publication) -> None:
    """Adds to the entries how each claim is weighed now, also where only an article or an origin changed."""
    by_id = {entry.id: entry for entry in found if entry.kind == "claims" and entry.id}
    for review in new.reviews:
        entry = by_id.get(review.claim.id)
        was = entry.before.id if entry and entry.before else review.claim.id
        before = old.by_claim.get(was)
        if before is None or (entry and entry.what is What.ADDED):
            continue
        if changes := list(_standing(before, review)):
            if entry is None:
                claims = before.claim, review.claim
                entry = Entry(kind="claims", id=was, what=What.CHANGED, before=claims[0], after=claims[1], changes=[])
                found.append(entry)
            entry.changes[:0] = changes


def _standing(old: Review, new: Review) -> Iterator[Change]:
    status = label(old.agreement.status), label(new.agreement.status)
    counts = old.agreement.counts, new.agreement.counts
    if status[0] != status[1]:
        yield Change(("status",), *status)
    if counts[0] != counts[1]:
        yield Change(("counts",), *counts)


def _files(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Entry]:
    """The pages and settings that differ."""
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        kind = "settings" if name == SETTINGS else "pages"
        what = What.ADDED if before is None else What.REMOVED if after is None else What.CHANGED
        if kind == "settings":
            changes = list(settings.changes(before or "", after or ""))
        else:
            changes = [Change((f"line {n}",), a, b) for n, a, b in blocks(before or "", after or "")]
        yield Entry(kind=kind, id=name, what=what, before=before, after=after, changes=changes)


def _quoting(articles: set[str], pubs: Iterable[Publication]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {id: {} for id in articles}
    for pub in pubs:
        for claim in pub.record.claims:
            for evidence in claim.evidence:
                if evidence.article in found:
                    found[evidence.article][f"claims/{claim.id}"] = None
        for statement in pub.record.statements:
            for wording in (*filter(None, [statement.canonical]), *statement.variants):
                if wording.article in found:
                    found[wording.article][f"statements/{statement.id}"] = None
    return {id: sorted(names) for id, names in found.items() if names}


def opened(root: Path, name: str | None) -> Edition:
    """An edition by its name: a folder with a record, else a revision of the repository; the project itself for None.

    Raises `Lost` where it is neither.
    """
    if name is None:
        return edition("this folder", Folder(root))
    if name and any((Path(name) / file).is_file() for file in (RECORD, SETTINGS)):
        return edition(name, Folder(Path(name)))
    with repository(root) as git:
        commit = git.resolve(name)
        return edition(f"{name} ({commit.id[:10]})", git.state(commit))


def edition(name: str, files: Folder | State) -> Edition:
    """Reads a state."""
    with uncollected():
        record, problems = load(files)
        pub = assemble(record) if record else None
    unread = [p for p in problems if p.severity is Severity.ERROR and p.code not in HARMLESS]
    texts = {}
    names = [path for path in sorted(files.below(CONTENT)) if not path.startswith(f"{ARTICLES}/")]
    for path in [*names, *({SETTINGS} & set(files.names("")))]:
        try:
            texts[path] = files.text(path, LIMITS["article"])
        except Refused:
            texts[path] = f"no text; SHA-256 {hashlib.sha256(files.raw(path)).hexdigest()}"
    return Edition(name, pub, unread, texts)
