"""A project -> its site, quietly, as `onrecord build` makes it: for tests of what becomes of a text."""

import io
from contextlib import redirect_stderr
from pathlib import Path

from . import host


class Broken(Exception):  # noqa: N818 - an answer to a case, no error of ours
    """A site was not built."""


def build(root: Path) -> Path:
    """The site of a project. Raises `Broken` where there is none."""
    site = root / "site"
    with redirect_stderr(io.StringIO()) as said, host.configured(root, verbose=False) as configure:
        done = host.build(configure(site_dir=str(site)))
    if not done:
        raise Broken(next((line for line in said.getvalue().split("\n") if "error[" in line), "the site was not built"))
    return site
