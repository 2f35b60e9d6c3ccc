"""A quotation that counts for or against a claim is not from a question.

A question asserts nothing: "Will the bridge close?" supports neither that it will nor that it will not. Quote words
that answer it, or make the evidence `mentions`; a question that answers itself can be waived with a reason, which
readers see.

Wrong: quote: the bridge be closed, stance: supports  (the article: "Will the bridge be closed?")
Right: quote: Will the bridge be closed?, stance: mentions
"""

import re
from collections.abc import Iterator

from ..model import Stance
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_REACH = 300
_END = re.compile(r"[?？؟]|[.!…]+[\"”’»)\]]*(?=\s+[^\sa-z]|\s*$)|[。！\n]")
_OPENING = re.compile('[“„«「『"]')


def check(pub: Publication) -> Iterator[Problem]:
    for found in pub.quotations:
        if found.stance in (None, Stance.MENTIONS):
            continue
        words, last = found.text.words, found.spans[-1]
        limit = last.end + _REACH
        if (
            words.find("?", last.start, limit) < 0
            and words.find("？", last.start, limit) < 0
            and words.find("؟", last.start, limit) < 0
        ):
            continue
        if _asked(words, last.start, last.end, min(found.text.paragraph(last.end - 1).end, limit)):
            yield Problem(
                found.where.at(found.field, len(found.spans) - 1),
                f'these words are part of a question in "{found.article.id}", line {found.text.line(last.start)}',
                'make the evidence "mentions", quote words that assert it, or waive it with a reason',
                subject=found.subject,
            )


def _asked(words: str, start: int, end: int, limit: int) -> bool:
    """Whether the sentence that the words end in is a question."""
    whole = words[start:end].rstrip('"”’»)] ')
    if whole.endswith(("?", "？", "؟")):
        return True
    if whole.endswith((".", "!", "。", "！")) and words[end : end + 1] in ("", " ", "\n"):
        return False
    found = _END.search(words, end, limit)
    # What a question mark inside marks that open behind the words asks is another sentence.
    return found is not None and found[0] in "?？؟" and _OPENING.search(words, end, found.start()) is None
