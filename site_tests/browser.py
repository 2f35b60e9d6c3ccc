"""Finds Chromium for the browser tests; where there is none and apt is there, installs Debian's.

`python site_tests/browser.py` does the set-up for `make test`. It says clearly what to install where it can't, and
fails then in CI; elsewhere the browser tests fail by themselves with the same sentence.
"""

import os
import shutil
import subprocess
import sys

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


if __name__ == "__main__" and not install():
    print(MISSING, file=sys.stderr)
    sys.exit(1 if os.environ.get("CI") else 0)
