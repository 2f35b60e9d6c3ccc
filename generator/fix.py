"""What a program may mend in a record without asking, since it changes no meaning: `onrecord check --fix`.

In: a project. Out: its files mended and in canonical form, each written in one step, and a line for each thing done:

- a quotation that stands in its article once, but for marks: quotation marks, apostrophes, dashes, dots and white space
  become those of the article;
- characters that hide from readers, outside quotations and the words of articles;
- a word of the record in other letters ("Supports"), an address whose letters need `%` signs;
- the order of `articles.lock`, and a line that is there twice.

Running it twice changes nothing more. A file in which anything can't be read is left as it is.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from . import claimfiles, edit
from .canon import canonical_claims
from .edit import Node
from .files import Folder, read_text, replace
from .hidden import hidden, readable, unreadable
from .limits import LIMITS
from .load import LOCK, RECORD, load
from .model import Article, Is, Placed
from .problems import Refused, visible
from .shape import Field, Kind, shape
from .texts import better_url, url_fault
from .verify import Span, StoredText, locate, normal, places_tried, stored, whole

_ALIKE = {
    **dict.fromkeys("‘’‚‛´`ʼ′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("–—‒―−‐‑", "-"),
    "…": "...",
}
_LOST = "\ufffd\ufffc"
_UNSURE = {"duplicate-key", "wrong-type", "too-large", "front-matter", "not-utf8", "missing-file", "empty-file"}


def fix(root: Path) -> Iterator[str]:
    """Mends a project's files; says what it did, line by line."""
    record, problems = load(root)
    if record is None:
        return
    unfit = {p.mark.path for p in problems if p.code.startswith("yaml-") or p.code in _UNSURE}
    texts = {a.id: stored(a.body, a.noise, a.body_line) for a in record.articles if not a.linked}
    for path in (RECORD, *claimfiles.paths(Folder(root), [])):
        if path not in unfit:
            text = read_text(root, path, LIMITS["file"])
            yield from _file(root, path, text, texts, partial(canonical_claims, path))
    for article in record.articles:
        if not article.linked and article.path not in unfit:
            text = read_text(root, article.path, LIMITS["article"])
            mended = partial(_front_matter, body=article.body)
            yield from _file(root, article.path, text, texts, mended, article)
    yield from _lock(root)


Write = Callable[[str, edit.Amend], str]


def _front_matter(text: str, amend: edit.Amend, body: str) -> str:
    return edit.canonical_article(text, body, amend)


def _file(
    root: Path, name: str, text: str, texts: Mapping[str, StoredText], write: Write, article: Article | None = None
) -> Iterator[str]:
    """Mends one file. Lines of front matter are counted from the fence above it."""
    head = text if article is None else text[: len(text) - len(article.body)]
    clean, unread = readable(head), unreadable(head)
    if article is not None and "\n---" not in clean[3:]:
        return
    done: list[str] = []
    amended = _Amending(name, texts, article, done, [at - (4 if article else 0) for at in unread])
    better = write(clean + text[len(head) :], amended)
    if amended.unsure or better == text:
        return
    if unread:
        done.insert(0, f"{name}: took out {len(unread)} characters that YAML can't read")
    replace(root / name, better)
    yield from done or [f"{name}: wrote it in canonical form"]


class _Amending:
    """Changes the values of one document, and keeps what it did. It is a class since a walk has that much in hand."""

    def __init__(
        self, name: str, texts: Mapping[str, StoredText], article: Article | None, done: list[str], unread: list[int]
    ) -> None:
        self.name, self.texts, self.article, self.done, self.unread = name, texts, article, done, unread
        self.unsure = False

    def __call__(self, node: Node, cls: type[Placed]) -> None:
        fields = shape(cls)
        own = {key.value: value for key, value in node.pairs if isinstance(key.value, str)}
        source = own.get("article")
        article = str(source.value) if source is not None else self.article.id if self.article else ""
        for key, value in own.items():
            if (field := fields.get(key)) is not None:
                self.value(field, value, article)

    def value(self, field: Field, node: Node, article: str) -> None:
        if field.kind is Kind.RECORD:
            for part in [node] if node.mapping else node.items:
                self(part, field.detail)
            return
        scalars = list(_scalars(field, node))
        if field.detail is Is.QUOTE:
            self.quotation(field, scalars, article)
            return
        for scalar in scalars:
            text = str(scalar.value)
            if field.kind is Kind.CHOICE:
                better, how = _choice(text, field.detail), "wrote it as the record does"
            elif field.detail is Is.URL:
                better, how = _address(text), "spelt it as addresses are spelt"
            elif field.kind is Kind.WORDS or (field.kind is Kind.TEXT and field.detail in (None, Is.LINE)):
                better, how = _seen(text), "took out characters that nobody sees"
            else:
                continue
            if better != text:
                scalar.value = better
                self.say(scalar, f'"{field.name}": {how}')

    def quotation(self, field: Field, parts: list[Node], article: str) -> None:
        """Gives a quotation the marks of its article, where it stands there once but for these."""
        text = self.texts.get(article)
        if text is None:
            return
        typed = [str(part.value) for part in parts]
        if typed and locate(typed, text) is not None:
            for node, old in zip(parts, typed, strict=True):
                if normal(old) != old:
                    node.value = normal(old)
                    self.say(node, f'"{field.name}": gave it the white space of "{article}"')
        elif typed:
            restored = [part if locate([part], text) else restore(part, text) for part in typed]
            found = [part for part in restored if part is not None]
            if len(found) == len(typed) and locate(found, text) is not None:
                for node, old, new in zip(parts, typed, found, strict=True):
                    if old != new:
                        node.value = new
                        line = text.line(text.words.find(new))
                        self.say(node, f'"{field.name}": gave it the marks of "{article}", line {line}')
                return
            if any(part.start <= at < part.end for part in parts for at in self.unread):
                self.unsure = True  # a character that is gone might have been a word

    def say(self, node: Node, what: str) -> None:
        self.done.append(visible(f"{self.name}:{node.line + (1 if self.article else 0)}: {what}"))


def _scalars(field: Field, node: Node) -> Iterator[Node]:
    """The texts that are the value of a field: one, those of a list, or those behind free keys."""
    for part in node.value if isinstance(node.value, list) else [node]:
        value = part[1] if isinstance(part, tuple) else part
        if isinstance(value.value, str) and (not node.mapping or field.kind is Kind.WORDS):
            yield value


def restore(quote: str, text: StoredText) -> str | None:
    """The words of an article that a quotation differs from by marks alone; None unless they stand there once."""
    wanted, _ = _folded(normal(_seen(quote)))
    words, places = _folded(text.words)
    if not wanted:
        return None
    found: Span | None = None
    at, tries = words.find(wanted), places_tried(wanted)
    while at >= 0:
        if not (tries := tries - 1):
            return None
        start, end = places[at], places[at + len(wanted)]
        parted = (at > 0 and places[at - 1] == start) or places[at + len(wanted) - 1] == end
        if not parted and whole(text.words, start, end):
            if found is not None:
                return None
            found = Span(start, end)
        at = words.find(wanted, at + 1)
    if found is None or "\n" in text.words[found.start : found.end]:
        return None
    return text.words[found.start : found.end]


def _folded(words: str) -> tuple[str, list[int]]:
    """Words with one form for all marks that look alike; and where each character comes from, with the end."""
    out: list[str] = []
    places: list[int] = []
    for n, c in enumerate(words):
        plain = _ALIKE.get(c, c)
        out.append(plain)
        places += [n] * len(plain)
    return "".join(out), [*places, len(words)]


def _seen(text: str) -> str:
    """A text without the characters that hide in it; one that stands for a lost or a private letter is kept."""
    gone = {n for n, c in hidden(text) if c not in _LOST and unicodedata.category(c) not in ("Co", "Cn", "Cs")}
    seen = "".join(c for n, c in enumerate(text) if n not in gone) if gone else text
    return seen if seen.strip() else text  # nothing would be left to read


def _choice(text: str, words: Any) -> str:
    members = {member.value for member in words}
    near = re.sub(r"[\s_-]+", "-", text.strip().lower())
    return near if text not in members and near in members else text


def _address(text: str) -> str:
    """An address with the signs that it needs: the same page of the same host, or nothing is changed."""
    better = better_url(text) if "://" in text and url_fault(text) is not None else None
    return better if better is not None and _host(better) == _host(text) else text


def _host(text: str) -> str:
    return re.split(r"[/?#]", text.partition("://")[2], maxsplit=1)[0]


def _lock(root: Path) -> Iterator[str]:
    """The lock's lines in their order, each once; left alone where one is no line of a lock or two contradict."""
    try:
        text = read_text(root, LOCK, LIMITS["file"])
    except Refused:
        return
    lines = {line for line in text.split("\n") if line.strip()}
    ids = [line.split("  ")[-1] for line in lines]
    if not all(re.fullmatch(r"[0-9a-f]{64}  \S+", line) for line in lines) or len(set(ids)) < len(ids):
        return
    better = "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line[66:]))
    if better != text:
        replace(root / LOCK, better)
        yield f"{LOCK}: put its lines in order"
