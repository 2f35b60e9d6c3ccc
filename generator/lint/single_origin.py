"""A claim that several articles repeat from one named origin; look for a second.

A reprint of the same agency story, or five reports on one company statement, are one source. The badge says so.
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication
from ..weigh import Status

SEVERITY = Severity.NOTE


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        if review.agreement.status is Status.ECHO:
            claim = review.claim
            said = f'claim "{claim.id}" rests on one origin, "{review.agreement.groups[0].origins[0]}"'
            yield Problem(claim.at(), said, "look for a source that does not rest on it", subject=claim.id)
