"""The words of a stored article -> its sentences, as offsets; a text of ours -> its sentences.

A rule of thumb, good enough to list and to compare.

A full stop, question or exclamation mark ends a sentence where white space and a capital, a digit or an opening mark
follow, or a letter of a script that has no capitals, unless it belongs to an abbreviation or an initial. Full stops of
Chinese and Japanese need no white space. The end of a paragraph ends a sentence too.
"""

import re
from collections.abc import Iterator

from .verify import Span, StoredText

_CLOSING = "[”’\"'»)\\]」』）]*"
_END = re.compile(rf"[。！？]+{_CLOSING}\s*|[.!?…؟۔।]+{_CLOSING}\s+")
_OPENING = frozenset("\"“‘'«([「『（")
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Gen|Sen)"
    r"|\b[A-Z]\.[A-Z])\.$"
)


def sentences(text: StoredText) -> Iterator[Span]:
    """The sentences of an article in order; together they hold all its words but noise."""
    for begin in text.paragraphs:
        yield from _cut(text.words, begin, text.paragraph(begin).end)


def split(words: str) -> list[str]:
    """The sentences of a text of ours."""
    return [words[span.start : span.end].strip() for span in _cut(words, 0, len(words))]


def _cut(words: str, begin: int, end: int) -> Iterator[Span]:
    start = begin
    for found in _END.finditer(words, begin, end):
        head = words[start : found.end()].rstrip()
        if found[0][0] in "。！？" or (_begins(words[found.end() : found.end() + 1]) and not _SHORT.search(head)):
            yield Span(start, start + len(head))
            start = found.end()
    if words[start:end].strip():
        yield Span(start, end)


def _begins(c: str) -> bool:
    """Whether a sentence can begin with this character."""
    return c in _OPENING or c.isdigit() or (c.isalpha() and not c.islower())
