"""The chronology: all events on one page, or a page a year (in parts, where a year is long) and an index of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jinja2 import Environment

from ..chapters import WHOLE, Chapter, chapters
from ..occasion import ordered
from ..publication import Publication
from ..render import Page, Site, body
from ..timeline import Timeline, timeline
from ..words import gettext, ngettext

KIND = "chronology"


class Link(NamedTuple):
    """A way to another part, with what is in it."""

    address: str
    title: str
    counts: str
    here: bool


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    found = chapters(pub.chronology)
    orders = ordered(pub)
    if len(found) == 1:
        yield _page(pub, env, found[0]._replace(address=WHOLE), (), orders)
        return
    # The address of the whole shows the newest year; every year has an address of its own as well.
    newest = [chapter for chapter in found if chapter.events][-1:] or found[:1]
    for chapter in [newest[0]._replace(address=WHOLE), *found]:
        here = newest[0].address if chapter.address == WHOLE else chapter.address
        links = [Link(c.address, c.title, _counts(c), c.address == here) for c in found]
        yield _page(pub, env, chapter, links, orders)


def _counts(chapter: Chapter) -> str:
    every = (*chapter.events, *chapter.undated)
    disputed = sum(event.disputed for event in every)
    events = ngettext("%(n)s event", "%(n)s events", len(every))
    if not disputed:
        return events
    return ngettext("%(events)s, %(n)s disputed", "%(events)s, %(n)s disputed", disputed, events=events)


def _page(
    pub: Publication, env: Environment, chapter: Chapter, links: Sequence[Link], orders: Mapping[str, str]
) -> Page:
    line = timeline(chapter.events, chapter.undated, pub.names, orders)
    every = [*chapter.events, *chapter.undated]
    lede = _lede(len(every), len({dating.article for event in every for dating in event.datings}), line)
    title = gettext("Chronology")
    if chapter.title and chapter.address != WHOLE:
        title = gettext("Chronology, %(period)s", period=chapter.title)
    return Page(
        KIND,
        chapter.address,
        title,
        gettext("When it happened, and who says so: %(events)s", events=lede),
        body(
            env,
            "chronology.html.j2",
            root="../" * chapter.address.count("/"),
            title=title,
            lede=lede,
            note=pub.record.about.note,
            line=line,
            links=links,
            disputed=any(event.disputed for event in every),
        ),
        section="chronology",
    )


def _lede(events: int, dating: int, line: Timeline) -> str:
    """ "9 events, Aug to Nov 2020, as 5 articles date them." """
    found = ngettext("%(n)s event", "%(n)s events", events)
    if line.scale and len(line.groups) == 1:  # else each group names its own period
        found = gettext("%(events)s, %(period)s", events=found, period=line.period)
    if not dating:
        return gettext("%(events)s.", events=found)
    if events == 1:
        return ngettext(
            "%(events)s, as %(n)s article dates it.", "%(events)s, as %(n)s articles date it.", dating, events=found
        )
    return ngettext(
        "%(events)s, as %(n)s article dates them.", "%(events)s, as %(n)s articles date them.", dating, events=found
    )
