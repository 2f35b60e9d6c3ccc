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
from collections.abc import Callable, Iterable, Iterator
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

    Where the system has no room for so many processes, those do it that there are.
    What was refused and faults of the machine are raised as they were. A part in which we failed is tried `again` here,
    without effects, so that its error is raised where it can be told by its place.
    """
    queue, filling = os.pipe()
    os.write(filling, b"".join(n.to_bytes(_WIDTH, "big") for n in range(parts)))
    os.close(filling)
    copies: dict[int, int] = {}
    try:
        for _ in range(jobs - 1):
            if not _copied(copies, queue, do, result):
                break
        for n in _waiting(queue):
            do(n)
        answers = [_answer(pid, copies) for pid in list(copies)]
    finally:
        os.close(queue)
        for pid, reading in copies.items():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
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


def _copied(copies: dict[int, int], queue: int, do: Callable[[int], None], result: Callable[[], Any]) -> bool:
    """Makes one more copy; whether the system had room for it."""
    for stream in (sys.stdout, sys.stderr):  # what waits in them would be said by each
        if stream is not None:
            stream.flush()
    parent = os.getpid()
    ends: tuple[int, ...] = ()
    try:
        ends = reading, writing = os.pipe()
        pid = os.fork()
    except OSError:
        for end in ends:
            os.close(end)
        return False
    if pid == 0:
        _copy(parent, queue, (reading, *copies.values()), writing, do, result)
    copies[pid] = reading
    os.close(writing)
    return True


def _answer(pid: int, copies: dict[int, int]) -> dict[str, Any]:
    """What a copy says at its end. Until then it is one of those that end with us."""
    with os.fdopen(copies[pid], "rb", closefd=False) as file:
        said = file.read()
    _, status = os.waitpid(pid, 0)
    os.close(copies.pop(pid))
    if not said:
        raise ChildProcessError(f"a process of the build ended early (status {status})")
    answer: dict[str, Any] = json.loads(said)
    return answer


def _copy(
    parent: int,
    queue: int,
    readings: Iterable[int],
    writing: int,
    do: Callable[[int], None],
    result: Callable[[], Any],
) -> NoReturn:
    """The life of a copy. It leaves without the clean-up of the process that it was copied from, whatever happens."""
    try:
        for reading in readings:  # were they open here, nobody would learn that the parent is gone
            os.close(reading)
        said = _said(parent, queue, do, result)
        with os.fdopen(writing, "wb") as file:
            file.write(said.encode())
        os._exit(0)
    finally:
        os._exit(1)


def _said(parent: int, queue: int, do: Callable[[int], None], result: Callable[[], Any]) -> str:
    """Does the parts that a copy gets; what it says of them, as JSON."""
    part = -1
    try:
        _die_with(parent)
        for part in _waiting(queue):
            do(part)
            if os.getppid() != parent:
                os._exit(1)
        return json.dumps({"result": result()})
    except Refused as refusal:
        return json.dumps({"refused": [stored(problem) for problem in refusal.problems]})
    except OSError as error:
        named = error.filename and os.fsdecode(error.filename)
        return json.dumps({"fault": [error.errno, error.strerror, named]})
    except BaseException as error:
        return json.dumps({"failed": part, "error": repr(error)})


def _die_with(parent: int) -> None:
    """Has the system end this process when the other ends, where it can (Linux)."""
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
