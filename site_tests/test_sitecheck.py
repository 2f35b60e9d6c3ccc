"""`build.json` and what is proven with it: a site in a folder and at an address, whole, spoilt, or none at all."""

import http.server
import json
import os
import shutil
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from browser import served
from click.testing import Result
from commands import run
from hypothesis import given
from hypothesis import strategies as st

from generator import sitecheck
from generator.manifest import FORMAT, Entry, Manifest, parse, pieces


@pytest.fixture
def site(mini, tmp_path) -> Path:
    """A copy of the small publication's site, to spoil."""
    return Path(shutil.copytree(mini, tmp_path / "site"))


def verify(where: object, *words: str) -> Result:
    return run("verify-site", where, *words)


def test_build_json_names_every_file_of_the_site_with_its_size_and_checksum(mini):
    data = json.loads((mini / "build.json").read_text())
    found = {path.relative_to(mini).as_posix(): path.read_bytes() for path in mini.rglob("*") if path.is_file()}
    del found["build.json"]
    assert list(data["files"]) == sorted(found)
    for name, raw in found.items():
        assert data["files"][name] == {"size": len(raw), "sha256": sha256(raw).hexdigest()}
    assert data["edition"] == "2021-03-12"
    assert data["generator"].startswith("onrecord ")
    assert data["site"] == "https://facts.example.org/"


def test_a_site_as_it_was_built_is_proven_in_its_folder_and_at_its_address(site):
    assert verify(site).exit_code == 0
    assert "all as they were built" in verify(site).output
    with served(site) as address:
        for written in (address, address.rstrip("/")):
            assert verify(written).exit_code == 0


def _append(site: Path) -> None:
    with (site / "index.html").open("a") as file:
        file.write(" ")


def _swap(site: Path) -> None:
    path = site / "data/claims.json"
    path.write_bytes(path.read_bytes().replace(b"closed", b"opened", 1))


def _link(site: Path) -> None:
    path = site / "about/index.html"
    other = path.with_name("other.html")
    shutil.move(path, site.parent / other.name)
    path.symlink_to(site.parent / other.name)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_append, [("index.html", "site-changed", "has more")]),
        (_swap, [("data/claims.json", "site-changed", "other bytes")]),
        (lambda site: (site / "robots.txt").write_text("x"), [("robots.txt", "site-extra", "not of this build")]),
        (lambda site: (site / "404.html").unlink(), [("404.html", "site-missing", "not there")]),
        (lambda site: (site / "404.html").write_text(""), [("404.html", "site-changed", "has 0")]),
        (_link, [("about/index.html", "site-changed", "no plain file")]),
        (lambda site: os.mkfifo(site / "pipe"), [("pipe", "site-extra", "not of this build")]),
    ],
    ids=["longer", "same size", "extra", "missing", "empty", "a link", "a pipe"],
)
def test_each_file_that_differs_in_a_folder_is_said(spoil, said, site):
    spoil(site)
    result = verify(site, "--format", "json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)["problems"]
    assert [(p["path"], p["code"]) for p in problems] == [(path, code) for path, code, _ in said]
    assert all(words in p["message"] for p, (_, _, words) in zip(problems, said, strict=True))


def test_each_file_that_differs_at_an_address_is_said(site):
    _append(site)
    _swap(site)
    (site / "404.html").unlink()
    with served(site) as address:
        result = verify(address, "--format", "json")
    assert result.exit_code == 1
    assert [(p["path"], p["code"]) for p in json.loads(result.stdout)["problems"]] == [
        ("404.html", "site-missing"),
        ("data/claims.json", "site-changed"),
        ("index.html", "site-changed"),
    ]


ENTRY = {"size": 1, "sha256": "0" * 64}
GOOD: dict[str, Any] = {
    "format": FORMAT,
    "version": 1,
    "generator": "g",
    "edition": "e",
    "site": "",
    "files": {"a": ENTRY},
}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"format": "other"}, "format"),
        ({"version": 2}, "newer onrecord"),
        ({"generator": 1}, "no generator"),
        ({"files": []}, "no generator"),
        ({"files": {"../a": ENTRY}}, "outside the site"),
        ({"files": {"a/../../b": ENTRY}}, "outside the site"),
        ({"files": {"/etc/a": ENTRY}}, "outside the site"),
        ({"files": {"a\\b": ENTRY}}, "outside the site"),
        ({"files": {"a\nb": ENTRY}}, "outside the site"),
        ({"files": {"": ENTRY}}, "outside the site"),
        ({"files": {"a\ud800": ENTRY}}, "outside the site"),
        ({"files": {"a": {"size": -1, "sha256": "0" * 64}}}, "size and SHA-256"),
        ({"files": {"a": {"size": True, "sha256": "0" * 64}}}, "size and SHA-256"),
        ({"files": {"a": {"size": 1, "sha256": "0" * 63}}}, "size and SHA-256"),
        ({"files": {"a": None}}, "size and SHA-256"),
    ],
)
def test_what_is_no_build_json_of_ours_is_refused(change, why, tmp_path):
    (tmp_path / "build.json").write_text(json.dumps({**GOOD, **change}))
    result = verify(tmp_path)
    assert result.exit_code == 2
    assert why in result.output


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"null", b"[" * 100_000, b"<html>"])
def test_what_is_no_json_is_refused(raw, tmp_path):
    (tmp_path / "build.json").write_bytes(raw)
    assert verify(tmp_path).exit_code == 2


def test_what_is_no_site_is_refused(tmp_path):
    for where in (
        tmp_path,
        tmp_path / "nowhere",
        "https://",
        "http://[x",
        "http://a@b.example/",
        "https://a.example/?q",
    ):
        assert verify(where).exit_code == 2, where


@given(
    st.dictionaries(
        st.text(st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="\\/."), min_size=1),
        st.builds(Entry, st.integers(0, 2**40), st.binary().map(lambda raw: sha256(raw).hexdigest())),
    ),
    st.text(st.characters(blacklist_categories=["Cs"])),
)
def test_what_is_written_is_read_back(files, text):
    manifest = Manifest("g", "e", text, dict(sorted(files.items())))
    assert parse(b"".join(pieces(manifest))) == manifest


@contextmanager
def answering(answer: Callable[[http.server.BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_name_that_no_address_can_have_is_refused_at_an_address_too():
    def answer(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + json.dumps({**GOOD, "files": {"a\udfff": ENTRY}}).encode())

    with answering(answer) as address:
        result = verify(address)
    assert result.exit_code == 2
    assert "outside the site" in result.output


def test_no_file_at_an_address_is_held_whole():
    size = 24 * 1024 * 1024
    digest = sha256(bytes(size)).hexdigest()
    build = json.dumps({**GOOD, "files": {"a": {"size": size, "sha256": digest}}}).encode()

    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        if handler.path == "/build.json":
            handler.wfile.write(build)
        else:
            for _ in range(size >> 16):
                handler.wfile.write(bytes(1 << 16))

    with answering(answer) as address:
        tracemalloc.start()
        result = verify(address)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert result.exit_code == 0, result.output
    assert most < size // 2


def _redirect(to: str) -> Callable[[Any], None]:
    def answer(handler: Any) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.end_headers()

    return answer


def _broken(handler: Any) -> None:
    handler.wfile.write(b"nothing that is HTTP\r\n\r\n")


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (_redirect("http://other.example/"), 3, "leads to another host"),
        (_redirect("file:///etc/hostname"), 3, "leads to another host"),
        (_redirect("http://[x"), 3, "is no address"),
        (_redirect("/again"), 3, "from one address to the next"),
        (lambda handler: handler.send_error(500), 3, "answers 500"),
        (lambda handler: handler.send_error(404), 2, "there is no build.json"),
        (_broken, 3, "no answer of HTTP"),
    ],
    ids=["another host", "a file", "no address", "for ever", "500", "404", "no HTTP"],
)
def test_a_host_that_answers_badly_is_told_so(answer, code, said):
    with answering(answer) as address:
        result = verify(address)
    assert result.exit_code == code
    assert said in result.output


def test_a_redirect_on_the_same_host_is_followed():
    """Some hosts answer for "404.html" at "404"."""
    page = b"page"
    manifest = {**GOOD, "files": {"404.html": {"size": len(page), "sha256": sha256(page).hexdigest()}}}

    def answer(handler: Any) -> None:
        if handler.path == "/404.html":
            _redirect("404")(handler)
            return
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(page if handler.path == "/404" else json.dumps(manifest).encode())

    with answering(answer) as address:
        assert verify(address).exit_code == 0


def test_a_host_that_can_not_be_reached_is_a_fault_of_the_machine():
    with answering(_broken) as address:
        pass
    assert verify(address).exit_code == 3


def test_never_more_bytes_are_read_than_the_build_names(monkeypatch):
    """A host that never ends its answers is left after one byte too many."""

    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        if handler.path == "/build.json":
            handler.wfile.write(json.dumps(GOOD).encode())
            return
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass

    with answering(answer) as address:
        _, problems = sitecheck.check_address(address)
        assert [problem.code for problem in problems] == ["site-changed"]
        monkeypatch.setattr(sitecheck, "LARGEST", 10)
        with pytest.raises(sitecheck.NoSite, match="more than 10 bytes"):
            sitecheck.check_address(address)
