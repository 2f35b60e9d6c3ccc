"""`model` -> the data dictionary: each field of each kind of record, what it holds and the sentence that explains it.

The sentences are those that stand under the fields in `model.py`, so that the dictionary can't part from the model.
"""

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from . import model
from .model import Article, Claim, Evidence, Ref
from .shape import Field, Kind, shape


class Entry(NamedTuple):
    """A field: its name, what it holds in a few words, whether it must be there, and its sentence."""

    name: str
    holds: str
    required: bool
    sentence: str


class Section(NamedTuple):
    """A kind of record: its name, its sentence and its fields in the order in which they are written."""

    name: str
    sentence: str
    entries: tuple[Entry, ...]


KINDS = (
    model.About,
    model.License,
    model.Rating,
    model.Topic,
    model.Publisher,
    model.Entity,
    model.Origin,
    model.Statement,
    model.Wording,
    Claim,
    Evidence,
    model.Verdict,
    model.AsGiven,
    model.Correction,
    model.Withdrawal,
    Article,
    model.NotUsed,
    model.LinkedArticle,
    model.Removed,
)


@cache
def _bodies() -> dict[str, list[ast.stmt]]:
    tree = ast.parse(inspect.getsource(model))
    return {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}


@cache
def sentences(name: str) -> Mapping[str, str]:
    """The sentence under each field, or each word of a choice, of a class of the model."""
    (base, *_) = getattr(model, name).__bases__
    found = {**sentences(base.__name__)} if base in KINDS else {}
    for field, below in pairwise(_bodies()[name]):
        if isinstance(field, ast.AnnAssign | ast.Assign) and isinstance(below, ast.Expr):
            target = field.target if isinstance(field, ast.AnnAssign) else field.targets[0]
            found[ast.unparse(target)] = inspect.cleandoc(ast.literal_eval(below.value))
    return found


@cache
def sections() -> tuple[Section, ...]:
    """The dictionary of everything that an editor writes."""
    return tuple(
        Section(
            cls.__name__,
            inspect.getdoc(cls) or "",
            tuple(
                Entry(name, _holds(field), field.required, sentences(cls.__name__)[name])
                for name, field in shape(cls).items()
            ),
        )
        for cls in KINDS
    )


def _holds(field: Field) -> str:
    if field.kind is Kind.WORDS:
        return "texts by rule"
    if field.kind is Kind.DATE:
        held = "date (EDTF)"
    elif field.kind is Kind.NUMBER:
        held = "whole number"
    elif field.kind is Kind.CHOICE:
        held = " | ".join(member.value for member in field.detail)
    elif field.kind is Kind.RECORD:
        held = field.detail.__name__
    elif isinstance(field.detail, Ref):
        held = "id of " + " or ".join(field.detail.kinds) + "".join(f' or "{word}"' for word in field.detail.words)
    else:
        held = {
            "id": "id",
            "url": "address",
            "language": "language tag",
            "quote": "verbatim words",
            "colour": "colour",
        }.get(str(field.detail), "text")
    if field.many:
        return f"{held}, one or a list" if field.bare else f"list: {held}"
    return held
