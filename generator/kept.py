"""Bytes that took long to make, kept in a folder for the next build: `get` and `put` by key.

Nothing depends on what is kept: a file that is gone, cut short or changed counts as none, and one that can't be
written is not kept. The newest few stay; where a folder is a link, nothing is read, written or taken away.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

MOST = 3
_DIGEST = hashlib.sha256().digest_size


def get(folder: Path, key: str) -> bytes | None:
    """What was kept under a key (a file name); None where nothing whole is there."""
    path = folder / key
    try:
        content = path.read_bytes() if _ours(folder) else b""
    except OSError:
        return None
    body = content[_DIGEST:]
    if content[:_DIGEST] != hashlib.sha256(body).digest():
        return None
    with suppress(OSError):
        os.utime(path)  # the newest stay
    return body


def put(folder: Path, key: str, body: bytes) -> None:
    """Keeps bytes under a key, whole or not at all, and lets go of the oldest."""
    if not _ours(folder):
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(".*"):  # left by a run that was killed; one that is still at work does without
            path.unlink()
        handle, name = tempfile.mkstemp(prefix=".", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).digest() + body)
            os.replace(name, folder / key)
        except OSError:
            os.unlink(name)
            raise
        files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for path in files[:-MOST]:
            path.unlink()


def _ours(folder: Path) -> bool:
    """Whether neither a folder of ours (".cache/onrecord/name") nor one above it, up to the project's, is a link.

    A link may come with a project that others made, and lead to files of ours that nobody would miss until later.
    """
    return not any(path.is_symlink() for path in (folder, *folder.parents[:2]))
