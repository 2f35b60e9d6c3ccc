"""`data/datapackage.json`: what the files of `data/` hold, as a Data Package (version 2.0 of the standard).

Each CSV with the type and the meaning of its columns, its keys and what they refer to; the edition, the licence, and
the articles that it was made from.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment

from ..publication import Publication
from ..render import File, Site
from ..tables import TABLES, Column, Table, Type
from ..texts import better_id

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENSE = re.compile(r"[-a-zA-Z0-9._]+")
"""What the standard takes for the identifier of a licence; others are its title."""
_TYPES: dict[Type, dict[str, str]] = {
    Type.TEXT: {"type": "string"},
    Type.NUMBER: {"type": "integer"},
    Type.FLAG: {"type": "boolean"},
    Type.ADDRESS: {"type": "string", "format": "uri"},
    Type.DAY: {"type": "date"},
}


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    text = json.dumps(package(pub, site), ensure_ascii=False, indent=1)
    yield File("data/datapackage.json", f"{text}\n".encode())


def package(pub: Publication, site: Site) -> dict[str, Any]:
    """The descriptor, as JSON values."""
    about = pub.record.about
    data: dict[str, Any] = {"$schema": PROFILE, "name": better_id(about.title) or "onrecord", "title": about.title}
    data["description"] = "Claims, and the words of the articles that bear on each. claims.json is the exact form."
    data["version"] = about.checked.edtf
    if site.url:
        data["homepage"] = site.url
    if about.license:
        said = "name" if _LICENSE.fullmatch(about.license.name) else "title"
        data["licenses"] = [{said: about.license.name, "path": about.license.url}]
    if pub.record.articles:
        data["sources"] = [
            {"title": pub.names[article.id], **({"path": article.url} if article.url else {})}
            for article in pub.articles
        ]
    data["resources"] = [
        *(_resource(table) for table in TABLES),
        {
            "name": "record-json",
            "title": "The whole record",
            "description": "Exact, with everything that is worked out from it; claims.schema.json describes it.",
            "path": "claims.json",
            "format": "json",
            "mediatype": "application/json",
            "encoding": "utf-8",
        },
        {
            "name": "record-sqlite",
            "title": "The tables as one SQLite file",
            "description": "With foreign keys, views and full-text search.",
            "path": "record.sqlite",
            "format": "sqlite",
            "mediatype": "application/vnd.sqlite3",
        },
    ]
    return data


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.meaning,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema(table),
    }


def schema(table: Table) -> dict[str, Any]:
    """A table as a Table Schema."""
    found: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    # A table that refers to itself names no resource, as the standard wants it.
    foreign = [
        {
            "fields": [column.name],
            "reference": {"resource": "" if column.refers == table.name else column.refers, "fields": ["id"]},
        }
        for column in table.columns
        if column.refers
    ]
    return found | ({"foreignKeys": foreign} if foreign else {})


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, **_TYPES[column.type], "description": column.meaning}
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        limits["enum"] = list(column.choices)
    return field | ({"constraints": limits} if limits else {})
