"""Project folder -> `Publication` and problems, with what every door needs before and beside MkDocs.

`read` does the work that `check` and `build` share: load, assemble, lint. It opens no connection and starts no program.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from . import lint, written
from .load import load
from .parsed import Known
from .problems import Problem, in_order
from .publication import Publication, assemble


class Reading(NamedTuple):
    """What a project holds: None where there is no record to speak of; and everything wrong with it."""

    publication: Publication | None
    problems: list[Problem]


def read(root: Path, known: Known | None = None) -> Reading:
    """Loads, assembles and lints a project, its hand-written pages too. `known` is as for `load`."""
    with uncollected():
        record, problems = load(root, known)
        if record is None:
            return Reading(None, in_order(problems))
        pub = assemble(record)
        return Reading(pub, in_order([*problems, *lint.run(pub), *written.check(root, pub)]))


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps Python's cycle collector quiet: a large record is all objects that stay, and looking at them costs."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
        gc.freeze()
