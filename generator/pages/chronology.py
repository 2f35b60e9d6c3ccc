"""The chronology: all events on one page, or a page a year (in parts, where a year is long) and an index of them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from jinja2 import Environment

from ..chronology import Event
from ..marks import plural
from ..publication import Publication
from ..render import Page, Site, body
from ..timeline import timeline

KIND = "chronology"
MOST_EVENTS = 300
MOST_LINES = 600
"""So many lines of datings make a page of about 300 KB; an event weighs as much as two."""


class Part(NamedTuple):
    """What stands on one page: events of one year or less."""

    address: str
    title: str
    events: Sequence[Event]
    undated: Sequence[Event]

    @property
    def counts(self) -> str:
        disputed = sum(event.disputed for event in (*self.events, *self.undated))
        return plural(len(self.events) + len(self.undated), "event") + (f", {disputed} disputed" if disputed else "")


class Link(NamedTuple):
    """A way to another part, with what is in it."""

    address: str
    title: str
    counts: str
    here: bool


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    events, undated, _ = pub.chronology
    whole = Part("chronology/", "", events, undated)
    if len(events) + len(undated) <= MOST_EVENTS and _weight([*events, *undated]) <= MOST_LINES:
        yield _page(pub, env, whole, ())
        return
    parts = [*_years(events), *_cut("undated", "Date unknown", undated, dated=False)]
    newest = [part for part in parts if part.events][-1:] or parts[:1]
    for part in [newest[0]._replace(address="chronology/"), *parts]:
        here = newest[0].address if part.address == "chronology/" else part.address
        links = [Link(p.address, p.title, p.counts, p.address == here) for p in parts]
        yield _page(pub, env, part, links)


def _page(pub: Publication, env: Environment, part: Part, links: Sequence[Link]) -> Page:
    titles = {review.claim.id: review.claim.short for review in pub.reviews}
    line = timeline(part.events, part.undated, pub.names, titles)
    every = [*part.events, *part.undated]
    articles = plural(len({dating.article for event in every for dating in event.datings}), "article")
    dates = "dates" if articles == "1 article" else "date"
    period = f", {line.period}" if line.scale else ""
    lede = f"{plural(len(every), 'event')}{period}, as {articles} {dates} {'it' if len(every) == 1 else 'them'}."
    title = f"Chronology, {part.title}" if part.title and part.address != "chronology/" else "Chronology"
    return Page(
        KIND,
        part.address,
        title,
        f"When it happened, and who says so: {lede[0].lower()}{lede[1:]}",
        body(
            env,
            "chronology.html.j2",
            root="../" * part.address.count("/"),
            title=title,
            lede=lede,
            note=pub.record.about.note,
            line=line,
            links=links,
            disputed=any(event.disputed for event in every),
        ),
        section="chronology",
    )


def _years(events: Sequence[Event]) -> Iterator[Part]:
    """Parts by year, oldest first. An event that only an order places goes with the one before it."""
    years: list[int] = []
    for event in events:
        date = event.claim.date
        day = (date.first or date.last if date else None) or event.first
        years.append(day.year if day else years[-1] if years else 0)
    placed = sorted(zip(years, range(len(events)), strict=True))
    for year, found in groupby(placed, lambda pair: pair[0]):
        yield from _cut(str(year or "earliest"), str(year or "Earliest"), [events[n] for _, n in found])


def _cut(slug: str, title: str, events: Sequence[Event], dated: bool = True) -> Iterator[Part]:
    """Cuts events into parts of a page each; the first has the plain address."""
    chunks: list[list[Event]] = []
    weight = 0
    for event in events:
        weight += _weight([event])
        if not chunks or weight > MOST_LINES:
            chunks.append([])
            weight = _weight([event])
        chunks[-1].append(event)
    for n, chunk in enumerate(chunks, 1):
        name = f"{title}, part {n} of {len(chunks)}" if len(chunks) > 1 else title
        address = f"chronology/{slug}{f'-{n}' if n > 1 else ''}/"
        yield Part(address, name, chunk if dated else (), () if dated else chunk)


def _weight(events: Sequence[Event]) -> int:
    return sum(2 + len(event.datings) for event in events)
