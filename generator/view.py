"""`Publication` -> what readers see of it, as plain text and numbers: positions, cards, tallies, printings.

Each wording and each layout that more than one page needs is made here once; HTML is left to the templates. `prepare`
gathers what does not depend on a claim, so that a page costs the same in a record of ten or ten thousand claims. It
is longer than most modules, since all of it is one answer: what a reader is shown of a record.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from . import words
from .chapters import addresses
from .dates import Date, Day, say
from .feeds import topic_links
from .labels import basis, dated, interface, own
from .marks import SHAPES, mark_row, origin_words, tally_words
from .model import Article, Basis, EntityKind, Evidence, Form, Stance
from .occasion import ordered
from .occasion import when as occasion
from .parts import statement_addresses
from .passage import Part, fragment, quotation
from .printing import printings
from .publication import Cited, Publication, Review, Said
from .render import Site
from .ruling import in_a_line, rulings
from .ruling import shape as ruling_shape
from .weigh import Status
from .words import N_, gettext

MOST_NAMED = 40
"""In a record of more articles the silent ones are counted and not named."""

ORDER = (Stance.DISPUTES, Stance.SUPPORTS, Stance.QUALIFIES, Stance.MENTIONS)
"""The order of evidence: what speaks against a claim is read first."""
SIDES = (Stance.SUPPORTS, Stance.QUALIFIES, Stance.DISPUTES)
"""The order of positions, as in a row of marks."""
KINDS = {
    EntityKind.PERSON: (N_("Person"), N_("People")),
    EntityKind.ORGANIZATION: (N_("Organisation"), N_("Organisations")),
    EntityKind.PRODUCT: (N_("Product"), N_("Products")),
    EntityKind.PLACE: (N_("Place"), N_("Places")),
    EntityKind.LAW: (N_("Law or order"), N_("Laws and orders")),
}


class Source(NamedTuple):
    """An article as other pages name it."""

    id: str
    name: str
    date: str
    """ "about 9 Sep 2020 (inferred)", "date unknown"."""
    machine: bool
    """Whether its words are a machine's; then nothing in it is shown as anybody's own words without saying so."""
    article: Article
    lang: Markup
    """Attributes for its words where they are in another language than the page; empty otherwise."""


class Desk(NamedTuple):
    """What views need beside a claim; made once for a publication."""

    pub: Publication
    site: Site
    sources: Mapping[str, Source]
    """By article id, the linked ones too."""
    said_by_article: Mapping[str, Sequence[Said]]
    voices: int
    """Articles that count; a reprint counts as the article that it prints again."""
    live: Sequence[Review]
    """The reviews that are not withdrawn."""
    checked: str
    """Day of the last check."""
    checked_words: str
    when: Mapping[str, str]
    """Address of each event in the chronology, by claim id."""
    orders: Mapping[str, str]
    """What the order says of an event's date, by claim id."""
    feeds: Mapping[str, Markup]
    """What the head of a claim's page says of the feeds of its topic, by topic id."""


class Card(NamedTuple):
    """One piece of evidence, as shown."""

    anchor: str
    stance: Stance
    value: str
    date: Date | None
    worked_out: bool
    source: Source
    chain: tuple[str, ...]
    """Titles of the origins, nearest first; empty where the article names none."""
    how: str
    """What else it says of where it knows it from: "no origin named", "at first hand", "hedged: “reportedly”"."""
    parts: list[Part]
    """The quotation with the words around it."""
    url: str
    """Where a reader finds the words: the original with a text fragment; empty where we have no address for it."""
    evidence: Evidence


def prepare(pub: Publication, site: Site) -> Desk:
    """Gathers what every page needs: names and dates of the articles, what each prints of the statements."""
    said_by_article: dict[str, list[Said]] = {}
    for said in pub.said:
        for name in dict.fromkeys(told.wording.article for told in said.told if told.match is not None):
            said_by_article.setdefault(name, []).append(said)
    return Desk(
        pub,
        site,
        {article.id: _source(article, pub.names[article.id]) for article in (*pub.articles, *pub.linked)},
        said_by_article,
        len({article.reprint_of or article.id for article in pub.articles}),
        [review for review in pub.reviews if review.agreement.status is not Status.WITHDRAWN],
        say(pub.record.about.checked),
        gettext("Checked %(date)s", date=say(pub.record.about.checked)),
        addresses(pub.chronology),
        ordered(pub),
        topic_links(pub, site),
    )


def globals(pub: Publication, site: Site) -> dict[str, Any]:
    """Names that every template can use; give them to `render.environment`."""
    desk = prepare(pub, site)
    return {
        "desk": desk,
        "when": desk.when,
        "pub": pub,
        "site": site,
        "sources": desk.sources,
        "occasion": lambda event: occasion(event, desk.orders),
        "statement_at": statement_addresses(pub),
        "shapes": SHAPES,
        "ruling_shape": ruling_shape,
        "rulings": lambda review: rulings(pub, review.claim),
        "leading": in_a_line,
        **interface(),
        "likeness": lambda review, row=True: (review.agreement.shape, row),
        "mark_row": lambda agreement: mark_row(agreement, desk.voices),
        "tally_words": tally_words,
        "origin_words": origin_words,
        "positions": positions,
        "cards": lambda review: cards(desk, review),
        "card": lambda cited: card(desk, cited, ""),
        "printings": lambda said, article="": printings(pub, said, article),
    }


def _source(article: Article, name: str) -> Source:
    date, known = article.date_published, basis(article.date_basis)
    lang = words.foreign(article.in_language or "")
    return Source(article.id, name, dated(date, known), article.form is Form.MACHINE_PARAPHRASE, article, lang)


def cards(desk: Desk, review: Review) -> list[Card]:
    """The evidence that counts, in reading order. Mentions of an article that takes a stance stand at the end; those
    of articles that take none are no evidence and are left to `mentions`."""
    heard = _heard(review)
    counted = [c for c in review.cited if c.evidence.article in heard]
    counted.sort(key=lambda c: ORDER.index(c.evidence.stance))
    return _numbered(desk, counted)


def mentions(desk: Desk, review: Review) -> list[Card]:
    """The words of articles that touch the matter and take no stance."""
    heard = _heard(review)
    return _numbered(desk, [c for c in review.cited if c.evidence.article not in heard])


def _heard(review: Review) -> set[str]:
    return {c.evidence.article for c in review.cited if c.match and c.evidence.stance is not Stance.MENTIONS}


def _numbered(desk: Desk, cited: Iterable[Cited]) -> list[Card]:
    """The first card of an article has the anchor that other pages link to."""
    seen: dict[str, int] = {}
    made = []
    for c in cited:
        if c.match is not None and c.article is not None:
            name = c.evidence.article
            n = seen[name] = seen.get(name, 0) + 1
            made.append(card(desk, c, f"ev-{name}-{n}" if n > 1 else f"ev-{name}"))
    return made


def card(desk: Desk, cited: Cited, anchor: str) -> Card:
    """One piece of evidence whose quotation stands."""
    e, source = cited.evidence, desk.sources[cited.evidence.article]
    how = gettext("at first hand") if cited.firsthand else "" if cited.chain else gettext("no origin named")
    if e.hedge:
        hedge = own(source.lang, e.hedge)
        if how:
            how = gettext("%(origin)s, hedged: “%(words)s”", origin=how, words=hedge)
        else:
            how = gettext("hedged: “%(words)s”", words=hedge)
    parts: list[Part] = []
    url = source.article.url or ""
    if cited.match is not None:
        text = desk.pub.texts[source.id]
        parts = quotation(text, cited.match)
        if url:
            url += ("" if "#" in url else "#") + fragment(text, cited.match.spans[0])
    chain = tuple([origin.title for origin in cited.chain])
    value = e.value or e.date_words or ""
    return Card(anchor, e.stance, value, e.date, e.date_basis is not Basis.STATED, source, chain, how, parts, url, e)


def unheard(desk: Desk, review: Review) -> list[Source] | None:
    """Articles without a word on a claim, oldest first, and no reprints of others; None if they are too many."""
    if len(desk.pub.articles) > MOST_NAMED:
        return None
    heard = {c.evidence.article for c in review.cited}
    heard |= {c.article.reprint_of for c in review.cited if c.article and c.article.reprint_of}
    silent = desk.pub.silent(review)
    return [desk.sources[a.id] for a in silent if a.id not in heard and (a.reprint_of or a.id) not in heard]


class Position(NamedTuple):
    """A value that articles give, with those who give it under one stance."""

    stance: Stance
    value: str
    date: Date | None
    worked_out: bool
    cards: list[Card]
    lang: Markup
    """Attributes of the value, as `Source` has them."""

    @property
    def articles(self) -> int:
        return len({card.source.id for card in self.cards})


def positions(made: Iterable[Card]) -> tuple[list[Position], bool]:
    """One position a value and stance, and whether they differ in time: then they are sorted by it, else by stance."""
    made = [card for card in made if card.stance is not Stance.MENTIONS]
    dated = len({(card.date.first, card.date.last) for card in made if card.date}) > 1
    rows: dict[tuple[Stance, str, str], Position] = {}
    for card in made:
        when = card.date.edtf if dated and card.date else ""
        value = card.value or (say(card.date) if when and card.date else "")
        row = rows.setdefault(
            (card.stance, value.casefold(), when),
            Position(card.stance, value, card.date, card.worked_out, [], card.source.lang if card.value else Markup()),
        )
        if not any((card.source, card.chain) == (other.source, other.chain) for other in row.cards):
            row.cards.append(card)
    return sorted(rows.values(), key=_time if dated else _side), dated


def _side(position: Position) -> int:
    return SIDES.index(position.stance)


def _time(position: Position) -> tuple[Day, Day]:
    date = position.date
    return (date.first or date.last or Day.max, date.last or Day.max) if date else (Day.max, Day.max)


def heading(review: Review) -> str:
    """Over the positions of a claim."""
    if review.agreement.status is not Status.CONFLICT:
        return gettext("What each article says")
    if review.claim.facet:
        return gettext("Sources disagree on the %(facet)s", facet=review.claim.facet)
    return gettext("Sources disagree")


def citation(desk: Desk, review: Review) -> str:
    """“{claim}” {affair}, {publication}, claim {id}, version of {date}. {address}"""
    claim, address = review.claim, f"{desk.site.url}claims/{review.claim.id}/"
    affair, publication = desk.pub.record.about.title, desk.site.name
    if affair != publication:
        publication = gettext("%(affair)s, %(publication)s", affair=affair, publication=publication)
    return gettext(
        "“%(claim)s” %(publication)s, claim %(id)s, version of %(date)s. %(address)s",
        claim=claim.text,
        publication=publication,
        id=claim.id,
        date=desk.checked,
        address=address,
    )


def related(desk: Desk, review: Review) -> list[Review]:
    """Claims that share a quotation with one, and those that it follows or precedes."""
    claim = review.claim
    ids = [other.id for said in desk.pub.said_in.get(claim.id, ()) for other in said.claims]
    ids += [*claim.after, *claim.before]
    return [desk.pub.by_claim[name] for name in dict.fromkeys(ids) if name != claim.id and name in desk.pub.by_claim]


def tally(desk: Desk, article: str) -> dict[str, int]:
    """On how many claims an article supports, qualifies, disputes or is silent. Withdrawn claims are left out."""
    seen: dict[str, set[str]] = {"supports": set(), "qualifies": set(), "disputes": set()}
    for review, cited in desk.pub.by_article.get(article, ()):
        if (
            cited.match is not None
            and cited.evidence.stance in seen
            and review.agreement.status is not Status.WITHDRAWN
        ):
            seen[cited.evidence.stance].add(review.claim.id)
    silent = len(desk.live) - len(set().union(*seen.values()))
    return {**{stance: len(claims) for stance, claims in seen.items()}, "silent": silent}


def alone(review: Review, cited: Cited) -> bool:
    """Whether no other article takes this stance on a claim that others address too."""
    a, stance = review.agreement, cited.evidence.stance
    side = {Stance.SUPPORTS: a.supports, Stance.QUALIFIES: a.qualifies, Stance.DISPUTES: a.disputes}.get(stance, ())
    return len(side) == 1 and a.articles > 1
