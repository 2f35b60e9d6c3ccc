"""One value of the record: ids, paths, addresses, and the characters of a text. In: cases with a `text`. Out: failures.

Each text is put into several fields of one record, and each field must take it or refuse it as the case expects. A
warning counts where its code is about characters.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..build import read
from ..cases import Case, quoted
from ..load import ARTICLES, LOCK, RECORD, load, lock_text
from ..problems import Problem, Severity

_HEAD = "about: {title: T, checked: 2020-01-01}\n"
_COUNTED = {"mixed-script"}
"""Warnings that are about characters; errors count always."""


class Sink(NamedTuple):
    """A field into which texts are put: a list of the record, and its item, with `@` for the text, `#` for a number."""

    list: str
    item: str


_CLAIM = "text: A., short: A, kind: state"
IDS = (
    Sink("topics", "id: @, name: A"),
    Sink("publishers", "id: @, name: A"),
    Sink("entities", "id: @, kind: place, name: A"),
    Sink("origins", "id: @, kind: unnamed, title: A"),
    Sink("statements", "id: @, title: A"),
    Sink("claims", f"id: @, {_CLAIM}"),
    Sink("claims", f"id: c#, {_CLAIM}, former_ids: [@]"),
    Sink("removed", "kind: entity, id: @, date: 2020, reason: A."),
)
PATHS = (
    *IDS,
    Sink("claims", f"id: c#, {_CLAIM}, topic: @"),
    Sink("claims", f"id: c#, {_CLAIM}, entities: [@]"),
    Sink("claims", f"id: c#, {_CLAIM}, evidence: [{{article: @, stance: mentions, quote: three words here}}]"),
    Sink("statements", "id: s#, title: A, canonical: {article: @, exact: three words here}"),
)
URLS = (
    Sink("publishers", "id: p#, name: A, url: @"),
    Sink("entities", "id: e#, kind: place, name: A, same_as: @"),
    Sink("entities", "id: e#, kind: place, name: A, same_as: ['https://example.org/', @]"),
)
TEXTS = (
    Sink("topics", "id: t#, name: @"),
    Sink("claims", "id: c#, text: @, short: A, kind: state"),
    Sink("claims", f"id: c#, {_CLAIM}, would_change: [@]"),
    Sink("claims", f"id: c#, {_CLAIM}, corrections: [{{date: 2020, what: @}}]"),
)


def try_fields(sinks: Sequence[Sink], cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    """Tries all cases in each of these fields, one after the other."""
    for n, sink in enumerate(sinks):
        root = work / str(n)
        (root / ARTICLES).mkdir(parents=True)
        items = [
            sink.item.replace("#", str(k)).replace("@", quoted(case.given["text"])) for k, case in enumerate(cases)
        ]
        lines = "".join(f"- {{{item}}}\n" for item in items)
        (root / RECORD).write_text(f"{_HEAD}{sink.list}:\n{lines}", encoding="utf-8", newline="\n")
        yield from _judged(cases, root, f"in {sink.list}: {sink.item}")


def ids(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    return try_fields(IDS, cases, work)


def paths(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    return try_fields(PATHS, cases, work)


def urls(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    return try_fields(URLS, cases, work)


def characters(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    """Texts in fields, and each as a line of a stored article, where it stands as it is."""
    yield from try_fields(TEXTS, cases, work / "fields")
    root = work / "article"
    (root / ARTICLES).mkdir(parents=True)
    (root / RECORD).write_text(_HEAD, encoding="utf-8")
    told = [case for case in cases if not set(case.given["text"]) & set("\0\n\r")]
    for n, case in enumerate(told):
        text = f"---\n---\n\n{case.given['text']}\n"
        (root / ARTICLES / f"a{n}.md").write_text(text, encoding="utf-8", newline="\n")
    if (record := load(root).record) is not None:
        (root / LOCK).write_text(lock_text(record.articles), encoding="utf-8")
    came: dict[str, set[str]] = defaultdict(set)
    for problem in _counted(root):
        came[problem.mark.path].add(problem.code)
    for n, case in enumerate(told):
        yield from case.judged(came.get(f"{ARTICLES}/a{n}.md", ()), "in an article")


def _counted(root: Path) -> Iterator[Problem]:
    """What the check has against values; that two cases have one id is nobody's fault."""
    for problem in read(root).problems:
        if (problem.severity is Severity.ERROR and problem.code != "duplicate-id") or problem.code in _COUNTED:
            yield problem


def _judged(cases: Sequence[Case], root: Path, where: str) -> Iterator[Problem]:
    """Compares what the check says of the record with what its cases expect, one a line from the third on."""
    came: dict[int, set[str]] = defaultdict(set)
    for problem in _counted(root):
        if problem.mark.path == RECORD:
            came[problem.mark.line - 3].add(problem.code)
    for n, case in enumerate(cases):
        yield from case.judged(came.pop(n, ()), where)
    for n, codes in sorted(came.items()):
        near = cases[min(max(n, 0), len(cases) - 1)]
        yield near.failed(f"{', '.join(sorted(codes))} came at another line, {where}")
