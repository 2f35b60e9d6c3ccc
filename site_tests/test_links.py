"""Originals on a server of this machine: gone, moved, changed, slow, huge, elsewhere, private, shut."""

import http.server
import ipaddress
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st

from generator import fetch
from generator.build import read
from generator.fetch import Answer, Unreachable, Visitor, public
from generator.links import State, as_markdown, as_text, code, look, missing, text_of

WORDS = "Acme will sell its “shop” on Monday, and nobody knows why."
QUOTE = "Acme will sell its “shop” on Monday"
PAGE = f"<html><head><title>T</title></head><body><nav>Home</nav><p>{WORDS}</p></body></html>"


class Site(http.server.BaseHTTPRequestHandler):
    """A site with one page for each thing that can happen to an original."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("User-Agent", "")))
        port = self.server.server_address[1]
        leads = {
            "/moved": (301, "/fine"),
            "/home": (302, "/"),
            "/loop": (302, "/loop"),
            "/private": (302, "http://10.0.0.1/"),
            "/file": (302, "file:///etc/passwd"),
            "/user": (302, f"http://me:secret@127.0.0.1:{port}/fine"),
            "/nonsense": (302, "http://[::1/"),
        }
        pages = {
            "/fine": PAGE,
            "/": "<p>Welcome</p>",
            "/plain": PAGE.replace("“", '"').replace("”", '"'),
            "/changed": PAGE.replace("Monday", "Tuesday"),
            "/secret": PAGE,
            "/robots.txt": "User-agent: *\nDisallow: /secret\n",
        }
        if self.path in leads:
            status, where = leads[self.path]
            self.send_response(status)
            self.send_header("Location", where)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path in pages:
            self.answer(200, pages[self.path].encode(), "text/html; charset=utf-8")
        elif self.path == "/latin":
            self.answer(200, "<p>caf\u00e9 society</p>".encode("latin-1"), 'text/html; charset="iso-8859-1"')
        elif self.path == "/pdf":
            self.answer(200, b"%PDF", "application/pdf")
        elif self.path in ("/404", "/410", "/403", "/500"):
            self.answer(int(self.path[1:]), b"no", "text/html")
        elif self.path == "/slow":
            time.sleep(5)
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(50):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
                time.sleep(0.1)
        elif self.path == "/huge":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(80):
                    self.wfile.write(b"x" * 1024 * 1024)
            except OSError:
                self.close_connection = True
        else:
            self.answer(404, b"", "text/plain")

    def answer(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests want no log."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def here(address: fetch.Address) -> bool:
    """Tests may ask this machine, and nothing else that is private."""
    return address == ipaddress.ip_address("127.0.0.1") or public(address)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor("onrecord/test", pause=0, allowed=here, seconds=1)


@pytest.mark.parametrize("path", ["/fine", "/moved"])
def test_a_page_comes_with_its_text_and_where_it_stands(path, site, visitor):
    answer = visitor.get(site + path)
    assert (answer.status, answer.url, answer.kind) == (200, f"{site}/fine", "text/html")
    assert WORDS in answer.text
    assert ("/fine", "onrecord/test") in Site.asked


def test_an_answer_is_read_in_the_encoding_that_it_names(site, visitor):
    assert "café society" in visitor.get(f"{site}/latin").text


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/slow", "no answer in time"),
        ("/drip", "no answer in time"),
        ("/huge", "larger than 4 MB"),
        ("/loop", "leads on more than 5 times"),
        ("/private", "private network"),
        ("/file", "no page of the web"),
        ("/user", "no page of the web"),
        ("/nonsense", "can't be read"),
        ("/secret", "robots.txt"),
    ],
)
def test_what_is_no_page_to_read_is_said_in_time(path, why, site, visitor):
    begun = time.monotonic()
    with pytest.raises(Unreachable, match=why):
        visitor.get(site + path)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]"]
)
def test_no_address_of_this_machine_or_its_networks_is_asked(host, monkeypatch):
    def connect(*_: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Unreachable, match="private network"):
        Visitor("onrecord/test", pause=0).get(f"http://{host}/")


def test_a_name_with_one_private_address_is_not_asked(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    with pytest.raises(Unreachable, match="private network"):
        Visitor("onrecord/test", pause=0).get("http://example.org/")


def test_a_host_is_asked_no_faster_than_its_pause(site):
    visitor = Visitor("onrecord/test", pause=0.2, allowed=here)
    begun = time.monotonic()
    for _ in range(3):
        visitor.get(f"{site}/fine")
    assert time.monotonic() - begun >= 0.6  # robots.txt is a request too


ORIGINALS = {
    "a-fine": ("/fine", State.FINE),
    "b-moved": ("/moved", State.MOVED),
    "c-home": ("/home", State.ELSEWHERE),
    "d-plain": ("/plain", State.FINE),
    "e-changed": ("/changed", State.CHANGED),
    "f-gone": ("/404", State.GONE),
    "g-gone": ("/410", State.GONE),
    "h-shut": ("/403", State.SHUT),
    "i-broken": ("/500", State.BROKEN),
    "j-pdf": ("/pdf", State.SHUT),
    "k-secret": ("/secret", State.SHUT),
    "l-slow": ("/drip", State.BROKEN),
    "m-none": ("", None),
}


@pytest.fixture
def publication(project, monkeypatch, site) -> Path:
    """An article for each page of the site. The loader takes names only, as an original has one."""
    articles = {}
    for name, (path, _) in ORIGINALS.items():
        address = f"url: http://original.example{path}\n" if path else ""
        articles[name] = f"---\n{address}form: report\n---\n\n{WORDS}\n"
    rows = "".join(f"      - {{article: {name}, stance: supports, quote: {QUOTE}}}\n" for name in ORIGINALS)
    root = project(
        f"claims:\n  - id: sale\n    text: A.\n    short: A\n    kind: state\n    evidence:\n{rows}", articles
    )
    host, port = re.fullmatch(r"http://(.*):(\d+)", site).groups()
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda name, _port, **o: real(host if "example" in name else name, int(port), **o)
    )
    monkeypatch.chdir(root)
    return root


def test_each_original_is_told_by_what_became_of_it(publication, visitor):
    pub = read(publication).publication
    assert pub is not None
    found = look(pub, visitor.get)
    assert {f.article.id: f.state for f in found} == {name: state for name, (_, state) in ORIGINALS.items() if state}
    order = [list(State).index(f.state) for f in found]
    assert order == sorted(order)
    assert next(f.lost for f in found if f.state is State.CHANGED) == [QUOTE]


def test_the_command_prints_a_report_and_ends_with_1_where_an_editor_should_act(publication, monkeypatch):
    monkeypatch.setattr(fetch, "Visitor", partial(Visitor, pause=0, allowed=here, seconds=1))
    result = run("links", "--format", "markdown")
    assert result.exit_code == 1
    assert result.output.startswith("2 of 12 originals are as quoted; 1 articles have no address.\n\n### Gone (2)\n")
    assert "- `content/articles/e-changed.md`, `http://original.example/changed`: no longer says" in result.output
    assert f"  - `{QUOTE}`\n  - quoted by `sale`" in result.output
    text = run("links")
    assert "content/articles/f-gone.md: gone; 404 Not Found\n" in text.output
    for path in (publication / "content/articles").glob("[b-l]-*.md"):
        path.write_text(path.read_text().replace("url: ", "archive_url: "))
    assert run("links").exit_code == 0


def test_without_a_connection_nothing_is_said_of_the_originals(publication):
    pub = read(publication).publication
    assert pub is not None

    def get(_url: str) -> Answer:
        raise Unreachable("no network")

    with pytest.raises(OSError, match="no original could be reached"):
        look(pub, get)


def test_what_comes_from_the_web_stays_code_in_a_report(publication):
    pub = read(publication).publication
    assert pub is not None

    def get(url: str) -> Answer:
        return Answer(200, "OK", "http://x.example/`@all`\n# <b>", "text/html", WORDS if "fine" in url else "")

    report = as_markdown(look(pub, get), 0)
    assert "``http://x.example/`@all`U+000A# <b>``" in report
    assert "\n# " not in report
    assert "U+000A" in as_text(look(pub, get), 0)


def test_words_of_a_page_are_those_that_a_reader_sees():
    html = "<title>T</title><body>A <b>b</b>c<script>no</script><p>d&amp;e<br>f<style>no</style><div>g<!-- no --></div>"
    assert text_of(html).split() == ["A", "bc", "d&e", "f", "g"]


def test_a_quotation_is_missing_only_where_its_words_are():
    assert missing([QUOTE], WORDS) == []
    assert missing([QUOTE], WORDS.replace("“", '"').replace("”", '"').replace(" ", "\n")) == []
    assert missing([QUOTE], WORDS.replace("will", "may")) == [QUOTE]


@given(st.text())
def test_any_text_is_code_that_it_can_t_end(text):
    shown = code(text)
    assert "\n" not in shown
    if text:
        fence = re.match("`+", shown)
        assert fence is not None
        inner = shown[len(fence[0]) : -len(fence[0])]
        assert fence[0] not in re.findall("`+", inner)


@given(st.text(alphabet="<>/ab&;#!-\"'= \n"))
def test_any_page_has_words(html):
    json.dumps(text_of(html))
