"""`/data/`: what can be downloaded, and what each field means."""

from jinja2 import Environment
from markupsafe import Markup

from ..dictionary import sections
from ..jsonld import dataset
from ..publication import Publication
from ..queries import QUERIES, VIEWS
from ..render import Heading, Page, Site, body
from ..tables import TABLES
from ..words import gettext

KIND = "data"
_FIRST = ("claims", "evidence", "events", "articles")
"""What most readers look for; the other tables follow in their own order."""
_FILES = (
    ("claims.json", "application/json"),
    ("record.sqlite", "application/vnd.sqlite3"),
    ("datapackage.json", "application/json"),
    *((f"{table.name}.csv", "text/csv") for table in TABLES),
)
"""The forms of the record, with their media types."""
_OFFERED = {
    "tables": sorted(TABLES, key=lambda t: _FIRST.index(t.name) if t.name in _FIRST else len(_FIRST)),
    "views": VIEWS,
    "queries": QUERIES,
}


def wrap(pub: Publication, site: Site, env: Environment, written: Markup, title: str) -> Page:
    """The page around a hand-written text, such as the licence of the data."""
    title = title or gettext("Data")
    kinds = sections()
    description = gettext("The whole record as JSON, CSV and SQLite, and what each field means.")
    return Page(
        kind=KIND,
        address="data/",
        title=title,
        description=description,
        body=body(env, "data.html.j2", title=title, written=written, sections=kinds, root="../", pub=pub, **_OFFERED),
        contents=(
            Heading("files", gettext("Files")),
            Heading("sql", gettext("Ask the SQLite file")),
            Heading("computed", gettext("What we work out")),
            Heading("record", gettext("What editors write")),
        ),
        head=dataset(site, pub.record.about, description, _FILES),
    )
