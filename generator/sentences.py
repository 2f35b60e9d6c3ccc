"""The words of a stored article -> its sentences, as offsets; a text of ours -> its sentences.

A rule of thumb, good enough to list and to compare.

A full stop, question or exclamation mark ends a sentence where white space and a capital, a digit or an opening mark
follow, unless it belongs to an abbreviation or an initial; so does the end of a paragraph.
"""

import re
from collections.abc import Iterator

from .verify import Span, StoredText

_END = re.compile(r"[.!?…。！？]+[”’\"')\]]*(?:\s+(?=[\"“‘'(\[A-Z0-9])|(?<=[。！？]))")
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
        if not _SHORT.search(head):
            yield Span(start, start + len(head))
            start = found.end()
    if words[start:end].strip():
        yield Span(start, end)
