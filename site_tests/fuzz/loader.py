"""Any bytes as a project -> what `load`, `assemble` and the rules make of them; whatever is broken is an exception.

Broken is: a record that is neither there nor refused, a problem whose place is in no file, a report that can't be
printed, and a record without errors that is another one in canonical form.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator import lint, reports
from generator.edit import canonical
from generator.files import decoded
from generator.load import ARTICLES, LOCK, RECORD, load
from generator.problems import Mark, Problem, Refused, Severity, Sources
from generator.publication import assemble

WORDS = ("blog", "gazette", "reprint", "wire")
NAMES = (RECORD, *(f"{ARTICLES}/{name}.md" for name in WORDS), LOCK, "addresses.lock")
BETWEEN = b"\n%%%%\n"
"""What stands between the files of one input, which are those of `NAMES`; the last ones may be left out."""
LARGE = 1 << 30


class Memory(NamedTuple):
    """A project that lies on no disk."""

    raw: dict[str, bytes]

    def names(self, folder: str) -> list[str]:
        below = (name.removeprefix(f"{folder}/" if folder else "") for name in self.raw if name.startswith(folder))
        return sorted(name for name in below if "/" not in name)

    def text(self, name: str, limit: int) -> str:
        return decoded(name, self.raw[name][:limit])


class Typed(Sources):
    """The lines of a project in memory."""

    def __init__(self, files: Memory) -> None:
        super().__init__(Path())
        self._files = files

    def line(self, mark: Mark) -> str | None:
        lines = self._files.raw.get(mark.path, b"").decode("utf-8", "replace").split("\n")
        return lines[mark.line - 1] if mark.line <= len(lines) else None


def seeds(project: Path) -> Iterator[bytes]:
    """The small publication, whose files are those of `NAMES`; its record alone; one claim of it."""
    files = [(project / name).read_bytes() for name in NAMES]
    yield BETWEEN.join(files)
    yield files[0]
    yield BETWEEN.join([_SMALL, b"---\nform: report\n---\n\nThe bridge closed on Monday, they said.\n"])


_SMALL = b"""\
about: {title: A, question: B?, checked: 2024-03-12}
topics: [{id: t, name: T}]
claims:
  - id: closed
    text: The bridge closed.
    short: Closed
    kind: event
    topic: t
    date: 2024-03
    evidence: [{article: blog, stance: supports, quote: [The bridge closed, they said]}]
"""


def one(data: bytes) -> None:
    """Tries one input."""
    files = Memory(dict(zip(NAMES, data.split(BETWEEN), strict=False)))
    record, problems = load(files)
    assert record is not None or errors(problems), "no record, and nobody says why"
    for problem in problems:
        placed(problem, files)
    if record is None:
        return
    findings = [*problems, *lint.run(assemble(record))]
    for problem in findings:
        placed(problem, files)
    for report in reports.REPORTS.values():
        report(findings, Typed(files))
    if not errors(problems):
        better = canonical(files.text(RECORD, LARGE))
        assert canonical(better) == better
        again, found = load(Memory({**files.raw, RECORD: better.encode()}))
        assert again is not None
        assert not errors(found)
        assert [c.text for c in again.claims] == [c.text for c in record.claims]


def errors(problems: list[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def placed(problem: Problem, files: Memory) -> None:
    """A problem has words, and a place that is in its file."""
    path, line, column, _ = problem.mark
    assert problem.message
    assert path in NAMES, problem
    try:
        lines = files.text(path, LARGE).split("\n") if path in files.raw else [""]
    except Refused:
        return
    assert 1 <= line <= len(lines), problem
    assert 1 <= column <= len(lines[line - 1]) + 1, problem
