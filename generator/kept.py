"""Bytes that took long to make of a project, kept for its next build: `get` and `put` by kind and key.

They lie in the user's own cache, in folders that nobody else can write to, and never in the project. That may come from
strangers, with what would be published without another look: an index is script of the site, the past is what readers
are told. Nothing depends on what is kept: a file that is gone, cut short or changed counts as none, and one that can't
be written is not kept. Of each kind the newest few stay, and of projects.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

import platformdirs

MOST = 3
FOLDERS = 8
"""Folders of one kind that stay: projects, or editions of compiled templates."""
_DIGEST = hashlib.sha256().digest_size


def get(root: Path, kind: str, key: str) -> bytes | None:
    """What was kept of a project under a key (a file name); None where nothing whole is there."""
    if not _usable(root):
        return None
    path = project(root) / kind / key
    try:
        content = path.read_bytes()
    except OSError:
        return None
    body = content[_DIGEST:]
    if content[:_DIGEST] != hashlib.sha256(body).digest():
        return None
    with suppress(OSError):
        os.utime(path)  # the newest stay
    return body


def put(root: Path, kind: str, key: str, body: bytes) -> None:
    """Keeps bytes under a key, whole or not at all, and lets go of the oldest."""
    if not _usable(root):
        return
    folder = project(root) / kind
    with suppress(OSError):
        folder.mkdir(0o700, exist_ok=True)
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


def cache() -> Path:
    """Where this user keeps what we made."""
    return platformdirs.user_cache_path("onrecord")


def project(root: Path) -> Path:
    """The folder of what is kept of a project; it need not be there."""
    return cache() / "projects" / hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]


def _usable(root: Path) -> bool:
    """Whether the folder of a project is there, and nobody else's; not where the user's cache lies in the project."""
    folder = project(root)
    if folder.resolve().is_relative_to(root.resolve()) or not own(folder):
        return False
    with suppress(OSError):
        os.utime(folder)
    return True


def own(folder: Path) -> bool:
    """Makes a folder that nobody else can write to, in the place of the oldest beside it; whether there is one."""
    try:
        if not folder.is_dir():
            folder.parent.mkdir(0o700, parents=True, exist_ok=True)
            folder.mkdir(0o700)
            others = sorted(folder.parent.iterdir(), key=lambda other: other.stat().st_mtime_ns)
            for other in others[:-FOLDERS]:
                shutil.rmtree(other, ignore_errors=True)
        places = [place.lstat() for place in (folder, folder.parent)]
    except OSError:
        return False
    if not all(stat.S_ISDIR(place.st_mode) for place in places):
        return False
    if not hasattr(os, "getuid"):  # Windows keeps the folders of users apart
        return True
    return all(place.st_uid == os.getuid() and not place.st_mode & 0o022 for place in places)
