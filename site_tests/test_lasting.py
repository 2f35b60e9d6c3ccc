"""A build over an older site gives what a build from nothing gives, and of it writes only what is new."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publications import MINI
from sites import built

from generator.lasting import settle, take_over
from generator.sections import sections


def files(site: Path) -> dict[str, tuple[bytes, int]]:
    """Content and mode of all files of a site."""
    return {
        path.relative_to(site).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in site.rglob("*")
        if path.is_file()
    }


def stamps(site: Path) -> dict[str, tuple[int, int]]:
    """Which file each is, and when it was written last."""
    found = {path.relative_to(site).as_posix(): path.stat() for path in site.rglob("*") if path.is_file()}
    return {name: (at.st_ino, at.st_mtime_ns) for name, at in found.items()}


def replaced(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text()
    path.write_text(text.replace(old, new, 1))


def claims(root: Path) -> list[str]:
    return sections((root / "claims.yaml").read_text())["claims"].items


def claim(root: Path, id: str) -> str:
    """The text of a claim that no other names; nothing where it is gone already."""
    return next((item for item in claims(root) if f"id: {id}\n" in item), "")


EDITS = {
    "a word of a claim": lambda root: replaced(root, "claims.yaml", "    short: ", "    short: Now "),
    "a line more before all": lambda root: replaced(root, "claims.yaml", "about:", "# noted\nabout:"),
    "a claim renamed": lambda root: replaced(root, "claims.yaml", "  - id: waiting", "  - id: long-waiting"),
    "a claim less": lambda root: replaced(root, "claims.yaml", claim(root, "mayor-spoke"), ""),
    "the order": lambda root: replaced(root, "claims.yaml", "".join(claims(root)), "".join(claims(root)[::-1])),
    "the name": lambda root: replaced(root, "mkdocs.yml", "site_name: ", "site_name: The "),
    "the links to edit": lambda root: replaced(root, "mkdocs.yml", "/blob/main/", "/blob/trunk/"),
    "a written page": lambda root: (root / "content/more.md").write_text("# More\n\nWords."),
    "a written page less": lambda root: (root / "content/more.md").unlink(missing_ok=True),
    "a file beside the pages": lambda root: (root / "content/plan.txt").write_text("a plan"),
    "nothing": lambda root: None,
}


@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=3))
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_build_over_an_older_site_is_one_from_nothing_and_writes_only_what_is_new(tmp_path_factory, edits):
    root = tmp_path_factory.mktemp("lasting") / "project"
    shutil.copytree(MINI, root, ignore=shutil.ignore_patterns("site", "addresses.lock"))
    site = built(root, root.parent / "site", search=False)
    for edit in edits:
        EDITS[edit](root)
        before, was = files(site), stamps(site)
        built(root, site, search=False)
        after, now = files(site), stamps(site)
        assert after == files(built(root, root.parent / "fresh" / "site", search=False))
        same = {name for name, content in after.items() if before.get(name) == content}
        assert {name for name in after if was.get(name) == now[name]} == same
        shutil.rmtree(root.parent / "fresh")


def test_a_build_that_fails_leaves_the_older_files_as_they_are(tmp_path):
    root = tmp_path / "project"
    shutil.copytree(MINI, root, ignore=shutil.ignore_patterns("site"))
    site = built(root, tmp_path / "site", search=False)
    before, was = files(site), stamps(site)
    (root / "content/data").mkdir()
    (root / "content/data/claims.json").write_text("")  # the address of a file that comes late
    with pytest.raises(SystemExit):
        built(root, site, search=False)
    assert (files(site), stamps(site)) == (before, was)


def test_only_plain_files_of_ours_with_the_same_content_are_taken_over(tmp_path):
    os.umask(0o022)
    old, new = tmp_path / "old", str(tmp_path / "new")

    def tried(content: bytes = b"words") -> bool:
        if take_over(str(old), new, content):
            os.unlink(new)
            return True
        assert not os.path.lexists(new)
        return False

    assert not tried()
    old.write_bytes(b"words")
    assert tried()
    assert not tried(b"other")
    assert not tried(b"words and more")
    old.chmod(0o755)
    assert not tried()
    old.chmod(0o644)
    os.link(old, tmp_path / "other")
    assert not tried()  # another name of it may be written to
    (tmp_path / "other").unlink()
    assert tried()
    old.rename(tmp_path / "real")
    old.symlink_to("real")
    assert not tried()
    old.unlink()
    os.mkfifo(old, 0o644)
    assert not tried()
    old.unlink()
    old.mkdir()
    assert not tried()


def test_what_stands_at_an_address_is_not_replaced(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).write_bytes(b"words")
    with pytest.raises(FileExistsError):
        take_over(str(tmp_path / "old"), str(tmp_path / "new"), b"words")


def test_a_file_that_was_written_gives_way_to_an_older_one_that_says_the_same(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for one, other, same in ((b"words", b"words", True), (b"words", b"Words", False)):
        old.write_bytes(one)
        new.write_bytes(other)
        settle(str(old), str(new))
        assert new.read_bytes() == other
        assert old.samefile(new) == same
        new.unlink()
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_where_there_are_no_links_everything_is_written(tmp_path, monkeypatch):
    def none(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"words")
    assert not take_over(str(old), str(new), b"words")
    new.write_bytes(b"words")
    settle(str(old), str(new))
    assert not old.samefile(new)
