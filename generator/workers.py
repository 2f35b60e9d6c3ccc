"""Work in parts -> the same work, done by several processes at once.

The parts wait in a pipe; this process and its forked copies take one after the other, so that nobody waits for the
slowest. A copy shares what was read before it was made and hands back JSON values. It ends with this process, and
whatever fails in it fails here.
"""

import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NoReturn

from .problems import Refused, revived, stored

_PR_SET_PDEATHSIG = 1
_WIDTH = 2
MOST = 4
"""Processes at most: each costs memory, and the disk and what can't be shared soon set the pace."""


def available() -> int:
    """How many processes may work at once; one where a fork would not be safe, beside other threads, or is unknown."""
    if threading.active_count() > 1 or not hasattr(os, "fork"):
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST)


def spread(
    parts: int, do: Callable[[int], None], again: Callable[[int], None], result: Callable[[], Any], jobs: int
) -> list[Any]:
    """Does parts 0, 1, … each once, in this process and `jobs - 1` copies; gives what `result` says in each copy.

    What was refused and faults of the machine are raised as they were. A part in which we failed is tried `again` here,
    without effects, so that its error is raised where it can be told by its place.
    """
    queue, filling = os.pipe()
    os.write(filling, b"".join(n.to_bytes(_WIDTH, "big") for n in range(parts)))
    os.close(filling)
    copies: dict[int, int] = {}
    try:
        for _ in range(jobs - 1):
            reading, writing = os.pipe()
            sys.stdout.flush()
            sys.stderr.flush()
            parent = os.getpid()
            pid = os.fork()
            if pid == 0:
                _copy(parent, queue, writing, do, result)
            os.close(writing)
            copies[pid] = reading
        for n in _waiting(queue):
            do(n)
        answers = [_answer(pid, copies) for pid in list(copies)]
    finally:
        os.close(queue)
        for pid, reading in copies.items():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            os.close(reading)
    for answer in answers:
        if "refused" in answer:
            raise Refused(map(revived, answer["refused"]))
        if "fault" in answer:
            raise OSError(*answer["fault"])
        if "failed" in answer:
            again(answer["failed"])
            raise RuntimeError(f"a part of the work failed in another process only: {answer['error']}")
    return [answer["result"] for answer in answers]


def _waiting(queue: int) -> Iterator[int]:
    while part := os.read(queue, _WIDTH):
        yield int.from_bytes(part, "big")


def _answer(pid: int, copies: dict[int, int]) -> dict[str, Any]:
    """What a copy says at its end."""
    with os.fdopen(copies.pop(pid), "rb") as file:
        said = file.read()
    _, status = os.waitpid(pid, 0)
    if not said:
        raise ChildProcessError(f"a process of the build ended early (status {status})")
    answer: dict[str, Any] = json.loads(said)
    return answer


def _copy(parent: int, queue: int, writing: int, do: Callable[[int], None], result: Callable[[], Any]) -> NoReturn:
    """The life of a copy. It leaves without the clean-up of the process that it was copied from."""
    part = -1
    try:
        _die_with(parent)
        for part in _waiting(queue):
            do(part)
            if os.getppid() != parent:
                os._exit(1)
        said: dict[str, Any] = {"result": result()}
    except Refused as refusal:
        said = {"refused": [stored(problem) for problem in refusal.problems]}
    except OSError as error:
        said = {"fault": [error.errno, error.strerror, error.filename and os.fsdecode(error.filename)]}
    except BaseException as error:
        said = {"failed": part, "error": repr(error)}
    with os.fdopen(writing, "wb") as file:
        file.write(json.dumps(said).encode())
    os._exit(0)


def _die_with(parent: int) -> None:
    """Has the system end this process when the other ends, where it can (Linux)."""
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
