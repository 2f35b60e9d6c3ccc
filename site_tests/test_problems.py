"""Reports of problems: place, words, carets and help; and nothing of an input that could act on who reads them."""

import json
import unicodedata

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publications import HERE

from generator import reports
from generator.problems import (
    MOST,
    WIDTH,
    Mark,
    Problem,
    Refused,
    Severity,
    Sources,
    excerpt,
    in_order,
    summary,
    visible,
)
from generator.reports import REPORTS

PROBLEM = Problem(Mark("claims.yaml", 2, 5, 3), 'no "day"', "name one", "bad-day")


def report(form: str, root, *problems: Problem) -> str:
    return REPORTS[form](problems, Sources(root))


def test_people_see_place_line_carets_and_help(tmp_path):
    (tmp_path / "claims.yaml").write_text("about:\n  a day:\n")
    assert report("text", tmp_path, PROBLEM) == (
        'claims.yaml:2:5: error[bad-day]: no "day"\n'
        "  |    a day:\n"
        "  |      ^^^\n"
        "  = help: name one\n"
        "1 error, 0 warnings\n"
    )


def test_a_problem_of_a_whole_file_or_of_a_blank_line_shows_no_line(tmp_path):
    (tmp_path / "claims.yaml").write_text("about:\n   \n")
    assert report("text", tmp_path, Problem(Mark("claims.yaml", 2), "empty", code="x")).count("\n") == 2
    assert report("text", tmp_path, Problem(Mark("gone.yaml"), "not found", code="x")).count("\n") == 2
    assert report("text", tmp_path, Problem(Mark("claims.yaml", 99), "far", code="x")).count("\n") == 2


def shown(line: str, column: int, length: int) -> tuple[str, str]:
    return excerpt(line, Mark("a", 1, column, length))


def test_carets_stand_under_hidden_characters_as_they_are_spelt():
    assert shown("a\u200bb\tc", 3, 1) == ("aU+200BbU+0009c", "       ^")
    assert shown("a\u200bb", 2, 1) == ("aU+200Bb", " ^^^^^^")


def test_carets_count_wide_and_combining_characters_as_a_terminal_shows_them():
    assert shown("微软 buys", 4, 4) == ("微软 buys", "     ^^^^")
    assert shown("cafe\u0301 is", 7, 2) == ("cafe\u0301 is", "     ^^")
    assert shown("我 微软", 3, 2) == ("我 微软", "   ^^^^")


@pytest.mark.parametrize(("column", "length"), [(1, 5), (118, 3), (119, 4), (300, 5), (396, 5), (401, 1), (1, 400)])
def test_a_wide_line_is_cut_around_its_place(column, length):
    line = "".join(chr(97 + n % 26) for n in range(400))
    text, carets = shown(line, column, length)
    assert len(text) <= WIDTH + 4
    under = text[len(carets) - len(carets.lstrip()) : len(carets)]
    assert under == line[column - 1 : column - 1 + length][: carets.count("^")]
    assert carets.count("^") >= 1
    assert text.startswith("… ") == (column + length - 1 > WIDTH and column > 21)


def test_a_message_that_would_fill_the_screen_is_cut(tmp_path):
    problem = Problem(PROBLEM.mark, "x" * 100_000, "y" * 100_000, "long")
    assert len(report("text", tmp_path, problem)) < 5_000
    assert len(report("github", tmp_path, problem)) < 5_000
    assert len(report("json", tmp_path, problem)) > 200_000  # programs get all of it


def test_a_report_shows_so_many_and_counts_the_others(tmp_path):
    problems = [Problem(Mark("claims.yaml", n), "x", code="y") for n in range(1, MOST + 4)]
    for form in ("text", "github"):
        assert report(form, tmp_path, *problems).endswith("... and 3 more\n203 errors, 0 warnings\n")
    assert len(json.loads(report("json", tmp_path, *problems))["problems"]) == MOST + 3


def test_the_last_line_counts_errors_warnings_and_what_notes_there_are():
    made = [PROBLEM.stamped("a", severity) for severity in Severity for _ in range(2)]
    assert summary([]) == "0 errors, 0 warnings"
    assert summary(made[:1]) == "1 error, 0 warnings"
    assert summary(made) == "2 errors, 2 warnings, 2 notes"


def test_github_gets_a_command_a_problem_with_its_values_escaped(tmp_path):
    problem = Problem(Mark("a,b:c%.yaml", 2, 5, 3), "100% of\n::it", "a\rb", "bad-day", Severity.NOTE)
    assert report("github", tmp_path, problem, PROBLEM).splitlines() == [
        "::notice file=a%2Cb%3Ac%25.yaml,line=2,col=5,endColumn=8,title=bad-day::100%25 ofU+000A::it (aU+000Db)",
        '::error file=claims.yaml,line=2,col=5,endColumn=8,title=bad-day::no "day" (name one)',
        "1 error, 0 warnings, 1 note",
    ]


def test_programs_get_every_field(tmp_path):
    told = json.loads(report("json", tmp_path, Problem(*(PROBLEM.mark, "said", "help", "code"), subject="sale")))
    assert told == {
        "version": 1,
        "summary": "1 error, 0 warnings",
        "problems": [
            {"path": "claims.yaml", "line": 2, "column": 5, "length": 3, "severity": "error", "code": "code",
             "message": "said", "help": "help", "subject": "sale"},
        ],
    }  # fmt: skip


def test_problems_come_in_order_of_their_places_and_each_once():
    a, b, c = (Problem(Mark("a", line, column), "x") for line, column in ((1, 9), (2, 1), (10, 1)))
    other = Problem(Mark("B", 1), "x")
    assert in_order([c, b, a, other, b]) == [other, a, b, c]
    assert str(Refused([c, b])) == "2 errors, 0 warnings"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain é 字 👍", "plain é 字 👍"),
        ("a\nb\rc\td", "aU+000AbU+000DcU+0009d"),
        ("\x1b[31mred", "U+001B[31mred"),
        ("a\u202eb", "aU+202Eb"),
        ("a\u2028b\u0085c", "aU+2028bU+0085c"),
        ("\ue000\ufffd\U000e0041", "U+E000U+FFFDU+E0041"),
        ("\udcff", "U+DCFF"),
        ("##[error]x ##vso[task]y # [z] a#b", "#U+0023[error]x #U+0023vso[task]y # [z] a#b"),
        ("##VSO[a] ###[b]", "#U+0023VSO[a] ##U+0023[b]"),
    ],
)
def test_what_hides_or_acts_is_spelt_out(text, expected):
    assert visible(text) == expected


def test_a_ci_command_that_the_place_cuts_in_two_is_spelt_out_all_the_same():
    for column in range(1, 8):
        assert "##[" not in shown("ab##[error]", column, 1)[0]


HARM = st.text(st.one_of(st.characters(), st.sampled_from("\n\r\x1b\u202e\u2028\x85\x0b\x0c:#[]%")), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HARM, HARM, HARM, st.integers(1, 50), st.integers(0, 50), st.integers(0, 3))
def test_no_input_starts_a_line_an_escape_or_a_ci_command(tmp_path, message, help, line, column, length, commands):
    line += "##[error]::error::" * commands
    (tmp_path / "claims.yaml").write_bytes(line.encode("utf-8", "surrogatepass"))
    problem = Problem(Mark("claims.yaml", 1, column, length), message, help, "code", subject=message)
    for form, write in REPORTS.items():
        text = write([problem], Sources(tmp_path))
        rows = text.split("\n")
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for row in rows for c in row)
        assert "##[" not in text
        if form == "text":
            assert all(row.startswith(("claims.yaml:1:", "  |  ", "  = help: ")) for row in rows[:-2])
            assert rows[-2:] == ["1 error, 0 warnings", ""]
        elif form == "github":
            assert [row[:13] for row in rows] == ["::error file=", "1 error, 0 wa", ""]
        else:
            json.loads(text)


SCHEMA = json.loads((HERE / "schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
SARIF = jsonschema.Draft4Validator(SCHEMA)


def test_code_scanning_gets_what_the_schema_of_sarif_wants(tmp_path):
    (tmp_path / "claims.yaml").write_text("about:\n  a\U0001f600day:\n")
    (tmp_path / "a b#ü.yaml").write_text("x\n")
    made = [
        Problem(Mark("claims.yaml", 2, 4, 3), 'no "day"', "name one", "bad-date"),
        Problem(Mark("claims.yaml", 2, 4, 3), "again", "", "not-atomic", Severity.WARNING, "sale"),
        Problem(Mark("a b#ü.yaml"), "whole file", "look", "not-utf8", Severity.NOTE),
    ]
    told = json.loads(report("sarif", tmp_path, *made, made[0]))
    SARIF.validate(told)
    run = told["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in rules] == ["bad-date", "not-atomic", "not-utf8"]
    assert rules[1]["shortDescription"]["text"] == "A claim is one assertion, which could be true or false by itself."
    assert [rules[found["ruleIndex"]]["id"] for found in run["results"]] == [p.code for p in [*made, made[0]]]
    assert [found["level"] for found in run["results"]] == ["error", "warning", "note", "error"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "claims.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {
        "startLine": 2, "startColumn": 4, "endColumn": 7, "snippet": {"text": "\U0001f600da"},
    }  # fmt: skip
    other = run["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert other == "a%20b%23%C3%BC.yaml"


def test_a_fingerprint_stays_when_lines_above_come_and_tells_two_of_a_kind_apart(tmp_path):
    def prints(text: str, *lines: int) -> list[str]:
        (tmp_path / "claims.yaml").write_text(text)
        told = json.loads(
            report("sarif", tmp_path, *(Problem(Mark("claims.yaml", line, 4, 3), "x", "", "y") for line in lines))
        )
        return [found["partialFingerprints"]["onrecord/v1"] for found in told["runs"][0]["results"]]

    assert prints("a: 1\nb: day\n", 2) == prints("# more\na: 1\nb: day\n", 3)
    assert len(set(prints("a: day\nb: day\n", 1, 2))) == 2


def test_a_run_without_problems_is_valid_too(tmp_path):
    SARIF.validate(json.loads(report("sarif", tmp_path)))


def test_github_gets_one_annotation_a_problem(tmp_path):
    made = [Problem(Mark("claims.yaml", n), "x", code="y") for n in range(1, 26)]
    made.append(Problem(Mark("claims.yaml", 99), "a warning", code="y", severity=Severity.WARNING))
    lines = report("github", tmp_path, *made).splitlines()
    assert [line.startswith("::error file=claims.yaml,line=") for line in lines] == [True] * 25 + [False] * 2
    assert lines[-2].startswith("::warning file=claims.yaml,line=99")


def test_code_scanning_gets_no_more_than_it_shows_and_is_told_so(tmp_path):
    made = [Problem(Mark("claims.yaml", n), "x", code="y") for n in range(1, reports.MOST + 3)]
    told = json.loads(report("sarif", tmp_path, *made))
    SARIF.validate(told)
    assert len(told["runs"][0]["results"]) == reports.MOST
    assert told["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "... and 2 more"
