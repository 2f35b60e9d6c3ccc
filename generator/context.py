"""The words of an article around a place in it, as far as the sentence reaches.

In: a stored text and an offset. Out: the words before it or behind it, up to the end of a sentence or of a paragraph,
or to a line that is no part of the article. For rules that ask what a quotation was taken out of.
"""

import re

from .verify import StoredText

REACH = 200
"""Characters that are looked at on either side."""
OPENING = "\"“„«‘'‚‹「『([{–—- \t…"
_STOP = re.compile(r"[.!?…。！？؟][\"”’»)\]]*\s+(?=[\"“„«‘'(\[]*[^\sa-z])|\n")


def ahead(text: StoredText, at: int, begin: int = 0) -> str:
    """The words of the sentence before a place, opening marks at their end left out; from `begin` at the earliest."""
    first = max(text.paragraph(at).start, at - REACH, begin)
    for found in _STOP.finditer(text.words, first, at + 1):
        first = found.end() if found.end() <= at else first
    return text.words[first:at].rstrip(OPENING)


def behind(text: StoredText, at: int) -> str:
    """The words of the sentence behind a place."""
    words = text.words[at : min(text.paragraph(at - 1).end, at + REACH)]
    found = _STOP.search(words)
    return words[: found.start() + 1] if found else words
