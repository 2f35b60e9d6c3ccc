"""One YAML document -> records of `model`, on libyaml's event stream, in one pass.

A scalar is a text until the field's type says otherwise, so `no`, `012` and `2020-09` mean what they say. Anchors,
aliases, tags, directives and duplicate or unknown keys are refused at their place, before any memory is spent on them.
Nothing stops at the first problem but what can't be read on: text that is no YAML, or one beyond the limits.

Reading and checking are one pass on purpose, and that is why this module is longer than its neighbours: a second pass
over half a million values would double the time that a large record takes.
"""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

import yaml
from yaml import events as ev

from . import dates
from .hidden import hidden, invisible, readable, unreadable
from .limits import LIMITS
from .model import Claim, Is, Piece, Placed, Ref, pack
from .problems import MOST, Mark, Problem, visible
from .shape import Field, Kind, shape
from .texts import better_id, better_url, colour_fault, id_fault, language_fault, url_fault

P = TypeVar("P", bound=Placed)

CODES: Mapping[str, str] = {
    "missing-file": "A file that the publication needs is not there.",
    "not-a-regular-file": "Only plain files inside the project are read: no links, devices or pipes.",
    "too-large": "A file or a value is beyond the limits, or nested deeper than any record is.",
    "not-utf8": "Files are UTF-8 text without NUL. Save the file again as UTF-8.",
    "empty-file": "The file holds nothing to read.",
    "yaml-syntax": "The text is not YAML. Most often a value with a colon or a quotation mark needs double quotes.",
    "yaml-anchor": "Anchors, aliases, merge keys and tags are refused: what a record says must stand where it is said.",
    "yaml-directive": "Directives and several documents in one file are refused.",
    "duplicate-key": "A key is given twice; neither wins.",
    "unknown-key": "A key that no field of the record has; most often it is misspelt.",
    "missing-key": "A field that every record of this kind needs is not there.",
    "wrong-type": "A list, a mapping or a single value stands where another of the three is needed.",
    "empty-value": "A key has nothing behind it. Give it a value or delete the line.",
    "unknown-value": "The value is not one of the words that the field allows.",
    "bad-id": "An id is lower-case letters, digits and hyphens, at most 80, and no name that a file system keeps.",
    "duplicate-id": "Two records of one kind have the same id.",
    "unknown-reference": "The id of a record that is not there.",
    "bad-date": "The date is not EDTF (ISO 8601-2), or not a day of the calendar.",
    "bad-url": "An address is http or https, names a host, and holds no spaces, quotes, user names or IP numbers.",
    "bad-colour": "A colour is # and six hexadecimal digits, in double quotes: without them, # begins a comment.",
    "bad-number": "A whole number of at most six digits is needed.",
    "bad-language": "The language is not a tag of BCP 47, such as en or zh-Hant.",
    "no-translation": "The words of the pages are not translated into this language yet. A translation is one file.",
    "invisible-character": "A character that readers can't see, or that reorders what they see, stands in a text.",
    "front-matter": "An article file begins with its front matter between two lines of three hyphens.",
    "bad-lock": "A line of articles.lock is no SHA-256 with an article's id, or one of addresses.lock is no address.",
}
"""What each code of a problem found while reading means; the rest of the codes are lint rules."""


_QUOTED = 'put it into double quotes: without them, "#" begins a comment'


class Stop(Exception):  # noqa: N818 - a signal, no error: the errors are the problems
    """Reading can't go on in this file; the reason is among the problems."""


class Reference(NamedTuple):
    """A value that names another record, and where it stands."""

    ref: Ref
    value: str
    piece: Piece
    packed: int

    @property
    def mark(self) -> Mark:
        return self.piece.mark(self.packed)


def told(error: yaml.YAMLError) -> tuple[str, int, int]:
    """What libyaml says of a text that is no YAML, with line and column from 1; they may lie behind its end."""
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML")
    context, begun = getattr(error, "context", None), getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or begun
    if begun and "end of stream" in said:
        mark = begun  # where it begins says more than that the file ends
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return (f"{said} ({context})" if context else said), line, column


def nearest(value: str, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(value.lower(), known, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return "one of: " + ", ".join(known) if 0 < len(known) <= 12 else "add it, or name another"


class _Swallowed(Exception):  # noqa: N818 - a signal
    """libyaml has read more than a value can take, and has not come to its end."""


class _Portions:
    """A text as libyaml takes it, bit by bit, so that a value beyond all limits is refused before it is in memory."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.told = text, 0, 0

    def read(self, size: int = -1, /) -> str:
        if self.at - self.told > LIMITS["typed"]:
            raise _Swallowed
        portion = self.text[self.at : self.at + size]
        self.at += len(portion)
        return portion


class Reader:
    """One document of a file. Its methods read from the stream of events what the shape of a record wants."""

    def __init__(
        self, path: str, text: str, problems: list[Problem], references: list[Reference], line: int = 0
    ) -> None:
        """`line` is the number of lines of the file that stand before the text."""
        self.problems, self.references = problems, references
        self.piece, self.before = Piece(path), line
        """What is being read, and the lines of it that stand before the text."""
        self.told, self.passed, self.listed = len(problems), 0, 0
        """Problems that were there before; values that were passed over, and values in lists."""
        typed, unread = text, unreadable(text)
        for at in unread:
            mark = Mark(path, line + text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            problems.append(invisible(mark, typed[at]))
        self.given_up = len(unread) == MOST
        """Whether nobody wrote this by hand: then it is not read."""
        text = readable(text) if unread and not self.given_up else text
        self.end = (text.count("\n"), len(text) - text.rfind("\n") - 1)
        self.portions = _Portions(text)
        self.latest: Any = None
        """The last event."""
        self.events = yaml.CSafeLoader(self.portions)

    def document(self, cls: type[P], what: str) -> P:
        """The record that the whole document is. Raises `Stop` where there is none."""
        if self.given_up:
            raise Stop
        self.next()  # the stream's start
        event = self.next()
        if type(event) is ev.StreamEndEvent:
            self.problem("empty-file", pack(1 + self.before, 1, 1), f"{what} is empty", "write it, or restore the file")
            raise Stop
        if event.version or event.tags:
            self.problem("yaml-directive", self.place(event), "directives are not allowed here", "delete the line")
        record = self.record(cls, self.next(), what)
        self.next()  # the document's end
        if record is None:
            raise Stop
        if type(after := self.next()) is not ev.StreamEndEvent:
            self.problem(
                "yaml-directive", self.place(after), "a second document begins here", "keep one document in a file"
            )
        return record

    def problem(self, code: str, packed: int, message: str, help: str) -> None:
        self.problems.append(Problem(self.piece.mark(packed), message, help, code))
        if len(self.problems) - self.told > LIMITS["problems"]:  # what goes on like this is no record of anybody's
            said = f"more than {LIMITS['problems']:,} problems; nothing behind this place is read"
            self.problems.append(Problem(self.piece.mark(packed), said, "mend these first", "too-large"))
            raise Stop

    def next(self) -> Any:
        try:
            event: Any = self.events.get_event()
        except yaml.YAMLError as error:
            raise self.broken(error) from None
        except _Swallowed:
            said = f"what follows goes on for more than {LIMITS['typed']:,} characters"
            at = self.place(self.latest) if self.latest is not None else pack(1 + self.before, 1, 1)
            self.problem("too-large", at, said, "no value or comment is this long; shorten it")
            raise Stop from None
        self.latest, self.portions.told = event, self.portions.at
        kind = type(event)
        if kind is ev.AliasEvent:
            self.refuse(event, f'alias "*{event.anchor}"', "write the value out")
        elif kind is ev.ScalarEvent or kind is ev.MappingStartEvent or kind is ev.SequenceStartEvent:
            if event.anchor is not None:
                self.refuse(event, f'anchor "&{event.anchor}"', "delete it and write the value out")
            if event.tag is not None:
                self.refuse(event, f'tag "{event.tag}"', "delete it")
        return event

    def refuse(self, event: Any, what: str, help: str) -> None:
        self.problem("yaml-anchor", self.place(event), f"{what} is not allowed here", help)

    def broken(self, error: yaml.YAMLError) -> Stop:
        """What libyaml says of a text that is no YAML, at its place; nothing behind it can be read."""
        said, line, column = told(error)
        line, column = min((line - 1, column - 1), self.end)
        self.problem(
            "yaml-syntax",
            pack(line + 1 + self.before, column + 1, 1),
            said,
            'indent with spaces, and put a value that holds ": ", " #" or a quotation mark into double quotes',
        )
        return Stop()

    def place(self, event: Any) -> int:
        start, end = event.start_mark, event.end_mark
        length: int = end.column - start.column if end.line == start.line else 0
        packed: int = start.line + 1 + self.before << 44 | start.column + 1 << 16  # as `pack` does, without a call
        return packed | (length if length < 0xFFFF else 0xFFFF)

    def skip(self, event: Any) -> None:
        """Passes over a value that no field wants. Depth and length are bounded, since anything may stand in it."""
        depth = 0
        while True:
            kind = type(event)
            if kind is ev.MappingStartEvent or kind is ev.SequenceStartEvent:
                depth += 1
                if depth > LIMITS["depth"]:
                    what = f"nested more than {LIMITS['depth']} levels deep"
                    self.problem("too-large", self.place(event), what, "no record is this deep; delete it")
                    raise Stop
            elif kind is ev.MappingEndEvent or kind is ev.SequenceEndEvent:
                depth -= 1
            if depth == 0:
                return
            self.passed += 1
            if self.passed > LIMITS["skipped"]:
                what = f"more than {LIMITS['skipped']:,} values that no field wants"
                self.problem("too-large", self.place(event), what, "delete them")
                raise Stop
            event = self.next()

    def mismatch(self, event: Any, what: str, help: str) -> None:
        """Says that another type of value was needed, and passes over the one that is there."""
        if type(event) is not ev.AliasEvent:  # which is refused already
            self.problem("wrong-type", self.place(event), f"{what}, not {_said(event)}", help)
        self.skip(event)

    def record(self, cls: type[P], event: Any, what: str) -> P | None:
        """A mapping as a record; None, with a problem, where it is no mapping."""
        if type(event) is not ev.MappingStartEvent:
            self.mismatch(event, f"{what} must be a mapping of keys and values", 'write "key: value" lines')
            return None
        wanted = shape(cls)
        marks: dict[tuple[str, int], int] = {}
        values: dict[str, Any] = {}
        seen: dict[str, Any] = {}  # events
        own = 0
        while type(key := self.next()) is not ev.MappingEndEvent:
            own = own or self.place(key)
            if type(key) is not ev.ScalarEvent:
                self.mismatch(key, "a key must be one word", "put it into double quotes if it is meant as text")
                self.skip(self.next())
                continue
            name = key.value
            value = self.next()
            if name in seen:
                first = self.piece.mark(self.place(seen[name]))
                said = f'key "{name}" is given twice (first at {first.line}:{first.column})'
                self.problem("duplicate-key", self.place(key), said, "keep one; the last one does not win")
                self.skip(value)
                continue
            seen[name] = key
            if (field := wanted.get(name)) is not None:
                values[name] = self.field(field, value, marks)
            else:
                if name == "<<":
                    self.problem(
                        "yaml-anchor", self.place(key), "merge keys are not allowed here", "write the values out"
                    )
                else:
                    self.problem(
                        "unknown-key", self.place(key), f'unknown key "{name}" in {what}', nearest(name, wanted)
                    )
                self.skip(value)
        own = own or self.place(event)
        for field in wanted.values():
            if field.required and field.name not in seen:
                self.problem("missing-key", own, f'{what} has no "{field.name}"', f'add "{field.name}: ..."')
                values[field.name] = field.default()
        marks["", 0] = marks.get(("id", 0)) or own
        return cls(piece=self.piece, marks=marks, **values)

    def field(self, field: Field, event: Any, marks: dict[tuple[str, int], int]) -> Any:
        """The value of a field: what it holds, or its default, with a problem, where that can't be read."""
        marks[field.place] = self.place(event)
        if field.kind is Kind.WORDS:
            return self.words(field, event, marks)
        if not field.many:
            value = self.value(field, event)
            return field.default() if value is None else value
        if type(event) is ev.SequenceStartEvent:
            return self.items(field, marks)
        if field.bare and (field.kind is Kind.RECORD or type(event) is not ev.MappingStartEvent):
            value = self.value(field, event)
            return () if value is None else (value,)
        self.mismatch(event, f'"{field.name}" must be a list', 'begin each item with "- "')
        return ()

    def items(self, field: Field, marks: dict[tuple[str, int], int]) -> tuple[Any, ...]:
        name = field.name
        found: list[Any] = []
        around = self.piece, self.before
        while type(item := self.next()) is not ev.SequenceEndEvent:
            if field.kind is not Kind.RECORD:  # a record knows its own place
                marks[name, len(found)] = self.place(item)
            if field.detail is Claim:
                line = item.start_mark.line
                self.piece, self.before = Piece(self.piece.path, line + self.before), -line
            value = self.value(field, item)
            self.piece, self.before = around
            if value is not None:
                found.append(value)
                self.count(item, len(found) if field.kind is not Kind.RECORD else 0)
                if name == "claims" and len(found) > LIMITS["claims"]:
                    what = f"more than {LIMITS['claims']:,} claims"
                    self.problem("too-large", self.place(item), what, "split the publication")
                    raise Stop
        if not found and field.filled:
            self.problem("empty-value", marks[field.place], f'"{name}" is an empty list', "give it an item")
        return tuple(found)

    def count(self, event: Any, texts: int) -> None:
        """Counts a value of a list with so many texts: each may be right, and one of more than anybody writes."""
        self.listed += 1
        if texts > LIMITS["list"] or self.listed > LIMITS["values"]:
            what = f"more than {LIMITS['list']:,} in a list, or {LIMITS['values']:,} in all lists of a file"
            self.problem("too-large", self.place(event), what, "no record has so many; shorten the list")
            raise Stop

    def words(self, field: Field, event: Any, marks: dict[tuple[str, int], int]) -> dict[str, str]:
        """A mapping of free keys to texts, such as waivers. Its places are those of its keys."""
        result: dict[str, str] = {}
        if type(event) is not ev.MappingStartEvent:
            self.mismatch(event, f'"{field.name}" must be a mapping of keys and texts', 'write "key: text" lines')
            return result
        while type(key := self.next()) is not ev.MappingEndEvent:
            if type(key) is not ev.ScalarEvent:
                self.mismatch(key, "a key must be one word", 'write "key: text"')
                self.skip(self.next())
                continue
            value = self.next()
            if type(value) is not ev.ScalarEvent:
                self.mismatch(value, f'"{key.value}" must be one text', 'write "key: text"')
            elif key.value in result:
                said = f'key "{key.value}" is given twice'
                self.problem("duplicate-key", self.place(key), said, "keep one; the last one does not win")
            elif text := self.text(value, None, key.value):
                marks[field.name, len(result)] = self.place(key)
                result[key.value] = text
                self.count(key, len(result))
        return result

    def value(self, field: Field, event: Any) -> Any:
        """One value of a field; None, with a problem, where it can't be used."""
        if field.kind is Kind.RECORD:
            return self.record(field.detail, event, _a(field.detail))
        if type(event) is not ev.ScalarEvent:
            self.mismatch(event, f'"{field.name}" must be one text', "if it is text, put it into double quotes")
            return None
        text = self.text(event, field.detail, field.name)
        if text is None or field.kind is Kind.TEXT:
            return text
        if field.kind is Kind.DATE:
            try:
                return dates.parse(text)
            except ValueError as error:
                help = 'write 2020-09-15, 2020-09, 2020-09-11/2020-09-20, or 2020-09-14~ for "about" (EDTF)'
                self.problem("bad-date", self.place(event), f'date "{text}": {error}', help)
                return None
        if field.kind is Kind.NUMBER:
            if text.isascii() and text.isdecimal() and len(text) <= 6:
                return int(text)
            self.problem("bad-number", self.place(event), f'"{text}" is not a whole number', "write 1, 2, 3 ...")
            return None
        try:
            return field.detail(text)
        except ValueError:
            choices = [member.value for member in field.detail]
            said = f'"{text}" is not a value of "{field.name}"'
            self.problem("unknown-value", self.place(event), said, nearest(text, choices))
            return None

    def text(self, event: Any, detail: Any, name: str) -> str | None:
        """A scalar as text, checked as its field wants it; None, with a problem, where it can't be used."""
        text: str = event.value
        limit = LIMITS["quote"] if detail is Is.QUOTE else LIMITS["scalar"]
        if len(text) > limit:
            said = f'"{name}" has {len(text):,} characters, at most {limit:,} are read'
            self.problem("too-large", self.place(event), said, "shorten it")
            return None
        if not text.isascii() or not text.isprintable():
            for offset, character in hidden(text):
                self.problems.append(invisible(self.inside(event, offset), character))
            if not text.isprintable() and detail in (None, Is.LINE, Is.QUOTE):
                text = " ".join(text.split())  # a folded or block text is one text; its line breaks mean nothing
        if not text or text.isspace():
            help = _QUOTED if detail is Is.COLOUR else "write one, or delete the line"
            self.problem("empty-value", self.place(event), f'"{name}" has no value', help)
            return None
        if isinstance(detail, Ref):
            self.references.append(Reference(detail, text, self.piece, self.place(event)))
        elif detail is Is.ID and (why := id_fault(text)):
            better = better_id(text)
            help = f'write "{better}"' if better else "choose another"
            self.problem("bad-id", self.place(event), f'"{text}" is not an id: {why}', help)
        elif detail is Is.URL and (why := url_fault(text)):
            help = f'did you mean "{near}"?' if (near := better_url(text)) else CODES["bad-url"]
            self.problem("bad-url", self.place(event), f'"{text}" can\'t be linked: {why}', help)
            return None
        elif detail is Is.LANGUAGE and (why := language_fault(text)):
            self.problem("bad-language", self.place(event), f'"{text}" is not a language tag: {why}', "write en or de")
            return None
        elif detail is Is.COLOUR and (why := colour_fault(text)):
            self.problem("bad-colour", self.place(event), f'"{text}" is not a colour: {why}', 'write "#5b3391"')
            return None
        return text

    def inside(self, event: Any, offset: int) -> Mark:
        """The place of a character of a scalar: exact where the scalar stands as it is typed, else its beginning."""
        start = self.piece.mark(self.place(event))
        before = {"": 0, "'": 1, '"': 1}.get(event.style or "")
        length = event.end_mark.index - event.start_mark.index
        if before is None or length != len(event.value) + 2 * before or event.end_mark.line != event.start_mark.line:
            return start
        return start._replace(column=start.column + before + offset, length=1)


def _said(event: Any) -> str:
    if type(event) is ev.ScalarEvent:
        return f'"{visible(event.value[:40])}"' if event.value else "nothing"
    return "a list" if type(event) is ev.SequenceStartEvent else "a mapping"


_CALLED = {"NotUsed": "not_used entry", "About": "about section", "AsGiven": "as_given entry"}
_CALLED |= {"LinkedArticle": "linked article"}


def _a(cls: type[Placed]) -> str:
    name = _CALLED.get(cls.__name__, cls.__name__.lower())
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
