"""The canonical text of a record: one way to write it, so that a change shows as what it is.

In: YAML text that `reader` could read, and the kind of record that it is. Out: the same values and the same comments
in the order in which `model` declares the fields: block style, two spaces, a value on one line as the reader joins it,
plain where YAML allows it and otherwise in double quotes, short lists of ids on one line. Formatting twice changes
nothing more.

A comment on its own line stays before what follows it; one behind a value stays behind it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events as ev

from .model import Article, Is, Placed, Record, Ref
from .problems import Problem
from .shape import Field, Kind, shape
from .texts import one_line

WIDTH = 120
_UNREADABLE = {
    *("duplicate-key", "wrong-type", "too-large", "front-matter", "not-utf8", "missing-file", "empty-file"),
    "invisible-character",  # some of them end a line for YAML
}
"""Problems of a file that leave nothing sure to be formatted."""
_SPACED = {"statements", "claims"}
"""Lists whose items stand apart by a blank line: they are long."""
_COMMENT = re.compile(r"#[^\n]*")  # between values no other # can stand
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")
# What other readers of YAML would take for something else than text.
_TYPED = re.compile(
    r"(?i)~|null|true|false|yes|no|on|off|[-+]?\.(inf|nan)"
    r"|[-+]?(0x[0-9a-f_]+|0o[0-7_]+|(\.[0-9]|[0-9][0-9_]*\.?)[0-9_]*(e[-+]?[0-9]+)?)"
)
_WHOLE = re.compile(r"0|[1-9][0-9]*")
_UNSAFE_START = tuple("-?:,[]{}#&*!|>'\"%@` ")
_SAFE_START = re.compile(r"[-?:][^\s,\[\]{}]")


@dataclass(slots=True, eq=False)
class Node:
    """A value of the document: a text, a list of nodes, or pairs of nodes; its place, the comments around it."""

    value: "str | list[Node] | list[tuple[Node, Node]]"
    mapping: bool = False
    before: list[str] = field(default_factory=list)
    behind: str = ""
    start: int = 0
    end: int = 0
    line: int = 0

    @property
    def pairs(self) -> "list[tuple[Node, Node]]":
        """Keys and values of a mapping; none of anything else."""
        return [pair for pair in self.value if isinstance(pair, tuple)] if self.mapping else []

    @property
    def items(self) -> "list[Node]":
        """The items of a list; none of anything else."""
        return [] if isinstance(self.value, str) else [item for item in self.value if isinstance(item, Node)]


Amend = Callable[[Node, type[Placed]], None]
"""What changes values of a parsed document before it is written."""


def canonical(text: str, cls: type[Placed] = Record, amend: Amend | None = None) -> str:
    """The canonical form of a document. Raises `yaml.YAMLError` or ValueError where it is no plain YAML mapping."""
    root, comments = parse(text)
    if root is not None and amend is not None:
        amend(root, cls)
    return written(root, comments, cls)


def written(root: Node | None, comments: Iterable[str], cls: type[Placed] = Record) -> str:
    """The canonical form of nodes and the comments behind them. Raises ValueError where they are no mapping."""
    if root is None and cls is Article:
        return "".join(f"{comment}\n" for comment in comments)  # all of its fields may be left out
    if root is None or not root.mapping:
        raise ValueError("not a mapping")
    lines = [*_mapping(root, cls, 0), *comments]
    if not root.value and cls is not Article:
        lines.append("{}")
    return "".join(f"{line}\n" for line in lines)


def item(cls: type[Placed], fields: Mapping[str, Any], depth: int = 0) -> str:
    """A record as an item of a list, in canonical form: plain values by the names of their fields."""
    pad = "  " * depth
    first, *rest = _mapping(node(fields), cls, depth + 1)
    return "".join(f"{line}\n" for line in [f"{pad}- {first.lstrip()}", *rest])


def node(value: Any) -> Node:
    """Texts, lists and mappings as nodes without comments."""
    if isinstance(value, Mapping):
        return Node([(Node(key), node(item)) for key, item in value.items()], mapping=True)
    return Node(value if isinstance(value, str) else [node(item) for item in value])


def canonical_article(text: str, body: str, amend: Amend | None = None) -> str:
    """The canonical form of an article file: its front matter formatted, its words untouched."""
    head = text[: len(text) - len(body)]
    front = canonical(front_matter(head), Article, amend)
    return f"---\n{front}---\n\n{body}"


def front_matter(head: str) -> str:
    """What stands between the fences of an article's head."""
    return re.sub(r"\A---[ \t]*\n|\n?---[ \t]*\n*\Z", "", head) + "\n"


def unfit(found: Iterable[Problem]) -> set[str]:
    """The files of which so much is unclear that writing them anew might lose something."""
    return {p.mark.path for p in found if p.code.startswith("yaml-") or p.code in _UNREADABLE}


def parse(text: str) -> tuple[Node | None, list[str]]:
    """The document as nodes, each comment with the value that it stands before or behind; and those at the end."""
    loader: Any = yaml.CSafeLoader(text)
    stack: list[tuple[bool, list[Any]]] = []  # what is open: whether it is a mapping, and what it holds so far
    root: Node | None = None
    key: list[Node | None] = []
    end, last = 0, None
    waiting: list[str] = []
    while True:
        event: Any = loader.get_event()
        kind = type(event)
        if kind is ev.StreamEndEvent:
            break
        if kind in (ev.ScalarEvent, ev.MappingStartEvent, ev.SequenceStartEvent):
            begin = event.start_mark.index
            waiting += _comments(text, end, begin, last)
            end = event.end_mark.index if kind is ev.ScalarEvent else begin
            if kind is ev.ScalarEvent and event.style in ("|", ">") and (header := _HEADER.match(text, begin)):
                waiting.append(header[1].rstrip())
            value: Any = event.value if kind is ev.ScalarEvent else []
            node = Node(value, kind is ev.MappingStartEvent)
            node.start, node.end = event.start_mark.index, event.end_mark.index
            node.line = event.start_mark.line + 1
            if kind is ev.ScalarEvent:
                node.before, waiting = waiting, []
            if not stack:
                root = node
            elif not stack[-1][0]:
                stack[-1][1].append(node)
            elif key[-1] is None:
                key[-1] = node
            else:
                stack[-1][1].append((key[-1], node))
                if kind is ev.ScalarEvent:
                    key[-1].before += node.before  # a comment between key and value stands before both
                    node.before = []
                key[-1] = None
            last = node if kind is ev.ScalarEvent else None
            if kind is not ev.ScalarEvent:
                stack.append((node.mapping, value))
                key.append(None)
        elif kind in (ev.MappingEndEvent, ev.SequenceEndEvent):
            stack.pop()
            key.pop()
    return root, waiting + _comments(text, end, len(text), last)


def _comments(text: str, begin: int, end: int, last: Node | None) -> list[str]:
    """The comments between two values. The first goes behind the value before it if it shares its line."""
    gap = text[begin:end]
    found: list[str] = []
    for match in _COMMENT.finditer(gap):
        same_line = "\n" not in text[max(begin - 1, 0) : begin + match.start()]  # a block ends with its line
        if not found and last is not None and not last.behind and same_line:
            last.behind = match[0].rstrip()
        else:
            found.append(match[0].rstrip())
    return found


def _mapping(node: Node, cls: type[Placed] | None, depth: int, texts: Field | None = None) -> Iterator[str]:
    """The lines of a mapping: a record of a class, or free keys whose texts a field reads."""
    pad = "  " * depth
    fields = shape(cls) if cls else {}
    order = {name: n for n, name in enumerate(fields)}
    for n, (key, value) in enumerate(sorted(node.pairs, key=lambda pair: order.get(str(pair[0].value), len(order)))):
        wanted = texts or fields.get(str(key.value))
        if depth == 0 and n and cls is Record:
            yield ""
        yield from _above(key, pad)
        if key.behind:  # behind a key whose value is on the next lines
            yield pad + key.behind
        yield from _entry(f"{pad}{_scalar(str(key.value))}:", value, wanted, depth)


def _entry(head: str, value: Node, wanted: Field | None, depth: int) -> Iterator[str]:
    """A key and its value."""
    if isinstance(value.value, str):
        number = wanted is not None and wanted.kind is Kind.NUMBER and _WHOLE.fullmatch(value.value)
        yield _line(f"{head} {value.value if number else _scalar(_read(value.value, wanted))}", value)
        return
    cls = wanted.detail if wanted is not None and wanted.kind is Kind.RECORD else None
    if value.mapping:
        texts = wanted if wanted is not None and wanted.kind is Kind.WORDS else None
        yield from [head, *_mapping(value, cls, depth + 1, texts)] if value.value else [f"{head} {{}}"]
        return
    items = value.items
    if wanted is not None and wanted.bare and len(items) == 1 and cls is not None and items[0].mapping:
        yield from _entry(head, items[0], wanted, depth)
        return
    if wanted is not None and wanted.bare and len(items) == 1 and isinstance(items[0].value, str):
        yield from _above(items[0], "  " * depth)
        yield _line(f"{head} {_scalar(_read(items[0].value, wanted))}", items[0])
        return
    if not items or _is_short(items, wanted):
        flow = f"{head} [{', '.join(_scalar(str(item.value), True) for item in items)}]"
        if not items or len(flow) <= WIDTH:
            yield flow
            return
    yield head
    pad = "  " * (depth + 1)
    for n, item in enumerate(items):
        if n and wanted is not None and wanted.name in _SPACED:
            yield ""
        if isinstance(item.value, str):
            yield from _above(item, pad)
            yield _line(f"{pad}- {_scalar(_read(item.value, wanted))}", item)
        elif item.mapping and item.value:
            lines = list(_mapping(item, cls, depth + 2))
            first = next(n for n, line in enumerate(lines) if not line.lstrip().startswith("#"))
            yield from (line[2:] for line in lines[:first])
            yield f"{pad}- {lines[first].lstrip()}"
            yield from lines[first + 1 :]
        else:
            yield from _entry(f"{pad}-", item, None, depth + 1)


def _read(text: str, wanted: Field | None) -> str:
    """A text as its field reads it, so that a block text is not kept with line breaks that mean nothing."""
    joined = wanted is not None and (wanted.kind is Kind.WORDS or wanted.detail in (None, Is.LINE, Is.QUOTE))
    return one_line(text) if joined else text


def _is_short(items: Iterable[Node], wanted: Field | None) -> bool:
    """Whether a list is one of ids, which read best on one line."""
    ids = wanted is not None and (isinstance(wanted.detail, Ref) or wanted.detail is Is.ID)
    return ids and all(isinstance(i.value, str) and not i.before and not i.behind for i in items)


def _above(node: Node, pad: str) -> Iterator[str]:
    yield from (pad + comment for comment in node.before)


def _line(text: str, node: Node) -> str:
    return f"{text}  {node.behind}" if node.behind else text


def _scalar(text: str, flow: bool = False) -> str:
    """A text as YAML, plain where that is safe for every reader of YAML."""
    plain = (
        text
        and text == text.strip()
        and text.isprintable()
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and (not text.startswith(_UNSAFE_START) or (_SAFE_START.match(text) is not None and not flow))
        and not (flow and any(c in ",[]{}" for c in text))
        and not _TYPED.fullmatch(text)
        and text not in ("---", "...", "=", "<<")
        and not text.startswith(("---", "..."))
    )
    if plain:
        return text
    out = []
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif c == "\n":
            out.append("\\n")
        elif c == "\t":
            out.append("\\t")
        elif c.isprintable():
            out.append(c)
        else:
            out.append(
                f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" if ord(c) < 65536 else f"\\U{ord(c):08x}"
            )
    return '"' + "".join(out) + '"'
