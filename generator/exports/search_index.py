"""`search/index.json`: what the search page looks through, fetched when a reader first types.

`{"version": 1, "items": [[kind, title, address, badge label or "", text], ...]}` with addresses relative to the site.
"""

import json
from collections.abc import Iterable, Iterator

from jinja2 import Environment

from ..parts import STATEMENTS, statement_addresses
from ..publication import Publication
from ..render import File, Site
from ..view import KINDS
from ..weigh import LABELS


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    data = {
        "version": 1,
        "items": [[kind, title, address, label, text] for kind, title, address, label, text in items(pub)],
    }
    yield File("search/index.json", json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def items(pub: Publication) -> Iterator[tuple[str, str, str, str, str]]:
    """Claims, sources, entities and statements. Lists are not searched: they hold nothing of their own."""
    topics = {topic.id: topic.name for topic in pub.record.topics}
    for review in pub.reviews:
        claim = review.claim
        names = [name for key in claim.entities if (one := pub.entities.get(key)) for name in (one.name, *one.aliases)]
        values = [e.value for e in claim.evidence if e.value]
        text = _text([claim.short, claim.question, *values, topics.get(claim.topic or ""), *names])
        yield "Claim", claim.text, f"claims/{claim.id}/", LABELS[review.agreement.status], text
    for article in pub.articles:
        outlet = pub.publishers.get(article.publisher or article.republished_from or "")
        text = _text([article.headline, outlet.name if outlet else None, article.author])
        yield "Source", pub.names[article.id], f"sources/{article.id}/", "", text
    for entity in pub.entities.values():
        yield KINDS[entity.kind][0], entity.name, f"entities/{entity.id}/", "", _text([entity.role, *entity.aliases])
    statement_at = statement_addresses(pub)
    for said in pub.said:
        name = said.speaker.name if said.speaker else None
        yield "Statement", said.statement.title, statement_at.get(said.statement.id, STATEMENTS), "", _text([name])


def _text(parts: Iterable[str | None]) -> str:
    return " · ".join(dict.fromkeys(part for part in parts if part))
