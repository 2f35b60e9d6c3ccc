"""Reading files: every code of a problem at its exact place, texts that stay texts, and files that mean harm."""

import json
import os
import subprocess
import sys

import pytest
from cases import cases, check_problems
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publications import HEADER, HERE, write_project

from generator import build
from generator.limits import LIMITS
from generator.load import LOCK, RECORD, load
from generator.problems import Mark, Sources, in_order
from generator.reader import CODES
from generator.reports import REPORTS

ARTICLE = {"wire": "Words as printed."}
PASSAGE = "evidence: [{article: wire, stance: mentions, quote: Words as printed}]"
CLAIM = f"claims: [{{id: one, text: A., short: A, kind: state, {PASSAGE}}}]"


@pytest.mark.parametrize("case", cases("load"))
def test_a_file_is_read_as_its_case_says(case, project):
    root = project(case.get("record", ""), case.get("articles"), header=case.get("header", HEADER))
    for name, text in case.get("files", {}).items():
        (root / name).write_text(text, encoding="utf-8")
    check_problems(root, in_order(load(root).problems), case.get("problems"))


def test_every_code_of_reading_has_a_case():
    told = {problem["code"] for case in cases("load") for problem in case.values[0].get("problems", ())}
    in_this_file = {"missing-file", "not-a-regular-file", "not-utf8", "too-large"}  # links, bytes and sizes are no text
    assert told | in_this_file == set(CODES)
    assert not told & in_this_file


TYPED = ("no", "012", "12:30", "1e3", "~", "2020-09", "true", "null", "0x1F", "1_000", ".inf", "=", "yes", "-1")


@pytest.mark.parametrize("typed", TYPED)
def test_a_scalar_stays_the_text_that_was_typed(typed, project):
    loaded = load(project(f"claims:\n  - {{id: one, text: {typed}, short: {typed}, kind: state}}\n"))
    assert loaded.problems == []
    assert loaded.record is not None
    assert (loaded.record.claims[0].text, loaded.record.claims[0].short) == (typed, typed)


def test_an_id_may_be_a_word_that_other_readers_take_for_a_number_or_a_truth_value(project):
    ids = ("no", "012", "1e3")
    loaded = load(project("claims:\n" + "".join(f"- {{id: {id}, text: A., short: A, kind: state}}\n" for id in ids)))
    assert (loaded.problems, tuple(claim.id for claim in loaded.record.claims)) == ([], ids)


NUL = "is NUL: this is not a text file"
NO_TEXT = {
    "a byte that is no UTF-8": (b"about: {title: \xc3\xa9\n  x\xff}", (2, 4), "byte 21 (0xFF) is not UTF-8"),
    "UTF-16 with its mark": ("about: x".encode("utf-16"), (1, 1), "byte 0 (0xFF) is not UTF-8"),
    "UTF-16 without a mark": ("about: x".encode("utf-16-le"), (1, 2), f"byte 1 {NUL}"),
    "a NUL": ("é: x\nb\0".encode(), (2, 2), f"byte 7 {NUL}"),
    "half a character": (b"about: \xe2\x82", (1, 8), "byte 7 (0xE2) is not UTF-8"),
    "a surrogate": (b"about: \xed\xa0\x80", (1, 8), "byte 7 (0xED) is not UTF-8"),
    "a NUL behind a byte order mark": (b"\xef\xbb\xbfa\0", (1, 2), f"byte 4 {NUL}"),
}


@pytest.mark.parametrize("what", NO_TEXT)
def test_bytes_that_are_no_text_are_told_with_their_offset(what, project):
    raw, place, message = NO_TEXT[what]
    root = project()
    (root / RECORD).write_bytes(raw)
    loaded = load(root)
    assert loaded.record is None
    assert [(p.code, p.mark[1:3], p.message) for p in loaded.problems] == [("not-utf8", place, message)]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(project):
    root = project("claims:\n  - {id: one, text: One., short: One, kind: gossip}\n", {"wire": "A.\n\nB."})
    plain = load(root)
    for file in (root / RECORD, root / "content/articles/wire.md", root / LOCK):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    other = load(root)
    assert other.problems == plain.problems
    assert len(plain.problems) == 1
    assert other.record == plain.record


def test_a_record_that_is_not_there_is_told(project):
    root = project()
    (root / RECORD).unlink()
    assert [(p.code, p.mark, p.message) for p in load(root).problems] == [
        ("missing-file", Mark(RECORD), '"claims.yaml" is not found')
    ]


@pytest.mark.parametrize("name", [RECORD, LOCK, "content/articles/wire.md"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "link to nowhere"])
def test_only_plain_files_are_read(kind, name, project, tmp_path):
    root = project(CLAIM, ARTICLE)
    (tmp_path / "elsewhere").write_bytes((root / name).read_bytes())
    (root / name).unlink()
    if kind == "folder":
        (root / name).mkdir()
    elif kind == "pipe":
        os.mkfifo(root / name)
    else:
        (root / name).symlink_to(tmp_path / ("elsewhere" if kind == "link" else "nowhere"))
    problems = load(root).problems
    code = "missing-file" if kind == "link to nowhere" else "not-a-regular-file"
    assert [(p.code, p.mark) for p in problems] == [(code, Mark(name))]  # and nobody says that the article is not there
    for report in REPORTS.values():
        assert code in report(problems, Sources(root))  # no report waits for a pipe


def test_an_article_that_can_t_be_read_is_not_said_to_be_missing(project):
    root = project(CLAIM, ARTICLE)
    (root / "content/articles/wire.md").write_bytes(b"---\n---\nWords as printed\xff")
    assert [p.code for p in build.read(root).problems] == ["not-utf8"]


def test_a_folder_of_articles_outside_the_project_is_refused(project, tmp_path):
    root = project("", ARTICLE)
    (root / "content/articles").rename(tmp_path / "outside")
    (root / "content/articles").symlink_to(tmp_path / "outside")
    assert [p.code for p in load(root).problems] == ["not-a-regular-file"]


TINY = "about: {title: T, checked: 2020}\n"
BEYOND = {
    "file": (60, (1, 1), "# and some more that nobody will ever read"),
    "article": (20, (1, 1), ""),
    "depth": (3, (2, 12), "colour: [[[[x]]]]"),
    "scalar": (20, (2, 26), "claims: [{id: one, text: A text of some more characters., short: A, kind: state}]"),
    "quote": (12, (2, 105), CLAIM),
    "claims": (
        1,
        (2, 52),
        "claims: [{id: a, text: A., short: A, kind: state}, {id: b, text: B., short: B, kind: state}]",
    ),
}


@pytest.mark.parametrize("limit", BEYOND)
def test_what_is_beyond_a_limit_is_refused_at_its_place(limit, project, monkeypatch):
    value, place, record = BEYOND[limit]
    root = project(record, ARTICLE, header=TINY)
    assert not any(p.code == "too-large" for p in load(root).problems)
    monkeypatch.setitem(LIMITS, limit, value)
    assert [p.mark[1:3] for p in load(root).problems if p.code == "too-large"] == [place]


NINE = list(zip("abcdefghi", "bcdefghij", strict=True))
ALIASES = "a: &a [x]\n" + "".join(f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in NINE)
MERGES = "a: &a {k: v}\n" + "".join(f"{new}: &{new} {{<<: [{','.join(['*' + old] * 9)}]}}\n" for old, new in NINE)
UNKNOWN = "- {{id: c{n}, text: A., short: A, kind: state, topic: t{n}, after: [x{n}]}}\n"
DEEP = 100_000
BOMBS = {
    "aliases of aliases": ALIASES,
    "merge keys of merge keys": MERGES,
    "brackets": "[" * DEEP,
    "braces": "{a: " * DEEP,
    "dashes": "- " * DEEP,
    "question marks": "? " * DEEP,
    "brackets behind an unknown key": "a: " + "[" * DEEP,
    "brackets behind a known key": "claims: " + "[" * DEEP,
    "a list deep in a claim": "claims: [{evidence: [{quote: " + "[" * DEEP,
    "a key of many brackets": "? " + "[" * DEEP,
    "indented lists": "claims:\n" + "\n".join(" " * n + "-" for n in range(500)),
    "anchors on everything": "claims: [" + "&a x," * 20_000 + "]",
    "one key, over and over": "a: b\n" * 50_000,
    "unknown references": "claims:\n" + "".join(UNKNOWN.format(n=n) for n in range(2_000)),
    "hidden characters": "about: {title: '" + "\u200b" * 20_000 + "\x01" * 20_000 + "'}",
    "one long key": "? " + "x" * DEEP + "\n: y",
    "a date of many dates": "about: {title: T, checked: '[" + "2020," * DEEP + "2020]'}",
}  # fmt: skip
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from generator.load import load
from generator.problems import Sources, in_order
from generator.reports import REPORTS
import edtf  # so that its loading is not counted
told = {}
for folder in sorted(Path(sys.argv[1]).iterdir()):
    begun = time.process_time()
    problems = in_order(load(folder).problems)
    size = sum(len(report(problems, Sources(folder))) for name, report in REPORTS.items() if name in ("text", "github"))
    told[folder.name] = (time.process_time() - begun, len(problems), size)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
status = Path("/proc/self/status")
if status.exists():  # what getrusage tells on Linux is the parent's peak too
    peak = int(status.read_text().split("VmHWM:")[1].split()[0])
print(json.dumps([told, peak // 1024]))
"""


def test_a_file_that_means_harm_is_refused_at_once_and_in_little_memory(tmp_path):
    for name, text in BOMBS.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / RECORD).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)], capture_output=True, text=True, check=True, cwd=HERE.parent
    )
    told, megabytes = json.loads(done.stdout)
    assert {name: row for name, row in told.items() if row[0] > 2 or row[1] == 0 or row[2] > 500_000} == {}
    assert sorted(told) == sorted(BOMBS)
    assert megabytes < 300


GOOD = (
    HEADER
    + """\
statements:
  - id: memo
    title: Memo
    canonical: {article: wire, exact: Words as printed}
    variants: [{article: post, exact: [As it, was said]}]
claims:
  - id: one
    text: "One."
    short: One
    kind: event
    date: 2020-09-14~
    date_basis: inferred
    after: [two]
    evidence:
      - {article: wire, stance: supports, quote: Words as printed, origin: [self, acme-memo], hedge: printed, value: x}
      - {article: post, stance: disputes, quote: [As it, was said], date: 2020-08, date_words: last month}
    corrections: [{date: 2020, what: A.}]
    withdrawn: {date: 2020-10, reason: B., merged_into: two}
    waivers: {would-change: C.}
  - {id: two, text: Two., short: Two, kind: date, before: [one], would_change: [D.], former_ids: [three]}
"""
)
NASTY = [
    *"[]{}:,#&*!|>'\"%@`-?~\n\t \0\u200b\u2028\x85",
    "---\n",
    "<<: ",
    "- ",
    ": ",
    "null",
    "2020-13",
    "[..]",
    "*a",
    "&a ",
    "one",
    "\ud7ff",
    "\U0001f600",
]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), st.sampled_from(NASTY)), min_size=1, max_size=4)
)
def test_a_record_with_accidents_ends_in_located_problems_and_never_in_an_exception(tmp_path_factory, accidents):
    text = GOOD
    for at, cut, put in accidents:
        text = text[:at] + put + text[at + cut :]
    root = write_project(
        tmp_path_factory.mktemp("accident") / "p",
        text,
        {**ARTICLE, "post": "As it seems, was said."},
        header="",
        lock=False,
    )
    problems = build.read(root).problems
    for report in REPORTS.values():
        report(problems, Sources(root))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        if problem.mark.path == RECORD:
            assert 1 <= problem.mark.line <= len(lines)
            assert 1 <= problem.mark.column <= len(lines[problem.mark.line - 1]) + 1


def test_the_record_that_accidents_happen_to_is_without_errors_itself(project):
    root = project(GOOD, {**ARTICLE, "post": "As it seems, was said."}, header="")
    assert [p.code for p in load(root).problems] == []
