"""Events in order: by their dates and by what the articles say of before and after, and what in that can't be."""

import re
import time
from collections.abc import Iterator

import pytest
from cases import cases

from generator import build, dates, pages, view
from generator.chronology import Dating, Event, chronology, event
from generator.model import Basis, Claim, ClaimKind, Stance
from generator.render import Site, environment


def happened(name: str, says: str = "", *datings: Dating, kind: ClaimKind = ClaimKind.EVENT) -> Event:
    orders: dict[str, list[str]] = {"date": [], "after": [], "before": []}
    into = "date"
    for word in says.split():
        if word in orders:
            into = word
        else:
            orders[into].append(word)
    (date,) = map(dates.parse, orders["date"]) if orders["date"] else (None,)
    order = {"after": tuple(orders["after"]), "before": tuple(orders["before"])}
    claim = Claim(id=name, text=name, short=name, kind=kind, date=date, **order)
    made = event(claim, datings)
    assert made is not None
    return made


def dated(date: str, stance: Stance = Stance.SUPPORTS) -> Dating:
    return Dating("wire", stance, dates.parse(date), None, Basis.STATED)


@pytest.mark.parametrize("case", cases("chronology"))
def test_events_come_in_the_order_of_their_case(case):
    made = chronology(happened(name, says) for name, says in case["events"].items())
    assert " ".join(e.claim.id for e in made.events) == case["order"]
    assert " ".join(e.claim.id for e in made.undated) == case.get("undated", "")
    told = []
    for claims, circle in made.contradictions:
        names = [claim.id for claim in claims]
        told.append(" < ".join([*names, names[0]]) if circle else " !> ".join(names))
    assert told == case.get("wrong", [])


def test_an_event_without_a_date_of_its_own_stands_by_what_its_supporters_say():
    supported = happened("a", "", dated("2020-09-20"), dated("2020-09-18"), dated("2020-09-01", Stance.DISPUTES))
    other = happened("b", "2020-09-10")
    assert [e.claim.id for e in chronology([supported, other]).events] == ["b", "a"]
    disputed = happened("a", "", dated("2020-09-01", Stance.DISPUTES))
    assert [e.claim.id for e in chronology([disputed, other]).events] == ["a", "b"]


def test_a_claim_is_an_event_by_its_kind_its_date_an_order_or_an_article_s_dating():
    def made(*datings, **fields):
        return event(Claim(id="a", text="A.", short="A", kind=ClaimKind.STATE, **fields), datings)

    assert made() is None
    assert made(Dating("wire", Stance.SUPPORTS, None, "soon", Basis.STATED)) is None
    assert made(dated("2020")) is not None
    assert made(date=dates.parse("2020")) is not None
    assert made(after=("b",)) is not None
    assert made(before=("b",)) is not None
    assert happened("a", kind=ClaimKind.DATE) is not None


@pytest.mark.parametrize(
    ("datings", "disputed", "days"),
    [
        (["2020-09-15"], False, 0),
        (["2020-09-15", "2020-09-20"], False, 5),  # two that support it and differ are for a lint rule to tell
        (["2020-09-15", "!2020-09-20"], True, 5),
        (["2020-09-15", "!2020-09-16"], True, 1),
        (["2020-09-15", "!2020-09-15"], False, 0),
        (["2020-09-15", "!2020-09"], False, 29),
        (["2020-09-15", "!2020-09-17~"], False, 2),
        (["2020-09-15", "!2020-09-19~"], True, 4),
        (["2020-09-15", "?2020-11-15"], False, 0),  # a mention disputes nothing and widens nothing
        (["!2020-09-15"], False, 0),
        (["../2020-09-15", "!2020-09-20"], True, 5),
        (["2020-09-15/..", "!2020-09-20"], False, 5),
    ],
)
def test_a_date_is_disputed_where_one_article_s_day_can_t_hold_together_with_another_s(datings, disputed, days):
    stances = {"!": Stance.DISPUTES, "?": Stance.MENTIONS}
    made = happened("a", "", *(dated(text.lstrip("!?"), stances.get(text[0], Stance.SUPPORTS)) for text in datings))
    assert (made.disputed, made.days_apart) == (disputed, days)


def test_the_bracket_of_an_event_holds_the_editor_s_date_too():
    made = happened("a", "2020-09-01", dated("2020-09-15"))
    assert (made.first, made.last) == (dates.Day(2020, 9, 1), dates.Day(2020, 9, 15))


def test_five_thousand_events_are_ordered_at_once_in_a_chain_and_in_a_circle():
    count = 5_000
    chain = [happened(f"e{n}", f"after e{n - 1}" if n else "2020-09-15") for n in reversed(range(count))]
    begun = time.process_time()
    made = chronology(chain)
    assert [e.claim.id for e in made.events] == [f"e{n}" for n in range(count)]
    circle = chronology(happened(f"e{n}", f"after e{(n - 1) % count}") for n in range(count))
    assert [len(wrong.claims) for wrong in circle.contradictions] == [count]
    assert len(circle.undated) == count
    assert time.process_time() - begun < 2


def test_very_many_circles_end():
    pairs = [happened(f"e{n}", f"after e{n ^ 1}") for n in range(5_000)]
    begun = time.process_time()
    made = chronology(pairs)
    assert len(made.undated) == len(pairs)
    assert 2 <= len(made.contradictions) < 100
    assert time.process_time() - begun < 2


EVENTS = """claims:
- {id: told, text: A., short: Told, kind: event, entities: [acme], evidence: [
  {article: wire, stance: supports, quote: it was sold, date: 2010}]}
- {id: open, text: B., short: Open, kind: event, entities: [acme], after: [told]}
- {id: never, text: C., short: Never, kind: event, entities: [acme]}
- {id: asked, text: D., short: Asked, kind: event, entities: [acme], date: 2011-12-11/2011-12-20, evidence: [
  {article: wire, stance: supports, quote: it was sold, date: 2011-12-15},
  {article: post, stance: disputes, quote: it was not sold, date: 2012-01-15, date_words: mid-January}]}
"""


def test_an_event_has_one_text_for_its_date_on_all_pages(project):
    pub = build.read(project(EVENTS, {"wire": "Then it was sold.", "post": "Then it was not sold."})).publication
    site = Site("A shop", "", None, None)
    env = environment(view.globals(pub, site))

    def said(kind: str, pattern: str) -> Iterator[list[str]]:
        for page in pages.kind(kind).outputs(pub, site, env):
            yield re.findall(pattern, str(page.body), re.DOTALL)

    (chronology,) = said("chronology", r'<p class="td">.*?<span>(.*?)<')
    assert chronology == [
        "2010",
        "No date; after “Told”",
        "Disputed: 11 to 20 Dec 2011 to mid-Jan 2012, up to 35 days apart",
        "No date",
    ]
    entity = next(found for found in said("entity", r"<li><span>(.*?)</span> <a") if found)
    assert entity == chronology
    assert [*said("claim", r"<dt>When</dt><dd><a[^>]*>(.*?)</a>")] == [[chronology[n]] for n in (0, 1, 3, 2)]
