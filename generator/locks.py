"""The lines of `articles.lock` and `addresses.lock` -> what they hold, and the place of each.

A line that is none is a problem. Lines of articles that can't be read are left out, so that nobody says that those are
not there.
"""

import re
from collections.abc import Iterable, Iterator

from .addresses import LINE, address
from .model import Addressed, pack
from .problems import Mark, Problem

_DIGEST = re.compile(r"([0-9a-f]{64})  (\S+)")

Places = dict[tuple[str, int], int]


def digests(path: str, text: str, problems: list[Problem], unread: Iterable[str]) -> tuple[dict[str, str], Places]:
    """The SHA-256 of each stored text by the article's id."""
    locks: dict[str, str] = {}
    places: Places = {}
    left_out = set(unread)
    for number, line in _lines(text):
        found = _DIGEST.fullmatch(line)
        if found is None or found[2] in locks:
            problems.append(_none(path, number, line))
        elif found[2] not in left_out:
            places["locks", len(locks)] = pack(number, 1, len(line))
            locks[found[2]] = found[1]
    return locks, places


def published(path: str, text: str, problems: list[Problem], unread: Iterable[str]) -> tuple[tuple[str, ...], Places]:
    """The published addresses, in any order and as often as they stand there: merges of two branches leave that."""
    found: list[str] = []
    places: Places = {}
    left_out = {address(Addressed.SOURCE, id) for id in unread}
    for number, line in _lines(text):
        if LINE.fullmatch(line) is None:
            problems.append(_none(path, number, line))
        elif line not in left_out:
            places["addresses", len(found)] = pack(number, 1, len(line))
            found.append(line)
    return tuple(found), places


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.removesuffix("\n").split("\n") if text else (), 1)


def _none(path: str, number: int, line: str) -> Problem:
    return Problem(Mark(path, number, 1, len(line)), "not a line of the lock", 'run "onrecord lock"', "bad-lock")
