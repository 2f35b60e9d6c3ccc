"""A claim is one assertion, which could be true or false by itself.

Two sentences, two clauses joined by a semicolon, or a second verb behind "and" or "but" make two claims of one: an
article may support the one and dispute the other, and no badge could say so. Split it; where the two are one matter
and no source parts them, waive the rule with a reason, which readers see. Clauses are looked at in English only.

Wrong: text: The bridge is closed and will be torn down.
Right: two claims, "The bridge is closed." and "The bridge will be torn down."
"""

import re
from collections.abc import Iterator

from ..cues import english, holds
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_VERB = (
    r"(?:is|are|was|were|has|have|had|will|would|did|does|do|can|could|may|might|must|should|said|says|became|began"
    r"|announced|denied|told|wrote|signed|sold|bought|closed|opened|rose|fell|won|lost|left|ended|resigned|refused|rejected)"
)
_JOINTS = (". ", "! ", "? ", ".” ", "。", "！", "？", "; ", " and ", " but ", " while ", " whereas ", " yet ", ", so ")
_SENTENCES = re.compile(r"[.!?][\"”’»)]*\s+[\"“«‘(]*[A-ZÀ-ÖØ-Þ]|[。！？].")
_SHORT = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|Inc|Ltd|Co|Corp|Gen|Sen|Rep|Gov|Jr|Sr|Nr|Art|Bd|Abs|bzw|ca|\d{1,2})$"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]{12,}’|«[^»]*»|„[^“”]*[“”]|\([^)]*\)")
_CLAUSE = re.compile(
    rf"^[^,]*\b(?:{_VERB}|\w{{3,}}ed)\b[^,]*,?\s(?:and|but|while|whereas|yet)\s(?:also\s|then\s|later\s|since\s)?"
    rf"(?:(?:he|she|it|they|this)\s(?:\w+ly\s|also\s)?)?(?:{_VERB})\b(?!\s+(?:that|those|of)\b)"
)
_OTHER = re.compile(
    rf"^[^,]*\b{_VERB}\b[^,]*,\s(?:and|but|while|whereas|so|yet)\s"
    rf"(?:(?:the|a|an|its|his|her|their)\s(?:[\w’'-]+\s){{1,3}}?|[A-Z][\w’'-]*\s(?:[A-Z][\w’'-]*\s)?){_VERB}\b"
)
_REPORTED = re.compile(
    r"\b(?:said|says?|wrote|writes|told|announced|claims?|claimed|states?|stated|argues?|argued|whether|if|when|unless"
    r"|that|because|which|who|whose|where|how|what|between|both|either)\b"
)


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        claim, text = review.claim, review.claim.text
        why = _joined(text)
        if why:
            yield Problem(
                claim.at("text"),
                f"the claim makes more than one assertion: {why}",
                "make each a claim of its own, or waive it with a reason",
                subject=claim.id,
            )


def _joined(text: str) -> str | None:
    """What joins two assertions in a claim's text; None where it seems to make one."""
    if not holds(text, _JOINTS):
        return None
    plain = _QUOTED.sub("…", text)
    for found in _SENTENCES.finditer(plain):
        if not _SHORT.search(plain[max(found.start() - 8, 0) : found.start()]):
            return "it has two sentences"
    if "; " in plain:
        return "a semicolon joins two clauses"
    if not english(plain):
        return None
    for pattern in (_CLAUSE, _OTHER):
        clause = pattern.search(plain)
        # What somebody says, or what holds under a condition, is one assertion however many verbs it has.
        if clause is not None and not _REPORTED.search(clause[0]):
            words = clause[0].split()[-4:]
            return f'"{" ".join(words)}"'
    return None
