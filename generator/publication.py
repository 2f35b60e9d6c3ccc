"""`Record` -> `Publication`: every claim verified and weighed, and everything that pages ask of the whole.

`assemble` never fails: an article that is not there is None, a quotation that is not found has no match and does not
count. Whether that is an error is for a lint rule to say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .chronology import Chronology, Dating, Event, chronology, event
from .dates import Day
from .model import (
    Article,
    Claim,
    Entity,
    Evidence,
    Origin,
    OriginKind,
    Placed,
    Publisher,
    Record,
    Stance,
    Statement,
    Topic,
    Wording,
)
from .naming import names
from .past import Past
from .verify import Match, Span, StoredText, locate, stored
from .weigh import ATTENTION, Agreement, Link, Status, Voice, weigh
from .wording import Comparison, compare

SELF = "self"
_UNTOLD = Past()


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence beside the article that it quotes."""

    evidence: Evidence
    article: Article | None
    match: Match | None
    """Where the quotation stands; None where it does not or its article is linked, and then it does not count."""
    chain: tuple[Origin, ...]
    """Whom the article relays, nearest first."""
    firsthand: bool
    """Whether the article says that the report is its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """A wording of a statement beside the canonical one; the canonical wording itself has no comparison."""

    wording: Wording
    article: Article | None
    match: Match | None
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with all its wordings, the canonical first if there is one, and the claims that quote it."""

    statement: Statement
    speaker: Entity | None
    told: tuple[Told, ...]
    claims: tuple[Claim, ...]


class Quoted(NamedTuple):
    """A quotation that stands in its article."""

    where: Placed
    field: str
    """The field of `where` that holds it."""
    subject: str
    """What a waiver for it stands on, as problems call it."""
    article: Article
    text: StoredText
    spans: tuple[Span, ...]
    stance: Stance | None
    """How its article stands to a claim with it; None for a wording of a statement."""


@dataclass(frozen=True, slots=True)
class Review:
    """A claim, verified and weighed."""

    claim: Claim
    agreement: Agreement
    cited: tuple[Cited, ...]
    """Evidence of articles in the order of their dates, mentions too."""
    event: Event | None


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that pages and exports are made of. Lists are in the order in which readers meet them."""

    record: Record
    reviews: tuple[Review, ...]
    """In the order of the record."""
    articles: tuple[Article, ...]
    """The stored ones, oldest first; the undated at the end."""
    linked: tuple[Article, ...]
    """Those whose text is not stored, in the same order."""
    texts: Mapping[str, StoredText]
    """Searchable text by the id of a stored article."""
    names: Mapping[str, str]
    """What readers see for each article, by id: unlike each other."""
    chronology: Chronology
    said: tuple[Said, ...]
    quotations: Sequence[Quoted]
    """Those of evidence and of statements that stand."""
    by_id: Mapping[str, Article]
    """All articles by id."""
    by_claim: Mapping[str, Review]
    by_article: Mapping[str, Sequence[tuple[Review, Cited]]]
    by_entity: Mapping[str, Sequence[Review]]
    judged_in: Mapping[str, Sequence[tuple[Review, int]]]
    """Verdicts that an article gives, by its id: the claim and the place of the verdict among those of the claim."""
    by_topic: Sequence[tuple[Topic | None, Sequence[Review]]]
    """The topics that have claims, then None for the claims without one."""
    said_in: Mapping[str, Sequence[Said]]
    """Statements that the evidence of a claim quotes, by claim id."""
    entities: Mapping[str, Entity]
    origins: Mapping[str, Origin]
    publishers: Mapping[str, Publisher]
    past: Past = _UNTOLD
    """What the repository tells of each claim; nothing until `history` was asked."""

    def silent(self, review: Review) -> list[Article]:
        """Stored articles without evidence on a claim, oldest first. Silence is never support."""
        heard = {cited.evidence.article for cited in review.cited}
        return [article for article in self.articles if article.id not in heard]


def assemble(record: Record) -> Publication:
    """Verifies every quotation, weighs every claim, orders the events and links everything to everything."""
    every = sorted(record.articles, key=_age)
    age = {article.id: n for n, article in enumerate(every)}
    by_id = {article.id: article for article in every}
    articles = tuple(article for article in every if not article.linked)
    texts = {article.id: stored(article.body, article.noise, article.body_line) for article in articles}
    origins = {origin.id: origin for origin in record.origins}
    entities = {entity.id: entity for entity in record.entities}
    publishers = {publisher.id: publisher for publisher in record.publishers}

    reviews = []
    for claim in record.claims:
        evidence = sorted(claim.evidence, key=lambda e: age.get(e.article, len(age)))
        cited = tuple(_cite(e, by_id, texts, origins) for e in evidence)
        counted = [c for c in cited if c.match is not None and c.article is not None]
        agreement = weigh(_voices(counted), claim.withdrawn is not None)
        datings = [
            Dating(c.evidence.article, c.evidence.stance, c.evidence.date, c.evidence.date_words, c.evidence.date_basis)
            for c in counted
            if c.evidence.date is not None or c.evidence.date_words is not None
        ]
        reviews.append(Review(claim, agreement, cited, event(claim, datings)))

    by_article: dict[str, list[tuple[Review, Cited]]] = defaultdict(list)
    by_entity: dict[str, list[Review]] = defaultdict(list)
    judged_in: dict[str, list[tuple[Review, int]]] = defaultdict(list)
    by_topic: dict[str | None, list[Review]] = defaultdict(list)
    for review in reviews:
        for c in review.cited:
            by_article[c.evidence.article].append((review, c))
        for name in review.claim.entities:
            by_entity[name].append(review)
        for n, verdict in enumerate(review.claim.verdict):
            if verdict.article is not None:
                judged_in[verdict.article].append((review, n))
        by_topic[review.claim.topic].append(review)
    topics = [(topic, by_topic[topic.id]) for topic in record.topics if topic.id in by_topic]
    others = [r for name, rs in by_topic.items() if name not in {t.id for t in record.topics} for r in rs]
    said, said_in = _said(record.statements, by_id, texts, entities, by_article)
    live = (r.event for r in reviews if r.event is not None and r.agreement.status is not Status.WITHDRAWN)
    return Publication(
        record=record,
        reviews=tuple(reviews),
        articles=articles,
        linked=tuple(article for article in every if article.linked),
        texts=texts,
        names=names(every, publishers),
        chronology=chronology(live),
        said=said,
        quotations=list(_quoted(reviews, said, texts)),
        by_id=by_id,
        by_claim={review.claim.id: review for review in reviews},
        by_article=dict(by_article),
        by_entity=dict(by_entity),
        judged_in=dict(judged_in),
        by_topic=[*topics, (None, others)] if others else topics,
        said_in=dict(said_in),
        entities=entities,
        origins=origins,
        publishers=publishers,
    )


def _quoted(reviews: Iterable[Review], said: Iterable[Said], texts: Mapping[str, StoredText]) -> Iterator[Quoted]:
    for review in reviews:
        subject = review.claim.id
        for c in review.cited:
            if c.match is not None and c.article is not None:
                e = c.evidence
                yield Quoted(e, "quote", subject, c.article, texts[e.article], c.match.spans, e.stance)
    for statement in said:
        subject = f"statements/{statement.statement.id}"
        for told in statement.told:
            if told.match is not None and told.article is not None:
                name = told.article.id
                yield Quoted(told.wording, "exact", subject, told.article, texts[name], told.match.spans, None)


def by_attention(reviews: Iterable[Review]) -> list[Review]:
    """Conflicts first, then what else needs a reader's attention; within a status, as in the record."""
    return sorted(reviews, key=lambda review: ATTENTION.index(review.agreement.status))


def _age(article: Article) -> tuple[Day, Day, str]:
    date = article.date_published
    first = (date.first or date.last) if date else None
    return (first or Day.max, (date.last if date else None) or Day.max, article.id)


def _cite(
    evidence: Evidence,
    articles: Mapping[str, Article],
    texts: Mapping[str, StoredText],
    origins: Mapping[str, Origin],
) -> Cited:
    text = texts.get(evidence.article)
    return Cited(
        evidence,
        articles.get(evidence.article),
        locate(evidence.quote, text) if text else None,
        tuple(origins[name] for name in evidence.origin if name in origins),
        SELF in evidence.origin,
    )


def _voices(cited: Iterable[Cited]) -> list[Voice]:
    """One voice an article: all that it does, and the chain of its support. A reprint is its original."""
    stances: dict[str, set[Stance]] = {}
    chains: dict[str, dict[Link, None]] = {}
    for c in cited:
        article = c.article.reprint_of or c.article.id if c.article else c.evidence.article
        stances.setdefault(article, set()).add(c.evidence.stance)
        chain = chains.setdefault(article, {})
        if c.evidence.stance is Stance.SUPPORTS:
            chain.update({Link(o.id, o.kind is not OriginKind.UNNAMED): None for o in c.chain})
            if c.firsthand:
                chain[Link(f"{SELF}:{article}")] = None
    return [Voice(article, frozenset(stances[article]), tuple(chains[article])) for article in stances]


def _said(
    statements: Iterable[Statement],
    articles: Mapping[str, Article],
    texts: Mapping[str, StoredText],
    entities: Mapping[str, Entity],
    by_article: Mapping[str, Sequence[tuple[Review, Cited]]],
) -> tuple[tuple[Said, ...], dict[str, list[Said]]]:
    """Statements with their wordings compared, and by the claims whose evidence quotes some of the same words."""
    all_said: list[Said] = []
    by_claim: dict[str, list[Said]] = defaultdict(list)
    for statement in statements:
        told = []
        claims: dict[str, Claim] = {}
        reference = statement.canonical
        for words in (*([reference] if reference else []), *statement.variants):
            text = texts.get(words.article)
            match = locate(words.exact, text) if text else None
            comparison = compare(reference.exact, words.exact) if reference and words is not reference else None
            told.append(Told(words, articles.get(words.article), match, comparison))
            if match is not None:
                for review, cited in by_article.get(words.article, ()):
                    if cited.match is not None and match.overlaps(cited.match):
                        claims[review.claim.id] = review.claim
        said = Said(statement, entities.get(statement.speaker or ""), tuple(told), tuple(claims.values()))
        all_said.append(said)
        for name in claims:
            by_claim[name].append(said)
    return tuple(all_said), by_claim
