"""A build opens no connection and starts no program but git and Pagefind's own, and does without either."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from child import run
from faults import alone, shared, together
from publications import MINI
from reproducible import able, copied, digest

_STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.startfile", "pty.spawn")


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    return copied(MINI, tmp_path / "publication")


@pytest.mark.parametrize("processes", [alone, shared])
def test_python_opens_no_connection_and_starts_git_and_pagefind_only(publication, tmp_path, processes):
    notes = os.open(tmp_path / "notes", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def watched() -> None:
        def hook(event: str, words: tuple[object, ...]) -> None:
            if event.startswith(("socket.", "urllib.", "http.", *_STARTS)):
                os.write(notes, f"{event} {os.path.basename(str(words[0]))}\n".encode())

        sys.addaudithook(hook)

    ended = run(publication, "build", arrange=together(processes, watched))
    os.close(notes)
    assert ended == (0, "built site/: 12 claims, 4 articles\n")
    seen = set((tmp_path / "notes").read_text().splitlines())
    assert seen - {"subprocess.Popen git"} == {
        line for line in seen if re.fullmatch(r"subprocess\.Popen pagefind\S*", line)
    }
    assert len(seen) == 2, "both are at work here, so that it is known what is seen"


def test_the_system_sees_no_connection_of_the_build_nor_of_what_it_starts(publication, tmp_path):
    """Also of git and Pagefind, which no hook of Python sees."""
    if not able("strace", "-f", "-o", os.devnull, "true"):
        pytest.skip("strace is not here or may not trace: apt-get install strace")
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=network,execve", "-o", str(trace)]
    subprocess.run(
        [*command, sys.executable, "-m", "generator.cli", "build"], cwd=publication, check=True, capture_output=True
    )
    lines = trace.read_text().splitlines()
    programs = {Path(name).name for name in re.findall(r'execve\("([^"]+)".* = 0$', "\n".join(lines), re.MULTILINE)}
    assert {name for name in programs if not name.startswith(("python", "git", "pagefind"))} == set()
    assert {"git"} < programs
    assert [line for line in lines if re.search(r"AF_INET|AF_NETLINK|\b(connect|bind|sendto)\(", line)] == []


def test_without_git_the_site_is_made_without_a_history(publication, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert run(publication, "build") == (0, "built site/: 12 claims, 4 articles\n")
    untold = digest(publication / "site")
    assert run(publication, "build").said.startswith("built")
    assert digest(publication / "site") != untold
    shutil.rmtree(publication / ".git")
    assert run(publication, "build").said.startswith("built")
    assert digest(publication / "site") == untold


def test_nothing_of_the_environment_reaches_a_page(publication):
    """Surroundings are tried elsewhere; here each variable says where it came from."""
    marked = dict.fromkeys(("USER", "LOGNAME", "HOSTNAME", "EMAIL", "GIT_AUTHOR_NAME", "EDITOR"), "onrecordleak")
    names = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-m", "generator.cli", "build"]
    subprocess.run(command, cwd=publication, env={**names, **marked}, check=True, capture_output=True)
    assert not [
        path for path in (publication / "site").rglob("*") if path.is_file() and b"onrecordleak" in path.read_bytes()
    ]
