"""Finds Chromium for the browser tests, and lends them the real site on a port of this machine.

`python site_tests/browser.py` does the set-up for `make test`: where there is no Chromium and apt is there, it installs
Debian's. It says clearly what to install where it can't, and fails then in CI; elsewhere the browser tests fail by
themselves with the same sentence.
"""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "no Chromium was found: install it (Debian and Ubuntu: apt-get install chromium), "
    "or name its program in the variable ONRECORD_CHROMIUM"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PAGES = {
    "home": "",
    "claim": "claims/sale-deadline/",
    "claim-echo": "claims/walmart-marketplace/",
    "claim-withdrawn": "claims/trump-order-date/",
    "chronology": "chronology/",
    "matrix": "matrix/",
    "matrix-topic": "matrix/walmart/",
    "source": "sources/walmart-bid-paraphrase/",
    "sources": "sources/",
    "entity": "entities/walmart/",
    "entities": "entities/",
    "statements": "statements/",
    "search": "search/",
    "about": "about/",
    "corrections": "corrections/",
    "data": "data/",
    "missing": "404.html",
    "embed": "claims/sale-deadline/embed/",
}
"""A page of every kind, as the record of this repository has it."""
AXE_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"),
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
"""What axe-core holds a page to."""


def chromium() -> str | None:
    """The program of a Chromium on this machine; None where there is none."""
    named = os.environ.get("ONRECORD_CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else NAMES))
    return next((path for path in found if path), None)


def install() -> bool:
    """Installs Debian's Chromium. Whether one is there afterwards."""
    if chromium() is None and shutil.which("apt-get") and os.geteuid() == 0:
        print("installing chromium with apt-get", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "chromium"]):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return chromium() is not None


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium without a window. Raises RuntimeError where none is installed."""
    program = chromium()
    if program is None:
        raise RuntimeError(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a folder is served while the context lasts."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__" and not install():
    print(MISSING, file=sys.stderr)
    sys.exit(1 if os.environ.get("CI") else 0)
