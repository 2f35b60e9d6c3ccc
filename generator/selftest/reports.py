"""Reports of the check and summaries of what changed: no text in them starts a line, an escape, a command or markup.

In: cases with a `text`. Out: failures. Each text stands where a message names it (a reference to nothing, an unknown
key, an unknown word, an address) and in a claim that changes, and each form of report must have the lines of a report
of harmless words.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..build import read
from ..cases import Case, quoted
from ..diff import diff, edition
from ..files import Folder
from ..load import ARTICLES, RECORD
from ..problems import Problem, Sources, in_order
from ..reports import REPORTS
from ..same import mark, number
from ..sidebyside import FORMS

_HEAD = "about: {title: T, checked: 2020-01-01}\n"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_COMMAND = re.compile(r"(?im)^\s*::|##\[|##vso\[")
_LINES = {
    "text": re.compile(
        r"\S+:\d+:\d+: (?:error|warning|note)\[[a-z-]+\]: .*|  \|  .*|  = help: .*|\d+ errors?, .*|\.\.\. and .*"
    ),
    "github": re.compile(
        r"::(?:error|warning|notice) file=[^,]*,line=\d+,col=\d+,endColumn=\d+,title=[a-z-]+::.*|\d+ errors?, .*"
    ),
}
_AT_ONCE = 20
"""Texts in one record: a report prints 200 problems."""


def reports(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    for start in range(0, len(cases), _AT_ONCE):
        some = cases[start : start + _AT_ONCE]
        root = work / str(start)
        yield from _messages(some, root)
        yield from _changes(some, root)


def _messages(cases: Sequence[Case], root: Path) -> Iterator[Problem]:
    texts = [case.given["text"] for case in cases]
    _write(root / "messages", "claims:\n" + "".join(_wrong(n, text) for n, text in enumerate(texts)))
    problems = in_order(read(root / "messages").problems)
    for name, report in REPORTS.items():
        for n, case in enumerate(cases):
            mine = [problem for problem in problems if problem.mark.line == n + 3]
            said = report(mine, Sources(root / "messages"))
            if name in _LINES:
                lines = said.removesuffix("\n").split("\n")
                if odd := next((line for line in lines if not _LINES[name].fullmatch(line)), None):
                    yield case.failed(f'{name} has the line "{odd[:80]}"', "lines of a report")
                if found := _unseen(said):
                    yield case.failed(f"{name} has U+{ord(found):04X}", "characters that are seen")
                if name == "text" and _COMMAND.search(said):
                    yield case.failed(f"{name} has a command", "no command")
                if name == "github" and (len(lines) != len(mine) + 1 or "##[" in said):
                    yield case.failed(f"{name} has {len(lines) - 1} commands", f"{len(mine)}")
            else:
                json.loads(said)
                if found := _unseen(said):
                    yield case.failed(f"{name} has U+{ord(found):04X}", "characters that are seen")


def _wrong(n: int, text: str) -> str:
    """A claim in which much is wrong that a message names."""
    t = quoted(text)
    return (
        f"- {{id: c{n}, text: A., short: A, kind: {t}, topic: {t}, {t}: x, date: {t}, entities: [{t}], "
        f"evidence: [{{article: {t}, stance: {t}, quote: {t}}}], former_ids: [{t}], waivers: {{{t}: {t}}}}}\n"
    )


def _changes(cases: Sequence[Case], root: Path) -> Iterator[Problem]:
    """Summaries of a change in which all these texts come: their form is that of harmless words."""
    _write(root / "base", _claims({}, "", range(len(cases))))
    base = edition("base", Folder(root / "base"))
    said: dict[str, list[str]] = {}
    for which in ("harmless", "hostile"):
        texts = {n: mark(n) if which == "harmless" else case.given["text"] for n, case in enumerate(cases)}
        _write(root / which, _claims(texts, "", range(len(cases))))
        found = diff(base, edition("head", Folder(root / which)))
        for name, form in FORMS.items():
            said.setdefault(name, []).append(form(found))
    for name, (old, new) in said.items():
        if name == "json":
            json.loads(new)
            continue
        if found_odd := _unseen(new):
            yield cases[0].failed(f"diff as {name} has U+{ord(found_odd):04X}", "characters that are seen")
        if _COMMAND.search(new):
            yield cases[0].failed(f"diff as {name} has a command", "no command")
        lines = old.split("\n"), new.split("\n")
        shapes = [[_skeleton(name, line) for line in text] for text in lines]
        if shapes[0] != shapes[1]:
            at = next((n for n, pair in enumerate(zip(*shapes, strict=False)) if pair[0] != pair[1]), len(shapes[0]))
            n = number(lines[0][at]) if at < len(lines[0]) else None
            case = cases[n or 0]
            shown = lines[1][at][:100] if at < len(lines[1]) else "an end"
            yield case.failed(f'diff as {name} has the line "{shown}"', "the lines of harmless words")


def _unseen(text: str) -> str | None:
    """A character of a text that nobody sees; the line's end is none."""
    return next((c for c in sorted(set(text) - {"\n"}) if unicodedata.category(c) in _UNSEEN), None)


def _skeleton(name: str, line: str) -> str:
    """A line without what it quotes: how it begins, and in Markdown all that is outside of code."""
    if name == "text":
        indent = len(line) - len(line.lstrip(" "))
        return (line[:indent] + line[indent : indent + 3].split(" ")[0])[:8] if indent > 1 else ""
    return re.sub("<code>[^<>]*</code>", "<code>x</code>", line)


def _claims(texts: Mapping[int, str], other: str, numbers: Sequence[int] | range) -> str:
    rows = []
    for n in numbers:
        text = texts.get(n)
        more = f", summary: {quoted(text)}, would_change: [{quoted(text)}]" if text is not None else other
        rows.append(f"- {{id: c{n}, text: Claim {n}., short: A, kind: state{more}}}\n")
    return "claims:\n" + "".join(rows)


def _write(root: Path, record: str) -> None:
    (root / ARTICLES).mkdir(parents=True, exist_ok=True)
    (root / RECORD).write_text(_HEAD + record, encoding="utf-8", newline="\n")
