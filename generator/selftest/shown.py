"""Texts in every field in which people write: a site is built of them, and must be the site of harmless words.

In: cases with a `text`. Out: failures. A text that the check refuses is not shown, which is well unless the case says
`accepted`. All others go into one publication (of claims), another (of articles) and a third (in the words on every
page), each built twice: with the texts and with harmless words. `same` says where the sites differ by more.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..build import read
from ..cases import ACCEPTED, Case, quoted
from ..load import ARTICLES, LOCK, RECORD, load, lock_text
from ..problems import Problem, Severity
from ..same import MOST, differences, mark
from ..trial import build

_MKDOCS = """\
site_name: The record
site_url: https://facts.example.org/
docs_dir: content
exclude_docs: articles/
strict: true
theme: {name: material, font: false}
plugins:
  - onrecord: {history: false}
"""
_MOST_SAID = 40_000
"""Characters of texts in one value of the third publication: a value has at most 65,536."""
_BREAKS = re.compile("[ \t\r\n]+")
Files = dict[str, str]


def shown(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    for start in range(0, len(cases), MOST):
        yield from _shown(cases[start : start + MOST], work / str(start))


def _shown(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    texts = {n: _BREAKS.sub(" ", case.given["text"]).strip() for n, case in enumerate(cases)}
    refused = _refused(texts, work / "check")
    for n, case in enumerate(cases):
        came = refused.get(n, set())
        if case.expect != (ACCEPTED,) or came:
            yield from case.judged(came)
    kept = {n: text for n, text in texts.items() if n not in refused}
    if not kept:
        return
    for name, write in (("claims", _claims), ("articles", _articles), ("words", _words)):
        sites = []
        for which, words in (("hostile", kept), ("harmless", {n: mark(n, len(text)) for n, text in kept.items()})):
            root = work / name / which
            sites.append(_built(root, write(words)))
        said: set[int] = set()
        for found in differences(sites[1], sites[0], kept):
            n = found.text if found.text in kept else min(kept)
            if n not in said:
                said.add(n)
                nearby = "" if found.text in kept else " (which text is not known)"
                yield cases[n].failed(f"{found.path}{nearby}: {found.said}", "a site of the same form with its words")


def _refused(texts: Mapping[int, str], root: Path) -> dict[int, set[str]]:
    """What the check has against each text, wherever it stands."""
    refused: dict[int, set[str]] = {}
    for name, write in (("claims", _claims), ("articles", _articles)):
        files = write(texts)
        _write(root / name, files)
        lines = files[RECORD].split("\n")
        for problem in read(root / name).problems:
            if problem.severity is not Severity.ERROR:
                continue
            path, line = problem.mark[:2]
            owner = lines[line - 1].rpartition("# ")[2] if path == RECORD else Path(path).stem[1:]
            if path == f"{ARTICLES}/wire.md":
                owner = str((line - 5) // 2)
            refused.setdefault(int(owner) if owner.isdecimal() else min(texts), set()).add(problem.code)
    return refused


def _write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    if (record := load(root).record) is not None:
        (root / LOCK).write_text(lock_text(record.articles), encoding="utf-8")


def _built(root: Path, files: Mapping[str, str]) -> Path:
    """The site of these files. Raises `Broken` where there is none."""
    _write(root, {**files, "mkdocs.yml": _MKDOCS})
    return build(root)


def _record(about: str, lists: Mapping[str, Sequence[tuple[int, str]]]) -> str:
    """A record, an entry a line; behind each the number of its text."""
    head = f"about: {{{about}, checked: 2021-03-12}}\n"
    return head + "".join(
        f"{name}:\n" + "".join(f"- {{{entry}}} # {n}\n" for n, entry in entries) for name, entries in lists.items()
    )


_RATING = 'light: "#8c2f00", dark: "#ffae70", glyph: cross'


def _claims(texts: Mapping[int, str]) -> Files:
    """Each text in all fields of a claim, an entity, an origin, a statement and a tombstone."""
    lists: dict[str, list[tuple[int, str]]] = {
        "ratings": [(0, f"id: wrong, name: Wrong, {_RATING}, meaning: No.")],
        **{name: [] for name in ("topics", "entities", "origins", "statements", "claims", "removed")},
    }
    body = ""
    for n, text in texts.items():
        t, said = quoted(text), quoted(f"It reportedly says here: {text} and no more of it.")
        first = quoted(f"N{n:05} {text}")
        body += f"It reportedly says here: {text} and no more of it.\n\n"
        lists["topics"].append((n, f"id: t{n}, name: {first}"))
        lists["entities"].append((n, f"id: e{n}, kind: person, name: {first}, aliases: [{t}], role: {t}"))
        lists["origins"].append((n, f"id: o{n}, kind: statement, party: e{n}, date: 2021-03-04, title: {t}"))
        wording = f"{{article: wire, exact: {said}, note: {t}}}"
        lists["statements"].append(
            (n, f"id: s{n}, title: {first}, speaker: e{n}, origin: o{n}, canonical: {wording}, variants: [{wording}]")
        )
        evidence = (
            f"{{article: wire, stance: supports, quote: {said}, origin: [self], hedge: reportedly, value: {t}, "
            f"date: 2021-03-04, date_words: {t}, date_basis: inferred, error: {t}, note: {t}}}"
        )
        lists["claims"].append(
            (
                n,
                f"id: c{n}, text: {first}, short: {first}, kind: event, topic: t{n}, entities: [e{n}], question: {t}, "
                f"facet: {t}, date: 2021-03-04, date_basis: computed, date_note: {t}, summary: {t}, why_differ: {t}, "
                f"would_change: [{t}, {t}], evidence: [{evidence}], waivers: {{single-origin: {t}}}, "
                f"verdict: {{rating: wrong, explanation: {t}, by: {t}, date: 2021-03-12}}, "
                f"corrections: [{{date: 2021-03-11, what: {t}}}]",
            )
        )
        withdrawn = f"withdrawn: {{date: 2021-03-11, reason: {t}, merged_into: c{n}}}"
        lists["claims"].append((n, f"id: w{n}, text: {first}, short: {first}, kind: state, {withdrawn}"))
        lists["removed"].append((n, f"kind: claim, id: r{n}, date: 2021-03-10, reason: {t}"))
    return {RECORD: _record("title: T", lists), f"{ARTICLES}/wire.md": f"---\nheadline: H\n---\n\n{body}"}


def _articles(texts: Mapping[int, str]) -> Files:
    """Each text in all fields of an article and of an outlet."""
    files: Files = {}
    publishers: list[tuple[int, str]] = []
    for n, text in texts.items():
        t, first, used = quoted(text), quoted(f"N{n:05} {text}"), quoted(f"Nobody needs this: {text} at all.")
        publishers.append((n, f"id: p{n}, name: {first}, short: {first}, owner: {t}"))
        name = f"publisher: p{n}" if n % 2 else f"label: {first}"
        files[f"{ARTICLES}/a{n}.md"] = (
            f"---\n{name}\nheadline: {t}\npublisher_note: {t}\nauthor: {t}\ndate_published: 2021-03-05\n"
            f"date_basis: inferred\ndate_note: {t}\nnoise: [{quoted(f'Advert {text}')}]\n"
            f"not_used: [{{exact: {used}, reason: {t}}}]\nwaivers: {{would-change: {t}}}\n---\n\n"
            f"These are the first words.\n\nAdvert {text}\n\nNobody needs this: {text} at all.\n"
        )
    some = [f"{{article: a{n}, stance: supports, quote: These are the first words}}" for n in list(texts)[:8]]
    claim = f"id: c, text: A., short: A, kind: state, evidence: [{', '.join(some)}]"
    return {RECORD: _record("title: T", {"publishers": publishers, "claims": [(0, claim)]}), **files}


def _words(texts: Mapping[int, str]) -> Files:
    """All texts one behind another in the fields of which a publication has one."""
    chunks, length = [""], 0
    for n, text in texts.items():
        length += max(len(text), len(mark(n))) + 3
        if length > _MOST_SAID:
            break
        chunks.append(text)
    t = quoted(" / ".join(chunks))
    lists = {
        "ratings": [(0, f"id: wrong, name: {t}, {_RATING}, meaning: {t}")],
        "claims": [
            (0, f"id: c, text: A., short: A, kind: state, verdict: {{rating: wrong, explanation: {t}, date: 2021}}")
        ],
    }
    license = f"license: {{name: {t}, url: 'https://example.org/'}}"
    return {
        RECORD: _record(f"title: {t}, question: {t}, note: {t}, {license}", lists),
        f"{ARTICLES}/wire.md": "---\nheadline: H\n---\n\nWords.\n",
    }
