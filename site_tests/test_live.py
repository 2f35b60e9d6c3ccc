"""What `onrecord serve` answers: the site as it is, with its own script and the problems added to pages."""

import re
import threading
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import html5lib
import pytest

from generator.live import Screen, notice
from generator.problems import Mark, Problem, Severity, Sources

HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{}"><title>T</title></head>"""
PAGE = HEAD.format("default-src 'none'; script-src 'self'") + "<body><p>{}</p></body></html>"
CARD = HEAD.format("default-src 'none'") + "<body><p>card</p></body></html>"
PROBLEM = Problem(Mark("claims.yaml", 2, 3, 4), '"<b>" is none\x1b', "mend </aside>", "code-of-it")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, text in {
        "index.html": PAGE.format("home"),
        "claims/one/index.html": PAGE.format("one"),
        "claims/two/index.html": PAGE.format("two"),
        "claims/one/embed/index.html": CARD,
        "404.html": PAGE.format("nothing"),
        "assets/onrecord.css": "a{}",
        "data/claims.json": "{}",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (tmp_path / "secret").write_text("secret")
    return folder


def ask(screen: Screen, path: str) -> tuple[str, dict[str, str], str]:
    environ: dict[str, object] = {}
    setup_testing_defaults(environ)
    environ["PATH_INFO"] = path.encode().decode("latin-1")
    found: list[tuple[str, dict[str, str]]] = []
    content = b"".join(screen.application(environ, lambda status, headers: found.append((status, dict(headers)))))
    status, headers = found[0]
    assert headers["Content-Length"] == str(len(content))
    return status, headers, content.decode()


def tag(html: str) -> str:
    found = re.search(r'data-tag="(\w+)"', html)
    assert found is not None
    return found[1]


def test_a_page_gets_a_script_before_its_end_and_stays_as_it_is_on_disk(site):
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    screen = Screen(site)
    screen.bad([PROBLEM], Sources(site))
    status, headers, html = ask(screen, "/claims/one/")
    assert (status, headers["Content-Type"]) == ("200 OK", "text/html")
    assert '<script src="/.onrecord/reload.js"' in html
    html5lib.HTMLParser(strict=True).parse(html)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_problems_are_escaped_located_and_errors_come_first(site):
    warning = Problem(Mark("a.md"), "first by path", severity=Severity.WARNING, code="w")
    html = notice([warning, PROBLEM], Sources(site), True).decode()
    assert "1 error: you see the last good site" in html
    assert "<b>" not in html
    assert "&lt;b&gt;&#34; is noneU+001B" in html
    assert "claims.yaml:2:3" in html
    assert html.index("code-of-it") < html.index("first by path")
    many = [Problem(Mark("a", n), "x") for n in range(1, 70)]
    assert "… and 19 more" in notice(many, Sources(site), False).decode()


def test_problems_go_away_with_the_next_good_build(site):
    screen = Screen(site)
    screen.bad([PROBLEM], Sources(site))
    assert "onrecord-problems" in ask(screen, "/")[2]
    screen.good()
    assert "onrecord-problems" not in ask(screen, "/")[2]


def test_a_page_that_may_run_no_script_is_served_as_it_is(site):
    screen = Screen(site)
    screen.bad([PROBLEM], Sources(site))
    assert ask(screen, "/claims/one/embed/")[2] == CARD


def test_a_page_that_was_made_early_is_shown_until_the_site_has_it(site):
    screen = Screen(site)
    screen.early({"claims/one/": PAGE.format("new").encode()})
    assert "<p>new</p>" in ask(screen, "/claims/one/")[2]
    assert "<p>two</p>" in ask(screen, "/claims/two/")[2]
    screen.good()
    assert "<p>one</p>" in ask(screen, "/claims/one/")[2]


def test_a_wait_ends_when_its_own_page_changes_and_not_when_another_does(site):
    screen = Screen(site)
    shown = {name: tag(ask(screen, f"/claims/{name}/")[2]) for name in ("one", "two")}
    answers: dict[str, str] = {}

    def wait(name: str) -> None:
        answers[name] = ask(screen, f"/.onrecord/wait/{shown[name]}/claims/{name}/")[2]

    threads = [threading.Thread(target=wait, args=(name,), daemon=True) for name in shown]
    for thread in threads:
        thread.start()
    (site / "claims/one/index.html").write_text(PAGE.format("changed"))
    screen.good()
    threads[0].join(10)
    assert answers == {"one": tag(ask(screen, "/claims/one/")[2])}
    assert answers["one"] != shown["one"]
    (site / "assets/onrecord.css").write_text("b{}")  # how it looks is a change of every page
    screen.good()
    threads[1].join(10)
    assert answers["two"] != shown["two"]
    assert set(screen.recent) == {"claims/one/", "claims/two/"}


def test_without_a_site_every_address_says_so_and_waits(tmp_path):
    screen = Screen(tmp_path / "none")
    screen.bad([PROBLEM], Sources(tmp_path))
    status, _, html = ask(screen, "/claims/one/")
    assert status == "503 Service Unavailable"
    assert "there is no site yet" in html
    assert "reload.js" in html


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/claims/one", "302 Found", ""),
        ("/data/claims.json", "200 OK", "{}"),
        ("/claims/three/", "404 Not Found", "nothing"),
        ("/../secret", "404 Not Found", "nothing"),
        ("/claims/../../secret", "404 Not Found", "nothing"),
        ("/%00", "404 Not Found", "nothing"),
        ("/\0", "404 Not Found", "nothing"),
        ("/.onrecord/../secret", "404 Not Found", ""),
        ("/.onrecord/problems.html.j2", "404 Not Found", ""),
        ("/.onrecord/problems.css", "200 OK", "position: fixed"),
        ("/\udcff".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "404 Not Found", "nothing"),
    ],
)
def test_a_path_is_answered_from_the_site_and_from_nowhere_else(path, status, words, site):
    found, _, text = ask(Screen(site), path)
    assert found == status
    assert words in text


def test_a_site_below_a_path_is_served_there(site):
    screen = Screen(site, "/record/")
    assert ask(screen, "/")[1]["Location"] == "/record/"
    assert "<p>one</p>" in ask(screen, "/record/claims/one/")[2]
    assert ask(screen, "/claims/one/")[0] == "404 Not Found"
    assert screen.recent[0] == "claims/one/"
