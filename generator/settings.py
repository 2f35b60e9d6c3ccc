"""Two texts of mkdocs.yml -> what differs, and whether it may decide which code a build runs.

The file is code: its tags and plugins run. So it is compared as text, part by part, and nothing in it is constructed.
"""

import re
from collections.abc import Iterator

from .changes import Change, Entry
from .problems import Severity

_PART = re.compile(r"^(?=[^\s#-])", re.MULTILINE)
"""Where a line begins something at the top of mkdocs.yml: a key, in whatever way YAML writes one."""
_KEY = re.compile(r"([A-Za-z_]+):[ \t\n]")
_WORDS = {"comments", "site_name", "site_url", "site_description", "site_author", "copyright"}
_PLAIN_LINE = re.compile(r"\w+:[ \t]+(?:\"[^\"\\]*\"|'[^']*'|[^\s!&*{\[|>%@`\"'?][^\n]*)[ \t]*")
"""A setting of mkdocs.yml that is words and nothing else. All others may decide which code a build runs: a list of
those would have to know every way in which YAML writes a key, a tag or a reference."""
_PLUGIN = re.compile(r"^[ \t]*-[ \t]*[\"']?([\w./-]+)", re.MULTILINE)
_NAMING = {"plugins", "hooks", "markdown_extensions"}
"""Settings that are lists of code by its name."""
_LISTED = re.compile(r"[\w./-]+")


def changes(old: str, new: str) -> Iterator[Change]:
    """The settings that differ, each with all its lines; the file is code and not read as data."""
    parts: list[dict[str, str]] = []
    for text in (old, new):
        parts.append({})
        for chunk in _PART.split(text):
            key = _KEY.match(f"{chunk}\n")
            name = key[1] if key else "other" if _PART.match(chunk) else "comments"
            parts[-1][name] = (parts[-1].get(name, "") + chunk).rstrip("\n")
    before, after = parts
    for name in (*after, *(name for name in before if name not in after)):
        if before.get(name) != after.get(name):
            yield Change((name,), before.get(name), after.get(name))


def findings(entry: Entry) -> Iterator[tuple[Severity, str, str, str]]:
    """What a maintainer must look at, as level, code, message and help."""
    for change in entry.changes:
        name = change.path[0]
        lines = [line for line in (change.after or "").split("\n") if line.strip() and not line.startswith("#")]
        harmless = name == "comments" or all(_PLAIN_LINE.fullmatch(line) for line in lines)
        if name not in _WORDS or not harmless or len(lines) > 1:
            new = sorted(_plugins(change.after) - _plugins(change.before))
            added = f", new: {', '.join(new)}" if new and name in _NAMING else ""
            yield Severity.WARNING, "settings-code", f'"{name}" changed{added}', "a maintainer must look at it"


def _plugins(text: str | None) -> set[str]:
    """What a list of mkdocs.yml names, one a line or between brackets."""
    inline = re.search(r"^\w+:[ \t]*\[(.*?)\]", text or "", re.DOTALL)
    return set(_LISTED.findall(inline[1]) if inline else _PLUGIN.findall(text or ""))
