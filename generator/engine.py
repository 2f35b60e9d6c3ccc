"""Jinja as we use it: words of the active language put in before compiling, fast escaping, compiled templates kept.

In: the source of a template. Out: code that Jinja runs. Nothing here knows what templates print.
"""

import hashlib
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import FileSystemBytecodeCache, TemplateSyntaxError, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from . import kept, words
from .words import gettext, pgettext


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


def quick(value: Any) -> str:
    """A value as HTML text, as `markupsafe.escape` makes it, but a plain string where it was one.

    A claim's page escapes some four hundred values, and wrapping each in Markup took a third of the time of all pages.
    """
    kind = type(value)
    if kind is not str:
        return value if kind is Markup else str(value) if kind is int else escape(value)
    # Most texts have none of these characters, and then `replace` gives back the same string.
    text: str = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


def once(macro: Callable[..., Markup], key: Callable[..., Hashable]) -> Callable[..., Markup]:
    """A macro that draws anew only where the `key` of its arguments is new."""
    drawn: dict[Hashable, Markup] = {}

    def draw(*args: Any, **options: Any) -> Markup:
        wanted = key(*args, **options)
        if wanted not in drawn:
            drawn[wanted] = macro(*args, **options)
        return drawn[wanted]

    return draw


class Escaping(CodeGenerator):
    """Compiles templates that print every value through `quick`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        self.writeline(f"from {__name__} import quick")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("quick(")


class Compiled(FileSystemBytecodeCache):
    """Compiled templates, by name and content: those of this process, and of earlier ones where they can be kept.

    They are code, so they lie in the user's own cache and never in a project, which strangers may write to.
    """

    def __init__(self, depends: bytes = b"") -> None:
        """`depends` is what the code depends on beside the template."""
        mark = hashlib.sha256(f"{jinja2.__version__}\n".encode() + depends).hexdigest()[:16]
        self._codes: dict[tuple[str, str], Any] = {}
        folder = kept.cache() / "templates" / mark
        self._own = kept.own(folder)
        super().__init__(str(folder))

    def load_bytecode(self, bucket: Bucket) -> None:
        known = (bucket.key, bucket.checksum)
        if known not in self._codes:
            with suppress(OSError):
                if self._own:
                    super().load_bytecode(bucket)
            self._codes[known] = bucket.code
        bucket.code = self._codes[known]

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code
        with suppress(OSError):
            if self._own:
                super().dump_bytecode(bucket)


def compiled() -> Compiled:
    """Our templates in the active language."""
    translation = words.HERE / f"{words.nearest(words.language())}.po"
    spoken = translation.read_bytes() if translation.exists() else b""
    return Compiled(words.language().encode() + b"\n" + Path(__file__).read_bytes() + spoken)
