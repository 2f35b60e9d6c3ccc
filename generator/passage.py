"""Where a quotation stands -> its words with those around it, and the address that opens an article at them."""

import re
from typing import NamedTuple
from urllib.parse import quote as percent

from .letters import SPACELESS
from .verify import Match, Span, StoredText

CONTEXT = 160
"""Characters of the paragraph that are shown before and after a quotation."""


_MARK = re.compile("[，。！？；：、,.!?;:…—“”‘’「」『』（）()]+")
_PAIRS = (("„", "“"), ("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))


class Part(NamedTuple):
    """A run of an article's words: quoted, or the words around and between."""

    quoted: bool
    words: str


def quotation(text: StoredText, match: Match) -> list[Part]:
    """A quotation with the words around it. Quoted parts are the stored words, character for character."""
    first, last = match.spans[0], match.spans[-1]
    parts = [Part(False, _ahead(text, first.start))]
    for n, span in enumerate(match.spans):
        if n:
            gap = text.words[match.spans[n - 1].end : span.start]
            parts.append(Part(False, " … " if len(gap) > CONTEXT or "\n" in gap else gap))
        parts.append(Part(True, text.words[span.start : span.end]))
    parts.append(Part(False, _behind(text, last.end)))
    return [part for part in parts if part.words]


def _ahead(text: StoredText, at: int) -> str:
    begin = max(text.paragraph(at).start, text.words.rfind("\n", 0, at) + 1)
    if at - begin <= CONTEXT:
        return text.words[begin:at]
    cut = text.words.find(" ", at - CONTEXT, at) + 1 or at
    if text.spaceless:
        cut = next((n for n in range(at - CONTEXT + 1, at) if _border(text.words, n)), at)
    return "… " + text.words[cut:at]


def _behind(text: StoredText, at: int) -> str:
    end = text.paragraph(at - 1).end
    noise = text.words.find("\n", at, end)
    end = noise if noise >= 0 else end
    if end - at <= CONTEXT:
        return text.words[at:end].rstrip()
    cut = max(text.words.rfind(" ", at, at + CONTEXT), at)
    if text.spaceless:
        cut = next((n for n in range(at + CONTEXT, at, -1) if _border(text.words, n)), at)
    return text.words[at:cut].rstrip(" ") + " …"


def _border(words: str, at: int) -> bool:
    """Whether words can be cut before an offset: behind a space, or anywhere in a script without spaces."""
    return words[at - 1] == " " or SPACELESS.match(words, at - 1) is not None


def fragment(text: StoredText, span: Span) -> str:
    """The directive that finds a quotation: its words in one paragraph, or if over nine the first and last four.

    Browsers find whole words only. In a script without spaces they part words by a dictionary; what ends at a mark ends
    a word whatever the dictionary says.
    """
    words = text.words[span.start : min(span.end, text.paragraph(span.start).end)]
    if text.spaceless and SPACELESS.search(words):
        return ":~:text=" + ",".join([_encoded([run]) for run in _clauses(words)])
    parts = words.split()
    runs = [parts] if len(parts) <= 9 else [parts[:4], parts[-4:]]
    return ":~:text=" + ",".join([_encoded(run) for run in runs])


def _clauses(words: str) -> list[str]:
    """All words, or of more than 40 letters those to the first mark and from the last, of at least six letters."""
    marks = [m for m in _MARK.finditer(words) if m.start() >= 6 and m.end() <= len(words) - 6]
    if len(words) <= 40 or not marks:
        return [words.strip()]
    return [words[: marks[0].start()], words[marks[-1].end() :]]


def _encoded(words: list[str]) -> str:
    if (plain := "".join(words)).isascii() and plain.isalnum():
        return "%20".join(words)
    return percent(" ".join(words), safe="").replace("-", "%2D")


def quotation_marks(text: StoredText, span: Span) -> tuple[str, str] | None:
    """The marks in which an article prints these words, if it does: an opening mark before them is not closed."""
    ahead = text.words[text.paragraph(span.start).start : span.start + 1]
    for opening, closing in _PAIRS:
        if ahead.rfind(opening) > ahead.rfind(closing):
            return opening, closing
    return ("“", "”") if ahead.count('"') % 2 == 1 else None
