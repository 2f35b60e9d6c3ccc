"""Text -> its words, also in scripts that put no space between them; there, a character is a word.

Chinese, Japanese, Thai, Lao, Burmese and Khmer are such scripts; finding their words would take a dictionary.
"""

import re
import unicodedata

LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Letters of scripts without spaces, as they stand in a class of a regular expression."""
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b6-\u17d3"
SPACELESS = re.compile(f"[{LETTERS}]")
"""A letter of a script without spaces."""
WORD = re.compile(rf"[{LETTERS}][{_MARKS}]*|[^\s{LETTERS}]+")
"""A run without white space, or one letter of a script without spaces."""
_PIECE = re.compile(rf"(?:[{LETTERS}][{_MARKS}]*|[^\s{LETTERS}]+)\s*")
_ALIKE = str.maketrans("‘’‚‛‹›“”„‟«»「」‐‑‒–—―−", '\'\'\'\'\'\'""""""""-------')
_FOLDED = re.compile(rf"[{LETTERS}]|[^\W{LETTERS}]+")


def pieces(text: str) -> list[str]:
    """The words of a text in order, each with the white space behind it: joined they are the text."""
    return _PIECE.findall(text)


def typed(text: str) -> str:
    """A text with quotation marks and dashes as a keyboard has them, letter for letter: their shape changes no word."""
    return text if text.isascii() else text.translate(_ALIKE)


def columns(text: str) -> int:
    """The room that a text takes in a line, in letters: those of Chinese, Japanese and Korean take that of two."""
    return len(text) if text.isascii() else len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)


def folded(text: str) -> list[str]:
    """The words of a text without case and without marks, to be compared."""
    return _FOLDED.findall(text.casefold())
