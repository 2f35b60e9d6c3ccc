"""Verdicts: which rating a claim has and from whom, on what scale, how its mark is drawn and in which colours.

A verdict is the editors' or another desk's and no part of the badge: its mark is a shield, which no badge is, and its
words stand beside it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .dates import Date
from .marks import Shape
from .model import Article, Claim, Glyph, Rating, Verdict
from .publication import Publication
from .words import gettext

LEAST = 4.5
"""The contrast of text with its ground that WCAG 2.2 asks for (1.4.3)."""
GROUNDS = {"light": "#ffffff", "dark": "#1b1f23"}
"""What stands behind a verdict: `--sf` of the styles."""
_SHIELD = "M10 .8 18.2 3.4V10c0 4.6-3.4 7.6-8.2 9.4C5.2 17.6 1.8 14.6 1.8 10V3.4Z"
_GLYPHS = {
    Glyph.TICK: "M5.5 10l3 3 6-6.6",
    Glyph.TILDE: "M5.6 10.8c1.2-2.4 2.8-2.4 4.4-1.2s3.2 1.2 4.4-1.2",
    Glyph.DOT: "M10 9.2a.6.6 0 1 0 .01 0",
    Glyph.QUESTION: "M7.4 7.6a2.6 2.6 0 1 1 3.8 2.3c-.8.4-1.2.9-1.2 1.7m0 2.9v.01",
    Glyph.BAR: "M5.5 10h9",
    Glyph.CROSS: "M6.6 6.6l6.8 6.8m0-6.8l-6.8 6.8",
}


class Scale(NamedTuple):
    """The numbers between which the ratings lie."""

    worst: int
    best: int


class Ruling(NamedTuple):
    """A verdict with what it names."""

    verdict: Verdict
    rating: Rating
    article: Article | None
    """Where it was given; None for one of ours."""
    who: str
    """Who judged; empty where that is the publication, or where nobody says."""
    date: Date | None
    anchor: str
    """Of its box on the page of the claim."""


def rulings(pub: Publication, claim: Claim) -> list[Ruling]:
    """The verdicts on a claim, the leading one first; none on a withdrawn claim."""
    if not claim.verdict or claim.withdrawn is not None:
        return []
    steps = {rating.id: rating for rating in pub.record.ratings}
    found = []
    for n, verdict in enumerate(claim.verdict):
        if (step := steps.get(verdict.rating)) is None:
            continue
        article = pub.by_id.get(verdict.article or "")
        outlet = pub.publishers.get(article.publisher or "") if article else None
        who = verdict.by or (outlet.name if outlet else "")
        date = verdict.date or (article.date_published if article else None)
        found.append(Ruling(verdict, step, article, who, date, anchor(n)))
    return found


def anchor(n: int) -> str:
    """The anchor of the verdict at a place in the record."""
    return f"verdict-{n + 1}" if n else "verdict"


def leading(pub: Publication, claim: Claim) -> str:
    """The leading verdict in a line; empty where there is none."""
    found = rulings(pub, claim)
    return in_a_line(found[0]) if found else ""


def in_a_line(ruling: Ruling) -> str:
    """ "Our verdict: Wrong", "Verdict of The Desk: Pants on Fire!" """
    verdict, rating, article, who = ruling[:4]
    if article is None:
        return gettext("Our verdict: %(verdict)s", verdict=rating.name)
    words = (verdict.as_given and verdict.as_given.name) or rating.name
    if not who:
        return gettext("Verdict given elsewhere: %(verdict)s", verdict=words)
    return gettext("Verdict of %(who)s: %(verdict)s", who=who, verdict=words)


def scale(ratings: Sequence[Rating]) -> Scale | None:
    """The scale of some ratings; None where none of them has a number."""
    values = [rating.value for rating in ratings if rating.value is not None]
    return Scale(min(values), max(values)) if values else None


def shape(rating: Rating) -> Shape:
    """The mark of a rating."""
    return Shape(_SHIELD, _GLYPHS[rating.glyph])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG defines it."""
    first, second = sorted((_luminance(one), _luminance(other)))
    return (second + 0.05) / (first + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def styles(ratings: Sequence[Rating]) -> str:
    """The colours of the ratings as CSS; dark ones on screens only, by the reader's choice or the system's."""
    light = "".join(f".verdict-{rating.id}{{--k:{rating.light}}}" for rating in ratings)
    chosen = "".join(f"[data-scheme=dark] .verdict-{rating.id}{{--k:{rating.dark}}}" for rating in ratings)
    system = "".join(f"html:not([data-scheme=light]) .verdict-{rating.id}{{--k:{rating.dark}}}" for rating in ratings)
    return f"{light}@media screen{{{chosen}}}@media screen and (prefers-color-scheme:dark){{{system}}}\n"
