"""A command in a process of its own -> what it cost: CPU, wall time, peak memory.

CPU is that of the process and of all its children, as the kernel counts it. Memory is the most that all of them held
at once, shared pages counted once, looked at ten times a second; of one process alone the kernel knows the peak.
The caller should be small: to the kernel, a child once held what its parent held when it started it. Linux only.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.1


class Cost(NamedTuple):
    user: float
    """CPU seconds in the program itself."""
    system: float
    """CPU seconds in the kernel on its behalf."""
    wall: float
    memory: float
    """MB."""

    @property
    def cpu(self) -> float:
        return self.user + self.system


def run(command: Sequence[str], folder: Path, *, cores: int = 0) -> Cost:
    """Runs a command in a folder, on so many cores if a number is given. A failure stops the benchmark."""
    all_cores = os.sched_getaffinity(0)
    with tempfile.TemporaryFile() as log:
        begun = time.monotonic()
        if cores:
            os.sched_setaffinity(0, sorted(all_cores)[:cores])  # children inherit it
        try:
            process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        finally:
            os.sched_setaffinity(0, all_cores)
        held = [0.0]
        ended = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, ended, held))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watch.join()
        if process.returncode:
            log.seek(0)
            sys.exit(f"{' '.join(command)} in {folder}: exit code {process.returncode}\n{log.read().decode()[-2000:]}")
    return Cost(usage.ru_utime, usage.ru_stime, wall, max(held[0], usage.ru_maxrss / 1024))


def median(costs: Sequence[Cost]) -> Cost:
    """Of each figure by itself."""
    return Cost(*(statistics.median(figures) for figures in zip(*costs, strict=True)))


def _watch(process: int, ended: threading.Event, held: list[float]) -> None:
    while not ended.wait(_EVERY):
        family = _family(process)
        if len(family) > 1:  # of one process alone the kernel knows the peak
            held[0] = max(held[0], sum(map(_share, family)))


def _family(process: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(one for child in children for one in _family(int(child)))]


def _share(process: int) -> float:
    """MB that a process holds; pages that it shares with others count in part."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
