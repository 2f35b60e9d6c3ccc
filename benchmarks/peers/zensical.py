"""Zensical: the files of MkDocs, which it reads as they are."""

from pathlib import Path

from ..publication import Publication
from . import mkdocs

NAME = "Zensical"
LOCK = "zensical"
PACKAGE = "zensical"


def prepare(folder: Path, publication: Publication) -> None:
    mkdocs.prepare(folder, publication)


def command(home: Path) -> list[str]:
    return [str(home / "bin/zensical"), "build", "--config-file", "mkdocs.yml"]
