"""A noise line stands in its article.

`noise` names whole lines that are not the article. One that is not there hides nothing; most often the text was
taken again or the line is misspelt, and the real one can be quoted.

Wrong: noise: [Share this]  (the article has the line: "Share this story")
Right: noise: [Share this story]
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication
from ..verify import normal

SEVERITY = Severity.WARNING


def check(pub: Publication) -> Iterator[Problem]:
    for article in pub.articles:
        if article.noise:
            lines = {normal(line) for line in article.body.split("\n")}
            for n, noise in enumerate(article.noise):
                if normal(noise) not in lines:
                    said = f'no line of "{article.id}" is "{noise}"'
                    subject = f"articles/{article.id}"
                    yield Problem(article.at("noise", n), said, "copy the whole line, or delete it", subject=subject)
