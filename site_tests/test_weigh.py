"""How sources agree: every row of the rule at its boundaries, origins that are one, and how the counts are told."""

import itertools

import pytest
from cases import cases

from generator import build, weigh
from generator.model import Stance
from generator.weigh import ATTENTION, LABELS, RULES, Group, Link, Status, Voice, group

ROWS = cases("weigh")


def voice(article: str, says: str) -> Voice:
    words = says.split()
    stances = frozenset(Stance(word) for word in words if word in set(Stance))
    links = [f"self:{article}" if word == "self" else word for word in words if word not in set(Stance)]
    return Voice(article, stances, tuple(Link(link.strip("()"), not link.startswith("(")) for link in links))


def weighed(case: dict) -> weigh.Agreement:
    return weigh.weigh((voice(*item) for item in case["voices"].items()), "withdrawn" in case)


@pytest.mark.parametrize("case", ROWS)
def test_a_claim_is_weighed_as_its_case_says(case):
    agreement = weighed(case)
    assert (agreement.status.value, agreement.counts) == (case["status"], case["counts"])


def test_every_row_of_the_rule_decides_a_case():
    assert {case.values[0]["status"] for case in ROWS} == {rule.status.value for rule in RULES} == set(Status)


@pytest.mark.parametrize("left_out", [rule.status for rule in RULES[:-1]])
def test_without_a_row_some_case_would_come_out_otherwise(left_out, monkeypatch):
    monkeypatch.setattr(weigh, "RULES", tuple(rule for rule in RULES if rule.status is not left_out))
    assert any(weighed(case.values[0]).status != case.values[0]["status"] for case in ROWS)


@pytest.mark.parametrize("n", [n for n, rule in enumerate(RULES[:-1]) if rule.status is not Status.ECHO])
def test_the_order_of_rows_is_held_by_cases_but_for_one_origin_and_two_which_never_fit_together(n, monkeypatch):
    monkeypatch.setattr(weigh, "RULES", (*RULES[:n], RULES[n + 1], RULES[n], *RULES[n + 2 :]))
    assert any(weighed(case.values[0]).status != case.values[0]["status"] for case in ROWS)


def test_labels_and_the_order_of_attention_cover_every_status():
    assert set(LABELS) == set(ATTENTION) == set(Status)
    assert len(ATTENTION) == len(Status)


def test_groups_hold_their_articles_and_named_origins_and_the_unnamed_stand_last():
    voices = [
        voice("a", "supports"),
        voice("b", "supports acme"),
        voice("c", "supports agency"),
        voice("d", "supports (x)"),
    ]
    joining = voice("e", "supports agency acme")
    assert group(voices) == (Group(("b",), ("acme",)), Group(("c",), ("agency",)), Group(("a",), ()), Group(("d",), ()))
    assert group([*voices, joining])[0] == Group(("b", "c", "e"), ("acme", "agency"))


def test_the_order_of_articles_changes_neither_status_nor_counts():
    voices = [voice("a", "supports acme"), voice("b", "supports agency"), voice("c", "supports agency acme"),
              voice("d", "supports self"), voice("e", "supports")]  # fmt: skip
    told = {(w.status, w.counts) for w in map(weigh.weigh, itertools.permutations(voices))}
    assert told == {(Status.AGREE, "5 articles · 2 named origins, 1 unnamed")}


WORDS = {"wire": "The shop is sold.", "post": "The shop is sold.", "mail": "The shop is not sold."}
REPRINT = {"copy": "---\nform: reprint\nreprint_of: wire\n---\nThe shop is sold."}
CLAIM = """\
claims:
  - id: sold
    text: The shop is sold.
    short: Sold
    kind: state
    evidence:
"""


def status(project, *evidence: str, articles=WORDS) -> tuple[Status, str]:
    rows = "".join(f"      - {{article: {row}}}\n" for row in evidence)
    pub = build.read(project(CLAIM + rows, articles)).publication
    agreement = pub.by_claim["sold"].agreement
    return agreement.status, agreement.counts


SUPPORT = "{}, stance: supports, quote: The shop is sold"


def test_a_reprint_is_its_original(project):
    evidence = [SUPPORT.format("wire"), SUPPORT.format("copy")]
    assert status(project, *evidence, articles={**WORDS, **REPRINT}) == (Status.SINGLE, "1 article · origin not named")


def test_a_reprint_at_first_hand_is_no_second_origin(project):
    evidence = [SUPPORT.format("wire") + ", origin: self", SUPPORT.format("copy") + ", origin: self"]
    assert status(project, *evidence, articles={**WORDS, **REPRINT}) == (Status.SINGLE, "1 article · 1 named origin")


def test_what_a_reprint_does_its_original_does(project):
    evidence = [SUPPORT.format("wire"), "copy, stance: disputes, quote: The shop is sold"]
    assert status(project, *evidence, articles={**WORDS, **REPRINT})[0] is Status.CONFLICT


def test_two_pieces_of_evidence_of_one_article_are_one_voice_with_both_origins(project):
    evidence = [SUPPORT.format("wire") + ", origin: acme-memo", SUPPORT.format("wire") + ", origin: agency-report"]
    assert status(project, *evidence, SUPPORT.format("post") + ", origin: agency-report")[0] is Status.ECHO


def test_the_origin_of_evidence_that_does_not_support_counts_for_nothing(project):
    evidence = [SUPPORT.format("wire"), "wire, stance: mentions, quote: The shop is sold, origin: acme-memo"]
    assert status(project, *evidence, SUPPORT.format("post") + ", origin: agency-report")[0] is Status.UNCLEAR


def test_an_unnamed_origin_of_the_record_joins_nothing(project):
    evidence = [SUPPORT.format(name) + ", origin: people" for name in ("wire", "post")]
    assert status(project, *evidence) == (Status.UNCLEAR, "2 articles · origins not named")


def test_self_is_another_origin_in_each_article(project):
    evidence = [SUPPORT.format(name) + ", origin: self" for name in ("wire", "post")]
    assert status(project, *evidence) == (Status.AGREE, "2 articles · 2 named origins")


def test_a_quotation_that_does_not_stand_does_not_count(project):
    assert status(project, SUPPORT.format("wire"), SUPPORT.format("mail"))[0] is Status.SINGLE
