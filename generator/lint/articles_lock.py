"""A stored article is the text that `articles.lock` knows.

The lock holds the SHA-256 of each stored text, so that nobody can change an article and the quotation from it together
without the change showing in review. `onrecord lock` writes it anew; the difference is there for reviewers to see.

Wrong: an article whose text was changed after "onrecord lock"
Right: the text as it was, or "onrecord lock" run again and its difference reviewed
"""

from collections.abc import Iterator

from ..load import LOCK, digest
from ..problems import Mark, Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR
_HELP = 'if the stored text is right, run "onrecord lock"; reviewers will see the change'
_NAMED = 5


def check(pub: Publication) -> Iterator[Problem]:
    locks = pub.record.locks
    for article in pub.articles:
        mark = Mark(article.path)
        if (wanted := locks.get(article.id)) is None:
            yield Problem(mark, f"the text is not in {LOCK}", _HELP)
        elif (found := digest(article.body)) != wanted:
            said = f'text differs from {LOCK} (was "{wanted[:8]}", is "{found[:8]}")'
            yield Problem(mark, f"{said}{_reopened(pub, article.id)}", _HELP)
    stored = {article.id for article in pub.articles}
    for n, name in enumerate(locks):
        if name not in stored:
            mark = pub.record.at("locks", n)._replace(path=LOCK)
            yield Problem(mark, f'no stored article "{name}"', 'restore it, or run "onrecord lock"')


def _reopened(pub: Publication, article: str) -> str:
    """Whom a changed text concerns, as the end of a sentence: the claims that quote it must be read again."""
    claims = list(dict.fromkeys(review.claim.id for review, _ in pub.by_article.get(article, ())))
    if not claims:
        return ""
    named = ", ".join(f'"{id}"' for id in claims[:_NAMED])
    more = f" and {len(claims) - _NAMED} more" if len(claims) > _NAMED else ""
    return f"; read again what quotes it: {named}{more}"
