"""An order names events that the chronology holds.

`after` and `before` point at claims with a place in time. A claim that is no event, or that was withdrawn, has none,
and the order would be lost without a word.

Wrong: after: [bridge-length], a claim of kind: number without a date
Right: after: [bridge-opened], an event
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    events = {event.claim.id for event in (*pub.chronology.events, *pub.chronology.undated)}
    for review in pub.reviews:
        claim = review.claim
        for field, names in (("after", claim.after), ("before", claim.before)):
            for n, name in enumerate(names):
                if name in pub.by_claim and name not in events:
                    gone = pub.by_claim[name].claim.withdrawn is not None
                    why = "was withdrawn" if gone else "is no event and has no date"
                    said = f'"{claim.id}" is put {field} "{name}", which {why}'
                    help = "name an event" if gone else "name an event, or give that claim a date"
                    yield Problem(claim.at(field, n), said, help, subject=claim.id)
