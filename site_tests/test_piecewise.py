"""A file of which claims are known is read as if none were, however it was edited meanwhile."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import example, given, note, settings
from hypothesis import strategies as st
from publications import MINI
from records import documents, written

from generator import piecewise
from generator.edit import canonical
from generator.limits import LIMITS
from generator.load import RECORD
from generator.model import Placed, Record
from generator.piecewise import Claims, divide
from generator.problems import Problem
from generator.reader import Reader, Reference, Stop

WHOLE = (MINI / RECORD).read_text(encoding="utf-8")
LINES = [
    "  - id: more\n    text: It is.\n    short: It\n    kind: state\n",
    '  - id: more\n    text: "It\n  - id: is\n    short: not"\n    short: It\n    kind: state\n',
    "  - ",
    "- x",
    "claims:",
    "topics:\n  - id: end\n    name: End\n",
    "# a note",
    "    # a note",
    "",
    '"',
    "'",
    "    text: >",
    "    - [",
    "]",
    "---",
    "...",
    "%YAML 1.1",
    "\t",
    "    summary: one\u2028two",
    "    colour: red",
    "      - article: nowhere\n        stance: supports\n",
    "\u200b",
]
"""What hands and programs put into a record, right and wrong."""
EDIT = st.tuples(
    st.sampled_from(["insert", "insert", "delete", "double", "swap", "restore"]),
    st.integers(0, 10_000),
    st.integers(0, 12),
    st.sampled_from(LINES),
)


Edit = tuple[str, int, int, str]


def edited(text: str, what: str, at: int, many: int, line: str, first: str) -> str:
    lines = text.split("\n")
    at %= len(lines)
    if what == "insert":
        lines[at:at] = line.split("\n")
    elif what == "delete":
        del lines[at : at + many]
    elif what == "double":
        lines[at:at] = lines[at : at + many]
    elif what == "swap":
        lines[at : at + 2 * many] = [*lines[at + many : at + 2 * many], *lines[at : at + many]]
    return first if what == "restore" else "\n".join(lines)


def places(value: Any) -> object:
    """All places of a record."""
    if isinstance(value, tuple):
        return [places(item) for item in value]
    if not isinstance(value, Placed):
        return None
    return [value.at(*key) for key in value.marks], [places(getattr(value, field.name)) for field in fields(value)]


def said(kept: Claims | None, text: str) -> object:
    problems: list[Problem] = []
    references: list[Reference] = []
    try:
        record = piecewise.read(RECORD, Record, "the record", kept, text, problems, references)
    except Stop:
        return problems
    return record, places(record), problems, sorted((each.mark, each.ref, each.value) for each in references)


def check(first: str, edits: list[Edit]) -> None:
    text, kept = first, Claims()
    for what, at, many, line in [("restore", 0, 0, ""), *edits]:
        text = edited(text, what, at, many, line, first)
        note(text)
        assert said(kept, text) == said(None, text)


@pytest.fixture(scope="module", autouse=True)
def apart() -> Iterator[None]:
    """Files are read apart even where most of their claims are new."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(piecewise, "_FEW", 1)
        yield


@given(st.lists(EDIT, max_size=5))
@settings(max_examples=400)
@example([("insert", 1, 0, 'note: "\nclaims:\n  - id: a\n    text: b"')])
@example([("insert", WHOLE[: WHOLE.index("claims:")].count("\n") + 1, 0, line) for line in LINES[:2] * 2])
def test_an_edited_record_is_read_as_if_nothing_of_it_were_known(edits):
    check(WHOLE, edits)


@given(documents(Record), st.lists(EDIT, max_size=4))
@settings(max_examples=150)
def test_so_is_any_other(document, edits):
    check(canonical(written(document).lstrip("\n") + "\n"), edits)


@pytest.mark.parametrize("edit", ["text", "above", "order", "double"])
def test_only_what_is_new_is_parsed(monkeypatch, edit):
    kept = Claims()
    record = piecewise.read(RECORD, Record, "the record", kept, WHOLE, [], [])
    parsed: list[str] = []

    class Counting(Reader):
        def __init__(self, path, text, *rest):
            parsed.append(text)
            super().__init__(path, text, *rest)

    monkeypatch.setattr(piecewise, "Reader", Counting)
    divided = divide(WHOLE)
    first, second, *others = divided.claims
    claims = {
        "text": [first, second.replace("text: ", "text: Not "), *others],
        "above": [f"    # a note\n{first}", second, *others],
        "order": [second, first, *others],
        "double": [first, second, second, *others],
    }[edit]
    text = divided.head + "".join(claims) + divided.tail
    again = piecewise.read(RECORD, Record, "the record", kept, text, [], [])
    new = {"text": 1, "above": 0, "order": 0, "double": 1}[edit]
    assert len(parsed) == 1 + new  # what is around the claims, and each new one
    old = {id(claim) for claim in record.claims}
    assert sum(id(claim) not in old for claim in again.claims) == new
    assert (again, places(again)) == (whole := Reader(RECORD, text, [], []).document(Record, ""), places(whole))


def test_a_file_of_too_many_claims_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setitem(LIMITS, "claims", 2)
    problems: list[Problem] = []
    with pytest.raises(Stop):
        piecewise.read(RECORD, Record, "the record", None, WHOLE, problems, [])
    (problem,) = problems
    third = next(n for n, line in enumerate(WHOLE.split("\n"), 1) if line == divide(WHOLE).claims[2].split("\n")[0])
    assert (problem.code, problem.mark.line, problem.message) == ("too-large", third, "more than 2 claims")
