"""What `make fuzz` holds loader and verifier to holds for its seeds and for texts made up here; the same of diffs."""

import json

import pytest
from fuzz import loader, verifier
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publications import MINI
from records import documents, written

from generator.diff import Edition, diff
from generator.load import RECORD, load
from generator.model import Record
from generator.problems import Severity, visible
from generator.publication import assemble
from generator.sidebyside import FORMS
from generator.verify import Match, Span, Verdict

SEEDS = [(target, seed) for target in (loader, verifier) for seed in target.seeds(MINI)]


@pytest.mark.parametrize(("target", "seed"), SEEDS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_seed_breaks_nothing(target, seed):
    target.one(seed)


def test_the_seeds_reach_what_only_records_without_errors_reach():
    whole, _, small = loader.seeds(MINI)
    for seed in (whole, small):
        files = loader.Memory(dict(zip(loader.NAMES, seed.split(loader.BETWEEN), strict=False)))
        record, problems = load(files)
        assert record is not None
        assert [p for p in problems if p.severity is Severity.ERROR] == []


def test_what_is_broken_is_found(monkeypatch):
    quote, *_ = verifier.seeds(MINI)
    wrong = {"a span beside the words": Match(Verdict.VERBATIM, (Span(1, 5),)), "a line that is not found": None}
    for match in wrong.values():
        monkeypatch.setattr(verifier, "locate", lambda *_, match=match: match)
        with pytest.raises(AssertionError):
            verifier.one(quote)
    monkeypatch.setattr(loader, "load", lambda _: (None, []))
    with pytest.raises(AssertionError, match="nobody says why"):
        loader.one(b"")


PIECES = st.sampled_from(
    ["The bridge", "closed", "on Monday", ", they said", "never", "the", "1,000", "don’t", "字", "é"]
)
TEXT = st.lists(PIECES | st.text("ab \n.'’-,1é字\u0301\u00ad", max_size=6), max_size=12).map(" ".join)


@settings(max_examples=300)
@given(st.lists(TEXT, min_size=1, max_size=3).map("|".join), TEXT, TEXT)
def test_a_quotation_in_parts_stands_in_order_or_is_explained_by_words_of_the_article(quote, noise, body):
    verifier.one("\n".join([quote.replace("\n", " "), noise.replace("\n", " "), body]).encode())


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_record_of_any_kind_without_articles_is_read_weighed_and_told_or_refused(data):
    text = written(data.draw(documents(Record, faults=True))).lstrip("\n") + "\n"
    loader.one(text.encode())


def edition(text: str) -> Edition:
    record, problems = load(loader.Memory({RECORD: text.encode()}))
    unread = [p for p in problems if p.severity is Severity.ERROR]
    return Edition("x", assemble(record) if record else None, unread, {"content/index.md": text})


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_two_records_can_be_compared_and_a_record_does_not_differ_from_itself(data):
    texts = [written(data.draw(documents(Record, faults=True))).lstrip("\n") + "\n" for _ in range(2)]
    one, other = map(edition, texts)
    assert diff(one, edition(texts[0])).entries == []
    found = diff(one, other)
    told = {name: form(found) for name, form in FORMS.items()}
    assert len(json.loads(told["json"])["entries"]) == len(found.entries)
    assert all(c == "\n" or visible(c) == c for text in told.values() for c in text)
    if texts[0] != texts[1]:
        assert found.entries
