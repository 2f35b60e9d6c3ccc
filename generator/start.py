"""An empty folder -> a publication that works at once: configuration, an example record, pages, a Makefile.

The starter is a folder of the package, written as it stands but for the names in double braces.
"""

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from . import addresses
from .edit import canonical
from .files import replace
from .hidden import hidden
from .load import LOCK, RECORD, load, lock_text
from .problems import visible
from .schema import MODELINE, SCHEMA, schema_text
from .texts import url_fault

STARTER = Path(__file__).parent / "starter"
_DOTTED = {"gitignore": ".gitignore", "github": ".github"}
"""Names that begin with a dot on disk, and in the package not, so that packers take them along."""


def begin(folder: Path, title: str, address: str = "") -> list[Path]:
    """Writes a publication into a folder that is new or empty; gives the files, relative to it, in order.

    `title` is the publication's name; `address` is where its site will stand, "https://facts.example.org/".
    Raises ValueError, with the reason, before anything is written; OSError where the disk refuses.
    """
    if why := _unfit(folder, title, address):
        raise ValueError(why)
    values = {
        "title": json.dumps(title, ensure_ascii=False),  # a double-quoted YAML scalar
        "plain_title": _plain(title),
        "address": f"site_url: {address}" if address else "# site_url: https://facts.example.org/",
        "version": version("onrecord"),
    }
    for source in sorted(_files(STARTER)):
        target = folder / _placed(source.relative_to(STARTER))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        for name, value in values.items():
            text = text.replace("{{" + name + "}}", value)
        text = canonical(f"{MODELINE}\n{text}") if target.name == RECORD else text
        replace(target, text)
    record, _ = load(folder)
    assert record is not None  # the starter is a good record, whatever its title
    replace(folder / LOCK, lock_text(record.articles))
    replace(folder / addresses.LOCK, addresses.lock_text(addresses.living(record)))
    replace(folder / SCHEMA, schema_text())
    return sorted(path.relative_to(folder) for path in _files(folder))


def _unfit(folder: Path, title: str, address: str) -> str | None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return f'"{visible(str(folder))}" is there already and not an empty folder; name a new one'
    if not title.strip() or "\n" in title or "\r" in title or next(hidden(title), None):
        return "the title must be one line of visible characters"
    if address and (fault := url_fault(address)):
        return f'the address "{visible(address)}" can’t be linked: {visible(fault)}'
    if address and not address.endswith("/"):
        return f'the address "{visible(address)}" must end with a slash'
    return None


def _plain(title: str) -> str:
    """A title as Markdown text: marks that Markdown would take for its own are escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|~" else c for c in title)


def _placed(path: Path) -> Path:
    return Path(*(_DOTTED.get(part, part) for part in path.parts))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
