"""Articles that give different figures do not all support one claim.

If two supporting values hold numbers and these differ ("2 million", "3 million"), the claim's own figure can be only
one of them: the other article disputes or qualifies it. Values in different words ("declined", "rejected") are left to
the editor. A figure that both give in another precision can be waived with its reason.

Wrong: value: 2 million and value: 3 million, both with stance: supports
Right: the one that the claim does not say with stance: disputes
"""

import re
from collections.abc import Iterator

from ..model import Stance
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        first: dict[frozenset[str], str] = {}
        for evidence in review.claim.evidence:
            if evidence.stance is not Stance.SUPPORTS or not evidence.value:
                continue
            numbers = frozenset(_NUMBER.findall(evidence.value))
            if not numbers:
                continue
            other = next((seen for seen in first if seen.isdisjoint(numbers)), None)
            if other is not None:
                yield Problem(
                    evidence.at("value"),
                    f'"{evidence.value}" and "{first[other]}" both support the claim',
                    "make one of them disputes or qualifies, or waive it with a reason",
                    subject=review.claim.id,
                )
            first.setdefault(numbers, evidence.value)
