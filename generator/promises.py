"""An entry that changed -> which promises to readers that breaks, and what reviewers must look at.

Each kind of entry has its function. A finding is a level, a code (`integrity.CODES` says what it means), a message and,
where there is one, the way out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from . import settings
from .changes import Entry, pair, plain
from .model import Article, Claim, Entity, Evidence, Origin, Publisher, Statement, Verdict
from .problems import Severity

Finding = tuple[Severity, str, str, str]
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def _claim(entry: Entry) -> Iterator[Finding]:
    old: Claim = entry.before
    new: Claim = entry.after
    names = {change.path[0] for change in entry.changes}
    joined = pair(old.evidence, new.evidence)
    pairs = [(old.evidence[a], new.evidence[b]) for a, b in joined if a is not None and b is not None]
    gone = [old.evidence[a] for a, b in joined if a is not None and b is None]
    requoted = [a.article for a, b in pairs if a.quote != b.quote]
    kept = _prefix(old.corrections, new.corrections)
    corrected = kept and len(new.corrections) > len(old.corrections)
    withdrawn = old.withdrawn is None and new.withdrawn is not None
    changed = ["status"] * ("status" in names) + ["text"] * ("text" in names)
    changed += ["verdict"] * _reversed(old.verdict, new.verdict)
    changed += [f'quotation of "{name}"' for name in dict.fromkeys(requoted)]
    if withdrawn:  # says itself what became of the status; of nothing else
        changed = [what for what in changed if what != "status"]
    if changed and not corrected:
        said = f"{listed(changed)} changed without a new correction"
        yield _ERROR, "uncorrected", said, 'add what was wrong and what it says now under "corrections", with the day'
    if not kept:
        said = "a published correction was changed, taken away or put behind a new one"
        yield _ERROR, "correction-rewritten", said, "restore it, and add a new one at the end"
    if old.withdrawn is not None and old.withdrawn != new.withdrawn:
        what = "changed" if new.withdrawn else "taken away"
        yield _ERROR, "correction-rewritten", f"the withdrawal was {what}", "restore it, and add a correction"
    for a, b in pairs:
        yield from _evidence(a, b)
    for e in gone:
        yield _WARNING, "evidence-dropped", f'evidence from "{e.article}" was dropped', ""
    if names & {"date", "date_basis"}:
        yield _WARNING, "date-changed", f'date was "{_said(old.date)}", is "{_said(new.date)}"', ""


def _evidence(a: Evidence, b: Evidence) -> Iterator[Finding]:
    if a.stance is not b.stance:
        said = f'stance of "{b.article}" was "{a.stance}", is "{b.stance}"'
        yield _WARNING, "stance-flipped", said, ""
    if a.article != b.article:
        yield _WARNING, "quotation-moved", f'words quoted from "{a.article}" are now quoted from "{b.article}"', ""
    if a.origin != b.origin:
        said = f'"{b.article}" was said to relay "{_said(a.origin)}", is said to relay "{_said(b.origin)}"'
        yield _WARNING, "speaker-changed", said, ""
    if a.value != b.value:
        said = f'answer of "{b.article}" was "{_said(a.value)}", is "{_said(b.value)}"'
        yield _WARNING, "value-changed", said, "compare it with the quotation"
    if (a.date, a.date_basis) != (b.date, b.date_basis):
        yield _WARNING, "date-changed", f'date of "{b.article}" was "{_said(a.date)}", is "{_said(b.date)}"', ""


def _reversed(old: Sequence[Verdict], new: Sequence[Verdict]) -> bool:
    """Whether a verdict changed or went, or another one leads; one that joins the others takes nothing back."""
    return bool(old) and (new[:1] != old[:1] or any(verdict not in new for verdict in old))


def _prefix(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    return new[: len(old)] == old


def _said(value: Any) -> str:
    found = plain(value)
    return ", ".join(found) if isinstance(found, list) else found or "none"


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _statement(entry: Entry) -> Iterator[Finding]:
    old: Statement = entry.before
    new: Statement = entry.after
    if (old.speaker, old.origin) != (new.speaker, new.origin):
        yield _WARNING, "speaker-changed", f'speaker was "{_said(old.speaker)}", is "{_said(new.speaker)}"', ""
    told = [[*filter(None, [statement.canonical]), *statement.variants] for statement in (old, new)]
    for a, b in pair(*told):
        was, now = (told[0][a] if a is not None else None), (told[1][b] if b is not None else None)
        if was is None:
            continue
        if now is None:
            yield _WARNING, "wording-changed", f'the wording of "{was.article}" is gone', ""
        elif was.article != now.article:
            said = f'words quoted from "{was.article}" are now quoted from "{now.article}"'
            yield _WARNING, "quotation-moved", said, ""
        elif was.exact != now.exact:
            said = f'the wording of "{was.article}" changed'
            yield _WARNING, "wording-changed", said, "compare it with the stored article"


def _named(entry: Entry) -> Iterator[Finding]:
    old: Entity | Publisher = entry.before
    new: Entity | Publisher = entry.after
    if old.name != new.name:
        yield _WARNING, "name-changed", f'was "{old.name}", is "{new.name}"', ""


def _removed(entry: Entry) -> Iterator[Finding]:
    yield _ERROR, "correction-rewritten", "a published removal was changed", "restore it"


def _origin(entry: Entry) -> Iterator[Finding]:
    old: Origin = entry.before
    new: Origin = entry.after
    if old.party != new.party:
        yield _WARNING, "speaker-changed", f'party was "{_said(old.party)}", is "{_said(new.party)}"', ""
    if old.date != new.date:
        yield _WARNING, "date-changed", f'date was "{_said(old.date)}", is "{_said(new.date)}"', ""


def _article(entry: Entry) -> Iterator[Finding]:
    old: Article = entry.before
    new: Article = entry.after
    names = {change.path[0] for change in entry.changes}
    if old.linked and not new.linked:
        yield _WARNING, "article-text", "the text of a linked article is stored now", "compare it with what was printed"
    elif "body" in names:
        yield _WARNING, "article-text", "the stored text changed", "compare it with what was printed"
    if facts := sorted(names - {"body", "waivers", "not_used", "id"}):
        yield _WARNING, "article-metadata", f"{listed([f.replace('_', ' ') for f in facts])} changed", ""


RULES: Mapping[str, Callable[[Entry], Iterator[Finding]]] = {
    "claims": _claim,
    "statements": _statement,
    "origins": _origin,
    "entities": _named,
    "publishers": _named,
    "removed": _removed,
    "articles": _article,
    "settings": settings.findings,
}
"""What is asked of an entry that was there before and is there still, by its kind."""
