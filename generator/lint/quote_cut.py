"""A quotation does not end before the word that turns it.

A sentence that goes on with "not", "never", "no", "but", "unless", "if", "allegedly" says something else as a whole
than its first half. Quote on, to the end of the thought; or waive the rule with a reason, which readers see. Only
articles in English are looked at.

Wrong: quote: The bridge will close  (the article: "The bridge will close unless money is found")
Right: quote: The bridge will close unless money is found
"""

import re
from collections.abc import Iterator

from ..cues import in_english
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_TURN = re.compile(
    r"[\s,;:\"”’»)\]–—-]*\b(not|never|no|nor|but|although|though|however|except|unless|allegedly|reportedly|supposedly"
    r"|purportedly|apparently|if|only if|or so)(?=[\s,])"
)
_ENDS = (".", "!", "?", "…")
_WHOLE = re.compile(r"[.!?…][\"”’»)\]]*$")


def check(pub: Publication) -> Iterator[Problem]:
    for found in pub.quotations:
        if not in_english(pub, found.article):
            continue
        words = found.text.words
        for n, span in enumerate(found.spans):
            if words[span.end - 1] in _ENDS:
                continue
            cue = _TURN.match(words, span.end, span.end + 40)
            if cue is None or "\n" in cue[0] or _WHOLE.search(words, span.start, span.end):
                continue
            if span.end >= found.text.paragraph(span.end - 1).end:
                continue
            if n + 1 < len(found.spans) and found.spans[n + 1].start <= cue.start(1):
                continue
            on = words[cue.start(1) : cue.start(1) + 60].split()[:5]
            yield Problem(
                found.where.at(found.field, n),
                f'the sentence goes on in "{found.article.id}", line {found.text.line(span.end - 1)}: '
                f'"{" ".join(on)} …"',
                "quote on, to the end of the thought, or waive it with a reason",
                subject=found.subject,
            )
