"""Quotations against stored articles: where the words stand, and if they do not, what stands there instead.

`stored` prepares an article once; `locate` finds a quotation in it exactly or not at all; `diagnose` explains, for the
message, why one was not found. White-space runs are joined and Unicode is NFC; nothing else is folded, neither
letter case nor quotation marks nor dashes. Similarity never passes a quotation. It is longer than others, since what
finds a quotation and what explains that none was found must agree on what a word is.
"""

import bisect
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from .letters import SPACELESS, pieces

MIN_CHARACTERS = 12
MIN_WORDS = 3
_JOINING = "'’.,"
_SPACELESS = frozenset(map(chr, (*range(0xE00, 0xF00), *range(0x1000, 0x10A0), *range(0x1780, 0x1800))))
ATTRIBUTION = 120
"""Characters that may stand between the parts of a split quotation: "Microsoft wrote in a statement on its blog"."""
_ALIKE = 60.0
"""Below this similarity (0 to 100) a passage is not offered as the one that was meant."""
_CUTS = 40
"""Places at which a quotation is tried to be parted by an attribution, the last that could be first."""
_MANY = 250_000
"""Words of one text times those of the other from which on they are compared by a faster way that finds fewer moves."""
_ENDS = 240
"""Of longer words only so many characters at either end are looked for: likeness costs by the square of its length."""


class Verdict(StrEnum):
    """What came of looking a quotation up."""

    VERBATIM = "verbatim"
    SPLIT = "split"
    ALTERED = "altered"
    ELSEWHERE = "in another article"
    NOWHERE = "nowhere"
    UNVERIFIED = "unverified"
    """It was not looked up: the text is not stored."""


class Span(NamedTuple):
    """Where words stand: offsets into the `words` of a stored text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StoredText:
    """The words of an article, ready to be searched: white space joined, noise lines out of reach of any quotation."""

    words: str
    starts: tuple[int, ...]
    """Offset at which each line of the source begins in `words`."""
    lines: tuple[int, ...]
    """Line number in the file of each of those."""
    paragraphs: tuple[int, ...]
    """Offset at which each paragraph begins."""
    spaceless: bool = False
    """Whether it has letters of a script that puts no space between words."""

    def line(self, offset: int) -> int:
        return self.lines[max(bisect.bisect_right(self.starts, offset) - 1, 0)] if self.lines else 1

    def paragraph(self, offset: int) -> Span:
        """The paragraph around an offset, without the break behind it."""
        n = bisect.bisect_right(self.paragraphs, offset)
        start = self.paragraphs[n - 1] if n else 0
        end = self.paragraphs[n] if n < len(self.paragraphs) else len(self.words)
        return Span(start, len(self.words[:end].rstrip()))


@dataclass(frozen=True, slots=True)
class Match:
    """A quotation that stands: its parts in order, and how many times the words occur in the article."""

    verdict: Verdict
    spans: tuple[Span, ...]
    occurrences: int = 1

    def overlaps(self, other: "Match") -> bool:
        """Whether two quotations of one article share words."""
        return any(a.start < b.end and b.start < a.end for a in self.spans for b in other.spans)


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a reference that another wording replaces, leaves out (`new` empty) or adds (`old` empty)."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a quotation does not stand: the verdict, and the passage that was probably meant."""

    verdict: Verdict
    article: str = ""
    line: int = 0
    passage: tuple[str, ...] = ()
    """The words as they stand; two or more parts where the quotation runs over an attribution."""
    changes: tuple[Change, ...] = ()
    """From the article's words to those of the quotation."""


def normal(text: str) -> str:
    """White-space runs as one space, Unicode as NFC: all that is folded before words are compared."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def stored(body: str, noise: Iterable[str] = (), first_line: int = 1) -> StoredText:
    """Prepares the words of an article. Where it has no blank lines, each line is a paragraph."""
    unwanted = {normal(line) for line in noise}
    blank_lines = any(not line.strip() for line in body.strip().split("\n"))
    parts: list[str] = []
    starts, lines, paragraphs = [], [], []
    length, begins = 0, True
    for number, raw in enumerate(body.split("\n"), first_line):
        line = normal(raw)
        if not line:
            begins = True
        elif line in unwanted:
            begins = True
            parts.append("\n")  # no quotation holds a line break, so none runs across
            length += 1
        else:
            if begins or not blank_lines:
                paragraphs.append(length)
            starts.append(length)
            lines.append(number)
            parts.append(line + " ")
            length += len(line) + 1
            begins = False
    spaceless = not body.isascii() and SPACELESS.search(body) is not None
    return StoredText("".join(parts), tuple(starts), tuple(lines), tuple(paragraphs), spaceless)


def locate(quote: Sequence[str], text: StoredText) -> Match | None:
    """Finds a quotation, given as its parts, verbatim and in order with no more than an attribution between them."""
    found = _matches([normal(part) for part in quote], text)
    spans = next(found, None)
    if spans is None:
        return None
    verdict = Verdict.VERBATIM if len(spans) == 1 else Verdict.SPLIT
    return Match(verdict, spans, 1 if next(found, None) is None else 2)


def _matches(parts: Sequence[str], text: StoredText) -> Iterator[tuple[Span, ...]]:
    """Every place where the parts stand, in the order of the text."""
    first = find(parts[0], text.words) if parts else None
    tries = 0
    while first is not None:
        spans = [first]
        for part in parts[1:]:
            end = spans[-1].end
            span = find(part, text.words, end, end + ATTRIBUTION + len(part))
            if span is None:
                break
            spans.append(span)
        if len(spans) == len(parts):
            yield tuple(spans)
        if (tries := tries + 1) > 20 and tries > places_tried(max(parts, key=len)):
            return
        first = find(parts[0], text.words, first.start + 1)


def find(words: str, text: str, begin: int = 0, end: int | None = None) -> Span | None:
    """The first place of these words in a text, at word borders; None if they do not stand there."""
    end = len(text) if end is None else end
    tries = 0
    while words and (at := text.find(words, begin, end)) >= 0:
        if not _inside_word(text, at) and not _inside_word(text, at + len(words)):
            return Span(at, at + len(words))
        if (tries := tries + 1) > 20 and tries > places_tried(words):
            return None
        begin = at + 1
        while _inside_word(text, begin):  # a word of a million letters is passed over once
            begin += 1
    return None


def places_tried(words: str) -> int:
    """Places where words stand that are looked at: thousands of a short phrase, few of a page that repeats itself.

    Each costs by the length of the words. No text that people write has so many that begin or end within a word.
    """
    return 400_000 // max(len(words), 1) + 20


def whole(text: str, start: int, end: int) -> bool:
    """Whether a run of a text parts no word and no number at its ends."""
    return not _inside_word(text, start) and not _inside_word(text, end)


def _inside_word(text: str, at: int) -> bool:
    """Whether a cut before this offset would part a word or a number. Scripts without spaces can be cut anywhere."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if unicodedata.category(right)[0] == "M":
        return True  # a mark belongs to the letter before it
    if right in _JOINING and at + 1 < len(text):
        return left.isalnum() and _joined(left, right, text[at + 1])
    if left in _JOINING and at > 1:
        return _joined(text[at - 2], left, right)
    if not right.isalnum() or not (left.isalnum() or unicodedata.category(left)[0] == "M"):
        return False
    return not (_spaceless(left) or _spaceless(right))


def _joined(left: str, joint: str, right: str) -> bool:
    """Whether an apostrophe stands in a word ("don't"), or a point or comma in a number ("4.3", "10,000")."""
    return (left.isalnum() and right.isalnum()) if joint in "'’" else (left.isdigit() and right.isdigit())


def _spaceless(c: str) -> bool:
    """Whether a letter is of a script that writes no spaces: Chinese, Japanese, Thai, Lao, Burmese, Khmer."""
    return unicodedata.east_asian_width(c) in "WF" or c in _SPACELESS


def too_short(part: str) -> bool:
    """Whether words are too few to prove anything: under 12 characters and under 3 words.

    A letter of a script without spaces says more than one of ours and counts as two.
    """
    words = normal(part)
    length = len(words) if words.isascii() else len(words) + len(SPACELESS.findall(words))
    return length < MIN_CHARACTERS and words.count(" ") + 1 < MIN_WORDS


def diagnose(quote: Sequence[str], article: str, texts: Mapping[str, StoredText]) -> Diagnosis:
    """Why a quotation of an article does not stand there. `texts` holds all stored articles, by id."""
    home = texts[article]
    if len(quote) == 1 and (parts := _split(normal(quote[0]), home)):
        return Diagnosis(Verdict.SPLIT, article, home.line(parts[0].start), tuple(home.words[a:b] for a, b in parts))
    for name, text in texts.items():
        if name != article and (match := locate(quote, text)):
            where = match.spans[0]
            return Diagnosis(Verdict.ELSEWHERE, name, text.line(where.start), (text.words[where.start : where.end],))
    # Only the part that fails needs an explanation.
    part = next((p for p in quote if locate([p], home) is None), None)
    if part is None:
        return Diagnosis(Verdict.ALTERED, article, 0, tuple(quote))  # each part stands, but not so
    if (near := nearest(normal(part), home)) is None:
        return Diagnosis(Verdict.NOWHERE, article)
    passage = home.words[near.start : near.end]
    return Diagnosis(Verdict.ALTERED, article, home.line(near.start), (passage,), tuple(changes(passage, normal(part))))


def _split(words: str, text: StoredText) -> tuple[Span, Span] | None:
    """Two runs that make up the words, with a short attribution between them in the text."""
    borders = [n for n, c in enumerate(words) if c == " "]
    # What begins with words that are not there is not there either: so halving finds how far each side can reach.
    longest = bisect.bisect_left(borders, True, key=lambda cut: words[:cut] not in text.words)
    shortest = bisect.bisect_left(borders, True, key=lambda cut: words[cut + 1 :] in text.words)
    for cut in borders[max(shortest, longest - _CUTS) : longest][::-1]:
        first, second = words[:cut], words[cut + 1 :]
        if too_short(first) or too_short(second):
            continue
        if match := locate((first, second), text):
            return match.spans[0], match.spans[1]
    return None


def nearest(words: str, text: StoredText) -> Span | None:
    """The passage most like these words, at word borders; None where nothing is alike. Never proof of anything."""
    head = _alike(words[:_ENDS], text.words)
    tail = _alike(words[-_ENDS:], text.words) if len(words) > _ENDS else head
    if head is None and tail is None:
        return None
    start = head.start if head else max(tail.end - len(words), 0) if tail else 0
    end = tail.end if tail else start + len(words)
    if not 0 < end - start < 2 * len(words):
        end = start + len(words)
    end = min(end, len(text.words))
    while start > 0 and not _parted(text.words[start - 1]):
        start -= 1
    while end < len(text.words) and not _parted(text.words[end]):
        end += 1
    # Words and marks around the passage that the quotation does not have are no difference.
    there = pieces(text.words[start:end].rstrip())
    end = start + sum(map(len, there))
    steps = opcodes([word.rstrip() for word in there], [word.rstrip() for word in pieces(words)])
    if steps and steps[0][0] == "delete":
        start += len("".join(there[: steps[0][2]]))
    if steps and steps[-1][0] == "delete":
        end -= len("".join(there[steps[-1][1] :]))
    while start < end and not text.words[start].isalnum() and text.words[start] != words[0]:
        start += 1
    while start < end and not text.words[end - 1].isalnum() and text.words[end - 1] != words[-1]:
        end -= 1
    return Span(start, end) if start < end else None


def _parted(c: str) -> bool:
    """Whether a word ends at this character whatever stands beside it."""
    return c in " \n" or SPACELESS.match(c) is not None


def _alike(words: str, text: str) -> Span | None:
    from rapidfuzz import fuzz  # only a quotation that failed needs it

    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=_ALIKE)
    if found is None and len(text.lower()) == len(text):  # else offsets would not be those of the text
        found = fuzz.partial_ratio_alignment(words.lower(), text.lower(), score_cutoff=_ALIKE)
    return Span(found.dest_start, found.dest_end) if found else None


def opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """How one list of words becomes another, as difflib says it. Both sides should be folded as the reader wants."""
    if len(old) * len(new) > _MANY:
        from rapidfuzz.distance import Levenshtein  # rarely needed, and never for what people quote

        return [(o.tag, o.src_start, o.src_end, o.dest_start, o.dest_end) for o in Levenshtein.opcodes(old, new)]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def changes(old: str, new: str) -> list[Change]:
    """The words that differ between two texts."""
    before, after = pieces(old), pieces(new)
    steps = opcodes([word.rstrip() for word in before], [word.rstrip() for word in after])
    return [
        Change("".join(before[a:b]).rstrip(), "".join(after[c:d]).rstrip())
        for tag, a, b, c, d in steps
        if tag != "equal"
    ]
