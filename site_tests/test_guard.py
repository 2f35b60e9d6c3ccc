"""The check as a whole: a file of mistakes as an editor sees it, ordinary sentences that raise nothing, any text."""

import json
import subprocess
import sys
from functools import partial

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publications import HEADER, HERE, write_project

from generator import build, lint
from generator.problems import Sources
from generator.reports import REPORTS

typed = partial(json.dumps, ensure_ascii=False)  # YAML reads it
MISTAKES = HERE / "mistakes"


def test_a_file_of_mistakes_is_told_as_accepted_and_no_mistake_hides_another(accept):
    problems = build.read(MISTAKES).problems
    told = REPORTS["text"](problems, Sources(MISTAKES))
    if accept:
        (MISTAKES / "problems.txt").write_text(told, encoding="utf-8")
    assert told == (MISTAKES / "problems.txt").read_text(encoding="utf-8")
    assert len({problem.code for problem in problems}) >= 20
    assert len({problem.mark[:3] for problem in problems}) >= 25
    assert all(problem.help for problem in problems)


CORPUS = yaml.safe_load((HERE / "languages.yaml").read_text(encoding="utf-8"))


def test_the_corpus_has_twenty_languages():
    assert len({row["in_language"] for row in CORPUS}) >= 20


@pytest.mark.parametrize("row", CORPUS, ids=lambda row: f"{row['in_language']}: {row['text'][:20]}")
def test_ordinary_sentences_raise_nothing(row, tmp_path):
    claim = {
        "id": "matter",
        "text": row["text"],
        "short": row["text"],
        "kind": "state",
        "summary": row["article"],
        "would_change": [row["text"]],
        "evidence": [{"article": "wire", "stance": "supports", "quote": row["quote"], "note": row["article"]}],
    }
    article = f"---\nin_language: {row['in_language']}\nheadline: {typed(row['quote'])}\n---\n\n{row['article']}\n"
    root = write_project(tmp_path / "p", f"claims: {typed([claim])}\n", {"wire": article})
    assert [(p.code, p.message) for p in build.read(root).problems] == []


def test_ordinary_sentences_together_raise_nothing(tmp_path):
    claims = [
        {"id": f"c{n}", "text": row["text"], "short": "x", "kind": "state", "would_change": ["y"]}
        for n, row in enumerate(CORPUS)
    ]
    root = write_project(tmp_path / "p", f"claims: {typed(claims)}\n")
    assert build.read(root).problems == []


CUES = """the bridge not never but if unless may might reportedly is closed “ ” " ‘ ’ « » ? ! . , ; : … – that denied
    false and was The Acme said b\u0430nk кот α 1 5 大桥。 \u200b is/was it's n’t U.S. Mr. which ( ) [ ] \u202e"""
TEXT = st.lists(st.one_of(st.sampled_from(CUES.split()), st.text(max_size=3)), max_size=30).map(" ".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT, TEXT, TEXT, st.integers(0, 60), st.integers(1, 80), st.sampled_from(["supports", "disputes", "mentions"]))
def test_no_text_makes_the_check_raise(tmp_path_factory, text, summary, article, start, length, stance):
    quote = [article[start : start + length], article[start + length + 3 : start + 2 * length]]
    evidence = {"article": "wire", "stance": stance, "quote": [part for part in quote if part.strip()] or ["x"]}
    claims = [
        {"id": id, "text": text, "short": "x", "kind": "state", "summary": summary, "evidence": [evidence]}
        for id in ("one", "two")
    ]
    record = HEADER + f"claims: {typed(claims)}\n"
    root = write_project(tmp_path_factory.mktemp("any") / "p", record, {"wire": f"---\n---\n{article}"}, header="")
    for report in REPORTS.values():
        report(build.read(root).problems, Sources(root))


LONG = 60_000
HEAVY = {
    "hedges": "may be and reportedly, ",
    "nots": "not denied that ",
    "buts": "is, but is, and is ",
    "questions": "Will it? and ",
    "marks": "“x” \"y ",
    "full stops": "A. B! ",
    "semicolons": "; and ",
    "letters": "aа",
    "verbs": "closed opened ",
    "asides": ", which is, ",
    "proofs": "is clearly proven fact: ",
    "spaces": "x \u00a0 ",
    "a word": "w",
    "selectors": "\ufe0f\u200d",
    "dashes": "–—- ",
}  # fmt: skip
MEASURE = """
import json, sys, time
from pathlib import Path
from generator import build
from generator.fix import fix
import edtf
told = {}
for folder in sorted(Path(sys.argv[1]).iterdir()):
    begun = time.process_time()
    found = len(build.read(folder).problems)
    list(fix(folder))
    told[folder.name] = time.process_time() - begun
print(json.dumps(told))
"""


def test_a_text_that_means_harm_to_a_rule_costs_no_more_than_others(tmp_path):
    for name, words in HEAVY.items():
        text = (words * LONG)[:LONG]
        quote = text[100:8000].strip()
        claims = [
            {
                "id": f"c{n}",
                "text": text + str(n % 2),
                "short": "x",
                "kind": "state",
                "summary": text,
                "evidence": [{"article": "wire", "stance": "supports", "quote": quote}],
            }
            for n in range(3)
        ]
        claims += [{"id": f"d{n}", "text": words * 20, "short": "x", "kind": "state"} for n in range(300)]
        write_project(tmp_path / name, f"claims: {typed(claims)}\n", {"wire": text + "\n"})
    run = [sys.executable, "-c", MEASURE, str(tmp_path)]
    told = json.loads(subprocess.run(run, capture_output=True, text=True, check=True, cwd=HERE.parent).stdout)
    assert sorted(told) == sorted(HEAVY)
    assert {name: seconds for name, seconds in told.items() if seconds > 3} == {}


def test_the_rules_that_wait_for_all_evidence_are_those_that_ask_for_it():
    waiting = {code for code, rule in lint.rules().items() if getattr(rule, "NEEDS_ALL", False)}
    assert waiting == {"hedge-added", "overclaim", "paraphrase-only", "single-origin", "would-change"}
