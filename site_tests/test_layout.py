"""Pages of records unlike ours, in headless Chromium: many articles, many years, long words, nothing stored."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import served
from playwright.sync_api import Page
from publications import write_hostile, write_project
from sites import built

ARTICLES = 20
YEARS = range(2004, 2024)
VALUES = {"supports": "twice as long", "disputes": "no longer", "qualifies": "somewhat longer"}


def _wide() -> tuple[str, dict[str, str]]:
    """A record of an event a year and of articles of which each speaks on most claims, one of them on both sides."""
    texts = {
        f"report-{n}": f"---\nform: report\nheadline: Report {n}\npublisher: daily\n---\n\n"
        + "".join(f"The harbour was extended in {year}, it said.\n\n" for year in YEARS)
        for n in range(ARTICLES)
    }
    claims = ""
    for n, year in enumerate(YEARS):
        claims += f"  - id: extended-{year}\n    text: The harbour was extended in {year} at great expense.\n"
        claims += f"    short: Extension of {year}\n    kind: event\n    topic: sale\n    evidence:\n"
        for article in range(n % 3, ARTICLES, 2):
            stance = ("supports", "disputes", "qualifies")[(n + article) % 3]
            for one in (stance, "disputes")[: 2 if n == article == 0 else 1]:
                claims += f"      - {{article: report-{article}, stance: {one}, quote: extended in {year}, "
                claims += f"value: {VALUES[one]}, date: {year}-05-{n % 28 + 1:02}, date_basis: stated}}\n"
    return f"claims:\n{claims}", texts


LONG = "donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def wide(browser, tmp_path_factory) -> Iterator[Opens]:
    """Opens a page of that record, at a width."""
    root = tmp_path_factory.mktemp("wide")
    project = write_project(root / "project", *_wide())
    with served(built(project, root / "site")) as address:
        yield from _opens(browser, address)


def _opens(browser, address: str) -> Iterator[Opens]:
    page = browser.new_page()

    def opens(path: str, width: int = 1280, media: str = "screen") -> Page:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media)
        page.goto(address + path)
        return page

    yield opens
    page.close()


# The chronology of many years

CUT = """() => [...document.querySelectorAll(".tk")].filter((mark) => {
    const [dot, room] = [mark, mark.closest(".tl-r")].map((e) => e.getBoundingClientRect());
    return dot.left < room.left || dot.right > room.right;
}).length"""


@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (720, "screen"), (680, "print")])
def test_marks_of_many_years_are_whole_and_on_a_clear_ground(wide, width, media):
    page = wide("chronology/", width, media)
    assert page.locator(".tk").count() > 100
    assert page.locator("#z_weeks").count() == 0, "a scale of so many days has no other lengths"
    assert page.evaluate(CUT) == 0
    assert page.locator(".te .tl-r").first.evaluate("e => getComputedStyle(e).backgroundImage") == "none"


# The table of many articles

BROKEN = """() => [...document.querySelectorAll(".mx td, .mx th")].flatMap((cell) => {
    const found = [], texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode;
        if (!node.parentElement.checkVisibility()) continue;
        for (const word of node.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
        }
    }
    return found;
})"""


def test_no_word_is_broken_in_a_printed_table_of_many_articles(wide):
    page = wide("matrix/", 680, "print")
    assert page.locator(".mx thead th").count() == ARTICLES + 1
    assert page.evaluate(BROKEN) == []
    assert page.locator(".mx").evaluate("e => e.scrollWidth") <= 680
    row = page.locator(".mx tbody tr").first
    assert row.locator(".ml > .vh").first.evaluate("e => e.clientWidth") > 20, "a cell names its article"
    said = row.locator("td:not(.st-silent)").first.bounding_box()
    silent = [cell.bounding_box() for cell in row.locator("td.st-silent").all()]
    assert min(box["y"] for box in silent) >= said["y"] + said["height"]
    assert len({box["y"] for box in silent}) < len(silent) / 2, "the silent share lines"


# Words that are wider than a phone


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("long")
    return built(write_hostile(root / "project", LONG), root / "site")


TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".tlw, .wide, .mxw, .vh, pre"))
    .map((e) => e.outerHTML.slice(0, 120))"""


def test_no_page_scrolls_sideways_for_a_long_word(browser, long):
    pages = [path for path in sorted(long.rglob("*.html")) if 'http-equiv="refresh"' not in path.read_text()]
    assert len(pages) > 30
    page = browser.new_page()
    found = {}
    with served(long) as address:
        for name in (path.relative_to(long).as_posix() for path in pages):
            page.goto(f"{address}{name}")
            for width in (1280, 720, 375, 320):
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found[name, width] = page.evaluate(TOO_WIDE)[:5]
    page.close()
    assert found == {}


# The table: an article on two sides of a claim


@pytest.mark.parametrize("width", [1280, 375])
def test_each_of_two_stances_in_a_cell_has_its_own_mark_and_colour(wide, width):
    page = wide("matrix/", width)
    cell = page.locator(".mx td a", has_text="also supports")
    assert cell.count() == 1
    assert cell.locator("svg.mk-disputes").count() == cell.locator("svg.mk-supports").count() == 1
    colours = "all => all.map(e => getComputedStyle(e).color)"
    elsewhere = [page.locator(f"td.st-{stance} .mst").last for stance in ("disputes", "supports")]
    assert cell.locator(".mst").evaluate_all(colours) == [one.evaluate_all(colours)[0] for one in elsewhere]
    mark, words = cell.locator(".mst .mk").bounding_box(), cell.locator(".mst").last.bounding_box()
    assert words["y"] <= mark["y"] + mark["height"] / 2 <= words["y"] + words["height"], "they stand on one line"


# On a phone and on paper, of the publication of this repository


@pytest.fixture(scope="module")
def real(browser, address) -> Iterator[Opens]:
    yield from _opens(browser, address)


def test_all_groups_of_the_chronology_begin_at_one_edge_on_a_phone(real):
    page = real("chronology/", 375)
    assert page.locator(".tes.off").count() == 2
    edges = page.locator(".tes").evaluate_all("all => all.map(e => e.getBoundingClientRect().left)")
    assert len(set(edges)) == 1
    # A dot's middle is on the line; its left half and the ring around it stay within the margin of the page.
    margin = page.locator("h1").bounding_box()["x"]
    dot = page.locator(".te").first.evaluate("e => parseFloat(getComputedStyle(e, '::before').width)")
    assert edges[0] + 1.5 - dot / 2 >= margin


def test_cells_say_on_a_phone_what_they_hold(real):
    label = "all => all.map(e => getComputedStyle(e, '::before').content.split(':')[0])"
    cells = "#rule-statuses ~ table >> nth=0 >> tbody >> tr >> nth=0 >> td"
    assert real("about/", 375).locator(cells).evaluate_all(label) == ['"When', '"In short']
    assert real("about/").locator(cells).evaluate_all(label) == ["none", "none"]


def test_a_printed_claim_has_no_links_for_action_and_no_code(real, long, browser):
    shown = "all => all.filter(e => e.checkVisibility()).map(e => e.innerText)"
    paper = real("claims/sale-deadline/", 680, "print").locator("#cite ~ dl a, #cite ~ dl code").evaluate_all(shown)
    assert len(paper) == 1
    assert paper[0].endswith("/claims/sale-deadline/"), "the address, to find it again"
    with served(long) as address:
        page = browser.new_page()
        page.emulate_media(media="print")
        page.goto(f"{address}claims/collapse/")
        assert page.locator(".ruling a", has_text="Read the review").evaluate_all(shown) == []
        page.close()


def test_a_missing_page_says_so_once(real):
    assert real("404.html").inner_text("main").count("Nothing at this address") == 1


@pytest.mark.parametrize("width", [1280, 375])
def test_the_search_page_has_no_room_for_a_field_that_never_comes(browser, address, width):
    page = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{address}search/")
    title, claims = page.locator("h1").bounding_box(), page.locator("h2").first.bounding_box()
    page.context.close()
    assert claims["y"] - title["y"] - title["height"] < 60
