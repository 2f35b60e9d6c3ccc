"""A claim that a cautious quotation supports is as cautious as the quotation, or notes the caution.

"Reportedly", "may", "is expected to", "plans to" in the words of an article, or just before them, are part of what it
says. Put the caution into the claim's text; or give it as `hedge`, which readers see beside the quotation; or make the
evidence `qualifies`; or name the word in `note`, where it is said of something else. Only English is looked at.

Wrong: quote: The bridge is expected to close, for the claim "The bridge closes on Sunday."
Right: the same with: hedge: is expected to
"""

from collections.abc import Iterator

from ..context import ahead
from ..cues import english, guarded, hedge, in_english
from ..model import Stance
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_NEAR = 20
"""Characters before a quotation in which a word of caution belongs to it."""


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        claim = review.claim
        for cited in review.cited:
            evidence, match = cited.evidence, cited.match
            if evidence.stance is not Stance.SUPPORTS or evidence.hedge or match is None:
                continue
            text, start, end = pub.texts[evidence.article], match.spans[0].start, match.spans[-1].end
            found = hedge(text.words[max(start - _NEAR, 0) : end])
            if found is None or not in_english(pub, cited.article):
                continue
            # It may belong to the sentence before.
            found = hedge(ahead(text, start)[-_NEAR:] + " " + " ".join(evidence.quote))
            noted = found is not None and found.lower() in (evidence.note or "").lower()
            if found is not None and not noted and not guarded(claim.text) and english(claim.text):
                yield Problem(
                    evidence.at("quote"),
                    f'the article says "{found}" and the claim does not',
                    f'add "hedge: {found}", put the caution into the claim\'s text, or make the evidence "qualifies"',
                    subject=claim.id,
                )
