"""The wording to quote is never that of a machine paraphrase.

A text that a machine rewrote prints words that nobody said. It can stand among the variants, where it is shown as what
it is; it can't be what others are compared with. Where no article prints the words unchanged, leave `canonical` out.

Wrong: canonical: {article: machine-copy, exact: We were much confident}
Right: variants: [{article: machine-copy, exact: We were much confident}]
"""

from collections.abc import Iterator

from ..model import Form
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for said in pub.said:
        canonical = said.statement.canonical
        article = pub.by_id.get(canonical.article) if canonical else None
        if canonical and article and article.form is Form.MACHINE_PARAPHRASE:
            yield Problem(
                canonical.at("article"),
                f'the wording to quote is taken from a machine paraphrase, "{article.id}"',
                "make the wording of another article canonical, or none, and this one a variant",
            )
