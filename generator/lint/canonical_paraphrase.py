"""The wording to quote is never that of a machine paraphrase.

A text that a machine rewrote prints words that nobody said. It can stand among the variants, where it is shown as what
it is; it can't be what others are compared with.
"""

from collections.abc import Iterator

from ..model import Form
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for said in pub.said:
        told = said.told[0]
        if told.article is not None and told.article.form is Form.MACHINE_PARAPHRASE:
            yield Problem(
                said.statement.canonical.at("article"),
                f'the wording to quote is taken from a machine paraphrase, "{told.article.id}"',
                "make the wording of another article canonical, and this one a variant",
            )
