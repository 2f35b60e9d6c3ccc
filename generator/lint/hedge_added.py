"""A claim is not more cautious than all that supports it.

"Reportedly", "may" or "plans to" in a claim's text, where no supporting sentence holds a word of doubt, puts a doubt
into the articles that none of them has. Write the claim as the articles say it, or quote the words that doubt. Only
English is looked at.

Wrong: text: The bridge may have closed.  (the only support: "The bridge closed on Sunday")
Right: text: The bridge closed on Sunday.
"""

from collections.abc import Iterator

from ..context import ahead, behind
from ..cues import english, guarded, hedge, in_english
from ..model import Stance
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
NEEDS_ALL = True


def check(pub: Publication) -> Iterator[Problem]:
    for review in pub.reviews:
        claim = review.claim
        found = hedge(claim.text)
        if found is None or not english(claim.text):
            continue
        support = [c for c in review.cited if c.match is not None and c.evidence.stance is Stance.SUPPORTS]
        if not support or any(c.evidence.hedge or not in_english(pub, c.article) for c in support):
            continue
        sentences = []
        for cited in support:
            if cited.match is not None:
                text = pub.texts[cited.evidence.article]
                start, end = cited.match.spans[0].start, cited.match.spans[-1].end
                sentences.append(ahead(text, start) + " " + text.words[start:end] + behind(text, end))
        if not any(guarded(sentence) for sentence in sentences):
            yield Problem(
                claim.at("text"),
                f'the claim says "{found}", and no article that supports it does',
                "write the claim as the articles say it, or quote the words that doubt",
                subject=claim.id,
            )
