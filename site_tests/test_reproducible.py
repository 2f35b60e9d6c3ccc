"""A build repeats byte for byte; `make reproducible` tries twelve surroundings, here those that tell most."""

import subprocess
import sys
from pathlib import Path

import pytest
import reproducible
from publications import MINI
from reproducible import Surroundings, built, digest, surroundings

FEW = ("another path", "another user", "twelve years later", "another locale", "files in another order", "processes")


def test_surroundings_change_no_name_no_mode_and_no_byte(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("surroundings")
    for path in (folder, folder.parent, folder.parent.parent):
        path.chmod(path.stat().st_mode | 0o055)  # somebody else builds here, too
    folder.chmod(0o777)
    first = built(MINI, folder, Surroundings("here", umask=0o077))
    assert len(first) == 64, first
    told = {"here again, with what was kept": built(MINI, folder, Surroundings("here", umask=0o077), keep=True)}
    for around in surroundings(folder):
        if any(name in around.name for name in FEW):
            told[around.name] = built(MINI, folder, around)
    assert {name: found for name, found in told.items() if found != first} == {}
    assert len(told) == len(FEW) + 1


def test_there_are_twelve(tmp_path):
    assert len(list(surroundings(tmp_path))) == 12


def said(code: str, folder: Path) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=folder, text=True, capture_output=True, check=True).stdout


def test_what_is_imitated_is_at_work(tmp_path):
    clock = "import time; print(time.time())"
    assert float(said(f"{reproducible._LATER}\n{clock}", tmp_path)) - float(said(clock, tmp_path)) > 11 * 365 * 86400
    for name in "abcdefgh":
        (tmp_path / name).touch()
    listed = "import os; print(*os.listdir()); print(*(entry.name for entry in os.scandir()))"
    plain, shuffled = (said(f"{way}\n{listed}", tmp_path).splitlines() for way in ("", reproducible._SHUFFLED))
    assert [sorted(line.split()) for line in plain] == [sorted(line.split()) for line in shuffled]
    assert all(a != b for a, b in zip(plain, shuffled, strict=True))


def test_a_digest_tells_names_modes_and_bytes_apart(tmp_path):
    page = tmp_path / "folder/page"
    page.parent.mkdir()
    page.write_text("x")
    seen = [digest(tmp_path)]
    for change in (
        lambda: page.chmod(0o600),
        lambda: page.write_text("y"),
        lambda: (tmp_path / "empty").mkdir(),
        lambda: page.rename(page.with_name("other")),
    ):
        change()
        seen.append(digest(tmp_path))
    assert len(set(seen)) == 5
