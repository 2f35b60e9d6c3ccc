"""Two sites, of harmless words and of hostile ones in their places -> where the hostile ones are more than words.

The harmless site has a marker (`mark`) wherever the other has a text. What is made of either must be alike: the same
files, elements, attributes, rows and keys in the same order, and in each place the text itself where the marker stands,
whatever form of escape the format has. Our own templates write attributes in double quotes and no bare `<`, `>` or `"`
elsewhere, so a text that gets through unescaped always changes the tags. Numbers may differ: they count and measure.
"""

import csv
import io
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from html import unescape
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

_FIRST = 0x13000  # an Egyptian hieroglyph: a letter of one character that no text of ours has
_MARK = re.compile("([\U00013000-\U0001342e])z*")
MOST = 250
"""Texts in two sites at most: each lists all of them on many pages, so the work grows by the square."""
_TAG = re.compile(r"(<[^>]*>)")
_PART = re.compile(r'([^\s=<>"/]+)(?:="([^"]*)")?')
_DIGITS = re.compile("[0-9]+")
_HASH = re.compile("[0-9a-f]{64}|[0-9a-f]{12}|sha256-[A-Za-z0-9+/=]+")
_FRAGMENT = re.compile("#:~:text=[^ \"'<>&]*|#:~:text=[^ \"'<>]*")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RAW = re.compile("[<>&\u2028\u2029]")
_NAME = re.compile("[a-z0-9-]+")
"""A name made of a text for programs, such as that of a data package."""
_FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
_HASHED = ("build.json", "search/index/")
"""What holds the digests of all else, or is named by them."""


class Difference(NamedTuple):
    path: str
    text: int | None
    """Number of the text that stands nearest; None where none does."""
    said: str


def mark(n: int, length: int = 0) -> str:
    """The harmless word that stands for text n, as long as that, so that what is parted by length is parted alike."""
    return chr(_FIRST + n).ljust(length, "z")


def differences(harmless: Path, hostile: Path, texts: Mapping[int, str]) -> Iterator[Difference]:
    """Where the two sites differ by more than these texts; of each file the first place."""
    names = [sorted(_files(site)) for site in (harmless, hostile)]
    if names[0] != names[1]:
        odd = sorted(set(names[0]) ^ set(names[1]))
        yield Difference(odd[0], _number(odd[0]), f"{len(odd)} files are in one site only")
    for name in sorted({*names[0]} & {*names[1]}):
        yield from _file(name, harmless / name, hostile / name, texts)
    finds = [
        sorted(path.read_text("utf-8") for path in site.glob("search/index/finds/*/*.json"))
        for site in (harmless, hostile)
    ]
    for old, new in zip_longest(*(sorted(map(json.loads, found), key=lambda f: f["address"]) for found in finds)):
        if said := values(old, new, texts):
            yield Difference("search/index/finds", number(json.dumps(old)), said)


def _files(site: Path) -> Iterator[str]:
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith(_HASHED):
            yield name


def _number(text: str) -> int | None:
    found = re.search("[/^][a-z]([0-9]+)(?:/|$)", text)
    return int(found[1]) if found else None


def number(text: str) -> int | None:
    """The number of the first text of which a marker stands here."""
    found = _MARK.search(text)
    return ord(found[1]) - _FIRST if found else None


def _file(name: str, old: Path, new: Path, texts: Mapping[int, str]) -> Iterator[Difference]:
    if name.endswith((".sqlite", ".png")):
        if name.endswith(".sqlite"):
            yield from _tables(name, old, new, texts)
        return
    before, after = old.read_bytes().decode(), new.read_bytes().decode()
    if before == after:
        return
    if found := _NO_TEXT.search(after):
        yield Difference(name, _number(name), f"it holds U+{ord(found[0]):04X}")
    if name.endswith(".csv"):
        rows = [list(csv.reader(io.StringIO(text, newline=""), strict=True)) for text in (before, after)]
        yield from _rows(name, rows[0], rows[1], texts)
    elif name.endswith(".json"):
        said = values(json.loads(before), json.loads(after), texts)
        if said:
            yield Difference(name, number(said), said)
    else:
        yield from _markup(name, before, after, texts)


def _markup(name: str, before: str, after: str, texts: Mapping[int, str]) -> Iterator[Difference]:
    """HTML, SVG and XML: the tags in order, their attributes, and the text between them."""
    nearest, script = _number(name), False
    for old, new in zip_longest(_TAG.split(before), _TAG.split(after), fillvalue=""):
        nearest = number(old) if _MARK.search(old) else nearest
        if old != new:
            said = ""
            if old.startswith("<") or new.startswith("<"):
                said = _tag(old, new, texts)
            elif script:
                said = _script(old, new, texts)
            elif unescape(old).startswith("<"):  # HTML to copy
                said = next((found.said for found in _markup("", unescape(old), unescape(new), texts)), "")
            elif not alike(old, unescape(new), texts):
                said = f"{_short(new)} stands for {_short(old)}"
            if said:
                yield Difference(name, nearest, said)
                return
        script = old.startswith('<script type="application/ld+json"')


def _script(old: str, new: str, texts: Mapping[int, str]) -> str:
    """JSON within HTML: no character may stand in it by which a browser or a script would end it."""
    if found := _RAW.search(new):
        return f"U+{ord(found[0]):04X} stands in a script as it is"
    try:
        return values(json.loads(old), json.loads(new), texts)
    except ValueError:
        return f"{_short(new)} is no JSON"


def _tag(old: str, new: str, texts: Mapping[int, str]) -> str:
    parts = [_PART.findall(tag) for tag in (old, new)]
    names = [[part[0] for part in found] for found in parts]
    if names[0] != names[1] or old[:2] != new[:2]:
        return f"{_short(new)} stands for {_short(old)}"
    for (attribute, value), (_, other) in zip(*parts, strict=True):
        plain = [_FRAGMENT.sub("", text) for text in (value, other)]
        if plain[0] == plain[1] or alike(plain[0], unescape(plain[1]), texts):
            continue
        if attribute == "href" and alike(unquote(plain[0]), unquote(unescape(plain[1])), texts):
            continue
        return f'{attribute}="{_short(other)}" stands for "{_short(value)}"'
    return ""


def values(old: Any, new: Any, texts: Mapping[int, str]) -> str:
    """Where two values of JSON differ by more than texts, as a clause; nothing where they do not."""
    if isinstance(old, dict) and isinstance(new, dict):
        if list(old) != list(new):
            return f"keys {_short(str(list(new)))} stand for {_short(str(list(old)))}"
        pairs: Iterator[tuple[Any, Any]] = ((old[key], new[key]) for key in old)
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return f"{len(new)} items stand for {len(old)}, near {_short(str(old))}"
        pairs = zip(old, new, strict=True)
    elif isinstance(old, str) and isinstance(new, str):
        if old.startswith("<"):  # HTML, as in feeds and oEmbed: with its markers filled it would be what must not be
            return next((found.said for found in _markup("html", old, new, texts)), "")
        if old == new or alike(old, new, texts) or (_NAME.fullmatch(old) and _NAME.fullmatch(new)):
            return ""
        return f"{_short(new)} stands for {_short(old)}"
    elif type(old) is type(new):  # numbers count
        return ""
    else:
        return f"{_short(str(new))} stands for {_short(str(old))}"
    return next(filter(None, (values(a, b, texts) for a, b in pairs)), "")


def _rows(
    name: str, old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], texts: Mapping[int, str]
) -> Iterator[Difference]:
    for before, after in zip_longest(old, new, fillvalue=()):
        if len(before) != len(after):
            yield Difference(name, number(" ".join(before)), f"{len(after)} cells stand for {len(before)}")
            return
        for a, b in zip(before, after, strict=True):
            if b.lstrip(" \u00a0\u3000\ufeff")[:1] in tuple(_FORMULA) and not re.fullmatch(r"-?[0-9.]+", b):
                yield Difference(name, number(a), f"a cell begins as a formula does: {_short(b)}")
                return
            if not alike(a, b, texts) and not alike(a, b.removeprefix("'"), texts):
                yield Difference(name, number(a), f"{_short(b)} stands for {_short(a)}")
                return


def _tables(name: str, old: Path, new: Path, texts: Mapping[int, str]) -> Iterator[Difference]:
    with closing(sqlite3.connect(old)) as before, closing(sqlite3.connect(new)) as after:
        ask = "select type, name, sql from sqlite_master where sql is not null order by 1, 2"
        schemas = [list(database.execute(ask)) for database in (before, after)]
        if schemas[0] != schemas[1]:
            yield Difference(name, None, "its tables differ")
            return
        for table in (row[1] for row in schemas[0] if row[0] == "table" and "_fts" not in row[1]):
            every = f'select * from "{table}"'  # noqa: S608 - a name of ours
            for a, b in zip_longest(before.execute(every), after.execute(every)):
                if said := values(list(a or ()), list(b or ()), texts):
                    yield Difference(f"{name}, {table}", number(str(a)), said)
                    break


def alike(old: str, new: str, texts: Mapping[int, str]) -> bool:
    """Whether a text is the one with markers, filled; cut where that is cut or could be."""
    filled = fill(unescape(old), texts) if _MARK.search(old) else unescape(old)
    if filled == new:
        return True
    one, other = _even(filled), _even(new)
    if one == other:
        return True
    if other[-1:] in tuple(".!?。") and one.startswith(other):
        return True  # the first sentence of it
    return "…" in other and all(part in one for part in other.replace("…", "\n").split("\n") if len(part) > 1)


def fill(text: str, texts: Mapping[int, str]) -> str:
    return _MARK.sub(lambda found: texts.get(ord(found[1]) - _FIRST, found[0]), text)


def _even(text: str) -> str:
    text = _HASH.sub("hash", text).translate({0x2068: None, 0x2069: None})  # isolates, which no text has of its own
    return _DIGITS.sub("0", "".join(unicodedata.normalize("NFC", text).split()))  # a text is trimmed where it stands


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f'"{text[:120]}"' + ("…" if len(text) > 120 else "")
