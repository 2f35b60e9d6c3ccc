"""A site, as a folder or at its address, against its own `build.json`: what is missing, extra or changed.

At an address every file that the build names is fetched: from that host only, never more bytes than the build names,
eight at a time. What the host has beyond that can't be seen from outside, so `extra` is found in folders only.
"""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urljoin, urlsplit

from .manifest import NAME, Entry, Manifest, entry, parse, plain_files, read
from .problems import Mark, Problem

LARGEST = 64 * 1024 * 1024
"""Bytes of a `build.json` that are read: that of half a million files."""
AT_ONCE = 8
TIMEOUT = 20
"""Seconds without an answer after which a host is given up."""
MOST_REDIRECTS = 3
T = TypeVar("T")
_PIECE = 1 << 16
_GONE, _MOVED = (404, 410), (301, 302, 303, 307, 308)


class NoSite(Exception):  # noqa: N818 - an answer to the input, no error of ours
    """What is to be checked is no site that onrecord built; the text says why."""


def check_folder(folder: Path) -> tuple[Manifest, list[Problem]]:
    """A site on disk. Raises `NoSite`, and OSError where it can't be read."""
    path = folder / NAME
    if not path.is_file() or path.is_symlink():
        raise NoSite(f'there is no {NAME} in "{folder}"')
    with open(path, "rb") as file:
        manifest = _parsed(file.read(LARGEST + 1), str(folder))
    problems = []
    there = set()
    for name, plain in plain_files(folder):
        there.add(name)
        if name == NAME:
            continue
        if name not in manifest.files:
            problems.append(_extra(name))
        elif not plain:
            problems.append(_changed(name, "is no plain file"))
        else:
            with open(folder / name, "rb") as file:
                problems += _compared(name, manifest.files[name], read(file))
    problems += [_missing(name) for name in manifest.files if name not in there]
    return manifest, problems


def check_address(address: str) -> tuple[Manifest, list[Problem]]:
    """A site on the web. Raises `NoSite`, and OSError where its host does not answer."""
    top = address if address.endswith("/") else f"{address}/"
    try:
        split = urlsplit(top)
        known = bool(split.hostname) and not (split.query or split.fragment or split.username)
    except ValueError:
        known = False
    if not known:
        raise NoSite(f'"{address}" is not the address of a site')
    opener = _opener()
    raw = _fetched(opener, f"{top}{NAME}", LARGEST, b"".join)
    if raw is None:
        raise NoSite(f'there is no {NAME} at "{top}"')
    manifest = _parsed(raw, top)

    def compared(item: tuple[str, Entry]) -> list[Problem]:
        name, wanted = item
        path = name.removesuffix("index.html") if f"/{name}".endswith("/index.html") else name
        found = _fetched(opener, top + quote(path), wanted.size, entry)
        return [_missing(name)] if found is None else _compared(name, wanted, found)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return manifest, [problem for found in pool.map(compared, manifest.files.items()) for problem in found]


def _parsed(raw: bytes, where: str) -> Manifest:
    if len(raw) > LARGEST:
        raise NoSite(f'the {NAME} of "{where}" has more than {LARGEST:,} bytes')
    try:
        return parse(raw)
    except ValueError as error:
        raise NoSite(f'the {NAME} of "{where}" is not one of ours: {error}') from error


def _compared(name: str, wanted: Entry, found: Entry) -> list[Problem]:
    if found == wanted:
        return []
    if found.size != wanted.size:
        more = "more" if found.size > wanted.size else f"{found.size:,}"
        return [_changed(name, f"was built with {wanted.size:,} bytes and has {more}")]
    return [_changed(name, "has the size that it was built with, and other bytes")]


def _missing(name: str) -> Problem:
    return Problem(Mark(name), f'"{name}" is not there', "publish the whole site again", "site-missing")


def _changed(name: str, how: str) -> Problem:
    return Problem(Mark(name), f'"{name}" {how}', "publish the site again, as it was built", "site-changed")


def _extra(name: str) -> Problem:
    return Problem(Mark(name), f'"{name}" is not of this build', "take it away", "site-extra")


def _opener() -> urllib.request.OpenerDirector:
    """Opens http and https and nothing else: no files, no FTP; follows no redirect by itself."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "onrecord verify-site")]
    return opener


def _fetched(
    opener: urllib.request.OpenerDirector, address: str, size: int, taken: Callable[[Iterator[bytes]], T]
) -> T | None:
    """What is made of the content at an address, at most one byte more than `size`; None where there is nothing.

    It comes in pieces, so that no file is held whole that need not be.
    """
    here = address
    for _ in range(MOST_REDIRECTS + 1):
        try:
            with opener.open(here, timeout=TIMEOUT) as answer:
                return taken(_bounded(answer, size + 1))
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _GONE:
                return None
            if error.code not in _MOVED:
                raise OSError(f'"{here}" answers {error.code}') from error
            there = _absolute(here, error.headers.get("Location", ""))
            if urlsplit(there)[:2] != urlsplit(address)[:2]:
                raise OSError(f'"{here}" leads to another host: "{there}"') from error
            here = there
        except urllib.error.URLError as error:
            raise OSError(f'"{here}" can\'t be fetched: {error.reason}') from error
        except (http.client.HTTPException, UnicodeError) as error:
            raise OSError(f'"{here}" gives no answer of HTTP') from error
    raise OSError(f'"{address}" leads from one address to the next')


def _absolute(here: str, there: str) -> str:
    try:
        return urljoin(here, there)
    except ValueError as error:
        raise OSError(f'"{here}" leads to "{there}", which is no address') from error


def _bounded(answer: Any, most: int) -> Iterator[bytes]:
    while most and (piece := answer.read(min(most, _PIECE))):
        most -= len(piece)
        yield piece
