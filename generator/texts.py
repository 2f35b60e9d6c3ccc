"""What may stand in a text of the record: ids, addresses, language tags, and no character that hides from readers."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from .problems import MOST, Mark, Problem

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)
_LANGUAGE = re.compile(  # RFC 5646: language, script, region, variants, extensions, private use
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(-[0-9a-wyz](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.ASCII | re.IGNORECASE,
)
_URL = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][!#-;=?-\[\]_a-z~%]*)?", re.ASCII
)
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
KEPT = _DEVICES | {"index", "404", "search", "assets", "sitemap", "robots"}
_JOINERS = {"\u200c", "\u200d", *map(chr, range(0xFE00, 0xFE10))}
_DIRECTION = {"\u200e", "\u200f", "\u061c"}
_BREAKS = {"\n", "\t"}
# YAML 1.1 ends a line at the last three of these and can't read the others.
_UNREADABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def id_fault(text: str) -> str | None:
    """Why a text can't be an id, as a clause; None where it can."""
    if not _ID.fullmatch(text):
        return "an id is lower-case letters, digits and hyphens, at most 80, and begins with a letter or digit"
    if text in KEPT:
        return f'"{text}" is kept for another use'
    return None


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """Characters that a reader can't see or that reorder what is seen, with their offsets; at most `MOST`.

    Joiners and variation selectors are writing; direction marks are only where right-to-left letters stand.
    """
    if text.replace("\n", "").replace("\t", "").isprintable() and "\ufffd" not in text:
        return
    rtl = None
    found = 0
    for offset, character in enumerate(text):
        if (character.isprintable() and character != "\ufffd") or character in _BREAKS or character in _JOINERS:
            continue
        if unicodedata.category(character) == "Zs":
            continue
        if character in _DIRECTION:
            if rtl is None:
                rtl = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text if c not in _DIRECTION)
            if rtl:
                continue
        yield offset, character
        if (found := found + 1) == MOST:
            return


def one_line(text: str) -> str:
    """A folded or block text as the one line that it is read as; a text without line breaks and tabs as it stands."""
    return " ".join(re.split(r"[ \t\n]+", text.strip(" \t\n"))) if "\n" in text or "\t" in text else text


def readable(text: str) -> tuple[str, list[int]]:
    """The text with a space for each character that YAML can't read or takes for an end of line; offsets of `MOST`."""
    offsets = [match.start() for match in islice(_UNREADABLE.finditer(text), MOST)]
    return (_UNREADABLE.sub(" ", text), offsets) if offsets else (text, offsets)


def invisible(mark: Mark, character: str) -> Problem:
    name = unicodedata.name(character, "")
    said = f"U+{ord(character):04X}" + (f" {name}" if name else "")
    return Problem(
        mark,
        f"{said} inside a text",
        "delete it; texts are compared and shown without hidden characters",
        "invisible-character",
    )


def url_fault(text: str) -> str | None:
    """Why a text can't be linked as an address, as a clause; None where it can."""
    if len(text) > 2048:
        return "it has more than 2,048 characters"
    if not _URL.fullmatch(text):
        return "it must begin with http:// or https:// and hold no spaces, quotes, user names or brackets"
    host = re.split(r"[/:?#]", text.split("://", 1)[1], maxsplit=1)[0].lower()
    # Browsers read a host whose last part is a number as an IP address, in whatever notation.
    if "." not in host or ".." in host or re.fullmatch(r".*\.(\d+|0x[0-9a-f]*|localhost|local)", host):
        return "its host must be a public name"
    return None


def language_fault(text: str) -> str | None:
    """Why a text is no language tag, as a clause; None where it is one."""
    return None if _LANGUAGE.fullmatch(text) else "a tag looks like en, pt-BR or zh-Hant"


def colour_fault(text: str) -> str | None:
    """Why a text is no colour, as a clause; None where it is one."""
    return None if _COLOUR.fullmatch(text) else 'a colour is "#" and six hexadecimal digits'


def better_id(text: str) -> str | None:
    """The id nearest to a text that is none; None where there is no obvious one."""
    better = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", text).lower()).strip("-")[:80]
    return better if better and id_fault(better) is None else None
