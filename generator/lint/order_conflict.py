"""The order of events holds together with itself and with their dates.

`after` and `before` that run in a circle, or that put an event behind one that every dating puts later, can't be true
of any course of events: one of them is mistaken, and the chronology would have to pick.

Wrong: claim a with after: [b], and claim b with after: [a]
Right: one of the two orders only
"""

from collections.abc import Iterator

from ..dates import say
from ..model import Claim
from ..problems import Mark, Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR
_NAMED = 8


def check(pub: Publication) -> Iterator[Problem]:
    for claims, circle in pub.chronology.contradictions:
        claim, other = claims[0], claims[-1]  # the order says that the other comes before the claim
        if circle:
            named = [f'"{c.id}"' for c in (*claims[:_NAMED], *claims[_NAMED:][-1:], claim)]
            if len(claims) > _NAMED + 1:
                named.insert(_NAMED, f"{len(claims) - _NAMED - 1:,} others")
            said = f"the order runs in a circle: {' before '.join(named)}"
            yield Problem(_written(other, claim), said, "take one of these orders out", subject=claim.id)
        else:
            dates = [say(c.date) if c.date else "no date" for c in (claim, other)]
            yield Problem(
                _written(other, claim),
                f'"{claim.id}" ({dates[0]}) is put after "{other.id}" ({dates[1]}), which is dated later',
                "mend the order or a date",
                subject=claim.id,
            )


def _written(first: Claim, then: Claim) -> Mark:
    """Where an order of two claims is written; the later one's date where it follows from other orders."""
    if first.id in then.after:
        return then.at("after", then.after.index(first.id))
    return first.at("before", first.before.index(then.id)) if then.id in first.before else then.at("date")
