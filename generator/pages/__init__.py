"""One file a page kind. Both lists are written out, so that reading and searching find them.

`PAGES` are the kinds that the record makes: a module has a `KIND` and `outputs(pub, site, env)`, which yields `Page`s;
those with a page for each item take the addresses that are wanted as well (`only`).
`WRITTEN` are the pages around a hand-written text of `content/`: a module has `wrap(pub, site, env, written, title)`.
"""

from collections.abc import Collection, Iterator, Mapping
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


_SINGLY = {"claims": "claim", "sources": "source", "entities": "entity"}
_WHOLE = {"chronology": "chronology", "matrix": "matrix", "statements": "statements"}


def some(pub: Publication, site: Site, env: Environment, wanted: Collection[str]) -> Iterator[Page]:
    """The pages at a few addresses, without making those beside them: what somebody is looking at just now."""
    folders = {address.split("/")[0] for address in wanted}
    for folder in sorted(folders & _SINGLY.keys()):
        yield from kind(_SINGLY[folder]).outputs(pub, site, env, wanted)
    for folder in sorted(folders & _WHOLE.keys()):
        yield from (page for page in kind(_WHOLE[folder]).outputs(pub, site, env) if page.address in wanted)
