"""What machines read of the pages: ClaimReview, OpenGraph, Content-Security-Policy, cards for frames and oEmbed.

On the small publication, and on the same with nasty text in every field.
"""

import base64
import gzip
import hashlib
import json
import re
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
import structured
from mkdocs.commands.build import build
from mkdocs.config import load_config
from publications import MINI, NASTY
from sites import HTML, elements, pages

from generator import card
from generator.badge import halves
from generator.build import read
from generator.card import frame
from generator.claimreview import claim_review
from generator.exports import embed
from generator.pages import claim as claim_pages
from generator.render import PREVIEW, Site, data_block, environment
from generator.view import globals as view_globals
from generator.weigh import LABELS, RULES

URL = "https://facts.example.org/"
PREVIEWS = Path(__file__).parent.parent / "generator/theme/assets/preview"
EACH = pytest.mark.parametrize("site", ["mini", "hostile"], indirect=True)


@pytest.fixture
def site(request) -> Path:
    return request.getfixturevalue(request.param)


def meta(tree: Any, name: str) -> list[str]:
    return [e.get("content") for e in elements(tree, "meta") if name in (e.get("property"), e.get("name"))]


def blocks(path: Path) -> list[str]:
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text(), re.DOTALL)


def claims(site: Path) -> dict[str, Any]:
    return {claim["id"]: claim for claim in json.loads((site / "data/claims.json").read_text())["claims"]}


def test_text_in_a_data_block_can_neither_end_it_nor_break_it():
    text = "</script><!-- & \u2028 \u2029 ' \" é 中"
    block = str(data_block({"text": text}))
    inner = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inner) & set("<>&\u2028\u2029")
    assert "\\u003c/script\\u003e" in inner
    assert json.loads(inner) == {"text": text}


@EACH
def test_each_claim_page_has_one_claim_review_with_its_address_and_badge_and_no_other_page_has_any(site):
    reviews = {}
    for path in site.rglob("*.html"):
        for block in blocks(path):
            assert not set(block) & set("<>&\u2028\u2029")
            assert '"ClaimReview"' not in block or path not in reviews, "one a page"
            if (data := json.loads(block))["@type"] == "ClaimReview":
                reviews[path] = data
    live = {name: claim for name, claim in claims(site).items() if "withdrawn" not in claim}
    assert {path.relative_to(site).as_posix() for path in reviews} == {f"claims/{name}/index.html" for name in live}
    for name, claim in live.items():
        path = site / f"claims/{name}/index.html"
        review, html = reviews[path], path.read_text()
        assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
        assert f'<link rel="canonical" href="{review["url"]}">' in html
        assert review["claimReviewed"] == claim["text"]
        label = claim["computed"]["label"]
        assert f'<p class="vw">{label}</p>' in html
        if "verdict" not in claim:  # test_claimreview.py has the others
            assert review["reviewRating"] == {"@type": "Rating", "alternateName": label}
        assert review["author"]["correctionsPolicy"] == f"{URL}corrections/"
        assert review["datePublished"] == "2021-03-12"
        support = {e["article"] for e in claim.get("evidence", ()) if e["stance"] == "supports"}
        assert len(review["itemReviewed"].get("appearance", ())) == len(support)


@EACH
def test_all_structured_data_is_of_types_and_properties_that_schema_org_has(site):
    found = {}
    for path in site.rglob("*.html"):
        for block in blocks(path):
            data = json.loads(block)
            assert data.pop("@context") == "https://schema.org"
            found.setdefault(data["@type"], []).append((path.relative_to(site).as_posix(), data))
            assert list(structured.vocabulary(data)) == [], path.relative_to(site)
    assert [name for name, _ in found["WebSite"]] == ["index.html"]
    assert [name for name, _ in found["AboutPage"]] == ["about/index.html"]
    assert [name for name, _ in found["Dataset"]] == ["data/index.html"]
    lists = {"sources/index.html", "entities/index.html", "statements/index.html"}
    assert {name for name, _ in found["CollectionPage"]} == lists
    assert found.keys() == {"ClaimReview", "WebSite", "AboutPage", "Dataset", "CollectionPage", "BreadcrumbList"}
    for name, data in found["BreadcrumbList"]:
        assert re.fullmatch(r"(sources|entities)/[^/]+/index\.html", name)
        steps = data["itemListElement"]
        assert [step["position"] for step in steps] == [1, 2, 3]
        assert steps[-1]["item"] == URL + name.removesuffix("index.html")
        assert all((site / step["item"].removeprefix(URL) / "index.html").is_file() for step in steps)
    for kind in ("WebSite", "AboutPage", "Dataset", "CollectionPage"):
        for name, data in found[kind]:
            assert data["url"] == URL + name.removesuffix("index.html")
    (_, data), *_ = found["Dataset"]
    assert 50 <= len(data["description"]) <= 5000
    assert data["license"].startswith("https://")
    assert data["version"] == "2021-03-12"
    files = {file["contentUrl"].removeprefix(URL): file["encodingFormat"] for file in data["distribution"]}
    assert files.keys() >= {"data/claims.json", "data/record.sqlite", "data/claims.csv", "data/datapackage.json"}
    assert all((site / name).is_file() for name in files)


def test_a_claim_review_names_who_spoke_and_dates_only_what_is_stated(mini):
    def item(name: str) -> dict[str, Any]:
        return json.loads(blocks(mini / f"claims/{name}/index.html")[0])["itemReviewed"]

    assert item("reason")["author"] == {
        "@type": "Person",
        "name": "The mayor of Elm",
        "sameAs": ["https://people.example.org/mayor"],
    }
    assert not [
        name for name in claims(mini) if name not in ("reason", "collapse", "old-closing") and "author" in item(name)
    ]
    articles = json.loads((mini / "data/claims.json").read_text())["articles"]
    stated = {a["date_published"] for a in articles if a.get("date_basis") == "stated" and "date_published" in a}
    dated = {
        a["datePublished"]
        for name in claims(mini)
        if name != "old-closing"
        for a in item(name).get("appearance", ())
        if "datePublished" in a
    }
    assert dated
    assert dated <= stated
    kinds = {a["@type"] for a in item("storm")["appearance"]}
    assert kinds == {"NewsArticle", "CreativeWork"}


@EACH
def test_each_page_to_be_found_has_what_networks_show(site):
    shown = set()
    for name, tree in pages(site):
        if "noindex" in meta(tree, "robots"):
            assert not meta(tree, "og:title"), name
            continue
        for key in ("og:title", "og:type", "og:url", "og:site_name", "og:image", "og:image:alt", "twitter:card"):
            assert len(list(filter(None, meta(tree, key)))) == 1, (name, key)
        canonical = tree.find(f".//{HTML}link[@rel='canonical']").get("href")
        assert meta(tree, "og:url") == [canonical]
        assert meta(tree, "og:description") == meta(tree, "description")
        assert [meta(tree, f"og:image:{side}") for side in ("width", "height")] == [["1200"], ["630"]]
        image = meta(tree, "og:image")[0].removeprefix(URL)
        assert (site / image).is_file(), name
        shown.add(image)
        claim = re.fullmatch(r"claims/([^/]+)/index\.html", name)
        assert meta(tree, "og:type") == ["article" if claim else "website"], name
        status = claims(site)[claim[1]]["computed"]["status"] if claim else PREVIEW.name
        assert image == f"assets/preview/{status}.png"
        if claim:
            assert meta(tree, "og:image:alt")[0].startswith(f"{LABELS[status]}: ")
    assert len(shown) > 5


def test_there_is_a_small_preview_of_each_status_and_of_the_publication():
    assert {path.stem for path in PREVIEWS.iterdir()} == {PREVIEW.name, *(rule.status for rule in RULES)}
    for path in PREVIEWS.iterdir():
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", content[16:24]) == (1200, 630)
        assert len(content) < 40_000, path.name


@EACH
def test_each_page_has_a_policy_before_all_that_it_governs_and_with_the_hash_of_what_is_inline(site):
    for path in sorted(site.rglob("*.html")):
        html = path.read_text()
        head = re.search(r'<meta charset="utf-8">\s*<meta http-equiv="([^"]+)" content="([^"]+)">', html)
        assert head is not None, path
        assert head[1] == "Content-Security-Policy", path
        assert not re.search(r"<(script|style|link)\b", html[: head.start()]), path
        rules = {name: values for name, *values in (rule.split() for rule in head[2].split(";"))}
        assert rules["default-src"] == rules["base-uri"] == ["'none'"]
        assert "'unsafe-inline'" not in [*rules.get("script-src", ()), *rules.get("style-src", ())]
        assert not re.search(r"https?:|\*|data:", head[2]), "nothing of another host"
        for kind in ("script", "style"):
            inline = re.findall(rf"<{kind}>(.*?)</{kind}>", html, re.DOTALL)
            hashes = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline}
            allowed = {v for v in rules.get(f"{kind}-src", ()) if v.startswith("'sha256-")}
            assert allowed == {f"'sha256-{value}'" for value in hashes}, (path, kind)


def test_a_site_that_is_served_for_writing_lets_in_the_script_that_reloads_it(tmp_path):
    config = load_config(str(MINI / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    config.site_url = "http://127.0.0.1:8000/"  # as `mkdocs serve` sets it
    build(config)
    html = (tmp_path / "site/index.html").read_text()
    assert "script-src 'self' 'unsafe-inline';" in html
    assert "sha256-" not in html


@EACH
def test_each_claim_has_a_small_valid_card_without_script_that_opens_the_claim_on_top(site):
    for name, claim in claims(site).items():
        path = site / f"claims/{name}/embed/index.html"
        raw = path.read_bytes()
        assert len(gzip.compress(raw, 9)) < 3000, name
        tree = html5lib.HTMLParser(strict=True).parse(raw.decode())
        assert not elements(tree, "script", "img", "iframe")
        assert meta(tree, "robots") == ["noindex"]
        address = f"{URL}claims/{name}/"
        assert tree.find(f".//{HTML}link[@rel='canonical']").get("href") == address
        (link,) = elements(tree, "a")
        assert (link.get("href"), link.get("target"), link.text) == (address, "_top", claim["text"])
        text = "".join(tree.find(f".//{HTML}main").itertext())
        assert claim["computed"]["label"] in text
        assert claim["computed"]["counts"] in text


@EACH
def test_the_head_of_a_claim_leads_to_its_oembed_answer_and_the_page_shows_the_same_code(site):
    for name, claim in claims(site).items():
        path = site / f"claims/{name}/index.html"
        tree = html5lib.HTMLParser(strict=True).parse(path.read_text())
        (found,) = [e for e in elements(tree, "link") if e.get("type") == "application/json+oembed"]
        assert found.get("rel") == "alternate"
        answer = json.loads((site / found.get("href").removeprefix(URL)).read_text())
        assert (answer["version"], answer["type"], answer["title"]) == ("1.0", "rich", claim["text"])
        assert (type(answer["width"]), type(answer["height"])) == (int, int)
        assert tree.find(f".//{HTML}code[@id='frame']").text == answer["html"]
        (shown,) = elements(html5lib.parseFragment(answer["html"]), "iframe")
        assert (site / urlsplit(shown.get("src")).path.lstrip("/") / "index.html").is_file()
        assert shown.get("title") == claim["short"]


def test_a_card_has_whole_sentences_and_a_height_for_them():
    pub, _ = read(MINI)
    review = pub.by_claim["closing"]

    def told(text: str, summary: str) -> tuple[str, int]:
        made = replace(review, claim=replace(review.claim, text=text, summary=summary))
        return card.words(made), card.height(made)

    assert told("The bridge closed.", "One. Two. Three.") == ("One. Two.", 220)
    long = "It takes a line of a telephone to say this."
    assert told("The bridge closed. " * 4, f"{long} {long}") == (long, 220)
    words, height = told("The bridge closed. " * 9, long * 4)
    assert words == long * 4
    assert 260 < height < 400
    assert told("The bridge closed.", "") == ("", 220)


def test_nasty_text_stays_text_in_the_code_of_a_frame():
    (shown,) = html5lib.parseFragment(frame(URL, NASTY, 220))
    assert shown.get("title") == NASTY
    assert not shown.text


def test_the_page_says_how_wide_its_badge_is(mini):
    for name in claims(mini):
        said = re.search(r'<img src="badge.svg" [^>]*width="(\d+)"', (mini / f"claims/{name}/index.html").read_text())
        drawn = re.match(r'<svg [^>]*? width="(\d+)"', (mini / f"claims/{name}/badge.svg").read_text())
        assert said is not None
        assert drawn is not None
        assert said[1] == drawn[1]
    assert halves(RULES[0].status, "").total > 0


def test_without_an_address_a_claim_leaves_out_what_needs_one():
    pub, _ = read(MINI)
    site = Site("The Bridge Record", "", None, None)
    env = environment(view_globals(pub, site))
    page = next(page for page in claim_pages.outputs(pub, site, env) if page.address == "claims/repair-cost/")
    review = claim_review(pub, site, pub.by_claim["repair-cost"])
    assert "url" not in review
    assert "url" not in review["author"]
    assert review["reviewRating"]["alternateName"] == "Sources conflict"
    assert page.head == data_block(review)
    assert 'id="frame"' not in page.body
    files = {file.address: file.content.decode() for file in embed.outputs(pub, site, env)}
    assert not [name for name in files if name.endswith("oembed.json")]
    card = files["claims/closing/embed/index.html"]
    assert '<a href="../" target="_top">' in card
    assert "canonical" not in card
