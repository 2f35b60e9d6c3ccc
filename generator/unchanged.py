"""What a build is made of -> whether the site that stands is already the one that it would make.

`fingerprint` digests all that a build depends on. `remember` notes after a build which site it made, by the stamps that
the system gives to files and nobody can choose; `recall` tells whether that very site still stands. Where something
may be at work that we don't know (hooks, other plugins or extensions, settings from elsewhere), every build is done in
full.
"""

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from . import kept
from .addresses import LOCK as ADDRESSES
from .claimfiles import FOLDER as CLAIMS
from .load import LOCK, RECORD
from .press import Press
from .problems import Problem, revived, stored
from .revisions import Lost, repository

KEPT = "built"
_SETTINGS = "mkdocs.yml"
_ELSEWHERE = (b"INHERIT", b"!ENV", b"!relative", b"!!python", b"hooks", b"custom_dir")
"""Words in mkdocs.yml by which it takes something from elsewhere."""
_MARKDOWN = {
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs"),
    *("legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
}
"""Python-Markdown's own extensions. They read nothing but the page; of others nobody knows."""
_CODE = Path(__file__).parent
_LIBRARIES = (
    "Babel",
    "edtf",
    "Jinja2",
    "Markdown",
    "MarkupSafe",
    "mkdocs",
    "mkdocs-material",
    "pagefind-bin",
    "Pygments",
    "PyYAML",
)


class Built(NamedTuple):
    """What a build said."""

    claims: int
    articles: int
    told: Sequence[Problem]


def fingerprint(root: Path, content: Path, site: Path, extensions: Iterable[str], *options: object) -> str | None:
    """A digest of all that the build of a project into the folder `site` depends on; None where that can't be known.

    `extensions` are those of Markdown, by name; `options` whatever else was asked for.
    """
    settings = (root / _SETTINGS).read_bytes()
    if any(word in settings for word in _ELSEWHERE):
        return None
    if not _MARKDOWN.issuperset(name.removeprefix("markdown.extensions.") for name in extensions):
        return None
    said = [_versions(), _head(root), str(site), os.environ.get("SOURCE_DATE_EPOCH"), *options]
    digest = hashlib.sha256(json.dumps(said, default=str).encode())
    paths = [os.fspath(root / name) for name in (_SETTINGS, RECORD, LOCK, ADDRESSES)]
    folders = [content, _CODE, *([root / CLAIMS] if (root / CLAIMS).is_dir() else [])]
    for path in (*paths, *(path for folder in folders for path in _below(folder))):
        raw = b""
        if os.path.isfile(path) and not os.path.islink(path):  # anything else is told by the build
            with open(path, "rb") as file:
                raw = file.read()
        digest.update(f"{path}\0{len(raw)}\0".encode(errors="surrogateescape") + raw)
    return digest.hexdigest()


def remember(root: Path, key: str, site: Path, built: Built) -> None:
    """Notes that the site which stands was made of what has this fingerprint. Call it while no other may be built."""
    told = [stored(problem) for problem in built.told]
    noted = {"stamp": _stamp(site), "claims": built.claims, "articles": built.articles, "told": told}
    kept.put(root, KEPT, key, json.dumps(noted).encode())


def recall(root: Path, key: str, site: Path) -> Built | None:
    """What the build said that made the site which stands of this; None where it is another or was touched.

    None, too, where another build is at work, or was killed and left what the next one clears away.
    """
    if Press(site).begun or (raw := kept.get(root, KEPT, key)) is None:
        return None
    try:
        noted = json.loads(raw)
        built = Built(int(noted["claims"]), int(noted["articles"]), [revived(values) for values in noted["told"]])
        return built if noted["stamp"] == _stamp(site) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _stamp(site: Path) -> str:
    """A digest of names, modes, sizes, places on the disk and last changes of all files of a site, and of its folders.

    The system sets the time of the last change (ctime) by itself: no file that came from elsewhere has the same. Of
    folders, name and mode count: what else changes of them is seen in their files.
    """
    found: list[tuple[str, int, *tuple[int, ...]]] = []
    todo = [os.fspath(site)]
    while todo:
        folder = todo.pop()
        found.append((folder, os.lstat(folder).st_mode))
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    todo.append(entry.path)
                else:
                    at = entry.stat(follow_symlinks=False)
                    found.append((entry.path, at.st_mode, at.st_size, at.st_ino, at.st_ctime_ns))
    return hashlib.sha256(repr(sorted(found)).encode(errors="surrogateescape")).hexdigest()


def _below(folder: str | Path) -> Iterator[str]:
    """The paths of all that is no folder below a folder, in order; Python's own caches left out."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if not entry.is_dir(follow_symlinks=False):
            yield entry.path
        elif entry.name != "__pycache__":
            yield from _below(entry.path)


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _head(root: Path) -> str:
    """The commit from which the past is told, and those at which a shallow clone ends."""
    try:
        with repository(root) as git:
            return " ".join((git.head, *git.ends))
    except Lost as lost:
        return str(lost)
