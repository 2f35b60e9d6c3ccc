"""`onrecord diff`: every change is listed, every broken promise is flagged, and no text becomes anything else."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from html import unescape
from pathlib import Path
from typing import Any, get_args, get_type_hints

import html5lib
import pytest
import yaml
from cases import cases
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown
from publications import MINI, write_project
from repositories import begun, git

from generator import dates, model
from generator.changes import PLACES, blocks, compare, entries, pair
from generator.diff import Edition, diff, opened
from generator.integrity import CODES
from generator.load import ARTICLES, LOCK, RECORD, load
from generator.model import Placed, Record
from generator.problems import visible
from generator.publication import assemble
from generator.shape import shape
from generator.sidebyside import FORMS, _code, as_json, as_markdown, as_text

WORDS = {
    "wire": "Acme will sell its shop, it said on Monday.\n",
    "copy": "Acme will sell its shop, it said on Monday, we read.\n",
    "post": "It is not so: Acme keeps its shop.\n",
}


def records(value: Any) -> Iterator[Placed]:
    """Every record in a record, itself first."""
    if isinstance(value, tuple):
        for item in value:
            yield from records(item)
    elif isinstance(value, Placed):
        yield value
        for field in fields(value):
            yield from records(getattr(value, field.name))


def kinds(cls: type[Any], seen: set[type[Any]]) -> set[type[Any]]:
    """Every kind of record that a kind of record can hold, itself too, by its type hints."""
    if cls not in seen:
        seen.add(cls)
        for hint in get_type_hints(cls, include_extras=True).values():
            for inner in flat(hint):
                if isinstance(inner, type) and issubclass(inner, Placed):
                    kinds(inner, seen)
    return seen


def flat(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from flat(part)


KINDS = sorted(kinds(Record, set()), key=lambda cls: cls.__name__)
UNSAID = {
    (model.LinkedArticle, name) for name in {f.name for f in fields(model.Article)} - set(shape(model.LinkedArticle))
}
"""What is said of stored texts only."""
FIELDS = [(cls, f.name) for cls in KINDS for f in fields(cls) if f.name not in PLACES and (cls, f.name) not in UNSAID]


def others(value: Any) -> Iterator[Any]:
    """Values that a field could have instead: another, none, one less, one more, another order."""
    if isinstance(value, StrEnum):
        yield next(other for other in type(value) if other is not value)
    elif isinstance(value, str):
        yield f"{value}x"
        yield f"x\n{value}"
    elif isinstance(value, dates.Date):
        yield dates.parse("1999-12-31")
        yield None
    elif isinstance(value, tuple):
        yield value[1:]
        yield value[:-1]
        yield (*value, *value[:1])
        if len(value) > 1 and value[0] != value[1]:
            yield (value[1], value[0], *value[2:])
        if value and isinstance(value[0], str):
            yield (f"{value[0]}x", *value[1:])
    elif isinstance(value, Mapping):
        yield {**value, "extra": "x"}
        if value:
            yield {}
            yield {key: f"{text}x" for key, text in value.items()}
    elif isinstance(value, Placed):
        yield None
    elif isinstance(value, int):
        yield value + 1
        yield None


@pytest.fixture(scope="module")
def small() -> Record:
    """The record of the small publication."""
    found = load(MINI).record
    assert found is not None
    return found


@pytest.mark.parametrize(("cls", "name"), FIELDS, ids=lambda part: getattr(part, "__name__", part))
def test_a_change_of_any_field_of_any_record_is_listed(cls, name, small):
    """Every field is changed in every record of the small publication that has it, in each way that there is."""
    tried = 0
    for n, item in enumerate(records(small)):
        if type(item) is not cls:
            continue
        for value in others(getattr(item, name)):
            if value == getattr(item, name):
                continue
            changed = copy.deepcopy(small)
            setattr(list(records(changed))[n], name, value)
            for old, new in ((small, changed), (changed, small)):
                found = entries(old, new)
                assert found, (cls, name, value)
                paths = {part for entry in found for change in entry.changes for part in (*change.path, entry.kind)}
                whole = any(change.path[-1:] != (name,) for entry in found for change in entry.changes)
                assert name in paths or whole, (cls, name, value, found)
                told = Edition("a", assemble(old), [], {}), Edition("b", assemble(new), [], {})
                for form in FORMS.values():
                    assert visible(found[0].id) in unescape(form(diff(*told))) or form is as_json
            tried += 1
    assert tried, "the small publication uses every field"


def test_every_kind_of_record_is_among_those_that_are_changed():
    every = {c for c in vars(model).values() if isinstance(c, type) and issubclass(c, Placed) and c is not Placed}
    # The front matter of a page is compared line by line, and in which file a claim stands is no change.
    assert every - set(KINDS) == {model.Head, model.ClaimFile}
    assert {(cls, name) for cls in KINDS for name in shape(cls)} <= set(FIELDS)


def test_a_record_does_not_differ_from_itself(small):
    assert entries(small, copy.deepcopy(small)) == []


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abcd"), max_size=6))
def test_what_is_paired_are_all_records_of_both_lists_once(old, new):
    def made(names):
        return [model.Correction(date=dates.parse("2020-01-01"), what=name) for name in names]

    before, after = made(old), made(new)
    joined = pair(before, after)
    assert sorted(a for a, _ in joined if a is not None) == list(range(len(old)))
    assert sorted(b for _, b in joined if b is not None) == list(range(len(new)))
    blank = model.Claim(id="x", text="x", short="x", kind=model.ClaimKind.STATE)
    claims = [replace(blank, corrections=tuple(items)) for items in (before, after)]
    assert bool(list(compare(*claims))) == (old != new)


LINES = st.lists(st.sampled_from(["", "a", "b", "c d"]), max_size=8).map("\n".join)


@given(LINES, LINES)
def test_the_lines_that_differ_make_the_one_text_of_the_other(old, new):
    lines = old.split("\n")
    shift = 0
    for at, before, after in blocks(old, new):
        was = before.split("\n") if before is not None else []
        now = after.split("\n") if after is not None else []
        assert lines[at - 1 : at - 1 + len(was)] == was
        lines[at - 1 : at - 1 + len(was)] = now
        shift += len(now) - len(was)
    assert "\n".join(lines) == new
    assert len(old.split("\n")) + shift == len(new.split("\n"))


@pytest.mark.parametrize("case", cases("diff"))
def test_a_case_says_and_flags_what_it_should(case, tmp_path):
    def written(name: str, which: str, texts: Mapping[str, str | None]) -> Path:
        record = yaml.safe_dump(case[which], allow_unicode=True, sort_keys=False)
        return write_project(tmp_path / name, record, {n: t for n, t in texts.items() if t is not None})

    base = written("base", "before", WORDS)
    later = {n: None if t in (None, "null") else t for n, t in case.get("articles_after", {}).items()}
    head = written("head", "after", {**WORDS, **later})
    found = diff(opened(tmp_path, str(base)), opened(tmp_path, str(head)))
    assert sorted(f"{flag.code} {flag.kind} {flag.id}".strip() for flag in found.flags) == case.get("flags", [])
    text = f"\n{as_text(found)}"
    at = -1
    for line in case["says"]:
        assert f"\n{line}\n" in text, text
        assert text.index(f"\n{line}\n") > at, f"{line} stands too early"
        at = text.index(f"\n{line}\n")


def test_each_finding_is_explained_and_has_a_case():
    flagged = {flag.split()[0] for case in cases("diff") for flag in case.values[0].get("flags", ())}
    elsewhere = {"unreadable", "lock-line", "settings-code", "name-changed"}  # in the tests below
    assert flagged | elsewhere == set(CODES)
    for code in CODES:
        assert run("explain", code).exit_code == 0


def test_a_person_or_an_outlet_that_is_called_otherwise_is_flagged(small):
    later = copy.deepcopy(small)
    later.entities[0].name, later.publishers[0].name = "Nobody", "The Onion"
    states = [Edition(name, assemble(record), [], {}) for name, record in (("base", small), ("head", later))]
    named = [(flag.kind, flag.id) for flag in diff(*states).flags if flag.code == "name-changed"]
    assert sorted(named) == [("entities", "mayor"), ("publishers", "county-wire")]


SETTINGS_BEFORE = "site_name: A\nsite_description: Words\nplugins:\n  - onrecord\n"


@pytest.mark.parametrize(
    ("after", "flagged"),
    [
        ("site_name: B\nsite_description: 'Other: words'\nplugins:\n  - onrecord\n", False),
        ("# a comment\nsite_name: A\n# more\nsite_description: Words\nplugins:\n  - onrecord\n", False),
        (SETTINGS_BEFORE.replace("Words", "!!python/object/apply:os.system [id]"), True),
        (SETTINGS_BEFORE.replace("Words", "&a Words"), True),
        (SETTINGS_BEFORE.replace("site_desc", '"hooks": [evil.py]\nsite_desc'), True),
        (SETTINGS_BEFORE.replace("site_desc", "hooks : [evil.py]\nsite_desc"), True),
        (SETTINGS_BEFORE.replace("site_desc", "? hooks\n: [evil.py]\nsite_desc"), True),
        (SETTINGS_BEFORE.replace("Words", '"Words\n  "\nhooks: [evil.py]'), True),
        (SETTINGS_BEFORE + "---\nhooks: [evil.py]\n", True),
        (SETTINGS_BEFORE + "edit_uri_template: x\n", True),
        ("{site_name: A, hooks: [evil.py]}\n", True),
        (None, True),
    ],
)
def test_settings_that_may_run_code_are_flagged_however_they_are_written(small, after, flagged):
    pub = assemble(small)
    later = {} if after is None else {"mkdocs.yml": after}
    found = diff(Edition("base", pub, [], {"mkdocs.yml": SETTINGS_BEFORE}), Edition("head", pub, [], later))
    assert [e.id for e in found.entries] == ["mkdocs.yml"]
    assert any(flag.code == "settings-code" for flag in found.flags) is flagged


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("plugins:\n  - onrecord\n  - evil\n", '"plugins" changed, new: evil'),
        ("plugins:\n  - onrecord\n  - evil:\n      run: x\n", '"plugins" changed, new: evil'),
        ("plugins: [onrecord, evil]\n", '"plugins" changed, new: evil'),
        ("plugins:\n  - onrecord:\n      splice: false\n", '"plugins" changed'),
        ("hooks: [run.py]\n", '"hooks" changed, new: run.py'),
        ("hooks:\n  - run.py\n", '"hooks" changed, new: run.py'),
        ("theme:\n  name: material\n  custom_dir: mine\n", '"theme" changed'),
        ("theme: {name: evil}\n", '"theme" changed'),
        ("markdown_extensions: [evil]\n", '"markdown_extensions" changed, new: evil'),
        ("markdown_extensions:\n  - pymdownx.snippets:\n      base_path: /\n", "new: pymdownx.snippets"),
        ("INHERIT: ../base.yml\n", '"INHERIT" changed'),
        ("extra_javascript: [evil.js]\n", '"extra_javascript" changed'),
        ("extra_templates: [evil.html]\n", '"extra_templates" changed'),
        ("docs_dir: elsewhere\n", '"docs_dir" changed'),
    ],
)
def test_whatever_in_the_settings_brings_code_is_named(small, added, says):
    kept = "".join(f"{line}\n" for line in SETTINGS_BEFORE.splitlines() if not added.startswith("plugins"))
    kept = kept or "site_name: A\nsite_description: Words\n"
    pub = assemble(small)
    states = [Edition(n, pub, [], {"mkdocs.yml": t}) for n, t in (("a", SETTINGS_BEFORE), ("b", kept + added))]
    flagged = [flag.message for flag in diff(*states).flags if flag.code == "settings-code"]
    assert len(flagged) == 1
    assert says in flagged[0]


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    """The small publication twice."""
    for name in ("base", "head"):
        write_project(tmp_path / name, (MINI / RECORD).read_text(), header="", lock=False)
        for path in (MINI / ARTICLES).glob("*.md"):
            (tmp_path / name / ARTICLES / path.name).write_text(path.read_text())
        (tmp_path / name / LOCK).write_text((MINI / LOCK).read_text())
    return tmp_path / "base", tmp_path / "head"


def told(both: tuple[Path, Path], *words: str) -> Any:
    return run("diff", str(both[0]), str(both[1]), *words)


def test_a_new_plugin_and_other_settings_are_noticed(both, monkeypatch):
    monkeypatch.chdir(both[0])
    path = both[1] / "mkdocs.yml"
    text = path.read_text().replace("plugins:\n", "plugins:\n  - evil\n")
    path.write_text(text.replace("strict: true", "strict: false"))
    result = told(both)
    assert 'warning[settings-code]: "plugins" changed, new: evil' in result.output
    assert "  strict: strict: true → strict: false\n" in result.output
    assert result.exit_code == 0
    assert told(both, "--strict").exit_code == 1
    path.write_text((both[0] / "mkdocs.yml").read_text() + "hooks: [run.py]\n")
    assert '"hooks" changed, new: run.py' in told(both).output


def test_pages_and_what_lies_beside_them_are_listed(both, monkeypatch):
    monkeypatch.chdir(both[0])
    for root, text, picture in zip(both, ("# How\n\nOld.\n", "# How\n\nNew.\n"), (b"\xff1", b"\xff2"), strict=True):
        (root / "content/about.md").write_text(text)
        (root / "content/a.png").write_bytes(picture)
    (both[1] / "content/new").mkdir()
    (both[1] / "content/new/page.md").write_text("---\ntitle: x\n---\nNew\n")
    (both[1] / "content/link.md").symlink_to("about.md")
    output = told(both).output
    assert "page content/about.md: changed\n  line 3: Old. → New.\n" in output
    assert "page content/a.png: changed\n  line 1\n    - no text; SHA-256" in output
    assert "page content/new/page.md: added\n" in output
    assert "page content/link.md: added\n" in output


def test_a_lock_that_does_not_go_with_its_text_is_flagged(both, monkeypatch):
    monkeypatch.chdir(both[0])
    path = both[1] / LOCK
    path.write_text("0" * 64 + path.read_text()[64:])
    assert "warning[lock-line]: the lock line changed and the text did not" in told(both).output
    path.write_text((both[0] / LOCK).read_text())
    article = both[1] / ARTICLES / "wire.md"
    article.write_text(article.read_text() + "\nMore.\n")
    assert "warning[lock-line]: the text changed and its lock line not" in told(both).output


def test_what_cannot_be_read_is_said_and_breaks_the_promise_to_vouch_for_it(both, monkeypatch):
    monkeypatch.chdir(both[0])
    path = both[1] / RECORD
    text = path.read_text()
    path.write_text(text.replace("    kind: event\n", "    kind: evnt\n", 1))
    result = told(both)
    assert result.exit_code == 1
    assert "error[unreadable]: head, claims.yaml:" in result.output
    assert "uncorrected" not in result.output
    for broken in ("claims: [", ""):
        path.write_text(broken)
        result = told(both)
        assert result.exit_code == 1
        assert "error[unreadable]: head, claims.yaml:" in result.output
        assert "address-lost" not in result.output
    path.write_text(text)
    (both[0] / RECORD).write_text(text.replace("    kind: event\n", "    kind: evnt\n", 1))
    result = told(both)
    assert "warning[unreadable]: base, claims.yaml:" in result.output
    assert result.exit_code == 0
    (both[0] / RECORD).unlink()
    assert "error[unreadable]: base, claims.yaml:1:" in told(both).output
    (both[1] / ARTICLES / "wire.md").write_bytes(b"\xff")
    assert "error[unreadable]: head, content/articles/wire.md:" in told(both).output


def test_revisions_and_folders_are_compared_with_each_other(tmp_path, monkeypatch):
    top = tmp_path / "top"
    repo = begun(top, top / "desk")
    text = (MINI / RECORD).read_text()
    articles = {path.stem: path.read_text() for path in (MINI / ARTICLES).glob("*.md")}
    repo.root.mkdir()
    write_project(repo.root / "x", text, articles, header="", lock=False)
    for name in ("claims.yaml", "mkdocs.yml", "content"):
        (repo.root / "x" / name).rename(repo.root / name)
    (repo.root / LOCK).write_text((MINI / LOCK).read_text())
    repo.commit("2026-01-01")
    git(top, "tag", "v1")
    (repo.root / RECORD).write_text(text.replace("The bridge at Elm", "The bridge"))
    repo.commit("2026-01-02")
    (repo.root / RECORD).write_text(text.replace("The bridge at Elm", "A bridge"))
    monkeypatch.chdir(repo.root)
    assert "  title: The bridge at Elm → The bridge\n" in run("diff", "v1", "HEAD").output
    assert "  title: The bridge → A bridge\n" in run("diff", "main").output
    assert "  title: The bridge at Elm → A bridge\n" in run("diff", "HEAD~1", ".").output
    assert run("diff", "HEAD", "HEAD").output.endswith("0 errors, 0 warnings, 0 entries differ\n")
    for wrong in ("nothing", "-x", "--all", "HEAD:desk", "", "\x1b[31m", "main..v1", "/nowhere"):
        result = run("diff", "--", wrong)
        assert result.exit_code == 2, wrong
        assert "\x1b" not in result.output
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in run("diff", "v1").output


TEXT = st.text(st.one_of(st.characters(), st.sampled_from("*_`<>&[]()#@!|~:\\\n\u202e\x1b$^-+. 1/w")), max_size=60)


@given(TEXT)
def test_a_text_in_markdown_is_code_that_shows_its_characters_and_nothing_else(text):
    line = f"- **error** {_code(text)}: x\n- after"
    assert "\n" not in _code(text)
    page = html5lib.parseFragment(markdown(line, extensions=["tables", "fenced_code"]), namespaceHTMLElements=False)
    assert {element.tag for element in page.iter()} <= {"DOCUMENT_FRAGMENT", "ul", "li", "strong", "code", "p"}
    shown = "".join("".join(code.itertext()) for code in page.iter("code"))
    assert shown == visible(text)


NASTY = "::set-output name=x::y\n##[command]ls @org/team #12 <script>alert(1)</script> [x](javascript:x) \u202e\x1b[31m"


def test_no_text_of_a_record_becomes_a_command_a_line_or_markup(small):
    spoilt = copy.deepcopy(small)
    for item in records(spoilt):
        for field in fields(item):
            value = getattr(item, field.name)
            if type(value) is str and field.name not in ("path", "id"):
                setattr(item, field.name, f"{NASTY}{value}")
    told = Edition(
        f"main\n{NASTY}", assemble(small), [], {f"content/{NASTY}.md": NASTY, "mkdocs.yml": f"a: b\n{NASTY}"}
    )
    found = diff(told, Edition(NASTY, assemble(spoilt), [], {"mkdocs.yml": f"plugins:\n  - {NASTY}"}))
    assert len(found.entries) > 20
    for form in (as_text, as_markdown, as_json):
        output = form(found)
        assert all(c.isprintable() or c == "\n" for c in output), form
        assert "##[" not in output
        assert not any(line.strip().startswith(("::", "##[")) for line in output.split("\n"))
    assert "<script" not in as_markdown(found)
    assert "@org" not in as_markdown(found)
    changes = [c for entry in json.loads(as_json(found))["entries"] for c in entry["changes"]]
    assert any(NASTY in str(change["after"]) for change in changes)  # JSON has the text itself


def test_markdown_is_cut_where_a_summary_would_be_refused(small):
    long = copy.deepcopy(small)
    for claim in long.claims:
        claim.text = "@" * 50_000
    old = Edition("a", assemble(small), [], {})
    output = as_markdown(diff(old, Edition("b", assemble(long), [], {})))
    assert len(output.encode()) < 1 << 20
    assert "more that do not fit here: `onrecord diff` lists them" in output
