"""Dates as EDTF: what they allow, how they are told, and which texts are no dates."""

import datetime
import re
from contextlib import suppress

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dates import Day, apart, parse, say, say_range, surely_before

READ = [
    # text, first and last day, as readers see it
    ("2020-09-15", "2020-09-15", "2020-09-15", "15 Sep 2020"),
    ("2020-02-29", "2020-02-29", "2020-02-29", "29 Feb 2020"),
    ("0001-01-01", "0001-01-01", "0001-01-01", "1 Jan 1"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "31 Dec 9999"),
    ("2020-09", "2020-09-01", "2020-09-30", "Sep 2020"),
    ("2021-02", "2021-02-01", "2021-02-28", "Feb 2021"),
    ("2020-12", "2020-12-01", "2020-12-31", "Dec 2020"),
    ("9999-12", "9999-12-01", "9999-12-31", "Dec 9999"),
    ("2020", "2020-01-01", "2020-12-31", "2020"),
    ("9999", "9999-01-01", "9999-12-31", "9999"),
    ("2020-21", "2020-03-01", "2020-05-31", "Mar to May 2020"),  # spring
    ("2020-33", "2020-01-01", "2020-03-31", "Jan to Mar 2020"),  # first quarter
    ("2020-41", "2020-07-01", "2020-12-31", "Jul to Dec 2020"),  # second half
    ("2020-09-14~", "2020-09-14", "2020-09-14", "about 14 Sep 2020"),
    ("2020-09?", "2020-09-01", "2020-09-30", "Sep 2020 (uncertain)"),
    ("2020-09%", "2020-09-01", "2020-09-30", "about Sep 2020 (uncertain)"),
    ("2020-09-XX", "2020-09-01", "2020-09-30", "Sep 2020"),
    ("202X", "2020-01-01", "2029-12-31", "2020 to 2029"),
    ("2020-09-11/2020-09-20", "2020-09-11", "2020-09-20", "11 to 20 Sep 2020"),
    ("2020-08-31/2020-09-01", "2020-08-31", "2020-09-01", "31 Aug to 1 Sep 2020"),
    ("2020-12-31/2021-01-01", "2020-12-31", "2021-01-01", "31 Dec 2020 to 1 Jan 2021"),
    ("2020-08/2020-09", "2020-08-01", "2020-09-30", "Aug to Sep 2020"),
    ("2020-12/2021-01", "2020-12-01", "2021-01-31", "Dec 2020 to Jan 2021"),
    ("2020/2021", "2020-01-01", "2021-12-31", "2020 to 2021"),
    ("2020-08-27~/2020-09-15", "2020-08-27", "2020-09-15", "about 27 Aug to 15 Sep 2020"),
    ("../2020-09-15", None, "2020-09-15", "until 15 Sep 2020"),
    ("/2020-09-15", None, "2020-09-15", "until 15 Sep 2020"),
    ("2020-09-15/..", "2020-09-15", None, "from 15 Sep 2020"),
    ("2020-09-15/", "2020-09-15", None, "from 15 Sep 2020"),
    ("../..", None, None, "date unknown"),
    ("[2020-08-26,2020-08-27]", "2020-08-26", "2020-08-27", "26 or 27 Aug 2020"),
    ("[2020-08-31,2020-09-01]", "2020-08-31", "2020-09-01", "31 Aug or 1 Sep 2020"),
    ("[2020-08-26,2020-08-30]", "2020-08-26", "2020-08-30", "26 or 30 Aug 2020"),
    ("[2020-08,2020-10]", "2020-08-01", "2020-10-31", "Aug or Oct 2020"),
    ("[2020-08-26,2020-08-28,2020-08-30]", "2020-08-26", "2020-08-30", "26 to 30 Aug 2020"),
    ("[2020-08-26..2020-08-30]", "2020-08-26", "2020-08-30", "26 to 30 Aug 2020"),
    ("[..2020-08-26]", None, "2020-08-26", "until 26 Aug 2020"),
    ("{2020-08-26,2020-08-27}", "2020-08-26", "2020-08-27", "26 to 27 Aug 2020"),
    ("2020-09-15T10:00:00Z", "2020-09-15", "2020-09-15", "15 Sep 2020"),
]


@pytest.mark.parametrize(("text", "first", "last", "said"), READ)
def test_a_date_is_read_and_told(text, first, last, said):
    date = parse(text)
    assert (date.first, date.last) == tuple(day and Day.fromisoformat(day) for day in (first, last))
    assert say(date) == said
    assert str(date) == text
    assert date.is_day == (first is not None and first == last)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2020-13-45", "not a day of the calendar"),
        ("2020-13", "not a day of the calendar"),
        ("2020-00", "not a day of the calendar"),
        ("2020-42", "not a day of the calendar"),
        ("0000", "not a day of the calendar"),
        ("2021-02-29", "Feb 2021 has no such day"),
        ("2020-02-30", "Feb 2020 has no such day"),
        ("2020-09-31~", "Sep 2020 has no such day"),
        ("2020-09-01/2021-02-29", "Feb 2021 has no such day"),
        ("2020-09-00", "Sep 2020 has no such day"),
        ("2020-09-20/2020-09-11", "ends before it begins"),
        ("-0044", "not an EDTF date that can be placed on a calendar"),
        ("Y17E7", "not an EDTF date that can be placed on a calendar"),
        ("2020-9-5", "not an EDTF date"),
        ("20200915", "not an EDTF date"),
        ("15.09.2020", "not an EDTF date"),
        ("15 Sep 2020", "not an EDTF date"),
        ("yesterday", "not an EDTF date"),
        ("/", "not an EDTF date"),
        ("..", "not an EDTF date"),
        ("[]", "not an EDTF date"),
        ("", "not an EDTF date"),
        ("2020-09-15 ", "not an EDTF date"),
        ("2020-09-15\n", "not an EDTF date"),
        ("٢٠٢٠", "not an EDTF date"),
        ("２０２０", "not an EDTF date"),
        ("[" + "2020," * 50 + "2020]", "not an EDTF date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(text, why):
    with pytest.raises(ValueError, match=rf"\A{re.escape(why)}\Z"):
        parse(text)


@given(st.text("0123456789-XYESTZ~?%./,:{}[]+", max_size=30))
def test_no_text_ends_in_anything_but_a_date_or_a_reason(text):
    with suppress(ValueError):
        say(parse(text))


def test_a_text_that_is_no_date_prints_nothing(capfd):
    for text in ("2020-09-1X", "2020-XX/1X", "2020-1X"):
        with pytest.raises(ValueError, match="EDTF"):
            parse(text)
    assert capfd.readouterr() == ("", "")


DAYS = st.dates()
PLAIN = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))


@given(PLAIN)
def test_plain_dates_read_by_ourselves_have_the_days_of_the_library(text):
    theirs = edtf.parse_edtf(text)
    date = parse(text)
    assert (date.first, date.last) == (Day(*theirs.lower_strict()[:3]), Day(*theirs.upper_strict()[:3]))


@given(DAYS, DAYS)
def test_a_told_range_names_the_days_that_bound_it(one, other):
    first, last = min(one, other), max(one, other)
    said = say_range(first, last)
    assert str(last.year) in said
    assert (str(first.year) in said) or first.year == last.year
    assert (" to " in said) == (first != last and said not in (f"{last:%b} {last.year}", f"{last.year}"))


@given(DAYS, DAYS)
def test_days_are_apart_and_before_as_the_calendar_has_them(one, other):
    first, second = parse(one.isoformat()), parse(other.isoformat())
    assert surely_before(first, second) == (one < other)
    assert apart(first, second) == (one != other) == apart(second, first)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2020-09-15", "2020-09", False),
        ("2020-09-15", "2020-10", True),
        ("2020-09-15~", "2020-09-18", False),
        ("2020-09-15~", "2020-09-19", True),
        ("2020-09-15~", "2020-09-21~", False),
        ("2020-09-15~", "2020-09-22~", True),
        ("../2020-09-15", "2020-09-16", True),
        ("../2020-09-15", "1999", False),
        ("2020-09-15/..", "2020-09-14", True),
        ("../..", "2020", False),
    ],
)
def test_dates_are_apart_where_no_day_fits_both(one, other, expected):
    assert apart(parse(one), parse(other)) is apart(parse(other), parse(one)) is expected


def test_the_day_after_the_last_of_a_month_is_the_first_of_another():
    for month in range(1, 13):
        last = parse(f"2020-{month:02}").last
        assert last is not None
        assert (last + datetime.timedelta(days=1)).day == 1
