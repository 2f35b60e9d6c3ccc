"""The selftest: hostile and ordinary cases, class by class, and what each must come to. `CLASSES` has them all.

A class is tried by functions that take cases and an empty folder to work in, and yield a problem for each that failed.
What a class is about stands in docs/selftest.md; the cases of this project lie in `cases/`.
"""

import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from ..build import uncollected
from ..cases import Case
from ..cases import read as read
from ..problems import Problem

OWN = Path(__file__).parent / "cases"
Test = Callable[[Sequence[Case], Path], Iterator[Problem]]


CLASSES: Mapping[str, tuple[str, ...]] = {
    "csv": ("shown.shown", "reports.reports"),
    "files": ("folders.folders",),
    "ids": ("values.ids",),
    "integrity": ("states.states",),
    "markdown": ("pages.pages",),
    "ordinary": ("quotes.quotes", "states.states"),
    "paths": ("values.paths",),
    "quotes": ("quotes.quotes",),
    "templates": ("shown.shown", "reports.reports"),
    "text": ("shown.shown", "reports.reports"),
    "unicode": ("values.characters",),
    "urls": ("values.urls",),
    "yaml": ("documents.documents",),
}
"""Each class, and the functions of the modules of this folder that try its cases."""


def _functions(name: str) -> Iterator[Test]:
    for function in CLASSES[name]:
        module, _, called = function.partition(".")
        yield getattr(import_module(f".{module}", __name__), called)


class Outcome(NamedTuple):
    """How a class went."""

    name: str
    passed: int
    failures: list[Problem]

    @property
    def failed(self) -> int:
        """Cases that failed; one can fail in more than one way."""
        return len({(problem.mark, problem.message.split('"')[1]) for problem in self.failures})


def run(name: str, cases: Sequence[Case]) -> Outcome:
    """Tries all cases of a class."""
    with tempfile.TemporaryDirectory(prefix="onrecord-selftest-") as folder:
        failures = [
            problem
            for n, test in enumerate(_functions(name))
            for problem in _tried(test, [case for case in cases if _takes(test, case)], Path(folder, str(n)))
        ]
    outcome = Outcome(name, 0, failures)
    return outcome._replace(passed=len(cases) - outcome.failed)


def _takes(test: Test, case: Case) -> bool:
    """Edits are tried on two states, all else that is ordinary as words of articles."""
    return case.kind != "ordinary" or (test.__name__ == "states") == ("edits" in case.given)


def _tried(test: Test, cases: Sequence[Case], work: Path, level: int = 0) -> Iterator[Problem]:
    """What failed. An exception is looked for in halves, so that it is said of which case it comes."""
    if not cases:
        return
    place = work / f"{level}-{cases[0].mark.line}"
    place.mkdir(parents=True)
    try:
        with uncollected():
            found = list(test(cases, place))
    except Exception as error:
        if len(cases) == 1:
            stage = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(stage.filename).stem}.{stage.name}"
            found = [cases[0].failed(f"{type(error).__name__} came in {where}: {error}", "no exception")]
        else:
            half = len(cases) // 2
            found = [
                *_tried(test, cases[:half], place / "a", level + 1),
                *_tried(test, cases[half:], place / "b", level + 1),
            ]
    yield from found
