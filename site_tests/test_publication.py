"""The real record: no errors, every quotation stands, and everything that a record can show is shown."""

from pathlib import Path

import pytest

from generator import build, edit
from generator.model import OriginKind, Stance
from generator.problems import Severity
from generator.publication import Publication
from generator.weigh import Status

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def reading() -> build.Reading:
    return build.read(ROOT)


@pytest.fixture(scope="module")
def pub(reading: build.Reading) -> Publication:
    assert reading.publication is not None
    return reading.publication


def test_the_record_has_no_errors_and_no_warnings(reading):
    assert [p for p in reading.problems if p.severity is not Severity.NOTE] == []


def test_every_quotation_stands_in_its_article(pub):
    assert [c.evidence for r in pub.reviews for c in r.cited if c.match is None] == []
    assert [t.wording for s in pub.said for t in s.told if t.match is None] == []


def test_the_record_is_in_canonical_form():
    text = (ROOT / "claims.yaml").read_text(encoding="utf-8")
    assert edit.canonical(text) == text


def test_each_status_occurs(pub):
    assert {review.agreement.status for review in pub.reviews} == set(Status)


def test_each_kind_of_evidence_occurs(pub):
    evidence = [e for claim in pub.record.claims for e in claim.evidence]
    assert {e.stance for e in evidence} == set(Stance)
    assert any(len(e.origin) > 1 for e in evidence), "a chain of two links"
    assert any("self" in e.origin for e in evidence), "a report at first hand"
    assert any(e.hedge for e in evidence)
    assert any(len(e.quote) > 1 for e in evidence), "a split quotation"
    assert any(len({e.value for e in c.evidence if e.value}) > 1 for c in pub.record.claims), "differing values"
    assert any(event.disputed for event in pub.chronology.events), "differing dates"
    assert any(s.variants for s in pub.record.statements), "statements with variants"
    assert any(o.kind is OriginKind.UNNAMED for o in pub.record.origins)


def test_at_least_forty_claims_over_all_five_articles(pub):
    assert len(pub.reviews) >= 40
    assert len(pub.articles) == 5
    assert all(pub.by_article.get(article.id) for article in pub.articles)


def test_the_stored_articles_are_locked(pub):
    assert {article.id for article in pub.articles} == set(pub.record.locks)
