"""A hedge stands in the article, beside the words that it hedges.

"reportedly", "expected", "seemingly" are the article's own; one that it does not print would put doubt into its
mouth. The hedge must stand in the quotation or in the same paragraph.

Wrong: hedge: allegedly  (the article: "The bridge reportedly closed")
Right: hedge: reportedly
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication
from ..verify import find, normal

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        for cited in review.cited:
            evidence = cited.evidence
            if evidence.hedge is None or cited.match is None:
                continue
            text = pub.texts[evidence.article]
            first, last = cited.match.spans[0], cited.match.spans[-1]
            beside = text.words[text.paragraph(first.start).start : text.paragraph(last.start).end]
            if find(normal(evidence.hedge).casefold(), beside.casefold()) is None:
                yield Problem(
                    evidence.at("hedge"),
                    f'"{evidence.hedge}" does not stand beside the quotation in "{evidence.article}", '
                    f"line {text.line(first.start)}",
                    "write the article's own word of caution, or leave it out",
                    subject=review.claim.id,
                )
