"""`onrecord serve` as a program: it follows changes, keeps the last good site, and shows on top what is wrong."""

import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from publications import SHOP

from generator import configuration, follow
from generator.follow import stamp
from generator.host import configured
from generator.live import Screen
from generator.problems import Misconfigured

CLAIM = "/claims/sale/"
PROBLEMS = "#onrecord-problems"


def _listen() -> None:
    """A shell that runs the tests in the background has Ctrl-C ignored, `nohup` a closed terminal."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Served:
    """A server at work in a folder, its address and its log."""

    def __init__(self, address: str, log: Path, process: subprocess.Popen[bytes]) -> None:
        self.address, self.log, self.process = address, log, process

    def page(self, path: str = CLAIM) -> str:
        """A page, or what is answered in its place."""
        for _ in range(300):
            try:
                with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                    return answer.read().decode()
            except urllib.error.HTTPError as error:
                return error.read().decode()
            except (urllib.error.URLError, TimeoutError):
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def has(self, words: str, path: str = CLAIM) -> bool:
        return any(words in self.page(path) or time.sleep(0.1) for _ in range(300))

    def says(self, words: str) -> bool:
        return any(words in self.log.read_text() or time.sleep(0.1) for _ in range(300))


@contextmanager
def serving(root: Path, log: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "generator.cli", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=root, preexec_fn=_listen)
    try:
        yield Served(f"http://127.0.0.1:{port}", log, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def publication(project) -> Path:
    return project(SHOP, {"wire": "The shop was sold on Monday."})


def test_serve_follows_changes_and_keeps_the_last_good_site_while_the_record_is_broken(publication, tmp_path):
    record = publication / "claims.yaml"
    text = record.read_text()
    with serving(publication, tmp_path / "log") as server:
        assert server.has("The shop was sold."), server.log.read_text()
        assert PROBLEMS[1:] not in server.page()
        record.write_text(text.replace("text: The shop was sold.", "text: The shop was sold twice."))
        assert server.has("The shop was sold twice."), server.log.read_text()
        assert server.says("built after")
        record.write_text(text.replace("stance: supports", "stance: suports <b>"))
        assert server.has(PROBLEMS[1:]), server.log.read_text()
        html = server.page()
        assert "1 error: you see the last good site" in html
        assert re.search(r"claims\.yaml:\d+:33\b", html)
        assert "suports &lt;b&gt;" in html
        assert "The shop was sold twice." in html
        assert "Traceback" not in server.log.read_text()
        about, claims = text.split("claims:\n")
        (publication / "claims").mkdir()
        (publication / "claims/shop.yaml").write_text("claims:\n" + claims)
        record.write_text(about)
        assert any(PROBLEMS[1:] not in server.page() or time.sleep(0.1) for _ in range(300)), server.log.read_text()
        changed = claims.replace("text: The shop was sold.", "text: The shop was sold at last.")
        (publication / "claims/shop.yaml").write_text("claims:\n" + changed)
        assert server.has("The shop was sold at last."), server.log.read_text()
    assert not (publication / "site").exists()
    assert "stopped" in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    ("name", "broken", "says"),
    [
        ("claims.yaml", "about: [", "claims.yaml:1:8"),
        ("mkdocs.yml", "site_name: [", "mkdocs.yml:1:1"),
        ("content/index.md", "# New\n\n[gone](gone.md)\n", "gone.md"),
        ("content/index.md", "# New\n\n[gone](claim:gone)\n", "content/index.md:3:8"),
    ],
)
def test_whatever_is_broken_is_said_on_top_of_the_page(name, broken, says, publication, tmp_path):
    with serving(publication, tmp_path / "log") as server:
        assert server.has("The shop was sold."), server.log.read_text()
        before = (publication / name).read_text() if (publication / name).exists() else ""
        (publication / name).write_text(broken)
        assert server.has(PROBLEMS[1:]), server.log.read_text()
        assert says in server.page()
        (publication / name).write_text(before)
        assert any(PROBLEMS[1:] not in server.page() or time.sleep(0.1) for _ in range(300)), server.log.read_text()


def test_a_record_that_is_broken_from_the_start_is_served_as_its_problems(publication, tmp_path):
    record = publication / "claims.yaml"
    text = record.read_text()
    record.write_text(text.replace("stance: supports", "stance: suports"))
    with serving(publication, tmp_path / "log") as server:
        assert server.has("1 error: there is no site yet"), server.log.read_text()
        assert re.search(r"claims\.yaml:\d+:33\b", server.page("/any/where/"))
        assert server.says("no site to show yet")
        record.write_text(text)
        assert server.has("<h1"), server.log.read_text()


def test_a_browser_shows_the_problems_over_the_page_and_takes_them_away_by_itself(
    publication, tmp_path, browser: Browser
):
    record = publication / "claims.yaml"
    text = record.read_text()
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    with serving(publication, tmp_path / "log") as server:
        assert server.has("The shop was sold.")
        page.goto(server.address + CLAIM)
        record.write_text(text.replace("stance: supports", "stance: suports"))
        shown = page.locator(PROBLEMS)
        expect(shown).to_be_visible(timeout=30_000)
        expect(shown).to_contain_text('"suports" is not a value of "stance"')
        assert shown.evaluate("e => getComputedStyle(e).position") == "fixed"
        box = shown.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] == pytest.approx(page.viewport_size["height"], abs=1)
        record.write_text(text.replace("The shop was sold.", "The shop was sold again."))
        expect(page.locator("h1")).to_have_text("The shop was sold again.", timeout=30_000)
        expect(shown).to_have_count(0)
        assert faults == []
    page.close()


def test_the_policy_of_a_page_is_served_as_it_is_published(publication, tmp_path):
    with serving(publication, tmp_path / "log") as server:
        assert server.has("The shop was sold.")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', server.page())
        assert policy is not None
        assert not re.search(r"script-src [^;]*unsafe-inline", policy[1])


def test_a_port_that_is_taken_ends_with_a_sentence(publication, tmp_path):
    with serving(publication, tmp_path / "log") as server:
        assert server.has("The shop was sold.")
        command = [sys.executable, "-m", "generator.cli", "serve", "--dev-addr", server.address.removeprefix("http://")]
        second = subprocess.run(command, cwd=publication, capture_output=True, text=True, timeout=60)
        assert second.returncode == 3
        assert re.match(r"error\[machine\]: .*in use", second.stderr)


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        (signal.SIGINT, "at rest"),
        (signal.SIGTERM, "at rest"),
        (signal.SIGHUP, "at rest"),
        (signal.SIGTERM, "at work"),
        (signal.SIGINT, "told twice"),
        (signal.SIGTERM, "told twice"),
    ],
)
def test_a_server_that_is_told_to_end_leaves_nothing(number, moment, publication, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with serving(publication, tmp_path / "log") as server:
        assert server.says("serving http") if moment == "at work" else server.has("The shop was sold.")
        assert len(list(temporary.iterdir())) == 1
        server.process.send_signal(number)
        if moment == "told twice":
            assert server.says("stopped")
            server.process.send_signal(number)
        assert server.process.wait(timeout=20) == 0
    said = server.log.read_text()
    assert said.endswith("stopped\n")
    assert "Traceback" not in said
    assert list(temporary.iterdir()) == []
    socket.create_server(("127.0.0.1", int(server.address.rpartition(":")[2]))).close()


def test_a_server_ends_where_python_dropped_the_interruption(publication, monkeypatch):
    """What is raised while an object is cleared away goes no further."""

    class Cleared:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    def look(_paths):
        assert not said[1:], "it goes on"
        Cleared()
        return ()

    said: list[str] = []
    heard = {number: signal.getsignal(number) for number in follow._ENDING}
    monkeypatch.setattr(follow, "stamp", look)
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)
    monkeypatch.setattr(follow, "_built", lambda *_: said.append("built") or [])
    try:
        with configured(publication, verbose=False) as configure:
            follow.serve(publication, configure, "127.0.0.1:0", False, said.append)
    finally:
        for number, does in heard.items():
            signal.signal(number, does)
    assert said[-1] == "stopped"


def test_a_thread_may_serve_though_it_may_not_say_what_signals_do():
    def configure(**_options):
        raise Misconfigured([configuration.missing()])

    with ThreadPoolExecutor() as threads, pytest.raises(Misconfigured):
        threads.submit(follow.serve, Path(), configure, None, False, print).result()


def test_the_stamp_of_files_changes_with_any_of_them(tmp_path):
    (tmp_path / "folder/below").mkdir(parents=True)
    names = [f"folder/{n}" for n in range(9)]
    seen = {stamp([tmp_path / "file", tmp_path / "folder"])}
    for change in (
        lambda: (tmp_path / "file").write_text("one"),
        lambda: (tmp_path / "folder/below/new").write_text("new"),
        lambda: (tmp_path / "file").write_text("longer"),
        lambda: (tmp_path / "folder/below/new").unlink(),
        lambda: (tmp_path / "folder/link").symlink_to(tmp_path / "nowhere"),
        lambda: (tmp_path / "file").chmod(0o600),  # it may be the mending
        *(partial((tmp_path / name).write_text, "beside a link to nowhere") for name in names),
    ):
        change()
        seen.add(stamp([tmp_path / "file", tmp_path / "folder"]))
    assert len(seen) >= 6 + len(names)


def test_fifty_quick_edits_half_of_them_broken_end_with_the_last_good_state_on_screen(publication, tmp_path):
    record, settings = publication / "claims.yaml", publication / "mkdocs.yml"
    about, guide, link = (publication / f"content/{name}.md" for name in ("about", "guide", "link"))
    text = record.read_text()
    pause = random.Random(7)
    broken = (
        lambda: record.write_text(text.replace("stance: supports", "stance: suports")),
        lambda: record.write_text("about: ["),
        lambda: record.unlink(),
        lambda: record.write_bytes(b"\xff"),
        lambda: about.write_text("# About\n\n[gone](claim:gone)\n"),
        lambda: link.symlink_to("nowhere"),
        lambda: settings.write_text("site_name: ["),
    )
    good = settings.read_text()
    with serving(publication, tmp_path / "log") as server:
        assert server.has("The shop was sold."), server.log.read_text()
        for n in range(25):
            broken[n % len(broken)]()
            time.sleep(pause.choice((0, 0.01, 0.05, 0.3)))
            about.unlink(missing_ok=True)  # a page comes and goes under MkDocs' hands
            guide.unlink(missing_ok=True)
            link.unlink(missing_ok=True)
            guide.write_text(f"# Guide {n}\n")
            settings.write_text(good)
            new = publication / "new.yaml"  # as editors save: a new file takes the place of the old one
            new.write_text(text.replace("The shop was sold.", f"The shop was sold {n} times."))
            new.replace(record)
            time.sleep(pause.choice((0, 0.01, 0.05, 0.3)))
        assert server.has("The shop was sold 24 times."), server.log.read_text()
        assert any(PROBLEMS[1:] not in server.page() or time.sleep(0.1) for _ in range(300)), server.log.read_text()
        assert server.has("Guide 24", "/guide/")
        said = server.log.read_text()
        assert "Traceback" not in said
        assert "internal-error" not in said
        assert server.process.poll() is None


def test_what_can_t_be_read_for_a_while_leaves_the_last_good_site_on_show(publication, monkeypatch, capsys):
    """A file that vanishes while it is read, as editors save, is no reason to stop serving."""

    def build(_config):
        raise FileNotFoundError(2, "No such file or directory", str(publication / "content/gone.md"))

    monkeypatch.setattr(follow, "mkdocs_build", build)
    monkeypatch.chdir(publication)
    with configured(publication, verbose=False) as configure:
        screen = Screen(publication / "site", "/")
        (problem,) = follow._built(configure, {}, screen, lambda: None, lambda: None)
    assert (problem.mark.path, problem.code) == ("content/gone.md", "machine")
    assert capsys.readouterr().err.startswith("content/gone.md:1:1: error[machine]: No such file or directory")
