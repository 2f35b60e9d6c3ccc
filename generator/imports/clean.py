"""A value as others write it -> the value as a record has it, and in which way it was mended.

Texts lose markup, entities and hidden characters; dates become days of the calendar, addresses such as can be linked.
What can't be used gives nothing, and what was done is said in a few words, for the message. All are idempotent.
"""

import datetime
import html
import re
import unicodedata
from urllib.parse import urlsplit

from ..hidden import hidden
from ..texts import better_url, language_fault, url_fault

# Not the parser of the standard library: what it makes of broken markup differs between releases of Python.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|template|noscript|iframe)\b[^<>]*>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?([a-z][a-z0-9-]*)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_INLINE = set("a abbr b bdi bdo cite code em font i mark q s small span strong sub sup u".split())
_NESTED = re.compile("&(?:amp;)+")
ROUNDS = 8
"""How often markup and entities may lie within each other."""
_LOST = "\ufffd"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = {name[:length]: n for n, name in enumerate(_MONTHS, 1) for length in range(3, len(name) + 1)}
_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[T ]\d\d(?::?\d\d.*)?|Z|[-+]\d\d:?\d\d)?", re.ASCII)
_BASIC = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T\d{4,6}.*)?", re.ASCII)
_SLASHED = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:[T ].*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4})(?:[T ].*)?", re.ASCII)
_ENGLISH = re.compile(
    r"(?:[a-z]{3,9},? )?(?:(?P<month>[a-z]{3,9})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,?"
    r"|(?P<day2>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<month2>[a-z]{3,9})\.?,?) (?P<year>\d{4})(?:,? .*)?",
    re.ASCII,
)
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_LATEST = 4_102_444_800
"""Seconds to the year 2100; a greater number counts milliseconds."""
NUMBER = re.compile(r"[-+]?\d{1,9}(?:[.,]\d{1,9})?(?:e[-+]?\d)?", re.ASCII | re.IGNORECASE)
"""Of a rating, as files write it."""


def plain(text: str) -> tuple[str, list[str]]:
    """A text as one line of visible characters, and what was taken out of it."""
    mended: dict[str, None] = {}
    for _ in range(ROUNDS):  # markup, entities and hidden characters may hide in each other
        before = text
        if not text.isascii() or not text.isprintable():
            text = unicodedata.normalize("NFC", text)
            seen = _seen(text)
            if "".join(seen.split()) != "".join(text.split()):
                mended["hidden or lost characters"] = None
            text = seen
        if "<" in text and (read := _TAG.sub(_gap, _UNSEEN.sub(" ", text))) != text:
            text = read
            mended["markup"] = None
        if "&" in text and (read := html.unescape(_NESTED.sub("&", text))) != text:
            text = read
            mended["entities"] = None
        if text == before:
            break
    else:  # nobody writes this by mistake: nothing is left that could be read once more
        text = _seen(re.sub("[&<]", " ", unicodedata.normalize("NFC", text)))
    return " ".join(text.split()), list(mended)


def _gap(tag: re.Match[str]) -> str:
    """What stands for a tag: a space, but for one within a word or line."""
    return "" if tag[1].lower() in _INLINE else " "


def _seen(text: str) -> str:
    """A text without characters that hide; a question mark stands for those that were lost before."""
    text = text.replace(_LOST, "?").replace("\xa0", " ")
    text = "".join(" " if c in "\t\n\x0b\x0c\r\x85\u2028\u2029" else c for c in text)
    while gone := {n for n, _ in hidden(text, len(text))}:  # what was seen with one of them may hide without it
        text = "".join(c for n, c in enumerate(text) if n not in gone)
    return text


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters: at the end of a word, where one ends, with an ellipsis behind it."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    space = head.rfind(" ", longest // 2)
    return head[: space if space > 0 else None].rstrip(" ,;:.–-") + "…"


def day(text: str) -> str | None:
    """A date as EDTF, without its time: a day, month or year; None where it is none, or two could be meant."""
    text = " ".join(text.split()).casefold()
    if len(text) > 60:
        return None
    upper = text.upper()
    if (found := _ISO.fullmatch(upper)) or (found := _BASIC.fullmatch(upper)) or (found := _SLASHED.fullmatch(upper)):
        return _calendar(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(upper):
        one, two = int(found[1]), int(found[2])
        if one > 12 or one == two:
            return _calendar(found[3], found[2], found[1])
        return _calendar(found[3], found[1], found[2]) if two > 12 else None
    if found := _ENGLISH.fullmatch(text):
        month = _MONTH.get(found["month"] or found["month2"])
        return _calendar(found["year"], str(month), found["day"] or found["day2"]) if month else None
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if float(text) > _LATEST else 1)
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat() if seconds <= _LATEST else None
    return None


def _calendar(year: str, month: str | None, day: str | None) -> str | None:
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def address(text: str) -> str | None:
    """An address that can be linked: the one that is given, or the same spelt as it must be."""
    text = text.strip()
    if text.startswith("//"):
        text = f"https:{text}"
    if url_fault(text) is None:
        return text
    if len(text) > 2048 or not text.isprintable():
        return None
    better = better_url(text) if re.match(r"(?i)https?://", text) else None
    return better if better is not None and url_fault(better) is None else None


def site(url: str) -> str:
    """The name of the site of an address, which stands for a publisher that nobody names."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def home(url: str) -> str:
    """The address of the site of an address."""
    return "/".join([*url.split("/")[:2], re.split(r"[/?#]", url.split("://", 1)[1], maxsplit=1)[0], ""])


def same_page(url: str) -> str:
    """What two addresses of one page have in common, whatever their scheme, "www." and last slash."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return (host.lower().removeprefix("www.") + slash + path).rstrip("/") if scheme else url


def language(text: str) -> str | None:
    """A tag of BCP 47."""
    text = text.strip().replace("_", "-")
    if language_fault(text) is None:
        return text
    return _LANGUAGES.get(text.casefold())


_LANGUAGES = dict(
    pair.split(":")
    for pair in """
    english:en french:fr français:fr german:de deutsch:de spanish:es español:es portuguese:pt português:pt italian:it
    italiano:it arabic:ar العربية:ar chinese:zh 中文:zh hindi:hi हिन्दी:hi turkish:tr türkçe:tr russian:ru русский:ru
    ukrainian:uk українська:uk polish:pl polski:pl dutch:nl nederlands:nl indonesian:id japanese:ja 日本語:ja
    korean:ko 한국어:ko persian:fa فارسی:fa greek:el ελληνικά:el
    """.split()
)
"""What languages are called in English and in their own words, where a name stands for a tag."""
