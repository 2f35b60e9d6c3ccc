"""A quotation is long enough to prove something and to be found once.

Each part has at least 12 characters or 3 words; a letter of Chinese, Japanese or Thai counts as two characters. The
words occur only once in the article: else nobody can tell which passage is meant.

Wrong: quote: closed
Right: quote: The bridge was closed on Thursday
"""

from collections.abc import Iterator, Sequence

from ..model import Placed
from ..problems import Problem, Severity
from ..publication import Publication
from ..verify import MIN_CHARACTERS, MIN_WORDS, Match, too_short

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        for cited in review.cited:
            e = cited.evidence
            yield from _problems(e, "quote", e.quote, e.article, cited.match, review.claim.id)
    for said in pub.said:
        for told in said.told:
            yield from _problems(told.wording, "exact", told.wording.exact, told.wording.article, told.match, "")


def _problems(
    where: Placed, field: str, quote: Sequence[str], article: str, match: Match | None, claim: str
) -> Iterator[Problem]:
    for n, part in enumerate(quote):
        if too_short(part):
            said = f'"{part}" is shorter than {MIN_CHARACTERS} characters and {MIN_WORDS} words'
            yield Problem(where.at(field, n), said, "quote more of the sentence", subject=claim)
    if match is not None and match.occurrences > 1:
        said = f'these words occur more than once in "{article}"'
        yield Problem(where.at(field), said, "quote more, until they occur once", subject=claim)
