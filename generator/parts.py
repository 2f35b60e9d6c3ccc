"""A listing -> the pages that it takes: one, or several parts where one would be larger than a phone should load.

Where every other page links to a statement, it asks `statement_addresses`, so that the links hold however the listing
is cut.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import Generic, NamedTuple, TypeVar

from .publication import Publication, Said
from .words import gettext

MOST_BYTES = 240_000
"""Of HTML in a listing; the rest of 300 KB is the frame's, and for what the estimates miss."""
STATEMENTS = "statements/"
Item = TypeVar("Item")


class Part(NamedTuple, Generic[Item]):
    """What stands on one page of a listing; `pages` are the addresses of all its parts."""

    address: str
    items: Sequence[Item]
    pages: Sequence[str]

    def titled(self, title: str) -> str:
        if len(self.pages) == 1:
            return title
        part = self.pages.index(self.address) + 1
        return gettext("%(title)s, part %(part)s of %(parts)s", title=title, part=part, parts=len(self.pages))


def parts(
    address: str, items: Iterable[Item], size: Callable[[Item], int], taken: Collection[str] = ()
) -> list[Part[Item]]:
    """Cuts a listing at `address` by what its items take in bytes; `taken` are names that stand below it already."""
    cut: list[list[Item]] = [[]]
    filled = 0
    for item in items:
        filled += size(item)
        if filled > MOST_BYTES and cut[-1]:
            cut.append([])
            filled = size(item)
        cut[-1].append(item)
    free = (name for n in count(2) if (name := f"part-{n}") not in taken)
    pages = [address, *(f"{address}{next(free)}/" for _ in cut[1:])]
    return [Part(page, some, pages) for page, some in zip(pages, cut, strict=True)]


def statement_parts(pub: Publication) -> list[Part[Said]]:
    """The statements that an article prints, in the order of the record, on the pages where they stand."""
    found = [said for said in pub.said if any(told.match is not None for told in said.told)]
    return parts(STATEMENTS, found, _bytes)


def statement_addresses(pub: Publication) -> Mapping[str, str]:
    """The address of each statement, with its anchor, by its id."""
    return {
        said.statement.id: f"{part.address}#{said.statement.id}" for part in statement_parts(pub) for said in part.items
    }


def _bytes(said: Said) -> int:
    """What a statement takes on the page, near enough: words that differ are said twice, struck and in a sentence."""
    words = sum(len(part) for told in said.told for part in told.wording.exact)
    return 700 + 250 * len(said.claims) + 800 * len(said.told) + 6 * words
