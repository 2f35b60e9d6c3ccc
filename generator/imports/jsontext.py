"""JSON text -> values that know their place.

`json` of the standard library gives no places. Nesting, and the number of values, are bounded before memory is spent
on them. What a fault costs is for `documents` to say.
"""

import json
import re
from bisect import bisect_right
from typing import NamedTuple

from ..problems import Mark

DEPTH = 64
MOST = 3_000_000
"""Values in a file: some 200 bytes of memory each."""

_TOKEN = re.compile(
    r'[ \t\n\r]*+(?:([\[{}\],:])|("[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+")|(-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][-+]?\d++)?)'
    r"(?![\w.])|(true|false|null)\b|(NaN|-?Infinity)\b)",
    re.ASCII,
)
SPACE = re.compile(r"[ \t\n\r]*")


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


class FaultError(Exception):
    """The text is no JSON at this offset."""

    def __init__(self, at: int, said: str) -> None:
        super().__init__(said)
        self.at = at


def value_at(text: str, at: int, stack: list[Open], budget: list[int], again: list[Node]) -> Node:
    """The value that begins at an offset, or the outermost of those that are open and go on there.

    Raises `FaultError`; the stack then holds what was left open. `again` gets values whose name was given before.
    """
    key: str | None = None
    node: Node
    while True:
        token = _TOKEN.match(text, at)
        if token is None:
            raise FaultError(after(SPACE, text, at), "this is not JSON")
        sign, begin, at = token[1], token.start(token.lastindex or 0), token.end()
        budget[0] -= 1
        if not budget[0]:
            raise FaultError(begin, f"more than {MOST:,} values; split the file")
        if sign in ("{", "["):
            if len(stack) >= DEPTH:
                raise FaultError(begin, f"nested more than {DEPTH} levels deep")
            stack.append((Node({} if sign == "{" else [], begin, at), key))
            if (then := _sign(text, at, "}" if sign == "{" else "]")) is None:
                key, at = _key(text, at) if sign == "{" else (None, at)
                continue
            node, at = _closed(stack.pop()[0], then), then
        elif sign:
            raise FaultError(begin, f'"{sign}" stands where a value is needed')
        else:
            node = Node(_scalar(token), begin, at)
        while stack:  # the value ends: it goes into what is open, which may end with it
            open, outer = stack[-1]
            if isinstance(open.value, dict):
                if open.value.setdefault(key or "", node) is not node:
                    again.append(node)
            elif isinstance(open.value, list):
                open.value.append(node)
            if (then := _sign(text, at, ",")) is not None:
                key, at = _key(text, then) if isinstance(open.value, dict) else (None, then)
                break
            end = "}" if isinstance(open.value, dict) else "]"
            if (then := _sign(text, at, end)) is None:
                raise FaultError(after(SPACE, text, at), f'"," or "{end}" is missing')
            stack.pop()
            node, key, at = _closed(open, then), outer, then
        else:
            return node


def _scalar(token: re.Match[str]) -> str | Number | bool | None:
    if token[2] is not None:
        try:
            return str(json.loads(token[2], strict=False)) if "\\" in token[2] else token[2][1:-1]
        except ValueError as error:
            at = token.start(2) + getattr(error, "pos", 0)
            raise FaultError(at, "a backslash stands here before a character that JSON does not escape") from None
    if token[3] is not None:
        return Number(token[3])
    if token[4] in ("true", "false"):
        return token[4] == "true"
    return Number(token[5]) if token[5] else None


def after(run: re.Pattern[str], text: str, at: int) -> int:
    """The offset behind a run of characters that may be empty."""
    found = run.match(text, at)
    return found.end() if found else at


def _closed(node: Node, end: int) -> Node:
    return node._replace(end=end)


def _sign(text: str, at: int, sign: str) -> int | None:
    """The offset behind a sign that comes next; None where another does."""
    begin = after(SPACE, text, at)
    return begin + 1 if text.startswith(sign, begin) else None


def _key(text: str, at: int) -> tuple[str, int]:
    token = _TOKEN.match(text, at)
    if token is None or token[2] is None:
        raise FaultError(after(SPACE, text, at), "a name in double quotes is needed here")
    if (then := _sign(text, token.end(), ":")) is None:
        raise FaultError(after(SPACE, text, token.end()), '":" is missing')
    return str(_scalar(token)), then
