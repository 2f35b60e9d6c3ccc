"""The budgets of a page of every kind of the real publication, in headless Chromium.

They are for accessibility, keyboard, room, stillness, paper and forced colours; those of bytes are in `test_bytes.py`.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser import AXE_RULES, PAGES
from playwright.sync_api import BrowserContext, Page

KB = 1024
WIDTHS = (1280, 375)
NARROWEST = 320
PAPER = {"width": 680, "height": 1000}
"""What is left of A4 between our margins, in CSS pixels."""

Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def visited(browser, address) -> Iterator[Opens]:
    """Goes to a page by the name of its kind. There is one context and one tab for each width, shared by all tests."""
    contexts: dict[int, BrowserContext] = {}

    def visit(name: str, width: int = 1280, scheme: str = "light", *, fragment: str = "", **media: Any) -> Page:
        if width not in contexts:
            contexts[width] = browser.new_context(viewport={"width": width, "height": 900})
            contexts[width].new_page()
        (page,) = contexts[width].pages
        page.emulate_media(**{"color_scheme": scheme, "media": "screen", "forced_colors": "none", **media})
        page.goto("about:blank")  # else a fragment of the page that is open would only scroll it
        page.goto(address + PAGES[name] + fragment)
        return page

    yield visit
    for context in contexts.values():
        context.close()


def violations(page: Page) -> list[str]:
    """What axe-core finds: the rule, and a place where it is broken."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(
        """async (rules) => (await axe.run(rules)).violations.flatMap(
            ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))""",
        AXE_RULES,
    )


def in_light_and_dark(page: Page) -> list[str]:
    """What axe-core finds in either colours of the system."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += violations(page)
    return found


# Accessibility


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_any_page_in_light_and_dark(visited, name, width):
    assert in_light_and_dark(visited(name, width)) == []


@pytest.mark.parametrize("name", ["matrix-topic", "about", "data"])
def test_a_table_is_read_as_a_table_where_a_phone_shows_cards(visited, name):
    def parts(width: int) -> Counter[str]:
        page = visited(name, width)
        session = page.context.new_cdp_session(page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        read = Counter(str(node["role"]["value"]) for node in nodes if not node["ignored"])
        return Counter({role: read[role] for role in ("table", "row", "columnheader", "rowheader", "gridcell", "cell")})

    wide = parts(1280)
    assert all(wide[role] for role in ("table", "row", "columnheader", "rowheader"))
    assert parts(375) == wide


def unfold(page: Page) -> None:
    page.eval_on_selector_all("details", "all => all.forEach(details => { details.open = true; })")


def choose(*ids: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for one in ids:
            page.locator(f"label:has(#{one})").click()
            assert page.locator(f"#{one}").is_checked()

    return act


def look_up(words: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("status").filter(has_text=re.compile("result|Nothing")).wait_for()

    return act


def narrow(page: Page) -> None:
    look_up("tiktok")(page)
    page.get_by_text("Narrow the results").click()
    page.locator("select[name=status] option[value=single]").wait_for(state="attached")
    page.get_by_role("combobox", name="Status").select_option("single")
    page.locator("[data-results]:not(:has([data-part=caveat]))").wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "disclosures of changes open": ("claim-echo", unfold),
    "all statements unfolded": ("statements", unfold),
    "home unfolded": ("home", unfold),
    "facts of a source unfolded": ("source", unfold),
    "days, disputed only": ("chronology", choose("z_days", "f_disputed")),
    "weeks": ("chronology", choose("z_weeks")),
    "claims of one article only": ("matrix-topic", choose("mf-single")),
    "results": ("search", look_up("walmart")),
    "results narrowed": ("search", narrow),
    "no results": ("search", look_up("qqqq")),
}


@pytest.mark.parametrize(
    ("state", "width"),  # a phone has no scale of time to choose
    [
        (state, width)
        for state, (name, _) in STATES.items()
        for width in WIDTHS
        if width == WIDTHS[0] or name == "search"
    ],
)
def test_axe_finds_nothing_when_controls_are_in_use(visited, state, width):
    name, act = STATES[state]
    page = visited(name, width)
    act(page)
    assert in_light_and_dark(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_colours_that_a_reader_chose(visited, scheme):
    page = visited("claim", scheme=scheme)
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.locator("[data-theme]").click()
    try:
        assert page.evaluate(ground) != before
        assert violations(page) == []
    finally:
        page.evaluate("localStorage.clear()")


def test_axe_sees_a_fault_of_each_level_in_both_colours(visited):
    """A test that can't fail tells nothing: faults that are put into a page are found."""
    page = visited("home", 375)
    page.evaluate("""() => {
        document.querySelector("main, article").insertAdjacentHTML("beforeend", `<img src="/x.svg"><h6>Low</h6>
        <button>a</button><button>b</button><p class="faint">A sentence that few can read.</p>`);
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(".faint { color: #888; background: #777 } main button { width: 9px; padding: 0; border: 0 }");
        document.adoptedStyleSheets = [sheet];
    }""")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        rules = {text.partition(":")[0] for text in violations(page)}
        assert {"image-alt", "color-contrast", "target-size", "heading-order"} <= rules


# Every stop of the Tab key, in the order of the page; of radio buttons one is a stop, and arrows reach the others.
STOPS = """() => {
    const every = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
    window.stops = [...every].filter((e) => !(e.type === "radio" && !e.checked)
        && e.checkVisibility({ visibilityProperty: true }));
    window.reached = [];
    addEventListener("focusin", ({ target }) => {
        const ring = (e) => {
            const style = e && getComputedStyle(e);
            return style && style.outlineStyle !== "none" ? parseFloat(style.outlineWidth) : 0;
        };
        const box = target.getBoundingClientRect();
        reached.push({
            at: stops.indexOf(target), what: target.outerHTML.slice(0, 120),
            ring: Math.max(ring(target), ring(target.closest("label"))), shown: box.width > 0 && box.right > 0,
        });
    });
    return stops.length;
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_tab_walks_every_control_in_order_with_a_visible_ring_and_no_trap(visited, name, width):
    page = visited(name, width)
    stops = page.evaluate(STOPS)
    for _ in range(stops):
        page.keyboard.press("Tab")
    reached = page.evaluate("reached")
    assert [stop["at"] for stop in reached] == list(range(stops))
    assert [stop["what"] for stop in reached if stop["ring"] < 2 or not stop["shown"]] == []
    page.keyboard.press("Tab")
    assert page.evaluate("stops.indexOf(document.activeElement)") in (-1, 0)


def test_the_skip_link_leads_past_the_header(visited):
    page = visited("claim")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('header.fh').contains(document.activeElement)") is False
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)") is True


def test_arrow_keys_choose_among_radio_buttons(visited):
    page = visited("chronology")
    page.locator("#z_fit").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#z_weeks").is_checked()


# Room

# The text spacing of WCAG 1.4.12. A style element would be against the policy of our pages.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`p { margin-bottom: 2em !important }
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
WIDER = """(width) => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width && !e.closest(".tlw, .wide, .mxw, .vh, pre"))
    .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_on_the_narrowest_phone_even_with_text_spacing(visited, name):
    page = visited(name, NARROWEST)
    unfold(page)
    for spaced in (False, True):
        if spaced:
            page.evaluate(SPACED)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROWEST, (spaced, page.evaluate(WIDER, NARROWEST)[:5])


# Links in running text are inline; every other link is a control of its own, and so is each one of the header.
SMALL = """() => [...document.querySelectorAll("a[href], button, input, summary")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .map((e) => e.type === "radio" ? e.closest("label") : e)
    .filter((e) => e.localName !== "a" || e.closest("header.fh, nav") || getComputedStyle(e).display !== "inline")
    .filter((e) => { const box = e.getBoundingClientRect(); return Math.min(box.width, box.height) < 23.99; })
    .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_controls_are_at_least_24_pixels_wide_and_high(visited, name, width):
    assert visited(name, width).evaluate(SMALL) == []


def test_every_card_fits_the_frame_that_its_claim_recommends_on_a_phone(browser, address, real_site):
    page = browser.new_page(viewport={"width": 375, "height": 100})
    heights = {}
    for path in sorted(real_site.glob("claims/*/oembed.json")):
        name = path.parent.name
        page.goto(f"{address}claims/{name}/embed/")
        needed = page.evaluate("document.documentElement.scrollHeight")
        heights[name] = (needed, json.loads(path.read_text())["height"])
    page.close()
    assert len(heights) > 100
    assert {name: pair for name, pair in heights.items() if pair[0] > pair[1]} == {}


# Stillness


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["home", "claim", "chronology", "matrix", "search"])
def test_nothing_moves_while_a_page_loads(visited, name, width):
    page = visited("missing", width)
    page.route("**/*.js", lambda route: (time.sleep(0.2), route.continue_()))  # the page is seen before script runs
    try:
        page = visited(name, width)
        shift = page.evaluate("""() => new Promise((done) => {
            let sum = 0;
            new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
                .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => done(sum), 150);
        })""")
    finally:
        page.unroute_all()
    assert shift <= 0.01


# Paper

SEEN = "all => all.filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.outerHTML.slice(0, 120))"


@pytest.mark.parametrize("name", ["claim", "claim-echo", "chronology", "matrix-topic", "source", "statements"])
def test_paper_has_all_words_and_none_of_the_controls(visited, name):
    page = visited(name)
    words = page.locator("details").count()
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print", color_scheme="dark")
    try:
        assert page.eval_on_selector_all("body > .fh, .ff, .ft, .md-skip, button, input, fieldset, summary", SEEN) == []
        shown = page.eval_on_selector_all("details > :not(summary)", SEEN)
        assert len(shown) >= words
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
        for region in page.locator(".tlw, .mxw").all():
            assert region.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    finally:
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize(("name", "most"), [("claim", 3), ("claim-echo", 3), ("chronology", 5), ("matrix-topic", 4)])
def test_pages_print_on_few_sheets(visited, name, most):
    sheets = re.findall(rb"/Type\s*/Page\b", visited(name, media="print").pdf(format="A4"))
    assert 1 <= len(sheets) <= most


# Forced colours

# A mark is seen if its outline differs from the ground, and its glyph from what is under the glyph.
HIDDEN = """() => {
    const ground = getComputedStyle(document.body).backgroundColor;
    const paint = (e) => { const s = getComputedStyle(e); return [s.fill, s.stroke]; };
    const differs = (paints, from) => paints.some((paint) => paint !== "none" && paint !== from);
    return [...document.querySelectorAll("svg.mk")].filter((mark) => {
        const [outline, glyph] = mark.querySelectorAll("path");
        const [fill] = paint(outline);
        return !differs(paint(outline), ground) || glyph && !differs(paint(glyph), fill === "none" ? ground : fill);
    }).map((mark) => mark.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("name", ["home", "claim", "matrix-topic", "search", "about"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_seen_where_the_system_chooses_the_colours(visited, name, scheme):
    page = visited(name, scheme=scheme, forced_colors="active")
    assert page.locator("svg.mk").count() > 3
    assert page.evaluate(HIDDEN) == []
