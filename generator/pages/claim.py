"""One page a claim: verdict, positions, evidence word for word, wordings, history. In: the publication; out: pages."""

import calendar
import math
import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from .. import card
from ..badge import halves, in_words
from ..claimreview import claim_review
from ..dates import Date, Day, say_month
from ..elsewhere import boxes, counted, linked
from ..engine import quick
from ..labels import basis
from ..lint import set_aside
from ..marks import articles, commas, listed
from ..model import Claim, Form, Origin, Stance
from ..occasion import when
from ..past import sentences
from ..publication import Publication, Review
from ..render import Heading, Page, Preview, Site, data_block, drawer
from ..view import Desk, Position, cards, citation, heading, mentions, positions, prepare, related, unheard
from ..weigh import RULES, Status, label
from ..words import gettext, kept, ngettext

KIND = "claim"
MOST_RELATED = 6
MOST_WORDINGS = 4
_PARTS = ("MARK", "marks", "compared", "item")
_MOST_TICKS = 6
_OEMBED = '<link rel="alternate" type="application/json+oembed" href="%s">'
_NARROWEST = 2.0
"""Per cent of the track that a period takes at least, so that it can be seen."""


class Track(NamedTuple):
    """Where a date stands on its track, in per cent. A day is a dot, a period a bar."""

    left: float
    width: float
    day: bool


class Tick(NamedTuple):
    left: float
    name: str


class Axis(NamedTuple):
    """The time that the tracks of a claim span, in whole months."""

    start: int
    days: int
    ticks: list[Tick]

    def place(self, position: Position) -> Track | None:
        """None where it has no date. Open ends run to the edge; "about" widens a date by three days."""
        date = position.date
        if date is None or (date.first is None and date.last is None):
            return None
        about = 3 if date.approximate else 0
        first = date.first.toordinal() - about - self.start if date.first else 0
        last = date.last.toordinal() + about + 1 - self.start if date.last else self.days
        if date.is_day and not about:
            return Track(self._share(first + 0.5), 0, True)
        left, right = max(self._share(first), 0), min(self._share(last), 100)
        return Track(left, round(max(right - left, _NARROWEST), 2), False)

    def _share(self, days: float) -> float:
        return round(100 * days / self.days, 2)


def outputs(pub: Publication, site: Site, env: Environment, only: Container[str] | None = None) -> Iterator[Page]:
    """A page for every claim, the withdrawn too: an address once published answers for ever."""
    desk = prepare(pub, site)
    parts = [env.get_template(f"parts/{name}.html.j2").module for name in ("marks", "wording", "claims")]
    given = {name: value for part in parts for name, value in vars(part).items() if name in _PARTS}
    draw = drawer(env, "claim.html.j2", **given)
    for review in pub.reviews:
        if only is None or f"claims/{review.claim.id}/" in only:
            yield _page(desk, review, draw)


def _page(desk: Desk, review: Review, draw: Callable[..., Markup]) -> Page:
    claim, pub = review.claim, desk.pub
    address = f"claims/{claim.id}/"
    evidence, mentioned, unread = cards(desk, review), mentions(desk, review), unheard(desk, review)
    rows, dated = positions(evidence)
    others = related(desk, review)[:MOST_RELATED]
    said = [s for s in pub.said_in.get(claim.id, ()) if sum(t.match is not None for t in s.told) > 1][:MOST_WORDINGS]
    entities = [pub.entities[name] for name in claim.entities if name in pub.entities]
    event = _event(desk, review)
    silent = desk.voices - review.agreement.articles
    status, counts = review.agreement.status, review.agreement.counts
    name = label(status)
    verdicts, links = boxes(desk, claim), linked(desk, review)
    aside = set_aside(claim.waivers) if claim.waivers else []
    contents = [
        *(Heading(box.ruling.anchor, box.title) for box in verdicts),
        *([Heading("pos", heading(review))] if rows else ()),
        *([Heading("why", gettext("Why they may differ"))] if claim.why_differ else ()),
        Heading("evidence", gettext("Evidence, word for word")),
        *([Heading("wording", gettext("Same statement, different words"))] if said else ()),
        *([Heading("aside", gettext("Rules that we set aside here"))] if aside else ()),
        *([Heading("change", gettext("What would change this page"))] if claim.would_change else ()),
        *([Heading("related", gettext("Related"))] if entities or event or others else ()),
        Heading("history", gettext("History and corrections")),
        Heading("cite", gettext("Cite, share, embed")),
    ]
    return Page(
        KIND,
        address,
        gettext("%(claim)s – %(label)s", claim=claim.text, label=name),
        gettext("%(label)s: %(counts)s. %(claim)s", label=name, counts=counts, claim=claim.text),
        draw(
            review=review,
            verdicts=verdicts,
            linked=links,
            claimant=pub.entities.get(claim.claimant or ""),
            label=name,
            counts=counted(desk, review, links),
            machine_only=_machine_only(pub, review),
            merged=_merged(pub, claim),
            checked=desk.checked_words,
            heading=heading(review),
            rows=rows,
            axis=_axis([row.date for row in rows if row.date]) if dated else None,
            quiet=_quiet([m.source.name for m in mentioned], unread, silent),
            shared=_shared(desk, review),
            evidence=evidence,
            mentioned=mentioned,
            unread=unread,
            said=said,
            entities=entities,
            event=event,
            related=others,
            related_title=gettext("Claims that share a quotation")
            if claim.id in pub.said_in
            else gettext("Claims before and after"),
            aside=aside,
            history=_history(desk, claim),
            address=desk.site.url + address,
            citation=citation(desk, review),
            badge=in_words(status, counts),
            badge_width=halves(status, counts).total,
            frame=card.frame(f"{desk.site.url}{address}embed/", claim.short, card.height(review)),
            edit=_edit(desk.site, claim),
        ),
        "claims",
        tuple(contents),
        preview=_preview(status),
        head=_head(desk, review),
    )


@kept
def _preview(status: Status) -> Preview:
    rule = next(rule for rule in RULES if rule.status is status)
    return Preview(status, gettext("%(label)s: %(meaning)s", label=gettext(rule.label), meaning=gettext(rule.meaning)))


def _head(desk: Desk, review: Review) -> Markup:
    """What programs look for: the ClaimReview, the feeds of the topic, and where the card is described."""
    data = claim_review(desk.pub, desk.site, review)
    found = (data_block(data) if data else Markup()) + desk.feeds.get(review.claim.topic or "", "")
    # An absolute address, since common embedders don't resolve a relative one.
    address = quick(f"{desk.site.url}claims/{review.claim.id}/oembed.json")
    return found + Markup(_OEMBED % address) if desk.site.url else found  # noqa: S704 - the address is escaped


def _machine_only(pub: Publication, review: Review) -> bool:
    """Whether no text but machine paraphrases supports or qualifies a claim."""
    articles = {*review.agreement.supports, *review.agreement.qualifies}
    return bool(articles) and all(pub.by_id[name].form is Form.MACHINE_PARAPHRASE for name in articles)


def _shared(desk: Desk, review: Review) -> list[tuple[str, str]]:
    """For each capsule: "2 articles, one origin:" and "A and B both rest on the X, so they count once." """
    lines = []
    for group in review.agreement.groups:
        if len(group.articles) < 2:
            continue
        chains: dict[str, set[str]] = {}
        for c in review.cited:
            if c.article is not None and c.evidence.stance is Stance.SUPPORTS:
                chains.setdefault(c.article.reprint_of or c.article.id, set()).update(o.id for o in c.chain)
        common = set.intersection(*(chains.get(name, set()) for name in group.articles))
        origins = [desk.pub.origins[key] for key in group.origins if key in (common or desk.pub.origins)]
        names = listed([desk.sources[name].name for name in group.articles])
        n = len(group.articles)
        count = ngettext("%(n)s article, one origin:", "%(n)s articles, one origin:", n)
        lines.append((count, _rest(names, n == 2, origins)))
    return lines


_OWNED = re.compile(r"['’]s ")


def _rest(names: str, both: bool, origins: Sequence[Origin]) -> str:
    """ "A and B both rest on the X, so they count once." What does not take an article stands behind a colon."""
    titles = listed([origin.title for origin in origins])
    if len(origins) != 1 or origins[0].kind.value not in titles.lower():
        if both:
            return gettext(
                "%(names)s both rest on the same information, so they count once: %(origins)s.",
                names=names,
                origins=titles,
            )
        return gettext(
            "%(names)s all rest on the same information, so they count once: %(origins)s.", names=names, origins=titles
        )
    if _OWNED.search(titles):
        if both:
            return gettext("%(names)s both rest on %(origin)s, so they count once.", names=names, origin=titles)
        return gettext("%(names)s all rest on %(origin)s, so they count once.", names=names, origin=titles)
    if both:
        return gettext("%(names)s both rest on the %(origin)s, so they count once.", names=names, origin=titles)
    return gettext("%(names)s all rest on the %(origin)s, so they count once.", names=names, origin=titles)


def _axis(dates: Sequence[Date]) -> Axis | None:
    """Whole months around some dates, with about six ticks; the year stands where there is more than one."""
    days = [day for date in dates for day in (date.first, date.last) if day is not None]
    if not days:
        return None
    first, last = min(days), max(days)
    start = Day(first.year, first.month, 1).toordinal()
    end = Day(last.year, last.month, calendar.monthrange(last.year, last.month)[1]).toordinal() + 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = math.ceil(months / _MOST_TICKS)
    step = step if step < 12 else math.ceil(step / 12) * 12
    ticks = []
    for n in range(0, months, step):
        year, month = first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12
        left = 100 * (Day(year, month + 1, 1).toordinal() - start) / (end - start)
        with_year = first.year != last.year and (n == 0 or month < step)
        ticks.append(Tick(round(left, 2), say_month(month + 1, year if with_year else None)))
    return Axis(start, end - start, ticks)


def _quiet(mentioned: Sequence[str], unread: Sequence[object] | None, silent: int) -> str:
    """The articles that take no stance: their names, or how many they are."""
    if unread is None:
        return articles(silent) if silent else ""
    names = [*mentioned, *(getattr(source, "name", "") for source in unread)]
    return commas(dict.fromkeys(names))


class When(NamedTuple):
    """An event, for the link to its place in the chronology."""

    date: str
    """As the chronology says it."""
    note: str


def _event(desk: Desk, review: Review) -> When | None:
    event, claim = review.event, review.claim
    if event is None or claim.withdrawn:
        return None
    known = basis(claim.date_basis)
    sure = gettext("(%(basis)s)", basis=known) if known and claim.date and not event.disputed else ""
    note = " ".join(filter(None, (sure, claim.date_note or "")))
    return When(when(event, desk.orders), note)


def _merged(pub: Publication, claim: Claim) -> Claim | None:
    target = claim.withdrawn.merged_into if claim.withdrawn else None
    return pub.by_claim[target].claim if target and target in pub.by_claim else None


def _history(desk: Desk, claim: Claim) -> list[tuple[Date, str]]:
    """Newest first; the day of the last check is no change and stands on top."""
    past, withdrawn = desk.pub.past, claim.withdrawn
    changes = [(c.date, gettext("Corrected: %(what)s", what=c.what)) for c in reversed(claim.corrections)]
    if withdrawn:
        changes.insert(0, (withdrawn.date, gettext("Withdrawn: %(reason)s", reason=withdrawn.reason)))
    revisions = past.revisions.get(claim.id, ())
    rated, gone = {rating.id: rating.name for rating in desk.pub.record.ratings}, withdrawn is not None
    changes += [(r.date, said) for r in revisions if (said := sentences(r, desk.pub.names, rated, gone))]
    changes.sort(key=lambda change: change[0].first or Day.min, reverse=True)
    if past.since and not any(revision.added for revision in revisions):
        changes.append((past.since, gettext("What changed before this day is not known here.")))
    return [(desk.pub.record.about.checked, gettext("Checked.")), *changes]


def _edit(site: Site, claim: Claim) -> str:
    mark = claim.at()
    return site.edit.format(path=mark.path or "claims.yaml", line=mark.line) if site.edit else ""
