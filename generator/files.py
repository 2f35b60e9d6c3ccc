"""The files of a project: how they are read, whole or refused at a place, and how one takes the place of another.

No link, folder, pipe or device is read, and nothing outside of the project.
"""

import ctypes
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from .problems import Mark, Problem, Refused

_WIDE = re.compile(b"[\xf0-\xf4]")
MOST_WIDE = 48 * 1024 * 1024
"""One character of four bytes, such as an emoji, has Python hold each letter of a text in four."""


class Files(Protocol):
    """Where the files of a project are read: a folder, or a past state of it."""

    def names(self, folder: str) -> list[str]:
        """What lies in a folder, sorted; nothing where there is no such folder."""

    def below(self, name: str) -> Iterator[str]:
        """The paths of all that lies at a name or below it and is no folder, in no order. Links are not followed."""

    def text(self, name: str, limit: int) -> str:
        """As `read_text`."""


class Folder(NamedTuple):
    """The files of a project as they lie on disk."""

    root: Path

    def names(self, folder: str) -> list[str]:
        path = self.root / folder
        return sorted(entry.name for entry in os.scandir(path)) if path.is_dir() else []

    def text(self, name: str, limit: int) -> str:
        return read_text(self.root, name, limit)

    def raw(self, name: str) -> bytes:
        """The bytes of a file that need be no text; of a link, where it leads; nothing of what is neither."""
        path = self.root / name
        if path.is_symlink():
            return os.fsencode(os.readlink(path))
        return path.read_bytes() if path.is_file() else b""

    def below(self, name: str) -> Iterator[str]:
        todo = [name] if os.path.lexists(self.root / name) else []
        while todo:
            at = todo.pop()
            if (self.root / at).is_symlink() or not (self.root / at).is_dir():
                yield at
            else:
                todo += (f"{at}/{entry}" for entry in os.listdir(self.root / at))


def read_text(root: Path, name: str, limit: int) -> str:
    """The text of a file of the project, line ends as LF. Raises `Refused` for what is no plain UTF-8 text file."""
    path = root / name
    try:
        found = path.lstat()
        real = path.resolve(strict=True)
    except RuntimeError as error:  # what Python before 3.13 says of a link that leads to itself
        raise _refusal(
            "not-a-regular-file", Mark(name), f'"{name}" is a link that leads to itself', "put the file itself there"
        ) from error
    except OSError as error:
        message = "not found" if isinstance(error, FileNotFoundError) else f"can't be read: {error.strerror}"
        raise _refusal(
            "missing-file", Mark(name), f'"{name}" is {message}', f'put it into "{root.resolve().name}/"'
        ) from error
    if not stat.S_ISREG(found.st_mode) or not real.is_relative_to(root.resolve()):
        raise _refusal(
            "not-a-regular-file",
            Mark(name),
            f'"{name}" is not a plain file of the project',
            "put the file itself there: no link, folder, pipe or device is read",
        )
    if found.st_size > limit:
        raise _refusal(
            "too-large", Mark(name), f"the file has {found.st_size:,} bytes, at most {limit:,} are read", "split it"
        )
    with open(path, "rb") as file:
        raw = file.read(limit + 1)
    return decoded(name, raw)


def decoded(name: str, raw: bytes) -> str:
    """Bytes of a file as text, line ends as LF. Raises `Refused` for what is no UTF-8."""
    # All that can be is done while they are bytes: a text with one rare letter in it takes four times as much.
    if (nul := raw.find(b"\0")) >= 0:
        raise _undecodable(name, raw, nul)
    if len(raw) > MOST_WIDE and (rare := _WIDE.search(raw)):
        said = f"the file has {len(raw):,} bytes; with a character of four bytes in it, at most {MOST_WIDE:,} are read"
        raise _refusal("too-large", _mark(name, raw, rare.start()), said, "split it")
    mended = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw
    try:
        return mended.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _undecodable(name, raw, len(raw)) from None


def _undecodable(name: str, raw: bytes, nul: int) -> Refused:
    """What to say of bytes that are no UTF-8, or of the first NUL among them."""
    at, why = nul, "is NUL: this is not a text file"
    try:
        raw[:nul].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at, why = error.start, f"(0x{raw[error.start]:02X}) is not UTF-8"
    return _refusal("not-utf8", _mark(name, raw, at), f"byte {at} {why}", "save the file as UTF-8")


def _mark(name: str, raw: bytes, at: int) -> Mark:
    """The place of a byte."""
    before = raw[:at].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return Mark(name, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _refusal(code: str, mark: Mark, message: str, help: str) -> Refused:
    return Refused([Problem(mark, message, help, code)])


def replace(path: Path, text: str) -> None:
    """Writes a file beside the old one and puts it in its place in one step, so that no fault can leave half of it."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one atomic step where the system can (Linux, macOS); False where it can't."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
    except (OSError, TypeError):
        return False
    first, second = os.fsencode(one), os.fsencode(other)
    at_fdcwd, rename_exchange, rename_swap = -100, 2, 2
    if hasattr(libc, "renameat2"):
        return bool(libc.renameat2(at_fdcwd, first, at_fdcwd, second, rename_exchange) == 0)
    if hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(first, second, rename_swap) == 0)
    return False
