"""What can be found, and the index: made once for what is searched, the same bytes each time, never half."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from commands import files, run
from hypothesis import given
from hypothesis import strategies as st
from publications import SHOP

from generator import kept, pagefind, search, unchanged
from generator.pagefind import Record

RECORDS = [
    Record(f"Title {n}", f"Text of number {n}", {"topic": [f"t{n % 7}"], "source": [f"s{n % 5}", f"s{n % 3}"]})
    for n in range(60)
]
NAMES = [f"edition/{n}" for n in range(60)]


@pytest.fixture
def publication(project, monkeypatch) -> Path:
    root = project(SHOP, {"wire": "The shop was sold on Monday."})
    monkeypatch.chdir(root)
    monkeypatch.setattr(unchanged, "recall", lambda *_: None)  # each build is done in full
    return root


def forbid(monkeypatch) -> None:
    """Pagefind may not be started; git may."""
    popen = subprocess.Popen

    def start(command, *given, **options):
        assert "--service" not in command
        return popen(command, *given, **options)

    monkeypatch.setattr(subprocess, "Popen", start)


def replaced(monkeypatch, tmp_path: Path, script: str, mode: int = 0o755) -> None:
    """Has another program stand where Pagefind is."""
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(mode)
    monkeypatch.setattr(pagefind, "_program", lambda: program)


# Words


@given(st.text(alphabet="北京市的 Tokio’–é«»ไทย.日"))
def test_each_word_of_a_text_can_be_searched_by_its_beginning(text):
    made = search.searchable(text).split()
    for word in text.translate({ord(c): " " for c in "–«»"}).split():
        for part in search._RUN.split(word):
            assert not part or any(one.startswith(part[:2]) for one in made)


@given(st.text(alphabet="北京市长会见记者", min_size=2), st.data())
def test_a_word_inside_of_writing_without_spaces_is_found_by_its_pairs(text, data):
    begin = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(begin + 2, len(text)))
    assert set(search.pairs(text[begin:end])) <= set(search.searchable(f"X社 {text}。").split())


def test_punctuation_beyond_ascii_parts_words_and_an_apostrophe_does_not():
    assert search.searchable("2019–2020 “Trump’s” order…").split() == ["2019", "2020", "Trump’s", "order"]
    assert search.searchable("mid-September") == "mid-September"  # Pagefind parts these


# The index


def test_the_same_records_make_the_same_bytes():
    assert pagefind.index(RECORDS, NAMES, "en") == pagefind.index(RECORDS, NAMES, "en")


def test_records_without_a_word_make_no_index_and_do_no_harm():
    assert pagefind.index([Record("…", "", {})], ["a"], "en") == {}
    assert "pagefind-entry.json" in pagefind.index([Record("…", "", {}), Record("Word", "", {})], ["a", "b"], "en")


def test_what_pagefind_takes_for_its_own_marks_in_a_text_does_no_harm():
    nasty = '___PAGEFIND_ANCHOR___p:x ___PAGEFIND_WEIGHT___0 ___END_PAGEFIND_WEIGHT___ \x00 \u200b,{"a": 1} <b>'
    assert "pagefind.js" in pagefind.index([Record(nasty, nasty, {"topic": [nasty]})], ["a"], "en")


def test_names_are_of_one_width_and_unlike_each_other():
    assert search._names("e", 3) == ["e/0", "e/1", "e/2"]
    assert search._names("e", 300)[16] == "e/010"
    assert len(set(search._names("e", 300))) == 300


# What is kept


def test_a_second_build_starts_no_program_and_makes_the_same_site(publication, monkeypatch):
    assert run("build").exit_code == 0
    before = files(publication / "site")
    forbid(monkeypatch)
    assert run("build").exit_code == 0
    assert files(publication / "site") == before


def test_an_index_is_made_anew_when_what_is_searched_changes_and_not_for_anything_else(publication, monkeypatch):
    assert run("build").exit_code == 0
    path = publication / "claims.yaml"
    path.write_text(path.read_text().replace("kind: event", "kind: event\n    summary: It was."))
    with monkeypatch.context() as patch:
        forbid(patch)
        assert run("build").exit_code == 0
    path.write_text(path.read_text().replace("short: The sale", "short: The selling"))
    assert run("build").exit_code == 0
    assert len(list((kept.project(publication) / search.KEPT).iterdir())) == 2
    editions = list((publication / "site/search/index/finds").iterdir())
    assert len(editions) == 1


def built_anew(publication: Path) -> None:
    """Builds though nothing of the record has changed."""
    shutil.rmtree(kept.project(publication) / unchanged.KEPT)
    assert run("build").exit_code == 0


@pytest.mark.parametrize("harm", [b"", b"\0" * 5000, None])
def test_a_kept_index_that_is_harmed_is_made_again(publication, harm):
    assert run("build").exit_code == 0
    before = files(publication / "site")
    (one,) = (kept.project(publication) / search.KEPT).iterdir()
    whole = one.read_bytes()
    one.unlink()
    if harm is None:
        one.mkdir()  # nothing can be kept there
    else:
        one.write_bytes(harm)
    built_anew(publication)
    assert files(publication / "site") == before
    assert one.is_dir() if harm is None else one.read_bytes() == whole


# What can go wrong


@pytest.mark.parametrize(
    ("script", "mode", "says"),
    [
        ("kill -9 $$", 0o755, "it ended by signal 9"),
        ("exit 3", 0o755, "it ended with exit code 3"),
        ("exit 0", 0o644, "it can't be started: Permission denied"),
        # {"message_id":0,"payload":{"type":"Error","message":"no"}}
        (
            "printf eyJtZXNzYWdlX2lkIjowLCJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyJ9fQ==,; sleep 5",
            0o755,
            "it says: no",
        ),
    ],
)
def test_where_pagefind_fails_the_site_stays_as_it_was(publication, monkeypatch, tmp_path, script, mode, says):
    assert run("build").exit_code == 0
    before = files(publication / "site")
    path = publication / "claims.yaml"
    path.write_text(path.read_text().replace("The shop was sold.", "The shop was sold twice."))
    replaced(monkeypatch, tmp_path, script, mode)
    result = run("build")
    assert result.exit_code == 3
    assert f"error[search-index]: Pagefind made no index for the search page: {says}" in result.stderr
    assert files(publication / "site") == before
    assert not list(publication.glob(".site*"))
    assert run("build", "--no-search").exit_code == 0
    assert b"sold twice" in (publication / "site/claims/sale/index.html").read_bytes()


def test_pagefind_is_started_with_one_argument_and_without_the_environment(publication, monkeypatch, tmp_path):
    monkeypatch.setenv("PAGEFIND_SITE", "elsewhere")
    replaced(
        monkeypatch, tmp_path, f'echo "$0 $@" > {tmp_path}/said; env >> {tmp_path}/said; ls >> {tmp_path}/said; exit 1'
    )
    assert run("build").exit_code == 3
    said = (tmp_path / "said").read_text().splitlines()
    assert said[0] == f"{tmp_path}/pagefind --service"
    assert {line.partition("=")[0] for line in said[1:]} <= {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE", "PWD", "SHLVL", "_"}


def test_without_pagefind_the_site_is_whole_and_says_that_search_is_not_available(publication, monkeypatch):
    monkeypatch.setattr(pagefind, "_program", lambda: None)
    result = run("build")
    assert result.exit_code == 0
    assert "note[no-search]: Pagefind is not installed" in result.stderr
    html = (publication / "site/search/index.html").read_text()
    assert "Search is not available. Browse all claims below." in html
    assert "<form" not in html
    assert "search.js" not in html
    assert 'href="../claims/sale/"' in html
    assert not (publication / "site/search/index").exists()
    told = json.loads(run("build", "--format", "json").stdout)
    assert "no-search" in [problem["code"] for problem in told["problems"]]


@pytest.mark.parametrize("how", ["option", "setting"])
def test_search_can_be_left_out(publication, monkeypatch, how):
    forbid(monkeypatch)
    path = publication / "mkdocs.yml"
    if how == "setting":
        path.write_text(path.read_text().replace("- onrecord", "- onrecord: {search: false}"))
    result = run("build", *(["--no-search"] if how == "option" else []))
    assert result.exit_code == 0
    assert "no-search" not in result.stderr
    assert not (publication / "site/search/index").exists()
