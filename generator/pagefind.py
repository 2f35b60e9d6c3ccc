"""Records -> the files of a Pagefind index, the same bytes for the same records. It starts a program.

That lies in the package `pagefind_bin`. It is started from there with one argument, in an empty folder, without
the environment, and told what to do on its standard input; it opens no connection. What it writes is then put into one
form: it orders the values of filters by chance, and gives each record a name that does not compress.
"""

import base64
import gzip
import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

import cbor2

_SIGNATURE = b"pagefind_dcd"
_ENVIRONMENT = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "2000"}
"""A query fetches a part of the index for each word: parts of about 3 KB. (It also reads settings from files of the
folder in which it is started.)"""


class Record(NamedTuple):
    """What is searched of one find."""

    title: str
    """Weighs most."""
    text: str
    filters: Mapping[str, Sequence[str]]


class Failed(Exception):  # noqa: N818 - told as a problem, see `search`
    """Pagefind did not make an index; the text says why, as a clause."""


def installed() -> str | None:
    """The version of Pagefind; None where it is not installed, as on a machine for which there is none."""
    try:
        return version("pagefind_bin") if _program() else None
    except PackageNotFoundError:
        return None


def _program() -> Path | None:
    try:
        from pagefind_bin import get_executable

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        return None


def index(records: Sequence[Record], names: Sequence[str], language: str) -> dict[str, bytes]:
    """The files by their paths. The search page is told the name of each record that it finds.

    Raises `Failed` where Pagefind does not run to its end.
    """
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        return _settled(_run(records, language, folder), names)


def _run(records: Iterable[Record], language: str, folder: str) -> dict[str, bytes]:
    """All files of an index, as Pagefind makes them. It hands them over: what it writes itself may not be whole yet
    when it says that it has."""
    command = [str(_program()), "--service"]
    try:
        program = subprocess.Popen(  # noqa: S603 - a path of an installed package and a fixed argument
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_ENVIRONMENT,
        )
    except OSError as error:
        raise Failed(f"it can't be started: {error.strerror}") from error
    try:
        _ask(program, {"type": "NewIndex", "config": {}})
        for n, record in enumerate(records):
            found = {
                "url": str(n),
                "content": record.text or record.title,  # a record without a text would be left out
                "language": language,
                "meta": {"title": record.title},
                "filters": record.filters,
            }
            _ask(program, {"type": "AddRecord", "index_id": 0, **found})
        made = _ask(program, {"type": "GetFiles", "index_id": 0})
    finally:
        program.kill()
        with suppress(BrokenPipeError), program:
            pass  # leaving it closes the pipes and waits for the end
    return {file["path"]: base64.b64decode(file["content"]) for file in made["files"]}


def _ask(program: "subprocess.Popen[bytes]", payload: Mapping[str, Any]) -> Any:
    """Sends a request, which is base64 of JSON with a comma behind it, and waits for the answer, which is alike."""
    assert program.stdin is not None
    assert program.stdout is not None
    answer: list[bytes] = []
    try:
        program.stdin.write(base64.b64encode(json.dumps({"message_id": 0, "payload": payload}).encode()) + b",")
        program.stdin.flush()
        while not answer or not answer[-1].endswith(b","):
            read = os.read(program.stdout.fileno(), 1 << 16)
            if not read:
                raise BrokenPipeError
            answer.append(read)
    except BrokenPipeError:
        code = program.wait()
        raise Failed(f"it ended {f'by signal {-code}' if code < 0 else f'with exit code {code}'}") from None
    told = json.loads(base64.b64decode(b"".join(answer)[:-1]))["payload"]
    if told["type"] == "Error":
        raise Failed(f"it says: {told['message']}")
    return told


def _settled(made: Mapping[str, bytes], names: Sequence[str]) -> dict[str, bytes]:
    """What the search page needs of Pagefind's files, in one form.

    The files are CBOR behind a signature, packed by gzip. `pf_meta` is a list: version, [name, words] for each record,
    parts of the index, [filter, name] for each filter, orders, fields. A filter is [filter, [value, records] ...].
    """
    entry = json.loads(made["pagefind-entry.json"])
    if not entry["languages"]:  # no record has a word
        return {}
    ((language, about),) = entry["languages"].items()
    release, pages, parts, filters, orders, fields = cbor2.loads(_unpacked(made[f"pagefind.{about['hash']}.pf_meta"]))
    engine = f"wasm.{about['wasm'] or 'unknown'}.pagefind"
    wanted = {"pagefind.js", "pagefind-worker.js", engine, *(f"index/{part[2]}.pf_index" for part in parts)}
    files = {path: made[path] for path in sorted(wanted)}
    named = []
    for title, old in sorted(filters):
        _, values = cbor2.loads(_unpacked(made[f"filter/{old}.pf_filter"]))
        packed, digest = _packed([title, sorted(values)])
        files[f"filter/{digest}.pf_filter"] = packed
        named.append([title, digest])
    numbers = (json.loads(_unpacked(made[f"fragment/{old}.pf_fragment"]))["url"] for old, _ in pages)
    # A length weighs in the order of results, where tens will do; as counted, lengths take a third of the list.
    renamed = [
        [names[int(n)], round(words, -1) if words > 10 else words] for n, (_, words) in zip(numbers, pages, strict=True)
    ]
    meta, digest = _packed([release, renamed, parts, named, orders, fields])
    files[f"pagefind.{digest}.pf_meta"] = meta
    entry["languages"] = {language: {**about, "hash": digest}}
    files["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return files


def _unpacked(content: bytes) -> bytes:
    return gzip.decompress(content).removeprefix(_SIGNATURE)


def _packed(value: Any) -> tuple[bytes, str]:
    """A value as Pagefind reads it, and a name that follows from it."""
    plain = cbor2.dumps(value)
    return gzip.compress(_SIGNATURE + plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:10]


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one run of bytes, to be kept."""
    return cbor2.dumps(dict(files))


def unpacked(content: bytes) -> dict[str, bytes]:
    return dict(cbor2.loads(content))
