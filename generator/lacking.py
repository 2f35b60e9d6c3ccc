"""Record -> what is missing in it because an article is linked or is not: what no shape of one record alone can say.

The words of a stored article can be shown, so evidence on it has a quotation. A verdict says why and when, unless the
article in which it was given does.
"""

from collections.abc import Collection, Iterator

from .model import Placed, Record, Verdict
from .problems import Problem

Place = tuple[str, int, int]


def lacking(record: Record, told: Collection[Place]) -> Iterator[Problem]:
    """What is missing, but where reading has `told` of a problem at the same place: path, line and column."""
    linked = {article.id for article in record.articles if article.linked}
    for claim in record.claims:
        for evidence in claim.evidence:
            if not evidence.quote and evidence.article not in linked and not _told(evidence, "quote", told):
                yield _missing(
                    evidence, "quote", "an evidence", "quote", "; only that of a linked article can do without"
                )
        for verdict in claim.verdict:
            yield from _of_verdict(verdict, told)


def _of_verdict(verdict: Verdict, told: Collection[Place]) -> Iterator[Problem]:
    given = verdict.as_given
    if given is not None and not (given.name or given.value):
        yield _missing(given, "", "an as_given entry", "name", ' or "value: ..."')
    if verdict.article is not None or _told(verdict, "article", told):
        return
    if given is not None:
        yield _missing(verdict, "as_given", "a verdict with as_given", "article", ", where it was given")
        return
    for name in ("explanation", "date"):
        if getattr(verdict, name) is None and not _told(verdict, name, told):
            yield _missing(verdict, "", "a verdict", name, '; only one that names its "article" can do without')


def _told(item: Placed, name: str, told: Collection[Place]) -> bool:
    if (name, 0) not in item.marks:
        return False
    mark = item.at(name)
    return (mark.path, mark.line, mark.column) in told


def _missing(item: Placed, at: str, what: str, name: str, more: str) -> Problem:
    return Problem(item.at(at), f'{what} has no "{name}"', f'add "{name}: ..."{more}', "missing-key")
