"""JSON text -> values that know their place, and what is wrong with the text; one document or several in a row.

`json` of the standard library gives no places, and stops at the first fault. Here a fault costs the item of a list in
which it stands, and reading goes on with the next: where the brackets tell which that is, else at the next line that
begins as the line of that item did. So a broken line of JSON-LD costs that line. What is lost beyond the item is said.
Nesting, and the number of values, are bounded before memory is spent on them.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

from ..problems import Mark, Problem, Severity

DEPTH = 64
MOST = 3_000_000
"""Values in a file: some 200 bytes of memory each."""

FAULTS = 1_000
"""Faults after which a file is given up."""
AGAIN = "mend it, and run the import again: what is there already is passed over"

_TOKEN = re.compile(
    r'[ \t\n\r]*+(?:([\[{}\],:])|("[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+")|(-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][-+]?\d++)?)'
    r"(?![\w.])|(true|false|null)\b|(NaN|-?Infinity)\b)",
    re.ASCII,
)
_SPACE = re.compile(r"[ \t\n\r]*")
_SIGN = re.compile(r'[\[{}\],:]|"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"|[-+.\w]++(?=\s*[,:}\]])', re.ASCII)
_BETWEEN = re.compile(r"[ \t\n\r,\]}]*")  # what is left of a list or mapping that a fault has ended


class Number(str):
    """A number, as printed."""

    __slots__ = ()


class Node(NamedTuple):
    """A value and where it stands: text, number, truth, nothing, items of a list, or values by name."""

    value: "str | Number | bool | list[Node] | dict[str, Node] | None"
    start: int
    end: int


Open = tuple[Node, str | None]
"""A list or mapping that has begun and not ended, and its name in the mapping around it."""


class Text(NamedTuple):
    """The text of a file, and where its lines begin."""

    path: str
    text: str
    lines: list[int]

    def mark(self, start: int, end: int = 0) -> Mark:
        line = bisect_right(self.lines, start)
        begin = self.lines[line - 1]
        over = self.lines[line] - 1 if line < len(self.lines) else len(self.text)
        return Mark(self.path, line, start - begin + 1, max(min(end, over) - start, 1))


def opened(path: str, text: str) -> Text:
    return Text(path, text, [0, *(match.end() for match in re.finditer("\n", text))])


class _FaultError(Exception):
    """The text is no JSON at this offset."""

    def __init__(self, at: int, said: str) -> None:
        super().__init__(said)
        self.at = at


def documents(source: Text, problems: list[Problem], lists: Collection[str] = ()) -> list[Node]:
    """The values of a file in their order, as far as they can be read; what can't is a problem.

    Items are those of a list at the top, or of one that is reached by these names alone. A fault costs its item and
    no other; where it stands outside of such lists, the whole value, which would else be there in part.
    """
    found: list[Node] = []
    text, at = source.text, 0
    budget, faults = [MOST], 0
    again: list[Node] = []
    stack: list[Open] = []
    while stack or (at := _after(_BETWEEN if faults else _SPACE, text, at)) < len(text):
        try:
            node = _value(text, at, stack, budget, again)
            found.append(node)
            at = node.end
        except _FaultError as fault:
            faults += 1
            more, said = None, "; nothing behind it is read"
            kept = _whole(stack, lists)
            if budget[0] and faults < FAULTS:
                more, said = _next(source, stack, kept, at, fault.at)
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


def _next(source: Text, stack: list[Open], kept: int, begun: int, fault: int) -> tuple[_Next | None, str]:
    """Where reading goes on behind a fault, and what to say of what is lost by that.

    That is the next item if the brackets up to it on this line tell which one that is. Else it is the next line that
    begins a mapping as far from the edge as the line that failed, as in files with one item on each line.
    """
    text = source.text
    listed = kept and isinstance(stack[kept - 1][0].value, list)
    items = stack[kept - 1][0] if listed else None
    if kept < len(stack) and listed:
        item = stack[kept][0].start
    elif items is not None:
        item = items.value[-1].end if isinstance(items.value, list) and items.value else items.end
    else:
        item = stack[0][0].start if stack else begun
    at = _bracketed(text, item, max(fault, begun + 1), "]" if listed else "]}")
    if at is not None and text.startswith(("{", "["), at):
        return _Next(at, bool(listed)), ""
    if at is not None:  # the list or value has ended
        rest = _after(_BETWEEN, text, at)
        if rest == len(text):
            return None, ""
        if "\n" in text[at:rest] and text[rest] in "{[":
            return _Next(rest, within=False), ""
    before = text[source.lines[source.mark(item).line - 1] : item]
    within = bool(listed) and at is None and not before.strip()
    edge = before if at is None and not before.strip() else ""
    found = re.compile(rf"^{edge}(?={{)", re.MULTILINE).search(text, item + 1 if at is None else at)
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
    while (at := _after(_SPACE, text, at)) < len(text):
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
    return len(text) if not pending else None


def _value(text: str, at: int, stack: list[Open], budget: list[int], again: list[Node]) -> Node:
    """The value that begins at an offset, or the outermost of those that are open and go on there.

    Raises `_FaultError`; the stack then holds what was left open. `again` gets values whose name was given before.
    """
    key: str | None = None
    node: Node
    while True:
        token = _TOKEN.match(text, at)
        if token is None:
            raise _FaultError(_after(_SPACE, text, at), "this is not JSON")
        sign, begin, at = token[1], token.start(token.lastindex or 0), token.end()
        budget[0] -= 1
        if not budget[0]:
            raise _FaultError(begin, f"more than {MOST:,} values; split the file")
        if sign in ("{", "["):
            if len(stack) >= DEPTH:
                raise _FaultError(begin, f"nested more than {DEPTH} levels deep")
            stack.append((Node({} if sign == "{" else [], begin, at), key))
            if (after := _sign(text, at, "}" if sign == "{" else "]")) is None:
                key, at = _key(text, at) if sign == "{" else (None, at)
                continue
            node, at = _closed(stack.pop()[0], after), after
        elif sign:
            raise _FaultError(begin, f'"{sign}" stands where a value is needed')
        else:
            node = Node(_scalar(token), begin, at)
        while stack:  # the value ends: it goes into what is open, which may end with it
            open, outer = stack[-1]
            if isinstance(open.value, dict):
                if open.value.setdefault(key or "", node) is not node:
                    again.append(node)
            elif isinstance(open.value, list):
                open.value.append(node)
            if (after := _sign(text, at, ",")) is not None:
                key, at = _key(text, after) if isinstance(open.value, dict) else (None, after)
                break
            end = "}" if isinstance(open.value, dict) else "]"
            if (after := _sign(text, at, end)) is None:
                raise _FaultError(_after(_SPACE, text, at), f'"," or "{end}" is missing')
            stack.pop()
            node, key, at = _closed(open, after), outer, after
        else:
            return node


def _scalar(token: re.Match[str]) -> str | Number | bool | None:
    if token[2] is not None:
        try:
            return str(json.loads(token[2], strict=False)) if "\\" in token[2] else token[2][1:-1]
        except ValueError as error:
            at = token.start(2) + getattr(error, "pos", 0)
            raise _FaultError(at, "a backslash stands here before a character that JSON does not escape") from None
    if token[3] is not None:
        return Number(token[3])
    if token[4] in ("true", "false"):
        return token[4] == "true"
    return Number(token[5]) if token[5] else None


def _after(run: re.Pattern[str], text: str, at: int) -> int:
    """The offset behind a run of characters that may be empty."""
    found = run.match(text, at)
    return found.end() if found else at


def _closed(node: Node, end: int) -> Node:
    return node._replace(end=end)


def _sign(text: str, at: int, sign: str) -> int | None:
    """The offset behind a sign that comes next; None where another does."""
    begin = _after(_SPACE, text, at)
    return begin + 1 if text.startswith(sign, begin) else None


def _key(text: str, at: int) -> tuple[str, int]:
    token = _TOKEN.match(text, at)
    if token is None or token[2] is None:
        raise _FaultError(_after(_SPACE, text, at), "a name in double quotes is needed here")
    if (after := _sign(text, token.end(), ":")) is None:
        raise _FaultError(_after(_SPACE, text, token.end()), '":" is missing')
    return str(_scalar(token)), after
