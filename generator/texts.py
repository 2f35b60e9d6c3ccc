"""What may stand in fields of the record: ids, addresses and language tags; and what was probably meant."""

import re
import unicodedata
from collections.abc import Collection
from contextlib import suppress
from urllib.parse import quote as percent

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)
_LANGUAGE = re.compile(  # RFC 5646: language, script, region, variants, extensions, private use
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(-[0-9a-wyz](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.ASCII | re.IGNORECASE,
)
_IN_URL = "!#$&()*+,-./:;=?@[]_~%"
_NOT_IN_URL = re.compile(rf"[^{re.escape(_IN_URL)}A-Za-z0-9]|%(?![0-9A-Fa-f]{{2}})", re.ASCII)
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_NO_NAME = re.compile(r"\.(?:\d+|0x[0-9a-f]*|localhost|local|localdomain|internal)$")
DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
KEPT = DEVICES | {"index", "404", "search", "assets", "sitemap", "robots"}


def id_fault(text: str, kept: Collection[str] = KEPT) -> str | None:
    """Why a text can't be an id, as a clause; None where it can."""
    if not _ID.fullmatch(text):
        return "an id is lower-case letters, digits and hyphens, at most 80, and begins with a letter or digit"
    if text in kept:
        return f'"{text}" is kept for another use'
    return None


def one_line(text: str) -> str:
    """A folded or block text as the one line that it is read as; a text without line breaks and tabs as it stands."""
    return " ".join(re.split(r"[ \t\n]+", text.strip(" \t\n"))) if "\n" in text or "\t" in text else text


def url_fault(text: str) -> str | None:
    """Why a text can't be linked as an address, as a clause; None where it can."""
    if len(text) > 2048:
        return "it has more than 2,048 characters"
    if not text.startswith(("https://", "http://")):
        return "it must begin with https:// or http://"
    if found := _NOT_IN_URL.search(text):
        said = {" ": "a space", "%": 'a "%" without two digits of a code behind it'}.get(found[0], f'"{found[0]}"')
        return f"it holds {said}"
    authority = re.split(r"[/?#]", text.split("://", 1)[1], maxsplit=1)[0]
    if "@" in authority:
        return "it names a user"
    host, _, port = authority.partition(":")
    if port and not (port.isdecimal() and int(port) < 65536):
        return "its host is no name, or its port no number"
    # Browsers read a host whose last part is a number as an IP address, in whatever notation.
    if len(host) > 253 or not _HOST.fullmatch(host) or _NO_NAME.search(host.lower()):
        return "its host must be a public name"
    return None


def better_url(text: str) -> str | None:
    """The address nearest to a text that is none; None where there is no obvious one."""
    scheme, rest = ("https", text.strip()) if "://" not in text else text.strip().split("://", 1)
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    tail = rest[len(authority) :]
    if not authority.isascii():
        with suppress(UnicodeError):
            authority = authority.encode("idna").decode("ascii")
    tail = re.sub("%(?![0-9A-Fa-f]{2})", "%25", tail)
    better = f"{scheme.lower()}://{authority}{percent(tail, safe=_IN_URL)}"
    return better if better != text and url_fault(better) is None else None


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
