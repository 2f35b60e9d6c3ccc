"""Whole publications through real MkDocs, strict: a small one and the same with nasty text in every field."""

import json
import re
import shutil
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from publications import NASTY
from sites import HTML, built, elements, pages

from generator import pages as page_kinds
from generator import view
from generator.build import read as reads
from generator.model import Claim, Placed, Record
from generator.render import Site, environment
from generator.shape import Kind, shape

MINI = Path(__file__).parent / "projects" / "mini"
EXPECTED = Path(__file__).parent / "expected"
UNREAD = ("assets/", "data/record.sqlite", "build.json", "search/index/")
"""Outputs that nobody can review as text; tests of their own hold them."""


def test_spliced_pages_equal_those_that_mkdocs_renders_byte_for_byte(mini, tmp_path):
    rendered = built(MINI, tmp_path / "site", splice=False)
    names = {path.relative_to(mini).as_posix() for path in mini.rglob("*") if path.is_file()}
    assert names == {path.relative_to(rendered).as_posix() for path in rendered.rglob("*") if path.is_file()}
    assert [name for name in sorted(names) if (mini / name).read_bytes() != (rendered / name).read_bytes()] == []


def test_a_page_that_is_made_alone_is_the_page_that_a_build_makes():
    reading = reads(MINI).publication
    assert reading is not None
    site = Site("Mini", "https://facts.example.org/", None, None)
    env = environment(view.globals(reading, site))
    every = {page.address: page for page in page_kinds.outputs(reading, site, env)}
    for address, page in every.items():
        if page.kind in ("claim", "source", "entity"):
            assert list(page_kinds.some(reading, site, env, [address])) == [page]
    wanted = ["claims/closing/", "chronology/", "matrix/", "statements/", "claims/none/", "nowhere/", ""]
    found = page_kinds.some(reading, site, env, wanted)
    assert {page.address: page for page in found} == {key: every[key] for key in wanted if key in every}


def test_two_builds_give_the_same_bytes(mini, tmp_path):
    again = built(MINI, tmp_path / "site")
    files = [path for path in mini.rglob("*") if path.is_file()]
    assert [p.name for p in files if p.read_bytes() != (again / p.relative_to(mini)).read_bytes()] == []


def test_the_pages_are_those_that_were_accepted(mini, request):
    """Every output of the small publication stands in `expected/`; `pytest --accept` writes it anew, for review."""
    found = {p.relative_to(mini).as_posix(): p.read_bytes() for p in mini.rglob("*") if p.is_file()}
    finds = sorted(content for name, content in found.items() if name.startswith("search/index/finds/"))
    found = {name: content for name, content in found.items() if not name.startswith(UNREAD)}
    found["search/finds"] = b"\n".join(finds) + b"\n"  # what lies beside them is Pagefind's, and names change with it
    if request.config.getoption("--accept"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for name, content in found.items():
            (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / name).write_bytes(content)
    accepted = {p.relative_to(EXPECTED).as_posix(): p.read_bytes() for p in EXPECTED.rglob("*") if p.is_file()}
    assert sorted(found) == sorted(accepted)
    assert [name for name in sorted(found) if found[name] != accepted[name]] == []


@pytest.mark.parametrize("which", ["mini", "hostile"])
def test_each_page_is_valid_complete_and_asks_no_other_host(which, request):
    site = request.getfixturevalue(which)
    for name, tree in pages(site):
        ids = [e.get("id") for e in tree.iter() if e.get("id")]
        assert len(ids) == len(set(ids)), name
        levels = [int(e.tag[-1]) for e in tree.iter() if re.fullmatch(rf"{HTML}h[1-6]", str(e.tag))]
        redirect = tree.find(f".//{HTML}meta[@http-equiv='refresh']") is not None
        assert redirect or levels[:1] == [1], name
        assert levels.count(1) <= 1, name
        assert all(b - a <= 1 for a, b in pairwise(levels)), (name, levels)
        assert tree.find(f".//{HTML}title").text, name
        for element in elements(tree, "img"):
            assert element.get("alt"), name
        for element in elements(tree, "script", "link", "img", "iframe"):
            address = element.get("src") or (
                element.get("href") if element.get("rel") not in ("canonical", "alternate") else ""
            )
            assert not re.match(r"[a-z]+:|//", address or ""), (name, address)
        assert not any(key.startswith("on") for e in tree.iter() for key in e.attrib), name


@pytest.mark.parametrize("which", ["mini", "hostile"])
def test_each_internal_link_and_anchor_leads_somewhere(which, request):
    site = request.getfixturevalue(which)
    anchors = {name: {e.get("id") for e in tree.iter() if e.get("id")} for name, tree in pages(site)}
    for name, tree in pages(site):
        for element in elements(tree, "a", "link", "script", "img"):
            address = element.get("href") or element.get("src") or ""
            if re.match(r"[a-z]+:", address) or not address:
                continue
            path, _, anchor = address.partition("#")
            if path.startswith("/"):
                target = site / path.lstrip("/")
            else:
                target = (site / name).parent / path if path else site / name
            if target.is_dir():
                target = target / "index.html"
            assert target.is_file(), (name, address)
            if anchor:
                assert anchor in anchors[target.resolve().relative_to(site.resolve()).as_posix()], (name, address)


def test_nasty_text_is_shown_as_the_characters_it_is_made_of(hostile):
    seen = 0
    for name, tree in pages(hostile):
        scripts = ["".join(e.itertext()) for e in elements(tree, "script") if e.get("type") != "application/ld+json"]
        assert not any("alert" in script for script in scripts), name
        assert not [e for e in elements(tree, "b") if "".join(e.itertext()).strip().startswith("</")], name
        for element in elements(tree, "a"):
            assert not (element.get("href") or "").lower().lstrip().startswith("javascript:"), name
        text = " ".join("".join(tree.itertext()).split())
        assert "49" not in re.sub(r"\d+,\d+|\d{3,}", "", text), name
        seen += text.count("<script>alert(1)</script> {{ 7*7 }} {% raw %} <![CDATA[ ](javascript:alert(1))")
    assert seen > 100
    for path in hostile.rglob("*.svg"):
        ElementTree.parse(path)
    data = json.loads((hostile / "data/claims.json").read_text())
    assert all(NASTY in claim["text"] for claim in data["claims"])


def test_what_a_reader_sees_quoted_is_the_quotation_character_for_character(mini):
    data = json.loads((mini / "data/claims.json").read_text())
    for claim in data["claims"]:
        html = (mini / f"claims/{claim['id']}/index.html").read_text()
        marked = [unescape(text) for text in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL)]
        for evidence in claim.get("evidence", ()):
            for part in evidence.get("quote", ()):
                linked = evidence["computed"]["verdict"] == "unverified"
                assert (part in marked) is not linked or evidence["stance"] == "mentions", claim["id"]
                assert not linked or f'“{part}” </span><span class="tag">not verified' in html


def test_the_sitemap_and_canonical_addresses_have_every_page_that_should_be_found(mini):
    listed = set(re.findall(r"<loc>https://facts\.example\.org/(.*?)</loc>", (mini / "sitemap.xml").read_text()))
    canonical = set()
    for name, tree in pages(mini):
        link = tree.find(f".//{HTML}link[@rel='canonical']")
        robots = tree.find(f".//{HTML}meta[@name='robots']")
        if link is not None and robots is None:
            address = link.get("href").removeprefix("https://facts.example.org/")
            assert name == f"{address}index.html"
            canonical.add(address)
    assert listed == canonical
    assert {"", "claims/closing/", "sources/wire/", "entities/mayor/", "chronology/", "matrix/"} <= listed
    assert not any("404" in address or "onrecord" in address for address in listed)


def test_every_claim_source_entity_and_statement_can_be_found_and_nothing_else(mini):
    data = json.loads((mini / "data/claims.json").read_text())
    wanted = [f"claims/{claim['id']}/" for claim in data["claims"]]
    wanted += [f"sources/{article['id']}/" for article in data["articles"]]
    wanted += [f"entities/{entity['id']}/" for entity in data["entities"]]
    wanted += [f"statements/#{statement['id']}" for statement in data["statements"]]
    found = [json.loads(path.read_text()) for path in mini.glob("search/index/finds/*/*.json")]
    assert sorted(find["address"] for find in found) == sorted(wanted)
    labels = {claim["id"]: claim["computed"]["status"] for claim in data["claims"]}
    assert all(find["status"] == labels[find["address"][7:-1]] for find in found if find["kind"] == "claim")


def test_a_former_address_leads_to_the_claim(mini):
    html = (mini / "claims/queue/index.html").read_text()
    assert 'content="0; url=../waiting/"' in html
    assert "https://facts.example.org/claims/waiting/" in html


def test_every_published_address_is_answered_by_a_page_a_redirect_or_a_tombstone(mini):
    for line in (MINI / "addresses.lock").read_text().split():
        folder, _, anchor = line.partition("#")
        html = (mini / folder / "index.html").read_text()
        assert not anchor or f'id="{anchor}"' in html
    for id in ("queue", "rumour"):
        assert {path.name for path in (mini / "claims" / id).iterdir()} >= {"badge.svg", "embed"}
    assert "../bridge/" in (mini / "entities/elm-bridge/index.html").read_text()
    assert "../wire/" in (mini / "sources/wire-report/index.html").read_text()


def test_a_tombstone_says_when_and_why_and_is_in_no_list_but_that_of_corrections(mini):
    html = (mini / "sources/leaflet/index.html").read_text()
    assert "<h1>This source was removed</h1>" in html
    assert "10 Mar 2021" in html
    assert "Its publisher showed that it was forged." in html
    assert '<meta name="robots" content="noindex">' in html
    assert "forged" in (mini / "corrections/index.html").read_text()
    assert "leaflet" not in (mini / "sitemap.xml").read_text()
    finds = [path.read_text() for path in mini.glob("search/index/finds/*/*.json")]
    assert finds
    assert not any("leaflet" in find for find in finds)


def test_badges_are_small_and_say_label_and_counts(mini):
    for path in mini.glob("claims/*/badge.svg"):
        root = ElementTree.parse(path).getroot()
        title = root.find("{http://www.w3.org/2000/svg}title")
        assert root.get("role") == "img"
        assert title is not None
        assert root.get("aria-label") == title.text
        assert path.stat().st_size <= 2048


def test_no_words_of_an_article_are_published_beyond_the_quotations_and_their_surroundings(mini):
    """The stored articles are evidence and not content: none of them is published whole."""
    assert not list(mini.glob("articles*"))


def test_the_small_publication_uses_every_field_of_the_record():
    record = yaml.load((MINI / "claims.yaml").read_text(), yaml.BaseLoader)
    used: set[tuple[str, str]] = set()

    def walk(value: dict[str, Any], cls: type[Placed]) -> None:
        for name, field in shape(cls).items():
            if name in value:
                used.add((cls.__name__, name))
                if field.kind is Kind.RECORD:
                    for item in value[name] if field.many else [value[name]]:
                        walk(item, field.detail)

    walk(record, Record)
    wanted = {(cls.__name__, name) for cls in (Record, Claim) for name in shape(cls)}
    assert wanted <= used
