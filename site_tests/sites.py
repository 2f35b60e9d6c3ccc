"""Publications built as MkDocs builds them, and the pages of a site parsed as browsers do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
from mkdocs.commands.build import build
from mkdocs.config import load_config

HTML = "{http://www.w3.org/1999/xhtml}"
"""The namespace of elements that were parsed."""


def built(project: Path, site: Path, **options: Any) -> Path:
    """Builds a publication through MkDocs into the folder `site`; `options` are settings of our plugin."""
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(site))
    config.plugins["onrecord"].config.update(options)
    build(config)
    return site


def pages(site: Path) -> Iterator[tuple[str, Any]]:
    """Every page of a site by its path; a fault of the markup fails here."""
    for path in sorted(site.rglob("*.html")):
        parser = html5lib.HTMLParser(strict=True)
        with path.open("rb") as file:
            yield path.relative_to(site).as_posix(), parser.parse(file, transport_encoding="utf-8")


def elements(tree: Any, *names: str) -> list[Any]:
    """The elements with some names, name by name."""
    return [element for name in names for element in tree.iter(f"{HTML}{name}")]
