"""Long lists of claims by topic, of the real record."""

from hypothesis import given
from hypothesis import strategies as st
from publications import ROOT

from generator.build import read
from generator.shelves import MOST_TOGETHER, shelves

PUB, _ = read(ROOT)
CLAIMS = st.lists(st.sampled_from(PUB.reviews), unique_by=lambda review: review.claim.id)


@given(CLAIMS)
def test_each_claim_stands_on_one_shelf_in_the_order_given(reviews):
    found = shelves(PUB, reviews, lambda review: review)
    assert sorted(r.claim.id for shelf in found for r in shelf.shown) == sorted(r.claim.id for r in reviews)
    for shelf in found:
        assert shelf.shown
        assert list(shelf.shown) == [r for r in reviews if r in shelf.shown]
        assert bool(shelf.title) is (len(found) > 1)
    assert len({shelf.anchor for shelf in found}) == len(found)


def test_a_short_list_has_no_headings_and_a_long_one_begins_with_the_conflicts():
    assert [shelf.title for shelf in shelves(PUB, PUB.reviews[:MOST_TOGETHER], lambda review: review)] == [""]
    assert shelves(PUB, [], lambda review: review) == []
    titles = [shelf.title for shelf in shelves(PUB, PUB.reviews, lambda review: review)]
    assert titles == ["Where the sources conflict", *(topic.name for topic in PUB.record.topics)]
