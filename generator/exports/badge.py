"""`claims/{id}/badge.svg`: a claim's badge as a picture, to stand on other sites.

24 pixels high, two halves: the label in the colour of the status, the counts in ink on white. At most 2 KB, no script,
no font and no request of its own.
"""

from collections.abc import Iterator
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from jinja2 import Environment

from ..publication import Publication
from ..render import File, Site
from ..weigh import LABELS, Status

_INK = "#1c1b19"
_COLOURS = {
    Status.AGREE: "#005d73",
    Status.UNCLEAR: "#005d73",
    Status.CAVEAT: "#5b3391",
    Status.PARTIAL: "#5b3391",
    Status.CONFLICT: "#9c3508",
    Status.DISPUTED: "#9c3508",
    Status.SINGLE: "#5f4a00",
    Status.ECHO: "#3d4f5c",
    Status.NONE: "#55524b",
    Status.WITHDRAWN: "#55524b",
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


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    for review in pub.reviews:
        yield File(f"claims/{review.claim.id}/badge.svg", badge(review.agreement.status, review.agreement.counts))


@cache
def badge(status: Status, counts: str) -> bytes:
    """The picture of a status and its counts, as UTF-8 SVG. Few of the two differ, so each is drawn once."""
    label, colour = LABELS[status], _COLOURS[status]
    left = 29 + width(label, bold=True) + 8
    right = 8 + width(counts) + 8
    total = left + right
    shape, glyph = _MARKS[status]
    outlined = status in (Status.UNCLEAR, Status.NONE, Status.PARTIAL)
    stroke = "#fff" if outlined else colour
    drawn = f'<path fill="none" stroke="{stroke}" d="{glyph}"/>' if glyph else ""
    said = f"{label}: {counts}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="24" viewBox="0 0 {total} 24" role="img" '
        f"aria-label={quoteattr(said)}><title>{escape(said)}</title>"
        f'<rect x=".5" y=".5" width="{total - 1}" height="23" rx="4" fill="#fff" stroke="{colour}"/>'
        f'<path d="M4 0h{left - 4}v24H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z" fill="{colour}"/>'
        f'<g transform="translate(7 4) scale(.8)" fill="#fff" stroke-width="2.2" stroke-linecap="round" '
        f'stroke-linejoin="round">{shape}{drawn}</g>'
        f'<g font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">'
        f'<text x="29" y="16" fill="#fff" font-weight="bold" textLength="{left - 37}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(label)}</text>'
        f'<text x="{left + 8}" y="16" fill="{_INK}" textLength="{right - 16}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(counts)}</text></g></svg>\n'
    )
    return svg.encode()


# Widths of Verdana at 11 px in tenths of a pixel, by how wide a letter is; `textLength` makes up for the rest.
_NARROW, _WIDE = set("iljftrI.,:;|! ·'"), set("mwMWOQGD—")


def width(text: str, bold: bool = False) -> int:
    """How many pixels a text takes at 11 px, near enough for `textLength` to fit it without being seen."""
    tenths = sum(41 if c in _NARROW else 98 if c in _WIDE else 69 for c in text)
    return round(tenths * (1.13 if bold else 1.0) / 10)
