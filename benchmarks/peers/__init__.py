"""The generators that Onrecord is measured beside, one file each.

Each has `NAME`; `LOCK`, the name of its lock file here, and `PACKAGE`, that of its package there; `prepare(folder,
publication)`, which writes into an empty folder all that it needs to make the pages of a publication; and
`command(home)`, which makes them in `site` there, with the program of the environment in `home`.
"""

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from . import hugo, mkdocs, mkdocs_hook, zensical

PEERS: tuple[ModuleType, ...] = (hugo, mkdocs_hook, mkdocs, zensical)
HERE = Path(__file__).parent
FOLDER = HERE.parent / ".peers"


def short(peer: ModuleType) -> str:
    """Its name on the command line: that of its file."""
    return peer.__name__.rpartition(".")[2]


def version(peer: ModuleType) -> str:
    """Name and version of its package, from its lock."""
    lock = (HERE / f"{peer.LOCK}.lock").read_text()
    found = re.search(rf"^{peer.PACKAGE}==[\w.]+", lock, re.MULTILINE)
    assert found is not None
    return str(found[0]).replace("==", " ")


def install(peer: ModuleType) -> Path:
    """The folder of a peer's own environment, made from its lock where it is missing or the lock has changed."""
    lock = HERE / f"{peer.LOCK}.lock"
    home: Path = FOLDER / peer.LOCK
    ready = home / "ready"
    if not ready.exists() or ready.read_bytes() != lock.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        pip = [str(home / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "--no-deps", "--requirement", str(lock)], check=True)
        ready.write_bytes(lock.read_bytes())
    return home
