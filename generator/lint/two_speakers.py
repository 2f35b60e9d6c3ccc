"""The same words are not attributed to two speakers.

If two statements share a wording and name different speakers, one attribution is mistaken, or an article garbled who
spoke; then both wordings belong to one statement, and its note says so.
"""

from collections.abc import Iterator

from ..problems import Problem, Severity
from ..publication import Publication
from ..verify import normal

SEVERITY = Severity.WARNING


def check(pub: Publication) -> Iterator[Problem]:
    first: dict[str, str] = {}
    speakers = {said.statement.id: said.statement.speaker for said in pub.said}
    for said in pub.said:
        for told in said.told:
            words = normal(" ".join(told.wording.exact)).casefold()
            other = first.setdefault(words, said.statement.id)
            if speakers[other] != said.statement.speaker:
                names = [f'"{name}"' if name else "nobody" for name in (speakers[other], said.statement.speaker)]
                yield Problem(
                    told.wording.at("exact"),
                    f'these words are those of {names[0]} in statement "{other}" and of {names[1]} here',
                    "mend the speaker, or make it one statement",
                )
