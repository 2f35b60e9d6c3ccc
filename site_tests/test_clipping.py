"""Claims as HTML to paste elsewhere: links and badges of the site, no script, and no way out for nasty text."""

import re
from pathlib import Path

import html5lib
import pytest
from click.testing import Result
from commands import run
from publications import MINI, NASTY
from sites import HTML

from generator.build import read
from generator.clipping import clipping
from generator.render import Site

URL = "https://facts.example.org/"


def embed(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    monkeypatch.chdir(folder)
    return run("embed", *words)


def test_the_code_links_each_claim_once_in_the_order_asked_for_with_its_badge(monkeypatch, mini):
    result = embed(MINI, monkeypatch, "storm", "closing", "storm")
    assert result.exit_code == 0
    tree = html5lib.parseFragment(result.stdout)
    links = [element.get("href") for element in tree.iter(f"{HTML}a")]
    assert links == [f"{URL}claims/storm/", f"{URL}claims/closing/", URL]
    images = list(tree.iter(f"{HTML}img"))
    for name, image in zip(("storm", "closing"), images, strict=True):
        assert image.get("src") == f"{URL}claims/{name}/badge.svg"
        svg = (mini / f"claims/{name}/badge.svg").read_text()
        assert f'width="{image.get("width")}"' in svg
        assert f'aria-label="{image.get("alt")}"' in svg
    assert "Our verdict: Mostly right" in result.stdout
    assert result.stdout.count("Our verdict") == 1


def test_nothing_in_it_runs_or_loads_but_the_badges():
    pub, _ = read(MINI)
    assert pub is not None
    code = clipping(pub, Site("The Bridge Record", URL, None, None), pub.reviews)
    names = {element.tag.removeprefix(HTML) for element in html5lib.parseFragment(code).iter()}
    assert names <= {"DOCUMENT_FRAGMENT", "section", "ul", "li", "a", "br", "img", "p", "small"}
    assert not re.search(r"\son\w+=|javascript:|url\(", code)


def test_a_whole_page_is_valid_and_may_load_nothing_but_the_badges(monkeypatch):
    result = embed(MINI, monkeypatch, "closing", "--page")
    html5lib.HTMLParser(strict=True).parse(result.stdout)
    assert result.stdout.startswith("<!doctype html>\n")
    assert "default-src 'none'; img-src https://facts.example.org; style-src-attr 'unsafe-inline'" in result.stdout


def test_nasty_text_stays_text():
    pub, _ = read(MINI)
    assert pub is not None
    claim = pub.by_claim["closing"].claim
    claim.text = NASTY
    tree = html5lib.parseFragment(clipping(pub, Site(NASTY, URL, None, None), [pub.by_claim["closing"]]))
    first, last = tree.iter(f"{HTML}a")
    assert first.text == last.text == NASTY


def test_a_claim_that_there_is_not_and_a_site_without_address_are_wrong_use(monkeypatch, project):
    result = embed(MINI, monkeypatch, "closng")
    assert result.exit_code == 2
    assert 'there is no claim "closng"; did you mean "closing"?' in result.output
    assert embed(MINI, monkeypatch).exit_code == 2
    root = project("claims:\n  - {id: sold, text: Sold., short: Sold, kind: state}\n")
    assert embed(root, monkeypatch, "sold").exit_code == 0
    (root / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text().replace("site_url: https://test.example/\n", ""))
    result = embed(root, monkeypatch, "sold")
    assert result.exit_code == 2
    assert '"site_url" is missing' in result.output


def test_a_record_with_errors_gives_no_code(monkeypatch, project):
    root = project("claims:\n  - {id: sold, text: Sold., short: Sold, kind: gossip}\n")
    result = embed(root, monkeypatch, "sold")
    assert (result.exit_code, result.stdout) == (1, "")
