"""One file a page kind. Both lists are written out, so that reading and searching find them.

`PAGES` are the kinds that the record makes: a module has a `KIND` and `outputs(pub, site, env)`, which yields `Page`s;
those with a page for each item take the addresses that are wanted as well (`only`).
`WRITTEN` are the pages around a hand-written text of `content/`: a module has `wrap(pub, site, env, written, title)`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from jinja2 import Environment

from ..publication import Publication
from ..render import Page, Site

PAGES = (
    *("claim", "source", "linked", "sources", "entity", "entities", "chronology", "matrix", "statements", "removed"),
    "search",
)
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


_SINGLY = {"claim": "claims", "source": "sources", "linked": "sources", "entity": "entities"}
"""Kinds with a page for each item -> the folder of those pages."""


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    """Every page that the record makes, one after the other."""
    for part in parts(pub, site, env, 1):
        yield from part()


def parts(pub: Publication, site: Site, env: Environment, number: int) -> Iterator[Callable[[], Iterator[Page]]]:
    """The same in parts that can be made apart: kinds with a page for each item in a `number` of them, others whole."""
    stored, linked = ([article.id for article in some] for some in (pub.articles, pub.linked))
    ids = {"claim": [*pub.by_claim], "source": stored, "linked": linked, "entity": [*pub.entities]}
    for name in PAGES:
        made = partial(kind(name).outputs, pub, site, env)
        if number == 1 or name not in ids:
            yield made
            continue
        addresses = [f"{_SINGLY[name]}/{id}/" for id in ids[name]]
        yield from (partial(made, frozenset(addresses[n::number])) for n in range(number))


_WHOLE = {"chronology": "chronology", "matrix": "matrix", "statements": "statements"}


def some(pub: Publication, site: Site, env: Environment, wanted: Collection[str]) -> Iterator[Page]:
    """The pages at a few addresses, without making those beside them: what somebody is looking at just now."""
    folders = {address.split("/")[0] for address in wanted}
    for name, folder in _SINGLY.items():
        if folder in folders:
            yield from kind(name).outputs(pub, site, env, wanted)
    for folder in sorted(folders & _WHOLE.keys()):
        yield from (page for page in kind(_WHOLE[folder]).outputs(pub, site, env) if page.address in wanted)
