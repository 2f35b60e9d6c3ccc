"""The ratings of a record while reviews are taken in: which step each one comes to, and what is said of that.

What was found for a word is told once, however many reviews use it, so that an editor reads a list of words.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..model import Glyph, Record
from ..problems import Mark, Problem, Severity, visible
from . import scale
from .facts import Rated


class Ratings:
    """The scale of a record, or the standard one where it declares none. `said` are the editor's own words for it."""

    def __init__(self, record: Record, said: Mapping[str, str]) -> None:
        self._declared, self._said = record.ratings, said
        self._steps = [scale.Step(item.id, item.name, item.value) for item in record.ratings] or scale.standard()
        self._found: dict[tuple[str, str], tuple[Mark, int, scale.Found]] = {}
        self._spare: dict[str, Any] = {}

    def of(self, rated: Rated, mark: Mark) -> str:
        """The id of the rating that one in other words comes to; nothing where none stands for it."""
        found = scale.step(rated, self._steps, self._said)
        if not found.rating and self._declared and (spare := self._other()):
            self._steps.append(scale.Step(spare["id"], spare["name"], None))
            self._spare = spare
            found = found._replace(rating=spare["id"])
        first, count, _ = self._found.get((rated.word, found.rating), (mark, 0, found))
        self._found[rated.word, found.rating] = (first, count + 1, found)
        return found.rating

    def added(self) -> list[dict[str, Any]]:
        """The ratings that the record lacks for what was found."""
        if self._found and not self._declared:
            return [dict(rating) for rating in scale.STANDARD]
        return [self._spare] if self._spare else []

    def told(self) -> Iterator[Problem]:
        """What was found for each word, where it was not the record's own."""
        for (word, rating), (mark, count, found) in self._found.items():
            if found.how in scale.PLAIN:
                continue
            times = f" ({count:,} times)" if count > 1 else ""
            word = visible(word)
            if rating:
                said = f'the rating "{word}"{times} is taken for "{rating}", {found.how}'
                level, help = Severity.NOTE, f'if it is another, import with --rate "{word}=RATING"'
            else:
                said = f'the rating "{word}"{times} is left out: {found.how}'
                level, help = Severity.WARNING, f'say which one does with --rate "{word}=RATING"'
            yield Problem(mark, said, help, "import-rating", level)

    def _other(self) -> dict[str, Any] | None:
        """A rating for other words, where the declared scale has none and a mark is left for it."""
        other = scale.STANDARD[-1]
        used = {rating.glyph for rating in self._declared}
        glyph = next((glyph for glyph in (Glyph.BAR, *Glyph) if glyph not in used), None)
        if glyph is None or other["name"].casefold() in {step.name.casefold() for step in self._steps}:
            return None
        return {**other, "glyph": glyph.value}
