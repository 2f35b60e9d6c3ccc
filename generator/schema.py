"""`model` -> the JSON Schema of `claims.yaml`, with which editors' programs complete, explain and check while typing.

Draft 7 is what yaml-language-server reads best. Such a program types values as YAML 1.2 does, where `reader` keeps the
text that was typed: `date: 2020` is a number to it. So a text may be a number here, and a pattern holds for what is
left of type string. What the schema refuses the reader refuses too, but for a bare `true`, `false`, `null` or `~`,
which are words to the reader; `onrecord fmt` writes them in double quotes. The reader is stricter where a schema can't
see: references, ids given twice, days that a month does not have, rare invisible characters, bare numbers that are no
id, quotations.
"""

import json
import os
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path
from typing import Any

from . import claimfiles, lint
from .dictionary import KINDS, sentences
from .files import Folder, read_text
from .limits import LIMITS
from .load import RECORD
from .model import ClaimFile, Placed, Record, Ref
from .problems import Problem, Refused, Severity
from .reader import CODES
from .shape import Field, Kind, shape
from .texts import KEPT

SCHEMA = "claims.schema.json"
MODELINE = f"{claimfiles.MODELINE}{SCHEMA}"
"""The line of `claims.yaml` by which editors' programs find the schema."""

# Patterns are written for both kinds of engine that read them: Python's, and JavaScript's with the flag "u".
_HIDDEN = (
    r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e"
    r"\u2060-\u206f\ue000-\uf8ff\ufeff\ufff0-\ufffb\ufffd"
)
_TEXT = rf"^(?!\s*$)[^{_HIDDEN}]*$"
_ID = rf"^(?!(?:{'|'.join(sorted(KEPT))})$)[a-z0-9][a-z0-9-]{{0,79}}$(?!\n)"
_LANGUAGE = r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$(?!\n)"
_URL = (
    r"^https?://(?=[^/:?#]*\.)(?![^/:?#]*\.\.)(?![^/:?#]*\.(?:[0-9]+|0x[0-9a-f]*|local|localhost)(?:[/:?#]|$))"
    r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!#-;=?-\[\]_a-z~%]*)?$(?!\n)"
)
_MARK, _YEAR = "[~?%]?", "(?!0000)[0-9X]{4}(?:S[0-9]+)?"
_MONTH, _DAY = "(?:0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|[0-9]X|X[0-9X])", "(?:0[1-9]|[12][0-9]|3[01]|[0-9]X|X[0-9X])"
_TIME = "(?:T[0-9:]{2,8}(?:Z|[-+][0-9:]{2,5})?)?"
_ONE_DATE = rf"{_MARK}{_YEAR}{_MARK}(?:-{_MARK}{_MONTH}{_MARK}(?:-{_MARK}{_DAY}{_MARK})?)?{_TIME}"
_SPAN = rf"(?:{_ONE_DATE}|\.\.)?/(?:{_ONE_DATE}|\.\.)?"
_SET = rf"[\[{{](?:\.\.)?{_ONE_DATE}(?:(?:,|\.\.){_ONE_DATE})*(?:\.\.)?[\]}}]"
_DATE = rf"^\s*(?!/\s*$)(?:{_ONE_DATE}|{_SPAN}|{_SET})\s*$"

# A text as YAML 1.2 may type it; not boolean, or editors would offer true and false wherever a sentence begins.
_ONE = {"type": ["string", "number"]}
_WRITE = (
    "Write one text, without invisible characters; delete the line if there is nothing to say. "
    "The words true, false, null and ~ need double quotes."
)
_VALUES: dict[str, dict[str, Any]] = {
    "text": {**_ONE, "pattern": _TEXT, "maxLength": LIMITS["scalar"], "errorMessage": _WRITE},
    "quote": {**_ONE, "pattern": _TEXT, "maxLength": LIMITS["quote"], "errorMessage": _WRITE},
    "id": {**_ONE, "pattern": _ID, "errorMessage": CODES["bad-id"]},
    "url": {"type": "string", "pattern": _URL, "maxLength": 2048, "errorMessage": CODES["bad-url"]},
    "language": {
        "type": "string",
        "pattern": _LANGUAGE,
        "errorMessage": CODES["bad-language"],
        "examples": ["en", "de", "pt-BR", "zh-Hant"],
    },
    "number": {
        "type": ["integer", "string"],
        "pattern": "^[0-9]{1,6}$(?!\\n)",
        "minimum": 0,
        "maximum": 999_999,
        "errorMessage": CODES["bad-number"],
    },
    "colour": {
        "type": "string",
        "pattern": "^#[0-9a-fA-F]{6}$(?!\\n)",
        "errorMessage": CODES["bad-colour"],
        "examples": ["#5b3391", "#b196ff"],
    },
    "date": {
        "type": ["string", "integer"],
        "pattern": _DATE,
        "minimum": 1,
        "maximum": 9999,
        "errorMessage": CODES["bad-date"],
        # Never one alone: yaml-language-server would write it in by itself.
        "examples": ["2020-09-15", "2020-09", "2020-09-14~", "2020-09-11/2020-09-20"],
    },
}


def schema_text(title: str = RECORD, cls: type[Placed] = Record) -> str:
    """The file: the schema of the record, the same bytes for the same model."""
    return json.dumps({"title": title, **schema(cls)}, indent=1, ensure_ascii=False) + "\n"


def formatted(root: Path, problems: list[Problem]) -> Iterator[tuple[str, str, str]]:
    """Name, text and right text of each schema of a project, as `canon.formatted` has them of its other files."""
    wanted = {SCHEMA: schema_text()}
    if claimfiles.paths(Folder(root), []):
        wanted[claimfiles.SCHEMA] = schema_text(f"{claimfiles.FOLDER}/**/*{claimfiles.ENDING}", ClaimFile)
    for name, right in wanted.items():
        try:
            text = read_text(root, name, LIMITS["file"]) if os.path.lexists(root / name) else ""
        except Refused as refusal:
            problems += refusal.problems
        else:
            yield name, text, right


def schema(cls: type[Placed]) -> dict[str, Any]:
    """The schema of a document of this kind; what it is made of is among its definitions."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_mapping(cls),
        "definitions": {**{kind.__name__: _mapping(kind) for kind in KINDS if kind in _within(cls)}, **_VALUES},
    }


def _within(cls: type[Placed]) -> set[Any]:
    """The kinds of record that one of this kind holds, at whatever depth."""
    held = {field.detail for field in shape(cls).values() if field.kind is Kind.RECORD}
    return held.union(*(_within(kind) for kind in held))


def _mapping(cls: type[Placed]) -> dict[str, Any]:
    fields = shape(cls)
    said = sentences(cls.__name__)
    required = [name for name, field in fields.items() if field.required]
    return {
        "description": getdoc(cls),
        "type": "object",
        "properties": {name: {"description": said[name], **_field(field)} for name, field in fields.items()},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    if field.kind is Kind.WORDS:
        return {"type": "object", "properties": _waivable(), "additionalProperties": _ref("text")}
    one = _value(field)
    if not field.many:
        return one
    items = {"items": one, **({"minItems": 1} if field.filled else {})}
    if not field.bare:
        return {"type": "array", **items}
    return {"anyOf": [one, {"type": "array", **items}]}


def _value(field: Field) -> dict[str, Any]:
    if field.kind is Kind.RECORD:
        return _ref(field.detail.__name__)
    if field.kind is Kind.DATE:
        return _ref("date")
    if field.kind is Kind.NUMBER:
        return _ref("number")
    if field.kind is Kind.CHOICE:
        said = sentences(field.detail.__name__)
        return {
            "enum": [member.value for member in field.detail],
            "enumDescriptions": [said[member.name] for member in field.detail],
        }
    if isinstance(field.detail, Ref):
        return _ref("id")
    return _ref(str(field.detail) if str(field.detail) in _VALUES else "text")


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{name}"}


def _waivable() -> dict[str, Any]:
    """The rules that a record may waive, each with its first sentence."""
    rules = {code: rule for code, rule in lint.rules().items() if rule.SEVERITY is not Severity.ERROR}
    return {code: {"description": (lint.explain(code) or "").split("\n")[0], **_ref("text")} for code in rules}
