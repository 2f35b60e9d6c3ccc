"""What reviews made elsewhere add to a record -> its files and `addresses.lock`, all or none.

The record is read as it would be before anything is written: what the reader would refuse is never stored.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from . import addresses
from .build import uncollected
from .files import Files, read_text, replace
from .imports.entries import Additions
from .insert import with_entries
from .limits import LIMITS
from .load import RECORD, load
from .model import Record
from .problems import Mark, Problem, Refused, Severity


class Adopted(NamedTuple):
    """The files as they would be."""

    texts: Mapping[str, str]
    """Those of the record in which something changes, by path."""
    addresses: str


class Changed(NamedTuple):
    """The files of a project, of which some are as they would be."""

    files: Files
    texts: Mapping[str, str]

    def names(self, folder: str) -> list[str]:
        here = {name for name in self.texts if "/" not in name} if not folder else set()
        return sorted(here.union(self.files.names(folder)))

    def below(self, name: str) -> Iterator[str]:
        return self.files.below(name)

    def text(self, name: str, limit: int) -> str:
        return self.texts[name] if name in self.texts else self.files.text(name, limit)


def adopted(files: Files, record: Record, added: Additions, found: list[Problem]) -> Adopted:
    """The files with what is added. `found` are the problems of the record as it is. Raises `Refused`."""
    homes = {claim.id: claim.path for claim in record.claims}
    made: dict[str, str] = {}
    with uncollected():
        for path in sorted({RECORD, *homes.values()}):
            lists = added.lists if path == RECORD else {}
            claims = {id: more for id, more in added.claims.items() if homes.get(id, RECORD) == path}
            if lists or claims:
                made[path] = with_entries(files.text(path, LIMITS["file"]), lists, claims, path)
        after, problems = load(Changed(files, made))
    before = {(p.code, p.message) for p in found}
    new = [p for p in problems if p.severity is Severity.ERROR and (p.code, p.message) not in before]
    for path, text in made.items():
        if len(text.encode()) > LIMITS["file"]:
            said = f"the file would have more than {LIMITS['file']:,} bytes"
            help = "import a part of the file, or begin a publication of its own"
            new.append(Problem(Mark(path), said, help, "too-large"))
    if new or after is None:
        raise Refused(new)
    return Adopted(made, addresses.lock_text(addresses.living(after).union(record.addresses)))


def store(root: Path, files: Adopted) -> None:
    """Writes all files. If one can't be written, those before it are taken back."""
    old = {path: read_text(root, path, LIMITS["file"]) for path in files.texts}
    try:
        for path, text in files.texts.items():
            replace(root / path, text)
        replace(root / addresses.LOCK, files.addresses)
    except BaseException:
        for path, text in old.items():
            replace(root / path, text)
        raise
