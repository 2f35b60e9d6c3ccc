"""Two states of a record -> the same two with only the claims that can stand differently in them.

Reading ten thousand claims to learn that one changed would make a long history cost minutes. A record is lines: a
section begins at the margin, and each item of a list with a hyphen at one depth. Items whose lines are the same in
both states, and which name nothing that differs, say the same; they are left out before anything is parsed. A text
that is not laid out like this is read whole, and so is one that turns out not to be YAML when it is cut.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from .files import Files
from .load import ARTICLES, RECORD
from .reader import LIMITS

MOST_NAMES = 100
"""Where more names differ, everything is read: looking for all of them would cost as much."""
_SECTION = re.compile(r"^([a-z_]+):[^\n]*\n?", re.MULTILINE)
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_KEY = re.compile(r"^[ -]*id: *[\"']?([A-Za-z0-9-]+)[\"']? *(?:#.*)?$", re.MULTILINE)
_STRANGE = re.compile(r"^(?![a-z_]+:|[ #\n]|- )[^\n]", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
_NEEDED = ("about", "origins", "articles", "claims")
"""The sections that decide how a claim stands; `about` only because every record has it."""


class Narrowed(NamedTuple):
    """The files of a state with less in them."""

    files: Files
    record: str
    articles: frozenset[str]
    """The articles that are kept."""

    def names(self, folder: str) -> list[str]:
        names = self.files.names(folder)
        return [name for name in names if name.removesuffix(".md") in self.articles] if folder == ARTICLES else []

    def text(self, name: str, limit: int) -> str:
        return self.record if name == RECORD else self.files.text(name, limit)


class Section(NamedTuple):
    """A section of a record: the lines before its first item, and the lines of each item."""

    head: str
    items: list[str]


def narrow(old: Files, new: Files, articles: Iterable[str]) -> tuple[Narrowed, Narrowed] | None:
    """Both states without the claims that stand alike; None where the lines don't tell. `articles` are those whose
    files differ. Raises `Refused` where a record can't be read at all."""
    texts = [files.text(RECORD, LIMITS["file"]) for files in (old, new)]
    before, after = map(sections, texts)
    if before is None or after is None:
        return None
    names = {*articles}
    origins = [set(s["origins"].items) if "origins" in s else set() for s in (before, after)]
    for item in origins[0] ^ origins[1]:
        if not (found := _KEY.search(item)):
            return None
        names.add(found[1])
    if len(names) > MOST_NAMES:
        return None
    claims = [s["claims"].items if "claims" in s else [] for s in (before, after)]
    same = set(claims[0]) & set(claims[1])
    if names:
        same = {item for item in same if "\\" not in item and not any(name in item for name in names)}
    old_kept, new_kept = (_kept(s, same) for s in (before, after))
    return Narrowed(old, *old_kept), Narrowed(new, *new_kept)


def sections(text: str) -> Mapping[str, Section] | None:
    """The sections of a record by name; None where a line at the margin is none, or a section comes twice."""
    if _STRANGE.search(text):
        return None
    starts = [(match.start(), match[1]) for match in _SECTION.finditer(text)]
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
    parts = re.split(rf"^(?={first[1]}- )", text, flags=re.MULTILINE)
    return Section(parts[0], parts[1:])


def _kept(found: Mapping[str, Section], same: set[str]) -> tuple[str, frozenset[str]]:
    """The text of a record without some claims, and every word in the others that may name an article."""
    claims = [item for item in found["claims"].items if item not in same] if "claims" in found else []
    words = frozenset(_WORD.findall("".join(claims)))
    text = []
    for name in _NEEDED:
        if (section := found.get(name)) is not None:
            items = section.items
            if name == "claims":
                items = claims
            elif name == "articles":
                items = [item for item in items if not (key := _KEY.search(item)) or key[1] in words]
            if items or not section.items:  # a key with nothing behind it is an error
                text.append(section.head + "".join(items))
    return "".join(text), words
