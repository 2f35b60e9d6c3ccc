"""MkDocs with Material and no Markdown: a hook hands over each page's body as finished HTML.

What makes these bodies from a record is not counted, so this is less than any publication can do with MkDocs.
"""

from pathlib import Path

from ..publication import Publication
from . import mkdocs

NAME = "MkDocs + Material, finished HTML"
LOCK, PACKAGE = mkdocs.LOCK, mkdocs.PACKAGE
_HOOK = """def on_page_markdown(markdown, page, **_):
    page.finished = markdown
    return ""


def on_page_content(html, page, **_):
    return page.finished
"""


def prepare(folder: Path, publication: Publication) -> None:
    mkdocs.prepare(folder, publication)
    (folder / "hook.py").write_text(_HOOK)
    (folder / "mkdocs.yml").write_text(f"{mkdocs.SETTINGS}hooks: [hook.py]\n")


command = mkdocs.command
