"""A chronology -> the pages that it takes: one, or a page a year (in parts, where a year is long).

Where every other page links to an event, it asks `addresses`, so that the links hold however the chronology is cut.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from .chronology import Chronology, Event
from .words import gettext

WHOLE = "chronology/"
MOST_EVENTS = 300
MOST_LINES = 600
"""So many lines of datings make a page of about 300 KB; an event weighs as much as two."""


class Chapter(NamedTuple):
    """What stands on one page: events of one year or less."""

    address: str
    title: str
    events: Sequence[Event]
    undated: Sequence[Event] = ()


def chapters(chronology: Chronology) -> list[Chapter]:
    """The pages of a chronology, oldest first and the undated last; one alone is the whole."""
    events, undated, _ = chronology
    if len(events) + len(undated) <= MOST_EVENTS and _weight([*events, *undated]) <= MOST_LINES:
        return [Chapter(WHOLE, "", events, undated)]
    return [*_years(events), *_cut("undated", gettext("Date unknown"), undated, dated=False)]


def addresses(chronology: Chronology) -> Mapping[str, str]:
    """The address of each event, with its anchor, by claim id."""
    return {
        event.claim.id: f"{chapter.address}#{event.claim.id}"
        for chapter in chapters(chronology)
        for event in (*chapter.events, *chapter.undated)
    }


def _years(events: Sequence[Event]) -> Iterator[Chapter]:
    """Chapters by year. An event that only an order places goes with the one before it."""
    years: list[int] = []
    for event in events:
        years.append(event.day.year if event.day else years[-1] if years else 0)
    placed = sorted(zip(years, range(len(events)), strict=True))
    for year, found in groupby(placed, lambda pair: pair[0]):
        yield from _cut(str(year or "earliest"), str(year or gettext("Earliest")), [events[n] for _, n in found])


def _cut(slug: str, title: str, events: Sequence[Event], dated: bool = True) -> Iterator[Chapter]:
    """Cuts events into chapters of a page each; the first has the plain address."""
    chunks: list[list[Event]] = []
    weight = 0
    for event in events:
        weight += _weight([event])
        if not chunks or weight > MOST_LINES:
            chunks.append([])
            weight = _weight([event])
        chunks[-1].append(event)
    for n, chunk in enumerate(chunks, 1):
        name = (
            gettext("%(title)s, part %(part)s of %(parts)s", title=title, part=n, parts=len(chunks))
            if len(chunks) > 1
            else title
        )
        address = f"{WHOLE}{slug}{f'-{n}' if n > 1 else ''}/"
        yield Chapter(address, name, chunk if dated else (), () if dated else chunk)


def _weight(events: Sequence[Event]) -> int:
    return sum(2 + len(event.datings) for event in events)
