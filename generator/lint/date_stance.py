"""An article that supports a claim can't date it otherwise.

Evidence that supports a claim with a date that can't hold together with the claim's own is on the wrong side, or
one of the dates is mistaken. Two dates can hold together if some day fits both; "about" (`~`) widens by three days.

Wrong: stance: supports, date: 2020-11-15, for a claim with date: 2020-09-15
Right: stance: disputes, date: 2020-11-15
"""

from collections.abc import Iterator

from ..dates import apart, say
from ..model import Stance
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        claim = review.claim
        if claim.date is None:
            continue
        for evidence in claim.evidence:
            if evidence.stance is Stance.SUPPORTS and evidence.date and apart(claim.date, evidence.date):
                yield Problem(
                    evidence.at("date"),
                    f'"{evidence.article}" supports the claim but dates it "{evidence.date}", '
                    f'which can\'t hold together with "{claim.date}" ({say(claim.date)})',
                    'make it "disputes" or "qualifies", or mend the date',
                    subject=claim.id,
                )
