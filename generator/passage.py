"""Where a quotation stands -> its words with those around it, and the address that opens an article at them."""

from typing import NamedTuple
from urllib.parse import quote as percent

from .verify import Match, Span, StoredText

CONTEXT = 160
"""Characters of the paragraph that are shown before and after a quotation."""


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
    cut = text.words.find(" ", at - CONTEXT, at) + 1
    return "… " + (text.words[cut:at] if cut else "")


def _behind(text: StoredText, at: int) -> str:
    end = text.paragraph(at - 1).end
    noise = text.words.find("\n", at, end)
    end = noise if noise >= 0 else end
    if end - at <= CONTEXT:
        return text.words[at:end].rstrip()
    return text.words[at : max(text.words.rfind(" ", at, at + CONTEXT), at)] + " …"


def fragment(text: StoredText, span: Span) -> str:
    """The directive that finds a quotation: its words in one paragraph, or if over nine the first and last four."""
    parts = text.words[span.start : min(span.end, text.paragraph(span.start).end)].split()
    runs = [parts] if len(parts) <= 9 else [parts[:4], parts[-4:]]
    return ":~:text=" + ",".join([_encoded(run) for run in runs])


def _encoded(words: list[str]) -> str:
    if (plain := "".join(words)).isascii() and plain.isalnum():
        return "%20".join(words)
    return percent(" ".join(words), safe="").replace("-", "%2D")


def in_quotation_marks(text: StoredText, span: Span) -> bool:
    """Whether an article prints these words as a quotation: an opening mark before them is not closed."""
    ahead = text.words[text.paragraph(span.start).start : span.start + 1]
    return ahead.rfind("“") > ahead.rfind("”") or ahead.count('"') % 2 == 1
