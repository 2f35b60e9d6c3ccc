"""The same words are not attributed to two speakers.

If two statements quote the same passage of an article and name different speakers, one attribution is mistaken, or the
article garbled who spoke; then both wordings belong to one statement, and its note says so.

Wrong: one passage in a statement with speaker: mayor and in another with speaker: governor
Right: one statement, with the speaker whom the article names
"""

from collections import defaultdict
from collections.abc import Iterator

from ..model import Statement
from ..problems import Problem, Severity
from ..publication import Publication, Said, Told

SEVERITY = Severity.WARNING


def check(pub: Publication) -> Iterator[Problem]:
    by_article: dict[str, list[tuple[Said, Told]]] = defaultdict(list)
    for said in pub.said:
        for told in said.told:
            by_article[told.wording.article].append((said, told))
    for found in by_article.values():
        for n, (said, told) in enumerate(found):
            for other, before in found[:n]:
                if other.statement.speaker != said.statement.speaker and _same_words(told, before):
                    yield Problem(
                        told.wording.at("exact"),
                        f"these words are {_whose(other.statement)} in statement "
                        f'"{other.statement.id}" and {_whose(said.statement)} here',
                        "mend the speaker, or make it one statement",
                        subject=f"statements/{said.statement.id}",
                    )


def _same_words(one: Told, other: Told) -> bool:
    return one.match is not None and other.match is not None and one.match.overlaps(other.match)


def _whose(statement: Statement) -> str:
    return f'those of "{statement.speaker}"' if statement.speaker else "of nobody by name"
