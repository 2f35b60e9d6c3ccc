"""A saved page or a text file -> the words of an article, and what the page states about itself and where.

A page's article is found by readability-lxml, which is an optional part (`onrecord[html]`); paragraphs, headings and
list items become paragraphs of text. Metadata is only what JSON-LD and meta tags say in so many words: nothing is
guessed. Characters that only lay out a text (soft hyphens, zero-width spaces) are left out and counted.
"""

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from .dates import parse
from .limits import LIMITS
from .problems import Mark, Problem, Refused
from .texts import language_fault, url_fault

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)[\s>]", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#x?[0-9A-Fa-f]{2,6});")
_LAYOUT = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BLOCKS = frozenset(
    """address article aside blockquote body dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header
    hr li main nav ol p pre section summary table tbody tfoot thead tr ul""".split()
)
_SKIPPED = {"script", "style", "template", "noscript", "svg", "button", "select", "textarea", "iframe"}
_CELLS = {"td", "th"}
_NOISE = re.compile(
    "|".join(
        (
            r"(?i)ad|advertis(?:e?ment|ing)s?|sponsored(?: content| by .*)?|promoted|image source:?|getty images",
            r"share|share (?:this|on|via|with)\b.*|tweet|print|e-?mail|copy link",
            r"\d* ?comments?|(?:leave|post|view|add) (?:a |\d+ )?comments?",
            r"(?:read|see) (?:more|also|next)\b.*|also read\b.*|continue reading.*",
            r"related(?: articles?| stories| content| topics?| news)?:?|most (?:read|popular)|recommended(?: for you)?",
            r"sign up (?:for|to)\b.*|subscribe(?: now| today| to .*)?|register (?:now|for free|to continue)\b.*",
            r"(?:our )?newsletters?|follow us\b.*|click here\b.*|skip to (?:main )?content",
            r"story continues below.*|listen to this (?:article|story).*|support our journalism.*",
            r"anzeige|werbung|artikel teilen|lesen sie (?:auch|mehr)\b.*|mehr zum thema",
            r"publicité|lire aussi\b.*|publicidad|lea también\b.*",
        )
    )
)
_LONGEST_NOISE = 100


class Stated(NamedTuple):
    """What a page states about itself, word for word, and where."""

    field: str
    value: str
    source: str


class Captured(NamedTuple):
    """The words of an article, and what is known of how they were come by."""

    text: str
    stated: tuple[Stated, ...] = ()
    left_out: int = 0
    """Words of the page that are not among the text."""
    layout: int = 0
    """Characters for layout only that were deleted."""


class Missing(Exception):  # noqa: N818 - an answer, no error of ours
    """The optional part that reads saved pages is not installed."""


def capture(raw: bytes, name: str) -> Captured:
    """The words of a text file or a saved page. Raises `Refused`, or `Missing` for a page without the optional part."""
    if len(raw) > LIMITS["article"] * (4 if is_page(raw) else 1):
        raise _refused(name, "too-large", f"it has {len(raw):,} bytes", "save the article alone")
    text = _decoded(raw, name)
    if is_page(raw):
        return _page(text, name)
    if found := _MARKUP.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        said = f'"{found[0][:40]}" is markup and no word of an article'
        help = "save the page whole as HTML, or copy its words as plain text"
        raise Refused([Problem(Mark(name, line, column, len(found[0])), said, help, "source-markup")])
    return _tidied(text)


def is_page(raw: bytes) -> bool:
    """Whether bytes are an HTML page rather than a text."""
    return _HTML.match(raw.removeprefix(codecs.BOM_UTF8)) is not None


def likely_noise(text: str) -> list[str]:
    """Lines that look like adverts, buttons and links to other articles, in the order of the text."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return list(dict.fromkeys(line for line in lines if 0 < len(line) <= _LONGEST_NOISE and _NOISE.fullmatch(line)))


def agreed(stated: Sequence[Stated]) -> dict[str, Stated]:
    """The fields on which all that a page states agrees; a date only as far as it is one."""
    values: dict[str, set[str]] = {}
    for one in stated:
        values.setdefault(one.field, set()).add(one.value)
    return {one.field: one for one in reversed(stated) if len(values[one.field]) == 1}


def _refused(name: str, code: str, message: str, help: str, line: int = 1, column: int = 1) -> Refused:
    return Refused([Problem(Mark(name, line, column), message, help, code)])


_NO_CHARSET = {"unicode_escape", "raw_unicode_escape", "utf_7", "idna", "punycode", "undefined", "mbcs", "oem"}
"""Codecs of Python that no page is written in; the binary ones it refuses itself."""


def _decoded(raw: bytes, name: str) -> str:
    """The text of the bytes: UTF-8, or what a page says that it is."""
    declared = _CHARSET.search(raw[:4096]) if is_page(raw) else None
    encoding = "utf-8-sig"
    if declared and not raw.startswith(codecs.BOM_UTF8):
        try:
            encoding = codecs.lookup(declared[1].decode()).name
            if encoding.replace("-", "_") in _NO_CHARSET:
                raise LookupError
        except LookupError:
            raise _refused(name, "not-utf8", f'"{declared[1].decode()}" is no encoding', "save it as UTF-8") from None
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        at = getattr(error, "start", 0)
        before = raw[:at].decode("utf-8", "replace")
        said = f"byte {at} (0x{raw[at]:02X}) is not {encoding.removesuffix('-sig').upper()}"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise _refused(name, "not-utf8", said, "save the file as UTF-8", line, column) from error
    if "\0" in text:
        raise _refused(name, "not-utf8", "it holds NUL: this is not a text file", "save it as text or as HTML")
    return text


def _tidied(text: str, stated: tuple[Stated, ...] = (), left_out: int = 0) -> Captured:
    """Lines without white space at their ends, no blank line twice, and no characters for layout."""
    text, layout = _LAYOUT.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [re.sub(r"[ \t\xa0]+$", "", line) for line in text.split("\n")]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return Captured(f"{body}\n" if body.strip() else "", stated, left_out, layout)


def _page(text: str, name: str) -> Captured:
    try:
        import lxml.html
        from readability import Document
    except ImportError as error:
        raise Missing from error
    bare = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)  # lxml takes no text that names an encoding
    try:
        page = lxml.html.document_fromstring(bare)
        article = lxml.html.fragment_fromstring(Document(bare).summary(html_partial=True), create_parent="div")
    except Exception as error:  # on odd pages both libraries fail in ways of their own
        raise _refused(name, "empty-file", "no article is found in this page", "save its words as a text") from error
    words = "\n\n".join(_paragraphs(article))
    body = page.find("body")
    whole = " ".join(_paragraphs(body if body is not None else page))
    return _tidied(words, tuple(_stated(page)), max(len(whole.split()) - len(words.split()), 0))


def _paragraphs(root: Any) -> Iterator[str]:
    """The text of an element, a string for each block; a line break within one stays one."""
    parts: list[str] = []

    def flush() -> Iterator[str]:
        lines = (" ".join(line.split()) for line in "".join(parts).split("\v"))
        parts.clear()
        if block := "\n".join(line for line in lines if line):
            yield block

    def walk(element: Any) -> Iterator[str]:
        tag = element.tag if isinstance(element.tag, str) else "script"  # comments have no name
        if tag not in _SKIPPED:
            block = tag in _BLOCKS
            if block:
                yield from flush()
            parts.append("\v" if tag == "br" else " " if tag in _CELLS else "")
            parts.append(element.text or "")
            for child in element:
                yield from walk(child)
            if block:
                yield from flush()
        parts.append(element.tail or "")

    tail, root.tail = root.tail, None
    yield from walk(root)
    yield from flush()
    root.tail = tail


def _stated(page: Any) -> Iterator[Stated]:
    """What the page says of itself; a field may come more than once."""
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            with suppress(ValueError, RecursionError):
                yield from [said for thing in _articles(json.loads(script.text or "")) for said in _linked(thing)]
    names = {
        "og:title": "headline",
        "author": "author",
        "article:author": "author",
        "article:published_time": "date_published",
        "og:site_name": "publisher",
        "og:url": "url",
    }
    for meta in page.iter("meta"):
        key = (meta.get("property") or meta.get("name") or "").strip().lower()
        if key in names and not (names[key] == "author" and "://" in (meta.get("content") or "")):
            yield from _one(names[key], meta.get("content"), f"meta {key}")
    for link in page.iter("link"):
        if (link.get("rel") or "").strip().lower() == "canonical":
            yield from _one("url", link.get("href"), "link canonical")
    yield from _one("in_language", page.get("lang"), "html lang")


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    """The things in JSON-LD that are articles."""
    if isinstance(data, list):
        for item in data:
            yield from _articles(item)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.endswith(("Article", "BlogPosting")) for kind in kinds):
            yield data
        yield from _articles(data.get("@graph"))


def _linked(thing: dict[str, Any]) -> Iterator[Stated]:
    def name(value: Any) -> Any:
        if isinstance(value, list):
            names = [name(item) for item in value]
            return ", ".join(item for item in names if isinstance(item, str))
        return value.get("name") if isinstance(value, dict) else value

    main = thing.get("mainEntityOfPage")
    values = {
        "headline": thing.get("headline"),
        "author": name(thing.get("author")),
        "datePublished": thing.get("datePublished"),
        "publisher": name(thing.get("publisher")),
        "url": thing.get("url") or (main.get("@id") if isinstance(main, dict) else main),
        "inLanguage": thing.get("inLanguage"),
    }
    fields = {"datePublished": "date_published", "inLanguage": "in_language"}
    for key, value in values.items():
        yield from _one(fields.get(key, key), value, f"JSON-LD {key}")


def _one(field: str, value: Any, source: str) -> Iterator[Stated]:
    if not isinstance(value, str) or not (text := " ".join(_LAYOUT.sub("", value).split())):
        return
    if field == "date_published":
        text = (
            text[:10] if re.match(r"\d{4}-\d\d-\d\dT", text) else text
        )  # the day as the page gives it, in its own zone
        try:
            parse(text)
        except ValueError:
            return
    if (field == "url" and url_fault(text)) or (field == "in_language" and language_fault(text)):
        return
    yield Stated(field, text, source)
