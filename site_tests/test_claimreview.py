"""ClaimReview on built sites: one a claim page, by the vocabulary, equal to what the page shows; all in one feed."""

import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
import structured
import yaml
from publications import HERE, MINI
from sites import HTML, elements

from generator import view
from generator.build import read
from generator.exports import claimreview_feed, embed
from generator.render import Site, environment

EACH = pytest.mark.parametrize("site", ["mini", "hostile", "real_site"], indirect=True)
CASES = yaml.load((HERE / "claimreview/review.yaml").read_text(), yaml.BaseLoader)
WHOLE = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://facts.example.org/claims/closing/",
    "claimReviewed": "The bridge was closed.",
    "datePublished": "2021-03-12",
    "author": {"@type": "Organization", "name": "The Record", "url": "https://facts.example.org/"},
    "reviewRating": {"@type": "Rating", "alternateName": "Sources agree"},
    "itemReviewed": {"@type": "Claim"},
}


@pytest.fixture
def site(request) -> Path:
    return request.getfixturevalue(request.param)


def typed(value: Any) -> Any:
    """A value of a case with its numbers as numbers."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return None if value == "null" else int(value) if value.isdecimal() else value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_check_of_a_claim_review_finds_what_is_wrong_and_nothing_else(case):
    changed = {**WHOLE, **typed(case["change"])}
    review = {key: value for key, value in changed.items() if value is not None}
    assert [*structured.review(review), *structured.vocabulary(review)] == case.get("faults", [])
    assert list(structured.notices(review)) == case.get("notices", [])


def reviews(site: Path) -> dict[str, list[dict[str, Any]]]:
    """The reviews on each page that has any, by its address."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(site.rglob("*.html")):
        for block in structured.blocks(path.read_text()):
            for item in block.get("@graph", [block]):
                if item["@type"] == "ClaimReview":
                    found.setdefault(path.parent.relative_to(site).as_posix() + "/", []).append(item)
    return found


@EACH
def test_each_claim_page_has_one_whole_review_with_its_own_address_and_no_other_page_has_one(site):
    data = json.loads((site / "data/claims.json").read_text())
    live = [claim["id"] for claim in data["claims"] if "withdrawn" not in claim]
    found = reviews(site)
    assert sorted(found) == sorted(f"claims/{name}/" for name in live)
    for address, (review, *more) in found.items():
        assert more == [], address
        assert [*structured.review(review), *structured.vocabulary(review)] == [], address
        tree = html5lib.parse((site / address / "index.html").read_text())
        assert review["url"] == tree.find(f".//{HTML}link[@rel='canonical']").get("href") == data["site"] + address


@EACH
def test_a_review_says_what_its_page_shows(site):
    data = json.loads((site / "data/claims.json").read_text())
    claims = {f"claims/{claim['id']}/": claim for claim in data["claims"]}
    for address, (review,) in reviews(site).items():
        html = (site / address / "index.html").read_text()
        tree = html5lib.parse(html)
        (title,) = elements(tree, "h1")
        assert review["claimReviewed"] == "".join(title.itertext()), address
        shown = " ".join("".join(tree.find(f".//{HTML}main").itertext()).split())
        heading = "vv" if claims[address].get("verdict") else "vw"
        said, *_ = [element for element in elements(tree, "p") if element.get("class") == heading]
        assert review["reviewRating"]["alternateName"] == "".join(said.itertext()), address
        item = review["itemReviewed"]
        if "author" in item:
            assert " ".join(item["author"]["name"].split()) in shown, address
        links = {element.get("href").partition("#")[0] for element in elements(tree, "a") if element.get("href")}
        for article in item.get("appearance", ()):
            assert "url" not in article or article["url"].partition("#")[0] in links, address
        assert len(item.get("appearance", ())) == len(
            set(re.findall(r'(?:article class="ev|li class=")[ ]?st-supports" id="ev-([^"]+?)(?:-\d+)?"', html))
        )


@EACH
def test_a_verdict_stands_for_the_badge_in_the_review_with_its_number_if_it_has_one(site):
    data = json.loads((site / "data/claims.json").read_text())
    ratings = {rating["id"]: rating for rating in data.get("ratings", ())}
    values = [rating["value"] for rating in ratings.values() if "value" in rating]
    given = [claim for claim in data["claims"] if "verdict" in claim]
    assert bool(given) == bool(ratings)
    for claim in given:
        verdict = claim["verdict"][0]
        rating = ratings[verdict["rating"]]
        (review,) = reviews(site)[f"claims/{claim['id']}/"]
        numbers = {"ratingValue": rating.get("value"), "bestRating": max(values), "worstRating": min(values)}
        assert review["reviewRating"] == {
            "@type": "Rating",
            "alternateName": rating["name"],
            **(numbers if "value" in rating else {}),
            "ratingExplanation": verdict["explanation"],
        }


@EACH
def test_the_feed_has_the_review_of_each_page_word_for_word(site):
    feed = json.loads((site / "data/claimreview.json").read_text())
    about = json.loads((site / "data/claims.json").read_text())["about"]
    assert list(structured.vocabulary(feed)) == []
    assert feed["dateModified"] == about["checked"]
    assert feed["license"] == about["license"]["url"]
    items = [{"@context": "https://schema.org", **element["item"]} for element in feed["dataFeedElement"]]
    on_pages = {review["url"]: review for (review,) in reviews(site).values()}
    further = [item for item in items if "#" in item["url"]]
    assert {item["url"]: item for item in items if item not in further} == on_pages
    assert len(items) == len(on_pages) + len(further)
    for item in further:
        page, _, place = (
            item["url"].removeprefix(json.loads((site / "data/claims.json").read_text())["site"]).partition("#")
        )
        assert f'id="{place}"' in (site / page / "index.html").read_text()
        assert [*structured.review(item), *structured.vocabulary(item)] == []


def test_a_feed_of_a_site_without_address_or_claims_is_whole(project):
    site = Site("Test", "", None, None)
    for root, count in ((MINI, 12), (project("claims: []\n"), 0)):
        pub, _ = read(root)
        assert pub is not None
        (file,) = claimreview_feed.outputs(pub, site, environment({}))
        feed = json.loads(b"".join(file.content))
        assert "url" not in feed
        assert len(feed["dataFeedElement"]) == count
        assert list(structured.vocabulary(feed)) == []


def test_long_claims_of_the_real_publication_are_told_and_refused_nowhere(real_site):
    told = {address: list(structured.notices(review)) for address, (review,) in reviews(real_site).items()}
    assert any(told.values()), "the notice is seen to work on real claims"
    assert not any(int(notice.split()[1]) <= structured.LONGEST for found in told.values() for notice in found)


@pytest.mark.parametrize(
    ("name", "cited", "feed"),
    [("The Record", "The bridge, The Record", "The Record: The bridge"), ("The bridge", "The bridge", "The bridge")],
)
def test_an_affair_and_a_publication_are_named_together_and_a_name_of_both_once(project, name, cited, feed):
    claim = "{id: c, text: A., short: A, kind: state, evidence: []}"
    header = "about: {title: The bridge, checked: 2021-03-12}\n"
    pub, site = read(project(f"claims: [{claim}]", header=header)).publication, Site(name, "", None, None)
    said = view.citation(view.prepare(pub, site), pub.reviews[0])
    assert said == f"“A.” {cited}, claim c, version of 12 Mar 2021. claims/c/"
    env = environment(view.globals(pub, site))
    (file,) = claimreview_feed.outputs(pub, site, env)
    assert json.loads(b"".join(file.content))["name"] == feed
    card = next(file for file in embed.outputs(pub, site, env) if file.address.endswith("embed/index.html"))
    assert f"{name} · checked 12 Mar 2021" in card.content.decode()
