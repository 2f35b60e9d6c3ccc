"""Dates as EDTF (ISO 8601-2): read, compared, ordered and printed as readers write them.

A `Date` keeps the text as the editor wrote it and the first and last day that it allows. Parsing is the edtf library's
(levels 0 to 2); plain calendar dates, which are nearly all there are, are read by the standard library, three
hundred times faster and to the same days.
"""

import calendar
import datetime
import io
import math
import re
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .words import N_, gettext, kept, pgettext

Day = datetime.date

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_EDTF = re.compile(r"[-0-9XYESTZ~?%./,:{}\[\]+]{1,100}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


@dataclass(frozen=True, slots=True)
class Date:
    """An EDTF date. `first` and `last` are the days that bound it; None where that side is open or unknown."""

    edtf: str
    first: Day | None
    last: Day | None
    approximate: bool = False
    uncertain: bool = False
    one_of: bool = False
    """One day of a set, `[2020-08-26,2020-08-27]`: which one is not known."""

    def __str__(self) -> str:
        return self.edtf

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last


@lru_cache(maxsize=4096)
def parse(text: str) -> Date:
    """Reads an EDTF date. Raises ValueError, whose text says what is wrong and fits behind "date "…": "."""
    if plain := _PLAIN.fullmatch(text):
        return _calendar(text, *plain.groups())
    if not _EDTF.fullmatch(text) or "." in text.replace("..", ""):
        raise ValueError("not an EDTF date")
    return _library(text)


def _calendar(text: str, year: str, month: str | None, day: str | None) -> Date:
    if month is not None and day is None and 21 <= int(month) <= 41:
        return _library(text)  # seasons, quarters and halves of a year
    try:
        first = Day(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError(_calendar_words(int(year), int(month or 1))) from error
    if day is not None:
        return Date(text, first, first)
    return Date(text, first, _end_of_month(first) if month is not None else Day(first.year, 12, 31))


def _calendar_words(year: int, month: int) -> str:
    if not year >= 1 or not 1 <= month <= 12:
        return "not a day of the calendar"
    return f"{MONTHS[month - 1]} {year} has no such day"


def _end_of_month(day: Day) -> Day:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _library(text: str) -> Date:
    # Imported when first needed: building its grammar costs 0.1 s, and most records need it for a few dates only.
    import edtf

    for part in _DAY.findall(text):  # the library lets 2021-02-29 pass
        _calendar(part, *part.split("-"))
    try:
        with redirect_stdout(io.StringIO()):  # the library prints what it can't read
            parsed: Any = edtf.parse_edtf(text)
        # `/2020` has an unknown start and `../2020` an open one: neither says a day.
        first = None if text.startswith("/") else _day(parsed.lower_strict())
        last = None if text.endswith("/") else _day(parsed.upper_strict())
    except edtf.EDTFParseException as error:
        raise ValueError("not an EDTF date") from error
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("not an EDTF date that can be placed on a calendar") from error
    if first is not None and last is not None and last < first:
        raise ValueError("ends before it begins")
    return Date(
        text,
        first,
        last,
        approximate="~" in text or "%" in text,
        uncertain="?" in text or "%" in text,
        one_of=text.startswith("["),
    )


def _day(bound: "time.struct_time | float") -> Day | None:
    if isinstance(bound, float):
        if math.isinf(bound):
            return None
        raise ValueError("not a day")
    return Day(*bound[:3])


def say_month(month: int, year: int | None = None) -> str:
    """As readers write a month: "Sep", "Sep 2020"."""
    name = gettext(MONTHS[month - 1])
    return gettext("%(month)s %(year)s", month=name, year=year) if year else name


def say_day(day: Day, known: int | None = None) -> str:
    """As readers write a day: "15 Sep 2020"; "15 Sep" in a year that they know."""
    if day.year == known:
        return gettext("%(day)s %(month)s", day=day.day, month=gettext(MONTHS[day.month - 1]))
    return gettext("%(day)s %(month)s %(year)s", day=day.day, month=gettext(MONTHS[day.month - 1]), year=day.year)


def say_range(first: Day, last: Day, known: int | None = None, either: bool = False) -> str:
    """As readers write a period, naming month and year once: "11 to 20 Sep 2020", "Aug 2020", "2020".

    `known` is a year that need not be said; `either` says "or", for one of the two days or months.
    """
    if first == last:
        return say_day(first, known)
    to = pgettext("between two dates", "or") if either else pgettext("between two dates", "to")
    whole = first.day == 1 and last == _end_of_month(last)
    if whole and first.month == 1 and last.month == 12:
        if first.year == last.year:
            return str(first.year)
        return gettext("%(first)s %(to)s %(last)s", first=first.year, to=to, last=last.year)
    shown = last.year if last.year != known else None
    if first.year != last.year:
        ends = [
            say_month(d.month, d.year if d.year != known else None) if whole else say_day(d, known)
            for d in (first, last)
        ]
        return gettext("%(first)s %(to)s %(last)s", first=ends[0], to=to, last=ends[1])
    if whole and first.month == last.month:
        return say_month(first.month, shown)
    said: dict[str, object] = {"month": gettext(MONTHS[first.month - 1]), "to": to, "year": shown}
    said["last_month"] = gettext(MONTHS[last.month - 1])
    if whole:
        if shown:
            return gettext("%(month)s %(to)s %(last_month)s %(year)s", **said)
        return gettext("%(month)s %(to)s %(last_month)s", **said)
    said |= {"day": first.day, "last_day": last.day}
    if first.month == last.month:
        if shown:
            return gettext("%(day)s %(to)s %(last_day)s %(month)s %(year)s", **said)
        return gettext("%(day)s %(to)s %(last_day)s %(month)s", **said)
    if shown:
        return gettext("%(day)s %(month)s %(to)s %(last_day)s %(last_month)s %(year)s", **said)
    return gettext("%(day)s %(month)s %(to)s %(last_day)s %(last_month)s", **said)


@kept
def say(date: Date, known: int | None = None) -> str:
    """As readers write it: "15 Sep 2020", "about 14 Sep 2020", "11 to 20 Sep 2020", "until about 15 Sep 2020".

    A year that is known is left out beside a month: "until about 15 Sep".
    """
    if date.first is not None and date.last is not None:
        two = date.one_of and date.edtf.count(",") == 1 and ".." not in date.edtf
        words = say_range(date.first, date.last, known, two)
    elif date.first is not None or date.last is not None:
        words = say_day(date.first or date.last or Day.max, known)
    else:
        words = gettext("date unknown")
    if date.approximate and (date.first or date.last):
        words = gettext("about %(date)s", date=words)
    if date.first is None and date.last is not None:
        words = gettext("until %(date)s", date=words)
    elif date.first is not None and date.last is None:
        words = gettext("from %(date)s", date=words)
    return gettext("%(date)s (uncertain)", date=words) if date.uncertain else words


def apart(one: Date, other: Date) -> bool:
    """Whether no day fits both. Open ends fit everything on their side; "about" widens a date by three days."""
    return _before(one, other) or _before(other, one)


def _before(one: Date, other: Date) -> bool:
    if one.last is None or other.first is None:
        return False
    slack = 3 * (one.approximate + other.approximate)
    return (other.first - one.last).days > slack


def surely_before(one: Date, other: Date) -> bool:
    """Whether every day that `one` allows comes before every day that `other` allows."""
    return _before(one, other)
