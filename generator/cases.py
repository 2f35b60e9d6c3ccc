"""A folder of hostile cases -> `Case`s: what the selftest feeds to the generator, and what each must come to.

A folder below it is a class of cases. In that, a `.yaml` file lists cases with what they expect, a `.txt` file has one
text a line, and every file in a folder further down is one case as it is, byte for byte. All values are texts.
"""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml import events as ev

from .problems import Mark, Problem, Refused, visible

CODES: Mapping[str, str] = {
    "bad-case": "A file of cases for the selftest can't be read, or its folder names no class of them.",
    "case-failed": "What came of a case of the selftest is not what it expects. It is a bug, or the case is wrong.",
}
ANY, ACCEPTED, REFUSED = "any", "accepted", "refused"
_DEPTH = 16
_NEEDED = {
    **dict.fromkeys(("csv", "ids", "markdown", "paths", "templates", "text", "unicode", "urls"), ("text",)),
    "files": ("files",),
    "integrity": ("edits",),
}
"""Keys without which a case of a class is none."""


class Case(NamedTuple):
    """One case: where it stands, and what its file says of it."""

    kind: str
    """Its class: the folder."""
    name: str
    mark: Mark
    expect: tuple[str, ...]
    """Codes that must come and no other, or one of the words `any`, `accepted` and `refused`."""
    given: Mapping[str, Any]
    """Everything else."""
    raw: bytes | None = None
    """The file that the case is."""

    def failed(self, said: str, wanted: str = "") -> Problem:
        """That it came to something else."""
        expected = wanted or ", ".join(self.expect)
        return Problem(
            self.mark,
            f'{self.kind}, "{self.name}": expected {expected}, and {said}',
            "a promise is broken, or the case is wrong; mend one of them",
            "case-failed",
        )

    def judged(self, codes: Iterable[str], where: str = "") -> Iterator[Problem]:
        """Nothing where these codes are what it expects."""
        came = sorted(set(codes))
        match self.expect:
            case ("any",):
                good = True
            case ("accepted",):
                good = not came
            case ("refused",):
                good = bool(came)
            case _:
                good = came == sorted(self.expect)
        if not good:
            yield self.failed(f"{', '.join(came) or 'nothing'} came{f' {where}' if where else ''}")


def read(root: Path, kinds: Collection[str]) -> Iterator[Case]:
    """All cases below a folder. Raises `Refused` where a file is none of cases or its folder no class of `kinds`."""
    problems: list[Problem] = []
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and folder.name not in kinds:
            near = difflib.get_close_matches(folder.name, kinds, n=1) or [", ".join(sorted(kinds))]
            said = f'"{folder.name}" is no class of cases'
            problems.append(Problem(Mark(folder.name), said, f"rename it: {near[0]}", "bad-case"))
        elif folder.is_dir():
            yield from _folder(root, folder, problems)
    if problems:
        raise Refused(problems)


def _folder(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Case]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(root).as_posix()
        below = path.relative_to(folder).parts
        raw = path.read_bytes()
        if len(below) > 1:
            expect = below[0] if below[0] in (ACCEPTED, REFUSED) else ANY
            yield Case(folder.name, "/".join(below), Mark(name), (expect,), {}, raw)
            continue
        try:
            text = raw.decode("utf-8-sig")
            if path.suffix == ".txt":
                yield from _lines(folder.name, name, text)
            elif path.suffix == ".yaml":
                yield from _listed(folder.name, name, text)
        except UnicodeDecodeError as error:
            problems.append(Problem(Mark(name), f"byte {error.start} is not UTF-8", "save it as UTF-8", "bad-case"))
        except _Wrong as wrong:
            problems.append(Problem(Mark(name, wrong.line), str(wrong), "see docs/selftest.md", "bad-case"))


def _lines(kind: str, path: str, text: str) -> Iterator[Case]:
    """One text a line; empty lines and those that begin with "# " are none."""
    stem = Path(path).stem
    expect = next((word for word in (ACCEPTED, REFUSED) if stem.startswith(word)), ANY)
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if line.strip() and not line.startswith("# ") and line != "#":
            yield Case(kind, visible(line[:60]), Mark(path, number), (expect,), {"text": line})


class _Wrong(Exception):  # noqa: N818 - an answer to the input, no error of ours
    def __init__(self, line: int, said: str) -> None:
        self.line = line
        super().__init__(said)


def _listed(kind: str, path: str, text: str) -> Iterator[Case]:
    """The cases of a mapping: under `cases` a list of texts and mappings; all else in it holds for each."""
    lines: dict[int, int] = {}
    try:
        stream = yaml.CSafeLoader(text)
        stream.get_event()
        stream.get_event()
        top = _value(stream, stream.get_event(), 0, lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _Wrong(mark.line + 1 if mark else 1, " ".join(str(error).split())) from error
    if not isinstance(top, dict) or not isinstance(top.get("cases"), list):
        raise _Wrong(1, 'a file of cases is a mapping with a list "cases"')
    shared = {key: value for key, value in top.items() if key != "cases"}
    for number, item in enumerate(top["cases"]):
        line = lines.get(id(top["cases"]) + number, 1)
        if not isinstance(item, str | dict):
            raise _Wrong(line, "a case is a text or a mapping")
        given = {**shared, **(item if isinstance(item, dict) else {"text": item})}
        if needs := [key for key in _NEEDED.get(kind, ()) if key not in given]:
            raise _Wrong(line, f'a case of "{kind}" has no "{needs[0]}"')
        expect = given.pop("expect", ANY)
        expect = tuple(expect if isinstance(expect, list) else [expect])
        name = given.pop("name", "") or visible(str(given.get("text", given.get("typed", number + 1)))[:60])
        yield Case(kind, str(name), Mark(path, line), expect, given)


def _value(stream: Any, event: Any, depth: int, lines: dict[int, int]) -> Any:
    """A value as texts, lists and mappings. Anchors and tags are refused, and a depth that no file of cases has."""
    if event is None or isinstance(event, ev.StreamEndEvent):
        raise _Wrong(1, "the file is empty")
    line = event.start_mark.line + 1
    marked = isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None)
    if depth > _DEPTH or marked:
        raise _Wrong(line, "no anchor, alias, tag or deep nesting is read here")
    if isinstance(event, ev.ScalarEvent):
        return event.value
    if isinstance(event, ev.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(item := stream.get_event(), ev.SequenceEndEvent):
            if depth == 1:  # the list of cases: each keeps its line
                lines[id(items) + len(items)] = item.start_mark.line + 1
            items.append(_value(stream, item, depth + 1, lines))
        return items
    if not isinstance(event, ev.MappingStartEvent):
        raise _Wrong(line, "here stands no value")
    found: dict[str, Any] = {}
    while not isinstance(key := stream.get_event(), ev.MappingEndEvent):
        if not isinstance(key, ev.ScalarEvent) or key.value in found:
            raise _Wrong(key.start_mark.line + 1, "a key is one word, and given once")
        found[key.value] = _value(stream, stream.get_event(), depth + 1, lines)
    return found


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, all that could be read otherwise escaped."""
    return '"' + "".join(c if c.isascii() and (c.isalnum() or c in " .,_-") else f"\\U{ord(c):08x}" for c in text) + '"'
