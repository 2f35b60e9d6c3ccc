"""`build.json`: what a build wrote, file by file with size and SHA-256, of which edition and by which version.

It stands at the top of the site and names every other file in it. Whoever has it can prove a copy of the site
(`sitecheck`); two builds of one record by one version give the same one.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

NAME = "build.json"
FORMAT, VERSION = "onrecord-build", 1
_PIECE = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNCLEAN = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]|//|^/|/$|(^|/)\.\.?(/|$)")


class Entry(NamedTuple):
    """A file: its size in bytes and the SHA-256 of its content, in hexadecimal."""

    size: int
    sha256: str


class Manifest(NamedTuple):
    """What a site was built as. `files` are named by their path below the site's top, and sorted."""

    generator: str
    edition: str
    """Day of the record's last check in full, as EDTF."""
    site: str
    """Address of the site; empty where it has none."""
    files: Mapping[str, Entry]


def entry(pieces: Iterable[bytes]) -> Entry:
    """Size and checksum of a content that comes in pieces."""
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        digest.update(piece)
    return Entry(size, digest.hexdigest())


def read(file: IO[bytes]) -> Entry:
    """Size and checksum of an open file, which is never held in memory whole."""
    return entry(iter(lambda: file.read(_PIECE), b""))


def plain_files(folder: Path, below: str = "") -> Iterator[tuple[str, bool]]:
    """The paths of all files below a folder, and whether each is a plain file: no link, pipe or device."""
    for found in sorted(os.scandir(folder / below), key=lambda found: found.name):
        name = f"{below}{found.name}"
        if found.is_dir(follow_symlinks=False):
            yield from plain_files(folder, f"{name}/")
        else:
            yield name, found.is_file(follow_symlinks=False)


def complete(folder: Path, known: Mapping[str, Entry]) -> dict[str, Entry]:
    """Every file of a site that is being built: those that are `known` as they are, the others read."""
    files = {}
    for name, plain in plain_files(folder):
        if name in known:
            files[name] = known[name]
        elif plain and name != NAME:
            with open(folder / name, "rb") as file:
                files[name] = read(file)
    return dict(sorted(files.items()))


def pieces(manifest: Manifest) -> Iterator[bytes]:
    """The file, with one of the site's files on each line."""
    head = {"format": FORMAT, "version": VERSION, **manifest._asdict()}
    del head["files"]
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "files": {\n').encode()
    for n, (name, (size, digest)) in enumerate(manifest.files.items()):
        comma = ",\n" if n else ""
        yield f'{comma}{json.dumps(name, ensure_ascii=False)}: {{"size": {size}, "sha256": "{digest}"}}'.encode()
    yield b"\n}}\n"


def parse(raw: bytes) -> Manifest:
    """Reads the file. Raises ValueError, whose text says what is wrong with it."""
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f'its "format" is not "{FORMAT}"')
    if data.get("version") != VERSION:
        raise ValueError(f'its "version" is not {VERSION}: a newer onrecord may read it')
    texts = [text for name in Manifest._fields[:3] if isinstance(text := data.get(name), str)]
    listed = data.get("files")
    if len(texts) < 3 or not isinstance(listed, dict):
        raise ValueError("it names no generator, edition, site or files")
    files = {}
    for name, said in listed.items():
        size, digest = (said.get("size"), said.get("sha256")) if isinstance(said, dict) else (None, None)
        if type(size) is not int or size < 0 or not isinstance(digest, str) or not _SHA256.fullmatch(digest):
            raise ValueError("it names a file without its size and SHA-256")
        if not name or _UNCLEAN.search(name):
            raise ValueError("it names a file outside the site")
        files[name] = Entry(size, digest)
    generator, edition, site = texts
    return Manifest(generator, edition, site, dict(sorted(files.items())))
