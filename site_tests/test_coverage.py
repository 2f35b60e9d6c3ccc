"""What of an article the record takes in, and what it leaves."""

import pytest

from generator import build
from generator.coverage import coverage

CLAIM = """\
claims:
  - id: sale
    text: The shop was sold.
    short: The sale
    kind: event
    evidence:
      - {article: wire, stance: supports, quote: The old shop was sold}
      - {article: wire, stance: mentions, quote: shop was sold on Monday}
"""
ARTICLE = """\
---
noise: [Read more]
not_used:
  - {exact: The sun was shining., reason: Weather.}
---

The old shop was sold on Monday.

Read more

The sun was shining. Nobody wept.
"""


def measured(project, record, article):
    return next(coverage(build.read(project(record, {"wire": article})).publication))


def test_each_word_counts_once_as_quoted_as_left_out_or_as_a_gap(project):
    found = measured(project, CLAIM, ARTICLE)
    assert (found.words, found.quoted, found.not_used) == (13, 7, 4)
    assert found.quoted_share == pytest.approx(100 * 7 / 13)
    assert found.accounted_share == pytest.approx(100 * 11 / 13)


def test_what_nothing_quotes_is_told_by_sentence_or_by_words_with_its_line(project):
    found = measured(project, CLAIM.replace("on Monday", ""), ARTICLE)
    assert found.sentences == ((11, "Nobody wept."),)
    assert found.gaps == ((7, "on Monday."),)


def test_words_of_a_statement_count_as_quoted(project):
    record = """\
statements:
  - {id: memo, title: Memo, canonical: {article: wire, exact: The sun was shining. Nobody wept.}}
"""
    assert measured(project, record, ARTICLE).quoted == 6


def test_a_quotation_that_does_not_stand_covers_nothing(project):
    assert measured(project, CLAIM.replace("The old", "The new"), ARTICLE).quoted == 5


def test_an_article_without_words_is_covered(project):
    found = measured(project, "", "---\nform: report\n---\n\n")
    assert (found.words, found.quoted_share, found.accounted_share) == (0, 100, 100)


def test_a_letter_of_chinese_counts_as_a_word(project):
    quote = "{article: wire, stance: supports, quote: 桥已于周四通车}"
    record = f"claims:\n  - {{id: a, text: A., short: A, kind: event, evidence: [{quote}]}}\n"
    (found,) = coverage(build.read(project(record, {"wire": "桥已于周四通车，镇长说。"})).publication)
    assert found.quoted == 7
    assert found.gaps == ((5, "，镇长说。"),)
