"""Quotations looked up in stored text, exactly or not at all, and what is said of those that do not stand."""

import pytest
from cases import cases
from hypothesis import given
from hypothesis import strategies as st

from generator.verify import ATTRIBUTION, Change, Verdict, diagnose, locate, normal, stored, too_short


def parts(case):
    return [case["quote"]] if isinstance(case["quote"], str) else case["quote"]


@pytest.mark.parametrize("case", [c for c in cases("verify") if c.values[0]["file"] == "locate"])
def test_a_quotation_stands_as_its_case_says(case):
    text = stored(case["text"], case.get("noise", ()))
    match = locate(parts(case), text)
    found = [text.words[start:end] for start, end in match.spans] if match else None
    assert found == case.get("stands")
    if match is not None:
        assert match.verdict is (Verdict.VERBATIM if len(match.spans) == 1 else Verdict.SPLIT)
        assert (match.occurrences > 1) == ("twice" in case)
        assert str(text.line(match.spans[0].start)) == case.get("line", "1")


@pytest.mark.parametrize("case", [c for c in cases("verify") if c.values[0]["file"] == "diagnose"])
def test_a_quotation_that_does_not_stand_is_explained_as_its_case_says(case):
    texts = {"own": stored(case["text"], case.get("noise", ())), "other": stored(case.get("other", ""))}
    assert locate(parts(case), texts["own"]) is None
    found = diagnose(parts(case), "own", texts)
    assert found.verdict.value == case["verdict"]
    assert found.article == ("other" if case["verdict"] == "in another article" else "own")
    assert list(found.passage) == case.get("passage", [])
    assert list(found.changes) == [Change(old, new) for old, new in case.get("changes", [])]
    if "line" in case:
        assert found.line == int(case["line"])


def test_all_five_verdicts_have_a_case():
    told = {case.values[0]["verdict"] for case in cases("verify") if "verdict" in case.values[0]}
    assert told | {Verdict.VERBATIM, Verdict.UNVERIFIED} == set(Verdict)  # what is not stored is never looked up


def test_between_parts_stands_at_most_an_attribution():
    near, far = (f"We sell{'x' * (n - 2):^{n}}we stay." for n in (ATTRIBUTION, ATTRIBUTION + 1))
    quote = ["We sell", "we stay"]
    assert locate(quote, stored(near)) is not None
    assert locate(quote, stored(far)) is None
    later = stored(f"{far} {near}")
    assert locate(quote, later).spans[0].start == len(far) + 1  # the first "We sell" is too far from any "we stay"


def test_no_words_are_found_nowhere():
    text = stored("Some words.")
    assert [locate(quote, text) for quote in ([], [""], [" "], ["Some", ""])] == [None] * 4


@pytest.mark.parametrize(
    ("words", "short"),
    [("It is off", False), ("are closed", True), ("indisputable", False), ("one  two", True), ("eleven chrs", True)],
)
def test_words_are_long_enough_from_twelve_characters_or_three_words_on(words, short):
    assert too_short(words) is short


def test_a_paragraph_is_what_stands_between_blank_lines_or_a_line_where_there_are_none():
    for body, expected in (("One.\nTwo.\n\nThree.", ["One. Two.", "Three."]), ("One.\nTwo.", ["One.", "Two."])):
        text = stored(body)
        assert [text.words[start:end] for start, end in map(text.paragraph, text.paragraphs)] == expected


@given(st.text("ab \n.'’-,1é字", max_size=60), st.text("ab .'’-,1é字", min_size=1, max_size=8))
def test_what_is_found_is_what_was_looked_for_and_begins_and_ends_a_word(body, words):
    text = stored(body)
    match = locate([words], text)
    if match is not None:
        ((start, end),) = match.spans
        assert text.words[start:end] == normal(words)
        for at in (start, end):
            around = text.words[max(at - 1, 0) : at + 1]
            assert len(around) < 2 or "字" in around or not around.isalnum()
    elif f" {normal(words)} " in f" {text.words} ":
        assert not normal(words)
