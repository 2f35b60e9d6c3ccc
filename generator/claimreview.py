"""`Review` -> schema.org ClaimReview, for search engines and archives.

It says what the page says and no more. A badge tells how far sources agree, so it makes a rating with a name and no
number; a verdict, where there is one, stands in its place. That of another desk is theirs: their name, their rating on
their own scale, their date. `sameAs` has the address of their review, since the item is that very review, told here.
What is inferred or worked out is left out: here it could not be labelled as such.
"""

import math
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from .dates import Date
from .jsonld import publisher
from .model import Article, Basis, Claim, ClaimKind, Entity, EntityKind, Form, Stance
from .publication import Cited, Publication, Review
from .render import Site
from .ruling import Ruling, anchor, rulings, scale
from .weigh import Status, label

_SPOKEN = (ClaimKind.STATEMENT, ClaimKind.ALLEGATION)
_NEWS = (Form.REPORT, Form.WIRE, Form.REPRINT, Form.REVIEW)
_WHO = {EntityKind.PERSON: "Person", EntityKind.ORGANIZATION: "Organization"}


def claim_review(pub: Publication, site: Site, review: Review) -> dict[str, Any] | None:
    """The ClaimReview of a claim's page as JSON values, with its leading verdict if it has one.

    None for a withdrawn claim, which we no longer review. Where the site has no address, what needs one is left out.
    """
    return next(claim_reviews(pub, site, review), None)


def claim_reviews(pub: Publication, site: Site, review: Review) -> Iterator[dict[str, Any]]:
    """The same for each verdict of a claim, the leading one first; one of the badge where it has none."""
    if review.agreement.status is Status.WITHDRAWN:
        return
    item = _claim(pub, review.claim, review)
    for ruling in rulings(pub, review.claim) or (None,):
        yield _review(pub, site, review, ruling, item)


def _review(
    pub: Publication, site: Site, review: Review, ruling: Ruling | None, item: dict[str, Any]
) -> dict[str, Any]:
    claim, elsewhere = review.claim, ruling.article if ruling else None
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": "ClaimReview"}
    if site.url:
        place = f"#{ruling.anchor}" if ruling and ruling.anchor != anchor(0) else ""
        data["url"] = f"{site.url}claims/{claim.id}/{place}"
    if elsewhere and elsewhere.url:
        data["sameAs"] = elsewhere.url
    if elsewhere and elsewhere.headline:
        data["headline"] = elsewhere.headline
    data["claimReviewed"] = claim.text
    if tongue := elsewhere.in_language if elsewhere else pub.record.about.in_language:
        data["inLanguage"] = tongue
    if day := _day(_given(ruling, elsewhere) if ruling and elsewhere else pub.record.about.checked):
        data["datePublished"] = day
    if ruling is None or elsewhere is None:
        data["author"] = publisher(site)
    else:
        if author := _judge(pub, ruling, elsewhere):
            data["author"] = author
        if elsewhere.author:
            data["creator"] = {"@type": "Person", "name": elsewhere.author}
    data["reviewRating"] = _rating(pub, ruling) if ruling else {"@type": "Rating", "alternateName": _label(review)}
    data["itemReviewed"] = item
    return data


def _given(ruling: Ruling, article: Article) -> Date | None:
    """When a verdict was given elsewhere, as it is stated."""
    return ruling.verdict.date or (article.date_published if article.date_basis is Basis.STATED else None)


def _label(review: Review) -> str:
    return label(review.agreement.status)


def _judge(pub: Publication, ruling: Ruling, article: Article) -> dict[str, Any] | None:
    """Who gave a verdict elsewhere; None where nobody says."""
    outlet = pub.publishers.get(article.publisher or "")
    if ruling.verdict.by is None and outlet is not None:
        return {"@type": "Organization", "name": outlet.name, **({"url": outlet.url} if outlet.url else {})}
    return {"@type": "Organization", "name": ruling.who} if ruling.who else None


def _rating(pub: Publication, ruling: Ruling) -> dict[str, Any]:
    """A verdict as it was given, else as a step of our scale, with its number where it has one."""
    data: dict[str, Any] = {"@type": "Rating"}
    if given := ruling.verdict.as_given:
        data |= {"alternateName": given.name} if given.name else {}
        numbers = {"ratingValue": given.value, "bestRating": given.best, "worstRating": given.worst}
        data |= {name: number(said) for name, said in numbers.items() if said}
    else:
        data["alternateName"] = ruling.rating.name
        if ruling.rating.value is not None and (range := scale(pub.record.ratings)):
            data |= {"ratingValue": ruling.rating.value, "bestRating": range.best, "worstRating": range.worst}
    why = ruling.verdict.explanation
    return data | ({"ratingExplanation": why} if why else {})


def number(said: str) -> int | float | str:
    """A number as it was printed: as a number where that says the same."""
    for read in (int, float):
        with suppress(ValueError):
            if str(number := read(said)) == said and math.isfinite(number):
                return number
    return said


def _claim(pub: Publication, claim: Claim, review: Review) -> dict[str, Any]:
    """The claim, who made it and when, and the articles that support it, oldest first and each once.

    Linked articles are among them: that a claim appears in them is no question of their words.
    """
    data: dict[str, Any] = {"@type": "Claim"}
    support = [c for c in review.cited if c.evidence.stance is Stance.SUPPORTS and c.article is not None]
    verified = [c for c in support if c.match is not None]
    if claimant := _who(pub.entities.get(claim.claimant or "")):
        data["author"] = claimant
    elif claim.kind in _SPOKEN and (author := _author(pub, review, verified)):
        data["author"] = author
    if day := _day(claim.claimed):
        data["datePublished"] = day
    articles = {c.article.id: c.article for c in support if c.article and (c.match or c.article.linked)}
    if articles:
        data["appearance"] = [_article(pub, article) for article in articles.values()]
    return data


def _article(pub: Publication, article: Article) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "NewsArticle" if article.form in _NEWS else "CreativeWork"}
    if article.headline:
        data["headline"] = article.headline
    elif article.label or not article.url:
        data["name"] = pub.names[article.id]  # one that we made up would be taken for theirs, and the address says more
    if article.in_language:
        data["inLanguage"] = article.in_language
    if article.url:
        data["url"] = article.url
    if publisher := pub.publishers.get(article.publisher or ""):
        data["publisher"] = {"@type": "Organization", "name": publisher.name}
    if article.date_basis is Basis.STATED and (day := _day(article.date_published)):
        data["datePublished"] = day
    return data


def _author(pub: Publication, review: Review, support: list[Cited]) -> dict[str, Any] | None:
    """Who made a statement or an allegation: the one speaker of what the support quotes, the party of its one origin.

    None where these are two, where one is not named, or where the claim is not about whom they name.
    """
    quoted = {
        said.statement.speaker
        for said in pub.said_in.get(review.claim.id, ())
        for told in said.told
        for c in support
        if c.evidence.article == told.wording.article and c.match and told.match and told.match.overlaps(c.match)
    }
    groups = review.agreement.groups
    origins = [pub.origins.get(key) for key in groups[0].origins] if len(groups) == 1 else []
    parties = {origins[0].party} if len(origins) == 1 and origins[0] else set()
    named = quoted | parties
    entity = pub.entities.get(next(iter(named)) or "") if len(named) == 1 else None
    return _who(entity) if entity is not None and entity.id in review.claim.entities else None


def _who(entity: Entity | None) -> dict[str, Any] | None:
    """A person or a body; None for what can't speak."""
    if entity is None or entity.kind not in _WHO:
        return None
    data: dict[str, Any] = {"@type": _WHO[entity.kind], "name": entity.name}
    return data | ({"sameAs": list(entity.same_as)} if entity.same_as else {})


def _day(date: Date | None) -> str | None:
    """A date as schema.org takes it, where it is one plain day of the calendar."""
    if date is None or not date.is_day or date.approximate or date.uncertain or date.one_of:
        return None
    return date.edtf
