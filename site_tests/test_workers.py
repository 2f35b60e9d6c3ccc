"""Work in parts is done once each, in however many processes, and what fails in a copy fails here."""

import errno
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from child import at_work
from publications import MINI
from sites import built

from generator import plugin, workers
from generator.problems import Mark, Problem, Refused


def _spread(tmp_path: Path, do: Callable[[int], None], jobs: int = 3, parts: int = 60) -> list[list[int]]:
    done: list[int] = []

    def noted(part: int) -> None:
        do(part)
        done.append(part)

    return [done, *workers.spread(parts, noted, do, lambda: done, jobs)]


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_every_part_is_done_once(tmp_path: Path, jobs: int):
    done = _spread(tmp_path, lambda part: (tmp_path / str(part)).touch(), jobs)
    assert len(done) == jobs
    assert sorted(part for each in done for part in each) == list(range(60))
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == list(range(60))


def _elsewhere(fail: Callable[[], None]) -> Callable[[int], None]:
    """Fails in copies only; waits a little here, so that they have their turn."""
    here = os.getpid()
    return lambda part: fail() if os.getpid() != here else time.sleep(0.02)


def test_what_is_refused_in_a_copy_is_refused_here(tmp_path: Path):
    problem = Problem(Mark("content/x", 3, 4, 5), "belongs to another", "rename it", "written-address", subject="x")

    def fail() -> None:
        raise Refused([problem])

    with pytest.raises(Refused) as told:
        _spread(tmp_path, _elsewhere(fail))
    assert told.value.problems == [problem]


def test_a_full_disk_in_a_copy_is_a_full_disk_here(tmp_path: Path):
    def fail() -> None:
        raise OSError(28, "No space left on device", "site/x")

    with pytest.raises(OSError, match="No space") as told:
        _spread(tmp_path, _elsewhere(fail))
    assert (told.value.errno, told.value.filename) == (28, "site/x")


def test_a_fault_of_ours_is_raised_where_it_can_be_told(tmp_path: Path):
    def fail() -> None:
        raise KeyError("lost")

    with pytest.raises(RuntimeError, match="KeyError"):
        _spread(tmp_path, _elsewhere(fail))


def test_a_copy_that_is_killed_ends_the_work(tmp_path: Path):
    with pytest.raises(ChildProcessError):
        _spread(tmp_path, _elsewhere(lambda: os.kill(os.getpid(), signal.SIGKILL)))


def test_what_fails_here_leaves_no_process_behind(tmp_path: Path):
    here = os.getpid()

    def fail(part: int) -> None:
        if os.getpid() == here:
            raise ValueError("here")
        (tmp_path / str(os.getpid())).touch()
        signal.pause()

    with pytest.raises(ValueError, match="here"):
        _spread(tmp_path, fail)
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), 0)


def test_a_copy_leaves_the_clean_up_to_the_process_that_it_was_copied_from(tmp_path: Path):
    def fail() -> None:
        raise OSError(errno.EIO, "Input/output error", 7)  # no name of a file: what is said of it fails in turn

    def work() -> None:
        try:
            _spread(tmp_path, _elsewhere(fail))
        finally:
            (tmp_path / str(os.getpid())).touch()

    with pytest.raises(ChildProcessError):
        work()
    assert [path.name for path in tmp_path.iterdir()] == [str(os.getpid())]


def test_a_result_that_can_not_be_handed_back_is_a_fault_of_ours(tmp_path: Path):
    with pytest.raises(RuntimeError, match="not JSON serializable"):
        workers.spread(60, lambda _: time.sleep(0.01), lambda _: None, lambda: tmp_path, 2)


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_stream_that_is_closed_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setattr(sys, name, None)
    assert len(_spread(tmp_path, lambda _: None)) == 3


@pytest.mark.parametrize("call", ["pipe", "fork"])
@pytest.mark.parametrize("room", [0, 1])
def test_where_there_is_no_room_for_a_process_the_others_do_its_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, room: int
):
    real, left = getattr(os, call), [room + (call == "pipe")]  # the first pipe is the queue

    def limited() -> object:
        left[0] -= 1
        if left[0] < 0:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return real()

    opened = len(os.listdir("/dev/fd"))
    monkeypatch.setattr(os, call, limited)
    done = _spread(tmp_path, lambda _: None)
    assert len(done) == 1 + room
    assert sorted(part for each in done for part in each) == list(range(60))
    assert len(os.listdir("/dev/fd")) == opened


def test_a_copy_with_much_to_say_ends_where_nobody_is_left_to_hear_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As on systems that end no process with its parent."""
    monkeypatch.setattr(workers, "_die_with", lambda _: None)

    def result() -> str:
        (tmp_path / "done").touch()
        while os.getppid() == parent:
            time.sleep(0.01)
        return "x" * 200_000

    def do(_: int) -> None:
        while os.getpid() == parent and not (tmp_path / "done").exists():
            time.sleep(0.01)

    session = os.fork()
    if session == 0:
        os.setsid()
        parent = os.getpid()
        workers.spread(2, do, lambda _: None, result, 2)
        os._exit(0)
    while not (tmp_path / "done").exists():
        time.sleep(0.01)
    os.kill(session, signal.SIGKILL)
    os.waitpid(session, 0)
    until = time.monotonic() + 10
    while at_work(session) and time.monotonic() < until:
        time.sleep(0.01)
    left = at_work(session)
    if left:
        os.killpg(session, signal.SIGKILL)
    assert not left


def test_whoever_is_interrupted_while_a_copy_answers_takes_it_along(tmp_path: Path):
    def result() -> None:
        (tmp_path / str(os.getpid())).touch()
        signal.pause()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            workers.spread(1, lambda _: None, lambda _: None, result, 2)
    finally:
        signal.signal(signal.SIGALRM, before)
    (path,) = tmp_path.iterdir()
    with pytest.raises(ProcessLookupError):
        os.kill(int(path.name), signal.SIGKILL)


def test_more_processes_make_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plugin, "_WORTH_SHARING", range(10**6))
    sites = []
    for jobs in (1, 3):
        monkeypatch.setattr(workers, "available", lambda jobs=jobs: jobs)
        sites.append(built(MINI, tmp_path / str(jobs)))
    alone, shared = ({p.relative_to(s): p.read_bytes() for p in s.rglob("*") if p.is_file()} for s in sites)
    assert alone == shared
