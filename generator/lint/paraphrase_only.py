"""A claim that only a machine-paraphrased text supports; look for the report that it was made from.

A machine changes words, names and negations. Its text can be quoted as what it is, but what rests on it alone is
weaker than one article.

Wrong: evidence from an article with form: machine-paraphrase only
Right: the same, and the report from which the text was made
"""

from collections.abc import Iterator

from ..model import Form
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.NOTE
NEEDS_ALL = True


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        articles = {*review.agreement.supports, *review.agreement.qualifies}
        forms = {pub.by_id[name].form for name in articles if name in pub.by_id}
        if forms == {Form.MACHINE_PARAPHRASE}:
            claim = review.claim
            said = f'claim "{claim.id}" rests on machine-paraphrased text alone'
            yield Problem(claim.at(), said, "look for the report that the text was made from", subject=claim.id)
