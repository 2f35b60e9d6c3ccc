"""One statement in several wordings -> what each wording left out, added and changed, for eyes and for ears.

Words are compared without case, and with quotation marks and dashes alike; what differs in punctuation only is told
apart. Words at either end that a wording does not have are not quoted, which is no change.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .verify import Change, normal, opcodes
from .words import gettext, ngettext, pgettext

_ALIKE = str.maketrans("‘’‚‛“”„‟‐‑‒–—―−", "''''\"\"\"\"-------")
# What stands around a word and says nothing; a sign that changes a number ("$5", "5%", "-5") is no such mark.
_EDGES = re.compile(r"^(?:(?!-\d)[^\w$€£¥%‰°+#&@])+|[^\w$€£¥%‰°+#&@]+$")


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
    """The words of a quotation in parts; marks that stand alone go with the word before them."""
    words: list[str] = []
    for word in " ".join(normal(part) for part in parts).split():
        if _fold(word) or not words:
            words.append(word)
        else:
            words[-1] += f" {word}"
    return words


@lru_cache(maxsize=8192)
def _fold(word: str) -> str:
    return _EDGES.sub("", word.translate(_ALIKE)).casefold()


def compare(reference: Sequence[str], other: Sequence[str]) -> Comparison:
    """Compares two wordings, each given as its parts."""
    old, new = _words(reference), _words(other)
    segments: list[Segment] = []
    found: list[Change] = []
    punctuation: list[Change] = []

    def put(kind: Kind, words: Sequence[str]) -> None:
        if words:
            segments.append(Segment(kind, " ".join(words)))

    steps = opcodes([_fold(w) for w in old], [_fold(w) for w in new])
    for n, (tag, a, b, c, d) in enumerate(steps):
        if tag == "equal":
            put(Kind.SAME, new[c:d])
            pairs = zip(old[a:b], new[c:d], strict=True)
            punctuation += [Change(x, y) for x, y in pairs if not _alike(x, y)]
        elif tag == "delete" and n in (0, len(steps) - 1):
            put(Kind.NOT_QUOTED, old[a:b])
        else:
            found.append(Change(" ".join(old[a:b]), " ".join(new[c:d])))
            put(Kind.LEFT_OUT, old[a:b])
            put(Kind.ADDED, new[c:d])
    return Comparison(tuple(segments), tuple(found), tuple(punctuation))


def _alike(one: str, other: str) -> bool:
    return one.translate(_ALIKE).casefold() == other.translate(_ALIKE).casefold()
