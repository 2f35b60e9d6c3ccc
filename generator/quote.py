"""Words that an editor remembers -> the passages of stored articles that have them, verbatim, best first.

The words are found whatever their letter case, line breaks, punctuation and shape of quotation marks; an ellipsis
stands for words left out. Where they stand nowhere, the likeliest passages are offered; an editor decides, and likeness
proves nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .letters import typed
from .model import Evidence, Record
from .sentences import sentences
from .verify import ATTRIBUTION, Match, Span, StoredText, Verdict, find, locate, nearest, normal

ALIKE = 60.0
"""Below this likeness (0 to 100) a passage is not shown."""
_TRIED = 40
"""Articles that are searched for a likely passage: those that have most of the words."""
_ELLIPSIS = re.compile(r"\s*(?:\[\s*)?(?:…|\.{3,}|\.(?: \.){2,})(?:\s*\])?\s*")
_QUOTES = "\"'“”„«»‘’‚‹› "


class Hit(NamedTuple):
    """A passage of an article: one span, or several with a short attribution between them."""

    article: str
    spans: tuple[Span, ...]
    likeness: float
    """100 where the words are the same."""
    words: tuple[str, ...]
    """As the article has them."""
    line: int
    occurrences: int
    """How many times the article has these very words."""


class Context(NamedTuple):
    """The sentences in which a passage stands, and those before and after."""

    before: str
    within: str
    after: str


def search(words: str, texts: Mapping[str, StoredText]) -> list[Hit]:
    """The passages of these articles, best first; among equals in the order of the articles."""
    wanted = normal(words)
    for attempt in dict.fromkeys((wanted, wanted.strip(_QUOTES))):
        parts = [part for part in _ELLIPSIS.split(attempt) if part]
        for tried in dict.fromkeys(((attempt,), tuple(parts))):
            if tried and all(tried):
                folded = [_folded(part) for part in tried]
                found = [_hit(id, spans, 100.0, text) for id, text in texts.items() for spans in _runs(folded, text)]
                if found:
                    return found
    return _likely(wanted.strip(_QUOTES), texts)


def context(hit: Hit, text: StoredText) -> Context:
    """What stands around a passage, for the eye."""
    spans = list(sentences(text))
    first, last = hit.spans[0].start, hit.spans[-1].end
    inside = [n for n, span in enumerate(spans) if span.start < last and first < span.end]
    if not inside:
        return Context("", text.words[first:last], "")
    before, after = inside[0] - 1, inside[-1] + 1
    return Context(
        text.words[spans[before].start : spans[before].end] if before >= 0 else "",
        text.words[spans[inside[0]].start : spans[inside[-1]].end],
        text.words[spans[after].start : spans[after].end] if after < len(spans) else "",
    )


def quoted_by(hit: Hit, text: StoredText, record: Record) -> Iterator[tuple[str, Evidence]]:
    """The claims that quote words of a passage, each with the evidence that does."""
    mine = Match(Verdict.SPLIT, hit.spans)
    for claim in record.claims:
        for evidence in claim.evidence:
            if evidence.article == hit.article and evidence.quote:
                match = locate(evidence.quote, text)
                if match is not None and match.overlaps(mine):
                    yield claim.id, evidence


def _folded(text: str) -> str:
    """Without what a keyboard changes: letter case, the shape of quotation marks and dashes. As long as the text."""
    marked = typed(text)
    lower = marked.lower()
    if len(lower) == len(marked):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in marked)


def _runs(parts: list[str], text: StoredText) -> Iterator[tuple[Span, ...]]:
    """Every place where the parts stand in order in one paragraph; as one passage where much stands between them."""
    words = _folded(text.words)
    first = _find(parts[0], words)
    while first is not None:
        end = text.paragraph(first.start).end
        spans = [first]
        for part in parts[1:]:
            span = _find(part, words, spans[-1].end, end)
            if span is None:
                break
            spans.append(span)
        if len(spans) == len(parts):
            near = all(b.start - a.end <= ATTRIBUTION for a, b in pairwise(spans))
            yield tuple(spans) if near else (Span(spans[0].start, spans[-1].end),)
        first = _find(parts[0], words, first.end)


def _find(part: str, words: str, begin: int = 0, end: int | None = None) -> Span | None:
    """The next place of a part, if need be with other punctuation between its words."""
    end = len(words) if end is None else end
    if exact := find(part, words, begin, end):
        return exact
    if not (found := _pattern(part).search(words, begin, end)):
        return None
    start, stop = found.span()
    lead, trail = re.match(r"\W*", part), re.search(r"\W*$", part)
    for mark in reversed(lead[0] if lead else ""):  # marks at the ends are quoted too, where they are asked for
        start -= start > begin and words[start - 1] == mark
    for mark in trail[0] if trail else "":
        stop += stop < end and words[stop] == mark
    return Span(start, stop)


@cache
def _pattern(part: str) -> re.Pattern[str]:
    """The words of a part whatever stands between them, on one line and at word borders."""
    words = re.findall(r"\w+", part)
    return re.compile(r"(?<!\w)" + r"[^\w\n]+".join(words) + r"(?!\w)" if words else r"(?!)")


def _likely(words: str, texts: Mapping[str, StoredText]) -> list[Hit]:
    from rapidfuzz import fuzz  # only words that stand nowhere need it

    folded = _folded(words)
    telling = {word for word in re.findall(r"\w+", folded) if len(word) > 3} or set(folded.split())

    def shared(id: str) -> int:
        text = _folded(texts[id].words)
        return sum(word in text for word in telling)

    counts = {id: shared(id) for id in texts}
    tried = sorted((id for id in texts if counts[id]), key=lambda id: -counts[id])[:_TRIED]
    found = []
    for id in tried:
        text = texts[id]
        if (span := nearest(words, text)) is not None:
            likeness = fuzz.ratio(_folded(text.words[span.start : span.end]), folded)
            if likeness >= ALIKE:
                found.append(_hit(id, (span,), likeness, text))
    return sorted(found, key=lambda hit: (-hit.likeness, hit.article))


def _hit(id: str, spans: Iterable[Span], likeness: float, text: StoredText) -> Hit:
    spans = tuple(spans)
    words = tuple(text.words[span.start : span.end] for span in spans)
    match = locate(words, text)
    return Hit(id, spans, likeness, words, text.line(spans[0].start), match.occurrences if match else 0)
