"""A quotation stands in the article, word for word.

Runs of white space count as one space and Unicode is NFC; letter case, quotation marks and dashes must be those of the
article. Typing errors inside a quotation stand as printed. Similarity never passes a quotation: it only finds the
passage that the message shows. Where an attribution breaks the passage ("..., Microsoft wrote. ..."), give the
parts as a list.
"""

from collections.abc import Iterator, Sequence

from ..model import Placed
from ..problems import Problem, Severity
from ..publication import Publication
from ..verify import Change, Verdict, diagnose, locate

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        for cited in review.cited:
            if cited.article is not None and cited.match is None:
                evidence = cited.evidence
                yield _problem(pub, evidence, "quote", evidence.quote, evidence.article, review.claim.id)
    for said in pub.said:
        for told in said.told:
            if told.article is not None and told.match is None:
                yield _problem(pub, told.wording, "exact", told.wording.exact, told.wording.article, "")
    for article in pub.articles:
        for passage in article.not_used:
            if locate([passage.exact], pub.texts[article.id]) is None:
                yield _problem(pub, passage, "exact", [passage.exact], article.id, "")


def _problem(pub: Publication, where: Placed, field: str, quote: Sequence[str], article: str, claim: str) -> Problem:
    text = pub.texts[article]
    failing = next((n for n, part in enumerate(quote) if locate([part], text) is None), 0)
    found = diagnose(quote, article, pub.texts)
    path = pub.by_id[article].path
    passage = " […] ".join(found.passage)
    match found.verdict:
        case Verdict.SPLIT:
            said = f"these words are broken by an attribution in {path}, line {found.line}"
            parts = ", ".join(f'"{part}"' for part in found.passage)
            help = f"give the parts as a list: [{parts}]"
        case Verdict.ELSEWHERE:
            said = f"these words are not in {path} but in {pub.by_id[found.article].path}, line {found.line}"
            help = f'make it "article: {found.article}", or quote this article'
        case Verdict.ALTERED if found.changes:
            said = f"this quotation is not in {path}: {_differs(found.changes)}"
            help = f'line {found.line} has: "{passage}"'
        case Verdict.ALTERED:
            said = f"the parts of this quotation stand in {path}, but not in this order"
            help = "give them in the order of the article"
        case _:
            said = f"this quotation is nowhere in {path}, nor in any other article"
            help = "copy the words from the article; noise lines and front matter can't be quoted"
    return Problem(where.at(field, failing), said, help, subject=claim)


def _differs(changes: Sequence[Change]) -> str:
    told = []
    for change in changes[:3]:
        if not change.new:
            told.append(f'"{change.old}" is left out')
        elif not change.old:
            told.append(f'"{change.new}" is added')
        else:
            told.append(f'"{change.new}" stands for "{change.old}"')
    more = f" and {len(changes) - 3} more differences" if len(changes) > 3 else ""
    return ", ".join(told) + more
