"""Every rule by its cases in `lint/<rule-id>.yaml`: a record and articles, and what the rule finds in them."""

import pytest
from cases import cases, check_problems

from generator import build
from generator.problems import MOST
from generator.reader import CODES


@pytest.mark.parametrize("case", cases("lint"))
def test_a_rule_finds_what_its_case_says_and_nothing_else(case, project):
    root = project(case.get("record", ""), case.get("articles"))
    for name, text in case.get("files", {}).items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    problems = build.read(root).problems
    assert [p for p in problems if p.code in CODES] == []  # the case itself is in order
    rule = case.get("rule", case["file"])
    check_problems(root, [p for p in problems if p.code == rule], case.get("problems"))


def test_of_very_many_quotations_that_do_not_stand_so_many_are_explained_as_are_printed(project):
    row = "- {{id: c{}, text: A., short: A, kind: state, evidence: [{}]}}\n"
    evidence = "{article: wire, stance: mentions, quote: a bad day}"
    claims = "".join(row.format(n, evidence) for n in range(MOST + 5))
    root = project(f"claims:\n{claims}", {"wire": "It was a good day."})
    problems = [p for p in build.read(root).problems if p.code == "quote-verbatim"]
    assert [p.help.startswith("line 5 has:") for p in problems] == [True] * MOST + [False] * 5
    assert {p.message for p in problems[MOST:]} == {"this quotation is not in content/articles/wire.md"}


@pytest.mark.parametrize(
    ("publication", "stated", "found"),
    [("en", None, True), ("fr", None, False), ("fr", "en", True), ("en", "fr", False)],
)
def test_an_article_that_states_no_language_is_read_in_that_of_the_publication(project, publication, stated, found):
    claim = (
        "{id: c, text: A., short: A, kind: state, evidence: [{article: wire, stance: supports, quote: the bridge was}]}"
    )
    front = f"---\nform: report\n{f'in_language: {stated}' if stated else ''}\n---\n\n"
    root = project(
        f"claims:\n- {claim}\n",
        {"wire": f"{front}Yes, the bridge was not closed."},
        header=f"about: {{title: T, checked: 2020, in_language: {publication}}}\n",
    )
    assert ("quote-cut" in {p.code for p in build.read(root).problems}) == found
