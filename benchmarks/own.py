"""What one publication costs Onrecord: builds from nothing, after an edit and after none, checks, and the index.

Everything goes through the command `onrecord`, each time in a process of its own.
"""

import re
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from generator import kept

from .measure import Cost, median, run

COMMAND = str(Path(sys.executable).parent / "onrecord")
BUILD = (COMMAND, "build", "--no-search")
_SEARCH = (COMMAND, "build")
_CHECK = (COMMAND, "check")
_KEPT = (".cache", "resources")
"""What other builders keep beside their site between two runs."""


def clean(folder: Path) -> None:
    """Takes away what a run left, so that the next one is cold."""
    for left in (kept.project(folder), *(folder / name for name in ("site", *_KEPT))):
        shutil.rmtree(left, ignore_errors=True)


def edit(project: Path) -> None:
    """Changes the text of a claim in the middle of the record; each call makes another text of it."""
    record = project / "claims.yaml"
    text = record.read_text()
    places = [match.end() for match in re.finditer(r"^  - id: claim-\d+\n    text: ", text, re.MULTILINE)]
    middle = places[len(places) // 2]
    record.write_text(f"{text[:middle]}Edited {text[middle:]}")


def steps(project: Path) -> dict[str, tuple[Callable[[Path], None], Sequence[str], int]]:
    """Name -> what to do before it, the command, and how many cores it has (0: all). The order matters."""

    def nothing(project: Path) -> None:
        pass

    return {
        "check, cold": (clean, _CHECK, 0),
        "check after one edit": (edit, _CHECK, 0),
        "build on one core, cold": (clean, BUILD, 1),
        "build on two cores, cold": (clean, BUILD, 2),
        "build after no change": (nothing, BUILD, 0),
        "build after one edit": (edit, BUILD, 0),
        "build with index, cold": (clean, _SEARCH, 0),
        "build with index, after one edit": (edit, _SEARCH, 0),
    }


def figures(project: Path, rounds: int) -> dict[str, Cost]:
    """The median of each figure, from rounds that take all steps in turn."""
    taken: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        for name, (before, command, cores) in steps(project).items():
            before(project)
            taken.setdefault(name, []).append(run(command, project, cores=cores))
    return {name: median(costs) for name, costs in taken.items()}
