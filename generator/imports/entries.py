"""Reviews made elsewhere and a record -> what they add to it: entries of each kind, as plain fields of the model.

A review's page and the places where the claim appeared become linked articles; the review itself a verdict, in its own
words and on the step of the record's scale that it comes to. Reviews of one claim by one claimant are verdicts of one
claim. What is there already, by its address, name or words, is used and not added again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..dates import Date
from ..model import Claim, Form, Record
from ..problems import Mark, Problem, Severity, visible
from . import clean
from .facts import Page, Review
from .known import Fields, Known, key
from .ratings import Ratings
from .scale import folded

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
    left: int = 0
    """Reviews that are left for an editor."""


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
        living = sorted(record.claims, key=lambda claim: claim.withdrawn is None)  # of two with one text, that counts
        self.claims = {_same(claim.text, names.get(claim.claimant or "", "")): claim.id for claim in living}
        self.had = {claim.id: claim for claim in record.claims}
        self.judged: dict[str, dict[str, str]] = {}
        """By page: the claims of the record that it judges, by words."""
        for page, claim in _judged(record):
            self.judged.setdefault(page, {})[key(claim.text)] = claim.id
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
        judged = self.judged.get(clean.same_page(review.page.url), {}) if review.page else {}
        if key(review.claim) in judged:
            self.before.append(review.mark)
            self.added.known += 1
            return
        same = _same(review.claim, review.claimant.name if review.claimant else "")
        id = self.claims.get(same)
        if why := self.unwanted(review, id, list(judged.values())):
            said, help = why
            self.say(review.mark, "import-left-out", Severity.WARNING, f"{said}: the review is left out", help)
            self.added.left += 1
            return
        if id is not None and self.repeated(review, id):
            self.added.known += 1
            return
        new = id is None
        if id is None:
            id = self.claims[same] = self.claim(review)
        self.gave = False
        self.more(review, id)
        self.seen[id, _page(review)] = review
        self.verdict(review, id)
        for appearance in review.appearances:
            self.cite(id, self.article(review, appearance), "supports")
        self.added.new += new
        self.added.merged += not new and self.gave
        self.added.known += not new and not self.gave

    def unwanted(self, review: Review, id: str | None, judged: list[str]) -> tuple[str, str] | None:
        """Why a review is for an editor to take in, and not for a program; and what they can do."""
        if judged:
            said = f'the record has its page, for claim "{judged[0]}", whose words differ'
            return said, "nothing is to be done if that is this claim, in your words; else add it by hand"
        if id in self.had and (withdrawn := self.had[id].withdrawn):
            into = f' and merged into "{withdrawn.merged_into}"' if withdrawn.merged_into else ""
            return f'claim "{id}" is withdrawn{into}', "add its verdict by hand to the claim that it bears on"
        if gone := self.known.removed(review, new=id is None):
            said = f'{gone.kind} "{gone.id}" was removed, and this would bring it back'
            return said, "if it is another, add it by hand under another id"
        return None

    def repeated(self, review: Review, id: str) -> bool:
        """Whether this review of a claim was taken already; that it differs is said."""
        before = self.seen.get((id, _page(review)))
        if before is None and (review.page is not None or not self.has(review, id)):
            return False
        if before is None or (before.rated, before.explanation) == (review.rated, review.explanation):
            said, level, help = "this review is there already: passed over", Severity.NOTE, "nothing is to be done"
        else:
            said = f"this review stands in line {before.mark.line} with another rating or explanation: passed over"
            level, help = Severity.WARNING, "keep the right one in the file"
        self.say(review.mark, "import-merged", level, said, help)
        return True

    def has(self, review: Review, id: str) -> bool:
        """Whether a claim of the record has all that a review without an address says."""
        if id not in self.had or any((id, page, "supports") not in self.cited for page in self.pages(review)):
            return False
        said = (review.judge, review.explanation, review.judged)
        verdicts = [(v.by or "", v.explanation or "", v.date.edtf if v.date else "") for v in self.had[id].verdict]
        return said in verdicts or not (review.rated or review.explanation)

    def pages(self, review: Review) -> list[str]:
        """The ids of the articles in which a claim appeared; nothing for those that are new."""
        return [self.known.at(page.url) for page in review.appearances]

    def claim(self, review: Review) -> str:
        """A new claim, as yet without evidence and verdicts."""
        who = review.claimant
        if who and not who.kind and not self.known.knows("entities", who.name):
            said = f'the file does not say what "{visible(who.name)}" is: written as a person'
            self.say(review.mark, "import-mended", Severity.NOTE, said, 'change its "kind" in entities, if it is none')
        fields: Fields = {
            "text": review.claim,
            "short": clean.cut(review.claim, SHORT),
            "kind": "allegation",
            "claimant": self.known.entity(who)[0] if who else "",
        }
        id = self.known.add("claims", review.claim, "claim", fields)
        self.fresh[id] = self.known.added["claims"][-1]
        return id

    def more(self, review: Review, id: str) -> None:
        """What a review says of a claim besides its words, where nothing stands there; what differs is said."""
        topic = self.known.topic(review.topic) if review.topic else ""
        said = {"claimed": review.claimed, "topic": topic, "short": review.short, "summary": review.summary}
        other = self.known.entity(review.claimant)[1] if review.claimant else []
        fields = self.fresh.get(id)
        made = clean.cut(review.claim, SHORT)
        for name, value in said.items():
            if not value:
                continue
            has = str(fields.get(name, "")) if fields is not None else _plain(getattr(self.had[id], name))
            if fields is not None and (not has or (name == "short" and has == made)):
                fields[name] = value
            elif has != value:
                other.append(f"{name}: {value}")
        self.other(review, f'claim "{id}"', other)

    def article(self, review: Review, page: Page, form: str = "") -> str:
        id, other = self.known.article(page, form)
        self.other(review, f'article "{id}"', other)
        return id

    def other(self, review: Review, entry: str, other: list[str]) -> None:
        """Says what a review says of an entry that says something else, or nothing and is not ours to change."""
        if other:
            said = f"{entry} stays as it is, and does not take over {'; '.join(visible(one[:120]) for one in other)}"
            self.say(review.mark, "import-merged", Severity.NOTE, said, "change the record, if the file knows better")

    def verdict(self, review: Review, id: str) -> None:
        """What a review judges; where it gives no rating that stands for anything, that it bears on the claim."""
        if review.page is None:
            self.unplaced(review, id)
            return
        rating = self.ratings.of(review.rated, review.mark) if review.rated else ""
        article = self.article(review, review.page, "review")
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

    def unplaced(self, review: Review, id: str) -> None:
        """The verdict of a review that has no address, and so no article to which its words could be traced."""
        rating = self.ratings.of(review.rated, review.mark) if review.rated else ""
        if rating and review.rated and review.explanation and review.judged:
            fields: Fields = {"explanation": review.explanation, "by": review.judge, "date": review.judged}
            self.put(id, "verdict", {"rating": rating, **fields})
            if folded(review.rated.told) != folded(rating):
                said = (
                    f'the rating as given, "{visible(review.rated.told)}", is left out, since the review has no address'
                )
                self.say(review.mark, "import-value", Severity.WARNING, said, "add the address of the review")
            return
        parts = {
            "rating": review.rated.told if review.rated else "",
            "explanation": review.explanation,
            "by": review.judge,
            "date": review.judged,
        }
        if lost := [f"{name}: {visible(value[:120])}" for name, value in parts.items() if value]:
            needs = "without an address it needs rating, explanation and date"
            said = f"the verdict is left out, since {needs}: {'; '.join(lost)}"
            self.say(review.mark, "import-value", Severity.WARNING, said, "add the address of the review")

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
    return f"{review.judge}\n{review.judged}\n{review.rated}\n{review.explanation}"


def _plain(value: Any) -> str:
    return value.edtf if isinstance(value, Date) else str(value or "")


def _judged(record: Record) -> Iterator[tuple[str, Claim]]:
    """The pages whose reviews a record has, and the claims that they judge."""
    pages = {item.id: clean.same_page(item.url) for item in record.articles if item.url}
    reviews = {item.id for item in record.articles if item.form is Form.REVIEW}
    for claim in record.claims:
        articles = {verdict.article for verdict in claim.verdict}
        articles |= {e.article for e in claim.evidence if e.article in reviews}
        yield from ((pages[id], claim) for id in articles if id in pages)
