"""The files of a project -> their canonical form: `claims.yaml`, those below `claims/`, front matter of articles.

A file below `claims/` begins with the line that leads editors' programs to its schema.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import claimfiles
from .edit import Amend, Node, canonical_article, parse, unfit, written
from .files import Folder, read_text
from .limits import LIMITS
from .load import RECORD, load
from .model import ClaimFile, Record
from .problems import Problem

_MODELINE = re.compile(r"#\s*yaml-language-server\s*:\s*\$schema=")


def formatted(root: Path, problems: list[Problem]) -> Iterator[tuple[str, str, str]]:
    """Name, text and canonical text of each file of a project. Files that can't be read are added to the problems."""
    record, found = load(root)
    left = unfit(found)
    problems += [p for p in found if p.mark.path in left or record is None]
    for path in (RECORD, *claimfiles.paths(Folder(root), [])) if record is not None else ():
        if path not in left:
            text = read_text(root, path, LIMITS["file"])
            yield path, text, canonical_claims(path, text)
    for article in record.articles if record else ():
        if not article.linked and article.path not in left:
            text = read_text(root, article.path, LIMITS["article"])
            yield article.path, text, canonical_article(text, article.body)


def canonical_claims(path: str, text: str, amend: Amend | None = None) -> str:
    """The canonical form of a file of the record, `claims.yaml` or one below `claims/`; raises as `canonical`."""
    root, comments = parse(text)
    if root is not None and amend is not None:
        amend(root, Record if path == RECORD else ClaimFile)
    return written_claims(path, root, comments)


def written_claims(path: str, root: Node | None, comments: Iterable[str]) -> str:
    """As `written`, for a file of the record; one below `claims/` begins with the line that leads to its schema."""
    if path == RECORD:
        return written(root, comments)
    if root is not None and root.mapping and root.value:
        first, _ = root.pairs[0]
        first.before = [line for line in first.before if not _MODELINE.match(line)]
    return claimfiles.modeline(path) + written(root, comments, ClaimFile)
