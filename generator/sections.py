"""The text of a record -> its sections and their items, by the layout of its lines, without parsing it.

A section begins at the margin with its key, and each item of a list with a hyphen at one depth. What looks like that
may stand inside a quoted text, so whoever takes items for what they seem must see that they are it.
"""

import re
from collections.abc import Mapping
from itertools import chain, pairwise
from typing import NamedTuple

# Each begins with the end of the line before, which is found many times as fast as the beginning of a line.
_SECTION = re.compile(r"\n([a-z_]+):")
_ITEM = re.compile(r"\n *- ")
_STRANGE = re.compile(r"\n(?![a-z_]+:|[ #\n]|- )[^\n]")
_MOST_LINES = 2_000_000
"""A text of more lines was written by nobody; it is the parser's to refuse."""
_FAR = 100_000
"""Characters in which a list begins behind its key."""


class Section(NamedTuple):
    """A section of a record: the lines before its first item, and the lines of each item."""

    head: str
    items: list[str]


Sections = Mapping[str, Section]
"""By key, in order."""


def sections(text: str) -> Sections | None:
    """The sections of a record by name; None where a line at the margin is none, or a section comes twice."""
    first = text[:100]
    if text.count("\n") > _MOST_LINES or _STRANGE.match(f"\n{first}") or _STRANGE.search(text):
        return None
    begun = [(0, match[1])] if (match := _SECTION.match(f"\n{first}")) else []
    starts = chain(begun, ((match.start() + 1, match[1]) for match in _SECTION.finditer(text)), [(len(text), "")])
    found: dict[str, Section] = {}
    for (start, name), (end, _) in pairwise(starts):
        if name in found:
            return None
        found[name] = _section(text[start:end])
    return found


def _section(text: str) -> Section:
    first = _ITEM.search(text)
    if first is None:
        return Section(text, [])
    head, *items = text.split(first[0])
    hyphen = first[0][1:]
    return Section(f"{head}\n", [*(f"{hyphen}{item}\n" for item in items[:-1]), hyphen + items[-1]])


def at_most(text: str, name: str) -> int:
    """A number that the items of a section are no more than; it costs next to nothing."""
    at = 0 if text.startswith(f"{name}:") else text.find(f"\n{name}:")
    first = _ITEM.search(text, at, at + _FAR) if at >= 0 else None
    return text.count(first[0], first.start()) if first else 0
