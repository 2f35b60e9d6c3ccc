"""The search page in headless Chromium: finds with kind and badge, filters, addresses, keyboard, writing, faults."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import served
from playwright.sync_api import Browser, Locator, Page, expect
from publications import HERE, write_project
from sites import built

MANY = """\
entities:
  - {id: cairo, kind: place, name: القاهرة}
  - {id: beijing, kind: organization, name: 北京市人民政府, aliases: [東京タワー]}
  - {id: resume, kind: person, name: Émile Résumé}
claims:
""" + "".join(
    f"  - {{id: claim-{n}, text: Bridge number {n} was closed., short: Bridge {n}, kind: event, entities: [{who}]}}\n"
    for n, who in enumerate(["cairo", "beijing", "resume", *["cairo"] * 22])
)
HEADER = 'about:\n  title: "The bridges"\n  checked: 2020-09-30\n'


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Path:
    """The site of 25 claims and of names in three scripts."""
    root = tmp_path_factory.mktemp("many") / "project"
    write_project(root, MANY, header=HEADER)
    return built(root, root / "site")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a tab of its own and gathers what goes wrong there; nothing may have at the end."""
    pages: list[Page] = []
    faults: list[str] = []

    def open_page(address: str, *, careful: bool = True) -> Page:
        page = browser.new_page()
        pages.append(page)
        if careful:
            page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert faults == []


@pytest.fixture
def real(visit, address) -> Callable[[str], Page]:
    return lambda query="": visit(f"{address}search/{query}")


@pytest.fixture
def bridges(visit, many) -> Iterator[Callable[[str], Page]]:
    with served(many) as address:
        yield lambda query="": visit(f"{address}search/{query}")


def look_up(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)


def finds(page: Page) -> Locator:
    return page.locator("[data-results] > li")


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-status]")).to_have_text(words)


def says_as_many(page: Page, option: str) -> None:
    """The page has as many results as an option, "Sources conflict (2)", says."""
    count = int(option.rpartition("(")[2].rstrip(")"))
    says(page, f"{count} result{'' if count == 1 else 's'}")


def test_nothing_is_fetched_before_a_reader_asks(real):
    page = real()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.get_by_role("searchbox").focus()
    page.wait_for_timeout(300)
    assert [path for path in asked if path != "/assets/favicon.svg"] == []
    look_up(page, "deadline")
    finds(page).first.wait_for()
    assert any(path.endswith("pagefind.js") for path in asked)
    assert not any("filter" in path for path in asked)  # nobody asked to narrow


@pytest.mark.parametrize(
    ("words", "leads", "kind", "badge"),
    [
        ("sale mid-September 2020", "claims/sale-deadline/", "Claim", "Sources conflict"),
        ("out running as deadline looms", "sources/", "Source", ""),
        ("walmart", "entities/walmart/", "Organisation", ""),
        ("memo to employees: leaving", "statements/#", "Statement", ""),
    ],
)
def test_claims_sources_entities_and_statements_are_found_each_with_its_badge(real, words, leads, kind, badge):
    page = real()
    look_up(page, words)
    found = finds(page).filter(has=page.locator(f"a[href*='{leads}']")).first
    found.wait_for()
    expect(found.locator(".tag")).to_have_text(kind)
    if badge:
        assert found.locator(".badge b").inner_text() == badge
        assert found.locator(".badge svg.mk").is_visible()
        assert "articles" in found.locator(".badge").inner_text()
    href = found.locator("a").get_attribute("href")
    assert page.request.get(page.evaluate("href => new URL(href, location).href", href)).ok


def test_the_status_counts_and_says_when_nothing_is_found(real):
    page = real()
    look_up(page, "deadline")
    expect(page.locator("[data-status]")).to_have_text(f"{8} results")
    assert finds(page).count() == 8
    look_up(page, "qqqq")
    says(page, "Nothing found. Browse all claims below.")
    assert finds(page).count() == 0
    look_up(page, "")
    says(page, "")


def test_an_address_searches_at_once_and_the_page_keeps_its_address(real):
    page = real("?q=tiktok&status=conflict")
    finds(page).first.wait_for()
    assert page.get_by_role("searchbox").input_value() == "tiktok"
    expect(page.get_by_role("combobox", name="Status")).to_have_value("conflict")
    assert {badge.inner_text() for badge in page.locator("[data-results] .badge b").all()} == {"Sources conflict"}
    look_up(page, "sale")
    page.wait_for_url("**/search/?q=sale&status=conflict")
    page.get_by_role("combobox", name="Status").select_option("")
    page.wait_for_url("**/search/?q=sale")


def test_an_address_with_a_filter_that_there_is_not_finds_nothing(real):
    page = real("?q=walmart&status=%3Cb%3E&topic=none")
    says(page, "Nothing found. Browse all claims below.")


def test_results_are_narrowed_by_status_topic_and_source_with_counts(real):
    page = real()
    look_up(page, "tiktok")
    finds(page).first.wait_for()
    page.get_by_text("Narrow the results").click()
    for name in ("Status", "Topic", "Source"):
        select = page.get_by_role("combobox", name=name)
        expect(select.locator("option")).not_to_have_count(1)
        option = select.locator("option").nth(1)
        value, shown = option.get_attribute("value"), option.inner_text()
        select.select_option(value)
        says_as_many(page, shown)
        select.select_option("")
    look_up(page, "")
    page.get_by_role("combobox", name="Status").select_option("conflict")  # without a query: all of them
    expect(page.locator("[data-results] .badge.b-conflict")).not_to_have_count(0)


def test_more_is_shown_on_demand_and_the_keyboard_goes_on_there(bridges):
    page = bridges()
    look_up(page, "bridge")
    says(page, "25 results")
    assert finds(page).count() == 10
    for shown in (20, 25):
        first = finds(page).count()
        page.get_by_role("button", name="Show more").press("Enter")
        expect(finds(page)).to_have_count(shown)
        expect(finds(page).nth(first).locator("a")).to_be_focused()
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_the_keyboard_is_enough(real):
    page = real()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("walmart")
    page.keyboard.press("Enter")
    finds(page).first.wait_for()
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")  # the summary
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Status").locator("option")).not_to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "status"
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**status=*")
    says_as_many(page, page.locator("[name=status] option:checked").inner_text())  # the list is the new one
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" not in url)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("القاهرة", "القاهرة"),
        ("القَاهِرة", "القاهرة"),  # with vowel signs
        ("北京", "北京市人民政府"),
        ("人民政府", "北京市人民政府"),  # from within
        ("タワー", "北京市人民政府"),
        ("emile resume", "Émile Résumé"),
        ("ÉMILE", "Émile Résumé"),
        ("Rés", "Émile Résumé"),
        ("“Résumé”", "Émile Résumé"),
    ],
)
def test_words_are_found_in_any_script_and_without_their_accents(bridges, words, title):
    page = bridges()
    look_up(page, words)
    expect(finds(page).filter(has=page.locator(f"a:text-is('{title}')"))).to_have_count(1)


def test_words_that_are_in_no_text_are_not_found_in_writing_without_spaces(bridges):
    page = bridges()
    look_up(page, "上海")
    says(page, "Nothing found. Browse all claims below.")


@pytest.mark.parametrize("lost", ["search/index", "search/index/pagefind-entry.json", "search/index/finds"])
def test_a_page_without_its_index_says_so_and_lists_all_claims(visit, many, tmp_path, lost):
    site = shutil.copytree(many, tmp_path / "site")
    if (site / lost).is_dir():
        shutil.rmtree(site / lost)
    else:
        (site / lost).unlink()
    with served(site) as address:
        page = visit(f"{address}search/", careful=False)
        look_up(page, "bridge")
        expect(page.locator("[data-status]")).to_have_text(
            "Search is not available. Browse all claims below.", timeout=20_000
        )
        assert page.locator(".az a").count() == 25


def test_a_page_from_a_disk_lists_all_claims_and_says_that_search_is_not_available(visit, many):
    page = visit((many / "search/index.html").as_uri(), careful=False)
    page.get_by_role("searchbox").fill("bridge")
    says(page, "Search is not available. Browse all claims below.")
    assert page.locator(".az a").count() == 25


def test_text_of_a_record_stays_text_in_the_results(visit, tmp_path):
    nasty = "<img src=x onerror=alert(1)> {n} &amp; ___PAGEFIND_WEIGHT___0"
    root = tmp_path / "project"
    write_project(
        root, f'claims:\n  - {{id: a, text: "Nasty {nasty}", short: "b {nasty}", kind: state}}\n', header=HEADER
    )
    with served(built(root, root / "site")) as address:
        page = visit(f"{address}search/?q=nasty")
        expect(finds(page).locator("a")).to_have_text(f"Nasty {nasty}")
        assert page.locator("[data-results] img").count() == 0


@pytest.mark.parametrize(
    ("project", "queries"),
    [
        ("arabic", {"": "", "الجسر": r"^(نتيجة|نتيجتان|\d+ نتائج)", "ققققق": "لم يُعثر على شيء"}),
        ("chinese", {"": "", "大桥": r"^\d+ 条结果$", "月球": "没有找到结果"}),
    ],
)
def test_a_publication_in_another_language_is_searched_in_it(visit, tmp_path, project, queries):
    with served(built(HERE / "projects" / project, tmp_path / "site")) as address:
        page = visit(f"{address}search/")
        for words, said in queries.items():
            look_up(page, words)
            expect(page.locator("[data-status]")).to_have_text(re.compile(said) if said else "")
