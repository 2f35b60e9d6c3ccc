"""The order of events holds together with itself and with their dates.

`after` and `before` that run in a circle, or that put an event behind one that every dating puts later, can't be true
of any course of events: one of them is mistaken, and the chronology would have to pick.
"""

from collections.abc import Iterator

from ..dates import say
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for claims, circle in pub.chronology.contradictions:
        claim = claims[0]
        mark = claim.at("after") if claim.after else claim.at("before") if claim.before else claim.at("date")
        if circle:
            names = " after ".join(f'"{c.id}"' for c in (*claims, claim))
            yield Problem(
                mark, f"the order runs in a circle: {names}", "take one of these orders out", subject=claim.id
            )
        else:
            other = claims[1]
            dates = [say(c.date) if c.date else "no date" for c in (claim, other)]
            yield Problem(
                mark,
                f'"{claim.id}" ({dates[0]}) is put after "{other.id}" ({dates[1]}), which is dated later',
                "mend the order or a date",
                subject=claim.id,
            )
