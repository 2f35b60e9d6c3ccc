"""`data/{table}.csv`: each table of `tables` as RFC 4180: UTF-8, a head line, CRLF, quotation marks where needed.

Spreadsheets run a cell that looks like a formula. Such a cell gets a leading apostrophe, so it is not exact;
`data/claims.json` is. Nothing in a cell is nothing, flags are "true" and "false".
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from jinja2 import Environment

from ..publication import Publication
from ..render import File, Site
from ..tables import TABLES, Table, Value

# The first character that can be seen decides: spaces and invisible characters before it do not stop a spreadsheet.
_FORMULA = re.compile(
    r"[\t\r]|[\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]"
)
_ROWS = 500
"""So many rows are written at once."""


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    for table in TABLES:
        yield File(f"data/{table.name}.csv", sheet(table, table.rows(pub, site)))


def sheet(table: Table, rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The file of a table, in pieces."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # its own dialect: commas, doubled quotation marks and CRLF
    writer.writerow([column.name for column in table.columns])
    for n, row in enumerate(rows, 1):
        writer.writerow(map(cell, row))
        if n % _ROWS == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def cell(value: Value) -> str | int:
    """A value as spreadsheets can be given it."""
    if isinstance(value, str):
        # Most cells begin with a letter or a digit; a million of them need no regular expression.
        return value if value[:1].isalnum() or not _FORMULA.match(value) else "'" + value
    if value is None:
        return ""
    return ("false", "true")[value] if isinstance(value, bool) else value
