"""Files -> `Record` and problems: the record, the stored articles and their lock.

All problems of all files are gathered; the record is as whole as it could be read, so that checking can go on.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from . import addresses, claimfiles, piecewise, words
from .files import Files, Folder
from .hidden import hidden, invisible
from .lacking import lacking
from .limits import LIMITS
from .locks import digests, published
from .model import Article, ClaimFile, Piece, Placed, Record, Ref, pack
from .parsed import Known, parsed
from .piecewise import Claims
from .problems import MOST, Mark, Problem, Refused
from .reader import CODES, Reader, Reference, Stop, nearest
from .texts import better_id, id_fault

RECORD = "claims.yaml"
CONTENT = "content"
ARTICLES = f"{CONTENT}/articles"
LOCK = "articles.lock"

T = TypeVar("T")
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


class Loaded(NamedTuple):
    """A record as far as it could be read, and everything that was wrong with it."""

    record: Record | None
    problems: list[Problem]


class _Reading(NamedTuple):
    """What is read, from where, and what comes up meanwhile."""

    files: Files
    problems: list[Problem]
    references: list[Reference]
    known: Known | None
    sizes: dict[str, int]
    """Characters of each file that was read."""

    def read(self, path: str, limit: int, parse: Callable[[str, list[Problem], list[Reference]], T]) -> T | None:
        """A file as it is parsed; None, with a problem, where it can't be."""
        try:
            text = self.files.text(path, limit)
        except Refused as refusal:
            self.problems.extend(refusal.problems)
            return None
        self.sizes[path] = len(text)
        return parsed(self.known, path, text, self.problems, self.references, partial(parse, text))

    def claims(self, path: str) -> Claims | None:
        """What is known of the claims of a file."""
        return None if self.known is None else self.known.claims.setdefault(path, {})


HARMLESS = {"bad-lock", "bad-url", "invisible-character", "unknown-reference"}
"""Errors that leave a record readable: nothing else of an entry is lost to them."""


def load(root: Path | Files, known: Known | None = None) -> Loaded:
    """Reads a project's record, articles and lock. `record` is None where a part of it can't be read at all.

    `known` is what the same project said before, of which unchanged files are taken; afterwards it is what it says now.
    """
    files = Folder(root) if isinstance(root, Path) else root
    problems: list[Problem] = []
    references: list[Reference] = []
    reading = _Reading(files, problems, references, known, {})
    record = _record(reading)
    unread: set[str] = set()
    articles = list(_articles(reading, unread))
    if known is not None:
        known.forget(reading.sizes)
    if record is not None:
        locks, lines = digests(LOCK, _lock(files, LOCK, problems), problems, unread)
        listed, places = published(addresses.LOCK, _lock(files, addresses.LOCK, problems), problems, unread)
        record = replace(  # what is known stays as it was read
            record,
            articles=(*articles, *record.articles),
            locks=locks,
            addresses=listed,
            marks={**record.marks, **lines, **places},
        )
        problems += _untranslated(record)
        problems += _duplicates(record)
        problems += lacking(record, {(p.mark.path, p.mark.line, p.mark.column) for p in problems})
        problems += unresolved(record, references, unread)
    return Loaded(record, problems)


def _record(reading: _Reading) -> Record | None:
    """What `claims.yaml` and the files below `claims/` say together; None where a part of it can't be read at all.

    A record with a gap would only raise false alarms: over claims that others name, over published addresses.
    """
    problems = reading.problems
    record = reading.read(
        RECORD, LIMITS["file"], partial(piecewise.read, RECORD, Record, "the record", reading.claims(RECORD))
    )
    before = len(problems)
    paths = claimfiles.paths(reading.files, problems)
    whole = len(problems) == before
    claims = list(record.claims) if record else []
    size = 0
    for path in paths:
        part = reading.read(
            path, LIMITS["file"], partial(piecewise.read, path, ClaimFile, "the file", reading.claims(path))
        )
        claims += part.claims if part else ()
        whole = whole and part is not None
        size += reading.sizes.get(path, 0)
        for many, limit, what in ((len(claims), "claims", "claims"), (size, "record", "characters")):
            if many > LIMITS[limit]:
                said = f"with this file the record has more than {LIMITS[limit]:,} {what}"
                problems.append(Problem(Mark(path), said, "split the publication", "too-large"))
                return None
    return replace(record, claims=tuple(claims)) if record and whole else None


def digest(body: str) -> str:
    """The SHA-256 that `articles.lock` keeps of a stored text: of its UTF-8 bytes with LF line ends."""
    return hashlib.sha256(body.encode()).hexdigest()


def lock_text(articles: Iterable[Article]) -> str:
    """The content of `articles.lock` for these articles; linked ones have no text."""
    return lock_lines({article.id: digest(article.body) for article in articles if not article.linked})


def lock_lines(locks: Mapping[str, str]) -> str:
    """The content of `articles.lock`: a line an article, as `sha256sum` writes them."""
    return "".join(f"{locks[id]}  {id}\n" for id in sorted(locks))


def _lock(files: Files, name: str, problems: list[Problem]) -> str:
    """The text of a lock; nothing where there is none."""
    if name not in files.names(""):
        return ""
    try:
        return files.text(name, LIMITS["file"])
    except Refused as refusal:
        problems += refusal.problems
        return ""


def _articles(reading: _Reading, unread: set[str]) -> Iterator[Article]:
    """The stored articles. What can't be read at all goes to `unread`, so that nobody says that it is not there."""
    for name in reading.files.names(ARTICLES):
        path = f"{ARTICLES}/{name}"
        if name.startswith("."):
            continue
        stem, dot, ending = name.rpartition(".")
        if ending != "md" or not dot or (wrong := id_fault(stem)):
            why = "its name does not end in .md" if ending != "md" or not dot else cast(str, wrong)
            said = f'"{name}" is not an article: {why}'
            reading.problems.append(Problem(Mark(path), said, "rename it, or keep it elsewhere", "bad-id"))
            continue
        article = reading.read(path, LIMITS["article"], partial(read_article, path, stem))
        if article is None:
            unread.add(stem)
        else:
            yield article


def read_article(path: str, id: str, text: str, problems: list[Problem], references: list[Reference]) -> Article:
    """A stored article from the text of its file. Raises `Refused` where it has no front matter."""
    fences = [match.span() for _, match in zip(range(2), _FENCE.finditer(text), strict=False)]
    if len(fences) < 2 or fences[0][0] != 0:
        raise Refused([Problem(Mark(path), "no front matter", CODES["front-matter"], "front-matter")])
    head = text[fences[0][1] + 1 : fences[1][0]]
    body = text[fences[1][1] :].removeprefix("\n").removeprefix("\n")
    line = text[: len(text) - len(body)].count("\n") + 1
    article = Article(piece=Piece(path), marks={("", 0): pack(1, 1, 3)})
    if any(line.strip() and not line.lstrip().startswith("#") for line in head.split("\n")):
        with suppress(Stop):  # the words can be read all the same
            article = Reader(path, head, problems, references, line=1).document(Article, "the front matter")
    article.id, article.body, article.body_line = id, body, line
    for offset, character in hidden(body):
        at = Mark(path, line + body.count("\n", 0, offset), offset - body.rfind("\n", 0, offset))
        problems.append(invisible(at, character))
    return article


def _untranslated(record: Record) -> Iterator[Problem]:
    tag = record.about.in_language
    if words.nearest(tag) is None:
        yield Problem(
            record.about.at("in_language"),
            f'there is no translation of the pages into "{tag}"',
            f'take one of {", ".join(words.translations())}, or write "generator/words/{tag}.po" (see CONTRIBUTING.md)',
            "no-translation",
        )


def _duplicates(record: Record) -> Iterator[Problem]:
    for items in _namespaces(record):
        first: dict[str, tuple[Placed, str, Mark]] = {}
        for item in items:
            ids = (item.id, *getattr(item, "former_ids", ()))
            for n, id in enumerate(ids):
                mark = item.at("former_ids", n - 1) if n else item.at("id")
                other, same, where = first.setdefault(id.casefold(), (item, id, mark))
                if other is not item and id:
                    case = "" if same == id else " but for letter case"
                    kept = [entry.linked for entry in (item, other) if isinstance(entry, Article)]
                    stored_now = sorted(kept) == [False, True] and not n
                    yield Problem(
                        mark,
                        f'id "{id}" is given twice{case} (first at {where.seen_from(mark)})',
                        "the text is stored now: delete the entry in articles" if stored_now else "rename one",
                        "duplicate-id",
                    )


def _namespaces(record: Record) -> Iterator[Sequence[Any]]:
    """Records whose ids must differ from each other. A removed one keeps its id."""
    yield from (record.ratings, record.topics, record.publishers, record.origins)
    for kind, items in addresses.items(record):
        yield [*items, *(gone for gone in record.removed if gone.kind is kind)]


def unresolved(record: Record, references: Iterable[Reference], unread: Collection[str] = ()) -> Iterator[Problem]:
    """What is wrong with references, in order; articles that could not be read are there all the same."""
    known = {
        "article": {article.id for article in record.articles}.union(unread),
        "stored article": {article.id for article in record.articles if not article.linked}.union(unread),
        "claim": {claim.id for claim in record.claims},
        "entity": {entity.id for entity in record.entities},
        "origin": {origin.id for origin in record.origins},
        "publisher": {publisher.id for publisher in record.publishers},
        "rating": {rating.id for rating in record.ratings},
        "topic": {topic.id for topic in record.topics},
    }
    hints: dict[tuple[Ref, str], str] = {}
    told = 0
    for reference in references:
        ref, value = reference.ref, reference.value
        if value in ref.words or any(value in known[kind] for kind in ref.kinds):
            continue
        if (told := told + 1) > LIMITS["problems"]:
            said = f"more than {LIMITS['problems']:,} names of what is not there; nothing behind this place is told"
            yield Problem(reference.mark, said, "mend these first", "too-large")
            return
        if "stored article" in ref.kinds and value in known["article"]:
            hints[ref, value] = f'"{value}" is linked: store its text with "onrecord new article", or name another'
        elif (ref, value) not in hints and len(hints) < MOST:  # looking for the nearest takes its time
            ids = (id for kind in ref.kinds for id in known[kind])
            hints[ref, value] = nearest(value, sorted({*ref.words, *(better_id(id) or id for id in ids)}))
        kinds = " or ".join(ref.kinds)
        yield Problem(
            reference.mark,
            f'there is no {kinds} "{value}"',
            hints.get((ref, value), "add it, or name another"),
            "unknown-reference",
        )
