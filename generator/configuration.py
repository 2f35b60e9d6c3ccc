"""The text of mkdocs.yml -> what keeps a build from beginning, each at its place.

The file is code: its tags and plugins run. Nothing in it is constructed here and MkDocs is not asked, so `check` may
look at a stranger's file, and begins at once. What only MkDocs knows to be wrong, it says when it loads the file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from .files import read_text
from .limits import LIMITS
from .problems import Mark, Problem, Refused
from .reader import told

FILE = "mkdocs.yml"
_DEPTH = 64
_BEGIN = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_END = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_NO = {"false", "no", "off"}


def fault(said: str, help: str, line: int = 1, column: int = 1, length: int = 1) -> Problem:
    """What is wrong with mkdocs.yml, or missing in it."""
    return Problem(Mark(FILE, line, column, length), said, help, "configuration")


def missing() -> Problem:
    return fault("the file is missing", 'write it as "onrecord init FOLDER" does in a new publication')


def check(root: Path) -> Iterator[Problem]:
    """What is wrong with the settings of a project; nothing where it has none, since a record can be checked alone."""
    if not (root / FILE).is_file() or (root / FILE).is_symlink():  # where a link leads, MkDocs says
        return
    try:
        text = read_text(root, FILE, LIMITS["article"])
        settings = _top(text)
    except Refused as refusal:
        yield from refusal.problems
        return
    except yaml.YAMLError as error:
        said, line, column = told(error)
        lines = text.rstrip().split("\n")
        if line > len(lines):  # what is never closed is found missing behind the last line
            line, column = len(lines), len(lines[-1])
        help = 'close what is open, indent with spaces, and put a value that holds ": " or " #" into quotes'
        yield fault(said, help, line, column)
        return
    if "INHERIT" not in settings:  # else what is not here may stand there
        yield from _unfit(settings)


def _top(text: str) -> dict[str, tuple[Any, Any]]:
    """The settings at the top: key and value of each, as nodes. Raises YAMLError and `Refused`."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):  # first, since what makes nodes of deep nesting ends the process
        depth += isinstance(event, _BEGIN) - isinstance(event, _END)
        if depth > _DEPTH:
            raise Refused([_at(event, f"more than {_DEPTH} levels of nesting", "make it flatter")])
    node = yaml.compose(text, yaml.CSafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise Refused([fault("the file holds no settings", 'begin with "site_name: " and the publication\'s name')])
    return {key.value: (key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _unfit(settings: dict[str, tuple[Any, Any]]) -> Iterator[Problem]:
    if "site_name" not in settings:
        yield fault('"site_name" is missing', "write the name of the publication there")
    key, theme = settings.get("theme", (None, None))
    names = _named(theme) if isinstance(theme, yaml.MappingNode) else theme
    if theme is None or (isinstance(names, yaml.ScalarNode) and _plain(names) and names.value != "material"):
        yield _at(names or key, '"theme" must be material', 'write "theme: {name: material, font: false}"')
    key, plugins = settings.get("plugins", (None, None))
    if plugins is None or not _may_list(plugins, "onrecord"):
        yield _at(key, '"plugins" does not list onrecord', 'write "- onrecord" in a line below "plugins:"')
    key, pretty = settings.get("use_directory_urls", (None, None))
    if isinstance(pretty, yaml.ScalarNode) and _plain(pretty) and pretty.value.lower() in _NO:
        yield _at(key, '"use_directory_urls" must be true: addresses end with a slash', "delete this line")


def _named(theme: Any) -> Any:
    """What the name of a theme is; None where it has another form than a word."""
    return next((value for key, value in theme.value if key.value == "name"), None)


def _plain(node: Any) -> bool:
    """Whether a value is what is written: a tag may make another of it."""
    return bool(node.tag.startswith("tag:yaml.org,"))


def _may_list(plugins: Any, name: str) -> bool:
    """Whether a list of plugins, words or keys with their settings, has one of this name, or something of a tag."""
    items = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    keys = [
        key for item in items for key in ([k for k, _ in item.value] if isinstance(item, yaml.MappingNode) else [item])
    ]
    return any(not _plain(key) or key.value == name for key in keys)


def _at(node: Any, said: str, help: str) -> Problem:
    if node is None:
        return fault(said, help)
    start, end = node.start_mark, node.end_mark
    return fault(said, help, start.line + 1, start.column + 1, max(end.column - start.column, 1))
