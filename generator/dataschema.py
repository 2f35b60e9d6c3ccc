"""The form of `data/claims.json` as JSON Schema (draft 2020-12), published beside it.

What editors write is described by the model itself, each field with its sentence; what is worked out, here. It is
exact: it allows no field that is not named, and names as required what is always there.
"""

from collections.abc import Mapping
from typing import Any

from .dictionary import KINDS, sections
from .model import Article, Claim, Evidence, Is, LinkedArticle, Record
from .shape import Field, Kind, shape
from .verify import Verdict
from .weigh import RULES

FORMAT, VERSION = "onrecord-claims", 2
SCHEMA = "claims.schema.json"
"""Where the schema stands, beside the data."""
_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string", "minLength": 1}
_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,79}$"}
_IDS = {"type": "array", "items": {"$ref": "#/$defs/id"}}
_LINKS = {"type": "array", "items": {"type": "string", "pattern": "^(self:)?[a-z0-9][a-z0-9-]{0,79}$"}}
_ADDRESS = {"type": "string", "format": "uri"}
_DAY = {"type": ["string", "null"], "format": "date"}
_STATUSES = [str(rule.status) for rule in RULES]


def schema(url: str = "") -> dict[str, Any]:
    """The schema, as JSON values. `url` is the site's address; without one the schema has no name of its own."""
    lists = {name: _list(field.detail.__name__) for name, field in shape(Record).items() if field.many}
    event = _object(
        {
            "claim": {"$ref": "#/$defs/id"},
            "first": _said(_DAY, "The earliest day that an article or we give it; null where that side is open."),
            "last": _said(_DAY, "The latest day."),
            "disputed": _said({"type": "boolean"}, "Whether its datings exclude each other."),
        }
    )
    properties = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION, "description": "Grows when a field is renamed, removed or takes another form."},
        "$schema": {"const": SCHEMA},
        "site": {"type": ["string", "null"], "format": "uri", "description": "Address of the site, if it has one."},
        "about": {"$ref": "#/$defs/About"},
        **lists,
        "articles": {
            "type": "array",
            "items": {"anyOf": [{"$ref": "#/$defs/Article"}, {"$ref": "#/$defs/LinkedArticle"}]},
        },
        "events": _said({"type": "array", "items": event}, "The order of the chronology; the undated stand last."),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": f"{url}data/{SCHEMA}"} if url else {}),
        "title": "A fact-check record and what is worked out from it",
        **_object(properties, [name for name in properties if name != "ratings"]),
        "$defs": {"id": _ID, "date": _said(_TEXT, "A date as EDTF (ISO 8601-2)."), **_definitions()},
    }


def _definitions() -> dict[str, Any]:
    """A definition for each kind of record that editors write, with its `computed` where it has one."""
    computed = {Claim: _of_claim(), Evidence: _of_evidence(), Article: _of_article(), LinkedArticle: _of_article()}
    found = {}
    for cls, section in zip(KINDS, sections(), strict=True):
        written = shape(cls)
        properties: dict[str, Any] = {"id": {"$ref": "#/$defs/id"}} if cls is Article else {}
        properties |= {entry.name: _said(_field(written[entry.name]), entry.sentence) for entry in section.entries}
        always = [name for name in properties if name not in written or _always(written[name])]
        if cls in computed:
            properties["computed"] = computed[cls]
            always.append("computed")
        found[section.name] = _said(_object(properties, always), section.sentence)
    return found


def _always(field: Field) -> bool:
    """Whether a field is in every record: it is needed, or has a default that says something."""
    return field.required or field.default() not in (None, "", (), {})


def _field(field: Field) -> dict[str, Any]:
    value: dict[str, Any]
    if field.kind is Kind.WORDS:
        return {"type": "object", "additionalProperties": _TEXT, "minProperties": 1}
    if field.kind is Kind.RECORD:
        value = {"$ref": f"#/$defs/{field.detail.__name__}"}
    elif field.kind is Kind.CHOICE:
        value = {"enum": [member.value for member in field.detail]}
    elif field.kind is Kind.NUMBER:
        value = _COUNT
    elif field.detail is Is.COLOUR:
        value = {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
    elif field.kind is Kind.DATE:
        value = {"$ref": "#/$defs/date"}
    elif field.detail is Is.URL:
        value = _ADDRESS
    elif field.detail is Is.ID or not isinstance(field.detail, Is | None):
        value = {"$ref": "#/$defs/id"}  # of the record itself, or of another
    else:
        value = _TEXT
    return {"type": "array", "items": value, "minItems": 1} if field.many else value


def _of_claim() -> dict[str, Any]:
    group = _object({"articles": _IDS, "origins": _LINKS})
    return _object(
        {
            "address": _said({"type": "string", "format": "uri-reference"}, "Of its page."),
            "status": _said({"enum": _STATUSES}, "What the badge says, as a key."),
            "label": _said(_TEXT, "What the badge says."),
            "articles": _said(_COUNT, "Articles that address it; each counts once."),
            "supports": _said(_IDS, "Articles that support it."),
            "qualifies": _said(_IDS, "Articles that qualify it."),
            "disputes": _said(_IDS, "Articles that dispute it."),
            "named_origins": _said(_COUNT, "Separate named origins behind its support."),
            "unnamed": _said(_COUNT, "Supporting articles that name no origin."),
            "counts": _said(_TEXT, "The counts of the badge, in words."),
            "origins": _said({"type": "array", "items": group}, "The supporting articles, by what they rest on."),
            "statements": _said(_IDS, "Statements that its evidence quotes."),
        }
    )


def _of_evidence() -> dict[str, Any]:
    span = {"type": "array", "prefixItems": [_COUNT, _COUNT], "items": False, "minItems": 2}
    return _object(
        {
            "verdict": _said(
                {"enum": [v.value for v in (Verdict.VERBATIM, Verdict.SPLIT, Verdict.UNVERIFIED)]},
                "How it stands there; unverified where the article is linked.",
            ),
            "spans": _said(
                {"type": "array", "items": span},
                "Where it stands, in characters of the article with white space joined.",
            ),
        }
    )


def _of_article() -> dict[str, Any]:
    checksum = {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"}
    return _object(
        {
            "name": _said(_TEXT, "What we call it."),
            "sha256": _said(checksum, "Checksum of its stored text."),
            "linked": _said({"type": "boolean"}, "Whether its text is not stored."),
        }
    )


def _object(properties: Mapping[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    needed = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _said(value: Mapping[str, Any], sentence: str) -> dict[str, Any]:
    return {**value, "description": sentence}
