"""A claim that several articles repeat from one named origin; look for a second.

A reprint of the same agency story, or five reports on one company statement, are one source. The badge says so.

Wrong: two articles that support a claim, both with origin: agency-report
Right: the same, and an article that does not rest on that report
"""

from collections.abc import Iterator

from ..model import Stance
from ..problems import Problem, Severity
from ..publication import Publication
from ..weigh import Status

SEVERITY = Severity.NOTE
NEEDS_ALL = True


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        if review.agreement.status is Status.ECHO:
            claim = review.claim
            chains: dict[str, set[str]] = {}
            for cited in review.cited:
                if cited.match is not None and cited.evidence.stance is Stance.SUPPORTS:
                    chains.setdefault(cited.evidence.article, set()).update(origin.id for origin in cited.chain)
            shared = [name for name in review.agreement.groups[0].origins if all(name in c for c in chains.values())]
            said = f'claim "{claim.id}" rests on one origin'
            yield Problem(
                claim.at(),
                f'{said}, "{shared[0]}"' if shared else said,
                "look for a source that does not rest on it",
                subject=claim.id,
            )
