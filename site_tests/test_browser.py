"""The real site in headless Chromium: no error, no request to another host, complete without script."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser import PAGES, chromium
from playwright.sync_api import BrowserContext, Page


@pytest.fixture(scope="module")
def contexts(browser) -> Callable[..., BrowserContext]:
    """A context for each set of options; tests share it, and with it what the browser keeps of the site."""
    made: dict[str, BrowserContext] = {}

    def context(**options: Any) -> BrowserContext:
        if repr(options) not in made:
            made[repr(options)] = browser.new_context(**options)
        return made[repr(options)]

    return context


@pytest.fixture
def opened(contexts, address) -> Iterator[Callable[..., Page]]:
    """Opens a page and gathers what goes wrong on it; nothing may have gone wrong at the end."""
    pages: list[Page] = []
    faults: list[str] = []

    def open_page(path: str, width: int = 1280, **options: Any) -> Page:
        page = contexts(viewport={"width": width, "height": 900}, **options).new_page()
        pages.append(page)
        page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: faults.append(r.url) if urlsplit(r.url).hostname != "127.0.0.1" else None)
        page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.goto(address + path)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert faults == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 375])
def test_a_page_opens_without_error_or_other_host(opened, name, width):
    page = opened(PAGES[name], width)
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_the_same_without_script(opened, name):
    # Script adds copy buttons, the search field and the colour switch, and nothing else.
    shown = """() => {
        document.querySelectorAll("[data-copy], [data-search]").forEach(added => added.remove());
        return document.querySelector("main").innerText.replace(/\\s+/g, " ").trim();
    }"""
    assert opened(PAGES[name], java_script_enabled=False).evaluate(shown) == opened(PAGES[name]).evaluate(shown)


def test_colours_follow_the_system_and_the_switch_is_remembered(opened):
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = opened("", color_scheme="light"), opened("", color_scheme="dark")
    paper, night = light.evaluate(ground), dark.evaluate(ground)
    assert paper != night
    assert (
        opened("", color_scheme="dark", java_script_enabled=False)
        .locator("body")
        .evaluate("body => getComputedStyle(body).backgroundColor")
        == night
    )
    light.get_by_role("button", name="Dark").click()
    assert light.evaluate(ground) == night
    light.reload()
    assert light.evaluate(ground) == night


def test_the_chronology_can_be_narrowed_to_disputed_dates_without_script(opened):
    page = opened("chronology/", java_script_enabled=False)
    every = page.locator("main li h3:visible, main li h2:visible").count()
    page.get_by_text("Disputed dates only").click()
    disputed = page.locator("main li h3:visible, main li h2:visible").count()
    assert 0 < disputed < every


def test_no_browser_is_an_error_in_continuous_integration():
    """Browser tests never skip: without Chromium they fail and say what to install."""
    assert os.environ.get("CI") != "true" or chromium() is not None
