"""Passages of different articles that look like one statement in different words, for an editor to accept or reject.

Nothing here is written anywhere: likeness is no proof. Sentences are compared that share some runs of three words,
so that a thousand articles do not make a hundred million pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz import fuzz

from . import letters
from .letters import SPACELESS
from .publication import Publication, Told
from .sentences import sentences
from .verify import Span

LEAST_WORDS = 6
ALIKE = 65.0
"""Likeness (0 to 100) from which on two sentences are shown, without case and whatever the order of their words. In the
record of this repository 65 finds every statement that two articles print, and one pair that is none."""
_COMMON = 40
"""A run of three words that stands in more sentences than this tells nothing."""


class Passage(NamedTuple):
    """A sentence of an article."""

    article: str
    line: int
    words: str
    span: Span


class Pair(NamedTuple):
    """Two passages and how alike they are, 0 to 100."""

    one: Passage
    other: Passage
    likeness: float


def suggest(pub: Publication) -> list[Pair]:
    """The pairs, most alike first; those that one statement of the record holds already are left out."""
    passages = list(_passages(pub))
    shingles: dict[tuple[str, ...], list[int]] = defaultdict(list)
    folded = [_fold(passage.words) for passage in passages]
    for n, text in enumerate(folded):
        words = text.split()
        for run in {tuple(words[k : k + 3]) for k in range(len(words) - 2)}:
            shingles[run].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for found in shingles.values():
        if len(found) <= _COMMON:
            shared.update((a, b) for k, a in enumerate(found) for b in found[k + 1 :])
    pairs = []
    for a, b in shared:
        one, other = passages[a], passages[b]
        if one.article == other.article or _known(pub, one, other):
            continue
        likeness = fuzz.partial_ratio(folded[a], folded[b]) - 8
        if not SPACELESS.search(folded[a]):  # letters in any order are alike in any two sentences
            likeness = max(likeness, fuzz.token_sort_ratio(folded[a], folded[b]))
        if likeness >= ALIKE:
            pairs.append(Pair(one, other, likeness))
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.one[:2], pair.other[:2]))


def _passages(pub: Publication) -> Iterator[Passage]:
    for article in pub.articles:
        text = pub.texts[article.id]
        for span in sentences(text):
            words = text.words[span.start : span.end]
            if words.count(" ") + 1 + len(SPACELESS.findall(words)) // 2 >= LEAST_WORDS:
                yield Passage(article.id, text.line(span.start), words, span)


def _fold(words: str) -> str:
    return " ".join(letters.folded(words))


def _known(pub: Publication, one: Passage, other: Passage) -> bool:
    """Whether one statement quotes from both passages."""
    return any(_quotes(said.told, one) and _quotes(said.told, other) for said in pub.said)


def _quotes(told: Iterable[Told], passage: Passage) -> bool:
    return any(
        t.match is not None
        and t.wording.article == passage.article
        and any(s.start < passage.span.end and passage.span.start < s.end for s in t.match.spans)
        for t in told
    )
