"""Events -> what a page of the chronology draws: rows with words, marks on a scale of days, ticks. Pure layout.

In: events in order, and the names of articles and claims. Out: a `Timeline`; nothing in it is HTML.

The main period is the stretch that the scale shows. Days that an article or the claim names count, and so do periods
of at most a month; longer periods never stretch the scale, they run off its edge. It begins as the shortest stretch
that holds four fifths of the events whole, so that one early event can't leave the scale mostly empty. It then
takes in the other events, nearest first, as long as it stays at most three times as long as that stretch (or 90
days, where that is more) and at most 400 days. Only where four fifths of the events need more than 400 days is the
scale longer. What lies wholly before it comes under "Earlier", what lies wholly behind it under "Later".

"About" widens a date by three days on either side, as it does where dates are compared.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .chronology import Dating, Event
from .dates import Date, Day, say, say_month, say_range
from .model import Basis, Claim
from .occasion import apart, ends, when
from .words import gettext

MOST_DAYS = 400
LEAST_DAYS = 90
MONTH = 31
ABOUT = 3
EDGE, EDGES = 3, 50  # days left free at both ends of the scale, and of how many one is where that is more
MOST_WEEKS = 300
MOST_LABELS = 14


class Mark(NamedTuple):
    """A mark on the scale: `d` days from its left end to the mark's, and `w` days wide. Open ends run off the edge."""

    d: int
    w: int
    off_left: bool = False
    off_right: bool = False


class Line(NamedTuple):
    """One article's dating: its own words where `quoted`, else the date; `date` says in figures what the words mean.

    `kind` is "day" or "period" for what an article states, "inferred" for what we worked out, "words" without a date.
    """

    words: str
    quoted: bool
    date: str
    source: str
    kind: str
    mark: Mark | None
    article: str = ""
    """Id of the article, where the words are its own."""


class Row(NamedTuple):
    """An event. `bracket` spans the dates of a disputed one, and `apart` says how far they lie apart."""

    claim: Claim
    when: str
    disputed: bool
    inferred: bool
    lines: tuple[Line, ...]
    bracket: Mark | None = None
    apart: str = ""


class Tick(NamedTuple):
    """A label on the axis, `d` days from the left end of the scale."""

    d: int
    label: str


class Scale(NamedTuple):
    """The axis: it begins on a Monday, so that lines every seven days are the weeks."""

    first: Day
    days: int
    year: int | None
    """The year of the whole main period, which dates then need not repeat."""
    months: tuple[Tick, ...]
    weeks: tuple[Tick, ...]


class Group(NamedTuple):
    """Rows under one heading; those on the scale are headed by the timeline's `period`."""

    title: str
    rows: tuple[Row, ...]


class Timeline(NamedTuple):
    """A page of the chronology. There is no scale where fewer than two events have a date."""

    scale: Scale | None
    period: str
    groups: tuple[Group, ...]


def timeline(
    events: Sequence[Event], undated: Sequence[Event], names: Mapping[str, str], orders: Mapping[str, str]
) -> Timeline:
    """Lays the events out. `names` are the articles' by id, `orders` words for events without a date, by id."""
    period = main_period(events)
    scale = _scale(*period) if period else None
    titled = {
        "earlier": gettext("Earlier"),
        "": _months(*period) if period else "",
        "later": gettext("Later"),
        "unknown": gettext("Date unknown"),
    }
    found: dict[str, list[Event]] = {name: [] for name in titled} | {"unknown": list(undated)}
    part = ""
    for event in events:
        where = _part(event, *period) if period else ""
        part = part if where is None else where
        found[part].append(event)
    groups = [
        Group(titled[name], tuple(row(event, names, orders, None if name else scale) for event in some))
        for name, some in found.items()
        if some
    ]
    return Timeline(scale, titled[""], tuple(groups))


def main_period(events: Iterable[Event]) -> tuple[Day, Day] | None:
    """First and last day of the main period (see above); None where fewer than two events have a date."""
    spans = sorted((min(days), max(days)) for event in events if (days := _days(event)))
    if len(spans) < 2:
        return None
    most = len(spans) - len(spans) // 5
    stretches = []
    for n, (first, _) in enumerate(spans[: len(spans) - most + 1]):
        last = sorted(end for _, end in spans[n:])[most - 1]
        stretches.append(((last - first).days, first, last))
    length, first, last = min(stretches)
    limit = max(length, min(MOST_DAYS, max(LEAST_DAYS, 3 * length)))
    for begin, end in sorted(spans, key=lambda span: max(last, span[1]) - min(first, span[0])):
        if (max(last, end) - min(first, begin)).days <= limit:
            first, last = min(first, begin), max(last, end)
    return first, last


def row(event: Event, names: Mapping[str, str], orders: Mapping[str, str], scale: Scale | None = None) -> Row:
    """An event in words, with marks where a scale is given. `orders` are words for events without a date, by id."""
    claim, year = event.claim, scale.year if scale else None
    datings = sorted(dict.fromkeys(event.datings), key=_age)
    lines = [_line(dating, names, scale) for dating in datings]
    if claim.date is not None and not any(dating.date for dating in datings):
        lines.append(Line(gettext("our reading of the evidence"), False, "", "", "inferred", _mark(claim.date, scale)))
    inferred = claim.date_basis in (Basis.INFERRED, Basis.COMPUTED)
    if not event.disputed:
        return Row(claim, when(event, orders, year), False, inferred, tuple(lines))
    dates = [date for date, _ in ends(event)]
    open_left, open_right = any(not date.first for date in dates), any(not date.last for date in dates)
    bracket = _clip(None if open_left else event.first, None if open_right else event.last, scale)
    return Row(claim, when(event, orders, year), True, inferred, tuple(lines), bracket, apart(event))


def _days(event: Event) -> list[Day]:
    """The days of an event that may stretch the scale."""
    dates = [d.date for d in event.datings if d.date] + ([event.claim.date] if event.claim.date else [])
    short = [d for d in dates if not (d.first and d.last) or (d.last - d.first).days < MONTH]
    return [day for date in short for day in (date.first, date.last) if day]


def _part(event: Event, first: Day, last: Day) -> str | None:
    """Where an event goes: "earlier", "" for the scale, "later"; None without a date: it stays beside its neighbour."""
    date = event.claim.date
    begin, end = (date.first, date.last) if date else (event.first, event.last)
    begin, end = begin or end, end or begin
    if begin is None or end is None:
        return None
    return "earlier" if end < first else "later" if begin > last else ""


def _scale(first: Day, last: Day) -> Scale:
    edge = max(EDGE, math.ceil((last - first).days / EDGES))  # on a long scale three days are less than half a dot
    begin = _shift(first, -edge)
    begin = _shift(begin, -begin.weekday())
    days = (last - begin).days + 1 + edge
    weeks = tuple(Tick(n, str(_shift(begin, n).day)) for n in range(0, days, 7)) if days < 7 * MOST_WEEKS else ()
    start, end = (day.year * 12 + day.month - 1 for day in (begin, _shift(begin, days - 1)))
    steps = (1, 3, 12, 60, 120, 600, 1200, 6000, 12000)
    step = next(step for step in steps if (end - start) // step < MOST_LABELS)
    ticks: list[Tick] = []
    for month in range(start + 1, end + 1):
        d = (Day(month // 12, month % 12 + 1, 1) - begin).days
        if month % step == 0 and d < days - days // 16:  # a label at the very end would be cut off
            year, number = divmod(month, 12)
            short = say_month(number + 1) if number else str(year)
            ticks.append(Tick(d, say_month(number + 1, year) if end - start <= 6 else short))
    if begin.day == 1 or not ticks or ticks[0].d > days // 4:
        ticks.insert(0, Tick(0, say_month(begin.month, begin.year)))
    return Scale(begin, days, first.year if first.year == last.year else None, tuple(ticks), weeks)


def _shift(day: Day, days: int) -> Day:
    """A day so many days later, within the calendar."""
    return Day.fromordinal(min(max(day.toordinal() + days, 1), Day.max.toordinal()))


def _months(first: Day, last: Day) -> str:
    """A period in whole months, as its heading names it: "Aug to Nov 2020"."""
    after = _shift(last.replace(day=28), 4)
    end = last if after.month == last.month else _shift(after, -after.day)
    return say_range(first.replace(day=1), end)


def _line(dating: Dating, names: Mapping[str, str], scale: Scale | None) -> Line:
    date, source = dating.date, names.get(dating.article, dating.article)
    if date is None:
        return Line(dating.words or "", True, "", source, "words", None, dating.article)
    exact = date.is_day and not date.approximate
    kind = "inferred" if dating.basis is not Basis.STATED else "day" if exact else "period"
    figures, mark = say(date, scale.year if scale else None), _mark(date, scale)
    words = (dating.words, True, figures) if dating.words else (figures, False, "")
    return Line(*words, source, kind, mark, dating.article)


def _mark(date: Date, scale: Scale | None) -> Mark | None:
    slack = ABOUT * date.approximate
    return _clip(date.first and _shift(date.first, -slack), date.last and _shift(date.last, slack), scale)


def _clip(first: Day | None, last: Day | None, scale: Scale | None) -> Mark | None:
    """Days to a mark. None is an open end; what does not meet the scale has no mark."""
    if scale is None:
        return None
    begin = (first - scale.first).days if first else -1
    end = (last - scale.first).days if last else scale.days
    if end < 0 or begin >= scale.days:
        return None
    return Mark(max(begin, 0), min(end, scale.days - 1) - max(begin, 0) + 1, begin < 0, end >= scale.days)


def _age(dating: Dating) -> tuple[bool, Day, Day]:
    """A day before a period that ends later; words alone come last."""
    date = dating.date
    return date is None, (date and date.last) or Day.max, (date and date.first) or Day.min
