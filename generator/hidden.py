"""Characters that a reader can't see or that reorder what is seen, but where Unicode writes with them.

In: a text. Out: each such character with its offset. Joiners are writing in Arabic, Persian and the scripts of India
and beyond, and glue emoji together; variation selectors choose the form of the emoji, sign or ideograph before them;
marks of direction belong to texts with right-to-left letters. Anywhere else they hide, and so does every other
character that is never seen: what one reads, compares and searches would not be what is there.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from .problems import MOST, Mark, Problem

_NEVER_SEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff]"
)
# YAML 1.1 ends a line at some of these and can't read the others.
_UNREADABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FLAGS = re.compile("\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
                    "|\U000e0077\U000e006c\U000e0073)\U000e007f")  # fmt: skip
"""England, Scotland and Wales: the only flags that are spelt with tag characters."""
_JOINED = re.compile(
    "[\u0620-\u07ff\u0840-\u08ff\u0900-\u0df4\u0f00-\u0fff\u1000-\u109f\u1700-\u1739\u1780-\u17d3\u1800-\u18aa"
    "\u1900-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
"""Letters and marks of scripts that write with joiners: Arabic and its relatives, Indic, Tibetan, Khmer, Mongolian."""
_PRINTED = {"\u203c", "\u2049", "\u3030", "\u303d", "#", "*", *"0123456789"}
"""Signs that are no symbols by their category and have an emoji form."""


def hidden(text: str, most: int = MOST) -> Iterator[tuple[int, str]]:
    """Characters that hide from readers, with their offsets; at most so many."""
    return islice(_hiding(text), most)


def _hiding(text: str) -> Iterator[tuple[int, str]]:
    rtl: bool | None = None
    for match in _NEVER_SEEN.finditer(text):
        offset, character = match.start(), match[0]
        if character in "\u200e\u200f\u061c":
            if rtl is None:
                rtl = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text if c not in "\u200f\u061c")
            if rtl:
                continue
        elif _writes(text, offset, character):
            continue
        yield offset, character


def _writes(text: str, at: int, character: str) -> bool:
    """Whether Unicode writes with a character where it stands."""
    before, after = text[at - 1] if at else "", text[at + 1 : at + 2]
    if character in "\u200c\u200d":
        glued = character == "\u200d" and (_emoji(before) or before == "\ufe0f") and _emoji(after)
        return glued or any(c and _JOINED.match(c) for c in (before, after))
    if "\ufe00" <= character <= "\ufe0f":
        wide = before != "" and unicodedata.east_asian_width(before) in "WF"
        return wide or _emoji(before) or before in _PRINTED or bool(_JOINED.match(before))
    if "\U000e0100" <= character <= "\U000e01ef":
        return _ideograph(before)
    if "\U000e0020" <= character <= "\U000e007f":
        flag = text.rfind("\U0001f3f4", max(at - 6, 0), at)
        return flag >= 0 and _FLAGS.match(text, flag) is not None and at < flag + 7
    if "\u180b" <= character <= "\u180f":
        return any("\u1820" <= c <= "\u18aa" for c in (before, after))
    if character in "\u115f\u1160":
        return any(
            "\u1100" <= c <= "\u11ff" or "\ua960" <= c <= "\ua97c" or "\ud7b0" <= c <= "\ud7fb" for c in (before, after)
        )
    if character == "\u034f":
        return "\u0591" <= before <= "\u05f2"
    return character == "\u2800" and any("\u2801" <= c <= "\u28ff" for c in (before, after))


def _emoji(character: str) -> bool:
    """Whether a character is a symbol; those of emoji planes are, whatever this Python's Unicode knows of them."""
    if not character:
        return False
    return unicodedata.category(character) in ("So", "Sm") or "\U0001f000" <= character <= "\U0001faff"


def _ideograph(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff"


def unreadable(text: str) -> list[int]:
    """Offsets of the first `MOST` characters that YAML can't read or takes for an end of line."""
    return [match.start() for match in islice(_UNREADABLE.finditer(text), MOST)]


def readable(text: str) -> str:
    """The text with a space for each of them."""
    return _UNREADABLE.sub(" ", text)


def invisible(mark: Mark, character: str) -> Problem:
    name = unicodedata.name(character, "")
    said = f"U+{ord(character):04X}" + (f" {name}" if name else "")
    return Problem(
        mark,
        f"{said} inside a text",
        "delete it; texts are compared and shown without hidden characters",
        "invisible-character",
    )
