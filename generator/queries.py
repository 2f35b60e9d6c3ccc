"""Views of the SQLite file, which join what readers look at together, and questions that can be asked of it.

`/data/` prints both, and a test runs each of them on a built file.
"""

from typing import NamedTuple


class View(NamedTuple):
    """A view: its name, what a row of it is, and the SELECT that makes it."""

    name: str
    meaning: str
    sql: str


class Query(NamedTuple):
    """A question and the SQL that answers it."""

    question: str
    sql: str


VIEWS: tuple[View, ...] = (
    View(
        "claims_with_badge",
        "Each claim with its topic and what its badge says.",
        """\
SELECT claims.id, claims.text, topics.name AS topic, claims.label AS badge, claims.counts, claims.supports,
       claims.qualifies, claims.disputes, claims.named_origins, claims.date, claims.address
FROM claims
LEFT JOIN topics ON topics.id = claims.topic""",
    ),
    View(
        "evidence_with_article",
        "Each quotation with its claim, its article and whom the article relays, nearest first.",
        """\
SELECT evidence.id, claims.text AS claim, evidence.stance, articles.name AS article, articles.date_published,
       evidence.quote, evidence.value,
       (SELECT group_concat(title, ' ← ')
        FROM (SELECT origins.title
              FROM evidence_origins JOIN origins ON origins.id = evidence_origins.origin
              WHERE evidence_origins.evidence = evidence.id
              ORDER BY evidence_origins.position)) AS origins,
       evidence.note, claims.address || '#ev-' || evidence.article AS address
FROM evidence
JOIN claims ON claims.id = evidence.claim
JOIN articles ON articles.id = evidence.article""",
    ),
    View(
        "chronology",
        "The events in their order, with the claim that each is.",
        """\
SELECT events.position, events.name AS event, events.first_day, events.last_day, events.disputed, claims.date,
       claims.label AS badge, claims.address
FROM events
JOIN claims ON claims.id = events.claim
ORDER BY events.position""",
    ),
    View(
        "articles_with_stances",
        "Each article with the number of claims that it supports, qualifies and disputes.",
        """\
SELECT articles.id, articles.name, articles.date_published,
       count(DISTINCT CASE evidence.stance WHEN 'supports' THEN evidence.claim END) AS supports,
       count(DISTINCT CASE evidence.stance WHEN 'qualifies' THEN evidence.claim END) AS qualifies,
       count(DISTINCT CASE evidence.stance WHEN 'disputes' THEN evidence.claim END) AS disputes
FROM articles
LEFT JOIN evidence ON evidence.article = articles.id
GROUP BY articles.id""",
    ),
)

QUERIES: tuple[Query, ...] = (
    Query(
        "On which claims do the sources conflict, the most disputed first?",
        """\
SELECT text, counts, address
FROM claims
WHERE status = 'conflict'
ORDER BY disputes DESC, id""",
    ),
    Query(
        "What does each article say of one claim, word for word?",
        """\
SELECT articles.name, evidence.stance, evidence.quote
FROM evidence
JOIN articles ON articles.id = evidence.article
WHERE evidence.claim = (SELECT id FROM claims WHERE status = 'conflict' ORDER BY id LIMIT 1)
ORDER BY articles.first_day""",
    ),
    Query(
        "Which origins do most claims rest on?",
        """\
SELECT origins.title, count(DISTINCT evidence.claim) AS claims
FROM evidence_origins
JOIN origins ON origins.id = evidence_origins.origin
JOIN evidence ON evidence.id = evidence_origins.evidence
WHERE evidence.stance = 'supports'
GROUP BY origins.id
ORDER BY claims DESC, origins.title""",
    ),
    Query(
        "Which quotations hold two words, the best match first?",
        """\
SELECT evidence.claim, evidence.article, snippet(evidence_fts, 0, '[', ']', '…', 12) AS words
FROM evidence_fts
JOIN evidence ON evidence.rowid = evidence_fts.rowid
WHERE evidence_fts MATCH 'the AND was'
ORDER BY evidence_fts.rank, evidence.id
LIMIT 10""",
    ),
    Query(
        "Which two articles most often stand on opposite sides?",
        """\
SELECT one.article AS supports, other.article AS disputes, count(DISTINCT one.claim) AS claims
FROM evidence AS one
JOIN evidence AS other ON other.claim = one.claim AND other.stance = 'disputes'
WHERE one.stance = 'supports'
GROUP BY one.article, other.article
ORDER BY claims DESC, supports, disputes""",
    ),
)
