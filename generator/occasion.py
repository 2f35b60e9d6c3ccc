"""An event -> its date in words, as every page says it: a day, a period, what is disputed, or only an order.

In: events, with every article's dating. Out: words; the chronology, claim pages and entity pages all ask here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .chronology import Event
from .dates import Date, Day, say, say_month, say_range
from .model import Stance
from .publication import Publication
from .words import gettext, ngettext, pgettext

_PART = re.compile(r"\b(?:early|mid|late)\b", re.IGNORECASE)


def when(event: Event, orders: Mapping[str, str], year: int | None = None) -> str:
    """The date of an event; one of `orders` where nothing dates it. A `year` that all dates share is left out."""
    if not event.disputed:
        return _agreed(event, year) or orders.get(event.claim.id, gettext("No date"))
    dated = ends(event)
    return _disputed([_short(date, own, year) for date, own in dated], _closed(dated), apart(event))


def apart(event: Event) -> str:
    """How far the dates of a disputed event lie apart; empty where that is not known, or a day at most."""
    if event.days_apart > 1 and _closed(ends(event)):
        return ngettext("up to %(n)s day apart", "up to %(n)s days apart", event.days_apart)
    return ""


def _closed(dated: Iterable[tuple[Date, str]]) -> bool:
    return all(date.first and date.last for date, _ in dated)


def ends(event: Event) -> list[tuple[Date, str]]:
    """The first and the last of the dates in dispute, each with an article's words for it."""
    given = [d for d in event.datings if d.date and d.stance is not Stance.MENTIONS]
    own = {d.date: d.words or "" for d in reversed(given)}
    date = event.claim.date
    dates = [date] if date else []
    dates += [d.date for d in given if d.date and (d.stance is Stance.DISPUTES or not date)]
    begin = min(dates, key=lambda d: (d.first or Day.min, d.last or Day.max))
    end = max(dates, key=lambda d: (d.last or Day.max, d.first or Day.min))
    return [(date, own.get(date, "")) for date in dict.fromkeys((begin, end))]


def ordered(pub: Publication) -> dict[str, str]:
    """What the order says of the events of a publication, by claim id."""
    chronology, titles = pub.chronology, {review.claim.id: review.claim.short for review in pub.reviews}
    return orders((*chronology.events, *chronology.undated), titles)


def orders(events: Iterable[Event], titles: Mapping[str, str]) -> dict[str, str]:
    """What the order says of an event, whichever of two claims states it: "No date; after “The order”"."""
    said: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in (event.claim for event in events):
        pairs = [(claim.id, other) for other in claim.after] + [(other, claim.id) for other in claim.before]
        for later, earlier in pairs:
            said[later][gettext("after “%(event)s”", event=titles.get(earlier, earlier))] = None
            said[earlier][gettext("before “%(event)s”", event=titles.get(later, later))] = None
    return {
        name: gettext("No date; %(orders)s", orders=pgettext("list", ", ").join(sorted(words)[:3]))
        for name, words in said.items()
    }


def _disputed(ends: Sequence[str], closed: bool, apart: str) -> str:
    """ "Disputed: 4 Sep to mid-Nov, up to 72 days apart"."""
    dates = ends[0]
    if len(ends) > 1 and closed:
        dates = gettext(
            "%(first)s %(to)s %(last)s", first=ends[0], to=pgettext("between two dates", "to"), last=ends[1]
        )
    elif len(ends) > 1:
        dates = gettext("%(first)s, or %(last)s", first=ends[0], last=ends[1])
    if apart:
        return gettext("Disputed: %(dates)s, %(apart)s", dates=dates, apart=apart)
    return gettext("Disputed: %(dates)s", dates=dates)


def _agreed(event: Event, year: int | None) -> str:
    """The date of an undisputed event: the claim's own, else the narrowest that all its supporters share."""
    if event.claim.date is not None:
        return say(event.claim.date, year)
    given = [(d.stance, d.date) for d in event.datings if d.date]
    dates = [date for stance, date in given if stance is Stance.SUPPORTS] or [date for _, date in given]
    if not dates:
        return ""
    shared = max(d.first or Day.min for d in dates) <= min(d.last or Day.max for d in dates)
    if shared or event.first is None or event.last is None:
        return say(min(dates, key=lambda d: ((d.last or Day.max) - (d.first or Day.min), d.approximate)), year)
    return say_range(event.first, event.last, year)


def _short(date: Date, words: str, year: int | None) -> str:
    """A date in brief, with the article's "mid" or "late" where it says so: "mid-Nov"."""
    part = _PART.search(words)
    if part and date.first and date.last and (date.first.year, date.first.month) == (date.last.year, date.last.month):
        month = say_month(date.first.month, date.first.year if date.first.year != year else None)
        if part[0].lower() == "early":
            return gettext("early %(month)s", month=month)
        return (
            gettext("mid-%(month)s", month=month)
            if part[0].lower() == "mid"
            else gettext("late %(month)s", month=month)
        )
    return say(date, year)
