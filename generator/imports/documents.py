"""The text of a file of JSON -> its documents, and what is wrong with them; one or several in a row.

`json` of the standard library stops at the first fault. Here a fault costs the item of a list in which it stands, and
reading goes on with the next: where the brackets tell which that is, else at the next line that begins as the line of
that item did. So a broken line of JSON-LD costs that line. What is lost beyond the item is said, and no item is ever
there in part: what was left out comes with the next import, and what was taken in part would count as there already.
"""

import re
from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

from ..problems import Problem, Severity
from . import jsontext
from .jsontext import SPACE, FaultError, Node, Open, Text, after, value_at

FAULTS = 1_000
"""Faults after which a file is given up."""
AGAIN = "mend it, and run the import again: what is there already is passed over"

_SIGN = re.compile(r'[\[{}\],:]|"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"|[-+.\w]++(?=\s*[,:}\]])', re.ASCII)
_GOES_ON = re.compile(r'\s*(?:\}|,\s*"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"\s*:)', re.ASCII)
_BETWEEN = re.compile(r"[ \t\n\r,\]}]*")  # what is left of a list or mapping that a fault has ended


def documents(source: Text, problems: list[Problem], lists: Collection[str] = ()) -> list[Node]:
    """The values of a file in their order, as far as they can be read; what can't is a problem.

    Items are those of a list at the top, or of one that is reached by these names alone. A fault costs its item and
    no other; where it stands outside of such lists, the whole value, which would else be there in part.
    """
    found: list[Node] = []
    text, at = source.text, 0
    budget, faults = [jsontext.MOST], 0
    again: list[Node] = []
    stack: list[Open] = []
    while stack or (at := after(_BETWEEN if faults else SPACE, text, at)) < len(text):
        try:
            node = value_at(text, at, stack, budget, again)
            found.append(node)
            at = node.end
        except FaultError as fault:
            faults += 1
            more, said = None, "; nothing behind it is read"
            kept = _whole(stack, lists)
            items = found if not stack else stack[-1][0].value if kept == len(stack) else []
            early = _closed_early(text, items) if isinstance(items, list) else None
            if budget[0] and faults < FAULTS:
                more, said = _next(source, stack, kept, at, fault.at, early)
                over = more.at if more else len(text)
                if stack and not (kept or said) and any(text.find(f'"{n}"', fault.at, over) >= 0 for n in lists):
                    said = "; nothing of the list behind it is read"
            said = ("; what ends before it is left out too" if early else "") + said
            problems.append(Problem(source.mark(fault.at), f"{fault}{said}", AGAIN, "import-syntax"))
            del stack[kept:]
            if stack and (more is None or not more.within):
                found.append(_folded(stack))
                stack.clear()
            if more is None:
                break
            at = more.at
    for node in again[:FAULTS]:
        said = "this name was given before in the same object: what stands here is left out"
        mark = source.mark(node.start, node.end)
        problems.append(Problem(mark, said, "keep the right one in the file", "import-value", Severity.WARNING))
    return found


def _whole(stack: list[Open], lists: Collection[str]) -> int:
    """How much of what a fault left open is kept: down to the list of items in which it stands, or that is read."""
    kept = 0
    for depth, (node, key) in enumerate(stack, 1):
        if depth > 1 and key not in lists:
            break
        if isinstance(node.value, list):
            return depth
        values = node.value if isinstance(node.value, dict) else {}
        if any(isinstance(values[name].value, list) for name in lists if name in values):
            kept = depth
    return kept


def _closed_early(text: str, items: list[Node]) -> Node | None:
    """The last of some items, taken away from them, where names or brackets go on behind it: it may be half of one."""
    for node in items[:-3:-1]:
        if isinstance(node.value, dict) and _GOES_ON.match(text, node.end):
            del items[items.index(node) :]
            return node
    return None


def _folded(stack: list[Open]) -> Node:
    """What is open, put together as if it ended here."""
    for (parent, _), (child, key) in pairwise(stack):
        if isinstance(parent.value, dict):
            parent.value[key or ""] = child
    return stack[0][0]


class _Next(NamedTuple):
    """Where reading goes on, and whether that is within the list that the fault stands in."""

    at: int
    within: bool


def _next(
    source: Text, stack: list[Open], kept: int, begun: int, fault: int, early: Node | None
) -> tuple[_Next | None, str]:
    """Where reading goes on behind a fault, and what to say of what is lost by that.

    That is the next item if the brackets up to it on this line tell which one that is. Else it is the next line that
    begins a mapping as far from the edge as the line that failed, as in files with one item on each line. `early` is
    the item that failed where its end was read too soon.
    """
    text = source.text
    listed = kept and isinstance(stack[kept - 1][0].value, list)
    items = stack[kept - 1][0] if listed else None
    if early is not None:
        item = early.start
    elif kept < len(stack) and listed:
        item = stack[kept][0].start
    elif items is not None:
        item = items.value[-1].end if isinstance(items.value, list) and items.value else items.end
    else:
        item = stack[0][0].start if stack else begun
    at = None if early else _bracketed(text, item, max(fault, begun + 1), "]" if listed else "]}")
    if at is not None and text.startswith(("{", "["), at):
        return _Next(at, bool(listed)), ""
    if at is not None:  # the list or value has ended
        rest = after(_BETWEEN, text, at)
        if rest == len(text):
            return None, ""
        if "\n" in text[at:rest] and text[rest] in "{[":
            return _Next(rest, within=False), ""
    before = text[source.lines[source.mark(item).line - 1] : item]
    within = bool(listed) and at is None and not before.strip()
    edge = before if at is None and not before.strip() else ""
    found = re.compile(rf"^{edge}(?={{)", re.MULTILINE).search(
        text, max(item, fault if early else begun) + 1 if at is None else at
    )
    if found is None:
        return None, "; nothing behind it is read" if text[fault:].strip() else ""
    over = text.find("\n", fault)
    lost = text.find("\n", item) == over and text[fault if at is None else at : over].strip(" \t\r,]}")
    return _Next(found.end(), within), "; nothing behind it on this line is read" if lost else ""


def _bracketed(text: str, at: int, least: int, ends: str) -> int | None:
    """Where the next item begins, or what they lie in ends: the first sign from `least` on that stands in no bracket.

    None where the line ends before, or where signs don't pair up, as after a quotation mark that is missing.
    """
    over = text.find("\n", least)
    over = over if over >= 0 else len(text)
    pending: list[str] = []
    while (at := after(SPACE, text, at)) < len(text):
        token = _SIGN.match(text, at)
        if token is None or (at >= over and pending):
            return None
        sign = token[0]
        if not pending and at >= least and sign in "{[" + ends:
            return at
        if sign in "{[":
            pending.append("}" if sign == "{" else "]")
        elif sign in "}]" and (not pending or pending.pop() != sign):
            return None
        at = token.end()
    return len(text) if "}" in ends and not pending else None
