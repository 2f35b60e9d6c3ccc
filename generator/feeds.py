"""Which feeds a publication has, of what, and where: of all changes, of each topic, of each entity.

A feed is there from the first build on, also where nothing happened yet, so that readers can follow it. It carries
absolute addresses: a site without one has no feeds. Nor has a preview, which nobody should follow.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from .addresses import address
from .model import Addressed
from .publication import Publication
from .render import Site
from .updates import Kind, Update, updates
from .words import gettext, kept

MOST = 100
"""Entries of a feed: half of them are for new claims, so that many of those push out nothing else."""
FORMS = (("feed.xml", "application/atom+xml"), ("feed.json", "application/feed+json"))
_TOPIC = "topics/{}/"
_LINK = Markup('<link rel="alternate" type="{}" title="{}" href="{}">')


class Feed(NamedTuple):
    """What can be followed."""

    folder: str
    """Where its files are, relative to the site; empty for that of all changes."""
    former: tuple[str, ...]
    """Other folders where they were published before, the oldest first."""
    name: str
    """Of the topic or entity; empty for all."""
    page: str
    """The page that it belongs to, relative to the site."""
    updates: Sequence[Update]

    @property
    def first(self) -> str:
        """The folder under which it was first published."""
        return self.former[0] if self.former else self.folder


def feeds(pub: Publication) -> Iterator[Feed]:
    """That of all changes, those of topics and of entities in the order of the record, those of removed entities."""
    every = updates(pub)
    topics: dict[str, list[Update]] = defaultdict(list)
    entities: dict[str, list[Update]] = defaultdict(list)
    for update in every:
        if update.claim is not None:
            topics[update.claim.topic or ""].append(update)
            for id in dict.fromkeys(update.claim.entities):
                entities[id].append(update)
    yield Feed("", (), "", "", list(newest(every)))
    listed = {topic.id for topic, _ in pub.by_topic if topic}
    for topic in pub.record.topics:
        page = f"search/#topic-{topic.id}" if topic.id in listed else "search/"
        yield Feed(_TOPIC.format(topic.id), (), topic.name, page, list(newest(topics[topic.id])))
    for entity in pub.record.entities:
        here, *former = (address(Addressed.ENTITY, id) for id in (entity.id, *entity.former_ids))
        yield Feed(here, tuple(former), entity.name, here, list(newest(entities[entity.id])))
    for update in every:
        if update.removed is not None and update.removed.kind is Addressed.ENTITY:
            yield Feed(update.address, (), gettext("This entry was removed"), update.address, [update])


def newest(found: Iterable[Update]) -> Iterator[Update]:
    """The updates that a feed holds of those that there are, newest first."""
    counts: Counter[bool] = Counter()
    for update in found:
        counts[new := update.kind is Kind.ADDED] += 1
        if counts[new] <= MOST // 2:
            yield update


def title(site: Site, name: str = "") -> str:
    """As it stands in a list of feeds."""
    if not name:
        return gettext("%(site)s: changes", site=site.name)
    return gettext("%(name)s – %(site)s: changes", name=name, site=site.name)


@kept
def links(site: Site, folder: str, name: str = "") -> Markup:
    """For the head of a page: where the feeds in a folder are, which is as the page sees it; empty without feeds."""
    if not site.feeds:
        return Markup()
    return Markup().join(_LINK.format(kind, title(site, name), f"{folder}{file}") for file, kind in FORMS)


def topic_links(pub: Publication, site: Site) -> dict[str, Markup]:
    """For the heads of pages as deep as a claim's, by topic id."""
    return {topic.id: links(site, f"../../{_TOPIC.format(topic.id)}", topic.name) for topic in pub.record.topics}
