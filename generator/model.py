"""The record, as data: what an editor may write, with a sentence for every field. No logic.

Names follow schema.org (ClaimReview, NewsArticle, Quotation), the W3C text quote selector (`exact`) and EDTF (ISO
8601-2) for dates. `load` reads these declarations to turn YAML into records, so a field that is declared here can be
written in `claims.yaml` and no other can. A field whose type is `OneOrMore` takes one value or a list of them.
It is long because it is one list: whoever looks for a field looks here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, NamedTuple

from .dates import Date
from .problems import Mark


class Ref(NamedTuple):
    """The value is the id of a record of one of these kinds: "article", "claim", "entity", "origin" and so on."""

    kinds: tuple[str, ...]
    words: tuple[str, ...] = ()
    """Words that are allowed in place of an id."""


class Is(StrEnum):
    """What kind of text a field holds, and so which check and which limit it meets."""

    ID = "id"
    LINE = "line"
    QUOTE = "quote"
    URL = "url"
    LANGUAGE = "language"
    RULE = "rule"
    COLOUR = "colour"


class OneOrMore(NamedTuple):
    """The list may be written as one bare value."""


Id = Annotated[str, Is.ID]
Line = Annotated[str, Is.LINE]
Quote = Annotated[str, Is.QUOTE]
Url = Annotated[str, Is.URL]
Language = Annotated[str, Is.LANGUAGE]
RuleId = Annotated[str, Is.RULE]
Colour = Annotated[str, Is.COLOUR]
ArticleRef = Annotated[str, Ref(("article",))]
StoredRef = Annotated[str, Ref(("stored article",))]
ClaimRef = Annotated[str, Ref(("claim",))]
EntityRef = Annotated[str, Ref(("entity",))]
OriginRef = Annotated[str, Ref(("origin",))]
LinkRef = Annotated[str, Ref(("origin",), words=("self",))]
PartyRef = Annotated[str, Ref(("entity", "publisher"))]
PublisherRef = Annotated[str, Ref(("publisher",))]
RatingRef = Annotated[str, Ref(("rating",))]
TopicRef = Annotated[str, Ref(("topic",))]


class Basis(StrEnum):
    """How a date is known."""

    STATED = "stated"
    """The document prints it."""
    INFERRED = "inferred"
    """We read it out of what the document says."""
    COMPUTED = "computed"
    """We counted it from another date."""


class Form(StrEnum):
    """What kind of document an article is."""

    REPORT = "report"
    """A news report in the outlet's own words."""
    WIRE = "wire"
    """A report of a news agency."""
    REPRINT = "reprint"
    """A report that another outlet published first."""
    PRESS_RELEASE = "press-release"
    """A text that a party gives to the press."""
    FILING = "filing"
    """A paper put before a court or an authority."""
    TRANSCRIPT = "transcript"
    """Spoken words, written down."""
    MACHINE_PARAPHRASE = "machine-paraphrase"
    """A report that a machine has reworded, so that its words are nobody’s."""
    REVIEW = "review"
    """A fact check by another desk."""


class EntityKind(StrEnum):
    """What a named thing is."""

    PERSON = "person"
    """A human being."""
    ORGANIZATION = "organization"
    """A company, an authority or any other body."""
    PRODUCT = "product"
    """Something made or offered."""
    PLACE = "place"
    """A country, a town or any other place."""
    LAW = "law"
    """A law, an order or any other legal act."""


class OriginKind(StrEnum):
    """In what shape information reached an article. `unnamed` is an origin that nobody names ("people familiar")."""

    STATEMENT = "statement"
    """Words that a party gave out."""
    MEMO = "memo"
    """A letter or message within a body."""
    REPORT = "report"
    """An outlet's own reporting."""
    ORDER = "order"
    """An order of a government or a court."""
    FILING = "filing"
    """A paper put before a court or an authority."""
    BROADCAST = "broadcast"
    """Words said on the air."""
    UNNAMED = "unnamed"
    """People whom nobody names: "people familiar with the talks"."""


class ClaimKind(StrEnum):
    """What a claim asserts."""

    EVENT = "event"
    """Something happened."""
    STATEMENT = "statement"
    """Somebody said something."""
    STATE = "state"
    """Something is so."""
    NUMBER = "number"
    """Something is so many or so much."""
    DATE = "date"
    """Something is due or happened on a day."""
    PREDICTION = "prediction"
    """Something will happen."""
    ALLEGATION = "allegation"
    """Somebody is said to have done something, and it is contested."""


class Addressed(StrEnum):
    """What has an address of its own on the site. A source is an article, stored or linked."""

    CLAIM = "claim"
    """A claim, at /claims/."""
    SOURCE = "source"
    """An article, at /sources/."""
    ENTITY = "entity"
    """Whom or what claims are about, at /entities/."""
    STATEMENT = "statement"
    """Words that somebody said, at /statements/."""


class Stance(StrEnum):
    """How an article stands to a claim. An article without evidence is silent, which is never support."""

    SUPPORTS = "supports"
    """The article asserts it, in its own voice or by relaying somebody whom it names."""
    DISPUTES = "disputes"
    """The article asserts something that cannot hold together with it."""
    QUALIFIES = "qualifies"
    """The article bears on it with another scope, certainty or precision."""
    MENTIONS = "mentions"
    """The article touches the matter and decides nothing."""


class Glyph(StrEnum):
    """What the mark of a rating shows, so that it can be told without its colour."""

    TICK = "tick"
    """It holds."""
    TILDE = "tilde"
    """It holds in part, or not quite."""
    DOT = "dot"
    """Neither one nor the other."""
    QUESTION = "question"
    """It can’t be told."""
    BAR = "bar"
    """It is not judged."""
    CROSS = "cross"
    """It does not hold."""


# A place is kept as one integer, since a record of ten thousand claims has half a million of them: the line, the column
# in 28 bits, which is more than a file has characters, and the length in 16.
def pack(line: int, column: int, length: int) -> int:
    return line << 44 | column << 16 | min(length, 0xFFFF)


@dataclass(slots=True, eq=False)
class Piece:
    """A stretch of a file: the whole, or a claim, which keeps its places when others before it grow or shrink."""

    path: str
    line: int = 0
    """Lines of the file before it."""

    def mark(self, packed: int) -> Mark:
        """The place that `pack` made of a line of this stretch, a column and a length."""
        return Mark(self.path, self.line + (packed >> 44), packed >> 16 & 0xFFFFFFF, packed & 0xFFFF)


NOWHERE = Piece("")


@dataclass(slots=True, kw_only=True)
class Placed:
    """A record that knows where it stands: `at()` is its own place, `at("quote", 1)` that of its second quote."""

    piece: Piece = field(default=NOWHERE, repr=False, compare=False)
    marks: Mapping[tuple[str, int], int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def path(self) -> str:
        """Of the file."""
        return self.piece.path

    def at(self, name: str = "", index: int = 0) -> Mark:
        packed = self.marks.get((name, index)) or self.marks.get((name, 0)) or self.marks.get(("", 0))
        return self.piece.mark(packed) if packed else Mark(self.path)


@dataclass(slots=True, kw_only=True)
class License(Placed):
    """Under which licence others may use the record."""

    name: Line
    """Its identifier in the SPDX list: CC-BY-4.0."""
    url: Url
    """Where its text stands."""


@dataclass(slots=True, kw_only=True)
class About(Placed):
    """What the publication as a whole is about."""

    title: Line
    """Name of the affair, over each page: "TikTok: the 2020 US sale"; that of the publication is the `site_name`."""
    question: Line | None = None
    """Headline of the home page."""
    in_language: Language = "en"
    """Language of the publication and of its interface, as a BCP 47 tag."""
    checked: Date
    """Day on which the record was last checked in full."""
    note: str = ""
    """What a reader must know of all dates or all articles together; shown with the chronology."""
    license: License | None = None
    """How others may use the data. The words of the articles belong to their publishers."""


@dataclass(slots=True, kw_only=True)
class Topic(Placed):
    """A way into the claims. The order in the record is the order on the site."""

    id: Id
    """Short permanent name."""
    name: Line
    """As readers see it."""


@dataclass(slots=True, kw_only=True)
class Rating(Placed):
    """A step of the scale on which editors give verdicts. The record has them from the worst to the best."""

    id: Id
    """Short permanent name."""
    name: Line
    """The verdict in words: "Mostly right"."""
    value: int | None = None
    """Its number on the scale, from 1; left out where the verdict is no step of it, such as "Can't be told"."""
    light: Colour
    """Its colour on a light ground, as "#5b3391"."""
    dark: Colour
    """Its colour on a dark ground."""
    glyph: Glyph
    """What its mark shows."""
    meaning: str
    """When editors give it."""


@dataclass(slots=True, kw_only=True)
class Publisher(Placed):
    """An outlet that publishes articles or is cited by them."""

    id: Id
    """Short permanent name."""
    name: Line
    """Full name, as the articles print it."""
    short: Line | None = None
    """Name for tables, where the full one is long."""
    url: Url | None = None
    """Address of its site."""
    owner: Line | None = None
    """Who owns it, where that bears on independence."""


@dataclass(slots=True, kw_only=True)
class Entity(Placed):
    """A person, organisation, product, place or legal act that claims are about."""

    id: Id
    """Short permanent name, the address of its page."""
    kind: EntityKind
    """What it is."""
    name: Line
    """As readers see it."""
    aliases: tuple[Line, ...] = ()
    """Other names that the articles use for it, as they print them."""
    role: Line | None = None
    """What it is in this affair, in a few words."""
    same_as: Annotated[tuple[Url, ...], OneOrMore()] = ()
    """Addresses that identify it elsewhere."""
    former_ids: tuple[Id, ...] = ()
    """Ids that it was published under before, the oldest first; their addresses lead here."""


@dataclass(slots=True, kw_only=True)
class Origin(Placed):
    """Where information comes from, when an article relays it."""

    id: Id
    """Short permanent name."""
    kind: OriginKind
    """In what shape it reached the article."""
    party: PartyRef | None = None
    """Who said or published it; left out for an unnamed origin."""
    date: Date | None = None
    """When it was said or published."""
    title: Line
    """As readers see it in a chain: "Microsoft statement"."""


@dataclass(slots=True, kw_only=True)
class Wording(Placed):
    """A statement as one article prints it."""

    article: StoredRef
    """The article that prints it."""
    exact: Annotated[tuple[Quote, ...], OneOrMore()]
    """The words, verbatim; a list where the article breaks them with "X said"."""
    note: str | None = None
    """What a reader should know of this wording."""


@dataclass(slots=True, kw_only=True)
class Statement(Placed):
    """Words that somebody said or wrote, in every wording that the articles give them."""

    id: Id
    """Short permanent name."""
    title: Line
    """Speaker and occasion, as a heading: "Kevin Mayer, memo to staff"."""
    speaker: EntityRef | None = None
    """Who spoke; left out where no document names the speaker."""
    origin: OriginRef | None = None
    """The document or occasion."""
    canonical: Wording | None = None
    """The wording to quote, never a machine paraphrase's; left out where no article prints the words unchanged."""
    variants: tuple[Wording, ...] = ()
    """Every other wording, garbled ones too."""
    former_ids: tuple[Id, ...] = ()
    """Ids that it was published under before, the oldest first; their addresses lead here."""
    waivers: Mapping[RuleId, str] = field(default_factory=dict)
    """Rules that do not hold for this statement, each with its reason."""


@dataclass(slots=True, kw_only=True)
class Evidence(Placed):
    """What one article says that bears on a claim, word for word."""

    article: ArticleRef
    """The article. A linked one never counts for the badge, since its words can't be verified."""
    stance: Stance
    """How the article stands to the claim."""
    quote: Annotated[tuple[Quote, ...], OneOrMore()] = ()
    """The words of the article, verbatim; a list where the passage is split; left out only where it is linked."""
    origin: Annotated[tuple[LinkRef, ...], OneOrMore()] = ()
    """Whom the article relays, nearest first; `self` where it reports at first hand; left out where it does not say."""
    hedge: Line | None = None
    """The article's own word of caution, which must stand in the article beside the quote: "reportedly"."""
    value: Line | None = None
    """Its answer to the claim's question, in its own words."""
    date: Date | None = None
    """Its dating of the event."""
    date_words: Line | None = None
    """Its own words for the date: "last month"."""
    date_basis: Basis = Basis.STATED
    """Whether it states the date or we worked it out from what it says."""
    error: str | None = None
    """The document's own slip in these words, shown as such; the quotation stands as printed."""
    note: str | None = None
    """Why this stance, where a reader might ask; shown as our reading."""


@dataclass(slots=True, kw_only=True)
class Correction(Placed):
    """A change to a published claim that readers must know of."""

    date: Date
    """The day of the change."""
    what: str
    """What was wrong and what it says now."""


@dataclass(slots=True, kw_only=True)
class Withdrawal(Placed):
    """Why a published claim no longer stands; its page stays."""

    date: Date
    """The day of the withdrawal."""
    reason: str
    """Why, for readers."""
    merged_into: ClaimRef | None = None
    """The claim that took its place."""


@dataclass(slots=True, kw_only=True)
class AsGiven(Placed):
    """A rating as it was given elsewhere, on the scale of those who gave it."""

    name: Line | None = None
    """Its words: "Pants on Fire!"."""
    value: Line | None = None
    """Its number, as printed: "4.5"."""
    best: Line | None = None
    """The number of the best rating on that scale."""
    worst: Line | None = None
    """The number of the worst rating on that scale."""


@dataclass(slots=True, kw_only=True)
class Verdict(Placed):
    """What a claim is judged to be, by the editors or by another desk. It is theirs and no part of the badge."""

    rating: RatingRef
    """The step of the scale; for a verdict given elsewhere, the step that it comes to."""
    article: ArticleRef | None = None
    """The article in which it was given, where it was given elsewhere; its publisher is who judged."""
    as_given: AsGiven | None = None
    """The rating as it stands in that article."""
    explanation: str | None = None
    """Why, in a few sentences; left out only where it was given elsewhere."""
    by: Line | None = None
    """Who judged, where that is not the publication as a whole, or not the publisher of the article."""
    date: Date | None = None
    """The day of the verdict; left out only where it was given elsewhere, and then it is that of the article."""


@dataclass(slots=True, kw_only=True)
class Claim(Placed):
    """One assertion that could be true or false, with all that the articles say about it."""

    id: Id
    """Permanent name, the address of its page; it names the matter, not the answer."""
    text: str
    """The assertion: one sentence, with a full stop."""
    short: Line
    """Six words or so, for tables."""
    kind: ClaimKind
    """What it asserts."""
    topic: TopicRef | None = None
    """Where it stands in the lists."""
    entities: tuple[EntityRef, ...] = ()
    """Whom or what it is about."""
    claimant: EntityRef | None = None
    """Who made the claim, where it is somebody's."""
    claimed: Date | None = None
    """When they made it."""
    question: Line | None = None
    """What the articles answer differently: "When must the sale be done?"."""
    facet: Line | None = None
    """What they differ on, to follow "Sources disagree on the": "reason"."""
    date: Date | None = None
    """When it happened or holds: the editor's reading of the evidence."""
    date_basis: Basis | None = None
    """How that date is known."""
    date_note: str | None = None
    """How it was inferred or computed."""
    after: tuple[ClaimRef, ...] = ()
    """Claims that this one follows, where the articles give an order."""
    before: tuple[ClaimRef, ...] = ()
    """Claims that this one precedes, where the articles give an order."""
    summary: str | None = None
    """One or two sentences: what a reader takes away."""
    why_differ: str | None = None
    """Why the articles may differ; ours, and shown as ours."""
    would_change: tuple[str, ...] = ()
    """Findings that would change status or text."""
    evidence: tuple[Evidence, ...] = ()
    """What each article says."""
    verdict: Annotated[tuple[Verdict, ...], OneOrMore()] = ()
    """What the editors or other desks judge it to be, the leading one first; shown apart from the badge."""
    corrections: tuple[Correction, ...] = ()
    """Changes that readers must know of, oldest first."""
    withdrawn: Withdrawal | None = None
    """Set when the claim no longer stands."""
    former_ids: tuple[Id, ...] = ()
    """Ids that it was published under before, the oldest first; their addresses lead here."""
    waivers: Mapping[RuleId, str] = field(default_factory=dict)
    """Rules that do not hold for this claim, each with its reason."""


@dataclass(slots=True, kw_only=True)
class Removed(Placed):
    """A tombstone: something that was published and had to go whole. Its address stays and says why."""

    kind: Addressed
    """What it was."""
    id: Id
    """Its id, and so its address; never given again."""
    date: Date
    """The day of the removal."""
    reason: str
    """Why, for readers."""


@dataclass(slots=True, kw_only=True)
class NotUsed(Placed):
    """Words of an article that no claim needs."""

    exact: Quote
    """The words, verbatim."""
    reason: str
    """Why no claim needs them."""


@dataclass(slots=True, kw_only=True)
class Article(Placed):
    """A stored article: its front matter and the words as printed. It is evidence and is never published whole."""

    linked: ClassVar[bool] = False
    id: Id = ""
    """Its file name."""
    label: Line | None = None
    """What we call the document where it names no publisher; our words."""
    headline: Line | None = None
    """As printed; left out where the document prints none."""
    publisher: PublisherRef | None = None
    """Left out where the text does not say."""
    publisher_note: str | None = None
    """What is known of the publisher, and how."""
    author: Line | None = None
    """As printed."""
    date_published: Date | None = None
    """When it was published or written."""
    date_basis: Basis | None = None
    """Whether the document prints that date, or we worked it out."""
    date_note: str | None = None
    """How an inferred or computed date was found."""
    url: Url | None = None
    """Address of the original."""
    archive_url: Url | None = None
    """Address of an archived copy."""
    date_retrieved: Date | None = None
    """When the stored text was taken."""
    in_language: Language | None = None
    """Language of the text, as a BCP 47 tag; left out, the text is read as one in the language of the publication."""
    republished_from: PublisherRef | None = None
    """The outlet that the document names as its original publisher."""
    reprint_of: StoredRef | None = None
    """The stored article that this one prints again; the two count as one."""
    former_ids: tuple[Id, ...] = ()
    """Ids that it was published under before, the oldest first; their addresses lead here."""
    form: Form = Form.REPORT
    """What kind of document it is."""
    noise: tuple[Line, ...] = ()
    """Lines that are not the article (adverts, share buttons): never quotable."""
    not_used: tuple[NotUsed, ...] = ()
    """Passages left out on purpose."""
    waivers: Mapping[RuleId, str] = field(default_factory=dict)
    """Rules that do not hold for this article, each with its reason."""
    body: str = field(default="", repr=False)
    """The words as printed, without the front matter."""
    body_line: int = 1
    """Line of the file on which the words begin."""


@dataclass(slots=True, kw_only=True)
class LinkedArticle(Article):
    """An article whose text is not stored, only its address, so that nothing that it is said to say can be verified."""

    linked: ClassVar[bool] = True
    id: Id
    """Short permanent name, the address of its page; kept when the text is stored later."""
    url: Url
    """Address of the original."""


@dataclass(slots=True, kw_only=True)
class Head(Placed):
    """The front matter of a hand-written page."""

    title: Line | None = None
    """Of the document; else its first heading."""
    description: Line | None = None
    """For search engines."""


@dataclass(slots=True, kw_only=True)
class ClaimFile(Placed):
    """A file below `claims/`, for records of many claims. They count as if they stood in `claims.yaml`."""

    claims: tuple[Claim, ...]
    """The assertions."""


@dataclass(slots=True, kw_only=True)
class Record(Placed):
    """Everything that editors wrote: the top level of `claims.yaml`, and the stored articles."""

    about: About
    """What the publication is about."""
    ratings: tuple[Rating, ...] = ()
    """The scale of verdicts, worst first; left out where editors give none."""
    topics: tuple[Topic, ...] = ()
    """Ways into the claims, in the order of the site."""
    publishers: tuple[Publisher, ...] = ()
    """Outlets that publish articles or are cited by them."""
    entities: tuple[Entity, ...] = ()
    """Whom and what the claims are about."""
    origins: tuple[Origin, ...] = ()
    """Where information comes from."""
    articles: tuple[LinkedArticle | Article, ...] = ()
    """Linked articles, whose text is not stored; the stored ones join them, read from `content/articles/`."""
    statements: tuple[Statement, ...] = ()
    """Words that somebody said, in every wording."""
    claims: tuple[Claim, ...] = ()
    """The assertions. Where they are many, files below `claims/` may hold them, each under `claims` alone."""
    removed: tuple[Removed, ...] = ()
    """What was published and had to go. A claim that no longer stands is withdrawn and stays."""
    locks: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each stored text by article id; read from `articles.lock`."""
    addresses: tuple[str, ...] = ()
    """Addresses that were published, relative to the site; read from `addresses.lock`."""
