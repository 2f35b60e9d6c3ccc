"""How much of each stored article the record takes in: words inside quotations, words left out with a reason, the rest.

A word counts as quoted if any piece of evidence or any statement quotes it. Noise lines do not count at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from .letters import WORD
from .model import Article
from .publication import Publication
from .sentences import sentences
from .verify import Span, StoredText, locate


class Gap(NamedTuple):
    """A run of words that nothing takes in, and the line of the file on which it begins."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """An article's words: all of them, those inside quotations, those inside `not_used`, and the runs of neither."""

    article: Article
    words: int
    quoted: int
    not_used: int
    sentences: tuple[Gap, ...]
    """Whole sentences of which no word is inside either."""
    gaps: tuple[Gap, ...]
    """The other runs of words inside neither."""

    @property
    def quoted_share(self) -> float:
        """Words inside quotations, in per cent."""
        return 100 * self.quoted / self.words if self.words else 100.0

    @property
    def accounted_share(self) -> float:
        """Words inside quotations or `not_used`, in per cent."""
        return 100 * (self.quoted + self.not_used) / self.words if self.words else 100.0


def coverage(pub: Publication) -> Iterator[Coverage]:
    """Measures every stored article, oldest first. Quotations of withdrawn claims do not count."""
    quoted: dict[str, list[Span]] = {article.id: [] for article in pub.articles}
    for review in pub.reviews:
        if review.claim.withdrawn is not None:
            continue  # its page stays, but we no longer stand by it
        for cited in review.cited:
            if cited.match is not None:
                quoted[cited.evidence.article] += cited.match.spans
    for said in pub.said:
        for told in said.told:
            if told.match is not None:
                quoted[told.wording.article] += told.match.spans
    for article in pub.articles:
        yield _measure(article, pub.texts[article.id], quoted[article.id])


def _measure(article: Article, text: StoredText, quoted: Iterable[Span]) -> Coverage:
    spared = (match for part in article.not_used if (match := locate([part.exact], text)) is not None)
    inside = _joined(quoted)
    left_out = _joined(span for match in spared for span in match.spans)
    kinds = [(word, _kind(word, inside, left_out)) for word in WORD.finditer(text.words)]
    taken = [word.start() for word, kind in kinds if kind != "gap"]
    missed = [s for s in sentences(text) if not any(s.start <= at < s.end for at in taken)]
    whole = tuple(Gap(text.line(s.start), text.words[s.start : s.end]) for s in missed)
    gaps = []
    for _, run in groupby(kinds, lambda pair: (pair[1], text.line(pair[0].start()), _holds(missed, pair[0].start()))):
        found = list(run)
        word, kind = found[0]
        if kind == "gap" and not _holds(missed, word.start()):
            gaps.append(Gap(text.line(word.start()), text.words[word.start() : found[-1][0].end()]))
    quoted_words = sum(kind == "quoted" for _, kind in kinds)
    spared_words = sum(kind == "left out" for _, kind in kinds)
    return Coverage(article, len(kinds), quoted_words, spared_words, whole, tuple(gaps))


def _kind(word: re.Match[str], quoted: list[Span], left_out: list[Span]) -> str:
    middle = (word.start() + word.end()) // 2
    return "quoted" if _holds(quoted, middle) else "left out" if _holds(left_out, middle) else "gap"


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _holds(spans: list[Span], at: int) -> bool:
    return any(span.start <= at < span.end for span in spans)
