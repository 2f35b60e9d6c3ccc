"""A quotation stands in the article, word for word.

Runs of white space count as one space and Unicode is NFC; letter case, quotation marks and dashes must be those of the
article. Typing errors inside a quotation stand as printed. Similarity never passes a quotation: it only finds the
passage that the message shows. Where an attribution breaks the passage ("..., Microsoft wrote. ..."), give the
parts as a list; no more than 120 characters may stand between them.

Wrong: quote: The bridge was opened on Thursday  (the article: "The bridge was closed on Thursday")
Right: quote: The bridge was closed on Thursday
"""

from collections.abc import Iterator, Sequence

from ..model import Placed
from ..problems import MOST, Problem, Severity
from ..publication import Publication
from ..verify import ATTRIBUTION, Change, Verdict, diagnose, locate

SEVERITY = Severity.ERROR


def check(pub: Publication) -> Iterator[Problem]:
    for n, (where, field, quote, article, claim) in enumerate(_not_found(pub)):
        path = pub.by_id[article].path
        if n < MOST:
            yield _problem(pub, where, field, quote, article, claim)
        else:  # an explanation takes its time, and so many are not read
            yield Problem(where.at(field), f"this quotation is not in {path}", "mend those above first", subject=claim)


def _not_found(pub: Publication) -> Iterator[tuple[Placed, str, Sequence[str], str, str]]:
    """Each quotation that does not stand: its record and field, its parts, its article, and its claim or nothing."""
    for review in pub.reviews:
        for cited in review.cited:
            evidence = cited.evidence
            if cited.article is not None and not cited.article.linked and cited.match is None and evidence.quote:
                yield evidence, "quote", evidence.quote, evidence.article, review.claim.id
    for said in pub.said:
        for told in said.told:
            if told.article is not None and not told.article.linked and told.match is None and told.wording.exact:
                yield told.wording, "exact", told.wording.exact, told.wording.article, ""
    for article in pub.articles:
        for passage in article.not_used:
            if passage.exact and locate([passage.exact], pub.texts[article.id]) is None:
                yield passage, "exact", [passage.exact], article.id, ""


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
            said = f"the parts of this quotation stand in {path}, but not in this order or not close together"
            help = f"give them in order, at most {ATTRIBUTION} characters apart, or as two pieces of evidence"
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
    more = len(changes) - 3
    return ", ".join(told) + (f" and {more} more difference{'s' if more > 1 else ''}" if more > 0 else "")
