"""The same words do not both support and dispute a claim.

An article may stand on both sides, by two passages. One passage can't: if it is quoted for both, one stance is
mistaken, or the claim holds two assertions.

Wrong: the quotation "The bridge closed" with stance: supports and again with stance: disputes
Right: each stance with the words that it rests on
"""

from collections.abc import Iterator

from ..model import Stance
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        if not review.agreement.disputes:
            continue
        found = [cited for cited in review.cited if cited.match is not None]
        supporting = [cited for cited in found if cited.evidence.stance is Stance.SUPPORTS]
        for cited in found:
            if cited.evidence.stance is not Stance.DISPUTES:
                continue
            for other in supporting:
                same = other.evidence.article == cited.evidence.article
                if same and cited.match and other.match and cited.match.overlaps(other.match):
                    mark = cited.evidence.at("quote")
                    where = other.evidence.at("quote").seen_from(mark)
                    yield Problem(
                        mark,
                        f'"{cited.evidence.article}" disputes the claim with words that support it at {where}',
                        "mend a stance, or quote another passage",
                        subject=review.claim.id,
                    )
