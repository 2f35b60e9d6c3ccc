"""One value can't both support and dispute a claim.

If two articles give the same `value` and stand on opposite sides, one stance or one value is mistaken; if an article
disputes by giving another value, that value must differ.

Wrong: value: 40 with stance: supports, and value: 40 with stance: disputes
Right: the value that each article gives
"""

from collections.abc import Iterator

from ..model import Stance
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        supported = {e.value.casefold(): e for e in review.claim.evidence if e.value and e.stance is Stance.SUPPORTS}
        for evidence in review.claim.evidence:
            if evidence.stance is Stance.DISPUTES and evidence.value:
                other = supported.get(evidence.value.casefold())
                if other is not None:
                    yield Problem(
                        evidence.at("value"),
                        f'"{evidence.value}" disputes the claim here and supports it in "{other.article}"',
                        "mend a stance or a value",
                        subject=review.claim.id,
                    )
