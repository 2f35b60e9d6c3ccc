"""What builds keep for the next is whole or none, the user's own, and never what came with a project."""

import os
import shutil
from pathlib import Path

import pytest
from commands import run
from publications import SHOP

from generator import kept, pagefind, search

SCRIPT = "site/search/index/pagefind.js"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's cache with nothing in it."""
    monkeypatch.setattr(kept, "cache", lambda: tmp_path / "cache/onrecord")
    return tmp_path / "cache/onrecord"


@pytest.fixture
def publication(project, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root: Path = project(SHOP, {"wire": "The shop was sold on Monday."})
    monkeypatch.chdir(root)
    return root


def test_what_is_kept_is_whole_or_none_and_the_newest_few_stay(cache: Path, tmp_path: Path):
    for n in range(kept.MOST + 2):
        kept.put(tmp_path / "a", "kind", f"key{n}", b"content %d" % n)
        os.utime(kept.project(tmp_path / "a") / "kind" / f"key{n}", (n, n))
    folder = kept.project(tmp_path / "a") / "kind"
    assert len(list(folder.iterdir())) == kept.MOST
    key = f"key{kept.MOST + 1}"
    assert kept.get(tmp_path / "a", "kind", key) == b"content %d" % (kept.MOST + 1)
    assert kept.get(tmp_path / "a", "kind", "key0") is None
    assert kept.get(tmp_path / "a", "another", key) is None
    for harm in (b"", b"short", (folder / key).read_bytes()[:-1], (folder / key).read_bytes() + b"x"):
        (folder / key).write_bytes(harm)
        assert kept.get(tmp_path / "a", "kind", key) is None


def test_each_project_has_its_own_and_the_newest_few_projects_stay(cache: Path, tmp_path: Path):
    for n in range(kept.FOLDERS):
        kept.put(tmp_path / str(n), "kind", "key", b"%d" % n)
        os.utime(kept.project(tmp_path / str(n)), (n, n))
    assert kept.get(tmp_path / "0", "kind", "key") == b"0"  # the oldest was used again
    kept.put(tmp_path / "new", "kind", "key", b"new")
    assert kept.get(tmp_path / "0", "kind", "key") == b"0"
    assert kept.get(tmp_path / "1", "kind", "key") is None


def _poisoned(root: Path, home: Path) -> dict[str, bytes]:
    """Has a build keep what it makes, and puts another script into the index; what is kept, by path."""
    assert run("build").exit_code == 0
    (honest,) = (kept.project(root) / search.KEPT).iterdir()
    content = kept.get(root, search.KEPT, honest.name)
    assert content is not None
    forged = pagefind.packed({**pagefind.unpacked(content), "pagefind.js": b"forged()"})
    kept.put(root, search.KEPT, honest.name, forged)
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_what_came_with_a_project_is_not_used(publication: Path, cache: Path):
    """Whether git knows of it or not."""
    poison = _poisoned(publication, cache)
    (publication / SCRIPT).unlink()
    assert run("build").exit_code == 0
    assert (publication / SCRIPT).read_bytes() == b"forged()"  # what is in the user's own cache is
    shutil.rmtree(cache)
    for name, content in poison.items():
        for place in (name, "/".join(name.split("/")[-2:])):
            path = publication / ".cache/onrecord" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    assert (publication / ".cache/onrecord" / search.KEPT).is_dir()
    assert run("build").exit_code == 0
    assert b"forged()" not in (publication / SCRIPT).read_bytes()


def test_a_user_s_cache_within_the_project_is_not_used(publication: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "cache", lambda: publication / ".cache/onrecord")
    assert run("build").exit_code == 0
    assert not (publication / ".cache").exists()


@pytest.mark.parametrize("spoil", ["others may write", "a file", "a link"])
def test_a_folder_that_is_not_the_user_s_alone_is_neither_read_nor_written(
    publication: Path, cache: Path, tmp_path: Path, spoil: str
):
    _poisoned(publication, cache)
    folder = kept.project(publication)
    if spoil == "others may write":
        folder.chmod(0o777)
    else:
        folder.rename(tmp_path / "elsewhere")
        folder.symlink_to(tmp_path / "elsewhere") if spoil == "a link" else folder.touch()
    places = [folder, tmp_path / "elsewhere"]
    before = [path.read_bytes() for place in places for path in sorted(place.rglob("*")) if path.is_file()]
    (publication / SCRIPT).unlink()
    assert run("build").exit_code == 0
    assert b"forged()" not in (publication / SCRIPT).read_bytes()
    assert before == [path.read_bytes() for place in places for path in sorted(place.rglob("*")) if path.is_file()]
