"""An event without a date and without an order stands at the end of the chronology.

Often an article says "hours after" or "last month" nearby: that is a date (`date_words`) or an order (`after`).

Wrong: kind: event, with neither date nor after nor before
Right: kind: event, after: [storm-warning]
"""

from collections.abc import Iterator

from ..model import ClaimKind
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.NOTE


def check(pub: Publication) -> Iterator[Problem]:
    for event in pub.chronology.undated:
        claim = event.claim
        if claim.kind is ClaimKind.EVENT and not claim.after and not claim.before:
            yield Problem(claim.at("kind"), f'event "{claim.id}" has no date and no order', "add one", subject=claim.id)
