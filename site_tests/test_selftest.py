"""`onrecord selftest`: all of its cases pass, and a case whose expectation is wrong fails, in each class."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from commands import run

from generator import selftest
from generator.problems import Refused
from generator.same import differences, mark

CASES = list(selftest.read(selftest.OWN, selftest.CLASSES))


def selftested(*arguments: object) -> Result:
    return run("selftest", *arguments)


@pytest.mark.parametrize("name", selftest.CLASSES)
def test_every_case_of_a_class_passes(name):
    outcome = selftest.run(name, [case for case in CASES if case.kind == name])
    assert [problem.message for problem in outcome.failures] == []
    assert outcome.passed


def test_there_are_thousands_of_cases_and_no_two_of_a_class_are_alike():
    assert len(CASES) >= 2000
    for name in selftest.CLASSES:
        alike = [json.dumps(case.given, sort_keys=True) for case in CASES if case.kind == name and case.raw is None]
        assert sorted({text for text in alike if alike.count(text) > 1}) == []


WRONG = {
    "csv": '{text: "=1+1", expect: refused}',
    "files": "{name: x, files: {claims.yaml: {link: nowhere}}, expect: accepted}",
    "ids": "{text: con, expect: accepted}",
    "integrity": '{name: x, edits: [{old: "rating: right", new: "rating: wrong"}], expect: accepted}',
    "markdown": '{text: "[x](javascript:alert(1))", expect: accepted}',
    "ordinary": '{text: "b\\u0430nk", expect: accepted}',
    "paths": "{text: ../x, expect: accepted}",
    "quotes": "{article: It was closed on Thursday., quote: It was shut on Thursday, expect: accepted}",
    "templates": '{text: "{{7*7}}", expect: refused}',
    "text": '{text: "a\\u202eb", expect: accepted}',
    "unicode": "{text: plain, expect: invisible-character}",
    "urls": '{text: "javascript:x", expect: accepted}',
    "yaml": '{typed: "no", reads: "False", expect: accepted}',
}


@pytest.mark.parametrize("name", selftest.CLASSES)
def test_a_case_that_expects_what_does_not_come_fails(name, tmp_path):
    (tmp_path / name).mkdir()
    (tmp_path / name / "wrong.yaml").write_text(f"cases:\n  - {WRONG[name]}\n", encoding="utf-8")
    done = selftested("--cases", tmp_path)
    assert done.exit_code == 1
    assert f"{name}/wrong.yaml:2:1: error[case-failed]: {name}, " in done.output
    assert done.output.endswith(f"{name}: 0 passed, 1 failed\n0 passed, 1 failed\n")
    assert "Traceback" not in done.output


def test_lists_and_files_are_taken_as_they_are(tmp_path):
    (tmp_path / "urls").mkdir()
    (tmp_path / "urls/refused.txt").write_text("# a list\njavascript:x\n\nhttps://example.org/\n", encoding="utf-8")
    (tmp_path / "yaml/suite/one").mkdir(parents=True)
    (tmp_path / "yaml/suite/one/in.yaml").write_bytes(b"\xff\xfe")
    done = selftested("--hostile", tmp_path, "--format", "json")
    assert {p["line"] for p in json.loads(done.stdout)["problems"]} == {4}
    assert done.stderr == "urls: 1 passed, 1 failed\nyaml: 1 passed, 0 failed\n2 passed, 1 failed\n"
    assert selftested("--cases", tmp_path, "--class", "yaml").exit_code == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("urls/x.yaml", "cases: x", "a file of cases is a mapping"),
        ("urls/x.yaml", "cases: [[x]]", "a case is a text or a mapping"),
        ("urls/x.yaml", "cases: [&a x, *a]", "no anchor, alias, tag or deep nesting"),
        ("urls/x.yaml", "cases:" + " [" * 100_000, "no anchor, alias, tag or deep nesting"),
        ("urls/x.yaml", "cases: [", "did not find expected node content"),
        ("urls/x.yaml", "", "the file is empty"),
        ("urls/x.yaml", "cases: [{a: b, a: c}]", "a key is one word, and given once"),
        ("urls/x.yaml", "cases: [{expect: accepted}]", 'has no "text"'),
        ("yamls/x.yaml", "cases: [x]", '"yamls" is no class of cases'),
    ],
)
def test_a_file_that_holds_no_cases_is_told_at_its_place(name, text, said, tmp_path):
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = selftested("--cases", tmp_path)
    assert done.exit_code == 2, done.output
    assert said in done.output
    assert "error[bad-case]" in done.output


def test_an_unknown_class_and_a_folder_without_cases_are_wrong_use(tmp_path):
    assert selftested("--class", "nothing").exit_code == 2
    assert selftested("--cases", tmp_path).exit_code == 2


LEAKS = {
    "page.html": [
        ('<p title="{}">x</p>', '" onx="y'),
        ("<p>{}</p>", "<b>"),
        ("<p>{}</p>", "&lt;"),
        ('<script type="application/ld+json">{{"a": "{}"}}</script>', '", "b": "'),
        ('<script type="application/ld+json">{{"a": "{}"}}</script>', "</script>"),
        *(
            ('<script type="application/ld+json">{{"a": "{}"}}</script>', raw)
            for raw in ("<", ">", "&", "\u2028", "\u2029")
        ),
    ],
    "x.json": [
        ('{{"a": "{}"}}', '", "b": "'),
        ('{{"html": "<p>{}</p>"}}', "<b>"),
        ('{{"html": "<p>{}</p>"}}', "&lt;"),
    ],
    "x.csv": [("{}\r\n", "=1+1"), ('"{}"\r\n', '","')],
    "badge.svg": [("<text>{}</text>", "</text>")],
}


@pytest.mark.parametrize(("name", "form", "text"), [(name, *leak) for name, leaks in LEAKS.items() for leak in leaks])
def test_a_text_that_gets_through_is_found_in_every_format(name: str, form: str, text: str, tmp_path: Path):
    for site, word in (("harmless", mark(0, len(text))), ("hostile", text)):
        (tmp_path / site).mkdir()
        (tmp_path / site / name).write_text(form.format(word), encoding="utf-8", newline="")
    assert len(list(differences(tmp_path / "harmless", tmp_path / "hostile", {0: text}))) == 1


def test_cases_of_no_class_are_refused(tmp_path):
    (tmp_path / "x").mkdir()
    with pytest.raises(Refused):
        list(selftest.read(tmp_path, selftest.CLASSES))
