"""A build that fails in whatever way leaves a whole site, and the next one knows nothing of it.

`make faults` tries some two hundred points; here are those that differ most, and what may lie about on a disk.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from child import begin, run
from faults import Arena, points, tree
from reproducible import able

from generator.sitecheck import check_folder

NOBODY = 65534
FEW = 15


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Arena:
    return Arena(tmp_path_factory.mktemp("arena"))


def test_a_choice_of_faults_leaves_a_whole_site_and_nothing_for_the_next_build(arena):
    every = list(points(arena))
    assert len(every) > 100
    chosen = every[:: len(every) // FEW]
    told = {p.name: arena.wrong(p, back=n % 2 == 1, cold=n % 4 < 2) for n, p in enumerate(chosen)}
    assert {name: wrong for name, wrong in told.items() if wrong} == {}


def test_what_is_broken_after_a_fault_is_seen(arena, monkeypatch):
    """The proof itself can fail."""
    point = next(p for p in points(arena) if p.name == "plugin:Press.seal fails")
    real = shutil.rmtree
    monkeypatch.setattr(
        shutil, "rmtree", lambda path, *a, **o: None if ".staging" in str(path) else real(path, *a, **o)
    )
    assert "the next build ends with 3" in arena.wrong(point, back=False, cold=False)
    monkeypatch.undo()
    shutil.rmtree(arena.root / ".site.staging")
    assert run(arena.root, "build", arrange=arena.outside).code == 0


def dropped() -> None:
    """Root may do everything: permissions are tried as somebody else."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def owned(*paths: Path) -> None:
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


@pytest.fixture
def open_to_others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Lets somebody else come to the arena."""
    top = tmp_path_factory.getbasetemp()
    folders = {folder: folder.stat().st_mode for folder in (top, top.parent)}
    for folder, mode in folders.items():
        folder.chmod(mode | 0o055)
    yield
    for folder, mode in folders.items():
        folder.chmod(mode)


def _mended(arena: Arena, before: object) -> None:
    """The site is as it was, and with what was wrong taken away the next build makes the new one."""
    assert tree(arena.root / "site") == before
    assert check_folder(arena.root / "site")[1] == []


DENIED: dict[str, tuple[str, int]] = {
    "claims.yaml": ("claims.yaml", 0o644),
    "an article": ("content/articles/blog.md", 0o644),
    "a page": ("content/about.md", 0o644),
    "the lock": ("articles.lock", 0o644),
    "all content": ("content", 0o755),
}


@pytest.mark.usefixtures("open_to_others")
@pytest.mark.parametrize("what", DENIED)
def test_what_may_not_be_read_is_named_and_ends_with_3(what, arena):
    name, mode = DENIED[what]
    path, before = arena.root / name, tree(arena.root / "site")
    arena.root.parent.chmod(0o755)
    owned(arena.root, *arena.root.rglob("*"), arena.tmp)
    path.chmod(0)
    try:
        ended = run(arena.root, "build", arrange=lambda: (arena.outside(), dropped()))
        checked = run(arena.root, "check", arrange=dropped)
    finally:
        path.chmod(mode)
    for one in (ended, checked):
        assert one.code == 3, one.said
        assert re.match(rf'error\[machine\]: Permission denied ".*{re.escape(name)}', one.said)
        assert "Traceback" not in one.said
    _mended(arena, before)


@pytest.mark.usefixtures("open_to_others")
def test_a_folder_that_may_not_be_written_to_is_named_and_ends_with_3(arena):
    before = tree(arena.root / "site")
    arena.root.parent.chmod(0o755)
    owned(*arena.root.rglob("*"), arena.tmp)
    os.chown(arena.root, os.geteuid(), -1)
    arena.root.chmod(0o555)
    arena.write(1 - arena.state)
    try:
        ended = run(arena.root, "build", arrange=lambda: (arena.outside(), dropped()))
    finally:
        arena.root.chmod(0o755)
        owned(arena.root)
    assert (ended.code, "Traceback" in ended.said) == (3, False), ended.said
    assert re.match(r'error\[machine\]: Permission denied ".*/\.site\.lock"', ended.said)
    _mended(arena, before)


ODD: dict[str, Callable[[Path], object]] = {
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to outside": lambda path: path.symlink_to("/etc/hostname"),
    "a pipe": os.mkfifo,
    "a socket": lambda path: _socket(path),
    "a folder": lambda path: path.mkdir(),
    "a device": lambda path: os.mknod(path, 0o20666, os.makedev(1, 5)),  # /dev/zero, which never ends
}


PLACES = ("claims.yaml", "articles.lock", "content/articles/blog.md", "content/odd.md", "content/odd.png")
FINE = {("a folder", "content/odd.md"), ("a folder", "content/odd.png")}


def _socket(path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as one:
        here = os.getcwd()
        os.chdir(path.parent)  # its address may not be long
        one.bind(path.name)
        os.chdir(here)


@pytest.mark.parametrize(("what", "name"), [pair for pair in product(ODD, PLACES) if pair not in FINE])
def test_what_is_no_file_is_told_at_its_name_and_never_waited_for(what, name, arena):
    path, before = arena.root / name, tree(arena.root / "site")
    content = path.read_bytes() if path.exists() else None
    path.unlink(missing_ok=True)
    try:
        try:
            ODD[what](path)
        except PermissionError:
            pytest.skip("only root makes devices")
        ended = run(arena.root, "build", arrange=arena.outside)
        assert ended.code == 1, ended.said
        assert f"{name}:1:1: error[" in ended.said
        _mended(arena, before)
    finally:
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        if content is not None:
            path.write_bytes(content)


def test_a_hard_link_is_read_as_the_file_it_is_and_its_other_name_is_never_written_to(arena, tmp_path):
    """Copies that save space are made of them; none comes with a repository, and none tells where its other name is."""
    other = tmp_path / "other.yaml"
    text = (arena.root / "claims.yaml").read_text()
    other.write_text(text.replace("about:\n", "about:   # so\n", 1))
    (arena.root / "claims.yaml").unlink()
    os.link(other, arena.root / "claims.yaml")
    try:
        assert run(arena.root, "check").code == 0
        assert run(arena.root, "fmt").code == 0
        assert other.read_text() != (arena.root / "claims.yaml").read_text()
        assert "# so" in other.read_text()
    finally:
        (arena.root / "claims.yaml").unlink()
        (arena.root / "claims.yaml").write_text(text)


@pytest.mark.parametrize("free", [0, 4, 40, 400, 800])
def test_a_disk_that_is_full_ends_with_3_and_leaves_the_site(free, arena, tmp_path):
    """A small disk of its own, where the tests may mount one. The limit of a file's size is tried everywhere."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not able("mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", str(disk)):
        pytest.skip("no disk can be mounted here: run it as root on Linux")
    try:
        root = disk / "publication"
        shutil.copytree(arena.root, root, ignore=shutil.ignore_patterns(".site*"))

        def outside() -> None:
            os.environ.update(TMPDIR=str(disk), XDG_CACHE_HOME=str(disk / "kept"))

        assert run(root, "build", arrange=outside).code == 0
        before = tree(root / "site")
        shutil.rmtree(disk / "kept")
        text = (root / "mkdocs.yml").read_text()
        (root / "mkdocs.yml").write_text(text.replace("site_name: ", "site_name: The "))  # on every page
        with (disk / "filler").open("wb", buffering=0) as filler:
            with suppress(OSError):
                while filler.write(b"x" * 4096):
                    pass
            filler.truncate(filler.tell() - free * 1024)
        ended = run(root, "build", arrange=outside)
        assert ended.code == 3, ended.said
        assert re.search(
            r'^error\[machine\]: .*(No space left|disk is full|disk I/O).*"/\S+"$', ended.said, re.MULTILINE
        )
        assert "Traceback" not in ended.said
        assert tree(root / "site") == before
        assert check_folder(root / "site")[1] == []
        (disk / "filler").unlink()
        (root / "mkdocs.yml").write_text(text)
        assert run(root, "build", arrange=outside).code == 0
        assert tree(root / "site") == before
        assert not list(root.glob(".site*"))
    finally:
        for _ in range(50):
            if subprocess.run(["umount", str(disk)], capture_output=True).returncode == 0:
                break
            time.sleep(0.1)


def test_two_builds_at_once_end_with_a_whole_site_and_one_of_them_may_be_told_to_wait(arena):
    arena.write(1 - arena.state)
    begun = [begin(arena.root, "build", "--no-search", arrange=arena.outside) for _ in range(2)]
    ended = [one.end() for one in begun]
    assert sorted(one.code for one in ended) in ([0, 0], [0, 3]), ended
    assert all("error[build-locked]" in one.said for one in ended if one.code)
    assert check_folder(arena.root / "site")[1] == []
    assert not list(arena.root.glob(".site*"))
