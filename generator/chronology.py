"""Dated claims and the order that articles give them -> events in order, and what in that order can't be.

An uncertain date stays uncertain: an event sorts by its earliest possible day, moved back only as far as the order
("after", "before") demands. Nothing here picks one of two disputed dates.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from .dates import Date, Day, surely_before
from .model import Basis, Claim, ClaimKind, Stance

_DATED = {ClaimKind.EVENT, ClaimKind.DATE}
_MOST_CIRCLES = 20
"""So many circles are named one by one; a record with more has its whole order set aside."""


class Dating(NamedTuple):
    """One article's dating of an event. `words` are the article's own; `date` is None where it gives only words."""

    article: str
    stance: Stance
    date: Date | None
    words: str | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Event:
    """A claim as a point or stretch of time, with every article's dating of it."""

    claim: Claim
    datings: tuple[Dating, ...]
    day: Day | None
    """The day by which it sorts: its own earliest; None where only the order places it."""
    first: Day | None
    """Earliest day that any position allows, and the last: the ends of the bracket over a disputed event."""
    last: Day | None
    disputed: bool
    """Whether an article gives a date that cannot hold together with another's."""

    @property
    def days_apart(self) -> int:
        """Days between the ends of the span."""
        return (self.last - self.first).days if self.first and self.last else 0


class Contradiction(NamedTuple):
    """An order that can't be: each of `claims` is put before the next, and the last before the first; or, where it is
    no circle, the first of two is put after the second, which is dated later."""

    claims: tuple[Claim, ...]
    circle: bool


class Chronology(NamedTuple):
    """The dated events, oldest first; those that nothing dates; and the orders that contradict."""

    events: tuple[Event, ...]
    undated: tuple[Event, ...]
    contradictions: tuple[Contradiction, ...]


def event(claim: Claim, datings: Sequence[Dating]) -> Event | None:
    """The event that a claim is, or None where it is none: its kind is no event or date, and nobody dates it."""
    dated = [dating.date for dating in datings if dating.date is not None]
    if claim.kind not in _DATED and claim.date is None and not dated and not claim.after and not claim.before:
        return None
    positions = [d for d in datings if d.date is not None and d.stance is not Stance.MENTIONS]
    all_dates = [*([claim.date] if claim.date else []), *(d.date for d in positions if d.date)]
    days = [day for date in all_dates for day in (date.first, date.last) if day is not None]
    disputed = any(
        d.stance is Stance.DISPUTES
        and any(o.stance is not Stance.DISPUTES and _differ(o.date, d.date) for o in positions)
        for d in positions
    )
    first, last = min(days, default=None), max(days, default=None)
    return Event(claim, tuple(datings), _own_day(claim, datings), first, last, disputed)


def _differ(one: Date | None, other: Date | None) -> bool:
    return one is not None and other is not None and (surely_before(one, other) or surely_before(other, one))


def chronology(events: Iterable[Event]) -> Chronology:
    """Puts events in order. Sorting is stable: events that nothing parts keep the order of the record."""
    events = list(events)
    before = _before(events)
    contradictions = _without_circles(events, before)
    floors = _floors(events, before)
    sorter = TopologicalSorter(before)
    sorter.prepare()
    ready: list[tuple[Day, int]] = []
    order: list[int] = []
    while sorter.is_active():
        for n in sorter.get_ready():
            heapq.heappush(ready, (floors[n] or Day.max, n))
        _, n = heapq.heappop(ready)
        order.append(n)
        sorter.done(n)
    contradictions += _against_dates(events, before, order)
    return Chronology(
        tuple(events[n] for n in order if floors[n] is not None),
        tuple(events[n] for n in order if floors[n] is None),
        tuple(contradictions),
    )


def _before(events: Sequence[Event]) -> dict[int, set[int]]:
    """For each event the events that the order puts before it; claims that are no events put nothing anywhere."""
    place = {e.claim.id: n for n, e in enumerate(events)}
    before: dict[int, set[int]] = {n: set() for n in range(len(events))}
    for n, e in enumerate(events):
        before[n].update(place[other] for other in e.claim.after if other in place)
        for other in e.claim.before:
            if other in place:
                before[place[other]].add(n)
    return before


def _without_circles(events: Sequence[Event], before: dict[int, set[int]]) -> list[Contradiction]:
    """Names each circle and takes its order away, so that the rest can be sorted."""
    found: list[Contradiction] = []
    while True:
        try:
            TopologicalSorter(before).prepare()
            return found
        except CycleError as error:
            circle: list[int] = error.args[1][:-1]
            begin = circle.index(min(circle))
            found.append(Contradiction(tuple(events[n].claim for n in circle[begin:] + circle[:begin]), True))
            if len(found) < _MOST_CIRCLES:
                for earlier, later in zip(circle, error.args[1][1:], strict=True):
                    before[later].discard(earlier)
            else:
                for n in before:
                    before[n] = set()


def _floors(events: Sequence[Event], before: Mapping[int, set[int]]) -> list[Day | None]:
    """The day by which each event sorts: its own earliest, or what the order says where it has none."""
    days = [e.day for e in events]
    order = list(TopologicalSorter(before).static_order())
    for n in order:
        if days[n] is None:
            days[n] = max((day for m in before[n] if (day := days[m])), default=None)
    placed = [day is not None for day in days]
    for n in reversed(order):
        for m in before[n]:
            if not placed[m]:
                days[m] = min(filter(None, (days[m], days[n])), default=None)
    return days


def _against_dates(
    events: Sequence[Event], before: Mapping[int, set[int]], order: Iterable[int]
) -> Iterator[Contradiction]:
    """Events that the order puts after one that is dated later, directly or through events without a date."""
    latest: dict[int, Claim] = {}
    for n in order:
        claim = events[n].claim
        ahead = [latest[m] for m in before[n] if m in latest]
        bound = max(ahead, key=_first, default=None)
        if bound is not None and bound.date is not None and claim.date and surely_before(claim.date, bound.date):
            yield Contradiction((claim, bound), False)
        known = [c for c in (claim, bound) if c is not None and c.date is not None and c.date.first is not None]
        if known:
            latest[n] = max(known, key=_first)


def _first(claim: Claim) -> Day:
    return (claim.date.first if claim.date else None) or Day.min


def _own_day(claim: Claim, datings: Sequence[Dating]) -> Day | None:
    """The claim's own date decides; else what supporters say; else what anybody says."""
    if claim.date is not None:
        return claim.date.first or claim.date.last
    dated = [d for d in datings if d.date is not None]
    given = [d for d in dated if d.stance is Stance.SUPPORTS] or dated
    return min((day for d in given if d.date and (day := d.date.first or d.date.last)), default=None)
