"""A date that no document states says how it was found.

`date_basis: inferred` or `computed` needs a `date_note`: readers see the date, and must be able to follow it. For a
piece of evidence the article's own words, `date_words`, or a `note` do as well.

Wrong: date: 2020-08, date_basis: computed
Right: the same with: date_note: “Last month”, counted from the article’s own date.
"""

from collections.abc import Iterator

from ..model import Basis
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_HELP = 'add "date_note: ..." with the words that it rests on'


def check(pub: Publication) -> Iterator[Problem]:
    for article in pub.record.articles:
        subject = f"articles/{article.id}"
        if article.date_published and article.date_basis is None:
            said = 'the date has no "date_basis"'
            yield Problem(article.at("date_published"), said, "add stated, inferred or computed", subject=subject)
        elif article.date_published and article.date_basis is not Basis.STATED and not article.date_note:
            said = f'the date is {article.date_basis} and has no "date_note"'
            yield Problem(article.at("date_published"), said, _HELP, subject=subject)
    for review in pub.reviews:
        claim = review.claim
        if claim.date and claim.date_basis is None:
            said = 'the date has no "date_basis"'
            yield Problem(claim.at("date"), said, "add stated, inferred or computed", subject=claim.id)
        elif claim.date and claim.date_basis is not Basis.STATED and not claim.date_note:
            said = f'the date is {claim.date_basis} and has no "date_note"'
            yield Problem(claim.at("date"), said, _HELP, subject=claim.id)
        for evidence in claim.evidence:
            explained = evidence.date_basis is Basis.STATED or evidence.date_words or evidence.note
            if evidence.date and not explained:
                said = f'the date is {evidence.date_basis} and has neither "date_words" nor "note"'
                yield Problem(evidence.at("date"), said, "add the article's own words", subject=claim.id)
