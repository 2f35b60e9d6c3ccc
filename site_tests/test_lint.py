"""Every rule by its cases in `lint/<rule-id>.yaml`: a record and articles, and what the rule finds in them."""

import pytest
from conftest import cases, check_problems

from generator import build
from generator.reader import CODES


@pytest.mark.parametrize("case", cases("lint"))
def test_a_rule_finds_what_its_case_says_and_nothing_else(case, project):
    root = project(case.get("record", ""), case.get("articles"))
    for name, text in case.get("files", {}).items():
        (root / name).write_text(text, encoding="utf-8")
    problems = build.read(root).problems
    assert [p for p in problems if p.code in CODES] == []  # the case itself is in order
    rule = case.get("rule", case["file"])
    check_problems(root, [p for p in problems if p.code == rule], case.get("problems"))
