"""A reprint names the article that it reprints, not itself and not another reprint.

The two count as one article. Through a reprint of a reprint one report would count twice.

Wrong: reprint_of: second-copy, which has itself reprint_of: original
Right: reprint_of: original
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for article in pub.articles:
        original = pub.by_id.get(article.reprint_of or "")
        if original is None:
            continue
        if original.id == article.id:
            yield Problem(article.at("reprint_of"), "an article can't reprint itself", "name the original")
        elif original.reprint_of:
            said = f'"{original.id}" is itself a reprint of "{original.reprint_of}"'
            yield Problem(article.at("reprint_of"), said, f'write "reprint_of: {original.reprint_of}"')
