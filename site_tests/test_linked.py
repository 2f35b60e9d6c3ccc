"""Articles that are linked and not stored, and verdicts of other desks: they are shown, and nothing counts them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import structured
from commands import files, run
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from publications import MINI
from sites import built

from generator import pages, view
from generator.build import read
from generator.claimreview import claim_reviews, number
from generator.fetch import Answer
from generator.links import FORMS, State, look
from generator.load import ARTICLES, LOCK, RECORD, load
from generator.model import LinkedArticle, Stance
from generator.parts import MOST_BYTES
from generator.publication import Publication, assemble
from generator.render import Page, Site, environment
from generator.shape import blank
from generator.weigh import Status

SITE = Site("The Record", "https://facts.example.org/", None, None)
RATINGS = """
ratings:
  - {id: wrong, name: Wrong, value: 1, light: "#8c2f00", dark: "#ffae70", glyph: cross, meaning: M}
  - {id: right, name: Right, value: 4, light: "#1f5a3c", dark: "#7fd3a8", glyph: tick, meaning: M}
"""
ARTICLES_LINKED = """
articles:
  - id: check
    headline: It was not
    publisher: daily
    date_published: 2020-09-20
    date_basis: stated
    url: https://d.example.org/no
    in_language: de
    form: review
  - {id: post, url: "https://p.example.org/1"}
"""
CLAIM = """
claims:
  - id: sold
    text: The shop is sold.
    short: Sold
    kind: allegation
    claimant: acme
    claimed: 2020-09-14
    evidence:
      - {article: wire, stance: mentions, quote: Acme will sell its shop}
      - {article: post, stance: supports}
      - {article: check, stance: disputes, note: It says so.}
    verdict:
      - rating: wrong
        article: check
        as_given: {name: Pants on Fire!, value: 1, best: 6, worst: 1}
        explanation: Weil.
      - {rating: right, explanation: We asked., date: 2020-09-25}
"""
WIRE = {"wire": "Acme will sell its shop, it said."}


def publication(root: Path) -> Publication:
    pub, problems = read(root)
    assert pub is not None
    assert [p for p in problems if p.severity.value == "error"] == []
    return pub


def made(pub: Publication, kind: str) -> dict[str, Page]:
    env = environment(view.globals(pub, SITE))
    return {page.address: page for page in pages.kind(kind).outputs(pub, SITE, env)}


@pytest.fixture
def root(project, monkeypatch) -> Path:
    found = project(RATINGS + ARTICLES_LINKED + CLAIM, WIRE)
    monkeypatch.chdir(found)
    return found


@given(
    st.lists(st.tuples(st.sampled_from(list(Stance)), st.sampled_from(["", "Words that stand nowhere"])), max_size=5)
)
def test_no_evidence_of_linked_articles_ever_changes_a_badge(evidence):
    record, _ = load(MINI)
    assert record is not None
    before = [review.agreement for review in assemble(record).reviews]
    pattern = record.claims[0].evidence[0]
    for claim in record.claims:
        more = []
        for stance, words in evidence:
            one = type(pattern)(article="post", stance=stance, quote=(words,) if words else ())
            more.append(one)
        claim.evidence = (*claim.evidence, *more)
    assert [review.agreement for review in assemble(record).reviews] == before


def test_linked_articles_are_in_no_lock_no_coverage_and_no_column(root):
    pub = publication(root)
    assert [article.id for article in pub.record.articles] == ["wire", "check", "post"]
    assert [article.id for article in pub.articles] == ["wire"]
    assert [article.id for article in pub.linked] == ["check", "post"]
    assert "check" not in (root / LOCK).read_text()
    assert run("lock").output.startswith(f"wrote {LOCK}: 1 articles")
    assert "check" not in run("coverage").output
    assert "It was not" not in made(pub, "matrix")["matrix/"].body
    assert run("fmt").exit_code == 0
    assert run("fmt", "--check").exit_code == 0
    assert run("check").exit_code == 0
    result = run("quote", "sell its shop", "--article", "check")
    assert 'the text of "check" is not stored' in result.output


def test_a_claim_with_linked_evidence_only_says_why_nothing_counts(root):
    pub = publication(root)
    assert pub.reviews[0].agreement.status is Status.NONE
    html = str(made(pub, "claim")["claims/sold/"].body)
    assert "No stored article addresses this. We looked in 1 article. 2 linked articles bear on this;" in html
    assert html.index('id="ev-check"') < html.index('id="ev-post"'), "what speaks against it is read first"
    assert "Claimed by" in html
    assert "<blockquote" not in html


def test_a_publication_without_stored_articles_is_whole(project, tmp_path):
    claim = re.sub(r" +- \{article: wire.*\n", "", CLAIM)
    site = built(project(RATINGS + ARTICLES_LINKED + claim), tmp_path / "site")
    html = (site / "claims/sold/index.html").read_text()
    assert "2 linked articles bear on this" in html
    assert "We looked in 0 articles." not in html
    assert 'class="rm"' not in html, "a row of no marks takes no room"
    assert "1 claim from 2 linked articles" in (site / "index.html").read_text()
    home = (site / "index.html").read_text()
    assert not re.search("conflict on|Where the sources conflict|0 in conflict|Other matters", home)
    assert '<h2 id="others">Claims</h2>' in home
    table = (site / "matrix/index.html").read_text()
    assert "We store no article yet, so that there is nothing to compare word for word." in table
    assert "Verdict of The Daily: Pants on Fire!" in table
    assert not re.search("<table|each column an article|Key", table)
    sources = (site / "sources/index.html").read_text()
    assert "2 articles, linked and not stored: we can’t verify their words" in sources
    assert not re.search("\\b0 articles|no score", sources)
    people = (site / "entities/index.html").read_text()
    assert "Who made the claims, and who and what they are about" in people
    assert 'Acme</a> <span class="n">1 claim made</span>' in people
    assert 'content="Acme. 1 claim made."' in (site / "entities/acme/index.html").read_text()
    page = (site / "sources/check/index.html").read_text()
    assert "We keep the address of this article and not its text." in page
    assert 'href="https://d.example.org/no"' in page


@pytest.mark.parametrize("articles", [0, 9])
def test_claims_on_which_no_article_says_a_word_are_a_list_and_no_table(project, articles):
    claims = "claims:\n" + "".join(
        f"  - {{id: c-{n}, text: It is so {n}., short: So {n}, kind: state}}\n" for n in range(500)
    )
    pub = publication(project(claims, {f"wire-{n}": "It is." for n in range(articles)}))
    found = made(pub, "matrix")
    assert [len(re.findall("claims/c-", page.body)) for page in found.values()] == [0, 200, 200, 100]
    said = "No stored article has a word on these claims." if articles else "We store no article yet"
    for page in list(found.values())[1:]:
        assert said in page.body
        assert "<table" not in page.body
    assert ("do not conflict" in found["matrix/"].body) is bool(articles)
    env = environment(view.globals(pub, SITE))
    home = str(pages.home.wrap(pub, SITE, env, Markup(), "Home").body)
    assert ("do not conflict" in home) is bool(articles)
    assert 'href="./search/#claims">All claims</a>' in home, "a record without topics has no heading of one"
    assert "Other claims" not in made(pub, "search")["search/"].body


def test_linked_articles_stand_in_one_order_everywhere(project):
    record = "articles:\n" + "".join(
        f"  - {{id: a{n}, url: 'https://x.example.org/{n}', publisher: daily, {date}}}\n"
        for n, date in enumerate(["date_published: 2020-03", "form: review", "date_published: 2020-01"])
    )
    pub = publication(project(record))
    env = environment(view.globals(pub, SITE))
    home = str(pages.home.wrap(pub, SITE, env, Markup(), "Home").body)
    for body in (home, str(made(pub, "sources")["sources/"].body)):
        assert re.findall(r"sources/(a\d)/", body) == ["a2", "a0", "a1"], "oldest first, the undated last"


def test_the_page_of_a_linked_article_has_its_verdicts_and_claims_and_links_lead_back(root):
    found = made(publication(root), "linked")
    assert sorted(found) == ["sources/check/", "sources/post/"]
    html = str(found["sources/check/"].body)
    assert '<h1 lang="de" dir="ltr">It was not</h1>' in html
    assert 'href="../../claims/sold/#verdict"' in html
    assert (
        'As given there: “<bdi lang="de" dir="ltr">Pants on Fire!</bdi>”, 1 on a scale from 1, the worst, to 6.' in html
    )
    assert 'id="c-sold"' in html
    assert "“" not in str(found["sources/post/"].body), "words that nobody verified stand in no quotation marks"


def test_a_verdict_of_another_desk_makes_a_review_that_is_theirs(root):
    pub = publication(root)
    theirs, ours = claim_reviews(pub, SITE, pub.reviews[0])
    item = {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "Acme"},
        "datePublished": "2020-09-14",
        "appearance": [
            {"@type": "NewsArticle", "url": "https://p.example.org/1"},
        ],
    }
    assert theirs == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://facts.example.org/claims/sold/",
        "sameAs": "https://d.example.org/no",
        "headline": "It was not",
        "claimReviewed": "The shop is sold.",
        "inLanguage": "de",
        "datePublished": "2020-09-20",
        "author": {"@type": "Organization", "name": "The Daily"},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Pants on Fire!",
            "ratingValue": 1,
            "bestRating": 6,
            "worstRating": 1,
            "ratingExplanation": "Weil.",
        },
        "itemReviewed": item,
    }
    assert ours["url"] == "https://facts.example.org/claims/sold/#verdict-2"
    assert ours["author"]["name"] == "The Record"
    assert "sameAs" not in ours
    assert ours["reviewRating"]["alternateName"] == "Right"
    assert list(structured.vocabulary(theirs)) == list(structured.vocabulary(ours)) == []


@given(st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,20})?|[a-z0-9.e+-]{1,8}|nan|inf", fullmatch=True))
def test_a_number_as_printed_is_a_number_where_that_prints_the_same(said):
    found = number(said)
    assert str(found) == said
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_text_takes_over_what_the_record_has_of_its_linked_article(root):
    before = files(root)
    result = run("new", "article", "-", "--id", "check", "--author", "Ann", input="It was not sold, we found.")
    assert result.exit_code == 0
    assert "took over what claims.yaml had of it as a linked article; its entry there is gone" in result.output
    assert f"{RECORD}:69:9: this evidence needs a quotation now" in result.output
    text = (root / ARTICLES / "check.md").read_text()
    assert "headline: It was not\npublisher: daily\nauthor: Ann\ndate_published: 2020-09-20\n" in text
    record, problems = load(root)
    assert record is not None
    assert [(a.id, a.linked) for a in record.articles] == [("check", False), ("wire", False), ("post", True)]
    assert [p.message for p in problems] == ['an evidence has no "quote"']
    assert " check\n" in (root / LOCK).read_text()
    run("new", "article", "-", "--id", "post", input="A post of some words.")
    assert "articles:" not in (root / RECORD).read_text()
    assert sorted(files(root).keys() - before.keys()) == [f"{ARTICLES}/check.md", f"{ARTICLES}/post.md"]


def test_a_text_that_can_t_be_stored_leaves_the_linked_article(root, monkeypatch):
    from generator import store

    before, write = files(root), store.replace

    def replace(path: Path, text: str) -> None:
        if path.name == RECORD:
            raise OSError("no room")
        write(path, text)

    monkeypatch.setattr(store, "replace", replace)
    assert run("new", "article", "-", "--id", "check", input="It was not sold.").exit_code == 3
    assert files(root) == before


def test_originals_of_linked_articles_are_asked_for_too(root):
    def get(url: str) -> Answer:
        status = 404 if "d.example" in url else 200
        return Answer(status, "Not Found" if status == 404 else "OK", url, "text/html", "<p>Hello</p>")

    found = look(publication(root), get)
    assert {(f.article.id, f.state) for f in found} == {("check", State.GONE), ("post", State.FINE)}
    assert f"{RECORD}:22: gone; 404 Not Found" in FORMS["text"](found, 1)
    assert "named by `sold`" in FORMS["markdown"](found, 1)


MANY = 5_000


def many(outlets: int) -> str:
    rows = (
        f"  - {{id: a{n}, headline: 'Headline number {n} of an article', url: 'https://x.example.org/{n}', "
        f"publisher: {'daily' if n % outlets else 'agency'}, date_published: 2020-{n % 12 + 1:02}}}\n"
        for n in range(MANY)
    )
    return "articles:\n" + "".join(rows)


def test_five_thousand_linked_articles_are_listed_by_outlet_on_pages_of_a_bearable_size(project):
    pub, _ = read(project(many(2)))
    assert pub is not None
    found = made(pub, "sources")
    assert len(found) > 2
    assert max(len(page.body) for page in found.values()) < MOST_BYTES * 1.1
    shown = [name for page in found.values() for name in re.findall(r"sources/(a\d+)/\"", page.body)]
    assert sorted(shown) == sorted(f"a{n}" for n in range(MANY))
    heads = [head for page in found.values() for head in re.findall(r"<h2>(.*?)</h2>", page.body)]
    assert list(dict.fromkeys(heads)) == ["Linked, not stored: The Agency", "Linked, not stored: The Daily"]
    assert len(set(pub.names.values())) == MANY


def test_a_linked_article_needs_an_id_and_an_address_and_no_more():
    article: Any = blank(LinkedArticle)
    assert (article.linked, article.body, article.id, article.url) == (True, "", "", "")
