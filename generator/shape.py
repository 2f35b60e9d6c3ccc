"""The declarations of `model` -> the shape of each kind of record: what a reader must know of every field.

Worked out once for each class from its type hints, so that the model stays plain declarations.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from . import dates
from .model import Article, Is, LinkedArticle, OneOrMore, Placed, Record, Ref


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    RECORD = "record"
    WORDS = "words"


class Field(NamedTuple):
    name: str
    kind: Kind
    many: bool
    """A list is read."""
    bare: bool
    """One value may stand for a list of one."""
    detail: Any
    """The `Is` or `Ref` of a text, the class of a choice or a record, the `Is` of the keys of words."""
    required: bool
    default: Callable[[], Any]
    place: tuple[str, int]

    @property
    def filled(self) -> bool:
        """Whether a list, where it is written, holds something."""
        return self.required or self.detail is Is.QUOTE


_NOT_WRITTEN = {"piece", "marks", "body", "body_line"}
_FILLED_LATER = {Record: {"locks", "addresses"}, Article: {"id"}}
_OF_TEXTS = {"date_retrieved", "republished_from", "reprint_of", "noise", "not_used"}
"""What is said of stored texts only."""
_FILLED_LATER[LinkedArticle] = _OF_TEXTS


_SHAPES: dict[type[Any], Mapping[str, Field]] = {}


def shape(cls: type[Any]) -> Mapping[str, Field]:
    """The fields of a kind of record that an editor can write, by name, in the order of the model."""
    if cls not in _SHAPES:
        hints = get_type_hints(cls, include_extras=True)
        skipped = _NOT_WRITTEN | _FILLED_LATER.get(cls, set())
        _SHAPES[cls] = {f.name: _field(f.name, hints[f.name], f) for f in fields(cls) if f.name not in skipped}
    return _SHAPES[cls]


def _field(name: str, hint: Any, declared: Any) -> Field:
    required = declared.default is MISSING and declared.default_factory is MISSING
    marks: tuple[Any, ...] = ()
    many = False
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not types.NoneType)
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        marks = tuple(rest)
    if get_origin(hint) is tuple:
        many = True
        hint = get_args(hint)[0]
        if get_origin(hint) is Annotated:
            hint, *rest = get_args(hint)
            marks += tuple(rest)
        if isinstance(hint, types.UnionType):
            hint = get_args(hint)[0]  # of two kinds the first is written; the others join when files are read
    bare = any(isinstance(mark, OneOrMore) for mark in marks)
    detail: Any = next((mark for mark in marks if isinstance(mark, Is | Ref)), None)
    if get_origin(hint) is Mapping:
        kind = Kind.WORDS
    elif hint is dates.Date:
        kind = Kind.DATE
    elif hint is str:
        kind = Kind.TEXT
    elif hint is int:
        kind = Kind.NUMBER
    else:
        kind, detail = Kind.CHOICE if issubclass(hint, StrEnum) else Kind.RECORD, hint
    default: Callable[[], Any]
    if declared.default is not MISSING:
        default = partial(_same, declared.default)
    elif not required:
        default = declared.default_factory
    else:
        default = partial(_stand_in, kind, many, detail)
    return Field(name, kind, many, bare, detail, required, default, (name, 0))


def _same(value: Any) -> Any:
    return value


def _stand_in(kind: Kind, many: bool, detail: Any) -> Any:
    """What stands for a value that is needed and could not be read, so that checking can go on."""
    if many:
        return ()
    if kind is Kind.RECORD:
        return blank(detail)
    if kind is Kind.CHOICE:
        return list(detail)[-1]  # the last is the most neutral: an article that only mentions
    return dates.parse("0001-01-01") if kind is Kind.DATE else ""


P = TypeVar("P", bound=Placed)


def blank(cls: type[P]) -> P:
    """A record in which nothing is said: stands in for one that could not be read, so that checking can go on."""
    return cls(**{f.name: f.default() for f in shape(cls).values() if f.required})
