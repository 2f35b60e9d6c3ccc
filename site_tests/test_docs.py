"""What is written down: every rule explained and with cases, every code explained, every list equal to its folder."""

import ast
import re
from pathlib import Path

import pytest
from cases import cases
from publications import HERE

import generator
from generator import exports, lint, pages
from generator.explain import codes, explain, page
from generator.model import Placed, Record
from generator.problems import Severity
from generator.shape import Kind, shape
from generator.verify import ATTRIBUTION, MIN_CHARACTERS, MIN_WORDS

ROOT = Path(generator.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
LONGEST = 300


@pytest.mark.parametrize("code", [*lint.rules(), lint.UNUSED])
def test_a_rule_says_in_its_first_line_what_it_asks_and_has_a_passing_and_a_failing_case(code):
    text = lint.explain(code)
    assert text is not None
    first, *rest = text.split("\n")
    assert re.fullmatch(r"[A-Z“\"].*\.", first)
    assert rest[:1] == [""]
    assert rest[1:], "the first line is explained further"
    outcomes = {bool(case.values[0].get("problems")) for case in cases("lint") if case.values[0]["file"] == code}
    assert outcomes == {True, False}


def test_the_rules_of_quotations_tell_the_limits_that_the_code_has():
    assert f"no more than {ATTRIBUTION} characters" in (lint.explain("quote-verbatim") or "")
    assert f"at least {MIN_CHARACTERS} characters or {MIN_WORDS} words" in (lint.explain("quote-length") or "")


def test_each_file_of_cases_is_of_a_rule():
    assert {path.stem for path in (HERE / "lint").iterdir()} == {*lint.rules(), lint.UNUSED}


def test_each_rule_has_a_severity_and_a_check():
    for rule in lint.rules().values():
        assert rule.SEVERITY in Severity
        assert callable(rule.check)


@pytest.mark.parametrize(
    ("folder", "listed"),
    [
        ("lint", lint.RULES),
        ("exports", exports.EXPORTS),
        ("pages", (*pages.PAGES, *pages.WRITTEN.values(), "missing")),  # the page for what is not there is no address
    ],
)
def test_a_list_equals_its_folder(folder, listed):
    assert sorted(listed) == sorted(path.stem for path in (ROOT / folder).glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", ["RULES", "EXPORTS"])
def test_a_list_whose_order_means_nothing_is_sorted(name):
    listed = {"RULES": lint.RULES, "EXPORTS": exports.EXPORTS}[name]
    assert list(listed) == sorted(listed)


def test_every_code_that_the_program_prints_can_be_explained():
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    printed = set(re.findall(r"error\[([a-z-]+)\]", text))  # those of messages made by hand
    named = {
        node.args[3].value
        for node in ast.walk(ast.parse(text.replace("from __future__", "#")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Problem"
        and len(node.args) > 3
        and isinstance(node.args[3], ast.Constant)
    }
    assert printed >= {"machine", "internal-error"}
    assert named >= {"configuration", "build-locked", "written-link", "bad-lock", "duplicate-id"}
    assert {code for code in printed | named if not explain(code)} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_what_it_is_and_why_where_it_is_long(path):
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text))
    assert said
    assert re.match(r"[A-Z“`\"].*[.:]", said.split("\n\n")[0], re.DOTALL)
    lines = text.count("\n")
    assert lines <= LONGEST or re.search(r"\blong\b|\blonger\b|lines", said), f"{lines} lines: split it or say why not"


def test_every_field_that_an_editor_can_write_is_explained():
    explained: set[tuple[str, str]] = set()
    for node in ast.walk(ast.parse((ROOT / "model.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            for field, text in zip(node.body, node.body[1:], strict=False):
                sentence = isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and sentence:
                    explained.add((node.name, field.target.id))

    def fields(cls: type[Placed]) -> set[tuple[str, str]]:
        own = {(next(k.__name__ for k in cls.__mro__ if name in k.__annotations__), name) for name in shape(cls)}
        inner = (field.detail for field in shape(cls).values() if field.kind is Kind.RECORD)
        return own.union(*map(fields, inner))

    assert fields(Record) - explained == set()


def test_no_file_of_tests_or_code_names_a_path_of_one_machine():
    paths = [*FILES, *(path for path in HERE.rglob("*") if path.suffix in (".py", ".yaml"))]
    machine = re.compile("/" + r"(home|root|work|Users|tmp)/\w")
    assert [path.name for path in paths if machine.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("code", codes())
def test_a_code_is_explained_with_something_wrong_and_the_same_right(code):
    text = explain(code) or ""
    assert re.search(r"\n\nWrong: \S.*(\n {7}.*)*\nRight: \S", text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)


def test_the_page_of_codes_is_current():
    page_of_codes = (ROOT.parent / "docs/codes.md").read_text(encoding="utf-8")
    assert page_of_codes == page(), 'run "make docs/codes.md"'
    assert re.findall(r"^## (.*)", page_of_codes, re.MULTILINE) == codes()
