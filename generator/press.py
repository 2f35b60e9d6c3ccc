"""Files by their addresses -> the site on disk: lock, staging folder and swap.

Everything is written into a staging folder beside the site and takes the site's place in one step at the very end, so
that after any failure the site is the old one, whole.
"""

import errno
import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .files import exchange
from .lasting import settle, take_over
from .manifest import NAME as MANIFEST
from .manifest import Entry, Manifest, complete, entry, pieces, plain_files
from .problems import Mark, Problem, Refused

_LOCKED = re.compile(rb"(\d{1,10}) (\d{1,20})\n")


class Press:
    """Writes one build: takes the lock, fills the staging folder, swaps it in. `open`, `write`, `swap`, `close`."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.staging = site.with_name(f".{site.name}.staging")
        self._retired = site.with_name(f".{site.name}.retired")
        self._lock = site.with_name(f".{site.name}.lock")
        self._held: int | None = None
        self._home, self._old = str(self.staging), str(site)
        self._made: set[str] = set()
        self._written: dict[str, Entry] = {}
        self._umask, self._tempdir = 0, tempfile.tempdir

    @property
    def begun(self) -> bool:
        """Whether a build is at work here, or was killed before its end."""
        return any(map(os.path.lexists, (self._lock, self.staging, self._retired)))

    def open(self) -> None:
        """Takes the lock and begins an empty staging folder.

        Raises `Refused` where another build is at work, and where what is at the site's place is no site.
        """
        if why := _no_site(self.site):
            said = f'"{self.site.name}" {why}, and would be replaced'
            help = "build somewhere else (site_dir, --site-dir), or take it away first"
            raise Refused([Problem(Mark(self.site.name), said, help, "not-a-site")])
        self.site.parent.mkdir(parents=True, exist_ok=True)
        held = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = _holder(os.read(held, 100))
            os.close(held)
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
            raise Refused([Problem(Mark(self.site.name), who, "wait for it to end", "build-locked")]) from None
        if not _is(held, self._lock):  # its last holder took it away before we had it
            os.close(held)
            self.open()
            return
        self._held, self._umask = held, os.umask(0o022)  # a site is for everybody to read, whoever builds it
        with suppress(OSError):  # who we are is a courtesy
            os.ftruncate(held, 0)
            os.pwrite(held, f"{os.getpid()} {int(time.time())}\n".encode(), 0)
        if not self.site.exists() and self._retired.is_dir() and not self._retired.is_symlink():
            os.rename(self._retired, self.site)  # a run was killed between the two steps of a swap without exchange
        for leftover in (self.staging, self._retired):
            if leftover.is_symlink() or leftover.is_file():
                leftover.unlink()
            else:
                shutil.rmtree(leftover, ignore_errors=True)
        self.staging.mkdir()
        tempfile.tempdir = str(self.staging)  # whatever a killed build was at goes with the folder

    def write(self, address: str, content: bytes | Iterable[bytes]) -> None:
        """Puts a file, whole or in pieces, at an address relative to the site. Raises `Refused` if one is there.

        What the old site has at the address is taken over where it says the same.
        """
        # For tens of thousands of small files, the system's plain calls cost half of what others do.
        folder = address.rpartition("/")[0]
        if folder not in self._made:
            self._make(folder)
        old, new = f"{self._old}/{address}", f"{self._home}/{address}"
        try:
            if isinstance(content, bytes) and take_over(old, new, content):
                self._written[address] = entry((content,))
                return
            file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            raise _taken(address) from None
        try:
            self._written[address] = entry(_through(file, (content,) if isinstance(content, bytes) else content))
        finally:
            os.close(file)
        if not isinstance(content, bytes):
            settle(old, new)

    def written(self) -> Mapping[str, Entry]:
        """What was written so far, for `take` in the process that this one was copied from."""
        return self._written

    def take(self, written: Mapping[str, Sequence[Any]]) -> None:
        """Takes what another process wrote into the same folder for its own."""
        self._written |= {address: Entry(*values) for address, values in written.items()}

    def _make(self, folder: str) -> None:
        """Makes a folder and those above it, asking the system no more than it must."""
        above = folder.rpartition("/")[0]
        if above and above not in self._made:
            self._make(above)
        try:
            os.mkdir(f"{self._home}/{folder}")
        except FileExistsError:  # MkDocs or the top of the site made it
            if not os.path.isdir(f"{self._home}/{folder}"):
                raise _taken(folder) from None
        self._made.add(folder)

    def seal(self, generator: str, edition: str, url: str) -> None:
        """Writes `build.json`, which names every file in the staging folder, MkDocs' own too."""
        for name, _ in plain_files(self.staging):
            if name not in self._written:
                settle(f"{self._old}/{name}", f"{self._home}/{name}")
        files = complete(self.staging, self._written)
        self.write(MANIFEST, pieces(Manifest(generator, edition, url, files)))

    def swap(self) -> None:
        """Puts the staging folder in the site's place in one step, then clears the old one away."""
        if not self.site.exists():
            os.rename(self.staging, self.site)
        elif exchange(self.staging, self.site):
            shutil.rmtree(self.staging, ignore_errors=True)
        else:
            os.rename(self.site, self._retired)
            os.rename(self.staging, self.site)
            shutil.rmtree(self._retired, ignore_errors=True)

    def close(self) -> None:
        """Lets go of the lock and removes what a failed build left. Safe to call twice."""
        if self._held is None:
            return
        shutil.rmtree(self.staging, ignore_errors=True)
        self._lock.unlink(missing_ok=True)
        os.umask(self._umask)
        tempfile.tempdir = self._tempdir
        os.close(self._held)
        self._held = None


def _through(file: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Writes pieces to an open file as they pass."""
    for piece in pieces:
        left = memoryview(piece)
        while left:
            left = left[os.write(file, left) :]
        yield piece


def _taken(address: str) -> Refused:
    said = f'the address "{address}" belongs to a file that is made of the record'
    return Refused([Problem(Mark(f"content/{address}"), said, "rename it", "written-address")])


def _holder(said: bytes) -> str:
    """Who is building, by what stands in the lock, and since when, where the clock was not set back meanwhile."""
    found = _LOCKED.fullmatch(said)
    age = time.time() - int(found[2]) if found else -1
    since = f", begun {age:.0f} s ago" if age >= 0 else ""
    return f"{f'process {int(found[1])}' if found else 'another process'} is building this site{since}"


def _no_site(path: Path) -> str | None:
    """Why a site must not take the place of what is at a path, as a clause; None where nothing or a site is there."""
    if path.name.startswith("."):
        return "is a hidden folder"
    if not path.exists() and not path.is_symlink():
        return None
    if path.is_symlink() or not path.is_dir():
        return "is no folder"
    names = {entry.name for entry in os.scandir(path)}
    if hidden := sorted(name for name in names if name.startswith(".")):
        return f'holds "{hidden[0]}"'
    if names and (names.isdisjoint({"index.html", "claims"}) or "mkdocs.yml" in names):
        return "is a folder of something else"
    return None


def _is(held: int, path: Path) -> bool:
    """Whether an open file is the one at a path."""
    try:
        return os.path.samestat(os.fstat(held), os.stat(path))
    except FileNotFoundError:
        return False
