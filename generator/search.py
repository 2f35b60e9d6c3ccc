"""`Publication` -> what the search page fetches: the index, which Pagefind makes, and what is shown of each find.

A find is a claim, a source, an entity or a statement. Lists are not searched: they hold nothing of their own. The index
takes longer to make than a small site, so it is made anew only where what is searched has changed. What is shown of a
find is a file of ours for each; the names of those files change with the index, so that a browser never shows the
finds of one edition for another's.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from . import kept, pagefind
from .letters import LETTERS
from .parts import STATEMENTS, statement_addresses
from .problems import Mark, Problem, Refused, Severity
from .publication import Publication
from .render import File
from .weigh import Status
from .words import foreign

FOLDER = "search/index/"
KEPT = "search"
MISSING = Problem(
    Mark("mkdocs.yml"),
    "Pagefind is not installed, so the search page says that search is not available",
    'install pagefind-bin where there is one for this machine, or set "search: false" under onrecord',
    "no-search",
    Severity.NOTE,
)
UNSPACED = "".join(c if c == "-" else f"\\u{{{ord(c):x}}}" for c in LETTERS)
"""The letters of scripts without spaces, for a class in a regular expression of the search page."""
_RUN = re.compile(f"[{LETTERS}]+")


class Find(NamedTuple):
    """What can be found. `kind` is "claim", "source", "statement" or the kind of an entity."""

    kind: str
    title: str
    address: str
    text: str
    """What is shown below the title, and searched."""
    more: str = ""
    """What is only searched."""
    status: Status | None = None
    counts: str = ""
    topics: Sequence[str] = ()
    sources: Sequence[str] = ()
    lang: str = ""
    """Of the text, where it is not the page's."""

    @property
    def record(self) -> pagefind.Record:
        # The name of an entity counts three times and in a claim once: the entity comes before its claims.
        searched = self.text if self.kind == "claim" else " ".join([self.title] * 3 + [self.text])
        told = {*self.title.split(), *self.text.split()}
        more = " ".join(dict.fromkeys(word for word in self.more.split() if word not in told))
        filters = {"status": [self.status] if self.status else [], "topic": self.topics, "source": self.sources}
        given = {name: values for name, values in filters.items() if values}
        return pagefind.Record(searchable(self.title), searchable(f"{searched} {more}"), given)


def finds(pub: Publication) -> Iterator[Find]:
    """Claims, sources, entities and statements, each in the order of the record."""
    topics = {topic.id: topic.name for topic in pub.record.topics}
    for review in pub.reviews:
        claim, a = review.claim, review.agreement
        names = [name for key in claim.entities if (one := pub.entities.get(key)) for name in (one.name, *one.aliases)]
        values = [e.value for e in claim.evidence if e.value]
        topic = [topics[claim.topic]] if claim.topic in topics else []
        heard = dict.fromkeys(c.evidence.article for c in review.cited if c.article)
        yield Find(
            "claim",
            claim.text,
            f"claims/{claim.id}/",
            _text([claim.short, claim.question, *topic]),
            _text([*values, *names]),
            a.status,
            a.counts,
            topic,
            [pub.names[article] for article in heard],
        )
    for article in (*pub.articles, *pub.linked):
        outlet = pub.publishers.get(article.publisher or article.republished_from or "")
        name, language = pub.names[article.id], article.in_language or ""
        yield Find(
            "source",
            name,
            f"sources/{article.id}/",
            article.headline or "",
            _text([outlet.name if outlet else None, article.author]),
            sources=[name],
            lang=language if foreign(language) else "",
        )
    for entity in pub.entities.values():
        yield Find(entity.kind, entity.name, f"entities/{entity.id}/", _text([entity.role, *entity.aliases]))
    statement_at = statement_addresses(pub)
    for said in pub.said:
        articles = dict.fromkeys(told.wording.article for told in said.told if told.wording.article in pub.names)
        yield Find(
            "statement",
            said.statement.title,
            statement_at.get(said.statement.id, STATEMENTS),
            _text([said.speaker.name if said.speaker else None]),
            topics=list(dict.fromkeys(topics[claim.topic] for claim in said.claims if claim.topic in topics)),
            sources=[pub.names[article] for article in articles],
        )


def _text(parts: Iterable[str | None]) -> str:
    return " · ".join(dict.fromkeys(part for part in parts if part))


_MAKERS = [Path(made_by).read_text(encoding="utf-8") for made_by in (__file__, pagefind.__file__)]
"""An index made by other lines than these is not used again."""


class _Spaces(dict[int, int]):
    """Punctuation beyond ASCII -> spaces: Pagefind takes "2019–2020" for one word. Apostrophes stay in theirs."""

    def __missing__(self, code: int) -> int:
        apart = code > 127 and chr(code) not in "’‘" and unicodedata.category(chr(code)).startswith("P")
        self[code] = 32 if apart else code
        return self[code]


_SPACES = _Spaces()


def searchable(text: str) -> str:
    """A text as it is searched. Runs of letters that are written without spaces become pairs of neighbours, so that a
    word inside of them is found; the search page does the same with a query."""
    if text.isascii():
        return text
    return _RUN.sub(lambda run: f" {' '.join(pairs(run[0]))} ", text.translate(_SPACES))


def pairs(run: str) -> list[str]:
    """Each letter with the next. One by itself stands twice, so that it is the beginning of no pair: Pagefind finds
    "ab" by "a" where nothing begins with "ab"."""
    return [run[n : n + 2] for n in range(len(run) - 1)] or [run * 2]


def outputs(pub: Publication, root: Path) -> Iterator[File]:
    """The files of the index and of the finds. Raises `Refused` where Pagefind fails."""
    found = list(finds(pub))
    language = pub.record.about.in_language.split("-")[0].lower()
    records = [find.record for find in found]
    what = json.dumps([pagefind.installed(), _MAKERS, language, records], ensure_ascii=False)
    key = hashlib.sha256(what.encode("utf-8", "surrogatepass")).hexdigest()
    names = _names(key[:8], len(found))
    for path, content in _index(records, names, language, root, key).items():
        yield File(FOLDER + path, content)
    for name, find in zip(names, found, strict=True):
        shown = {"kind": find.kind, "title": find.title, "address": find.address, "text": find.text}
        if find.status:
            shown |= {"status": find.status, "counts": find.counts}
        if find.lang:
            shown["lang"] = find.lang
        content = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
        yield File(f"{FOLDER}finds/{name}.json", content)


def _names(edition: str, count: int) -> list[str]:
    """Names for finds: "beacc76a/0000", "beacc76a/1000" ... "beacc76a/0100".

    All stand in one list that each reader who searches fetches. Of one width and with the last digit first they take
    1.7 bytes each when it is packed; in the usual order they take 2.5, as checksums 5.
    """
    width = len(f"{count:x}")
    return [f"{edition}/{f'{n:0{width}x}'[::-1]}" for n in range(count)]


def _index(
    records: Sequence[pagefind.Record], names: Sequence[str], language: str, root: Path, key: str
) -> dict[str, bytes]:
    if not records:
        return {}
    content = kept.get(root, KEPT, key)
    if content is not None:
        return pagefind.unpacked(content)
    try:
        files = pagefind.index(records, names, language)
    except pagefind.Failed as error:
        said = f"Pagefind made no index for the search page: {error}"
        help = 'run it again, or build without search ("onrecord build --no-search")'
        raise Refused([Problem(Mark("mkdocs.yml"), said, help, "search-index")]) from error
    kept.put(root, KEPT, key, pagefind.packed(files))
    return files
