"""Two states of a record -> the same two with only the claims that can stand differently in them.

Reading ten thousand claims to learn that one changed would make a long history cost minutes. Items whose lines are
the same in both states, and which name nothing that differs, say the same, whichever files they stand in; they are left
out before anything is parsed. A text that is not laid out in `sections` is read whole, and so is one that turns out not
to be YAML when it is cut.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from . import claimfiles
from .claimfiles import FOLDER
from .files import Files
from .limits import LIMITS
from .load import ARTICLES, RECORD
from .problems import Problem
from .sections import Sections, sections

MOST_NAMES = 100
"""Where more names differ, everything is read: looking for all of them would cost as much."""
_KEY = re.compile(r"^[ -]*id: *[\"']?([A-Za-z0-9-]+)[\"']? *(?:#.*)?$", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
_NEEDED = ("about", "origins", "articles", "claims")
"""The sections that decide how a claim stands; `about` only because every record has it."""


class Narrowed(NamedTuple):
    """The files of a state with less in them."""

    files: Files
    texts: Mapping[str, str]
    """What is left of the files of the record, by path."""
    articles: frozenset[str]
    """The articles that are kept."""

    def names(self, folder: str) -> list[str]:
        names = self.files.names(folder)
        if folder == ARTICLES:
            return [name for name in names if name.removesuffix(".md") in self.articles]
        return [name for name in names if name == FOLDER] if not folder else []

    def below(self, name: str) -> Iterator[str]:
        return (path for path in self.texts if path.startswith(f"{name}/"))

    def text(self, name: str, limit: int) -> str:
        return self.texts[name] if name in self.texts else self.files.text(name, limit)


def narrow(
    old: Files, new: Files, articles: Iterable[str], alike: Container[str] = ()
) -> tuple[Narrowed, Narrowed] | None:
    """Both states without the claims that stand alike; None where the lines don't tell. `articles` are those whose
    files differ, `alike` the files of claims that do not. Raises `Refused` where a record can't be read at all."""
    records = [sections(files.text(RECORD, LIMITS["file"])) for files in (old, new)]
    names = {*articles}
    origins = [set(s["origins"].items) if s and "origins" in s else set() for s in records]
    for item in origins[0] ^ origins[1]:
        if not (found := _KEY.search(item)):
            return None
        names.add(found[1])
    if len(names) > MOST_NAMES:
        return None
    passed = () if names else alike  # a file that may name what differs is looked into
    before, after = (_parts(files, record, passed) for files, record in zip((old, new), records, strict=True))
    if before is None or after is None:
        return None
    claims = [
        {item for s in parts.values() if "claims" in s for item in s["claims"].items} for parts in (before, after)
    ]
    same = claims[0] & claims[1]
    if names:
        same = {item for item in same if "\\" not in item and not any(name in item for name in names)}
    old_kept, new_kept = (_kept(parts, same) for parts in (before, after))
    return Narrowed(old, *old_kept), Narrowed(new, *new_kept)


def _parts(files: Files, record: Sections | None, passed: Container[str]) -> Mapping[str, Sections] | None:
    """The sections of each file of a record but those that are passed over; None where the lines don't tell."""
    wrong: list[Problem] = []
    paths = [path for path in claimfiles.paths(files, wrong) if path not in passed]
    parts = {path: sections(files.text(path, LIMITS["file"])) for path in paths}
    found = {path: s for path, s in parts.items() if s is not None and s.keys() == {"claims"}}
    return {RECORD: record, **found} if record is not None and len(found) == len(parts) and not wrong else None


def _kept(parts: Mapping[str, Sections], same: set[str]) -> tuple[Mapping[str, str], frozenset[str]]:
    """The texts of a record without some claims, and every word in the others that may name an article."""
    claims = {
        path: [item for item in found["claims"].items if item not in same] if "claims" in found else []
        for path, found in parts.items()
    }
    words = frozenset(_WORD.findall("".join(item for items in claims.values() for item in items)))
    texts: dict[str, str] = {}
    for path, found in parts.items():
        text = []
        for name in _NEEDED:
            if (section := found.get(name)) is not None:
                items = section.items
                if name == "claims":
                    items = claims[path]
                elif name == "articles":
                    items = [item for item in items if not (key := _KEY.search(item)) or key[1] in words]
                if items or not section.items:  # a key with nothing behind it is an error
                    text.append(section.head + "".join(items))
        if text or path == RECORD:
            texts[path] = "".join(text)
    return texts, words
