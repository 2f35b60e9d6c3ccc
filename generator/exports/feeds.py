"""`feed.xml` (Atom, RFC 4287) and `feed.json` (JSON Feed 1.1): what became new or changed, for readers who follow it.

At the top of the site is what concerns all claims, below `topics/{id}/` and `entities/{id}/` what concerns those. An
entry is named by an address that stays: that of the claim under its first id, with what happened as the fragment.
Dates are days of the record and of commits, never that of the build.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from ..dates import Day
from ..feeds import FORMS, MOST, Feed, feeds, title
from ..model import Withdrawal
from ..publication import Publication
from ..render import File, Site, drawer
from ..updates import LABELS, Update, paragraphs
from ..updates import title as headline
from ..words import direction, gettext, language

_VERSION = "https://jsonfeed.org/version/1.1"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, not even as a reference."""


class Entry(NamedTuple):
    """An update in both forms, as it stands in every feed that has it."""

    atom: Markup
    item: str


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    if not site.feeds:
        return
    atom, make = env.get_template("feed.xml.j2"), _maker(pub, site, env)
    made: dict[str, Entry] = {}
    for feed in feeds(pub):
        entries = []
        for update in feed.updates:
            if update.name not in made:
                made[update.name] = make(update)
            entries.append(made[update.name])
        told = {
            "title": title(site, feed.name),
            "page": site.url + feed.page,
            "about": gettext(
                "New claims, and what changed of others: status, words, evidence, verdicts, corrections, withdrawals. "
                "The newest %(n)s of each.",
                n=MOST // 2,
            ),
        }
        days = [update.day for update in feed.updates] or [_checked(pub)]
        values = {"feed": feed, "updated": _moment(max(days)), "entries": [entry.atom for entry in entries]}
        contents = (
            _NO_XML.sub("\ufffd", atom.render(site=site, url=site.url, **told, **values)) + "\n",
            _json(site, feed, told, [entry.item for entry in entries]),
        )
        for (name, _), content in zip(FORMS, contents, strict=True):
            for folder in (feed.folder, *feed.former):  # who follows it may know it by either
                yield File(folder + name, content.encode())


def _maker(pub: Publication, site: Site, env: Environment) -> Callable[[Update], Entry]:
    body, entry = drawer(env, "feed-content.html.j2"), drawer(env, "feed-entry.xml.j2")
    topics = {topic.id: topic.name for topic in pub.record.topics}
    tag = language()

    def make(update: Update) -> Entry:
        claim = update.claim
        gone = next((one for one in update.declared if isinstance(one, Withdrawal)), None)
        content = body(
            url=site.url,
            update=update,
            said=paragraphs(pub, update),
            gone=gone,
            merged=pub.by_claim.get(gone.merged_into or "") if gone else None,
            tag=tag,
            direction=direction(tag),
        )
        told = {
            "id": site.url + update.name,
            "url": site.url + update.address,
            "title": headline(pub, update),
            "when": _moment(update.day),
            "content": str(content),
        }
        topic = topics.get(claim.topic or "", "") if claim else ""
        labels = [gettext(LABELS[update.kind]), *([topic] if topic else ())]
        atom = entry(
            kind=update.kind, label=labels[0], topic=claim.topic if claim and topic else "", name=topic, **told
        )
        return Entry(atom, json.dumps(_item(told, labels), ensure_ascii=False))

    return make


def _item(told: Mapping[str, str], tags: list[str]) -> dict[str, Any]:
    return {
        "id": told["id"],
        "url": told["url"],
        "title": told["title"],
        "content_html": told["content"],
        "date_published": told["when"],
        "date_modified": told["when"],
        "tags": tags,
    }


def _json(site: Site, feed: Feed, told: Mapping[str, str], items: list[str]) -> str:
    """The feed with an item on each line."""
    head = {
        "version": _VERSION,
        "title": told["title"],
        "home_page_url": told["page"],
        "feed_url": f"{site.url}{feed.folder}{FORMS[1][0]}",
        "description": told["about"],
        "authors": [{"name": site.name, "url": site.url}],
        "language": language(),
    }
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "items": [\n' + ",\n".join(items) + "\n]}\n"


def _checked(pub: Publication) -> Day:
    """The day of the last check: what an empty feed is dated by."""
    checked = pub.record.about.checked
    return checked.first or checked.last or Day.min


def _moment(day: Day) -> str:
    """As RFC 3339 writes it."""
    return f"{day.isoformat()}T00:00:00Z"
