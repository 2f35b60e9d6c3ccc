"""A record -> what it knows of pages, publishers, people and topics, by address or name; and what is added to it.

What is asked for and not there becomes a new entry, so that the same page or name is never two.
"""

from collections.abc import Iterable
from typing import Any

from ..dates import Date
from ..letters import folded
from ..model import Addressed, Record, Removed
from . import clean
from .facts import Page, Review, Who
from .naming import Ids, slug

Fields = dict[str, Any]
_OF_ARTICLES = ("headline", "author", "date_published", "in_language", "publisher")
_OF_ENTITIES = ("kind", "same_as")


def key(name: str) -> str:
    """What two spellings of a name or text have in common."""
    return " ".join(folded(name)) or name


class Known:
    """`article`, `publisher`, `entity` and `topic` give the id of an entry, new in `added` where there was none."""

    def __init__(self, record: Record) -> None:
        self.added: dict[str, list[Fields]] = {}
        gone = {kind: [item.id for item in record.removed if item.kind is kind] for kind in Addressed}
        self._ids = {
            "claims": Ids([*_ids(record.claims), *gone[Addressed.CLAIM]]),
            "articles": Ids([*_ids(record.articles), *gone[Addressed.SOURCE]]),
            "entities": Ids([*_ids(record.entities), *gone[Addressed.ENTITY]]),
            "publishers": Ids(_ids(record.publishers)),
            "topics": Ids(_ids(record.topics)),
        }
        self._removed = {(item.kind, item.id): item for item in record.removed}
        self._said = {"articles": {item.id: _fields(item, _OF_ARTICLES) for item in record.articles}}
        self._said["entities"] = {item.id: _fields(item, _OF_ENTITIES) for item in record.entities}
        """What entries say, those that are added too."""
        self._new: set[tuple[str, str]] = set()
        self._articles = {clean.same_page(item.url): item.id for item in record.articles if item.url}
        self._named = {
            "entities": {key(name): item.id for item in record.entities for name in (item.name, *item.aliases)},
            "publishers": {key(name): item.id for item in record.publishers for name in (item.name, item.short or "")},
            "topics": {key(name): item.id for item in record.topics for name in (item.name, item.id)},
        }

    def add(self, kind: str, words: str, instead: str, fields: Fields) -> str:
        """A new entry, of the fields that say something, with an id made of words."""
        id = self._ids[kind].new(words, instead)
        self.added.setdefault(kind, []).append({"id": id, **{name: value for name, value in fields.items() if value}})
        if kind in self._said:
            self._said[kind][id] = self.added[kind][-1]
            self._new.add((kind, id))
        return id

    def removed(self, review: Review, new: bool) -> Removed | None:
        """The tombstone of what this review would bring back as an entry: a claim, its claimant, one of its pages."""
        if not self._removed:
            return None
        back = [(Addressed.CLAIM, slug(review.claim, "claim"))] if new else []
        if new and review.claimant and not self.knows("entities", review.claimant.name):
            back.append((Addressed.ENTITY, slug(review.claimant.name, "entity")))
        for page in filter(None, (review.page, *review.appearances)):
            if not self.at(page.url):
                back.append((Addressed.SOURCE, slug(_title(page), "article")))
        return next((self._removed[one] for one in back if one in self._removed), None)

    def article(self, page: Page, form: str = "") -> tuple[str, list[str]]:
        """Besides the id, what the page says and its entry has not: "author: Jane Doe"."""
        address = clean.same_page(page.url)
        fields = {
            "headline": page.headline,
            "publisher": self.publisher(page) if page.publisher else "",
            "author": page.author,
            "date_published": page.published,
            "date_basis": "stated" if page.published else "",
            "in_language": page.language,
            "form": form,
        }
        id = self._articles.get(address)
        if id is None:
            id = self._articles[address] = self.add("articles", _title(page), "article", {"url": page.url, **fields})
        has = self._said["articles"][id]
        for name, value in fields.items() if ("articles", id) in self._new else ():
            if value:  # a page where a claim appeared may be a review too, and then more is known of it
                has.setdefault(name, value)
        return id, [f"{name}: {fields[name]}" for name in _OF_ARTICLES[:-1] if fields[name] not in ("", has.get(name))]

    def at(self, url: str) -> str:
        """The id of the article at an address; nothing where there is none."""
        return self._articles.get(clean.same_page(url), "")

    def outlet(self, article: str) -> str | None:
        """The id of the publisher of an article."""
        return self._said["articles"][article].get("publisher")

    def finished(self) -> dict[str, list[Fields]]:
        """All that is added: each article has a name."""
        for fields in self.added.get("articles", ()):
            if "publisher" not in fields and "headline" not in fields:
                fields["label"] = clean.site(fields["url"])
        return self.added

    def publisher(self, page: Page) -> str:
        """Who published a page. Where nobody says at which address, it is that of the page's site."""
        fields = {"name": page.publisher, "url": page.publisher_url or clean.home(page.url)}
        return self._called("publishers", page.publisher, "publisher", fields)

    def entity(self, who: Who) -> tuple[str, list[str]]:
        """Besides the id, what is said of them and their entry has not."""
        fields = {"kind": who.kind or "person", "name": who.name, "same_as": list(who.same_as)}
        id = self._called("entities", who.name, "entity", fields)
        has = self._said["entities"][id]
        if ("entities", id) in self._new and who.same_as:
            has["same_as"] = list(dict.fromkeys((*has.get("same_as", ()), *who.same_as)))
        other = [f"kind: {who.kind}"] if who.kind not in ("", has["kind"]) else []
        return id, [*other, *(f"same_as: {url}" for url in who.same_as if url not in has.get("same_as", ()))]

    def topic(self, name: str) -> str:
        return self._called("topics", name, "topic", {"name": name})

    def knows(self, kind: str, name: str) -> bool:
        return key(name) in self._named[kind]

    def _called(self, kind: str, name: str, instead: str, fields: Fields) -> str:
        named = self._named[kind]
        if key(name) not in named:
            named[key(name)] = self.add(kind, name, instead, fields)
        return named[key(name)]


def _fields(item: Any, names: Iterable[str]) -> Fields:
    """What an entry of the record says in these fields, as plain values."""
    said = {name: getattr(item, name) for name in names}
    return {name: value.edtf if isinstance(value, Date) else value for name, value in said.items() if value}


def _title(page: Page) -> str:
    """The words of which the id of a page is made."""
    return f"{page.publisher or clean.site(page.url)} {page.headline or clean.same_page(page.url).partition('/')[2]}"


def _ids(items: Iterable[Any]) -> list[str]:
    return [id for item in items for id in (item.id, *getattr(item, "former_ids", ()))]
