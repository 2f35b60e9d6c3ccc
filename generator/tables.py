"""`Publication` -> tables, each column with a type and a meaning: what CSV, SQLite and the data package are made of.

Names and sentences of columns that an editor writes are those of the record. A list of texts that has no table of its
own stands in one cell, its parts joined as readers see them. What no table holds is in `data/claims.json`, which is
exact. Rows come in the order of the record and are made one at a time. The module is long because it is one list.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from importlib.metadata import version
from operator import attrgetter
from typing import Any, NamedTuple

from . import model
from .dates import Date
from .dictionary import sections
from .model import Is, Placed, Ref
from .publication import Publication, Review
from .render import Site
from .shape import Kind, shape
from .verify import Verdict
from .weigh import RULES, label

GENERATOR = f"onrecord {version('onrecord')}"
BROKEN = " […] "
"""Stands between the parts of a passage, here as on the pages."""

Value = str | int | bool | None


class Type(StrEnum):
    """What a column holds. A date may be any EDTF, so only a `day` is a plain date of the calendar."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    ADDRESS = "address"
    DAY = "day"


class Column(NamedTuple):
    """A column: its name and a sentence, its type, the table whose ids it holds, the words that it can hold."""

    name: str
    meaning: str
    type: Type = Type.TEXT
    refers: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


class Table(NamedTuple):
    """A table: what a row is, which columns tell one row from another, and which can be searched for words."""

    name: str
    title: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Publication, Site], Iterable[Sequence[Value]]]
    searched: tuple[str, ...] = ()


_TABLE_OF = {"article": "articles", "claim": "claims", "entity": "entities", "origin": "origins"}
_TABLE_OF["stored article"] = "articles"
_TABLE_OF |= {"publisher": "publishers", "rating": "ratings", "topic": "topics"}
_SENTENCES = {(s.name, entry.name): entry.sentence for s in sections() for entry in s.entries}


def _own(cls: type[Placed], *names: str) -> tuple[Column, ...]:
    """Columns that editors write, as the model declares them."""
    return tuple(_column(cls, name) for name in names)


def _column(cls: type[Placed], name: str) -> Column:
    field = shape(cls).get(name)
    if field is None:
        return _id("the record")
    refers = ""
    if isinstance(field.detail, Ref) and len(field.detail.kinds) == 1 and not field.many:
        refers = _TABLE_OF[field.detail.kinds[0]]
    choices = tuple(member.value for member in field.detail) if field.kind is Kind.CHOICE else ()
    kind = Type.ADDRESS if field.detail is Is.URL else Type.NUMBER if field.kind is Kind.NUMBER else Type.TEXT
    return Column(name, _SENTENCES[cls.__name__, name], kind, refers, choices, field.required)


def _id(what: str) -> Column:
    return Column("id", f"Permanent name of {what}.", required=True)


def _number(name: str, meaning: str) -> Column:
    return Column(name, meaning, Type.NUMBER, required=True)


def _reference(name: str, table: str, meaning: str) -> Column:
    return Column(name, meaning, refers=table, required=True)


def _plain(value: Any) -> Value:
    """A value of the record as one cell: EDTF for a date, nothing for an empty text."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, tuple):
        return BROKEN.join(value) or None
    return value.edtf if isinstance(value, Date) else value


def _reader(columns: Sequence[Column]) -> Callable[[Placed], tuple[Value, ...]]:
    """What a record says in some columns. It needs two of them at least."""
    values = attrgetter(*(column.name for column in columns))
    return lambda record: tuple(map(_plain, values(record)))


def _as_written(
    name: str, title: str, meaning: str, columns: tuple[Column, ...], records: Callable[[Publication], Any]
) -> Table:
    """A table of records as they are written, told apart by their ids."""
    read = _reader(columns)
    return Table(name, title, meaning, ("id",), columns, lambda pub, site: map(read, records(pub)))


_PUBLICATION = (
    *_own(model.About, "title", "question", "checked", "note"),
    Column("site", "Address of the site.", Type.ADDRESS),
    Column("license", "Licence of the data: its SPDX identifier."),
    Column("license_url", "Where the licence stands.", Type.ADDRESS),
    Column("generator", "What made these files, with its version.", required=True),
)


def _publication(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    about = pub.record.about
    licence = (about.license.name, about.license.url) if about.license else (None, None)
    yield (about.title, about.question, about.checked.edtf, about.note or None, site.url or None, *licence, GENERATOR)


_ORIGINS = (
    *_own(model.Origin, "id", "kind"),
    Column("entity", "Who said it, where that is a person or body of the record.", refers="entities"),
    Column("publisher", "Who published it, where that is an outlet.", refers="publishers"),
    *_own(model.Origin, "date", "title"),
)


def _origins(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    for origin in pub.record.origins:
        who = origin.party
        entity, outlet = (who, None) if who in pub.entities else (None, who)
        yield origin.id, origin.kind, entity, outlet, _plain(origin.date), origin.title


_ARTICLE = (
    *_own(model.Article, "headline", "publisher", "author", "date_published", "date_basis", "form", "in_language"),
    *_own(model.Article, "url", "archive_url", "republished_from", "reprint_of"),
)
_ARTICLES = (
    _id("the article"),
    Column("name", "What we call it, unlike every other.", required=True),
    *_ARTICLE,
    Column("first_day", "The first day that its date allows.", Type.DAY),
    Column("last_day", "The last day that its date allows.", Type.DAY),
    Column("sha256", "Checksum of its stored text."),
    Column("linked", "Whether its text is not stored, so that its words can't be verified.", Type.FLAG, required=True),
)


def _articles(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    read = _reader(_ARTICLE)
    for article in (*pub.articles, *pub.linked):
        days = _days(article.date_published)
        checksum = pub.record.locks.get(article.id)
        yield article.id, pub.names[article.id], *read(article), *days, checksum, article.linked


def _days(date: Date | None) -> tuple[str | None, str | None]:
    return (_day(date.first), _day(date.last)) if date else (None, None)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


_WORDINGS = (
    _reference("statement", "statements", "The statement."),
    _number("position", "Its place among the wordings, from 1."),
    *_own(model.Wording, "article", "exact", "note"),
    Column("canonical", "Whether it is the wording to quote.", Type.FLAG, required=True),
)


def _wordings(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    for said in pub.said:
        for n, told in enumerate(said.told, 1):
            words = told.wording
            canonical = words is said.statement.canonical
            yield said.statement.id, n, words.article, _plain(words.exact), words.note, canonical


_CLAIM = (
    *_own(model.Claim, "id", "text", "short", "kind", "topic", "question", "date", "date_basis", "date_note"),
    *_own(model.Claim, "summary", "why_differ", "claimant", "claimed"),
)
_CLAIMS = (
    *_CLAIM,
    Column("first_day", "The first day that its date allows.", Type.DAY),
    Column("last_day", "The last day that its date allows.", Type.DAY),
    Column("status", "What the badge says, as a key.", choices=tuple(rule.status for rule in RULES), required=True),
    Column("label", "What the badge says.", required=True),
    Column("counts", "The counts of the badge, in words.", required=True),
    _number("articles", "Articles that support, qualify or dispute it; each counts once."),
    _number("supports", "Articles that support it."),
    _number("qualifies", "Articles that qualify it."),
    _number("disputes", "Articles that dispute it."),
    _number("named_origins", "Separate named origins behind its support."),
    _number("unnamed", "Supporting articles that name no origin."),
    Column("verdict", "What it is judged to be by the leading verdict; no part of the badge.", refers="ratings"),
    Column("verdict_explanation", "Why it is judged so."),
    Column("verdict_by", "Who judged, where that is neither the publication nor an article's publisher."),
    Column("verdict_date", "The day of the verdict."),
    Column("withdrawn", "When it was withdrawn."),
    Column("merged_into", "The claim that took its place.", refers="claims"),
    Column("address", "Address of its page; relative to the site where the site has none.", required=True),
)


def _claims(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    read = _reader(_CLAIM)
    judged = _reader(_own(model.Verdict, "rating", "explanation", "by", "date"))
    for review in pub.reviews:
        claim, agreement = review.claim, review.agreement
        yield (
            *read(claim),
            *_days(claim.date),
            agreement.status,
            label(agreement.status),
            agreement.counts,
            agreement.articles,
            len(agreement.supports),
            len(agreement.qualifies),
            len(agreement.disputes),
            agreement.named,
            agreement.unnamed,
            *(judged(claim.verdict[0]) if claim.verdict else (None,) * 4),
            *((claim.withdrawn.date.edtf, claim.withdrawn.merged_into) if claim.withdrawn else (None, None)),
            f"{site.url}claims/{claim.id}/",
        )


_VERDICT = _own(model.Verdict, "rating", "article", "explanation", "by", "date")
_GIVEN = _own(model.AsGiven, "name", "value", "best", "worst")
_VERDICTS = (
    _reference("claim", "claims", "The claim."),
    _number("position", "Its place among the verdicts of the claim, the leading one first."),
    *_VERDICT,
    *(column._replace(name=f"given_{column.name}") for column in _GIVEN),
)


def _verdicts(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    read, given = _reader(_VERDICT), _reader(_GIVEN)
    for review in pub.reviews:
        for n, verdict in enumerate(review.claim.verdict, 1):
            yield review.claim.id, n, *read(verdict), *(given(verdict.as_given) if verdict.as_given else (None,) * 4)


def _claim_entities(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    return ((r.claim.id, entity) for r in pub.reviews for entity in dict.fromkeys(r.claim.entities))


_WRITTEN = _own(
    model.Evidence, "article", "stance", "quote", "hedge", "value", "date", "date_words", "date_basis", "error", "note"
)
_EVIDENCE = (
    Column("id", "The claim's id, a full stop, and the place of the evidence in the record.", required=True),
    _reference("claim", "claims", "The claim."),
    *_WRITTEN,
    Column("firsthand", "Whether the article reports it at first hand.", Type.FLAG, required=True),
    Column(
        "verified",
        "Whether the quotation stands in the article as one passage, or broken by an attribution; or is not verified, "
        "since the article is linked.",
        choices=(Verdict.VERBATIM, Verdict.SPLIT, Verdict.UNVERIFIED),
        required=True,
    ),
)


def _numbered(review: Review) -> Iterator[tuple[str, model.Evidence]]:
    """The evidence of a claim in the order of the record, with its id."""
    return ((f"{review.claim.id}.{n}", evidence) for n, evidence in enumerate(review.claim.evidence, 1))


def _evidence(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    read = _reader(_WRITTEN)
    for review in pub.reviews:
        found = {id(cited.evidence): cited for cited in review.cited}
        for name, evidence in _numbered(review):
            cited = found[id(evidence)]
            unfound = Verdict.UNVERIFIED if cited.article and cited.article.linked else Verdict.NOWHERE
            verified = cited.match.verdict if cited.match else unfound
            yield name, review.claim.id, *read(evidence), cited.firsthand, verified


def _evidence_origins(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    for review in pub.reviews:
        for name, evidence in _numbered(review):
            for n, origin in enumerate((o for o in evidence.origin if o in pub.origins), 1):
                yield name, n, origin


def _events(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    for n, event in enumerate((*pub.chronology.events, *pub.chronology.undated), 1):
        yield n, event.claim.id, event.claim.short, _day(event.first), _day(event.last), event.disputed


def _corrections(pub: Publication, site: Site) -> Iterator[tuple[Value, ...]]:
    for review in pub.reviews:
        for n, correction in enumerate(review.claim.corrections, 1):
            yield review.claim.id, n, correction.date.edtf, correction.what


TABLES: tuple[Table, ...] = (
    Table("publication", "Publication", "What this is, in one row.", ("title",), _PUBLICATION, _publication),
    _as_written(
        "ratings",
        "Ratings",
        "The scale of the editors' verdicts, worst first.",
        _own(model.Rating, "id", "name", "value", "meaning"),
        lambda pub: pub.record.ratings,
    ),
    _as_written(
        "topics", "Topics", "Ways into the claims.", _own(model.Topic, "id", "name"), lambda pub: pub.record.topics
    ),
    _as_written(
        "publishers",
        "Publishers",
        "Outlets that publish articles or are cited by them.",
        _own(model.Publisher, "id", "name", "short", "url", "owner"),
        lambda pub: pub.record.publishers,
    ),
    _as_written(
        "entities",
        "Entities",
        "Whom and what the claims are about.",
        _own(model.Entity, "id", "kind", "name", "role"),
        lambda pub: pub.record.entities,
    ),
    Table("origins", "Origins", "Where information comes from.", ("id",), _ORIGINS, _origins),
    Table(
        "articles",
        "Articles",
        "The stored articles, oldest first, then the linked ones.",
        ("id",),
        _ARTICLES,
        _articles,
    ),
    _as_written(
        "statements",
        "Statements",
        "Words that somebody said or wrote.",
        _own(model.Statement, "id", "title", "speaker", "origin"),
        lambda pub: pub.record.statements,
    ),
    Table(
        "wordings",
        "Wordings",
        "A statement as one article prints it.",
        ("statement", "position"),
        _WORDINGS,
        _wordings,
        ("exact",),
    ),
    Table(
        "claims",
        "Claims",
        "One assertion each, and how far its sources agree.",
        ("id",),
        _CLAIMS,
        _claims,
        ("text", "short", "summary"),
    ),
    Table(
        "verdicts",
        "Verdicts",
        "What the editors or other desks judge a claim to be.",
        ("claim", "position"),
        _VERDICTS,
        _verdicts,
    ),
    Table(
        "claim_entities",
        "Claims and entities",
        "Whom and what a claim is about.",
        ("claim", "entity"),
        (
            _reference("claim", "claims", "The claim."),
            _reference("entity", "entities", "What it is about."),
        ),
        _claim_entities,
    ),
    Table(
        "evidence",
        "Evidence",
        "What one article says that bears on a claim, word for word.",
        ("id",),
        _EVIDENCE,
        _evidence,
        ("quote", "note"),
    ),
    Table(
        "evidence_origins",
        "Evidence and origins",
        "Whom an article relays in a piece of evidence.",
        ("evidence", "position"),
        (
            _reference("evidence", "evidence", "The piece of evidence."),
            _number("position", "Its place in the chain: 1 is nearest to the article."),
            _reference("origin", "origins", "Whom it relays."),
        ),
        _evidence_origins,
    ),
    Table(
        "events",
        "Events",
        "The chronology, in its order; the undated stand last.",
        ("position",),
        (
            _number("position", "Its place in the chronology."),
            _reference("claim", "claims", "The claim that it is."),
            Column("name", "The claim in a few words.", required=True),
            Column("first_day", "The earliest day that an article or we give it.", Type.DAY),
            Column("last_day", "The latest day that an article or we give it.", Type.DAY),
            Column("disputed", "Whether its datings exclude each other.", Type.FLAG, required=True),
        ),
        _events,
    ),
    Table(
        "corrections",
        "Corrections",
        "Changes to published claims that readers must know of.",
        ("claim", "position"),
        (
            _reference("claim", "claims", "The claim."),
            _number("position", "Its place among the corrections of the claim, oldest first."),
            *_own(model.Correction, "date", "what"),
        ),
        _corrections,
    ),
)
"""Each table stands behind those that it refers to."""
