"""`data/claims.json`: the whole record, exact, with what is worked out from it. `/data/` describes the format.

Field names are those of the record; what the generator adds stands under `computed`. Dates are EDTF, ids are those of
the record, offsets count characters of an article's words with white space joined. `version` grows when a field
is renamed, removed or takes another form, never when one is added. `data/claims.schema.json` says
the same to programs.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from jinja2 import Environment

from ..dataschema import FORMAT, SCHEMA, VERSION, schema
from ..dates import Date
from ..model import Article, Placed
from ..publication import Cited, Publication, Review
from ..render import File, Site
from ..verify import Match, Verdict
from ..weigh import label

_OWN = {"piece", "marks", "body", "body_line"}


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    yield File("data/claims.json", _pieces(pub, site))
    yield File(f"data/{SCHEMA}", (json.dumps(schema(site.url), ensure_ascii=False, indent=1) + "\n").encode())


def _pieces(pub: Publication, site: Site) -> Iterator[bytes]:
    """The data, as JSON with a claim on each line, so that two editions can be compared."""
    record = pub.record
    events = (*pub.chronology.events, *pub.chronology.undated)
    lists: dict[str, Iterable[dict[str, Any]]] = {
        **({"ratings": map(plain, record.ratings)} if record.ratings else {}),
        "topics": map(plain, record.topics),
        "publishers": map(plain, record.publishers),
        "entities": map(plain, record.entities),
        "origins": map(plain, record.origins),
        "articles": (_article(pub, article) for article in (*pub.articles, *pub.linked)),
        "statements": map(plain, record.statements),
        "claims": (_claim(pub, site, review) for review in pub.reviews),
        "removed": map(plain, record.removed),
        "events": (
            {"claim": event.claim.id, "first": _day(event.first), "last": _day(event.last), "disputed": event.disputed}
            for event in events
        ),
    }
    head = {"format": FORMAT, "version": VERSION, "$schema": SCHEMA, "site": site.url or None}
    yield json.dumps({**head, "about": plain(record.about)}, ensure_ascii=False)[:-1].encode()
    for name, items in lists.items():
        yield f',\n"{name}": [\n'.encode()
        for n, item in enumerate(items):
            yield ((",\n" if n else "") + json.dumps(item, ensure_ascii=False)).encode()
        yield b"\n]"
    yield b"}\n"


def plain(record: Placed) -> dict[str, Any]:
    """A record as JSON values: fields that say nothing are left out."""
    result: dict[str, Any] = {}
    for name in _names(type(record)):
        value = getattr(record, name)
        if value is None or value == () or value == {} or value == "":
            continue
        if isinstance(value, Placed):
            value = plain(value)
        elif isinstance(value, tuple):
            value = [plain(item) if isinstance(item, Placed) else item for item in value]
        elif isinstance(value, Date):
            value = value.edtf
        result[name] = value
    return result


_NAMES: dict[type[Placed], list[str]] = {}


def _names(cls: type[Placed]) -> list[str]:
    if cls not in _NAMES:
        _NAMES[cls] = [f.name for f in fields(cls) if f.name not in _OWN]
    return _NAMES[cls]


def _article(pub: Publication, article: Article) -> dict[str, Any]:
    checksum = pub.record.locks.get(article.id)
    computed = {"name": pub.names[article.id], "sha256": checksum, "linked": article.linked}
    return {**plain(article), "computed": computed}


def _claim(pub: Publication, site: Site, review: Review) -> dict[str, Any]:
    claim, agreement = plain(review.claim), review.agreement
    for shown, c in zip(claim.get("evidence", ()), review.claim.evidence, strict=True):
        cited = next(cited for cited in review.cited if cited.evidence is c)
        shown["computed"] = _quotation(cited)
    claim["computed"] = {
        "address": f"{site.url}claims/{review.claim.id}/",
        "status": agreement.status,
        "label": label(agreement.status),
        "articles": agreement.articles,
        "supports": agreement.supports,
        "qualifies": agreement.qualifies,
        "disputes": agreement.disputes,
        "named_origins": agreement.named,
        "unnamed": agreement.unnamed,
        "counts": agreement.counts,
        "origins": [{"articles": group.articles, "origins": group.origins} for group in agreement.groups],
        "statements": [said.statement.id for said in pub.said_in.get(review.claim.id, ())],
    }
    return claim


def _quotation(cited: Cited) -> dict[str, Any]:
    match: Match | None = cited.match
    if match is None:
        linked = cited.article is not None and cited.article.linked
        return {"verdict": Verdict.UNVERIFIED if linked else Verdict.NOWHERE, "spans": []}
    return {"verdict": match.verdict, "spans": [list(span) for span in match.spans]}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
