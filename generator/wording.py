"""One statement in several wordings -> what each wording left out, added and changed, for eyes and for ears.

Words are compared without case, and with quotation marks and dashes alike; what differs in punctuation only is told
apart. Words at either end that a wording does not have are not quoted, which is no change.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .letters import SPACELESS, pieces, typed
from .verify import Change, normal, opcodes
from .words import gettext, ngettext, pgettext

# What stands around a word and says nothing; a sign that changes a number ("$5", "5%", "-5") is no such mark.
_KEPT = "_$€£¥%‰°+#&@"
_EDGES = re.compile(r"^(?:(?!-\d)[^\w$%+#&@])+|[^\w$%+#&@]+$", re.ASCII)


class Kind(StrEnum):
    """What became of some words of the reference."""

    SAME = "same"
    LEFT_OUT = "left out"
    ADDED = "added"
    NOT_QUOTED = "not quoted"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words of one kind."""

    kind: Kind
    text: str
    tight: bool = False
    """Whether no space stands before it: so it is in a script without spaces."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A wording beside its reference."""

    segments: tuple[Segment, ...]
    changes: tuple[Change, ...]
    punctuation: tuple[Change, ...]

    @property
    def tag(self) -> str:
        """ "3 changes", "1 change", "same words"."""
        n = len(self.changes)
        return ngettext("%(n)s change", "%(n)s changes", n) if n else gettext("same words")

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each change as a sentence, since several screen readers announce neither `del` nor `ins`."""
        listed = [_sentence(change) for change in self.changes]
        if self.punctuation:
            pairs = (gettext("“%(old)s” became “%(new)s”", old=c.old, new=c.new) for c in self.punctuation)
            listed.append(
                gettext("Punctuation only: %(changes)s.", changes=pgettext("list of clauses", "; ").join(pairs))
            )
        return tuple(listed)


def _sentence(change: Change) -> str:
    if not change.new:
        return gettext("“%(words)s” left out.", words=change.old)
    if not change.old:
        return gettext("“%(words)s” added.", words=change.new)
    return gettext("“%(old)s” became “%(new)s”.", old=change.old, new=change.new)


def _words(parts: Sequence[str]) -> list[str]:
    """The words of a quotation in parts, with the spaces behind them; a mark that stands alone goes with a word."""
    words: list[str] = []
    for word in pieces(" ".join(normal(part) for part in parts)):
        if _fold(word.rstrip()) or not words:
            words.append(word)
        else:
            words[-1] += word
    return words


@lru_cache(maxsize=8192)
def _fold(word: str) -> str:
    word = typed(word)
    if word.isascii():
        return _EDGES.sub("", word).casefold()
    begin, end = 0, len(word)
    while begin < end and _is_edge(word[begin]) and not re.match(r"-\d", word[begin:]):
        begin += 1
    while end > begin and _is_edge(word[end - 1]):
        end -= 1
    return word[begin:end].casefold()


def _is_edge(c: str) -> bool:
    """Whether a character says nothing at the end of a word. Vowel signs do, and are marks to Unicode."""
    return not (c.isalnum() or c in _KEPT or unicodedata.category(c)[0] == "M")


def compare(reference: Sequence[str], other: Sequence[str]) -> Comparison:
    """Compares two wordings, each given as its parts."""
    old, new = _words(reference), _words(other)
    segments: list[Segment] = []
    found: list[Change] = []
    punctuation: list[Change] = []

    before = ""

    def put(kind: Kind, words: Sequence[str]) -> None:
        nonlocal before
        if words:
            text = "".join(words)
            tight = not before.endswith(" ") and bool(_wide(before[-1:]) or _wide(text[0]))
            segments.append(Segment(kind, text.rstrip(), tight and bool(before)))
            before = text

    steps = opcodes([_fold(w.rstrip()) for w in old], [_fold(w.rstrip()) for w in new])
    for n, (tag, a, b, c, d) in enumerate(steps):
        if tag == "equal":
            put(Kind.SAME, new[c:d])
            pairs = zip(old[a:b], new[c:d], strict=True)
            punctuation += [Change(x.rstrip(), y.rstrip()) for x, y in pairs if not _alike(x.rstrip(), y.rstrip())]
        elif tag == "delete" and n in (0, len(steps) - 1):
            put(Kind.NOT_QUOTED, old[a:b])
        else:
            found.append(Change("".join(old[a:b]).rstrip(), "".join(new[c:d]).rstrip()))
            put(Kind.LEFT_OUT, old[a:b])
            put(Kind.ADDED, new[c:d])
    return Comparison(tuple(segments), tuple(found), tuple(punctuation))


def _wide(c: str) -> bool:
    return bool(c) and (unicodedata.east_asian_width(c) in "WF" or SPACELESS.match(c) is not None)


def _alike(one: str, other: str) -> bool:
    return typed(one).casefold() == typed(other).casefold()
