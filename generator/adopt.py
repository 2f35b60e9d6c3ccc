"""What reviews made elsewhere add to a record -> `claims.yaml` and `addresses.lock`, both or neither.

The record is read as it would be before anything is written: what the reader would refuse is never stored.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from . import addresses
from .build import uncollected
from .files import Files, read_text, replace
from .imports.entries import Additions
from .insert import with_entries
from .load import RECORD, load
from .model import Record
from .problems import Problem, Refused, Severity
from .reader import LIMITS


class Adopted(NamedTuple):
    """The two files as they would be."""

    record: str
    addresses: str


class Changed(NamedTuple):
    """The files of a project, of which some are as they would be."""

    files: Files
    texts: Mapping[str, str]

    def names(self, folder: str) -> list[str]:
        here = {name for name in self.texts if "/" not in name} if not folder else set()
        return sorted(here.union(self.files.names(folder)))

    def text(self, name: str, limit: int) -> str:
        return self.texts[name] if name in self.texts else self.files.text(name, limit)


def adopted(files: Files, record: Record, added: Additions, found: list[Problem]) -> Adopted:
    """The files with what is added. `found` are the problems of the record as it is. Raises `Refused`."""
    text = files.text(RECORD, LIMITS["file"])
    with uncollected():
        made = with_entries(text, added.lists, added.claims)
        after, problems = load(Changed(files, {RECORD: made}))
    before = {(p.code, p.message) for p in found}
    new = [p for p in problems if p.severity is Severity.ERROR and (p.code, p.message) not in before]
    if len(made.encode()) > LIMITS["file"]:
        said = f"the record would have more than {LIMITS['file']:,} bytes"
        new.append(
            Problem(record.at(), said, "import a part of the file, or begin a publication of its own", "too-large")
        )
    if new or after is None:
        raise Refused(new)
    return Adopted(made, addresses.lock_text(addresses.living(after).union(record.addresses)))


def store(root: Path, files: Adopted) -> None:
    """Writes both files. If the second can't be written, the first is taken back."""
    old = read_text(root, RECORD, LIMITS["file"])
    replace(root / RECORD, files.record)
    try:
        replace(root / addresses.LOCK, files.addresses)
    except BaseException:
        replace(root / RECORD, old)
        raise
