"""Verdicts stand on one scale that readers can see, tell apart and put in order.

The scale (`ratings`) goes from the worst to the best: numbers begin at 1 or above and grow, and where one rating has a
number a second has one too, since 3 says nothing without its scale. No two ratings are called alike or share a mark.
Their colours have a contrast of at least 4.5 with what stands behind them, light and dark, as WCAG asks of text. A
withdrawn claim has no verdict: we no longer stand by its page.

Wrong: ratings with number: 3, number: 2, from the worst to the best
Right: ratings with number: 2, number: 3
"""

from collections.abc import Iterator, Sequence

from ..model import Rating
from ..problems import Problem, Severity
from ..publication import Publication
from ..ruling import GROUNDS, LEAST, contrast

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    ratings = pub.record.ratings
    yield from _numbers(ratings)
    yield from _alike(ratings)
    for rating in ratings:
        for field, ground in GROUNDS.items():
            found = contrast(colour, ground) if (colour := getattr(rating, field)) else LEAST
            if found < LEAST:
                # Rounded down, so that 4.49 is never said to be 4.5.
                said = (
                    f'the colour "{colour}" has a contrast of {int(found * 10) / 10} with the {field} ground {ground}'
                )
                way = "darker" if field == "light" else "lighter"
                yield Problem(rating.at(field), said, f"take a {way} one: {LEAST} is needed to be read")
    for review in pub.reviews:
        if review.claim.verdict and review.claim.withdrawn:
            said = "a withdrawn claim has a verdict, which no page shows"
            yield Problem(review.claim.verdict[0].at(), said, "delete the verdict", subject=review.claim.id)


def _numbers(ratings: Sequence[Rating]) -> Iterator[Problem]:
    """Numbers that are too low or out of order, and a number that stands alone."""
    numbered = [(rating, rating.value) for rating in ratings if rating.value is not None]
    above: tuple[Rating, int] | None = None
    for rating, value in numbered:
        if value < 1:
            yield Problem(rating.at("value"), f"the number {value} is below 1", "begin the scale at 1")
        elif above and value <= above[1]:
            said = f'the number {value} of "{rating.id}" is not above the {above[1]} of "{above[0].id}" before it'
            yield Problem(
                rating.at("value"), said, "put the ratings in order, the worst first, and number them upwards"
            )
        above = (rating, value)
    if len(numbered) == 1:
        said = f'"{numbered[0][0].id}" alone has a number, and a number needs a scale'
        yield Problem(numbered[0][0].at("value"), said, "number a second rating, or none")


def _alike(ratings: Sequence[Rating]) -> Iterator[Problem]:
    """Ratings with the name or the mark of one before them."""
    names: dict[str, Rating] = {}
    glyphs: dict[str, Rating] = {}
    for rating in ratings:
        if (other := names.setdefault(rating.name.casefold(), rating)) is not rating:
            yield Problem(rating.at("name"), f'"{other.id}" is called "{other.name}" too', "call it something else")
        if (other := glyphs.setdefault(rating.glyph, rating)) is not rating:
            said = f'the mark of "{other.id}" is "{rating.glyph}" too: only colour would tell them apart'
            yield Problem(rating.at("glyph"), said, "give it another glyph")
