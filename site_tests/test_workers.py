"""Work in parts is done once each, in however many processes, and what fails in a copy fails here."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
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


def test_more_processes_make_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plugin, "_WORTH_SHARING", range(10**6))
    sites = []
    for jobs in (1, 3):
        monkeypatch.setattr(workers, "available", lambda jobs=jobs: jobs)
        sites.append(built(MINI, tmp_path / str(jobs)))
    alone, shared = ({p.relative_to(s): p.read_bytes() for p in s.rglob("*") if p.is_file()} for s in sites)
    assert alone == shared
