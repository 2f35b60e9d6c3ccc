"""What is wrong, where, and how to mend it: the one form in which every finding is reported.

In: places (`Mark`) and sentences. Out: `Problem`s, and reports of them for people (`text`), for GitHub's
annotations (`github`) and for programs (`json`). A report never lets the text of an input start a new line, a
terminal escape or a CI command: control, bidirectional and other invisible characters are shown as `U+XXXX`.
"""

import json
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

MOST = 200  # problems printed in one report
WIDTH = 120  # columns of an offending line that are shown
_LONGEST = 2000  # characters of a message that are shown
_LARGEST = 16 * 1024 * 1024  # bytes of a file of which lines are shown: each line that is kept costs its own


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Mark(NamedTuple):
    """A place in a file: its path relative to the project, line and column counted from 1, length in characters."""

    path: str
    line: int = 1
    column: int = 1
    length: int = 1

    def seen_from(self, other: "Mark") -> str:
        """The place as a message at another one names it: "12:3", with the path before it where that is another."""
        place = f"{self.line}:{self.column}"
        return place if self.path == other.path else f"{self.path}:{place}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: its place, a sentence (lower case, no full stop, values in double quotes), and the way out."""

    mark: Mark
    message: str
    help: str = ""
    code: str = ""
    severity: Severity = Severity.ERROR
    subject: str = ""
    """What it is about, so that a waiver there can answer it: the id of a claim, "articles/ID", "statements/ID"."""

    def stamped(self, code: str, severity: Severity) -> "Problem":
        return replace(self, code=code, severity=severity)


def stored(problem: Problem) -> list[Any]:
    """A problem as JSON values, for another process or another run."""
    return [*problem.mark, problem.message, problem.help, problem.code, problem.severity, problem.subject]


def revived(values: Sequence[Any]) -> Problem:
    """The problem of which `stored` made these values."""
    *mark, message, help, code, severity, subject = values
    return Problem(Mark(*mark), message, help, code, Severity(severity), subject)


class Refused(Exception):  # noqa: N818 - an answer to the input, no error of ours
    """The input has errors; the problems say which. Raised where work can't go on, never for a fault of ours."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(summary(self.problems))


class Misconfigured(Refused):
    """mkdocs.yml is not there, is not valid or does not list the plugin; the problems say which."""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by path, line, column and code, each only once."""
    return sorted(set(problems), key=lambda p: (p.mark[:3], p.code, p.message))


def errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def summary(problems: Iterable[Problem]) -> str:
    """The last line of a report: "2 errors, 1 warning" (notes are named only where there are some)."""
    levels = [problem.severity for problem in problems]
    parts = [(levels.count(level), level.value) for level in Severity]
    return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n or word != "note")


# Cc and Cf are controls, escapes, bidirectional marks and zero-width characters; Co and Cn are private or unassigned;
# Zl and Zp are the line and paragraph separators that some readers break lines at. U+FFFD stands for lost bytes.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Runners of CI obey `##[…]` and `##vso[…]` wherever in a line they stand.
_COMMAND = re.compile(r"#(?=\[|vso\[)", re.IGNORECASE)


def visible(text: str) -> str:
    """The text with each control, bidirectional, private or unassigned character spelt out as `U+XXXX`."""
    return "".join(_spelt(text))


def _said(text: str) -> str:
    """A message as it is shown: cut where it would fill the screen."""
    return visible(text[:_LONGEST]) + (" …" if len(text) > _LONGEST else "")


def _spelt(text: str) -> list[str]:
    """Each character as it is shown."""
    if text.isascii() and text.isprintable() and "##" not in text:
        return list(text)
    commands = {match.start() for match in _COMMAND.finditer(text) if text[: match.start()].endswith("#")}
    return [
        f"U+{ord(c):04X}" if unicodedata.category(c) in _HIDDEN or c == "\ufffd" or n in commands else c
        for n, c in enumerate(text)
    ]


def _columns(text: str) -> int:
    """The columns that a terminal gives a text: two for a wide character, none for a combining one."""
    return len(text) + sum((unicodedata.east_asian_width(c) in "WF") - bool(unicodedata.combining(c)) for c in text)


def excerpt(line: str, mark: Mark) -> tuple[str, str]:
    """An offending line and the carets under it, both as shown: cut to `WIDTH` columns around the place."""
    begin, end = mark.column - 1, mark.column - 1 + max(mark.length, 1)
    start = 0 if min(end, len(line)) <= WIDTH else max(0, min(begin - 20, len(line) - WIDTH))
    spelt = _spelt(line[start : start + WIDTH])
    head = ("… " if start else "") + "".join(spelt[: begin - start])
    marked = "".join(spelt[begin - start : end - start])
    tail = "".join(spelt[end - start :]) + (" …" if start + WIDTH < len(line) else "")
    return (head + marked + tail).rstrip(), " " * _columns(head) + "^" * max(_columns(marked), 1)


class Sources:
    """The lines of the files that problems point into, read when first asked for; what is no plain file has none."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def line(self, mark: Mark) -> str | None:
        if mark.path not in self._lines:
            raw = b""
            with suppress(OSError, ValueError):
                file = self._root / mark.path
                found = file.lstat()
                if stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST:
                    raw = file.read_bytes()
            text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
            self._lines[mark.path] = text.split("\n")
        lines = self._lines[mark.path]
        return lines[mark.line - 1] if mark.line <= len(lines) else None


def as_text(problems: Iterable[Problem], sources: Sources) -> str:
    """For people: place, level, code and message; the line with carets under the words; the way out; a count."""
    problems = list(problems)
    out = []
    for problem in problems[:MOST]:
        mark = problem.mark
        place = f"{visible(mark.path)}:{mark.line}:{mark.column}"
        out.append(f"{place}: {problem.severity}[{problem.code}]: {_said(problem.message)}")
        line = sources.line(mark)
        if line is not None and line.strip():
            shown, carets = excerpt(line, mark)
            out += [f"  |  {shown}", f"  |  {carets}"]
        if problem.help:
            out.append(f"  = help: {_said(problem.help)}")
    if len(problems) > MOST:
        out.append(f"... and {len(problems) - MOST} more")
    out.append(summary(problems))
    return "\n".join(out) + "\n"


def as_github(problems: Iterable[Problem], sources: Sources) -> str:
    """For GitHub Actions: a workflow command a problem, its values escaped as the runner expects.

    GitHub shows the first ten of a level beside the lines, and all of them in the log.
    """
    del sources
    problems = list(problems)

    def value(text: object, property_: bool = False) -> str:
        shown = _said(str(text)).replace("%", "%25")
        return shown.replace(":", "%3A").replace(",", "%2C") if property_ else shown

    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    out = []
    for problem in problems[:MOST]:
        path, line, column, length = problem.mark
        where = {"file": path, "line": line, "col": column, "endColumn": column + max(length, 1)}
        fields = ",".join(f"{k}={value(v, True)}" for k, v in {**where, "title": problem.code}.items())
        said = problem.message + (f" ({problem.help})" if problem.help else "")
        out.append(f"::{levels[problem.severity]} {fields}::{value(said)}")
    if len(problems) > MOST:
        out.append(f"... and {len(problems) - MOST} more")
    out.append(summary(problems))
    return "\n".join(out) + "\n"


def as_json(problems: Iterable[Problem], sources: Sources) -> str:
    """For programs: `{"version": 1, "summary": …, "problems": [{path, line, column, …}]}`; all problems, none cut."""
    del sources
    problems = list(problems)
    rows = [
        {
            **p.mark._asdict(),
            "path": visible(p.mark.path),
            "severity": p.severity.value,
            "code": p.code,
            "message": visible(p.message),
            "help": visible(p.help),
            "subject": visible(p.subject),
        }
        for p in problems
    ]
    return json.dumps({"version": 1, "summary": summary(problems), "problems": rows}, indent=2) + "\n"


REPORTS: Mapping[str, Callable[[Iterable[Problem], Sources], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
}
