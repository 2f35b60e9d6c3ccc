"""Templates and data -> `Page`s and `File`s, the two kinds of output. The one Jinja environment stands here.

Every value that a template prints is escaped (autoescape), and a name that is not there is an error (StrictUndefined).
No text of the record passes through Markdown, and no template marks data as safe.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from .words import N_, direction, gettext, kept, language, pgettext

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


class Words(Extension):
    """Puts the words of the active language into templates before they are compiled, so that pages pay nothing for it.

    `{{ _("Sources") }}` and `{{ pgettext("list", ", ") }}` become constants; `{% trans name=value %}` becomes its text
    and values, in the order of the translation. Words about numbers are for `ngettext`, which is called.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        tokens = list(stream)
        n = 0
        while n < len(tokens):
            token, kinds = tokens[n], [token.type for token in tokens[n + 1 : n + 6]]
            if token.test("name:_") and kinds[:3] == ["lparen", "string", "rparen"]:
                yield Token(token.lineno, "string", gettext(tokens[n + 2].value))
                n += 4
            elif token.test("name:pgettext") and kinds == ["lparen", "string", "comma", "string", "rparen"]:
                yield Token(token.lineno, "string", pgettext(tokens[n + 2].value, tokens[n + 4].value))
                n += 6
            elif token.type == "block_begin" and tokens[n + 1].test("name:trans"):
                end = next((m for m in range(n, len(tokens)) if tokens[m].test("name:endtrans")), len(tokens))
                yield from _translated(tokens[n + 2 : end], stream)
                n = end + 2
            else:
                yield token
                n += 1


def _translated(tokens: Sequence[Token], stream: TokenStream) -> Iterator[Token]:
    """What stands between `trans` and `endtrans` -> data and values in the order of the translation."""
    line = tokens[0].lineno if tokens else 1
    head = next((n for n, token in enumerate(tokens) if token.type == "block_end"), len(tokens))
    values: dict[str, list[Token]] = {}
    for n, token in enumerate(tokens[:head]):
        if token.type == "name" and tokens[n + 1].type == "assign":
            values[token.value] = []
        elif values and token.type != "assign" and not (token.type == "comma" and tokens[n + 2].type == "assign"):
            values[[*values][-1]].append(token)
    said = ""
    for token in tokens[head + 1 : -1]:
        if token.type == "data":
            said += token.value.replace("%", "%%")
        elif token.type == "name":
            said += f"%({token.value})s"
            values.setdefault(token.value, [token])
        elif token.type not in ("variable_begin", "variable_end"):
            said = "between trans and endtrans stand words and names"
            raise TemplateSyntaxError(said, line, stream.name, stream.filename)
    for n, piece in enumerate(re.split(r"%\((\w+)\)s", gettext(said))):
        if n % 2:
            yield Token(line, "variable_begin", "")
            yield from values[piece]
            yield Token(line, "variable_end", "")
        elif piece:
            yield Token(line, "data", piece.replace("%%", "%"))


class Compiled(BytecodeCache):
    """Templates that were compiled in this process, by name and content, for a server that builds again and again."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


@kept
def _compiled() -> Compiled:
    """Those in the active language."""
    return Compiled()


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
    env.globals.update(globals)
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
