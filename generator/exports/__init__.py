"""One file a format of data or asset. `EXPORTS` is written out, so that reading and searching find them.

A module has `outputs(pub, site, env)`, which yields `File`s.
"""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from jinja2 import Environment

from ..publication import Publication
from ..render import File, Site

EXPORTS = (
    "badge",
    "claimreview_feed",
    "claims_json",
    "datapackage",
    "datasette",
    "embed",
    "feeds",
    "record_sqlite",
    "redirects",
    "stylesheet",
    "tables_csv",
)


def parts(pub: Publication, site: Site, env: Environment) -> Iterator[Callable[[], Iterator[File]]]:
    """Every file of the site that is no page, in parts that can be made apart: one a format."""
    for name in EXPORTS:
        yield partial(import_module(f".{name}", __name__).outputs, pub, site, env)
