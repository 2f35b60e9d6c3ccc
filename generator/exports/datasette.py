"""`data/datasette.json`: what Datasette shows around `record.sqlite`: titles, meanings, licence, and questions to ask.

datasette record.sqlite --metadata datasette.json
"""

import json
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment

from ..publication import Publication
from ..queries import QUERIES, VIEWS
from ..render import File, Site
from ..tables import TABLES, Table
from ..texts import better_id

_LABELS = ("title", "name", "short", "quote", "exact")
"""The first of these that a table has stands for a row where another table refers to it."""


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    text = json.dumps(metadata(pub, site), ensure_ascii=False, indent=1)
    yield File("data/datasette.json", f"{text}\n".encode())


def metadata(pub: Publication, site: Site) -> dict[str, Any]:
    """The metadata of the file, as JSON values."""
    about = pub.record.about
    data: dict[str, Any] = {"title": f"{about.title}, edition of {about.checked.edtf}"}
    if about.license:
        data |= {"license": about.license.name, "license_url": about.license.url}
    if site.url:
        data |= {"source": site.name, "source_url": f"{site.url}data/"}
    tables: dict[str, Any] = {table.name: _table(table) for table in TABLES}
    tables |= {view.name: {"description": view.meaning} for view in VIEWS}
    queries = {better_id(query.question): {"title": query.question, "sql": query.sql} for query in QUERIES}
    return {**data, "databases": {"record": {"tables": tables, "queries": queries}}}


def _table(table: Table) -> dict[str, Any]:
    names = {column.name for column in table.columns}
    label = next((name for name in _LABELS if name in names), None)
    return {
        "title": table.title,
        "description": table.meaning,
        "columns": {column.name: column.meaning for column in table.columns},
        **({"label_column": label} if label else {}),
    }
