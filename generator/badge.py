"""The badge of a claim on other sites, as SVG.

Kept below pages and exports, since both need it: a page says how wide the badge will be, so that nothing moves when
the picture comes.
"""

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from .weigh import Status, label
from .words import ENGLISH, direction, gettext, kept, language


class Colour(NamedTuple):
    """The colour of a status on white and on dark grounds."""

    light: str
    dark: str


_INK = "#1c1b19"
_SUPPORT, _PART = Colour("#005d73", "#5ecfc9"), Colour("#5b3391", "#b196ff")
_DISPUTE, _QUIET = Colour("#9c3508", "#ffae70"), Colour("#55524b", "#b8b3a8")
COLOURS: Mapping[Status, Colour] = {
    Status.AGREE: _SUPPORT,
    Status.UNCLEAR: _SUPPORT,
    Status.CAVEAT: _PART,
    Status.PARTIAL: _PART,
    Status.CONFLICT: _DISPUTE,
    Status.DISPUTED: _DISPUTE,
    Status.SINGLE: Colour("#5f4a00", "#e3c25a"),
    Status.ECHO: Colour("#3d4f5c", "#a9bfcd"),
    Status.NONE: _QUIET,
    Status.WITHDRAWN: _QUIET,
}
_DISC = '<circle cx="10" cy="10" r="9"/>'
_RING = '<circle cx="10" cy="10" r="8" fill="none" stroke="#fff"/>'
_DASHED = '<circle cx="10" cy="10" r="8" fill="none" stroke="#fff" stroke-dasharray="3 2.6"/>'
_DIAMOND = '<path d="M10 .5 19.5 10 10 19.5.5 10Z"/>'
_OCTAGON = '<path d="M5.6 1h8.8L19 5.6v8.8L14.4 19H5.6L1 14.4V5.6Z"/>'
_SQUARE = '<rect x="1.5" y="1.5" width="17" height="17" rx="2"/>'
_TICK = "M5.5 10.4l3 3 6-6.6"
_MARKS = {
    Status.AGREE: (_DISC, _TICK),
    Status.UNCLEAR: (_RING, _TICK),
    Status.CAVEAT: (_DIAMOND, "M5.6 11.2c1.2-2.4 2.8-2.4 4.4-1.2s3.2 1.2 4.4-1.2"),
    Status.PARTIAL: ('<path d="M10 1.5v17L1.5 10Z"/><path d="M10 1.5 18.5 10 10 18.5" fill="none" stroke="#fff"/>', ""),
    Status.CONFLICT: (_OCTAGON, "M5.5 8h9m-9 4h9M12 5l-4 10"),
    Status.DISPUTED: (_OCTAGON, "M6.4 6.4l7.2 7.2m0-7.2l-7.2 7.2"),
    Status.SINGLE: (_SQUARE, "M8.2 7.2 10.4 5.6v8.8"),
    Status.ECHO: (_DISC, "M10 6.4a3.6 3.6 0 1 0 .01 0Z"),
    Status.NONE: (_DASHED, ""),
    Status.WITHDRAWN: (_SQUARE, "M5.5 10h9"),
}


class Halves(NamedTuple):
    """Pixels of the two halves of a badge."""

    label: int
    counts: int

    @property
    def total(self) -> int:
        return self.label + self.counts


@kept
def halves(status: Status, counts: str) -> Halves:
    """How wide the badge of a status and its counts is."""
    return Halves(29 + _width(label(status), bold=True) + 8, 8 + _width(counts) + 8)


@kept
def in_words(status: Status, counts: str) -> str:
    """What a badge says, for those who do not see it."""
    return gettext("%(label)s: %(counts)s", label=label(status), counts=counts)


@kept
def badge(status: Status, counts: str) -> bytes:
    """The picture of a status and its counts, as UTF-8 SVG. Few of the two differ, so each is drawn once."""
    name, colour = label(status), COLOURS[status].light
    wide = halves(status, counts)
    left, right, total = wide.label, wide.counts, wide.total
    shape, glyph = _MARKS[status]
    outlined = status in (Status.UNCLEAR, Status.NONE, Status.PARTIAL)
    stroke = "#fff" if outlined else colour
    drawn = f'<path fill="none" stroke="{stroke}" d="{glyph}"/>' if glyph else ""
    said = in_words(status, counts)
    # From right to left the halves change sides: all is mirrored but the mark and the words.
    tag = language()
    mirrored = direction(tag) == "rtl"
    tongue = f' xml:lang="{tag}"' if tag != ENGLISH else ""
    ground = f' transform="matrix(-1 0 0 1 {total} 0)"' if mirrored else ""
    place, first, second = (total - 23, total - 29, total - left - 8) if mirrored else (7, 29, left + 8)
    reading = ' direction="rtl"' if mirrored else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="24" viewBox="0 0 {total} 24" role="img" '
        f"aria-label={quoteattr(said)}{tongue}><title>{escape(said)}</title>"
        f'<rect x=".5" y=".5" width="{total - 1}" height="23" rx="4" fill="#fff" stroke="{colour}"/>'
        f'<path d="M4 0h{left - 4}v24H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z" fill="{colour}"{ground}/>'
        f'<g transform="translate({place} 4) scale(.8)" fill="#fff" stroke-width="2.2" stroke-linecap="round" '
        f'stroke-linejoin="round">{shape}{drawn}</g>'
        f'<g font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11"{reading}>'
        f'<text x="{first}" y="16" fill="#fff" font-weight="bold" textLength="{left - 37}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(name)}</text>'
        f'<text x="{second}" y="16" fill="{_INK}" textLength="{right - 16}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(counts)}</text></g></svg>\n'
    )
    return svg.encode()


# Widths of Verdana at 11 px in tenths of a pixel, by how wide a letter is; `textLength` makes up for the rest.
_NARROW, _WIDE = set("iljftrI.,:;|! ·'"), set("mwMWOQGD—")


def _width(text: str, bold: bool = False) -> int:
    """How many pixels a text takes at 11 px, near enough for `textLength` to fit it without being seen."""
    tenths = sum(41 if c in _NARROW else 98 if c in _WIDE else 69 if c.isascii() else _foreign(c) for c in text)
    return round(tenths * (1.13 if bold else 1.0) / 10)


def _foreign(c: str) -> int:
    """Tenths of a pixel of a letter that Verdana may not have."""
    if unicodedata.combining(c) or unicodedata.category(c) == "Cf":
        return 0
    if unicodedata.east_asian_width(c) in "WF":
        return 110
    return 58 if unicodedata.bidirectional(c) == "AL" else 69
