"""A page of HTML -> a tree of units: elements that may come once, often or not at all, such as a paragraph or a row.

A unit is a shape (its markup, with places for values and for the units inside it), the values, and those units.
"""

import re
from functools import lru_cache
from typing import NamedTuple

UNITS = frozenset("section article p dl dt dd ul ol li blockquote table tr td th nav svg path circle rect text".split())
_ROWS = ('<span class="tm', '<span class="tw')
"""Ticks of a scale, which come in rows too."""
_MARK = '<svg class="mk '
"""Marks come from a list, so each is markup and no value."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_TOKEN = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_DATA = re.compile(r'(<script type="application/ld\+json">)(.*)(</script>)', re.DOTALL)


class Value(NamedTuple):
    """A place for words."""

    where: str
    """Name of the attribute; "text" between tags, "json" in a block of JSON."""


Part = str | Value | None
"""Markup as it stands, a place for a value, or (None) for units."""


class Unit(NamedTuple):
    shape: tuple[Part, ...]
    values: tuple[str, ...]
    """As they are written in the page."""
    runs: tuple[tuple["Unit", ...], ...]
    """The units inside, those side by side together."""


def parse(html: str) -> Unit:
    """A page as one unit. Its elements are closed as those of our templates are."""
    tokens = _TOKEN.findall(html)
    unit, end = _unit(tokens, 0, "")
    assert end == len(tokens)
    return unit


def _unit(tokens: list[str], at: int, element: str) -> tuple[Unit, int]:
    """Reads an element from its tag at `at` to its end; or to the end of the page."""
    parts: list[Part] = []
    values: list[str] = []
    runs: list[list[Unit]] = []
    depth = 0
    while at < len(tokens):
        closes, name, alone, shape, found = _read(tokens[at])
        if parts and not closes and (name in UNITS or tokens[at].startswith(_ROWS)):
            if tokens[at].startswith(_MARK):
                end = tokens.index("</svg>", at) + 1
                inner, at = Unit(("".join(tokens[at:end]),), (), ()), end
            elif alone:
                inner, at = Unit(shape, found, ()), at + 1
            else:
                inner, at = _unit(tokens, at, name)
            if at < len(tokens) and tokens[at].isspace():
                inner, at = inner._replace(shape=(*inner.shape, tokens[at])), at + 1
            if parts[-1] is not None:
                parts.append(None)
                runs.append([])
            runs[-1].append(inner)
            continue
        parts += shape
        values += found
        at += 1
        if name == element and not alone:
            depth += -1 if closes else 1
            if not depth:
                break
    return Unit(tuple(parts), tuple(values), tuple(map(tuple, runs))), at


@lru_cache(100_000)
def _read(token: str) -> tuple[bool, str, bool, tuple[Part, ...], tuple[str, ...]]:
    """A token: whether it closes an element, which, whether it has no end, its markup and its values."""
    tag = _TAG.match(token)
    if block := _DATA.fullmatch(token):
        return False, "", True, (block[1], Value("json"), block[3]), (block[2],)
    if token.isspace() or token.startswith(("<script", "<style", "<!")):
        return False, "", True, (token,), ()
    if tag is None:
        return False, "", True, (Value("text"),), (token,)
    shape: list[Part] = []
    found: list[str] = []
    end = 0
    for match in _ATTRIBUTE.finditer(token):
        shape += [token[end : match.start(2)], Value(match[1])]
        found.append(match[2])
        end = match.end(2)
    alone = tag[2] in _VOID or token.endswith("/>")
    return tag[1] == "/", tag[2], alone, (*shape, token[end:]), tuple(found)
