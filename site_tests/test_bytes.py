"""What readers load: of the real publication, and of a made-up one of a thousand claims and a hundred articles."""

import gzip
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import pytest
from browser import PAGES, served
from sites import built

from benchmarks import synthetic

KB = 1024


@pytest.fixture(scope="module")
def thousand(tmp_path_factory) -> Path:
    """The site of a made-up publication."""
    project = tmp_path_factory.mktemp("thousand") / "project"
    project.mkdir()
    synthetic.write(project, 1000)
    return built(project, project.parent / "site")


def compressed(content: bytes) -> int:
    """Bytes as a server sends them."""
    return len(gzip.compress(content, 9, mtime=0))


@pytest.mark.parametrize("name", ["claim", "claim-echo", "claim-withdrawn"])
def test_a_first_visit_to_a_claim_takes_24_kb_and_6_requests(browser, address, name):
    context = browser.new_context()
    page = context.new_page()
    bodies: dict[str, bytes] = {}
    page.on("response", lambda response: bodies.__setitem__(response.url, response.body()))
    page.goto(address + PAGES[name], wait_until="networkidle")
    icon = urljoin(page.url, page.locator("link[rel=icon]").get_attribute("href") or "")
    if icon not in bodies:  # without a window, Chromium asks for none
        bodies[icon] = context.request.get(icon).body()
    context.close()
    assert len(bodies) <= 6, list(bodies)
    assert sum(map(compressed, bodies.values())) <= 24 * KB


def test_pages_of_claims_with_up_to_four_articles_take_8_kb(real_site):
    sizes = {}
    for path in real_site.glob("claims/*/index.html"):
        html = path.read_bytes()
        if html.count(b'<article class="ev ') <= 4:
            sizes[path.parent.name] = compressed(html)
    assert len(sizes) > 100
    assert {name: size for name, size in sizes.items() if size > 8 * KB} == {}


@pytest.mark.parametrize(("pattern", "most"), [("*.css", 8 * KB), ("onrecord.js", 1 * KB), ("search.js", 3 * KB)])
def test_style_sheet_and_script_are_small(real_site, pattern, most):
    files = list(real_site.glob(f"assets/{pattern}"))
    assert files
    assert sum(compressed(path.read_bytes()) for path in files) <= most


def test_the_first_query_among_a_thousand_claims_takes_120_kb(browser, thousand):
    """Of ten thousand it takes 10 KB more, the list of their names (decisions/0013)."""
    with served(thousand) as address:
        page = browser.new_page()
        page.goto(address + PAGES["search"])
        bodies: dict[str, bytes] = {}
        page.context.on("response", lambda response: bodies.__setitem__(response.url, response.body()))
        page.get_by_role("searchbox").fill("company")
        page.get_by_role("status").filter(has_text="result").wait_for()
        page.wait_for_load_state("networkidle")
        page.close()
    assert sum("/finds/" in url for url in bodies) == 10  # of hundreds that are found
    packed = (".pagefind", ".pf_meta", ".pf_index")
    sizes = {url: len(raw) if url.endswith(packed) else compressed(raw) for url, raw in bodies.items()}
    assert sum(sizes.values()) <= 120 * KB, sizes


@pytest.mark.parametrize("site", ["real_site", "thousand"])
def test_no_page_of_html_takes_more_than_300_kb(request, site):
    root: Path = request.getfixturevalue(site)
    sizes = {path.relative_to(root).as_posix(): path.stat().st_size for path in root.rglob("*.html")}
    assert len(sizes) > 150
    assert {name: size for name, size in sizes.items() if size > 300 * KB} == {}


@pytest.mark.parametrize(
    ("pattern", "count"),
    [("claims/*/index.html", 1000), ("sources/*/index.html", 100), ("entities/*/index.html", 25), ("*.html", 2)],
)
def test_a_thousand_claims_have_a_page_each_and_no_more(thousand, pattern, count):
    assert len(list(thousand.glob(pattern))) == count


def test_every_one_of_a_thousand_claims_is_listed_without_script(thousand):
    lists = "".join(path.read_text() for path in thousand.glob("search/**/*.html"))
    listed = Counter(re.findall(r'href="(?:\.\./)+claims/([^/"]+)/"', lists))
    assert len(listed) == 1000
