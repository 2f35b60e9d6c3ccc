"""How much of each stored article the record takes in: words inside quotations, words left out with a reason, the rest.

A word counts as quoted if any piece of evidence or any statement quotes it. Noise lines do not count at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .model import Article
from .publication import Publication
from .verify import Span, StoredText, locate

_WORD = re.compile(r"\S+")


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
    gaps: tuple[Gap, ...]

    @property
    def quoted_share(self) -> float:
        """Words inside quotations, in per cent."""
        return 100 * self.quoted / self.words if self.words else 100.0

    @property
    def accounted_share(self) -> float:
        """Words inside quotations or `not_used`, in per cent."""
        return 100 * (self.quoted + self.not_used) / self.words if self.words else 100.0


def coverage(pub: Publication) -> Iterator[Coverage]:
    """Measures every stored article, oldest first."""
    quoted: dict[str, list[Span]] = {article.id: [] for article in pub.articles}
    for review in pub.reviews:
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
    counts = {"quoted": 0, "left out": 0, "gap": 0}
    gaps: list[list[re.Match[str]]] = []
    before = ""
    for word in _WORD.finditer(text.words):
        middle = (word.start() + word.end()) // 2
        kind = "quoted" if _holds(inside, middle) else "left out" if _holds(left_out, middle) else "gap"
        counts[kind] += 1
        if kind == "gap":
            if before == "gap" and text.line(word.start()) == text.line(gaps[-1][0].start()):
                gaps[-1].append(word)
            else:
                gaps.append([word])
        before = kind
    found = (Gap(text.line(run[0].start()), " ".join(word[0] for word in run)) for run in gaps)
    return Coverage(article, sum(counts.values()), counts["quoted"], counts["left out"], tuple(found))


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
