"""The same words of an article stand once for one stance on a claim.

A piece of evidence that is there twice shows readers the same card twice; most often one was meant for another claim
or another stance.

Wrong: the same article, stance and quote twice in one claim
Right: the same once
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        seen: set[tuple[object, ...]] = set()
        for evidence in review.claim.evidence:
            key = (evidence.article, evidence.stance, evidence.quote)
            if key in seen:
                what = "quotation" if evidence.quote else "mention"
                said = f'this {what} of "{evidence.article}" stands in the claim already, with the same stance'
                yield Problem(evidence.at("quote"), said, "delete one", subject=review.claim.id)
            seen.add(key)
