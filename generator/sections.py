"""The text of a record -> its sections and their items, by the layout of its lines, without parsing it.

A section begins at the margin with its key, and each item of a list with a hyphen at one depth. What looks like that
may stand inside a quoted text, so whoever takes items for what they seem must see that they are it.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

# Each begins with the end of the line before, which is found many times as fast as the beginning of a line.
_SECTION = re.compile(r"\n([a-z_]+):")
_ITEM = re.compile(r"\n( *- )")
_STRANGE = re.compile(r"\n(?![a-z_]+:|[ #\n]|- )[^\n]")


class Section(NamedTuple):
    """A section of a record: the lines before its first item, and the lines of each item."""

    head: str
    items: list[str]


Sections = Mapping[str, Section]
"""By key, in order."""


def sections(text: str) -> Sections | None:
    """The sections of a record by name; None where a line at the margin is none, or a section comes twice."""
    led = f"\n{text}"
    if _STRANGE.search(led):
        return None
    starts = [(match.start(), match[1]) for match in _SECTION.finditer(led)]
    found: dict[str, Section] = {}
    for (start, name), (end, _) in pairwise([*starts, (len(text), "")]):
        if name in found:
            return None
        found[name] = _section(text[start:end])
    return found


def _section(text: str) -> Section:
    first = _ITEM.search(text)
    if first is None:
        return Section(text, [])
    head, *items = text.split(first[0])
    return Section(f"{head}\n", [*(f"{first[1]}{item}\n" for item in items[:-1]), first[1] + items[-1]])
