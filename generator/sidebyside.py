"""`Diff` -> a report: text for people, Markdown for the summary of a CI job, JSON for programs.

No report lets a text of the record become anything else: hidden characters are shown as `U+XXXX`, each line of the text
report begins with a word or sign of ours, and in Markdown each sign of a text is written as a number, inside of code,
where neither Markdown, nor HTML, nor a mention, nor an emoji is made of it.

The JSON is `{"version": 1, "base", "head", "summary", "flags": [{"level", "code", "kind", "id", "message", "help"}],
"entries": [{"kind", "id", "what", "title", "changes": [{"path", "before", "after"}], "quoted_by"}]}`. `kind` is the
section of the record, or "pages" and "settings"; `what` is added, removed, renamed or changed; `path` names fields and
items; `before` and `after` have the values as `data/claims.json` does, null for nothing. Under "status" and "counts"
of a claim stands what was worked out. All changes are in it, whole; `version` grows when a field goes or changes.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .changes import Entry
from .diff import Diff
from .integrity import Flag
from .problems import Severity, visible

VERSION = 1
_MOST_LINES = 40
"""Lines of one value that are shown to people."""
_MOST_BYTES = 900_000
"""GitHub takes no summary of more than 1 MiB."""
_SHORT = 60
_LONGEST = 80
"""Characters of a value that shares a line with another, and of a title."""
_ONE = {"entities": "entity", "pages": "page", "settings": "settings", "about": "about", "locks": "lock"}
_NAMES = {"text": "claim text", "quote": "quotation", "exact": "words", "body": "stored text", "id": "id"}


def as_text(diff: Diff) -> str:
    """For people: what is broken first, then what readers notice first."""
    out = [f"from {visible(diff.base.name)} to {visible(diff.head.name)}", summary(diff)]
    by_entry = _flags(diff)
    for flag in by_entry.pop(("", ""), []):
        out += ["", *_flag(flag)]
    for heading, entry, found in _entries(diff, by_entry):
        out += ["", visible(heading)]
        for flag in found:
            out += [f"  {line}" for line in _flag(flag)]
        for name, before, after in _rows(entry):
            if len(before) == len(after) == 1 and max(len(before[0]), len(after[0])) <= _SHORT:
                out.append(f"  {visible(name)}: {visible(before[0])} → {visible(after[0])}")
                continue
            out.append(f"  {visible(name)}")
            out += [f"    - {visible(line)}" for line in before]
            out += [f"    + {visible(line)}" for line in after]
        if quoting := diff.quoted_by.get(entry.id) if entry and entry.kind == "articles" else None:
            out.append(f"  quoted by: {visible(', '.join(quoting))}")
    return "\n".join(out) + "\n"


def _flag(flag: Flag) -> list[str]:
    lines = [f"{flag.level}[{flag.code}]: {visible(flag.message)}"]
    return [*lines, f"  = help: {visible(flag.help)}"] if flag.help else lines


def as_markdown(diff: Diff) -> str:
    """For the summary of a job: the same, as headings and lists, cut where the summary would be refused."""
    out = [f"## What changes for readers\n\n{summary(diff)}, from {_code(diff.base.name)} to {_code(diff.head.name)}\n"]
    by_entry = _flags(diff)
    out += [f"- {_marked(flag)}\n" for flag in by_entry.pop(("", ""), [])]
    size = sum(map(len, out))
    rest = 0
    for heading, entry, found in _entries(diff, by_entry):
        lines = [f"\n### {_code(heading)}\n\n", *(f"- {_marked(flag)}\n" for flag in found)]
        for name, before, after in _rows(entry):
            if len(before) == len(after) == 1 and max(len(before[0]), len(after[0])) <= _SHORT:
                lines.append(f"- {_code(name)}: {_code(before[0])} → {_code(after[0])}\n")
                continue
            lines.append(f"- {_code(name)}\n")
            for word, texts in (("before", before), ("after", after)):
                if texts:
                    lines.append(f"  - {word}: {'<br>'.join(map(_code, texts))}\n")
        if quoting := diff.quoted_by.get(entry.id) if entry and entry.kind == "articles" else None:
            lines.append(f"- quoted by: {', '.join(map(_code, quoting))}\n")
        block = "".join(lines)
        size += len(block.encode())
        if size > _MOST_BYTES:
            rest += 1
        else:
            out.append(block)
    if rest:
        out.append(f"\n{rest} more that do not fit here: `onrecord diff` lists them\n")
    return "".join(out)


def _marked(flag: Flag) -> str:
    help = f" ({flag.help})" if flag.help else ""
    return f"**{flag.level}** `{flag.code}`: {_code(flag.message)}{help}"


_SIGNS = re.compile(r"[!-+./:-@\[-`{-~]|^ | (?= )| $")


def _code(text: str) -> str:
    """A text as code of Markdown in which nothing means anything."""
    return f"<code>{_SIGNS.sub(lambda sign: f'&#{ord(sign[0])};', visible(text))}</code>" if text else ""


def as_json(diff: Diff) -> str:
    """For programs: everything, whole, in ASCII and without a sign that a runner of CI would obey."""
    told = {
        "version": VERSION,
        "base": diff.base.name,
        "head": diff.head.name,
        "summary": summary(diff),
        "flags": [{**flag._asdict(), "level": flag.level.value} for flag in diff.flags],
        "entries": [
            {
                "kind": entry.kind,
                "id": entry.id,
                "what": entry.what.value,
                "title": _title(entry),
                "changes": [change._asdict() for change in entry.changes],
                "quoted_by": diff.quoted_by.get(entry.id, []) if entry.kind == "articles" else [],
            }
            for entry in diff.entries
        ],
    }
    return json.dumps(told, indent=2).replace("#", "\\u0023") + "\n"


FORMS: Mapping[str, Callable[[Diff], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def summary(diff: Diff) -> str:
    """ "1 error, 2 warnings, 3 entries differ"."""
    levels = [flag.level for flag in diff.flags]
    counts = [(levels.count(level), level.value) for level in (Severity.ERROR, Severity.WARNING)]
    n = len(diff.entries)
    said = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts]
    return ", ".join([*said, f"{n} {'entry differs' if n == 1 else 'entries differ'}"])


def _flags(diff: Diff) -> dict[tuple[str, str], list[Flag]]:
    """The findings by entry; under two empty names those that belong to none."""
    found: dict[tuple[str, str], list[Flag]] = {}
    for flag in diff.flags:
        found.setdefault((flag.kind, flag.id), []).append(flag)
    return found


def _entries(diff: Diff, by_entry: dict[tuple[str, str], list[Flag]]) -> Iterator[tuple[str, Entry | None, list[Flag]]]:
    """Each entry with its heading and its findings; findings on what does not differ come before them."""
    differing = {(entry.kind, entry.id) for entry in diff.entries}
    for key, found in by_entry.items():
        if key not in differing:
            yield f"{_one(key[0])} {key[1]}".strip(), None, found
    for entry in diff.entries:
        title = _title(entry)
        title = f" “{title[:_LONGEST]}{'…' * (len(title) > _LONGEST)}”" if title else ""
        yield (
            f"{_one(entry.kind)} {entry.id}".strip() + f"{title}: {entry.what}",
            entry,
            by_entry.get((entry.kind, entry.id), []),
        )


def _one(kind: str) -> str:
    return _ONE.get(kind, kind.removesuffix("s"))


def _title(entry: Entry) -> str:
    """What readers call it."""
    record = entry.after if entry.after is not None else entry.before
    return next(
        (t for n in ("text", "title", "headline", "name") if isinstance(t := getattr(record, n, None), str)), ""
    )


def _rows(entry: Entry | None) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each change as a name and lines before and after."""
    for change in entry.changes if entry else ():
        words = [_NAMES.get(word, word.replace("_", " ")) for word in change.path]
        yield ", ".join(words) or "all of it", _cut(_lines(change.before)), _cut(_lines(change.after))


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_LINES
    return [*lines[:_MOST_LINES], f"… {more} more lines"] if more > 0 else lines


def _lines(value: Any) -> list[str]:
    """A value as lines, the keys of a record before what they hold."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in _keyed(key, item)]
    if isinstance(value, list):
        return [line for item in value for line in _lines(item)]
    return str(value).rstrip("\n").split("\n")


def _keyed(key: str, value: Any) -> list[str]:
    lines = _lines(value)
    return [f"{key}: {lines[0]}"] if len(lines) == 1 else [f"{key}:", *(f"  {line}" for line in lines)]
