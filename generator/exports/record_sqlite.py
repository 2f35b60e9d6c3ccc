"""`data/record.sqlite`: the tables of `tables` in one SQLite file, with foreign keys, views and full-text search.

The bytes depend on the record only: page size and encoding are fixed, rows come in the order of the record, the file
is vacuumed, and the header is told neither how often the file was written nor by which version of SQLite. Each table
that is searched has an FTS5 index beside it, `claims_fts` for `claims`, in the form that Datasette finds by itself.
"""

import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from ..publication import Publication
from ..queries import VIEWS
from ..render import File, Site
from ..tables import TABLES, Column, Table, Type

APPLICATION = int.from_bytes(b"onrc", "big")
"""SQLite's `application_id`, by which `file` and others can tell what it is."""
VERSION = 1
"""SQLite's `user_version`: grows when a table or a column is renamed or removed."""
_PAGE, _HEADER = 4096, 100
_CHANGES, _VERSION_VALID = slice(24, 28), slice(92, 100)
_TREES = {2: 12, 5: 12, 10: 8, 13: 8}
"""First byte of a page of a tree, and how long its header is. Other pages begin with 0: with a page number."""
_WRITER = 3_031_000
"""A version of SQLite that reads all of it; stands in the header in place of the one that wrote it."""
_MACHINE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
_TYPES = {Type.NUMBER: "INTEGER", Type.FLAG: "INTEGER"}


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    yield File("data/record.sqlite", _pieces(pub, site))


def _pieces(pub: Publication, site: Site) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        path = Path(folder, "record.sqlite")
        write(path, pub, site)
        with open(path, "rb") as file:
            for n, page in enumerate(iter(lambda: file.read(_PAGE), b"")):
                yield normal(page, first=n == 0)


def write(path: Path, pub: Publication, site: Site) -> None:
    """Makes the file. Raises OSError where Python's SQLite was built without full-text search."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for name, value in (("page_size", _PAGE), ("encoding", "'UTF-8'"), ("auto_vacuum", 0), ("cache_size", -16000)):
            connection.execute(f"PRAGMA {name} = {value}")
        connection.execute("PRAGMA journal_mode = OFF")  # nobody reads it before it is whole
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA secure_delete = ON")  # cells that were moved leave nothing, whatever the default is
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("BEGIN")
        for table in TABLES:
            connection.execute(create(table))
            places = ", ".join("?" * len(table.columns))
            insert = f"INSERT INTO {table.name} VALUES ({places})"  # noqa: S608 - names of ours
            connection.executemany(insert, table.rows(pub, site))
        for table in TABLES:
            for statement in (*indexes(table), *search(table)):
                connection.execute(statement)
        for view in VIEWS:
            connection.execute(f"CREATE VIEW {view.name} AS\n{view.sql}")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if "fts5" in str(error):
            raise OSError(errno.ENOSYS, "this Python's SQLite has no full-text search (FTS5)") from error
        if error.sqlite_errorcode & 0xFF in _MACHINE:
            raise OSError(errno.ENOSPC, f"SQLite can't write: {error}", str(path)) from error
        raise
    finally:
        connection.close()


def create(table: Table) -> str:
    """A table with its key, as SQL. Names of tables and columns are ours, never the record's."""
    lines = [f"  {_column(column, table.key)}" for column in table.columns]
    if len(table.key) > 1:
        lines.append(f"  PRIMARY KEY ({', '.join(table.key)})")
    return f"CREATE TABLE {table.name} (\n" + ",\n".join(lines) + "\n)"


def _column(column: Column, key: tuple[str, ...]) -> str:
    parts = [column.name, _TYPES.get(column.type, "TEXT")]
    parts += ["PRIMARY KEY"] if key == (column.name,) else []
    parts += ["NOT NULL"] if column.required else []
    if column.refers:
        parts.append(f"REFERENCES {column.refers} (id)")
    return " ".join(parts)


def indexes(table: Table) -> list[str]:
    """An index on each foreign key, but for one that the primary key begins with."""
    return [
        f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name})"
        for column in table.columns
        if column.refers and column.name != table.key[0]
    ]


def search(table: Table) -> list[str]:
    """The full-text index of a table that is searched: its texts stay in the table, accents and case do not count."""
    if not table.searched:
        return []
    name, columns = f"{table.name}_fts", ", ".join(table.searched)
    options = f"content=\"{table.name}\", tokenize='unicode61 remove_diacritics 2'"
    return [
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, {options})",
        *(f"INSERT INTO {name} ({name}) VALUES ('{step}')" for step in ("rebuild", "optimize")),  # noqa: S608 - names of ours
    ]


def normal(page: bytes, first: bool) -> bytes:
    """A page of the file without what depends on who wrote it: the header's counters and bytes that nothing uses.

    https://www.sqlite.org/fileformat.html: between its list of cells and the cells a page of a tree has left-overs.
    """
    changed = bytearray(page)
    if first:
        changed[_CHANGES] = (1).to_bytes(4, "big")  # both counters must be the same
        changed[_VERSION_VALID] = (1).to_bytes(4, "big") + _WRITER.to_bytes(4, "big")
    start = _HEADER if first else 0
    if size := _TREES.get(changed[start]):
        cells = int.from_bytes(changed[start + 3 : start + 5], "big")
        begin, end = start + size + 2 * cells, int.from_bytes(changed[start + 5 : start + 7], "big")
        changed[begin:end] = bytes(end - begin)
    return bytes(changed)
