"""A rating in other words -> the step of the record's scale that it comes to; the word itself is kept beside it.

First what the editor says (`--rate`), then the names and ids of the record's own ratings, then words that mean the
same (`verdicts.txt`), then the numbers by their proportion; else the rating that stands for other words.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .facts import Rated

OTHER = "other"
PLAIN = ("as you say", "by its name")
"""Ways in which a rating is found that need not be told."""
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


_COLUMNS = ("id", "name", "value", "light", "dark", "glyph", "meaning")
_ROWS = (
    ("false", "False", "1", "#9b1c1c", "#f2a3a3", "cross", "What the claim asserts is not so."),
    (
        "partly-false",
        "Partly false",
        "2",
        "#8a4b00",
        "#e8b36b",
        "dot",
        "It is so in part, or leaves out what matters.",
    ),
    ("mostly-true", "Mostly true", "3", "#1f5a3c", "#7fd3a8", "tilde", "It is so, but for a detail."),
    ("true", "True", "4", "#14532d", "#86efac", "tick", "It is as the claim asserts."),
    ("unproven", "Unproven", "", "#5b3391", "#c9b3f0", "question", "It can’t be told from what is known."),
    (
        OTHER,
        "Rated in other words",
        "",
        "#4a5560",
        "#b6c2cd",
        "bar",
        "No step of this scale stands for those words.",
    ),
)
STANDARD: Sequence[Mapping[str, str]] = tuple(
    {name: value for name, value in zip(_COLUMNS, row, strict=True) if value} for row in _ROWS
)
"""The scale of a publication that declares none, as it is written into its record."""


def standard() -> list[Step]:
    return [Step(item["id"], item["name"], int(item["value"]) if "value" in item else None) for item in STANDARD]


def folded(text: str) -> str:
    """A word of a scale without case and marks, where it is more than marks."""
    return " ".join(re.findall(r"[\w'’]+", text.casefold())).replace("’", "'") or text.strip()


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
    for word in (folded(rated.word), *words):
        if word in said:
            return Found(said[word], PLAIN[0])
    for word in words:
        for known in steps:
            if word and word in (folded(known.name), folded(known.id)):
                return Found(known.id, PLAIN[1])
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
    if (
        value is None
        or worst is None
        or best is None
        or worst == best
        or not 0 <= (value - worst) / (best - worst) <= 1
    ):
        return None
    return (value - worst) / (best - worst)


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if re.fullmatch(r"-?\d{1,9}(?:[.,]\d{1,9})?", text, re.ASCII) else None
