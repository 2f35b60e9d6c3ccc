"""A build opens no connection and starts no program but git and Pagefind's own, and does without either."""

import ctypes
import os
import platform
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from child import run
from faults import alone, shared, together
from publications import MINI
from reproducible import able, copied, digest

from generator import kept

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


def unconnected() -> None:
    """From here on the system kills this process, and any that it starts, where it asks for a socket."""
    machine, asked = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}[platform.machine()]
    load, equal, answer = 0x20, 0x15, 0x06
    steps = (
        (load, 0, 0, 4),  # the kind of machine that the call is numbered for
        (equal, 0, 2, machine),
        (load, 0, 0, 0),  # the number of the call
        (equal, 0, 1, asked),
        (answer, 0, 0, 0x80000000),  # kill
        (answer, 0, 0, 0x7FFF0000),  # let it be
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_ulong)
    assert prctl(38, 1, None, 0, 0) == 0  # PR_SET_NO_NEW_PRIVS, without which only root may set a filter
    assert prctl(22, 2, struct.pack("HP", len(steps), ctypes.addressof(code)), 0, 0) == 0  # PR_SET_SECCOMP


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux filters the calls of a process")


@on_linux
def test_neither_the_build_nor_what_it_starts_asks_the_system_for_a_socket(publication):
    """Also git and Pagefind, which no hook of Python sees: without either the site would be another one."""
    assert run(publication, "build") == (0, "built site/: 12 claims, 4 articles\n")
    free = digest(publication / "site")
    shutil.rmtree(kept.project(publication))
    assert run(publication, "build", arrange=unconnected) == (0, "built site/: 12 claims, 4 articles\n")
    assert digest(publication / "site") == free


@on_linux
def test_whoever_asks_for_a_socket_is_killed(publication):
    """The proof above can fail."""
    own = run(publication, "build", arrange=together(unconnected, socket.socketpair, socket.socket))
    assert own == (-signal.SIGSYS, "")
    asking = [sys.executable, "-c", "import socket; socket.socket()"]
    started = run(publication, "build", arrange=together(unconnected, lambda: subprocess.run(asking, check=True)))
    assert f"died with {signal.SIGSYS!r}" in started.said


def test_git_and_pagefind_start_no_other_program(publication, tmp_path):
    if not able("strace", "-f", "-o", os.devnull, "true"):
        told = "strace is not here or may not trace: apt-get install strace"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=execve", "-o", str(trace)]
    subprocess.run(
        [*command, sys.executable, "-m", "generator.cli", "build"], cwd=publication, check=True, capture_output=True
    )
    programs = {Path(name).name for name in re.findall(r'execve\("([^"]+)".* = 0$', trace.read_text(), re.MULTILINE)}
    assert {name for name in programs if not name.startswith(("python", "git", "pagefind"))} == set()
    assert {"git", "pagefind"} < {name.partition("_")[0] for name in programs}


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
    names = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
    command = [sys.executable, "-m", "generator.cli", "build"]
    subprocess.run(command, cwd=publication, env={**names, **marked}, check=True, capture_output=True)
    assert not [
        path for path in (publication / "site").rglob("*") if path.is_file() and b"onrecordleak" in path.read_bytes()
    ]
