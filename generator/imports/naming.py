"""Words in any script -> ids that can be read: short, made of the words alone, and never given twice.

Letters that ids lack are written in Latin ones by anyascii; the same words give the same id on every machine.
"""

import re
from collections.abc import Iterable

from anyascii import anyascii

from ..texts import id_fault

LONGEST = 60
"""Letters of an id that is made up; a number may follow."""
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])")


def slug(text: str, instead: str) -> str:
    """An id from the first words of a text; `instead` where it has none that could be written."""
    latin = _FOREIGN.sub(lambda run: _JOINT.sub(" ", anyascii(run[0])), text[: 4 * LONGEST])
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])['’](?=[a-z])", "", latin.lower()))
    found = ""
    for word in words:
        longer = f"{found}-{word}" if found else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        found = longer
    return found if found and id_fault(found) is None else f"{instead}-{found}".strip("-")


class Ids:
    """The ids of one namespace, those that are given out included."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {id.casefold() for id in taken}
        self._next: dict[str, int] = {}

    def new(self, text: str, instead: str) -> str:
        """An id for a text: its slug, and the next number behind it where that is taken."""
        base = slug(text, instead)
        found, number = base, self._next.get(base, 2)
        while found in self._taken:
            found, number = f"{base}-{number}", number + 1
        self._next[base] = number
        self._taken.add(found)
        return found
