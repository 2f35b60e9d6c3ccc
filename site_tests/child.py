"""A command of ours in a process of its own, with the world arranged around it: `run` it, or `begin` it and kill it.

The process is a copy of this one, which has our modules loaded and never built anything, so that a hundred of them cost
little. It leads a session of its own, so that whatever it leaves at work can be found.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, NoReturn

from generator import cli

for _late in ("encodings.utf_8_sig", "generator.follow", "generator.host", "generator.unchanged"):
    import_module(_late)  # once, before the copies are made and while the process may read what it likes

PATIENCE = 60.0
"""Seconds after which a command that does not end counts as one that hangs."""


class Ended(NamedTuple):
    """How a command ended: its exit code, or the number of the signal that killed it, below zero; and what it said."""

    code: int
    said: str


class Begun(NamedTuple):
    """A command at work."""

    pid: int
    says: int
    """The end of a pipe that what it says comes out of."""

    def end(self) -> Ended:
        """Waits for its end. Raises TimeoutError where there is none, AssertionError where it left others at work."""
        until = time.monotonic() + PATIENCE
        while not (found := os.waitpid(self.pid, os.WNOHANG))[0]:
            if time.monotonic() > until:
                os.killpg(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                raise TimeoutError(f"hangs; it said: {self._said()}")
            time.sleep(0.005)
        said = self._said()
        until = time.monotonic() + 10
        while at_work(self.pid):
            assert time.monotonic() < until, "a process of it is still at work"
            time.sleep(0.005)
        return Ended(os.waitstatus_to_exitcode(found[1]), said)

    def _said(self) -> str:
        os.set_blocking(self.says, False)
        with os.fdopen(self.says, "rb") as file:
            return (file.read() or b"").decode("utf-8", "replace")


def begin(root: Path, *words: str, arrange: Callable[[], object] = lambda: None) -> Begun:
    """Starts `onrecord` with some words in a folder; `arrange` is called in its process first."""
    says, saying = os.pipe()  # a full disk does not stop it
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _live(root, saying, words, arrange)
    os.close(saying)
    return Begun(pid, says)


def run(root: Path, *words: str, arrange: Callable[[], object] = lambda: None) -> Ended:
    """Runs `onrecord` with some words in a folder to its end."""
    return begin(root, *words, arrange=arrange).end()


def _live(root: Path, saying: int, words: tuple[str, ...], arrange: Callable[[], object]) -> NoReturn:
    code = 70
    try:
        os.setsid()
        for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), saying, saying)):
            os.dup2(file, number)
        # Whoever tests may have put others in their place.
        sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))
        os.chdir(root)
        arrange()
        cli.main(words, prog_name="onrecord")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)


def at_work(session: int) -> bool:
    """Whether any process of a session still runs."""
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    return True
