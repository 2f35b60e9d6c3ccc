"""One statement in two wordings: what the other left out, added and changed, and what of that is punctuation only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.verify import normal
from generator.wording import Kind, compare

SAME, OUT, ADDED, NOT_QUOTED = Kind


def told(reference: str | list[str], other: str | list[str]) -> tuple[str, ...]:
    reference, other = ([x] if isinstance(x, str) else x for x in (reference, other))
    made = compare(reference, other)
    return (made.tag, *made.sentences)


@pytest.mark.parametrize(
    ("reference", "other", "expected"),
    [
        ("We sell the shop.", "We sell the shop.", ("same words",)),
        ("We sell the shop.", "we SELL the shop", ("same words", "Punctuation only: “shop.” became “shop”.")),
        ("“We sell the shop.”", '"We sell the shop."', ("same words",)),
        ("It is ours – now", "It is ours - now", ("same words",)),
        ("It’s ours", "It's ours", ("same words",)),
        ("We sell the shop", "We keep the shop", ("1 change", "“sell” became “keep”.")),
        ("We do not sell the shop", "We do sell the shop", ("1 change", "“not” left out.")),
        ("We sell the shop", "We sell the old shop", ("1 change", "“old” added.")),
        ("We sell the shop now, they said", "sell the shop", ("same words",)),  # the ends are only not quoted
        ("sell the shop", "We sell the shop now", ("2 changes", "“We” added.", "“now” added.")),
        ("We sell, the shop", "We sell the shop", ("same words", "Punctuation only: “sell,” became “sell”.")),
        ("It cost $5 or more", "It cost 5 or more", ("1 change", "“$5” became “5”.")),
        ("It rose 5% in May", "It rose 5 in May", ("1 change", "“5%” became “5”.")),
        ("It was -5 in May", "It was 5 in May", ("1 change", "“-5” became “5”.")),
        ("It was −5 in May", "It was -5 in May", ("same words",)),
        ("AT & T sells", "AT and T sells", ("1 change", "“&” became “and”.")),
        ("the café is", "the cafe\u0301 is", ("same words",)),
        ("the cafe is", "the café is", ("1 change", "“cafe” became “café”.")),
        (["We sell", "the shop"], "We sell the shop", ("same words",)),
        ("We sell", "They buy", ("1 change", "“We sell” became “They buy”.")),
        ("我们会种柳树。", "我们要种柳树。", ("1 change", "“会” became “要”.")),
        ("我们会种柳树，", "我们会种柳树。", ("same words", "Punctuation only: “树，” became “树。”.")),
        ("買了 iPhone 手机", "買了 iPhone 电话", ("1 change", "“手机” became “电话”.")),
        ("«هذا جسر جديد»", '"هذا جسر جديد"', ("same words",)),
        ("هذا جسرُ الوادي", "هذا جسرَ الوادي", ("1 change", "“\u2068جسرُ\u2069” became “\u2068جسرَ\u2069”.")),
        ("यह नदी का पुल है", "यह नदी की पुल है", ("1 change", "“का” became “की”.")),
    ],
)
def test_a_wording_is_compared_with_its_reference(reference, other, expected):
    assert told(reference, other) == expected


def test_no_space_is_put_between_letters_that_have_none():
    made = compare(["我们会种 100 棵树"], ["我们要种 100 棵树"])
    assert [(s.kind, s.text, s.tight) for s in made.segments] == [
        (SAME, "我们", False),
        (OUT, "会", True),
        (ADDED, "要", True),
        (SAME, "种 100 棵树", True),
    ]


def test_the_runs_of_a_comparison_show_what_became_of_the_words():
    made = compare(["Yes, we do not sell the shop now"], ["we do sell our shop"])
    assert [(s.kind, s.text) for s in made.segments] == [
        (NOT_QUOTED, "Yes,"),
        (SAME, "we do"),
        (OUT, "not"),
        (SAME, "sell"),
        (OUT, "the"),
        (ADDED, "our"),
        (SAME, "shop"),
        (NOT_QUOTED, "now"),
    ]


WORDS = st.lists(
    st.sampled_from(["we", "We", "sell,", "sell", "not", "–", "“shop”", "shop", "5%", "5", "&"]), max_size=9
)


@given(WORDS, WORDS)
def test_the_runs_hold_all_words_of_both_wordings_and_no_others(reference, other):
    made = compare([" ".join(reference)], [" ".join(other)])
    runs = {kind: " ".join(s.text for s in made.segments if s.kind is kind) for kind in Kind}
    new = " ".join(s.text for s in made.segments if s.kind in (SAME, ADDED))
    assert new.split() == normal(" ".join(other)).split()
    old = " ".join(s.text for s in made.segments if s.kind is not ADDED).split()
    assert len(old) >= len(runs[OUT].split()) + len(runs[NOT_QUOTED].split())
    assert (made.tag == "same words") == (not runs[OUT] and not runs[ADDED])


@given(WORDS)
def test_a_wording_is_the_same_as_itself(words):
    made = compare([" ".join(words)], [" ".join(words)])
    assert (made.tag, made.sentences) == ("same words", ())
    assert all(segment.kind is SAME for segment in made.segments)
