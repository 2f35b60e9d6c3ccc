"""Two states of a publication: what is tampered with is refused, flagged or listed, and ordinary edits raise nothing.

In: cases with `edits` of the small publication in `base/`: a file (`in`, else the record) in which `old` becomes `new`,
that is `added` or `removed`. `lock: again` has articles.lock follow, as somebody would who hides a change. `expect` are
the codes of `onrecord diff`, and of `onrecord check` those of errors of the new state.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..build import read
from ..cases import Case
from ..diff import diff, edition
from ..files import Folder
from ..load import LOCK, RECORD, load, lock_text
from ..problems import Problem, Severity

BASE = Path(__file__).parent / "base"


def states(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    before = {path.relative_to(BASE).as_posix(): path.read_text("utf-8") for path in BASE.rglob("*") if path.is_file()}
    root = work / "base"
    _write(root, before)
    base = edition("base", Folder(root))
    for n, case in enumerate(cases):
        try:
            after = edited(before, case.given.get("edits", []))
        except ValueError as error:
            yield case.failed(str(error), "edits that fit the publication in base/")
            continue
        head = work / str(n)
        _write(head, after)
        if case.given.get("lock") == "again" and (record := load(head).record) is not None:
            (head / LOCK).write_text(lock_text(record.articles), encoding="utf-8")
        found = diff(base, edition("head", Folder(head)))
        wrong = [problem.code for problem in read(head).problems if problem.severity is Severity.ERROR]
        yield from case.judged([*(flag.code for flag in found.flags if flag.code != "unreadable"), *wrong])
        if after != before and case.given.get("listed") != "no" and not found.entries:
            yield case.failed("nothing is listed", "a line of what changed")


def edited(files: Mapping[str, str], edits: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The files with these edits. Raises `ValueError` where one does not fit."""
    found = dict(files)
    for edit in edits:
        path = edit.get("in", RECORD)
        if "added" in edit:
            found[path] = edit["added"]
        elif path not in found:
            raise ValueError(f'there is no file "{path}"')
        elif "removed" in edit:
            del found[path]
        elif found[path].count(edit["old"]) != 1:
            raise ValueError(f'"{edit["old"]}" stands {found[path].count(edit["old"])} times in "{path}"')
        else:
            found[path] = found[path].replace(edit["old"], edit["new"])
    return found


def _write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
