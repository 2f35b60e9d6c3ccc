"""Words between quotation marks are somebody's, and the evidence says whose.

A quotation from within somebody's words, without `origin`, would count as what the article itself asserts. Name whom
the article relays (`origin`); or widen the quotation to take in who says it. A title or a set phrase between marks can
be waived with a reason, which readers see.

Wrong: quote: we will close the bridge  (the article: “we will close the bridge,” the mayor said)
Right: the same with: origin: mayor-statement
"""

import re
from collections.abc import Iterator

from ..model import Evidence, Stance
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_PAIRS = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", "‹": "›"}
_MARKS = re.compile(r"[“”„«»「」『』‹›\"]")


def check(pub: Publication) -> Iterator[Problem]:
    for found in pub.quotations:
        evidence = found.where
        if found.stance in (None, Stance.MENTIONS) or not isinstance(evidence, Evidence) or evidence.origin:
            continue
        for n, span in enumerate(found.spans):
            begin = found.text.paragraph(span.start).start
            if _open(found.text.words[begin : span.start]) and _closes(found.text.words[span.start : span.end]):
                yield Problem(
                    found.where.at(found.field, n),
                    f'these words stand between quotation marks in "{found.article.id}", line '
                    f"{found.text.line(span.start)}, and nobody is named as their origin",
                    'add "origin: ..." with whose words they are, or widen the quotation to take in who says them',
                    subject=found.subject,
                )
                break


def _open(before: str) -> bool:
    """Whether a quotation mark is open at the end of a text."""
    closing = ""
    for mark in _MARKS.findall(before):
        if closing:
            if mark in closing:
                closing = ""
        elif mark == '"':
            closing = '"'
        else:
            closing = _PAIRS.get(mark, "")
    return bool(closing)


def _closes(words: str) -> bool:
    """Whether words lie wholly inside the marks that are open before them: none closes but at their very end."""
    return _MARKS.search(words.rstrip('”"»“」』› .,')) is None
