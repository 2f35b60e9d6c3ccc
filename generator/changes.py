"""Two records -> what differs between them, field by field. Pure; knows no kind of record by name.

Every field that `model` declares is walked, so one that is added there is compared without a line here. Records with an
id are compared with their namesake, others in a list with the one that they most likely were: the same, else one
that quotes the same words of the same article, else one of the same article or day, else one with the same words.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from .dates import Date
from .model import Placed, Record, Verdict

PLACES = {"piece", "marks", "body_line"}
"""Fields that say where a record stands and nothing of what it says."""
_MOST_ITEMS = 40
"""Of longer lists of values only those are told that came and went."""
_MOST_LINES = 5000
"""Texts of more lines are compared by their ends only: looking for the best match costs by the square of them."""


class Change(NamedTuple):
    """A difference: the way to it by names of fields and items, and the values as JSON has them, None for nothing."""

    path: tuple[str, ...]
    before: Any
    after: Any


class What(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(slots=True, kw_only=True)
class Entry:
    """A record of a list, or a section without one, that differs."""

    kind: str
    """The field of `Record`: "claims", "articles", "about"."""
    id: str
    """Empty for a section."""
    what: What
    before: Any = None
    """The record itself; None where it was added."""
    after: Any = None
    changes: list[Change]


def plain(value: Any) -> Any:
    """A value as JSON has it. What says nothing is None, and is left out of a record."""
    if isinstance(value, Date):
        return value.edtf
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [plain(item) for item in value] or None
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()} or None
    if isinstance(value, Placed):
        said = {name: plain(getattr(value, name)) for name in _names(type(value))}
        return {name: item for name, item in said.items() if item is not None}
    return None if value == "" else value


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _names(cls: type[Any]) -> tuple[str, ...]:
    if cls not in _NAMES:
        _NAMES[cls] = tuple(f.name for f in fields(cls) if f.name not in PLACES)
    return _NAMES[cls]


def entries(old: Record, new: Record) -> list[Entry]:
    """Everything that differs between two records, in the order of the model."""
    found: list[Entry] = []
    for name in _names(Record):
        before, after = getattr(old, name), getattr(new, name)
        if any(isinstance(item, Placed) and hasattr(item, "id") for item in (*_some(before), *_some(after))):
            found += _listed(name, before, after)
        elif changes := list(_differ((), before, after)):
            found.append(Entry(kind=name, id="", what=What.CHANGED, before=before, after=after, changes=changes))
    return found


def _some(value: Any) -> Sequence[Any]:
    return value[:1] if isinstance(value, tuple) else ()


def _listed(kind: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Entry]:
    """The entries of a list of records with ids, renamed ones with what they were."""
    before, after = _by_id(old), _by_id(new)
    gone = {key: item for key, item in before.items() if key not in after}
    alike = {_nameless(item): key for key, item in gone.items()}
    for key, item in after.items():
        was = before.get(key)
        if was is None:
            was = gone.pop(_renamed(item, gone, alike), None)
            if was is None:
                yield Entry(kind=kind, id=item.id, what=What.ADDED, after=item, changes=[Change((), None, plain(item))])
                continue
        if was != item and (changes := list(compare(was, item))):
            what = What.CHANGED if was.id == item.id else What.RENAMED
            yield Entry(kind=kind, id=item.id, what=what, before=was, after=item, changes=changes)
    for item in gone.values():
        yield Entry(kind=kind, id=item.id, what=What.REMOVED, before=item, changes=[Change((), plain(item), None)])
    both = [key for key in before if key in after]
    if moved := _order(both, [key for key in after if key in before]):
        changes = [Change(("order",), *([f"{id} {n}" if n else id for id, n in keys] for keys in moved))]
        yield Entry(kind=kind, id="", what=What.CHANGED, before=old, after=new, changes=changes)


def _by_id(items: Iterable[Any]) -> dict[tuple[str, int], Any]:
    """Records by id, and by number where an id comes twice."""
    found: dict[tuple[str, int], Any] = {}
    for item in items:
        n = 0
        while (item.id, n) in found:
            n += 1
        found[item.id, n] = item
    return found


def _renamed(item: Any, gone: Mapping[tuple[str, int], Any], alike: Mapping[str, tuple[str, int]]) -> tuple[str, int]:
    """The key of the record that had another id: one that it names, or one that says the same."""
    for former in getattr(item, "former_ids", ()):
        if (former, 0) in gone:
            return former, 0
    return alike.get(_nameless(item), ("", 0)) if alike else ("", 0)


def _nameless(item: Any) -> str:
    """All that a record says but its id."""
    return repr({**plain(item), "id": None})


def compare(old: Placed, new: Placed, path: tuple[str, ...] = ()) -> Iterator[Change]:
    """What differs between two records of one kind."""
    for name in _names(type(old)):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield from _differ((*path, name), before, after)


def _differ(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Placed) and isinstance(after, Placed):
        yield from compare(before, after, path)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            if before.get(key) != after.get(key):
                yield Change((*path, key), plain(before.get(key)), plain(after.get(key)))
    elif any(isinstance(item, Placed) for item in (*_some(before), *_some(after))):
        yield from _items(path, before, after)
    elif isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        for line, was, now in blocks(before, after):
            yield Change((*path, f"line {line}"), was, now)
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) + len(after) > _MOST_ITEMS:
        gone, new = set(before) - set(after), set(after) - set(before)
        yield from (Change((*path, str(plain(item))), plain(item), None) for item in sorted(gone))
        yield from (Change((*path, str(plain(item))), None, plain(item)) for item in sorted(new))
        if not gone and not new:
            yield Change((*path, "order"), plain(before), plain(after))
    else:
        yield Change(path, plain(before), plain(after))


def _items(path: tuple[str, ...], old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """What differs between two lists of records without ids."""
    joined = pair(old, new)
    seen: dict[str, int] = defaultdict(int)
    names: dict[int, str] = {}
    for a, b in joined:
        item = old[a] if b is None and a is not None else new[b or 0]
        key = str(plain(_first(item)))[:60]
        seen[key] += 1
        name = key if seen[key] == 1 else f"{key} {seen[key]}"
        if a is not None:
            names[a] = name
        if a is None or b is None:
            yield Change((*path, name), plain(old[a]) if a is not None else None, plain(item) if a is None else None)
        elif old[a] != new[b]:
            yield from compare(old[a], new[b], (*path, name))
    both = [(a, b) for a, b in joined if a is not None and b is not None]
    was, now = sorted(a for a, _ in both), [a for a, _ in sorted(both, key=lambda p: p[1])]
    if moved := _order(was, now):
        yield Change((*path, "order"), *([names[a] for a in ends] for ends in moved))


def _first(item: Any) -> Any:
    """What a record without an id is called by: its first field, the article, the day or the words.

    A verdict is called by the article in which it was given, since its rating is what may change.
    """
    if isinstance(item, Verdict):
        return item.article or "ours"
    return getattr(item, _names(type(item))[0])


def pair(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int | None, int | None]]:
    """Places of the records that belong together, in the order of the new list; the ones that are gone at the end."""
    left, right = dict(enumerate(old)), dict(enumerate(new))
    joined: list[tuple[int | None, int | None]] = []

    def words(item: Any) -> Hashable:
        return getattr(item, "quote", None) or getattr(item, "exact", None) or repr(plain(item))

    likeness: tuple[Callable[[Any], Hashable], ...] = (
        lambda item: repr(plain(item)),
        lambda item: (_first(item), words(item)),
        _first,
        words,
    )
    for like in likeness:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for n, item in left.items():
            waiting[like(item)].append(n)
        for n, item in list(right.items()):
            if found := waiting.get(like(item)):
                joined.append((found.pop(0), n))
                del left[joined[-1][0] or 0], right[n]
    joined += [(None, n) for n in right]
    return [*sorted(joined, key=lambda p: p[1] or 0), *((n, None) for n in left)]


def _order(old: list[Any], new: list[Any]) -> tuple[list[Any], list[Any]] | None:
    """The stretch in which the order of the same items differs; None where it does not."""
    if old == new:
        return None
    start = next(n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b)
    end = next(n for n, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=True)) if a != b)
    return old[start : len(old) - end], new[start : len(new) - end]


def blocks(old: str, new: str) -> Iterator[tuple[int, str | None, str | None]]:
    """The lines in which two texts differ: the line where a stretch stands now, and its lines before and after."""
    before, after = old.split("\n"), new.split("\n")
    a, b, c, d = _ends(before, after)
    steps: list[tuple[str, int, int, int, int]] = [("replace", a, b, c, d)]
    if max(b - a, d - c) <= _MOST_LINES:
        found = SequenceMatcher(None, before[a:b], after[c:d], autojunk=False).get_opcodes()
        steps = [(tag, a + i, a + j, c + k, c + m) for tag, i, j, k, m in found]
    for tag, a, b, c, d in steps:
        if tag != "equal":
            yield c + 1, "\n".join(before[a:b]) if b > a else None, "\n".join(after[c:d]) if d > c else None


def _ends(before: Sequence[str], after: Sequence[str]) -> tuple[int, int, int, int]:
    """The stretch between the lines that two texts share at their beginnings and ends."""
    least = min(len(before), len(after))
    start = next((n for n in range(least) if before[n] != after[n]), least)
    most = least - start
    end = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return start, len(before) - end, start, len(after) - end
