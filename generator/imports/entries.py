"""Reviews made elsewhere and a record -> what they add to it: entries of each kind, as plain fields of the model.

A review's page and the places where the claim appeared become linked articles; the review itself a verdict, in its own
words and on the step of the record's scale that it comes to. Reviews of one claim by one claimant are verdicts of one
claim. What is there already, by its address, name or words, is used and not added again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..model import Form, Record
from ..problems import Mark, Problem, Severity, visible
from . import clean
from .facts import Review
from .known import Fields, Known, key
from .ratings import Ratings

SHORT = 60
"""Characters of a claim in tables, where the file gives no short form."""


@dataclass(slots=True)
class Additions:
    """Entries by the list of the record in which they belong, and those for lists of claims that it has, by id."""

    lists: dict[str, list[Fields]] = field(default_factory=dict)
    claims: dict[str, dict[str, list[Fields]]] = field(default_factory=dict)
    read: int = 0
    new: int = 0
    """Claims."""
    merged: int = 0
    """Reviews of a claim that another review or the record has."""
    known: int = 0
    """Reviews that were there already."""


def entries(reviews: Iterable[Review], record: Record, rates: Mapping[str, str], problems: list[Problem]) -> Additions:
    """What reviews add to a record. `rates` are ids of ratings by folded words, as the editor gives them."""
    taking = _Taking(record, Ratings(record, rates), problems)
    for review in reviews:
        taking.take(review)
    return taking.finished()


class _Taking:
    """The work on one file."""

    def __init__(self, record: Record, ratings: Ratings, problems: list[Problem]) -> None:
        self.known, self.ratings, self.problems, self.added = Known(record), ratings, problems, Additions()
        names = {item.id: item.name for item in record.entities}
        self.claims = {_same(claim.text, names.get(claim.claimant or "", "")): claim.id for claim in record.claims}
        self.judged = set(_judged(record))
        self.before: list[Mark] = []
        """Reviews that the record had before: told once, since a feed is imported again and again."""
        self.fresh: dict[str, Fields] = {}
        """New claims by id."""
        self.seen: dict[tuple[str, str], Review] = {}
        self.gave = False
        """Whether the review at work gave its claim anything that it did not have."""
        self.cited = {(c.id, e.article, e.stance.value) for c in record.claims for e in c.evidence}

    def say(self, mark: Mark, code: str, level: Severity, message: str, help: str) -> None:
        self.problems.append(Problem(mark, message, help, code, level))

    def take(self, review: Review) -> None:
        self.added.read += 1
        if review.page and clean.same_page(review.page.url) in self.judged:
            self.before.append(review.mark)
            self.added.known += 1
            return
        same = _same(review.claim, review.claimant.name if review.claimant else "")
        id = self.claims.get(same)
        if id is not None and self.repeated(review, id):
            self.added.known += 1
            return
        new = id is None
        if id is None:
            id = self.claims[same] = self.claim(review)
        self.seen[id, _page(review)] = review
        self.gave = False
        self.verdict(review, id)
        for appearance in review.appearances:
            self.cite(id, self.known.article(appearance), "supports")
        self.added.new += new
        self.added.merged += not new and self.gave
        self.added.known += not new and not self.gave

    def repeated(self, review: Review, id: str) -> bool:
        """Whether this page's review of a claim was taken already; that it differs is said."""
        before = self.seen.get((id, _page(review)))
        if before is None and (review.page is not None or id in self.fresh):
            return False
        if before is None or (before.rated, before.explanation) == (review.rated, review.explanation):
            said, level, help = "this review is there already: passed over", Severity.NOTE, "nothing is to be done"
        else:
            said = f"this review stands in line {before.mark.line} with another rating or explanation: passed over"
            level, help = Severity.WARNING, "keep the right one in the file"
        self.say(review.mark, "import-merged", level, said, help)
        return True

    def claim(self, review: Review) -> str:
        """A new claim, as yet without evidence and verdicts."""
        who = review.claimant
        if who and not who.kind and not self.known.knows("entities", who.name):
            said = f'the file does not say what "{visible(who.name)}" is: written as a person'
            self.say(review.mark, "import-mended", Severity.NOTE, said, 'change its "kind" in entities, if it is none')
        fields: Fields = {
            "text": review.claim,
            "short": review.short or clean.cut(review.claim, SHORT),
            "kind": "allegation",
            "topic": self.known.topic(review.topic) if review.topic else "",
            "claimant": self.known.entity(who) if who else "",
            "claimed": review.claimed,
            "summary": review.summary,
        }
        id = self.known.add("claims", review.claim, "claim", fields)
        self.fresh[id] = self.known.added["claims"][-1]
        return id

    def verdict(self, review: Review, id: str) -> None:
        """What a review judges; where it gives no rating that stands for anything, that it bears on the claim."""
        rating = self.ratings.of(review.rated, review.mark) if review.rated else ""
        if review.page is None:
            if rating and review.explanation and review.judged:
                fields: Fields = {"explanation": review.explanation, "by": review.judge, "date": review.judged}
                self.put(id, "verdict", {"rating": rating, **fields})
            elif review.rated:
                said = "the verdict is left out: it has no address, and without one it needs explanation and date"
                self.say(review.mark, "import-value", Severity.WARNING, said, "add the address of the review")
            return
        article = self.known.article(review.page, "review")
        if rating and review.rated:
            given = {name: value for name, value in review.rated._asdict().items() if value}
            judge = review.page.publisher if self.known.outlet(article) != self.known.publisher(review.page) else ""
            fields = {"rating": rating, "article": article, "as_given": given, "explanation": review.explanation}
            self.put(id, "verdict", {**fields, "by": judge})
            return
        if not review.rated:
            said = f'the review "{review.page.url}" gives no rating: it is linked as an article that bears on the claim'
            self.say(review.mark, "import-rating", Severity.NOTE, said, "add a verdict by hand, if it has one")
        said = f"{review.page.publisher}: “{review.explanation}”" if review.explanation else ""
        self.cite(id, article, "mentions", said)  # marked as theirs, since a note is read as ours

    def cite(self, id: str, article: str, stance: str, note: str = "") -> None:
        if (id, article, stance) not in self.cited:
            self.cited.add((id, article, stance))
            self.put(id, "evidence", {"article": article, "stance": stance, "note": note})

    def put(self, id: str, name: str, fields: Fields) -> None:
        """Adds to a list of a claim."""
        self.gave = True
        claim = self.fresh.get(id)
        lists = claim if claim is not None else self.added.claims.setdefault(id, {})
        lists.setdefault(name, []).append({name: value for name, value in fields.items() if value})

    def finished(self) -> Additions:
        for fields in self.fresh.values():
            if len(fields.get("verdict", ())) == 1:
                (fields["verdict"],) = fields["verdict"]
        self.problems += self.ratings.told()
        if self.before:
            said = f"the record has this review already{_more(self.before)}: passed over"
            self.say(self.before[0], "import-merged", Severity.NOTE, said, "nothing is to be done")
        self.added.lists = self.known.finished()
        if ratings := self.ratings.added():
            self.added.lists["ratings"] = ratings
        return self.added


def _more(marks: list[Mark]) -> str:
    return f", and {len(marks) - 1:,} more" if len(marks) > 1 else ""


def _same(text: str, claimant: str) -> tuple[str, str]:
    """What two reviews of one claim have in common."""
    return key(text), key(claimant)


def _page(review: Review) -> str:
    """What tells apart two reviews of one claim: their addresses, else their words."""
    if review.page:
        return clean.same_page(review.page.url)
    return f"{review.judge}\n{review.rated}\n{review.explanation}"


def _judged(record: Record) -> Iterator[str]:
    """The pages whose reviews a record has."""
    pages = {item.id: clean.same_page(item.url) for item in record.articles if item.url}
    reviews = {item.id for item in record.articles if item.form is Form.REVIEW}
    for claim in record.claims:
        for verdict in claim.verdict:
            if verdict.article in pages:
                yield pages[verdict.article]
        yield from (pages[e.article] for e in claim.evidence if e.article in reviews and e.article in pages)
