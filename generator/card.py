"""A claim as a card on other sites: its words, and the code that shows it in a frame that is high enough for them.

Kept below pages and exports, since both need it: a claim's page shows the same code as its oEmbed answer. Nothing here
knows the reader's fonts, so heights are of a phone of 375 pixels with a wide font.
"""

from math import ceil

from .engine import quick
from .letters import columns
from .marks import paragraph
from .publication import Review
from .sentences import split
from .weigh import label

WIDTH = 560
LEAST_HEIGHT = 220
"""Pixels. Two sentences and a claim of two lines fit."""
MOST_SENTENCES = 2
_TITLE, _TEXT = (35, 23.4), (46, 21.75)
"""Letters in a line, and its height."""
_ELSE = 64
"""What border, padding, margins and the last line take."""
_LOOK = 'style="border:0;max-width:100%" loading="lazy"'


def words(review: Review) -> str:
    """What a card says below its badge: two sentences by the editor, or one where two need a higher frame."""
    claim = review.claim
    told = split((claim.withdrawn.reason if claim.withdrawn else claim.summary) or "")[:MOST_SENTENCES]
    while len(told) > 1 and _height(review, paragraph(told)) > LEAST_HEIGHT:
        told.pop()
    return paragraph(told)


def height(review: Review) -> int:
    """Pixels of the frame that we recommend for a card, in steps of 20."""
    return max(LEAST_HEIGHT, ceil(_height(review, words(review)) / 20) * 20)


def _height(review: Review, text: str) -> float:
    def takes(text: str, line: tuple[int, float]) -> float:
        return ceil(columns(text) / line[0]) * line[1]

    badge = f"   {label(review.agreement.status)} {review.agreement.counts}"
    return _ELSE + takes(review.claim.text, _TITLE) + takes(badge, _TEXT) + takes(text, _TEXT)


def frame(address: str, title: str, height: int) -> str:
    """HTML that shows the card at an absolute address. It is plain text to us: whoever prints it escapes it again."""
    return f'<iframe src="{quick(address)}" title="{quick(title)}" width="{WIDTH}" height="{height}" {_LOOK}></iframe>'
