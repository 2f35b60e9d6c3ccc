"""`Agreement` -> what a badge shows: the shapes of the marks, the row of marks, and the counts as sentences."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .weigh import Agreement
from .words import N_, gettext, ngettext, pgettext

MOST_SILENT = 8
"""So many silent articles have a mark of their own in a row of marks; the others are a number."""
STANCES = {
    "supports": N_("Supports"),
    "qualifies": N_("Qualifies"),
    "disputes": N_("Disputes"),
    "mentions": N_("Mentions"),
    "silent": N_("Silent"),
}
MEANINGS = {
    "supports": N_("states the claim"),
    "qualifies": N_("states part of it, or something compatible but narrower"),
    "disputes": N_("states something that cannot hold together with it"),
    "silent": N_("does not address it"),
}


class Shape(NamedTuple):
    """SVG path data of a mark in a box of 20 by 20."""

    outline: str
    glyph: str = ""


_DISC = "M10 1a9 9 0 1 1 0 18a9 9 0 1 1 0-18Z"
_RING = "M10 2a8 8 0 1 1 0 16a8 8 0 1 1 0-16Z"
_DIAMOND = "M10 .5 19.5 10 10 19.5.5 10Z"
_OCTAGON = "M5.6 1h8.8L19 5.6v8.8L14.4 19H5.6L1 14.4V5.6Z"
_SQUARE = "M3 1h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2Z"
_TICK, _CROSS = "M5.5 10.4l3 3 6-6.6", "M6.4 6.4l7.2 7.2m0-7.2l-7.2 7.2"
_TILDE = "M5.6 11.2c1.2-2.4 2.8-2.4 4.4-1.2s3.2 1.2 4.4-1.2"
SHAPES = {
    "supports": Shape(_DISC, _TICK),
    "qualifies": Shape(_DIAMOND, _TILDE),
    "disputes": Shape(_OCTAGON, _CROSS),
    "mentions": Shape(_RING),
    "silent": Shape(_RING),
    "withdrawn": Shape(_SQUARE, "M5.5 10h9"),
    "conflict": Shape(_OCTAGON, "M5.5 8h9m-9 4h9M12 5l-4 10"),
    "disputed": Shape(_OCTAGON, _CROSS),
    "none": Shape(_RING),
    "partial": Shape("M10 2 18 10 10 18 2 10Z", "M10 2 2 10 10 18Z"),
    "single": Shape(_SQUARE, "M8.2 7.2 10.4 6v8.4"),
    "caveat": Shape(_DIAMOND, _TILDE),
    "echo": Shape(_DISC, "M10 6.5a3.5 3.5 0 1 0 .01 0"),
    "agree": Shape(_DISC, _TICK),
    "unclear": Shape(_RING, _TICK),
}


class Row(NamedTuple):
    """A row of marks: stances by capsule, and how many silent articles are not drawn."""

    groups: Sequence[Sequence[str]]
    more: int


def listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s and %(last)s", names=commas(names[:-1]), last=names[-1])


def commas(names: Iterable[str]) -> str:
    """ "A, B, C"."""
    return pgettext("list", ", ").join(names)


def paragraph(sentences: Iterable[str]) -> str:
    """Sentences one after the other: Chinese puts no space between them."""
    said = ""
    for sentence in sentences:
        said = gettext("%(text)s %(sentence)s", text=said, sentence=sentence) if said else sentence
    return said


def articles(n: int) -> str:
    return ngettext("%(n)s article", "%(n)s articles", n)


def claims(n: int) -> str:
    return ngettext("%(n)s claim", "%(n)s claims", n)


def tally_words(agreement: Agreement) -> str:
    """ "4 articles address this: 2 support, 1 qualifies it, 1 disputes it." """
    if not agreement.articles:
        return gettext("No article addresses this.")
    s, q, d = len(agreement.supports), len(agreement.qualifies), len(agreement.disputes)
    sides = [
        *([ngettext("%(n)s supports it", "%(n)s support", s)] if s else ()),
        *([ngettext("%(n)s qualifies it", "%(n)s qualify", q)] if q else ()),
        *([ngettext("%(n)s disputes it", "%(n)s dispute", d)] if d else ()),
    ]
    return ngettext(
        "%(n)s article addresses this: %(sides)s.",
        "%(n)s articles address this: %(sides)s.",
        agreement.articles,
        sides=commas(sides),
    )


def origin_words(agreement: Agreement) -> str:
    """Where the support comes from: "Behind them: 1 named origin; 3 articles name none."; empty without support."""
    if not agreement.groups:
        return ""
    all_support = not agreement.disputes and not agreement.qualifies
    n = len(agreement.supports)
    if not agreement.named and n == 1:
        if all_support:
            return gettext("It does not say where its information came from.")
        return gettext("The one in support does not say where its information came from.")
    if not agreement.named:
        if all_support:
            return gettext("None says where its information came from.")
        return gettext("None of those in support says where its information came from.")
    found = ngettext("%(n)s named origin", "%(n)s named origins", agreement.named)
    if agreement.unnamed:
        others = ngettext("%(n)s article names none", "%(n)s articles name none", agreement.unnamed)
        found = gettext("%(origins)s; %(others)s", origins=found, others=others)
    if not all_support:
        return gettext("Behind the support: %(found)s.", found=found)
    return gettext("Behind it: %(found)s.", found=found) if n == 1 else gettext("Behind them: %(found)s.", found=found)


def mark_row(agreement: Agreement, voices: int) -> Row:
    """The row of marks of a claim, in the order supports, qualifies, disputes, silent."""
    groups = [["supports"] * len(group.articles) for group in agreement.groups]
    groups += [["qualifies"]] * len(agreement.qualifies) + [["disputes"]] * len(agreement.disputes)
    silent = max(voices - agreement.articles, 0)
    return Row(groups + [["silent"]] * min(silent, MOST_SILENT), max(silent - MOST_SILENT, 0))
