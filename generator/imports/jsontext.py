"""JSON text -> values that know their place, and what is wrong with the text; one document or several in a row.

`json` of the standard library gives no places, and stops at the first fault. Here a fault costs the item of a list in
which it stands, and reading goes on with the next: at the next line that begins as the line of that item did. So a
broken line of JSON-LD costs that line. Nesting, and the number of values, are bounded before memory is spent on them.
"""

import json
import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from ..problems import Mark, Problem

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
_BETWEEN = re.compile(r"[ \t\n\r,\]}]*")  # what is left of a list or mapping that a fault has ended


class Number(str):
    """A number, as printed."""

    __slots__ = ()


class Node(NamedTuple):
    """A value and where it stands: text, number, truth, nothing, items of a list, or values by name."""

    value: "str | Number | bool | list[Node] | dict[str, Node] | None"
    start: int
    end: int


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


def documents(source: Text, problems: list[Problem]) -> list[Node]:
    """The values of a file in their order, as far as they can be read; what can't is a problem."""
    found: list[Node] = []
    text, at = source.text, 0
    budget, faults = [MOST], 0
    while (at := _after(_BETWEEN if faults else _SPACE, text, at)) < len(text):
        stack: list[tuple[Node, str | None]] = []
        try:
            node = _value(text, at, stack, budget)
            found.append(node)
            at = node.end
        except _FaultError as fault:
            said = str(fault) + ("; nothing behind it is read" if faults + 1 == FAULTS or not budget[0] else "")
            problems.append(Problem(source.mark(fault.at), said, AGAIN, "import-syntax"))
            root, item = _rescued(stack, at)
            if root is not None:
                found.append(root)
            faults += 1
            if not budget[0] or faults == FAULTS:
                break
            at = _next(source, item, fault.at)
    return found


def _rescued(stack: list[tuple[Node, str | None]], at: int) -> tuple[Node | None, int]:
    """What was read before a fault, without the item of the outermost list in which it stands; where that began."""
    for depth, (node, _) in enumerate(stack):
        if isinstance(node.value, list):
            for (parent, _), (child, key) in pairwise(stack[: depth + 1]):
                if isinstance(parent.value, dict):
                    parent.value[key or ""] = child
            inner = stack[depth + 1][0].start if depth + 1 < len(stack) else node.end
            return stack[0][0], inner
    return None, at


def _next(source: Text, item: int, fault: int) -> int:
    """Where reading goes on: the next line that begins a mapping as far from the edge as the one that failed."""
    begin = source.lines[source.mark(item).line - 1]
    indent = source.text[begin:item]
    pattern = re.compile(rf"^{indent if indent.isspace() else ''}(?={{)", re.MULTILINE)
    found = pattern.search(source.text, max(fault, item + 1))
    return found.end() if found else len(source.text)


def _value(text: str, at: int, stack: list[tuple[Node, str | None]], budget: list[int]) -> Node:
    """The value that begins at an offset. Raises `_FaultError`; the stack then holds what was left open."""
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
                open.value.setdefault(key or "", node)
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
