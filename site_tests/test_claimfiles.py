"""A record split over files below `claims/` is the record that it was in one, wherever its text is read or written."""

import json
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
from cases import cases, check_problems
from commands import changed, run
from hypothesis import given, settings
from hypothesis import strategies as st
from publications import MINI
from repositories import Memory, begun
from sites import built

from generator import claimfiles
from generator.build import read
from generator.canon import canonical_claims
from generator.claimfiles import FOLDER
from generator.limits import LIMITS
from generator.load import ARTICLES, RECORD, load
from generator.model import Record
from generator.parsed import Known
from generator.problems import in_order
from generator.sections import sections

ONE = {
    path.relative_to(MINI).as_posix(): path.read_text(encoding="utf-8")
    for path in (MINI / RECORD, *MINI.glob("*.lock"), *(MINI / ARTICLES).glob("*.md"))
}
CLAIMS = sections(ONE[RECORD])["claims"].items
PATHS = ["claims/a.yaml", "claims/a/search.yaml", "claims/b.yaml", "claims/c/d/e.yaml"]
"""In the order in which they count."""


def parted(homes: Sequence[str]) -> dict[str, str]:
    """The files of the record with each claim in the file that is its home."""
    texts = {}
    for path in {*homes, RECORD}:
        mine = "".join(item for item, home in zip(CLAIMS, homes, strict=True) if home == path)
        texts[path] = f"claims:\n{mine}" if mine else ""
    whole = "claims:\n" + "".join(CLAIMS)
    assert whole in ONE[RECORD]
    return {**texts, RECORD: ONE[RECORD].replace(whole, texts[RECORD])}


def written(root: Path, homes: Sequence[str]) -> Path:
    """The small publication in a folder, its claims split."""
    shutil.copytree(MINI, root, ignore=shutil.ignore_patterns("site"))
    for path, text in parted(homes).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def evenly(paths: Sequence[str]) -> list[str]:
    return [paths[n * len(paths) // len(CLAIMS)] for n in range(len(CLAIMS))]


EVENLY = evenly([RECORD, *PATHS])


@given(st.lists(st.sampled_from([RECORD, *PATHS]), min_size=len(CLAIMS), max_size=len(CLAIMS)))
def test_claims_count_in_whichever_file_they_stand_and_know_their_places(homes):
    texts = parted(homes)
    order = [RECORD, *PATHS]
    sorted_claims = [item for _, item in sorted(zip(homes, CLAIMS, strict=True), key=lambda pair: order.index(pair[0]))]
    one = {**ONE, RECORD: ONE[RECORD].replace("".join(CLAIMS), "".join(sorted_claims))}
    wanted, found = load(Memory(one)), load(Memory({**ONE, **texts}))
    assert found.record == wanted.record
    assert found.record is not None
    assert [(p.code, p.message) for p in found.problems] == [(p.code, p.message) for p in wanted.problems]
    for claim in found.record.claims:
        for placed, name, value in ((claim, "id", claim.id), *((e, "article", e.article) for e in claim.evidence)):
            mark = placed.at(name)
            line = texts[mark.path].split("\n")[mark.line - 1]
            assert line[mark.column - 1 : mark.column - 1 + mark.length] == value


def test_the_site_is_the_same_but_for_the_addresses_at_which_claims_are_edited(tmp_path):
    one = built(MINI, tmp_path / "one")
    split = built(written(tmp_path / "project", EVENLY), tmp_path / "split")
    names = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert [path.relative_to(split) for path in sorted(split.rglob("*")) if path.is_file()] == names
    edit = re.compile(rb"(?<=/blob/main/)(claims\.yaml|claims/[a-z/]+\.yaml)#L\d+")
    leading = set()
    for name in names:
        if name.name == "build.json":  # it has the digests of all others
            continue
        before, after = (site / name).read_bytes() if (site := one) else b"", (split / name).read_bytes()
        leading |= set(edit.findall(after))
        assert edit.sub(b"", after) == edit.sub(b"", before), name
    assert leading == {path.encode() for path in EVENLY}


def test_each_page_leads_to_the_line_of_its_claim(tmp_path):
    project = written(tmp_path / "project", EVENLY)
    site = built(project, tmp_path / "site")
    for claim in load(project).record.claims:
        html = (site / "claims" / claim.id / "index.html").read_text()
        path, line = re.search(r'/blob/main/([^"#]+)#L(\d+)"', html).groups()
        assert (project / path).read_text().split("\n")[int(line) - 1] == f"  - id: {claim.id}"


# what is no file of claims

GOOD = "claims:\n  - {id: one, text: One., short: One, kind: state}\n"


@pytest.mark.parametrize("case", cases("claimfiles"))
def test_files_below_claims_are_read_as_their_case_says(case, project):
    root = project(case.get("record", ""), case.get("articles"))
    for name, text in case["files"].items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    record, problems = load(root)
    check_problems(root, in_order(problems), case.get("problems"))
    assert (None if record is None else " ".join(c.id for c in record.claims)) == case.get("claims")


def _linked(root: Path) -> str:
    (root / "elsewhere.yaml").write_text(GOOD)
    (root / "claims/one.yaml").symlink_to("../elsewhere.yaml")
    return "claims/one.yaml"


def _linked_folder(root: Path) -> str:
    (root / "elsewhere").mkdir()
    (root / "elsewhere/one.yaml").write_text(GOOD)
    (root / "claims/more").symlink_to("../elsewhere")
    return "claims/more"


def _linked_claims(root: Path) -> str:
    (root / "claims").rename(root / "elsewhere")
    (root / "elsewhere/one.yaml").write_text(GOOD)
    (root / "claims").symlink_to("elsewhere")
    return "claims"


def _plain_file(root: Path) -> str:
    (root / "claims").rmdir()
    (root / "claims").write_text(GOOD)
    return "claims"


def _pipe(root: Path) -> str:
    os.mkfifo(root / "claims/one.yaml")
    return "claims/one.yaml"


@pytest.mark.parametrize("make", [_linked, _linked_folder, _linked_claims, _plain_file, _pipe])
def test_what_is_no_plain_file_or_folder_is_told_and_never_read(make, project):
    root = project()
    (root / FOLDER).mkdir()
    path = make(root)
    record, problems = load(root)
    assert record is None
    told = {(p.mark.path, p.code) for p in problems}
    assert told in ({(path, "not-a-regular-file")}, {(path, "bad-id")})


def test_a_name_that_is_no_text_is_told(project):
    root = project()
    (root / FOLDER).mkdir()
    try:
        (root / FOLDER / os.fsdecode(b"a\xff.yaml")).write_text(GOOD)
    except OSError:
        pytest.skip("this file system refuses such names by itself")
    record, problems = load(root)
    assert (record, [p.code for p in problems]) == (None, ["bad-id"])


def test_empty_folders_and_hidden_files_are_left_alone(project):
    root = project(GOOD)
    (root / "claims/more/.kept").mkdir(parents=True)
    (root / "claims/.gitkeep").write_text("")
    (root / "claims/.one.yaml.new").write_text("[")
    (root / "claims/more/.kept/one.yaml").write_text("[")
    assert load(root).problems == []


@pytest.mark.parametrize(
    ("limit", "value", "path"),
    [("files", 1, "claims"), ("claims", 2, "claims/two.yaml"), ("record", 100, "claims/two.yaml"), ("file", 500, "")],
)
def test_all_files_together_are_bounded(limit, value, path, project, monkeypatch):
    root = project(GOOD)
    (root / FOLDER).mkdir()
    (root / "claims/one.yaml").write_text(GOOD.replace("id: one", "id: two"))
    (root / "claims/two.yaml").write_text(GOOD.replace("id: one", "id: three"))
    assert load(root).problems == []
    monkeypatch.setitem(LIMITS, limit, value)
    record, problems = load(root)
    assert record is None
    assert [(p.mark.path, p.code) for p in problems] == [(path or RECORD, "too-large")]


# writing


@pytest.fixture
def split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = written(tmp_path / "publication", EVENLY)
    monkeypatch.chdir(root)
    return root


def texts(root: Path) -> dict[str, str]:
    return {p.relative_to(root).as_posix(): p.read_text() for p in [root / RECORD, *(root / FOLDER).rglob("*.yaml")]}


def test_fmt_writes_each_file_in_canonical_form_with_the_line_that_leads_to_its_schema(split):
    before = load(split).record
    changed(split / PATHS[3], "claims:\n", "# first\n# yaml-language-server: $schema=old.json\n# second\nclaims:\n\n")
    assert run("fmt", "--check").exit_code == 1
    assert {f"wrote {path}" for path in (*PATHS, claimfiles.SCHEMA)} <= set(run("fmt").output.splitlines())
    assert run("fmt", "--check").output == run("fmt").output == ""
    assert load(split).record == before
    schema = json.loads((split / claimfiles.SCHEMA).read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    for path in PATHS:
        first, *rest = (split / path).read_text().split("\n")
        assert ((split / path).parent / first.removeprefix(claimfiles.MODELINE)).resolve() == split / claimfiles.SCHEMA
        assert not any(claimfiles.MODELINE in line for line in rest)
    assert (split / PATHS[3]).read_text().split("\n")[1:4] == ["# first", "# second", "claims:"]


def test_the_schema_of_such_a_file_knows_claims_and_nothing_else(split):
    run("fmt")
    check = jsonschema.Draft7Validator(json.loads((split / claimfiles.SCHEMA).read_text()))
    one = {"id": "one", "text": "One.", "short": "One", "kind": "state"}
    assert check.is_valid({"claims": [one]})
    for wrong in ({}, {"claims": []}, {"claims": [{**one, "kind": "gossip"}]}, {"claims": [one], "about": {}}):
        assert not check.is_valid(wrong), wrong


@given(st.integers(0, 3), st.lists(st.sampled_from(["# a\n", "\n", "# yaml-language-server: $schema=x\n"]), max_size=4))
def test_a_file_of_claims_is_formatted_once_for_all(n, lines):
    once = canonical_claims(PATHS[n], "".join(lines) + "claims:\n" + CLAIMS[n])
    assert canonical_claims(PATHS[n], once) == once
    assert once.startswith(claimfiles.modeline(PATHS[n]))
    assert once.count("yaml-language-server") == 1
    assert once.count("# a\n") == lines.count("# a\n")


def test_fix_mends_the_file_in_which_the_mistake_is(split):
    run("fmt")
    before = texts(split)
    (split / PATHS[2]).write_text(
        re.sub(r"kind: (\w+)", lambda kind: kind[0].upper().replace("KIND", "kind"), before[PATHS[2]])
    )
    assert load(split).problems
    assert f"{PATHS[2]}:" in run("check", "--fix").output
    assert texts(split) == before


NEW = ["new", "claim", "--id", "due", "--text", "It is due soon.", "--short", "When", "--kind", "date"]


def test_a_new_claim_goes_where_most_of_its_topic_are(project, monkeypatch):
    root = project("claims:\n  - {id: a, text: A., short: A, kind: state, topic: sale}\n")
    monkeypatch.chdir(root)
    (root / FOLDER).mkdir()
    item = "  - {{id: {}, text: A., short: A, kind: state, topic: sale}}\n"
    (root / "claims/sale.yaml").write_text("claims:\n" + item.format("b") + item.format("c"))
    result = run(*NEW, "--topic", "sale")
    assert result.output.startswith("wrote claims/sale.yaml:15: claim due\n")
    assert (root / "claims/sale.yaml").read_text().split("\n")[14] == "  - id: due"
    assert [c.id for c in load(root).record.claims] == ["a", "b", "c", "due"]
    assert run(*NEW, "--id", "rare").output.startswith("wrote claims.yaml:")


def test_a_new_claim_goes_into_the_file_that_is_named_also_a_new_one(split):
    result = run(*NEW, "--file", "./claims/2026/search.yaml")
    assert result.output.startswith("wrote claims/2026/search.yaml:3: claim due\n")
    assert run("fmt").exit_code == 0
    assert (split / "claims/2026/search.yaml").read_text() == (
        "# yaml-language-server: $schema=../../claim-file.schema.json\nclaims:\n"
        "  - id: due\n    text: It is due soon.\n    short: When\n    kind: date\n"
    )
    assert run(*NEW, "--id", "later", "--file", RECORD).output.startswith("wrote claims.yaml:")


@pytest.mark.parametrize(
    "file",
    [
        *(
            "../claims/a.yaml",
            "claims/../x.yaml",
            "/claims/a.yaml",
            "claims",
            "claims/a.yml",
            "claims/A.yaml",
            "x.yaml",
        ),
        *("claims/.a.yaml", "claims/con.yaml", "claims/a\x1b.yaml", "", "claims/a.yaml/b.yaml", "mkdocs.yml"),
    ],
)
def test_a_claim_goes_into_no_other_file(file, split):
    before = texts(split)
    result = run(*NEW, "--file", file)
    assert result.exit_code == 2
    assert "can't hold claims: " in result.output
    assert "\x1b" not in result.output
    assert texts(split) == before


def test_words_are_added_to_a_claim_in_its_own_file(split):
    claim = next(c for c in load(split).record.claims if c.path == PATHS[1])
    article = load(split).record.articles[0]
    words = " ".join(next(line for line in article.body.split("\n") if len(line.split()) > 8).split()[:8])
    result = run("quote", words, "--article", article.id, "--add", claim.id, "--stance", "mentions", "--pick", "1")
    assert f"wrote {PATHS[1]}: evidence of claim {claim.id}\n" in result.output
    found = next(c for c in load(split).record.claims if c.id == claim.id)
    assert (found.path, found.evidence[-1].article) == (PATHS[1], article.id)


# the past


def test_moving_claims_from_file_to_file_is_no_change_for_readers(tmp_path, monkeypatch):
    repo = tmp_path / "repository"
    shutil.copytree(MINI, repo, ignore=shutil.ignore_patterns("site"))
    at = begun(repo)
    at.commit("2026-01-01")
    for day, homes in enumerate([EVENLY, evenly(PATHS[2:]), [RECORD] * len(CLAIMS), EVENLY[::-1]], 2):
        shutil.rmtree(repo / FOLDER, ignore_errors=True)
        for path, text in parted(homes).items():
            (repo / path).parent.mkdir(parents=True, exist_ok=True)
            (repo / path).write_text(text, encoding="utf-8")
        at.commit(f"2026-01-0{day}")
    assert all(len(at.told(claim.id)) == 1 for claim in load(repo).record.claims)
    monkeypatch.chdir(repo)
    for old in ("HEAD~4", "HEAD~3", "HEAD~2"):
        assert run("diff", old, "HEAD~1").output.endswith("0 errors, 0 warnings, 0 entries differ\n")
    (order,) = json.loads(run("diff", "HEAD~1", "HEAD", "--format", "json").output)["entries"]
    assert [change["path"] for change in order["changes"]] == [["order"]]  # lists show claims in the record's order


def test_a_change_in_a_file_of_claims_is_told_with_its_day(tmp_path, monkeypatch):
    repo = written(tmp_path / "repository", EVENLY)
    at = begun(repo)
    at.commit("2026-01-01")
    claim = next(c for c in load(repo).record.claims if c.path == PATHS[0])
    changed(repo / PATHS[0], f"text: {claim.text}", f"text: Not {claim.text}")
    at.commit("2026-01-02")
    assert at.told(claim.id)[0] == f"2026-01-02: Reworded; before: “{claim.text}”"
    monkeypatch.chdir(repo)
    assert f"claim {claim.id} " in run("diff", "HEAD~1", "HEAD").output
    (repo / "claims/link.yaml").symlink_to("b.yaml")
    at.commit("2026-01-03")
    assert 'head, claims/link.yaml:1: "claims/link.yaml" is not a plain file' in run("diff", "HEAD~1", "HEAD").output


def test_what_cannot_be_read_of_a_claim_is_told_of_that_claim(tmp_path, monkeypatch):
    repo = written(tmp_path / "repository", EVENLY)
    at = begun(repo)
    at.commit("2026-01-01")
    claim = next(c for c in load(repo).record.claims if c.path == PATHS[2])
    changed(repo / PATHS[2], f"  - id: {claim.id}\n", f"  - id: {claim.id}\n    colour: red\n")
    monkeypatch.chdir(repo)
    told = json.loads(run("diff", "HEAD", "--format", "json").output)
    assert [(f["kind"], f["id"]) for f in told["flags"] if f["code"] == "unreadable"] == [("claims", claim.id)]


# what is known is not parsed again


def as_read(record: Record) -> object:
    """All of a record, its places too."""
    return record, [(c.path, c.piece.line, c.marks, [(e.at(), e.marks) for e in c.evidence]) for c in record.claims]


EDITS = st.lists(
    st.sampled_from(
        [
            ("change", PATHS[0]),
            ("change", RECORD),
            ("change", f"{ARTICLES}/council-release.md"),
            ("break", PATHS[1]),
            ("mend", PATHS[1]),
            ("remove", PATHS[2]),
            ("mend", PATHS[2]),
        ]
    ),
    max_size=6,
)


@given(EDITS)
@settings(max_examples=60)
def test_a_reader_with_a_memory_finds_what_one_without_finds(edits):
    first = {**ONE, **parted(EVENLY)}
    files = dict(first)
    known = Known()
    for what, path in [("none", ""), *edits]:
        if what == "change" and path in files:
            files[path] = files[path].replace("\n", "\n# noted\n", 1) if "---" not in files[path] else files[path] + "x"
        elif what == "break":
            files[path] = "claims: ["
        elif what == "mend":
            files[path] = first[path]
        elif what == "remove":
            files.pop(path, None)
        found, wanted = load(Memory(files), known), load(Memory(files))
        assert sorted(map(str, found.problems)) == sorted(map(str, wanted.problems))
        assert (found.record is None) == (wanted.record is None)
        if found.record is not None and wanted.record is not None:
            assert as_read(found.record) == as_read(wanted.record)
        assert known.files.keys() <= files.keys()


def test_only_the_file_that_was_changed_is_parsed_again_and_no_build_changes_what_is_known(split):
    known = Known()
    first = read(split, known).publication.record
    built(split, split.parent / "site")
    edited = next(claim for claim in first.claims if claim.path == PATHS[0])
    changed(split / PATHS[0], edited.text, f"Not {edited.text}")
    second = read(split, known).publication.record
    again = [claim.id for claim in second.claims if not any(claim is other for other in first.claims)]
    assert again == [claim.id for claim in first.claims if claim.path == PATHS[0]]  # few claims are read in one go
    assert all(a is b for a, b in zip(first.articles, second.articles, strict=True))
    assert as_read(second) == as_read(load(split).record)
