"""Reviews made elsewhere and a record -> what they add to it: entries of each kind, as plain fields of the model.

A review's page and the places where the claim appeared become linked articles; the review itself a verdict, in its own
words and on the step of the record's scale that it comes to. Reviews of one claim by one claimant are verdicts of one
claim. What is there already, by its address, name or words, is used and not added again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..letters import folded
from ..model import Addressed, Form, Glyph, Record
from ..problems import Mark, Problem, Severity, visible
from . import clean, scale
from .facts import Page, Rated, Review, Who
from .naming import Ids

SHORT = 60
Fields = dict[str, Any]


@dataclass(slots=True)
class Additions:
    """Entries by the list of the record in which they belong, and what is added to claims that are there."""

    lists: dict[str, list[Fields]] = field(default_factory=dict)
    verdicts: dict[str, list[Fields]] = field(default_factory=dict)
    """By the id of the claim; so is evidence."""
    evidence: dict[str, list[Fields]] = field(default_factory=dict)
    read: int = 0
    new: int = 0
    """Claims."""
    merged: int = 0
    """Reviews of a claim that another review or the record has."""
    known: int = 0
    """Reviews that were there already."""


def entries(
    reviews: Iterable[Review], record: Record, rates: Mapping[str, str], problems: list[Problem]
) -> Additions:
    """What reviews add to a record. `rates` are ratings by folded words, as the editor gives them."""
    taking = _Taking(record, rates, problems)
    for review in reviews:
        taking.take(review)
    taking.tell()
    return taking.added


def claim_key(text: str, claimant: str) -> tuple[str, str]:
    """What two reviews of one claim have in common."""
    return " ".join(folded(text)) or text, " ".join(folded(claimant)) or claimant


class _Taking:
    """The work on one file: what the record knows, by what it is found, and what is added."""

    def __init__(self, record: Record, rates: Mapping[str, str], problems: list[Problem]) -> None:
        self.record, self.rates, self.problems, self.added = record, rates, problems, Additions()
        gone = {kind: [item.id for item in record.removed if item.kind is kind] for kind in Addressed}
        self.ids = {
            "claims": Ids([*_every(record.claims), *gone[Addressed.CLAIM]]),
            "articles": Ids([*_every(record.articles), *gone[Addressed.SOURCE]]),
            "entities": Ids([*_every(record.entities), *gone[Addressed.ENTITY]]),
            "publishers": Ids(_every(record.publishers)),
            "topics": Ids(_every(record.topics)),
        }
        self.entities = {_plain(name): item.id for item in record.entities for name in (item.name, *item.aliases)}
        self.publishers = {_plain(name): item.id for item in record.publishers for name in (item.name, item.short or "")}
        self.topics = {_plain(name): item.id for item in record.topics for name in (item.name, item.id)}
        self.articles = {clean.same_page(item.url): item.id for item in record.articles if item.url}
        called = {item.id: item.name for item in record.entities}
        self.claims: dict[tuple[str, str], str] = {}
        self.judged: set[str] = set()
        """Pages whose reviews the record had before."""
        self.seen: dict[tuple[str, str], Review] = {}
        self.verdicts: dict[str, list[Fields]] = {}
        self.cited: set[tuple[str, str, str]] = set()
        pages = {item.id: clean.same_page(item.url) for item in record.articles if item.url}
        reviews = {item.id for item in record.articles if item.form is Form.REVIEW}
        for claim in record.claims:
            self.claims.setdefault(claim_key(claim.text, called.get(claim.claimant or "", "")), claim.id)
            by_others = [verdict.article for verdict in claim.verdict if verdict.article]
            by_others += [evidence.article for evidence in claim.evidence if evidence.article in reviews]
            self.judged.update(pages[id] for id in by_others if id in pages)
            self.cited |= {(claim.id, evidence.article, evidence.stance.value) for evidence in claim.evidence}
        self.fresh: dict[str, Fields] = {}
        self.rated: dict[tuple[str, str], tuple[Mark, int, scale.Found]] = {}
        self.steps = [scale.Step(item.id, item.name, item.value) for item in record.ratings]
        if not self.steps:
            self.steps = [
                scale.Step(item["id"], item["name"], int(item["value"]) if "value" in item else None)
                for item in scale.STANDARD
            ]

    def add(self, kind: str, fields: Fields) -> str:
        self.added.lists.setdefault(kind, []).append({name: value for name, value in fields.items() if value})
        return str(fields["id"])

    def say(self, mark: Mark, code: str, level: Severity, message: str, help: str) -> None:
        self.problems.append(Problem(mark, message, help, code, level))

    def take(self, review: Review) -> None:
        self.added.read += 1
        page = clean.same_page(review.page.url) if review.page else ""
        if page in self.judged:
            self.added.known += 1
            said = f'the review "{review.page.url if review.page else ""}" is in the record already: passed over'
            self.say(review.mark, "import-merged", Severity.NOTE, said, "nothing is to be done")
            return
        key = claim_key(review.claim, review.claimant.name if review.claimant else "")
        id = self.claims.get(key)
        if id is not None and self.repeated(review, id, page):
            return
        if id is None:
            id = self.claims[key] = self.claim(review)
            self.added.new += 1
        else:
            self.added.merged += 1
        self.seen.setdefault((id, page or _words(review)), review)
        self.verdict(review, id)
        for appearance in review.appearances:
            self.cite(id, self.article(appearance, ""), "supports")

    def repeated(self, review: Review, id: str, page: str) -> bool:
        """Whether a review of this page and claim was taken already; another rating there is said."""
        before = self.seen.get((id, page or _words(review)))
        without = before is None and review.page is None and id not in self.fresh
        if before is None and not without:
            return False
        self.added.known += 1
        same = before is None or (before.rated, before.explanation) == (review.rated, review.explanation)
        where = f" ({before.mark.path}:{before.mark.line}:{before.mark.column})" if before else ""
        said = f"this review is there already{where}: passed over"
        if not same:
            said = f"this review is there already with another rating or explanation{where}: the first one is kept"
        level = Severity.NOTE if same else Severity.WARNING
        self.say(review.mark, "import-merged", level, said, "keep the right one" if not same else "nothing is to be done")
        return True

    def claim(self, review: Review) -> str:
        """A new claim, without its evidence and verdicts."""
        id = self.ids["claims"].new(review.claim, "claim")
        fields: Fields = {
            "id": id,
            "text": review.claim,
            "short": review.short or clean.cut(review.claim, SHORT),
            "kind": "allegation",
            "topic": self.topic(review.topic) if review.topic else "",
            "claimant": self.entity(review.claimant, review.mark) if review.claimant else "",
            "claimed": review.claimed,
            "summary": review.summary,
            "evidence": [],
            "verdict": [],
        }
        self.fresh[id] = fields
        self.added.lists.setdefault("claims", []).append(fields)
        return id

    def verdict(self, review: Review, id: str) -> None:
        """What a review judges; where it gives no rating that can be told, that it bears on the claim."""
        found = self.rating(review.rated, review.mark) if review.rated else ""
        given = {name: value for name, value in review.rated._asdict().items() if value} if review.rated else {}
        if review.page is None:
            if found and review.explanation and review.judged:
                fields = {"rating": found, "explanation": review.explanation, "by": review.judge, "date": review.judged}
                self.give(id, {name: value for name, value in fields.items() if value})
            elif review.rated:
                said = "the verdict is left out: it has no address, and without one it needs explanation and date"
                self.say(review.mark, "import-value", Severity.WARNING, said, "add the address of the review")
            return
        article = self.article(review.page, "review")
        if found:
            fields = {"rating": found, "article": article, "as_given": given, "explanation": review.explanation}
            self.give(id, {name: value for name, value in fields.items() if value})
            return
        if not review.rated:
            said = f'the review "{review.page.url}" gives no rating: it is linked as an article that bears on the claim'
            self.say(review.mark, "import-rating", Severity.NOTE, said, "add a verdict by hand, if it has one")
        self.cite(id, article, "mentions", review.explanation)

    def give(self, id: str, fields: Fields) -> None:
        if id in self.fresh:
            self.fresh[id]["verdict"].append(fields)
        else:
            self.added.verdicts.setdefault(id, []).append(fields)

    def cite(self, id: str, article: str, stance: str, note: str = "") -> None:
        if (id, article, stance) in self.cited:
            return
        self.cited.add((id, article, stance))
        fields = {"article": article, "stance": stance, **({"note": note} if note else {})}
        if id in self.fresh:
            self.fresh[id]["evidence"].append(fields)
        else:
            self.added.evidence.setdefault(id, []).append(fields)

    def article(self, page: Page, form: str) -> str:
        key = clean.same_page(page.url)
        if key not in self.articles:
            site = clean.site(page.url)
            words = f"{page.publisher or site} {page.headline or key.partition('/')[2]}"
            language = page.language if page.language not in ("", "en") else ""
            if not page.language and self.record.about.in_language != "en":
                language = self.record.about.in_language
            self.articles[key] = self.add(
                "articles",
                {
                    "id": self.ids["articles"].new(words, "article"),
                    "label": "" if page.publisher or page.headline else site,
                    "headline": page.headline,
                    "publisher": self.publisher(page) if page.publisher else "",
                    "author": page.author,
                    "date_published": page.published,
                    "date_basis": "stated" if page.published else "",
                    "url": page.url,
                    "in_language": language,
                    "form": form,
                },
            )
        return self.articles[key]

    def publisher(self, page: Page) -> str:
        name = page.publisher
        if _plain(name) not in self.publishers:
            id = self.ids["publishers"].new(name, "publisher")
            self.publishers[_plain(name)] = self.add("publishers", {"id": id, "name": name, "url": page.publisher_url})
        return self.publishers[_plain(name)]

    def entity(self, who: Who, mark: Mark) -> str:
        if _plain(who.name) not in self.entities:
            if not who.kind:
                said = f'the file does not say what "{visible(who.name)}" is: written as a person'
                self.say(mark, "import-mended", Severity.NOTE, said, "change its kind in entities, if it is none")
            id = self.ids["entities"].new(who.name, "entity")
            fields = {"id": id, "kind": who.kind or "person", "name": who.name, "same_as": list(who.same_as)}
            self.entities[_plain(who.name)] = self.add("entities", fields)
        return self.entities[_plain(who.name)]

    def topic(self, name: str) -> str:
        if _plain(name) not in self.topics:
            id = self.ids["topics"].new(name, "topic")
            self.topics[_plain(name)] = self.add("topics", {"id": id, "name": name})
        return self.topics[_plain(name)]

    def rating(self, rated: Rated, mark: Mark) -> str:
        """The rating that a review's comes to; how it was found is told once for each word."""
        word = rated.name or "/".join(filter(None, (rated.value, rated.best)))
        found = scale.step(rated, self.steps, self.rates)
        if not found.rating and (spare := self.spare()):
            self.steps.append(scale.Step(spare, "", None))
            self.add("ratings", {**scale.STANDARD[-1], "glyph": self.glyph()})
            found = found._replace(rating=spare)
        first, count, _ = self.rated.get((word, found.rating), (mark, 0, found))
        self.rated[word, found.rating] = (first, count + 1, found)
        return found.rating

    def spare(self) -> str:
        """The id of a rating for other words, where the record's scale has none and room for one."""
        names = {known.name.casefold() for known in self.steps}
        taken = scale.STANDARD[-1]["name"].casefold() in names
        return scale.OTHER if self.record.ratings and self.glyph() and not taken else ""

    def glyph(self) -> str:
        used = {item.glyph for item in self.record.ratings}
        return next((glyph.value for glyph in (Glyph.BAR, *Glyph) if glyph not in used), "")

    def tell(self) -> None:
        """Finishes the new claims, and says which rating each word was taken for."""
        if self.rated and not self.record.ratings:
            self.added.lists["ratings"] = [dict(item) for item in scale.STANDARD]
        for fields in self.fresh.values():
            if len(fields["verdict"]) == 1:
                fields["verdict"] = fields["verdict"][0]
            for name in [name for name, value in fields.items() if not value]:
                del fields[name]
        for (word, rating), (mark, count, found) in self.rated.items():
            if found.how in ("by its name", "as you say"):
                continue
            times = f" ({count:,} times)" if count > 1 else ""
            said = f'the rating "{visible(word)}"{times} is taken for "{rating}", {found.how}'
            level, help = Severity.NOTE, f'if it is another, import with --rate "{visible(word)}=RATING"'
            if not rating:
                said = f'the rating "{visible(word)}"{times} is left out: no step of the scale stands for it'
                level, help = Severity.WARNING, f'say which one does with --rate "{visible(word)}=RATING"'
            self.say(mark, "import-rating", level, said, help)


def _every(items: Iterable[Any]) -> list[str]:
    return [id for item in items for id in (item.id, *getattr(item, "former_ids", ()))]


def _plain(name: str) -> str:
    return " ".join(folded(name)) or name


def _words(review: Review) -> str:
    """What tells apart two reviews of a claim that have no address."""
    return f"{review.judge}\n{review.rated}\n{review.explanation}"
