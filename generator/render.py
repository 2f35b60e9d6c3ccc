"""Templates and data -> `Page`s and `File`s, the two kinds of output. The one Jinja environment stands here.

Every value that a template prints is escaped (autoescape), and a name that is not there is an error (StrictUndefined).
No text of the record passes through Markdown, and no template marks data as safe.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .engine import Escaping, Words, compiled, once
from .words import N_, direction, kept, language

TEMPLATES = Path(__file__).parent / "templates"


class Site(NamedTuple):
    """What pages must know of where they will stand."""

    name: str
    """Name of the publication's site."""
    url: str
    """Absolute address with a slash at the end; empty where the configuration gives none."""
    edit: str | None
    """Address that opens a file of the repository for editing, with "{path}" and "{line}"; None without one."""
    report: str | None
    """Address at which readers report an error."""
    unreviewed: bool = False
    """Whether it is a preview that nobody reviewed yet: every page says so, and search engines are kept away."""
    search: bool = True
    """Whether the site has an index to search."""

    @property
    def feeds(self) -> bool:
        """Whether readers can follow it: feeds need its address, and a preview is not to be followed."""
        return bool(self.url) and not self.unreviewed


class Heading(NamedTuple):
    """An entry of "On this page"."""

    anchor: str
    title: str


class Preview(NamedTuple):
    """The picture that networks show beside a link, a PNG of 1200 by 630 in `theme/assets/preview/`."""

    name: str = "publication"
    alt: str = N_("Who says what, word for word, and how far sources agree")


PREVIEW = Preview()
"""Of every page that has none of its own."""
_EMPTY = Markup()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site. Texts are plain, `body` is HTML from our templates."""

    kind: str
    """Name of the page kind: pages of one kind share a frame."""
    address: str
    """Relative to the site, with its slash: "claims/sale-deadline/"; empty for the home page."""
    title: str
    """Of the document, without the site's name."""
    description: str
    body: Markup
    section: str = ""
    """Which entry of the header it belongs to: claims, chronology, matrix, sources, search or none."""
    contents: tuple[Heading, ...] = ()
    """On this page; empty where the page is short."""
    indexed: bool = True
    """Whether search engines and the sitemap should have it."""
    preview: Preview = PREVIEW
    head: Markup = _EMPTY
    """What its head has beside that of every page."""

    @property
    def root(self) -> str:
        return root(self.address)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site that is no page. A large one comes in pieces, which are made as they are written."""

    address: str
    content: bytes | Iterable[bytes]


def root(address: str) -> str:
    """The way from an address to the top of the site: "../../"; "./" for the home page."""
    return "../" * address.count("/") or "./"


_compiled = kept(compiled)


def environment(globals: Mapping[str, Any]) -> Environment:
    """A fresh environment, so that an edited template shows in the next build; it speaks the active language."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=[Words],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_compiled(),
    )
    env.code_generator_class = Escaping
    env.globals.update(once=once, **globals)
    return env


def body(env: Environment, template: str, **values: Any) -> Markup:
    """Renders a template of ours. The result is HTML and is escaped no more."""
    return Markup(env.get_template(template).render(**values))  # noqa: S704 - made by an autoescaping template


def drawer(env: Environment, name: str, **given: Any) -> Callable[..., Markup]:
    """Renders one template many times, each time with `given` and what the call adds.

    `Template.render` copies all globals every time, which takes as long as a third of a claim's page.
    """
    template = env.get_template(name)
    shared = {**env.globals, **given}

    def draw(**values: Any) -> Markup:
        context = template.new_context({**shared, **values}, shared=True)
        return Markup("".join(template.root_render_func(context)))  # noqa: S704 - made by an autoescaping template

    return draw


NOTHING = Markup("default-src 'none'; base-uri 'none'; form-action 'none'")
"""The Content-Security-Policy of a page that loads nothing and runs nothing."""
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def hashed(text: str) -> str:
    """The source of a Content-Security-Policy that allows one inline script or style: the text between its tags."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def data_block(value: Any) -> Markup:
    """JSON-LD for the head of a page. No text in it can end the script, and a browser does not run it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - nothing in it is markup


def policy(inline: Iterable[str], served: bool) -> str:
    """The Content-Security-Policy of the site's pages: what they load is ours, and scripts in them go by their hash.

    Chronology and matrix place their marks by custom properties in style attributes, for which there are no hashes;
    `style-src-attr` opens these and no style element. Where a site is served for writing, any inline script may run.
    """
    scripts = "'unsafe-inline'" if served else " ".join(map(hashed, inline))
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self'; style-src-attr 'unsafe-inline'; "
        "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'none'"
    )


def directed(html: str) -> str:
    """A page whose first element says the direction of the active language, which Material leaves to the body."""
    tag = language()
    return html.replace(f'<html lang="{tag}"', f'<html lang="{tag}" dir="rtl"', 1) if direction(tag) == "rtl" else html
