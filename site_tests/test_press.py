"""Frames and the swap of sites: a page stands where it belongs, and a site is the whole old or the whole new one."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from commands import changed, files
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator import press
from generator.frames import BODY, CONTENTS, DESCRIPTION, TITLE, Frame, contents, frame_key, specimen
from generator.load import RECORD
from generator.plugin import OnrecordPlugin
from generator.press import Press
from generator.problems import Refused
from generator.render import Heading, Page

OLD = {"index.html": b"old", "claims/one/index.html": b"one"}


def pressed(site: Path, content: dict[str, bytes]) -> Path:
    one = Press(site)
    one.open()
    for address, raw in content.items():
        one.write(address, raw)
    one.swap()
    one.close()
    return site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that an earlier build made, alone in its folder."""
    return pressed(tmp_path / "out" / "site", OLD)


@pytest.mark.parametrize("atomic", [True, False])
def test_a_build_takes_the_place_of_the_one_before_it_and_leaves_nothing_else(atomic, site, monkeypatch):
    if not atomic:
        monkeypatch.setattr(press, "exchange", lambda one, other: False)
    pressed(site, {"index.html": b"new", "a/b/c.svg": b"<svg/>"})
    assert files(site.parent) == {"site/index.html": b"new", "site/a/b/c.svg": b"<svg/>"}


def test_a_build_that_ends_early_leaves_the_old_site_byte_for_byte(site):
    one = Press(site)
    one.open()
    one.write("index.html", b"half")
    assert files(site) == OLD
    one.close()
    one.close()
    assert files(site.parent) == {f"site/{name}": raw for name, raw in OLD.items()}


def test_what_a_killed_build_left_is_removed_by_the_next(site):
    (site.parent / ".site.staging/claims").mkdir(parents=True)
    (site.parent / ".site.staging/claims/half.html").write_text("half")
    (site.parent / ".site.retired").mkdir()
    (site.parent / ".site.lock").write_text("99999999 0\n")  # of a process that is no more
    pressed(site, {"index.html": b"new"})
    assert files(site.parent) == {"site/index.html": b"new"}


def test_a_file_or_a_link_in_the_way_of_the_staging_folder_is_removed_and_not_followed(site, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/file").write_text("kept")
    (site.parent / ".site.staging").symlink_to(tmp_path / "precious")
    (site.parent / ".site.retired").write_text("a file")
    pressed(site, {"index.html": b"new"})
    assert files(site.parent) == {"site/index.html": b"new"}
    assert (tmp_path / "precious/file").read_text() == "kept"


def test_a_site_that_a_kill_between_two_renames_took_away_comes_back(site):
    site.rename(site.with_name(".site.retired"))  # where folders can't be exchanged in one step
    one = Press(site)
    one.open()
    assert files(site) == OLD
    one.close()


def test_a_second_build_at_the_same_time_is_refused_and_disturbs_nothing(site):
    first, second = Press(site), Press(site)
    first.open()
    first.write("index.html", b"new")
    with pytest.raises(Refused) as refused:
        second.open()
    (problem,) = refused.value.problems
    assert problem.code == "build-locked"
    assert problem.message.startswith(f"process {os.getpid()} is building this site, begun ")
    second.close()
    first.swap()
    first.close()
    assert files(site.parent) == {"site/index.html": b"new"}
    pressed(site, OLD)


def test_a_lock_that_its_holder_takes_away_meanwhile_is_taken_anew(site, monkeypatch):
    real, calls = press.fcntl.flock, []

    def flock(held: int, how: int) -> None:
        if not calls:  # between opening the file and locking it, the other build ended and removed it
            site.with_name(".site.lock").unlink()
        calls.append(held)
        real(held, how)

    monkeypatch.setattr(press.fcntl, "flock", flock)
    first = Press(site)
    first.open()
    assert len(calls) == 2
    with pytest.raises(Refused):
        Press(site).open()
    first.close()


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path):
    site = tmp_path / "site"
    seen = set()
    for n in range(40):
        told, tells = os.pipe()
        child = os.fork()
        if child == 0:  # builds one site after the other until it is killed, and tells of each
            try:
                while True:
                    raw = os.urandom(2000)
                    pressed(site, {f"claims/c{n}/index.html": raw for n in range(30)})
                    os.write(tells, b".")
            finally:
                os._exit(1)
        os.read(told, 1)  # however slow the machine is, one build is whole and the next is under way
        time.sleep(n * 0.0005)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(told)
        os.close(tells)
        found = files(site)
        assert len(found) == 30
        assert len(set(found.values())) == 1
        seen.add(next(iter(found.values())))
    assert len(seen) == 40
    pressed(site, OLD)
    assert files(tmp_path) == {f"site/{name}": raw for name, raw in OLD.items()}


EVIDENCE = "{article: wire, stance: mentions, quote: The shop is sold}"
CLAIM = f"""\
claims:
  - {{id: sold, text: The shop is sold., short: Sold, kind: state, evidence: [{EVIDENCE}]}}
"""


def made(root: Path) -> None:
    build(load_config(str(root / "mkdocs.yml")))


@pytest.fixture
def publication(project) -> Path:
    """A small publication with its site already built."""
    root = project(CLAIM, {"wire": "The shop is sold."})
    made(root)
    return root


def test_a_record_with_an_error_leaves_the_site_as_it_was(publication, capsys):
    before = files(publication / "site")
    changed(publication / RECORD, "quote: The shop is sold", "quote: The shop is old")
    with pytest.raises(SystemExit):
        made(publication)
    assert 'error[quote-verbatim]: this quotation is not in content/articles/wire.md: "old"' in capsys.readouterr().err
    assert files(publication / "site") == before
    assert not list(publication.glob(".site*"))


def test_an_exception_in_the_middle_of_writing_leaves_the_site_as_it_was(publication, monkeypatch):
    before = files(publication / "site")
    changed(publication / RECORD, "text: The shop is sold.", "text: The shop is gone.")

    def outputs(*_args):
        yield from ()
        assert list(publication.glob(".site.staging/claims/sold/index.html"))  # pages are written already
        raise RuntimeError("in the middle")

    parts = OnrecordPlugin.parts
    monkeypatch.setattr(OnrecordPlugin, "parts", lambda self, jobs: [*parts(self, jobs), outputs])
    with pytest.raises(RuntimeError, match="in the middle"):
        made(publication)
    assert files(publication / "site") == before
    assert not list(publication.glob(".site*"))
    monkeypatch.undo()
    made(publication)
    assert b"The shop is gone." in (publication / "site/claims/sold/index.html").read_bytes()


def test_a_hand_written_page_with_a_broken_link_leaves_the_site_as_it_was(publication, capsys):
    before = files(publication / "site")
    (publication / "content/index.md").write_text("# Home\n\nSee [this](claim:solt).\n")
    with pytest.raises(SystemExit):
        made(publication)
    assert "content/index.md:3:12: error[written-link]" in capsys.readouterr().err
    assert files(publication / "site") == before


PAGE = Page(
    kind="claim",
    address="claims/sold/",
    title="Sold? </title><script>&",
    description='"Who" & <what>',
    body=Markup("<p>body</p>"),
    section="claims",
    contents=(Heading("a", "A & B"), Heading("b", "<B>")),
)


def framed(page: Page) -> str:
    """What a theme prints around a page: every text more than once, and a link up and down."""
    key = frame_key(page)
    shown = specimen(key)
    return (
        f"<title>{shown.title}</title><meta content='{shown.description}'>"
        f"<a href='../../{key.address}'>{shown.title}</a>"
        f"<ul>{shown.contents}</ul><main>{BODY}</main><footer>{key.address}</footer>"
    )


def test_a_page_is_spliced_into_each_place_of_its_frame_and_escaped_there():
    spliced = Frame.cut(framed(PAGE), frame_key(PAGE)).splice(PAGE)
    title = "Sold? &lt;/title&gt;&lt;script&gt;&amp;"
    assert spliced == (
        f"<title>{title}</title><meta content='&#34;Who&#34; &amp; &lt;what&gt;'>"
        f"<a href='../../claims/sold/'>{title}</a>"
        '<ul><li><a href="#a">A &amp; B</a></li><li><a href="#b">&lt;B&gt;</a></li></ul>'
        "<main><p>body</p></main><footer>claims/sold/</footer>"
    )


def test_a_text_that_looks_like_a_placeholder_stays_as_it_is():
    tokens = CONTENTS + DESCRIPTION + frame_key(PAGE).address
    page = Page("claim", "claims/x/", BODY, TITLE, Markup("{}").format(tokens))
    spliced = Frame.cut(framed(page), frame_key(page)).splice(page)
    assert f"<main>{tokens}</main>" in spliced
    assert f"<title>{BODY}</title><meta content='{TITLE}'>" in spliced


@pytest.mark.parametrize("lost", [TITLE, BODY])
def test_a_theme_that_does_not_print_title_or_body_is_refused(lost):
    with pytest.raises(ValueError, match="prints no title or no body"):
        Frame.cut(framed(PAGE).replace(lost, ""), frame_key(PAGE))


def test_pages_share_a_frame_only_where_it_is_the_same():
    alike = replace(
        PAGE, title="T", description="D", address="claims/other/", body=Markup(""), contents=PAGE.contents[:1]
    )
    assert frame_key(alike) == frame_key(PAGE)
    others = [
        replace(PAGE, kind="source"),
        replace(PAGE, address="claims/"),
        replace(PAGE, description=""),
        replace(PAGE, section="matrix"),
        replace(PAGE, contents=()),
        replace(PAGE, indexed=False),
    ]
    keys = {frame_key(page) for page in [PAGE, *others]}
    assert len(keys) == len({key.address for key in keys}) == len(others) + 1


def test_contents_are_list_items_with_escaped_titles():
    assert contents([]) == ""
    assert contents([Heading('"x', "<i>")]) == '<li><a href="#&#34;x">&lt;i&gt;</a></li>'


@pytest.mark.parametrize("said", [b"", b"x y\n", b"12\n", b"12 nan\n", b"\xff\xfe 1\n", b"12 99999999999\n"])
def test_a_lock_that_says_nothing_of_use_or_of_a_time_to_come_is_a_lock_all_the_same(said, site):
    first = Press(site)
    first.open()
    site.with_name(".site.lock").write_bytes(said)
    with pytest.raises(Refused) as refused:
        Press(site).open()
    first.close()
    assert refused.value.problems[0].message in (
        "another process is building this site",
        "process 12 is building this site",
    )


def test_a_build_that_ends_while_it_begins_gives_the_lock_and_the_umask_back(site, monkeypatch):
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    before = os.umask(0o027)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "mkdir", lambda path, *_, **options: None if options else full(path))
            one = Press(site)
            with pytest.raises(OSError, match="No space"):
                one.open()
        one.close()
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    pressed(site, {"index.html": b"new"})


def test_a_disk_without_room_for_the_lock_s_text_leaves_the_lock_to_be_taken(site, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(press.os, "pwrite", full)
    for _ in range(2):  # in one process, as a server does
        pressed(site, OLD)


def test_a_link_in_the_place_of_a_retired_site_never_becomes_the_site(site, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other/file").write_text("kept")
    site.rename(site.with_name("gone"))
    site.with_name(".site.retired").symlink_to(tmp_path / "other")
    one = Press(site)
    one.open()
    assert not site.exists()
    one.close()
    assert (tmp_path / "other/file").read_text() == "kept"


def test_a_file_in_the_place_of_a_folder_of_pages_is_told_by_its_name(site):
    one = Press(site)
    one.open()
    (one.staging / "claims").write_text("as MkDocs puts it there")
    with pytest.raises(Refused) as refused:
        one.write("claims/sold/index.html", b"x")
    one.close()
    (problem,) = refused.value.problems
    assert (problem.mark.path, problem.code) == ("content/claims", "written-address")
