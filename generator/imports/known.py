"""A record -> what it knows of pages, publishers, people and topics, by address or name; and what is added to it.

What is asked for and not there becomes a new entry, so that the same page or name is never two.
"""

from collections.abc import Iterable
from typing import Any

from ..letters import folded
from ..model import Addressed, Record
from . import clean
from .facts import Page, Who
from .naming import Ids

Fields = dict[str, Any]


def key(name: str) -> str:
    """What two spellings of a name or text have in common."""
    return " ".join(folded(name)) or name


class Known:
    """Each method gives the id of an entry, which is new in `added` where the record had none."""

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
        self._new: dict[str, Fields] = {}
        self._outlets = {item.id: item.publisher for item in record.articles}
        self._articles = {clean.same_page(item.url): item.id for item in record.articles if item.url}
        self._named = {
            "entities": {key(name): item.id for item in record.entities for name in (item.name, *item.aliases)},
            "publishers": {key(name): item.id for item in record.publishers for name in (item.name, item.short or "")},
            "topics": {key(name): item.id for item in record.topics for name in (item.name, item.id)},
        }
        self._language = record.about.in_language

    def add(self, kind: str, words: str, instead: str, fields: Fields) -> str:
        """A new entry, of the fields that say something, with an id made of words."""
        id = self._ids[kind].new(words, instead)
        self.added.setdefault(kind, []).append({"id": id, **{name: value for name, value in fields.items() if value}})
        return id

    def article(self, page: Page, form: str = "") -> str:
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
            words = f"{page.publisher or clean.site(page.url)} {page.headline or address.partition('/')[2]}"
            id = self._articles[address] = self.add("articles", words, "article", {"url": page.url, **fields})
            self._new[id] = self.added["articles"][-1]
        for name, value in fields.items() if id in self._new else ():
            if value:  # a page where a claim appeared may be a review too, and then more is known of it
                self._new[id].setdefault(name, value)
        return id

    def outlet(self, article: str) -> str | None:
        """The id of the publisher of an article."""
        return self._new[article].get("publisher") if article in self._new else self._outlets.get(article)

    def finished(self) -> dict[str, list[Fields]]:
        """All that is added: each article has a name and a language."""
        for fields in self._new.values():
            if "publisher" not in fields and "headline" not in fields:
                fields["label"] = clean.site(fields["url"])
            if fields.setdefault("in_language", self._language) == "en":
                del fields["in_language"]
        return self.added

    def publisher(self, page: Page) -> str:
        """Who published a page. Where nobody says at which address, it is that of the page's site."""
        fields = {"name": page.publisher, "url": page.publisher_url or clean.home(page.url)}
        return self._called("publishers", page.publisher, "publisher", fields)

    def entity(self, who: Who) -> str:
        fields = {"kind": who.kind or "person", "name": who.name, "same_as": list(who.same_as)}
        return self._called("entities", who.name, "entity", fields)

    def topic(self, name: str) -> str:
        return self._called("topics", name, "topic", {"name": name})

    def knows(self, kind: str, name: str) -> bool:
        return key(name) in self._named[kind]

    def _called(self, kind: str, name: str, instead: str, fields: Fields) -> str:
        named = self._named[kind]
        if key(name) not in named:
            named[key(name)] = self.add(kind, name, instead, fields)
        return named[key(name)]


def _ids(items: Iterable[Any]) -> list[str]:
    return [id for item in items for id in (item.id, *getattr(item, "former_ids", ()))]
