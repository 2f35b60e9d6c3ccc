"""One file a page kind. Both lists are written out, so that reading and searching find them.

`PAGES` are the kinds that the record makes: a module has a `KIND` and `outputs(pub, site, env)`, which yields `Page`s.
`WRITTEN` are the pages around a hand-written text of `content/`: a module has `wrap(pub, site, env, written, title)`.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from jinja2 import Environment

from ..publication import Publication
from ..render import Page, Site

PAGES = ("claim", "source", "sources", "entity", "entities", "chronology", "matrix", "statements", "removed", "search")
WRITTEN: Mapping[str, str] = {
    "index.md": "home",
    "about.md": "about",
    "corrections.md": "corrections",
    "data.md": "data",
}
"""Source in `content/` -> page kind. The page is there even where nobody wrote the text."""


def kind(name: str) -> Any:
    """The module of a page kind."""
    return import_module(f".{name}", __name__)


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    """Every page that the record makes, one after the other."""
    for name in PAGES:
        yield from kind(name).outputs(pub, site, env)
