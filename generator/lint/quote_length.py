"""A quotation is long enough to prove something and to be found once.

Each part has at least 12 characters or 3 words, and the words occur only once in the article: else nobody can tell
which passage is meant.
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication
from ..verify import MIN_CHARACTERS, MIN_WORDS, too_short

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        for cited in review.cited:
            evidence = cited.evidence
            for n, part in enumerate(evidence.quote):
                if too_short(part):
                    yield Problem(
                        evidence.at("quote", n),
                        f'"{part}" is shorter than {MIN_CHARACTERS} characters and {MIN_WORDS} words',
                        "quote more of the sentence",
                        subject=review.claim.id,
                    )
            if cited.match is not None and cited.match.occurrences > 1:
                yield Problem(
                    evidence.at("quote"),
                    f'these words occur more than once in "{evidence.article}"',
                    "quote more, until they occur once",
                    subject=review.claim.id,
                )
