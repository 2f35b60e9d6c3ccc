"""Pages made of hostile text, in Chromium and without their policy: nothing runs, nothing is asked of another host.

The policy is a second wall. Here it is taken down, so that the first one, escaping, is what is tried; then it is put
back, and no page may run against it.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import PAGES, served
from playwright.sync_api import Browser, BrowserContext, Error, Page
from publications import write_hostile
from sites import built

WAYS = r"""
<script>alert(1)</script>
</script><script>alert(2)</script>
</title><script>alert(3)</script>
<img src=x onerror=alert(4)>
<svg onload=alert(5)>
</svg><svg><script>alert(6)</script></svg>
" onmouseover="alert(7)" x="
' onfocus='alert(8)' autofocus tabindex=0 x='
` onclick=alert(9) x=`
<a href=javascript:alert(10)>x</a>
](data:text/html,x)
[x](javascript:alert(1))
<javascript:alert(12)>
<iframe srcdoc='<script>parent.alert(13)</script>'></iframe>
<object data=//evil.example/o></object>
<details open ontoggle=alert(14)>
<video><source onerror=alert(15)></video>
<body onload=alert(16)>
<meta http-equiv=refresh content='0;url=//evil.example/m'>
<base href=//evil.example/b/>
<link rel=stylesheet href=//evil.example/l.css>
<style>@import '//evil.example/s.css';</style>
</style><script>alert(17)</script>
--><script>alert(18)</script>
]]><script>alert(19)</script>
<form action=//evil.example/f><button autofocus>x</button></form>
&lt;script&gt;alert(20)&lt;/script&gt;
&#60;img src=x onerror=alert(21)&#62;
\u003cscript\u003ealert(22)
{{ 7*7 }} {% raw %} {{ ''.__class__ }}
${alert(23)}
<![CDATA[ <x>
url(//evil.example/u)
<b>"'&amp;
""".strip().split("\n")
"""A way into every context in which a page puts a text: elements, attributes, addresses, styles, scripts, XML."""
DOCUMENTS = ("*.html", "*.svg", "*.xml")

WATCH = """
    const told = new Set();
    const tell = what => { if (!told.has(what)) { told.add(what); window.found(what); } };
    for (const name of ["alert", "confirm", "prompt", "open"])
        window[name] = (...args) => tell(`${name}(${args.join(", ")})`);
    window.addEventListener("click", event => {
        const link = event.target.closest?.("a");
        if (link && /^https?:/.test(link.href?.baseVal ?? link.href)) event.preventDefault();
    });
    document.addEventListener("securitypolicyviolation", event =>
        tell(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
"""Before anything of a page runs: what a script would call tells, and a link leads away only if it runs a script."""

POKE = """() => {
    const found = [];
    for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
            if (name.startsWith("on")) found.push(`handler ${name}=${value}`);
            if (/^(href|src|action|formaction|data|xlink:href|poster)$/.test(name)
                && !/^(https?|mailto):/.test(URL.parse(value, document.baseURI)?.href))
                found.push(`address ${name}=${value}`);
        }
        if (/^(iframe|frame|object|embed|base|applet)$/i.test(element.localName))
            found.push(`element ${element.localName}`);
        for (const type of ["mouseover", "pointerover", "focus", "toggle", "error", "load", "keydown"])
            element.dispatchEvent(new Event(type, { bubbles: true }));
        const shown = element.checkVisibility() && /^(button|summary|label)$/.test(element.localName);
        if (shown || element.localName === "a")
            element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
    return found;
}"""
"""Every handler that could wait is called, and every link is followed, so far as `WATCH` lets it."""


@pytest.fixture(scope="module")
def riddled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a publication with all the ways in behind every text that readers see."""
    folder = tmp_path_factory.mktemp("riddled")
    return built(write_hostile(folder / "project", " ".join(WAYS)), folder / "site")


@pytest.fixture(scope="module")
def undefended(riddled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the policy taken out of each page."""
    site = tmp_path_factory.mktemp("undefended") / "site"
    shutil.copytree(riddled, site)
    for path in site.rglob("*.html"):
        html, taken = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", path.read_text(encoding="utf-8"))
        assert taken == 1, path
        path.write_text(html, encoding="utf-8")
    return site


def documents(site: Path) -> list[str]:
    """All that a browser shows as a document and could run something in."""
    found = [path.relative_to(site).as_posix() for kind in DOCUMENTS for path in site.rglob(kind)]
    return sorted(path.removesuffix("index.html") for path in found)


def moved(site: Path, path: str) -> bool:
    """Whether a document is one of ours that leads on to another."""
    file = site / path
    html = (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")
    return html.count('<meta http-equiv="refresh" content="0; url=../') == 1


class Watched:
    """A browser's context that gathers what its pages do and should not."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.faults: dict[str, list[str]] = {}
        self.address, self.at = address, ""
        self.context: BrowserContext = browser.new_context()
        self.context.expose_function("found", self.tell)
        self.context.add_init_script(WATCH)
        self.context.route(lambda url: not url.startswith(address), lambda route: route.abort())
        self.context.on(
            "request", lambda r: None if r.url.startswith((address, "blob:")) else self.tell(f"asks {r.url}")
        )
        self.context.on("response", lambda r: self.tell(f"{r.status} {r.url}") if r.status >= 400 else None)
        self.context.on("dialog", lambda dialog: (self.tell(f"dialog {dialog.message}"), dialog.dismiss()))
        self.context.on("console", lambda m: self.tell(m.text) if m.type in ("error", "warning") else None)
        self.context.on("weberror", lambda error: self.tell(str(error.error)))
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()

    def tell(self, what: str) -> None:
        self.faults.setdefault(self.at, []).append(what)

    def look(self, path: str, moved: bool = False) -> None:
        """Opens a document and pokes at all of it; one that has moved leads to another of the same site."""
        self.at = path
        try:
            self.page.goto(self.address + path)
            if not moved:
                self.poke()
        except Error as error:  # the page went away under our hands
            self.tell(error.message.split("\n")[0])
            self.page.close()
            self.page = self.context.new_page()
            return
        if self.page.url.partition("#")[0] != self.address + path and not moved:
            self.tell(f"leads to {self.page.url}")
            self.page.close()
            self.page = self.context.new_page()

    def poke(self) -> None:
        """Calls every handler and follows every link of the page, and waits for what comes of it."""
        for fault in self.page.evaluate(POKE):
            self.tell(fault)
        self.page.evaluate("() => new Promise(done => setTimeout(done))")


@pytest.fixture
def watched(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A context over the site that the test names."""
    with served(request.getfixturevalue(request.param)) as address:
        found = Watched(browser, address)
        yield found
        found.context.close()


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that forgot to escape."""
    site = tmp_path_factory.mktemp("open")
    for n, way in enumerate(WAYS):
        body = f"<p title=\"{way}\">x</p><p title='{way}'>x</p><p>{way}</p>"
        (site / f"{n}.html").write_text(f"<!doctype html><title>x</title>{body}", encoding="utf-8")
    (site / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    (site / "late.html").write_text("<!doctype html><title>x</title><a href='javascript:alert(1)'>x</a>")
    return site


@pytest.mark.parametrize("watched", ["open_to_all"], indirect=True)
def test_what_runs_or_leaves_is_noticed(watched: Watched, open_to_all: Path) -> None:
    for path in documents(open_to_all):
        watched.look(path)
    told = {fault for faults in watched.faults.values() for fault in faults}
    assert {f"alert({n})" for n in (1, 2, 4, 5, 7, 8, 10, 13, 14, 17)} <= told
    assert any(fault.startswith("asks http://evil.example/") for fault in told)
    assert {"a.svg", "late.html"} <= watched.faults.keys()
    harmless = {n for n in range(len(WAYS)) if f"{n}.html" not in watched.faults}
    assert len(WAYS) - len(harmless) >= 20  # the rest are for Markdown, templates, JSON and XML


@pytest.mark.parametrize("watched", ["undefended"], indirect=True)
def test_hostile_text_runs_nothing_and_leaves_to_nowhere_even_without_the_policy(
    watched: Watched, undefended: Path
) -> None:
    paths = documents(undefended)
    assert {path.rpartition("/")[2] for path in paths} >= {"", "404.html", "badge.svg", "sitemap.xml"}
    assert any(path.endswith("/embed/") for path in paths)
    for path in paths:
        watched.look(path, moved(undefended, path))
    assert watched.faults == {}


@pytest.mark.parametrize("watched", ["undefended"], indirect=True)
def test_hostile_text_that_is_searched_for_and_found_runs_nothing(watched: Watched) -> None:
    for words in ("bridge", "alert", "<img src=x onerror=alert(4)>", '"><script>alert(1)</script>'):
        watched.at = words
        watched.page.goto(watched.address + "search/")
        watched.page.get_by_role("searchbox").last.fill(words)
        watched.page.wait_for_timeout(600)
        watched.poke()
        if words == "bridge":
            assert watched.page.get_by_text("<script>alert(1)</script>").count() > 1, (
                "hostile text is among the results"
            )
    assert watched.faults == {}


@pytest.mark.parametrize("watched", ["riddled"], indirect=True)
def test_no_page_of_hostile_text_runs_against_its_policy(watched: Watched, riddled: Path) -> None:
    for path in documents(riddled):
        watched.look(path, moved(riddled, path))
    assert watched.faults == {}


@pytest.mark.parametrize("watched", ["real_site"], indirect=True)
def test_no_kind_of_page_runs_against_its_policy(watched: Watched) -> None:
    for path in PAGES.values():
        watched.look(path)
    assert watched.faults == {}
