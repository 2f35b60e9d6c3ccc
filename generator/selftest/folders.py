"""Files that are no files: links, pipes, folders, other encodings, line ends, names.

In: cases with `files`. Out: failures. Each is put into a copy of the small publication in `base/`: a text, or a mapping
with one of `link` (to what), `bytes`, `before` and `behind` (hexadecimal digits), `encoding`, line `ends`, `folder`,
`pipe` and `gone`. The errors of the check count.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..build import read
from ..cases import Case
from ..problems import Problem, Severity, Sources
from ..reports import REPORTS

BASE = Path(__file__).parent / "base"
_ENDS = {"crlf": "\r\n", "cr": "\r", "lf": "\n"}


def folders(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    for n, case in enumerate(cases):
        root = work / str(n) / "project"
        shutil.copytree(BASE, root)
        (root.parent / "outside.md").write_text("---\n---\n\nWords from outside.\n", encoding="utf-8")
        (root.parent / "outside").mkdir()
        try:
            for name, what in case.given.get("files", {}).items():
                put(root, name, what)
        except (NotImplementedError, PermissionError):
            continue  # this machine has no such files
        problems = read(root).problems
        for report in REPORTS.values():
            report(problems, Sources(root))
        yield from case.judged(problem.code for problem in problems if problem.severity is Severity.ERROR)


def put(root: Path, name: str, what: str | Mapping[str, Any]) -> None:
    """Puts a file, or what is none, in the place of what is there."""
    path = root / name
    given = {"text": what} if isinstance(what, str) else what
    old = path.read_bytes() if path.is_file() else b""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    match next(iter(given)):
        case "link":
            path.symlink_to(given["link"])
        case "hard":
            os.link(root / given["hard"], path)
        case "pipe":
            if not hasattr(os, "mkfifo"):
                raise NotImplementedError
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "bytes":
            path.write_bytes(bytes.fromhex(given["bytes"]))
        case "before":
            path.write_bytes(bytes.fromhex(given["before"]) + old)
        case "behind":
            path.write_bytes(old + bytes.fromhex(given["behind"]))
        case "encoding":
            path.write_bytes(old.decode().encode(given["encoding"]))
        case "ends":
            path.write_bytes(old.replace(b"\n", _ENDS[given["ends"]].encode()))
        case "gone":
            pass
        case _:
            path.write_text(given["text"], encoding="utf-8", newline="")
