"""From an edit to the screen: how long `onrecord serve` takes to show the page of a claim that was just changed.

    python -m benchmarks.edit 1000

A server runs in a process of its own; a claim is edited, and its page is waited for as a browser waits. CPU is that of
the server from the edit to the page; wall time holds the looks at the files too (ten a second) and the machine's
other work.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import IO

from .stages import memory
from .synthetic import write

EDITS = 5


def main(size: int) -> None:
    with tempfile.TemporaryDirectory(dir=memory(size)) as folder:
        project = Path(folder) / "project"
        project.mkdir()
        write(project, size)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "generator.cli", "serve", "--dev-addr", f"127.0.0.1:{port}"]
        root = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        server = subprocess.Popen(command, cwd=project, env=root, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        try:
            _until("built", server.stderr)
            print(f"{size:,} claims: seconds from an edit to the page, and to the whole site")
            print(f"{'CPU':>8}{'wall':>8}{'all CPU':>10}")
            for n in range(EDITS):
                print("{:8.2f}{:8.2f}{:10.2f}".format(*_edit(project, size // 2, n, port, server.pid, server.stderr)))
        finally:
            server.terminate()
            server.wait()


def _edit(project: Path, claim: int, n: int, port: int, process: int, log: IO[str]) -> tuple[float, float, float]:
    address, page = f"http://127.0.0.1:{port}", f"/claims/claim-{claim}/"
    found = re.search(r'data-tag="(\w+)"', _get(address + page))
    assert found is not None
    record = project / "claims.yaml"
    text = re.sub(rf"(- id: claim-{claim}\n    text: )", rf"\1Edited{n} ", record.read_text())
    time.sleep(1)  # the server is at rest
    cpu, wall = _cpu(process), time.monotonic()
    record.write_text(text)
    _get(f"{address}/.onrecord/wait/{found[1]}{page}")
    assert f"<title>Edited{n} " in _get(address + page)
    shown = _cpu(process) - cpu, time.monotonic() - wall
    _until("built", log)
    return *shown, _cpu(process) - cpu


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 - our own server
        return str(answer.read().decode())


def _until(word: str, log: IO[str]) -> None:
    for line in log:
        if line.startswith(word):
            return


def _cpu(process: int) -> float:
    """User and system time of a process, as Linux tells it."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
