"""Cases from YAML files: each is a parameter of a test, and says which problems are found where."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from publications import HERE

from generator.load import RECORD
from generator.problems import Mark, Problem


def cases(*folders: str) -> list[Any]:
    """The cases of all YAML files of a folder of tests, as parameters; each knows its `file`."""
    found = []
    for folder in folders:
        for path in sorted((HERE / folder).glob("*.yaml")):
            for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):
                found.append(pytest.param({**case, "file": path.stem}, id=f"{path.stem}: {case['name']}"))
    return found


def _under(root: Path, mark: Mark) -> tuple[str, str]:
    """The characters of a file that are under the carets of a mark, and the line on which they are."""
    lines = (root / mark.path).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    line = lines[mark.line - 1]
    return line[mark.column - 1 : mark.column - 1 + max(mark.length, 1)], line.strip()


def check_problems(root: Path, problems: Iterable[Problem], expected: Iterable[Mapping[str, str]] | None) -> None:
    """Compares problems with those of a case: `at`, `says`, and of `in`, `on`, `code`, `level`, `help` what it names.

    `at` are the characters under the carets, with `on`, their line, where the file has them more than once; so line
    and column are held. "1:1" is the file as a whole.
    """
    wanted = [{"in": RECORD, **want} for want in expected or ()]
    real = []
    for p in problems:
        at, on = ("1:1", "") if p.mark[1:] == (1, 1, 1) else _under(root, p.mark)
        said = {"code": p.code, "level": p.severity.value, "says": p.message, "help": p.help}
        real.append({"in": p.mark.path, "at": at, "on": on, **said})
    shown = [{key: have[key] for key in want} for have, want in zip(real, wanted, strict=False)]
    assert shown + real[len(wanted) :] == wanted
    for want in wanted:
        if "on" not in want and want["at"] != "1:1":
            text = (root / want["in"]).read_bytes().decode("utf-8-sig", "replace")
            assert text.count(want["at"]) == 1, f'the file has "{want["at"]}" more than once; add "on: ..."'
