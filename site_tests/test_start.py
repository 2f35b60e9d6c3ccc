"""A new publication works at once: checked, canonical, built; from a wheel in an empty environment too."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from click.testing import Result
from commands import run

from generator.build import read
from generator.canon import formatted
from generator.files import replace
from generator.problems import Severity
from generator.start import Named, begin

ROOT = Path(__file__).parent.parent


def init(*arguments: object) -> Result:
    return run("init", *arguments)


@pytest.mark.parametrize(
    "title", ["The ferry", 'Ferries: "who" says {{ 7*7 }} <b> # what', "العبّارة", "no", "2020-01-01"]
)
def test_a_new_publication_has_no_findings_and_is_in_canonical_form(tmp_path: Path, title: str) -> None:
    made = begin(tmp_path / "new", Named(title, "https://facts.example.org/"))
    assert Path("claims.yaml") in made
    assert Path(".gitignore") in made
    reading = read(tmp_path / "new")
    assert [p for p in reading.problems if p.severity is not Severity.NOTE] == []
    assert reading.publication is not None
    assert reading.publication.record.about.title == title
    assert [name for name, text, better in formatted(tmp_path / "new", []) if text != better] == []


def test_no_double_braces_are_left(tmp_path: Path) -> None:
    for path in begin(tmp_path / "new", Named("A title")):
        text = (tmp_path / "new" / path).read_text(encoding="utf-8")
        assert "{{" not in text.replace("${{", ""), path  # which are values of a workflow


def test_braces_in_a_title_stay_as_they_are(tmp_path: Path) -> None:
    begin(tmp_path / "new", Named("{{version}} {{address}}"))
    reading = read(tmp_path / "new")
    assert reading.publication is not None
    assert reading.publication.record.about.title == "{{version}} {{address}}"


@pytest.mark.parametrize("there", [False, True])
def test_if_a_file_can_not_be_written_the_folder_is_as_it_was_and_the_next_try_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    folder = tmp_path / "some/new"
    if there:
        folder.mkdir(parents=True)

    def failing(path: Path, text: str) -> None:
        if path.name == "articles.lock":
            raise OSError(28, "No space left on device", str(path))
        replace(path, text)

    with monkeypatch.context() as patch:
        patch.setattr("generator.start.replace", failing)
        assert init(folder).exit_code == 3
    assert [path.name for path in tmp_path.rglob("*")] == (["some", "new"] if there else [])
    assert init(folder).exit_code == 0


def test_the_next_command_can_be_pasted(tmp_path: Path) -> None:
    folder = tmp_path / "it's; new"
    said = init(folder).output.splitlines()[-1].partition("next: ")[2]
    assert shlex.split(said) == ["cd", "--", str(folder), "&&", "make", "site"]


def test_make_finds_an_installed_command_where_its_path_has_a_space(tmp_path: Path) -> None:
    bin = tmp_path / "my programs"
    bin.mkdir()
    (bin / "onrecord").write_text('#!/bin/sh\necho "onrecord $*"\n')
    (bin / "onrecord").chmod(0o755)
    begin(tmp_path / "new", Named("A title"))
    said = told("make", "site", "test", cwd=tmp_path / "new", path=bin)
    assert "onrecord build" in said
    assert not (tmp_path / "new/.venv").exists()


def test_a_folder_with_something_in_it_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = init(tmp_path)
    assert result.exit_code == 2
    assert "not an empty folder" in result.output
    assert os.listdir(tmp_path) == ["mine.txt"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--title", "two\nlines"], "one line"),
        (["--title", "hid\u200bden"], "visible"),
        (["--title", "  "], "one line"),
        (["--address", "ftp://facts.example.org/"], "http"),
        (["--address", "https://facts.example.org"], "slash"),
        (["--address", "https://127.0.0.1/"], "public name"),
        (["--address", "https://facts.example.org/\nplugins: []/"], "U+000A"),
        (["--language", "English"], "a tag looks like"),
        (["--language", "en-\nclaims: []"], "a tag looks like"),
        (["--language", "tlh"], "no translation of the pages"),
    ],
)
def test_a_title_or_an_address_that_would_not_work_is_told_and_nothing_is_written(
    tmp_path: Path, options: list[str], says: str
) -> None:
    result = init(tmp_path / "new", *options)
    assert result.exit_code == 2
    assert says in result.output
    assert not (tmp_path / "new").exists()


REVIEW = {
    "@type": "ClaimReview",
    "url": "https://check.example.org/1/",
    "claimReviewed": "The ferry stopped.",
    "datePublished": "2024-03-12",
    "author": {"@type": "Organization", "name": "The Check", "url": "https://check.example.org/"},
    "reviewRating": {"@type": "Rating", "alternateName": "Wrong", "ratingValue": 1, "bestRating": 5, "worstRating": 1},
}


def test_a_publication_of_reviews_has_no_findings_and_its_titles_are_those_of_the_feed(tmp_path: Path) -> None:
    feed = {"@type": "DataFeed", "name": "Ferries", "dataFeedElement": [{"@type": "DataFeedItem", "item": REVIEW}]}
    (tmp_path / "feed.json").write_text(json.dumps(feed))
    result = init(tmp_path / "new", "--from-claimreview", tmp_path / "feed.json", "--rate", "wrong=Partly false")
    assert result.exit_code == 0, result.output
    assert "1 review read: 1 claim new, 0 merged" in result.output
    reading = read(tmp_path / "new")
    assert reading.problems == []
    assert reading.publication is not None
    record = reading.publication.record
    assert (record.about.title, record.about.checked.edtf) == ("Ferries", "2024-03-12")
    (claim,) = record.claims
    assert claim.verdict[0].rating == "partly-false"
    assert [name for name, text, better in formatted(tmp_path / "new", []) if text != better] == []
    assert "claim:" not in (tmp_path / "new/content/index.md").read_text()


@pytest.mark.parametrize(
    ("stated", "options", "language", "says"),
    [
        (["ar", *[None] * 8], [], "en", "no language is stated by most of the 9 reviews"),
        ([None], [], "en", "no review states one"),
        (["ar", "ar", None], [], "ar", "2 of 3 reviews state it"),
        (["ar", "en"], [], "en", "no language is stated by most of the 2 reviews"),
        (["tlh", "tlh", "ar"], [], "en", 'the pages can\'t be in "tlh", which 2 of 3 reviews state'),
        (["ar", "ar", None], ["--language", "en-GB"], "en-GB", None),
    ],
)
def test_a_publication_is_in_the_language_of_most_reviews_and_an_article_in_that_which_it_states(
    tmp_path: Path, stated: list[str | None], options: list[str], language: str, says: str | None
) -> None:
    reviews = [
        {**REVIEW, "url": f"https://check.example.org/{n}/", "claimReviewed": f"Ferry {n} stopped."}
        | ({"inLanguage": tag} if tag else {})
        for n, tag in enumerate(stated)
    ]
    (tmp_path / "feed.json").write_text(json.dumps(reviews))
    result = init(tmp_path / "new", "--from-claimreview", tmp_path / "feed.json", *options)
    assert result.exit_code == 0, result.output
    told = [
        line.partition("note[import-language]: ")[2] for line in result.output.splitlines() if "[import-lang" in line
    ]
    assert told == ([f'the publication is in the language "{language}": {says}'] if says else [])
    reading = read(tmp_path / "new")
    assert reading.publication is not None
    record = reading.publication.record
    assert record.about.in_language == language
    assert [article.in_language for article in record.articles] == stated


def test_the_example_can_be_begun_in_another_language(tmp_path: Path) -> None:
    assert init(tmp_path / "new", "--language", "ar").exit_code == 0
    assert "in_language: ar" in (tmp_path / "new/claims.yaml").read_text()


@pytest.mark.parametrize(
    ("text", "says", "code"),
    [
        ("[]", "can be used", 2),
        ("{", "import-syntax", 2),
        ('[{"@type": "ClaimReview", "claimReviewed": "No date."}]', "has a date", 2),
        ("\x00", "not-utf8", 1),
        (None, "not found", 2),
    ],
)
def test_without_a_review_that_can_be_used_nothing_is_written(
    tmp_path: Path, text: str | None, says: str, code: int
) -> None:
    if text is not None:
        (tmp_path / "feed.json").write_text(text)
    result = init(tmp_path / "new", "--from-claimreview", tmp_path / "feed.json")
    assert says in result.output
    assert result.exit_code == code
    assert not (tmp_path / "new").exists()


def test_the_workflows_of_a_new_publication_have_no_mistakes_and_its_actions_are_those_of_ours(tmp_path: Path) -> None:
    begin(tmp_path / "new", Named("A title"))
    made = sorted((tmp_path / "new/.github/workflows").glob("*.yml"))
    bin = Path(sys.executable).parent
    told(bin / "actionlint", *made)
    told(bin / "zizmor", "--quiet", "--offline", "--persona", "auditor", *made)
    pins = re.compile(r"uses: (\S+@[0-9a-f]{40} # \S+)")
    ours = {pin for path in (ROOT / ".github/workflows").glob("*.yml") for pin in pins.findall(path.read_text())}
    texts = [path.read_text() for path in made]
    assert all(text.count("uses: ") == len(pins.findall(text)) for text in texts)
    assert {pin for text in texts for pin in pins.findall(text)} <= ours


def test_a_wheel_in_an_empty_environment_makes_a_publication_that_builds_and_passes_its_tests(tmp_path: Path) -> None:
    source = tmp_path / "source"
    kept = shutil.ignore_patterns(".*", "site", "build", "site_tests", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, source, ignore=kept)
    told(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, source)
    (wheel,) = tmp_path.glob("onrecord-*.whl")
    # The dependencies are those that are installed here: their environment is seen, ours is not.
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty/bin/python"
    told(python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel)
    seen = told(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    ours = told(sys.executable, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    for package in Path(ours).iterdir():
        if "onrecord" not in package.name and not (Path(seen) / package.name).exists():
            (Path(seen) / package.name).symlink_to(package)
    bin = tmp_path / "empty/bin"
    told(bin / "onrecord", "init", "pub", "--title", "The ferry", cwd=tmp_path)
    said = told("make", "site", "test", cwd=tmp_path / "pub", path=bin)
    assert "built site/: 2 claims" in said
    assert "0 errors, 0 warnings" in said
    page = (tmp_path / "pub/site/claims/stop-date/index.html").read_text(encoding="utf-8")
    assert "Sources conflict" in page
    (tmp_path / "feed.json").write_text(json.dumps(REVIEW))
    told(bin / "onrecord", "init", "reviews", "--from-claimreview", "feed.json", cwd=tmp_path)
    said = told("make", "test", cwd=tmp_path / "reviews", path=bin)
    assert "0 errors, 0 warnings" in said
    assert "all as they were built" in said
    where = told(python, "-c", "import generator; print(generator.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(seen)


def told(*command: object, cwd: Path | None = None, path: Path | None = None) -> str:
    """What a program says that ends well."""
    known = {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"} if path else {}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**os.environ, **known}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
