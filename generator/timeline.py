"""Events -> what the page of the chronology draws: rows with words, marks on a scale of days, ticks. Pure layout.

In: events in order, and the names of articles and claims. Out: a `Timeline`; nothing in it is HTML.

The main period is the stretch that the scale shows. Days that an article or the claim names count, and so do periods
of at most a month; longer periods never stretch the scale, they run off its edge. It begins as the shortest stretch
that holds four fifths of the events whole, so that one early event can't leave the scale mostly empty. It then
takes in the other events, nearest first, as long as it stays at most three times as long as that stretch (or 90
days, where that is more) and at most 400 days. Only where four fifths of the events need more than 400 days is the
scale longer. What lies wholly before it comes under "Earlier", what lies wholly behind it under "Later".

"About" widens a date by three days on either side, as it does where dates are compared.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from .chronology import Dating, Event
from .dates import MONTHS, Date, Day, say, say_range
from .model import Basis, Claim, Stance

MOST_DAYS = 400
LEAST_DAYS = 90
MONTH = 31
ABOUT = 3
EDGE = 3
"""Days left free at both ends of the scale."""

_PART = re.compile(r"\b(?:early|mid|late)\b", re.IGNORECASE)

MEANINGS = {
    "day": "day stated",
    "period": "period stated",
    "inferred": "worked out by us",
    "words": "no date",
}
"""The kinds of marks, as readers are told of them; "words" has no mark."""


class Mark(NamedTuple):
    """A mark on the scale: `d` days from its left end to the mark's, and `w` days wide. Open ends run off the edge."""

    d: int
    w: int
    off_left: bool = False
    off_right: bool = False


class Line(NamedTuple):
    """One article's dating: its own words where `quoted`, else the date; `date` says in figures what the words mean."""

    words: str
    quoted: bool
    date: str
    source: str
    kind: str
    mark: Mark | None

    @property
    def meaning(self) -> str:
        return MEANINGS[self.kind]


class Row(NamedTuple):
    """An event. `bracket` spans the dates of a disputed one, and `apart` says how far they lie apart."""

    claim: Claim
    when: str
    disputed: bool
    inferred: bool
    lines: tuple[Line, ...]
    bracket: Mark | None
    apart: str


class Tick(NamedTuple):
    """A label on the axis, `d` days from the left end of the scale."""

    d: int
    label: str


class Scale(NamedTuple):
    """The axis: it begins on a Monday, so that lines every seven days are the weeks."""

    first: Day
    days: int
    months: tuple[Tick, ...]
    weeks: tuple[Tick, ...]

    @property
    def last(self) -> Day:
        return self.first + timedelta(self.days - 1)


class Group(NamedTuple):
    """Rows under one heading; those on the scale are headed by the timeline's `period`."""

    title: str
    rows: tuple[Row, ...]


class Timeline(NamedTuple):
    """A page of the chronology. There is no scale where fewer than two events have a date."""

    scale: Scale | None
    period: str
    groups: tuple[Group, ...]
    events: int
    disputed: int
    articles: int
    """How many articles date the events."""


def timeline(
    events: Sequence[Event], undated: Sequence[Event], names: Mapping[str, str], titles: Mapping[str, str]
) -> Timeline:
    """Lays the events out. `names` are the articles' by id, `titles` the claims' by id."""
    period = main_period(events)
    scale = _scale(*period) if period else None
    year = period[0].year if period and period[0].year == period[1].year else None
    parts: dict[str, list[Event]] = {"Earlier": [], "": [], "Later": [], "Date unknown": list(undated)}
    part = ""
    for event in events:
        where = _part(event, period)
        part = part if where is None else where
        parts[part].append(event)
    title = say_range(*_months(period)) if period else ""
    groups = [
        Group(name or title, tuple(row(e, names, titles, *((None, None) if name else (scale, year))) for e in found))
        for name, found in parts.items()
        if found
    ]
    every = [*events, *undated]
    return Timeline(
        scale,
        title,
        tuple(groups),
        len(every),
        sum(event.disputed for event in every),
        len({dating.article for event in every for dating in event.datings}),
    )


def main_period(events: Iterable[Event]) -> tuple[Day, Day] | None:
    """First and last day of the main period (see above); None where fewer than two events have a date."""
    spans = sorted((min(days), max(days)) for event in events if (days := _days(event)))
    if len(spans) < 2:
        return None
    most = len(spans) - len(spans) // 5
    stretches = []
    for n, (first, _) in enumerate(spans[: len(spans) - most + 1]):
        last = sorted(end for _, end in spans[n:])[most - 1]
        stretches.append((last - first, first, last))
    length, first, last = min(stretches)
    limit = max(length, min(timedelta(MOST_DAYS), max(timedelta(LEAST_DAYS), 3 * length)))
    for begin, end in sorted(spans, key=lambda span: max(last, span[1]) - min(first, span[0])):
        if max(last, end) - min(first, begin) <= limit:
            first, last = min(first, begin), max(last, end)
    return first, last


def row(
    event: Event,
    names: Mapping[str, str],
    titles: Mapping[str, str],
    scale: Scale | None = None,
    year: int | None = None,
) -> Row:
    """An event in words, with marks where a scale is given. `year` is left out of dates: the heading names it."""
    datings = sorted(dict.fromkeys(event.datings), key=_age)
    lines = [_line(dating, names, scale, year) for dating in datings]
    claim = event.claim
    if claim.date is not None and not any(dating.date for dating in datings):
        mark = _mark(claim.date, scale) if scale else None
        lines.append(Line(_say(claim.date, year), False, "", "", "inferred", mark))
    inferred = claim.date_basis in (Basis.INFERRED, Basis.COMPUTED)
    if not event.disputed:
        return Row(claim, _when(event, titles, year), False, inferred, tuple(lines), None, "")
    ends = _ends(event)
    closed = all(date.first and date.last for date, _ in ends)
    apart = f"up to {event.days_apart} days apart" if closed and event.days_apart > 1 else ""
    words = [_short(date, own, year) for date, own in ends]
    when = "Disputed: " + (" to " if closed else ", or ").join(words) + (f", {apart}" if apart else "")
    bracket = None
    if scale and event.first and event.last:
        first = event.first if all(date.first for date, _ in ends) else None
        last = event.last if all(date.last for date, _ in ends) else None
        bracket = _clip(first, last, scale)
    return Row(claim, when, True, inferred, tuple(lines), bracket, apart)


def _days(event: Event) -> list[Day]:
    """The days of an event that may stretch the scale."""
    dates = [d.date for d in event.datings if d.date] + ([event.claim.date] if event.claim.date else [])
    return [
        day
        for date in dates
        if not (date.first and date.last) or (date.last - date.first).days < MONTH
        for day in (date.first, date.last)
        if day
    ]


def _part(event: Event, period: tuple[Day, Day] | None) -> str | None:
    """Where an event goes: "Earlier", "" for the scale, "Later"; None without a date: it stays beside its neighbour."""
    if period is None:
        return ""
    date = event.claim.date
    first, last = (date.first, date.last) if date else (event.first, event.last)
    begin, end = first or last, (last if first else None) or first or last
    if begin is None or end is None:
        return None
    return "Earlier" if end < period[0] else "Later" if begin > period[1] else ""


def _scale(first: Day, last: Day) -> Scale:
    begin = first - timedelta(EDGE)
    begin -= timedelta(begin.weekday())
    days = (last - begin).days + 1 + EDGE
    weeks = tuple(Tick(n, str((begin + timedelta(n)).day)) for n in range(0, days, 7))
    starts = [n for n in range(days) if (begin + timedelta(n)).day == 1]
    if not starts or starts[0] > 20:
        starts.insert(0, 0)
    months: list[Tick] = []
    for n in starts:
        day = begin + timedelta(n)
        if (len(starts) > 36 and day.month != 1) or (len(starts) > 13 and day.month not in (1, 4, 7, 10)):
            continue
        name = MONTHS[day.month - 1]
        months.append(Tick(n, f"{name} {day.year}" if len(starts) <= 6 or day.month == 1 or not months else name))
    return Scale(begin, days, tuple(months), weeks)


def _months(period: tuple[Day, Day]) -> tuple[Day, Day]:
    """The period in whole months, as its heading names it."""
    first, last = period[0].replace(day=1), period[1].replace(day=28) + timedelta(4)
    return first, last - timedelta(last.day)


def _line(dating: Dating, names: Mapping[str, str], scale: Scale | None, year: int | None) -> Line:
    date = dating.date
    kind = "words" if date is None else "inferred" if dating.basis is not Basis.STATED else "period"
    if kind == "period" and date and date.is_day and not date.approximate:
        kind = "day"
    figures = _say(date, year) if date else ""
    words = dating.words or figures
    return Line(
        words,
        bool(dating.words),
        figures if dating.words else "",
        names.get(dating.article, dating.article),
        kind,
        _mark(date, scale) if date and scale else None,
    )


def _mark(date: Date, scale: Scale) -> Mark | None:
    slack = timedelta(ABOUT * date.approximate)
    return _clip(date.first and date.first - slack, date.last and date.last + slack, scale)


def _clip(first: Day | None, last: Day | None, scale: Scale) -> Mark | None:
    """Days to a mark. None is an open end; what does not meet the scale has no mark."""
    begin = (first - scale.first).days if first else -1
    end = (last - scale.first).days if last else scale.days
    if end < 0 or begin >= scale.days:
        return None
    d = max(begin, 0)
    return Mark(d, min(end, scale.days - 1) - d + 1, begin < 0, end >= scale.days)


def _age(dating: Dating) -> tuple[bool, Day, Day]:
    """Days before the periods that end later; words alone come last."""
    date = dating.date
    if date is None:
        return True, Day.max, Day.max
    return False, date.last or Day.max, date.first or Day.min


def _when(event: Event, titles: Mapping[str, str], year: int | None) -> str:
    """The date of an undisputed event: the claim's own, else the narrowest that all its supporters share."""
    if event.claim.date is not None:
        return _say(event.claim.date, year)
    dates = [d.date for d in event.datings if d.date and d.stance is Stance.SUPPORTS]
    dates = dates or [d.date for d in event.datings if d.date]
    if dates:
        first = max((date.first or Day.min for date in dates), default=Day.min)
        last = min((date.last or Day.max for date in dates), default=Day.max)
        if first <= last or not (event.first and event.last):
            return _say(min(dates, key=_width), year)
        return _without(year, say_range(event.first, event.last))
    order = [f"after “{titles[name]}”" for name in event.claim.after if name in titles]
    order += [f"before “{titles[name]}”" for name in event.claim.before if name in titles]
    return "No date; " + ", ".join(order) if order else "No date"


def _width(date: Date) -> tuple[timedelta, bool]:
    return (date.last - date.first if date.first and date.last else timedelta.max), date.approximate


def _ends(event: Event) -> list[tuple[Date, str]]:
    """The first and the last of the dates in dispute, each with an article's words for it."""
    own = {d.date: d.words or "" for d in reversed(event.datings) if d.date and d.stance is not Stance.MENTIONS}
    against = [d.date for d in event.datings if d.date and d.stance is Stance.DISPUTES]
    if event.claim.date is not None:
        dates = [event.claim.date, *against]
    else:
        dates = [d.date for d in event.datings if d.date and d.stance is Stance.SUPPORTS] + against
    begin = min(dates, key=lambda date: (date.first or Day.min, date.last or Day.max))
    end = max(dates, key=lambda date: (date.last or Day.max, date.first or Day.min))
    return [(date, own.get(date, "")) for date in dict.fromkeys((begin, end))]


def _short(date: Date, words: str, year: int | None) -> str:
    """A date in brief, with the article's "mid" or "late" where it says so: "mid-Nov"."""
    part = _PART.search(words)
    if part and date.first and date.last and (date.first.year, date.first.month) == (date.last.year, date.last.month):
        name = part[0].lower()
        month = f"{MONTHS[date.first.month - 1]} {date.first.year}"
        return _without(year, f"{name}{'-' if name == 'mid' else ' '}{month}")
    return _say(date, year)


def _say(date: Date, year: int | None) -> str:
    """As readers write a date, without the year that the heading names: "until about 9 Sep"."""
    if date.first is None and date.last is not None:
        return _without(year, f"until {say(replace(date, first=date.last))}")
    if date.last is None and date.first is not None:
        return _without(year, f"from {say(replace(date, last=date.first))}")
    return _without(year, say(date))


def _without(year: int | None, words: str) -> str:
    return re.sub(rf"(?<=[A-Z][a-z][a-z]) {year}\b", "", words) if year else words
