"""The layout of the chronology: which days the scale shows, where marks stand on it, and in which words."""

from datetime import timedelta

from generator.chronology import Dating, Event, event
from generator.dates import Day, parse
from generator.model import Basis, Claim, ClaimKind, Stance
from generator.occasion import orders
from generator.timeline import Mark, Row, Timeline, main_period, timeline

NAMES = {"post": "NY Post", "thr": "Hollywood Reporter", "copy": "Machine paraphrase"}


def dating(
    date: str | None,
    words: str | None = None,
    article: str = "post",
    stance: Stance = Stance.SUPPORTS,
    basis: Basis = Basis.STATED,
) -> Dating:
    return Dating(article, stance, parse(date) if date else None, words, basis)


def happened(
    name: str,
    *datings: Dating,
    date: str | None = None,
    basis: Basis | None = None,
    after: tuple[str, ...] = (),
    before: tuple[str, ...] = (),
) -> Event:
    claim = Claim(
        id=name,
        text=f"{name} happened.",
        short=name.capitalize(),
        kind=ClaimKind.EVENT,
        date=parse(date) if date else None,
        date_basis=basis,
        after=after,
        before=before,
    )
    made = event(claim, datings)
    assert made is not None
    return made


def lay(*events: Event, undated: tuple[Event, ...] = ()) -> Timeline:
    titles = {e.claim.id: e.claim.short for e in (*events, *undated)}
    return timeline(events, undated, NAMES, orders([*events, *undated], titles))


def days(*texts: str) -> list[Event]:
    return [happened(f"event-{n}", dating(text)) for n, text in enumerate(texts)]


def rows(line: Timeline, title: str | None = None) -> dict[str, Row]:
    return {row.claim.id: row for group in line.groups if title is None or group.title == title for row in group.rows}


AUGUST = days("2020-08-06", "2020-08-14", "2020-08-26", "2020-09-09", "2020-09-13")
DEADLINE = happened(
    "deadline",
    dating("2020-09-15"),
    dating("2020-09-11/2020-09-20", "mid-September", "thr"),
    dating("2020-11-11/2020-11-20", "mid-november", "copy", Stance.DISPUTES),
    date="2020-09-15",
)


def test_the_scale_begins_on_a_monday_and_leaves_room_at_both_ends() -> None:
    scale = lay(*AUGUST).scale
    assert scale is not None
    assert scale.first == Day(2020, 8, 3)
    assert scale.first.weekday() == 0
    assert scale.first + timedelta(scale.days - 1) == Day(2020, 9, 16)


def test_a_long_scale_leaves_a_fiftieth_of_it_at_both_ends() -> None:
    scale = lay(*days("2004-05-01", "2011-05-01", "2018-05-01", "2023-05-01")).scale
    assert scale is not None
    assert scale.first <= Day(2004, 5, 1) - timedelta(19 * 365 // 50)
    assert scale.first + timedelta(scale.days) >= Day(2023, 5, 1) + timedelta(19 * 365 // 50)


def test_a_mark_stands_exactly_on_its_day() -> None:
    line = lay(*AUGUST)
    assert line.scale is not None
    for row, day in zip(rows(line).values(), (6, 14, 26), strict=False):
        assert row.lines[0].mark == Mark((Day(2020, 8, day) - line.scale.first).days, 1)


def test_a_period_covers_all_its_days() -> None:
    line = lay(*AUGUST, happened("rules", dating("2020-08-21/2020-08-31", "late August")))
    assert line.scale is not None
    found = rows(line)["rules"].lines[0]
    assert found.mark == Mark((Day(2020, 8, 21) - line.scale.first).days, 11)
    assert (found.words, found.quoted, found.date, found.kind) == ("late August", True, "21 to 31 Aug", "period")


def test_month_labels_stand_on_the_first_of_the_month() -> None:
    scale = lay(*AUGUST, DEADLINE).scale
    assert scale is not None
    labels = {tick.label: scale.first + timedelta(tick.d) for tick in scale.months}
    assert labels["Sep 2020"] == Day(2020, 9, 1)
    assert labels["Nov 2020"] == Day(2020, 11, 1)


def test_week_labels_are_mondays() -> None:
    scale = lay(*AUGUST).scale
    assert scale is not None
    assert [(tick.d, tick.label) for tick in scale.weeks][:5] == [
        (0, "3"),
        (7, "10"),
        (14, "17"),
        (21, "24"),
        (28, "31"),
    ]


def test_about_a_day_is_drawn_three_days_wider_on_either_side() -> None:
    line = lay(*AUGUST, happened("offer", dating("2020-09-09~")))
    assert line.scale is not None
    found = rows(line)["offer"].lines[0]
    assert found.mark == Mark((Day(2020, 9, 6) - line.scale.first).days, 7)
    assert (found.words, found.kind) == ("about 9 Sep", "period")


def test_an_open_start_runs_off_the_left_edge() -> None:
    line = lay(*AUGUST, happened("talks", dating("../2020-09-09~", "for months"), date="../2020-09-09~"))
    found = rows(line)["talks"]
    assert found.when == "until about 9 Sep"
    assert found.lines[0].mark is not None
    assert (found.lines[0].mark.d, found.lines[0].mark.off_left, found.lines[0].mark.off_right) == (0, True, False)


def test_an_open_end_runs_off_the_right_edge() -> None:
    line = lay(*AUGUST, happened("review", dating("2020-08-10/..")))
    found = rows(line)["review"].lines[0]
    assert line.scale is not None
    assert found.mark == Mark(7, line.scale.days - 7, False, True)
    assert found.words == "from 10 Aug"


def test_what_we_worked_out_is_never_drawn_as_stated() -> None:
    for basis in (Basis.INFERRED, Basis.COMPUTED):
        line = lay(*AUGUST, happened("answer", dating("2020-09-13", "yesterday", basis=basis)))
        assert rows(line)["answer"].lines[0].kind == "inferred"


def test_a_date_that_no_article_gives_is_shown_as_ours() -> None:
    row = rows(lay(*AUGUST, happened("answer", date="2020-09-10/2020-09-13", basis=Basis.INFERRED)))["answer"]
    assert row.inferred
    assert [(line.kind, line.source) for line in row.lines] == [("inferred", "")]
    assert row.lines[0].mark is not None


def test_words_without_a_date_have_no_mark() -> None:
    row = rows(lay(*AUGUST, happened("answer", dating("2020-09-13"), dating(None, "soon", "thr"))))["answer"]
    assert [(line.words, line.kind, line.mark) for line in row.lines[1:]] == [("soon", "words", None)]


def test_a_disputed_event_says_from_when_to_when_and_has_a_bracket() -> None:
    line = lay(*AUGUST, DEADLINE)
    row = rows(line)["deadline"]
    assert line.scale is not None
    assert row.when == "Disputed: 15 Sep to mid-Nov, up to 70 days apart"
    assert row.apart == "up to 70 days apart"
    assert row.bracket == Mark((Day(2020, 9, 11) - line.scale.first).days, 71)


def test_an_open_disputed_date_says_no_number_of_days() -> None:
    talks = happened(
        "talks", dating("2020-08", "last month", "thr"), dating("../2020-07", "for months", stance=Stance.DISPUTES)
    )
    row = rows(lay(*AUGUST, talks))["talks"]
    assert row.when == "Disputed: until 31 Jul, or Aug"
    assert row.bracket is not None
    assert row.bracket.off_left


def test_lines_run_from_the_earliest_end_to_the_latest() -> None:
    words = [line.words for line in rows(lay(*AUGUST, DEADLINE))["deadline"].lines]
    assert words == ["15 Sep", "mid-September", "mid-november"]


def test_the_same_dating_twice_is_one_line() -> None:
    row = rows(lay(*AUGUST, happened("order", dating("2020-08-06"), dating("2020-08-06"))))["order"]
    assert len(row.lines) == 1


def test_one_early_event_goes_under_earlier_and_leaves_the_scale_alone() -> None:
    line = lay(happened("start", dating("2018-08", "August 2018")), *AUGUST)
    assert [group.title for group in line.groups] == ["Earlier", "Aug to Sep 2020"]
    assert line.scale == lay(*AUGUST).scale
    start = rows(line, "Earlier")["start"]
    assert start.when == "Aug 2018"
    assert start.lines[0].mark is None


def test_one_late_event_goes_under_later() -> None:
    line = lay(*AUGUST, happened("end", dating("2025-01-01")))
    assert [group.title for group in line.groups] == ["Aug to Sep 2020", "Later"]


def test_a_long_period_does_not_stretch_the_scale() -> None:
    line = lay(happened("users", dating("2020")), *AUGUST)
    users = rows(line, "Aug to Sep 2020")["users"].lines[0]
    assert line.scale == lay(*AUGUST).scale
    assert users.mark is not None
    assert users.mark.off_left
    assert users.mark.off_right


def test_the_scale_stays_under_400_days_where_four_fifths_of_the_events_do() -> None:
    events = days("2019-01-01", "2020-03-01", "2020-05-01", "2020-07-01", "2020-09-01", "2020-12-31")
    first, last = main_period(events) or (Day.min, Day.max)
    assert (first, last) == (Day(2020, 3, 1), Day(2020, 12, 31))


def test_events_spread_over_years_still_share_one_scale() -> None:
    line = lay(*days("2012-05-01", "2014-05-01", "2016-05-01", "2018-05-01"))
    assert line.scale is not None
    assert line.scale.days > 400
    assert [tick.label for tick in line.scale.months] == ["2013", "2014", "2015", "2016", "2017", "2018"]
    assert rows(line)["event-0"].when == "1 May 2012"


def test_dates_at_the_ends_of_the_calendar_do_not_break_the_scale() -> None:
    line = lay(*days("0001-01-01~", "9999-12-31~"))
    assert line.scale is not None
    assert not line.scale.weeks
    assert len(line.scale.months) <= 15


def test_one_dated_event_has_no_scale() -> None:
    line = lay(happened("order", dating("2020-08-06")))
    assert line.scale is None
    assert rows(line)["order"].when == "6 Aug 2020"


def test_no_event_makes_an_empty_timeline() -> None:
    assert lay() == Timeline(None, "", ())


def test_an_event_without_a_date_stands_under_date_unknown() -> None:
    line = lay(*AUGUST, undated=(happened("suit"),))
    assert [group.title for group in line.groups] == ["Aug to Sep 2020", "Date unknown"]
    assert rows(line, "Date unknown")["suit"].when == "No date"


def test_an_order_without_a_date_is_told_by_both_claims() -> None:
    first = happened("talks", before=("order",))
    order = happened("order", dating("2020-08-20"))
    found = rows(lay(*AUGUST[:2], first, order, happened("suit", after=("order",)), *AUGUST[2:]))
    assert found["talks"].when == "No date; before “Order”"
    assert found["suit"].when == "No date; after “Order”"


def test_dates_repeat_the_year_where_the_period_crosses_it() -> None:
    line = lay(*days("2020-12-20", "2020-12-30", "2021-01-05"))
    assert [row.when for row in rows(line).values()] == ["20 Dec 2020", "30 Dec 2020", "5 Jan 2021"]


def test_supporters_that_share_no_day_are_shown_as_a_span() -> None:
    row = rows(lay(*AUGUST, happened("answer", dating("2020-09-12"), dating("2020-09-13", article="thr"))))["answer"]
    assert row.when == "12 to 13 Sep"


def test_the_narrowest_of_compatible_dates_is_the_date() -> None:
    row = rows(lay(*AUGUST, happened("order", dating("2020-08", "last month"), dating("2020-08-06"))))["order"]
    assert row.when == "6 Aug"
