"""Words of a linked article can't be verified; store the article to verify them.

A quotation is believed here because a program found it in the stored text. Of a linked article there is none, so that
its words are shown as not verified and never count for the badge. Leave them out, or store the article.

Wrong: a quote from an article that stands under `articles` in claims.yaml
Right: the same with the article's text in content/articles
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.NOTE


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        for cited in review.cited:
            if cited.article is not None and cited.article.linked and cited.evidence.quote:
                yield Problem(
                    cited.evidence.at("quote"),
                    f'"{cited.article.id}" is linked, so these words can\'t be verified',
                    f'store its text with "onrecord new article --id {cited.article.id}", or leave the words out',
                    subject=review.claim.id,
                )
