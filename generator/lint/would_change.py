"""A claim in conflict, or with one article or one origin behind it, says what would change its page.

`would_change` tells readers which finding would settle the matter, and editors what to look for.

Wrong: a claim that one article supports, without would_change
Right: would_change: [A second report that names the day.]
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication
from ..weigh import LABELS, Status

SEVERITY = Severity.WARNING
NEEDS_ALL = True
_NEEDED = {Status.CONFLICT, Status.ECHO, Status.SINGLE}


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        claim, status = review.claim, review.agreement.status
        if status in _NEEDED and not claim.would_change:
            said = f'claim "{claim.id}" is "{LABELS[status]}" and has no "would_change"'
            yield Problem(claim.at(), said, "add a list of findings that would change its page", subject=claim.id)
