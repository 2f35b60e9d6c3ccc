"""A summary says no more than the status of its claim.

Onrecord says who asserts what and how far independent sources agree. That makes nothing "proven", "debunked", "true",
"false" or "a fact", and "confirmed" only what independent sources agree on. What somebody is quoted or reported as
saying, and what a sentence denies or leaves open, is not looked at. Only English is looked at.

Wrong: summary: The date is confirmed.  (status: one source)
Right: summary: One article gives the date.
"""

import re
from collections.abc import Iterator

from ..cues import english, holds
from ..problems import Problem, Severity
from ..publication import Publication
from ..weigh import LABELS, Status

SEVERITY = Severity.WARNING
NEEDS_ALL = True
_STEMS = ("onfirm", "prove", "bunk", "true", "rue:", "alse", "act:", "fact", "doubt", "a lie", "hoax", "refute")
_BE = r"(?:is|are|was|were|be|been|being|stands|remains|now|clearly|simply|plainly)\s(?:\w+ly\s|thus\s|now\s)?"
_VERDICT = re.compile(
    rf"""(?i)\b(?: {_BE}
      (?P<a>true|false|untrue|proven|proved|disproved|disproven|debunked|refuted|a\slie|a\shoax|a\sfact)
    | (?P<b>proves|proven|disproves|debunks?|debunked|refutes)
    | (?P<c>(?:beyond|without|no)\s(?:any\s)?doubt|undoubtedly|established\sfact|fact:|true:|false:)
    | (?:articles?|sources?|reports?|outlets?|papers?|documents?|statements?|this|that|it|which)\s
      (?:has\s|have\s|also\s)?
      (?P<d>confirm(?:s|ed)?)(?=\s(?:the|that|this|it|what|both|a)\b)
    | {_BE} (?P<e>confirmed)(?!\scases?\b)
    )(?=[\s.,;:!]|$)""",
    re.VERBOSE,
)
_OPEN = re.compile(
    r"(?i)\b(?:not|no|nor|neither|never|nobody|nothing|none|cannot|without|whether|if|unless|until|would|could|may|might"
    r"|says?|said|calls?|called|claims|claimed|holds?|argues?|argued|insists?|states?|writes?|wrote|told|according)\b"
    r"|n['’]t\b"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        claim, status = review.claim, review.agreement.status
        text = claim.summary
        if not text or not holds(text, _STEMS) or not english(text):
            continue
        plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
        for found in _VERDICT.finditer(plain):
            word = next(group for group in found.groups() if group)
            begin = max(plain.rfind(mark, 0, found.start()) for mark in (". ", "; ", "! ", "? ")) + 1
            if _OPEN.search(plain, begin, found.start()):
                continue
            if status is Status.AGREE and word.lower().startswith("confirm"):
                continue
            yield Problem(
                claim.at("summary"),
                f'the summary says "{word}"; the status of the claim is "{LABELS[status]}"',
                "say who says it, and how many; no status means that a claim is true, false or proven",
                subject=claim.id,
            )
            break
