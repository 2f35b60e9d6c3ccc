"""Whole documents of YAML: each is read as its text says, or refused at a place, soon and in little memory.

In: cases with a `document`, with a scalar as `typed` and what it `reads`, with a `recipe` for a large file; raw files.
A recipe is made as long as its `size` says; it is read by a process of its own, of which time and memory are measured.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NoReturn

from ..build import read
from ..cases import Case
from ..load import ARTICLES, RECORD, load
from ..problems import MOST, Mark, Problem, Sources, errors
from ..reports import REPORTS

SECONDS, MEGABYTES = 1.0, 300
"""What a refused file may cost at most, of processor time and of memory."""
_SIZES = {"": 1, "KiB": 1024, "MiB": 1024 * 1024}
_TRIES = 3
"""What takes too long is tried again and the best counts, since other work makes a machine slower and never faster."""
_SLOW = 60
"""Seconds after which a process that reads is ended."""


def documents(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    for n, case in enumerate(cases):
        root = work / str(n)
        (root / ARTICLES).mkdir(parents=True)
        if "recipe" in case.given:
            yield from _large(case, root)
        else:
            yield from _small(case, root)


def _small(case: Case, root: Path) -> Iterator[Problem]:
    if case.raw is not None:
        raw = case.raw
    elif "typed" in case.given:
        raw = f"about:\n  title: {case.given['typed']}\n  checked: 2020-01-01\n".encode()
    else:
        raw = str(case.given.get("document", case.given.get("text", ""))).encode()
    (root / RECORD).write_bytes(raw)
    record, problems = load(root)
    problems = [problem for problem in problems if problem.mark.path == RECORD]
    reports = [report(problems, Sources(root)) for report in REPORTS.values()]
    if "\x1b" in "".join(reports) or "Traceback" in "".join(reports):
        yield case.failed("a report let it through")
    lines = re.split("\r\n|\r|\n", raw.decode("utf-8-sig", "replace"))
    for problem in problems:
        if not _stands(problem.mark, lines):
            yield case.failed(f"{problem.code} came at {problem.mark.line}:{problem.mark.column}, which is no place")
    if record is None and not errors(problems):
        yield case.failed("there is no record, and no error")
    yield from case.judged(problem.code for problem in problems)
    places = [f"{problem.mark.line}:{problem.mark.column}" for problem in problems]
    if "at" in case.given and case.given["at"] not in places:
        yield case.failed(f"the places are {', '.join(places) or 'none'}", f"a place {case.given['at']}")
    if "reads" in case.given:
        title = record.about.title if record else None
        if title != case.given["reads"]:
            yield case.failed(f'"{title}" was read', f'"{case.given["reads"]}"')


def _stands(mark: Mark, lines: Sequence[str]) -> bool:
    return 1 <= mark.line <= len(lines) and 1 <= mark.column <= len(lines[mark.line - 1]) + 1


def _large(case: Case, root: Path) -> Iterator[Problem]:
    """A file made of a head, a piece as often as it fits, and a tail."""
    recipe = case.given["recipe"]
    number, unit = str(recipe["size"]).split(" ") if " " in str(recipe["size"]) else (recipe["size"], "")
    size = int(number) * _SIZES[unit]
    head, piece, tail = (str(recipe.get(part, "")).encode() for part in ("head", "piece", "tail"))
    with open(root / RECORD, "wb") as file:
        file.write(head)
        file.write(piece * ((size - len(head) - len(tail)) // len(piece)))
        file.write(tail)
    if not hasattr(os, "fork"):
        return
    tries = (_measured(root) for _ in range(_TRIES))
    first = next(tries)
    status, seconds, megabytes, codes = first if first[1] <= SECONDS else min(first, *tries, key=itemgetter(1))
    (root / RECORD).unlink()
    if os.WIFSIGNALED(status):
        yield case.failed(f"signal {os.WTERMSIG(status)} ended the process", "an answer")
        return
    if os.WEXITSTATUS(status):
        yield case.failed("an exception ended the reading", "an answer")
        return
    yield from case.judged(codes)
    if codes and seconds > SECONDS:
        yield case.failed(f"it took {seconds:.1f} s", f"at most {SECONDS:.0f} s of processor time")
    if codes and megabytes > MEGABYTES:
        yield case.failed(f"it took {megabytes} MiB", f"at most {MEGABYTES} MiB of memory")


def _measured(root: Path) -> tuple[int, float, int, list[str]]:
    """How a process that reads a project and reports on it ended, its seconds, the memory for it, and the codes."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _child(root, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        taken, *codes = pipe.read().split() or ["0"]
    _, status, usage = os.wait4(pid, 0)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return status, usage.ru_utime + usage.ru_stime, int(taken) // unit, codes


def _child(root: Path, writing: int) -> NoReturn:
    code = 1
    try:
        import signal

        signal.alarm(_SLOW)
        before = _peak()  # what this process shares with the one that it was copied from
        found = read(root).problems
        for name in ("text", "github"):
            REPORTS[name](found[:MOST], Sources(root))
        codes = sorted({problem.code for problem in found})
        os.write(writing, " ".join([str(_peak() - before), *codes]).encode())
        code = 0
    finally:
        os._exit(code)


def _peak() -> int:
    """The most memory that this process has held, in the system's unit."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
