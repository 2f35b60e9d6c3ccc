"""A rating in other words -> the step of the record's scale that it comes to; the word itself is kept beside it.

First what the editor says (`--rate`), then the names and ids of the record's own ratings, then words that mean the
same (`verdicts.txt`), then the numbers by their proportion; else the rating that stands for other words.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from .facts import Rated

OTHER = "other"
_WORDS = Path(__file__).parent / "verdicts.txt"
_BREAK = re.compile(r"[.:;!?。：！？،]|\s[-–—]\s|\s*\(")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s*(?:/|of|out of)\s*(\d+(?:\.\d+)?)", re.ASCII)


class Step(NamedTuple):
    """A rating of the record: its id and name, and its number where it has one."""

    id: str
    name: str
    value: int | None


class Found(NamedTuple):
    """The id of the rating, nothing where none stands for it; and how it was found, in words."""

    rating: str
    how: str


STANDARD: Sequence[Mapping[str, Any]] = (
    {
        **{"id": "false", "name": "False", "value": "1", "light": "#9b1c1c", "dark": "#f2a3a3", "glyph": "cross"},
        "meaning": "What the claim asserts is not so.",
    },
    {
        **{"id": "partly-false", "name": "Partly false", "value": "2", "light": "#8a4b00", "dark": "#e8b36b"},
        **{"glyph": "dot", "meaning": "Some of it is not so, or it leaves out what readers must know."},
    },
    {
        **{"id": "mostly-true", "name": "Mostly true", "value": "3", "light": "#1f5a3c", "dark": "#7fd3a8"},
        **{"glyph": "tilde", "meaning": "It is so, but for a detail that readers should know."},
    },
    {
        **{"id": "true", "name": "True", "value": "4", "light": "#14532d", "dark": "#86efac", "glyph": "tick"},
        "meaning": "It is as the claim asserts.",
    },
    {
        **{"id": "unproven", "name": "Unproven", "light": "#5b3391", "dark": "#c9b3f0", "glyph": "question"},
        "meaning": "It can’t be told from what is known.",
    },
    {
        **{"id": OTHER, "name": "Rated in other words", "light": "#4a5560", "dark": "#b6c2cd", "glyph": "bar"},
        "meaning": "Those who checked it gave a rating that no step of this scale stands for; their words are shown.",
    },
)
"""The scale of a publication that declares none, as it is written into its record."""


def folded(text: str) -> str:
    """A word of a scale without case and marks."""
    return " ".join(re.findall(r"[\w'’]+", text.casefold())).replace("’", "'")


@cache
def _meanings() -> Mapping[str, float | None]:
    """What each known word comes to: between false (0) and true (1), or None for what can't be told."""
    found: dict[str, float | None] = {}
    for line in _WORDS.read_text(encoding="utf-8").split("\n"):
        share, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            for word in words.split(","):
                found.setdefault(folded(word), None if share == "-" else float(share))
    return found


def step(rated: Rated, steps: Sequence[Step], said: Mapping[str, str]) -> Found:
    """The rating of a scale that a rating in other words comes to. `said` are the editor's own, by folded words."""
    words = [folded(rated.name), folded(_BREAK.split(rated.name.strip(), maxsplit=1)[0])]
    for word in words:
        if word in said:
            return Found(said[word], "as you say")
    for word in words:
        for known in steps:
            if word and word in (folded(known.name), folded(known.id)):
                return Found(known.id, "by its name")
    for word in filter(None, words):
        if word in _meanings():
            meaning = _meanings()[word]
            alike = [known.id for known in steps if _meaning(known) == (meaning,)]
            if alike:
                return Found(alike[0], "by what the word means")
            if meaning is not None and (near := _nearest(meaning, steps)):
                return Found(near, "by what the word means")
            break
    else:
        share = _share(rated)
        if share is not None and (near := _nearest(share, steps)):
            return Found(near, "by its number")
    other = next((known.id for known in steps if known.id == OTHER), "")
    return Found(other, "no step of the scale stands for it")


def _meaning(known: Step) -> tuple[float | None, ...]:
    """What a rating of the record comes to, in a list of one; nothing where its words are not known."""
    names = (folded(known.name), folded(known.id))
    return next(((_meanings()[name],) for name in names if name in _meanings()), ())


def _nearest(share: float, steps: Sequence[Step]) -> str:
    """The numbered rating that lies nearest between worst (0) and best (1); the worse one where two are as near."""
    numbered = [(known.value, known.id) for known in steps if known.value is not None]
    if len(numbered) < 2:
        return ""
    low, high = numbered[0][0], numbered[-1][0]
    return min(numbered, key=lambda pair: (round(abs((pair[0] - low) / max(high - low, 1) - share), 6), pair[0]))[1]


def _share(rated: Rated) -> float | None:
    """Where a number lies between worst (0) and best (1); what is not given is 1 and 5, as schema.org has it."""
    value, worst, best = (_number(text) for text in (rated.value, rated.worst or "1", rated.best or "5"))
    if found := _RATIO.fullmatch(rated.name.strip()):
        value, worst, best = float(found[1]), 0.0, float(found[2])
    if value is None or worst is None or best is None or worst == best or not 0 <= (value - worst) / (best - worst) <= 1:
        return None
    return (value - worst) / (best - worst)


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if re.fullmatch(r"-?\d{1,9}(?:[.,]\d{1,9})?", text, re.ASCII) else None
