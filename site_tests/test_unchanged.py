"""A build with nothing changed leaves the site that stands; whatever matters has it built anew."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import changed, run
from publications import MINI
from repositories import git

from generator import kept, unchanged
from generator.press import Press
from generator.problems import Refused

AS_BUILT = "as it was built, since nothing has changed: site/: "


@pytest.fixture
def publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication that was built once without an index."""
    root = tmp_path / "publication"
    shutil.copytree(MINI, root, ignore=shutil.ignore_patterns("site"))
    monkeypatch.chdir(root)
    assert build().startswith("built site/: ")
    return root


def build(*options: str) -> str:
    result = run("build", "--no-search", *options)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()[-1]


def _written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_nothing_is_made_where_nothing_has_changed(publication: Path):
    inode = (publication / "site").stat().st_ino
    assert build().startswith(AS_BUILT)
    assert (publication / "site").stat().st_ino == inode


CHANGES: dict[str, Callable[[Path], object]] = {
    "the record": lambda root: changed(root / "claims.yaml", "about:", "# noted\nabout:"),
    "the files of claims": lambda root: _written(root / "claims/.kept", ""),
    "the settings": lambda root: changed(root / "mkdocs.yml", "site_name:", "# noted\nsite_name:"),
    "a written page": lambda root: _written(root / "content/more.md", "# More\n"),
    "a file beside the pages": lambda root: _written(root / "content/assets2/plan.txt", "a plan"),
    "the addresses": lambda root: _written(root / "addresses.lock", ""),
    "a page of the site": lambda root: _written(root / "site/index.html", "changed"),
    "a file more in the site": lambda root: _written(root / "site/more.html", "more"),
    "a file less in the site": lambda root: (root / "site/404.html").unlink(),
    "a page with the same words and time": lambda root: _again(root / "site/index.html"),
    "a folder more in the site": lambda root: (root / "site/more").mkdir(),
    "a folder that nobody may enter": lambda root: (root / "site/claims").chmod(0o700),
    "the site that nobody may enter": lambda root: (root / "site").chmod(0o700),
    "what a killed build left": lambda root: (root / ".site.staging").mkdir(),
    "no site": lambda root: shutil.rmtree(root / "site"),
    "no cache": lambda root: shutil.rmtree(kept.project(root) / unchanged.KEPT),
    "a cache that is cut": lambda root: [p.write_bytes(p.read_bytes()[:-3]) for p in _kept(root)],
}


def _kept(root: Path) -> list[Path]:
    return [path for path in (kept.project(root) / unchanged.KEPT).iterdir() if path.is_file()]


def _again(path: Path) -> None:
    """As somebody would forge a file: all that can be set is as it was."""
    found = path.stat()
    text = path.read_bytes()
    path.write_bytes(text)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_has_the_site_built(publication: Path, name: str):
    CHANGES[name](publication)
    assert build().startswith("built site/: ")
    assert build().startswith(AS_BUILT)


def test_options_settings_and_dates_from_outside_have_the_site_built(
    publication: Path, monkeypatch: pytest.MonkeyPatch
):
    assert build("--unreviewed").startswith("built")
    assert build().startswith("built")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build().startswith("built")


_OURS = """
from markdown import Extension

class Ours(Extension):
    def extendMarkdown(self, md):
        pass

makeExtension = Ours
"""


@pytest.mark.parametrize(
    "setting",
    [
        "hooks: [hook.py]",
        "theme: {name: material, custom_dir: theme}",
        "markdown_extensions: [toc, pymdownx.snippets]",
        "markdown_extensions: [{ours: {}}]",
    ],
)
def test_what_may_be_at_work_unseen_has_every_build_done_in_full(
    publication: Path, monkeypatch: pytest.MonkeyPatch, setting: str
):
    _written(publication / "hook.py", "")
    (publication / "theme").mkdir()
    _written(publication / "ours.py", _OURS)
    monkeypatch.syspath_prepend(publication)
    text = (publication / "mkdocs.yml").read_text()
    left = text if "theme" not in setting else text[: text.index("theme:")] + text[text.index("plugins:") :]
    _written(publication / "mkdocs.yml", f"{left}{setting}\n")
    assert build().startswith("built")
    assert build().startswith("built")


def test_extensions_that_read_nothing_but_the_page_are_known(publication: Path):
    with (publication / "mkdocs.yml").open("a") as file:
        file.write("markdown_extensions: [def_list, markdown.extensions.smarty, {toc: {permalink: true}}]\n")
    assert build().startswith("built")
    assert build().startswith(AS_BUILT)


def test_what_mkdocs_warns_of_is_told_each_time(publication: Path):
    changed(publication / "mkdocs.yml", "strict: true", "strict: false")
    _written(publication / "content/more.md", "# More\n\n[Nothing](gone.md)\n")
    for _ in range(2):
        result = run("build", "--no-search")
        assert result.exit_code == 0
        assert "gone.md" in result.stderr


def test_a_shallow_clone_that_is_deepened_has_more_to_tell(publication: Path, tmp_path: Path, monkeypatch):
    git(publication, "init", "-q")
    git(publication, "add", "claims.yaml", "content", "mkdocs.yml", "articles.lock")
    for name in "abcd":
        git(publication, "commit", "-q", "--allow-empty", "-m", name)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=2", publication.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    assert build().startswith("built")
    assert build().startswith(AS_BUILT)
    git(clone, "fetch", "-q", "--depth=3")
    assert build().startswith("built")
    git(clone, "fetch", "-q", "--unshallow")
    assert build().startswith("built")
    assert build().startswith(AS_BUILT)


def test_a_commit_may_be_a_change_that_readers_are_told_of(publication: Path):
    git(publication, "init", "-q")
    git(publication, "add", "claims.yaml", "content")
    git(publication, "commit", "-qm", "a")
    assert build().startswith("built")
    assert build().startswith(AS_BUILT)
    git(publication, "commit", "-q", "--allow-empty", "-m", "b")
    assert build().startswith("built")


def test_warnings_are_told_each_time(publication: Path):
    waived = "    waivers:\n      would-change: Nobody will ever count them again.\n"
    changed(publication / "claims.yaml", waived, "")
    first, second = (run("build", "--no-search", "--format", "json") for _ in range(2))
    told = json.loads(first.stdout)
    assert [problem["code"] for problem in told["problems"]] == ["would-change"]
    assert json.loads(second.stdout) == told


def test_what_is_edited_while_it_is_built_is_built_again(publication: Path, monkeypatch: pytest.MonkeyPatch):
    fingerprints = iter(["a", "b"])
    monkeypatch.setattr(unchanged, "fingerprint", lambda *_: next(fingerprints))
    build()
    assert not (kept.project(publication) / unchanged.KEPT / "a").exists()


def test_another_build_that_begins_at_once_is_not_taken_for_this_one(
    publication: Path, monkeypatch: pytest.MonkeyPatch
):
    """What is noted of a site is noted before another may take its place."""
    real = unchanged.remember

    def remember(root: Path, key: str, site: Path, built: unchanged.Built) -> None:
        with pytest.raises(Refused):
            Press(site).open()
        real(root, key, site, built)

    monkeypatch.setattr(unchanged, "remember", remember)
    changed(publication / "claims.yaml", "about:", "# noted\nabout:")
    assert build().startswith("built site/: ")
    assert build().startswith(AS_BUILT)
