"""What each file of a project said when it was read last, so that a file which is unchanged is not parsed again.

For a program that reads the same project over and over, such as a server. A memory holds one state: what a text says
takes the place of what the text before it at the same path said.
"""

import hashlib
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from .piecewise import Claims
from .problems import Problem, Refused
from .reader import Reference, Stop

T = TypeVar("T")


class Parsed(NamedTuple):
    """A text by its digest; what it was read as, None where it can't be read; what was wrong, and what it names."""

    digest: bytes
    said: Any
    problems: list[Problem]
    references: list[Reference]


@dataclass(slots=True)
class Known:
    """What is known of a project, by path."""

    files: dict[str, Parsed] = field(default_factory=dict)
    claims: dict[str, Claims] = field(default_factory=dict)
    """Of files that hold claims: each claim by itself."""

    def forget(self, paths: Container[str]) -> None:
        """Keeps what is known of these paths only."""
        self.files = {path: found for path, found in self.files.items() if path in paths}
        self.claims = {path: found for path, found in self.claims.items() if path in paths}


Parse = Callable[[list[Problem], list[Reference]], T]
"""Reads one certain text; it may raise `Refused` or `Stop`."""


def parsed(
    known: Known | None, path: str, text: str, problems: list[Problem], references: list[Reference], parse: Parse[T]
) -> T | None:
    """What a text is read as, with its problems and references added; None, with a problem, where it can't be."""
    digest = b"" if known is None else hashlib.sha256(text.encode()).digest()
    found = None if known is None else known.files.pop(path, None)
    if found is None or found.digest != digest:
        found = _read(digest, parse)
    if known is not None:
        known.files[path] = found
    problems += found.problems
    references += found.references
    said: T | None = found.said
    return said


def _read(digest: bytes, parse: Parse[T]) -> Parsed:
    problems: list[Problem] = []
    references: list[Reference] = []
    said = None
    try:
        said = parse(problems, references)
    except Refused as refusal:
        problems += refusal.problems
    except Stop:
        pass  # the reason is among the problems
    return Parsed(digest, said, problems, references)
