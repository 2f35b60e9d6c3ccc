"""`Review` -> schema.org ClaimReview, for search engines and archives.

It says what the page says and no more. A badge tells how far sources agree, so it makes a rating with a name and no
number; the editors' verdict, where they give one, stands in its place.
What is inferred or worked out is left out: here it could not be labelled as such.
"""

from typing import Any

from .dates import Date
from .jsonld import publisher
from .model import Article, Basis, Claim, ClaimKind, EntityKind, Form, Stance
from .publication import Cited, Publication, Review
from .render import Site
from .ruling import rating, scale
from .weigh import Status, label

_SPOKEN = (ClaimKind.STATEMENT, ClaimKind.ALLEGATION)
_NEWS = (Form.REPORT, Form.WIRE, Form.REPRINT)
_WHO = {EntityKind.PERSON: "Person", EntityKind.ORGANIZATION: "Organization"}


def claim_review(pub: Publication, site: Site, review: Review) -> dict[str, Any] | None:
    """The ClaimReview of a claim's page as JSON values; None for a withdrawn claim, which we no longer review.

    Where the site has no address, what needs one is left out.
    """
    claim, status = review.claim, review.agreement.status
    if status is Status.WITHDRAWN:
        return None
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": "ClaimReview"}
    if site.url:
        data["url"] = f"{site.url}claims/{claim.id}/"
    data["claimReviewed"] = claim.text
    data["inLanguage"] = pub.record.about.in_language
    if day := _day(pub.record.about.checked):
        data["datePublished"] = day
    data["author"] = publisher(site)
    data["reviewRating"] = _rating(pub, claim) or {"@type": "Rating", "alternateName": label(status)}
    data["itemReviewed"] = _claim(pub, claim, review)
    return data


def _rating(pub: Publication, claim: Claim) -> dict[str, Any] | None:
    """The editors' verdict, with its number where the scale has one; None where they gave none."""
    found = rating(pub, claim)
    if found is None:
        return None
    data: dict[str, Any] = {"@type": "Rating", "alternateName": found.name}
    if found.value is not None and (range := scale(pub.record.ratings)):
        data |= {"ratingValue": found.value, "bestRating": range.best, "worstRating": range.worst}
    return data | {"ratingExplanation": claim.verdict[0].explanation or ""}


def _claim(pub: Publication, claim: Claim, review: Review) -> dict[str, Any]:
    """The claim, who made it, and the articles that support it, oldest first and each once."""
    data: dict[str, Any] = {"@type": "Claim"}
    support = [c for c in review.cited if c.evidence.stance is Stance.SUPPORTS and c.match is not None]
    if claim.kind in _SPOKEN and (author := _author(pub, review, support)):
        data["author"] = author
    articles = {c.article.id: c.article for c in support if c.article is not None}
    if articles:
        data["appearance"] = [_article(pub, article) for article in articles.values()]
    return data


def _article(pub: Publication, article: Article) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "NewsArticle" if article.form in _NEWS else "CreativeWork"}
    data |= {"headline": article.headline} if article.headline else {"name": pub.names[article.id]}
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
    if entity is None or entity.kind not in _WHO or entity.id not in review.claim.entities:
        return None
    data: dict[str, Any] = {"@type": _WHO[entity.kind], "name": entity.name}
    return data | ({"sameAs": list(entity.same_as)} if entity.same_as else {})


def _day(date: Date | None) -> str | None:
    """A date as schema.org takes it, where it is one plain day of the calendar."""
    if date is None or not date.is_day or date.approximate or date.uncertain or date.one_of:
        return None
    return date.edtf
