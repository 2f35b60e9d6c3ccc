"""Fixtures of all tests: small publications, the real one in a browser, cases from YAML files, and `--accept`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser import ROOT, built, launched, served
from hypothesis import settings
from playwright.sync_api import Browser

from generator.load import ARTICLES, LOCK, RECORD, load, lock_text
from generator.problems import Mark, Problem

HERE = Path(__file__).parent
HEADER = """\
about:
  title: "The sale"
  checked: 2020-09-30
topics:
  - {id: sale, name: The sale}
publishers:
  - {id: daily, name: The Daily}
  - {id: agency, name: The Agency}
entities:
  - {id: acme, kind: organization, name: Acme}
  - {id: buyer, kind: organization, name: Buyer}
origins:
  - {id: acme-memo, kind: memo, party: acme, title: Acme memo}
  - {id: agency-report, kind: report, party: agency, title: Agency report}
  - {id: people, kind: unnamed, title: people familiar with the talks}
"""
MKDOCS = """\
site_name: Test
site_url: https://test.example/
docs_dir: content
exclude_docs: articles/
strict: true
theme:
  name: material
  font: false
plugins:
  - onrecord
"""


# Time on a shared machine says nothing: no example fails for being slow once.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the expected files anew; review the difference")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written anew."""
    return bool(request.config.getoption("--accept"))


def write_project(
    root: Path, record: str = "", articles: Mapping[str, str] | None = None, *, header: str = HEADER, lock: bool = True
) -> Path:
    """A small publication: `header` and `record` make claims.yaml; an article without front matter is given one."""
    (root / ARTICLES).mkdir(parents=True)
    (root / RECORD).write_text(header + record, encoding="utf-8", newline="")
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    for name, text in (articles or {}).items():
        text = text if text.startswith("---") else f"---\nform: report\n---\n\n{text}"
        (root / ARTICLES / f"{name}.md").write_text(text, encoding="utf-8", newline="")
    if lock and (loaded := load(root).record) is not None:
        (root / LOCK).write_text(lock_text(loaded.articles), encoding="utf-8")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small publication into a folder of its own: `project(record, articles)`, see `write_project`."""

    def write(record: str = "", articles: Mapping[str, str] | None = None, **options: Any) -> Path:
        return write_project(tmp_path / "project", record, articles, **options)

    return write


def cases(*folders: str) -> list[Any]:
    """The cases of all YAML files of a folder of tests, as parameters; each knows its `file`."""
    found = []
    for folder in folders:
        for path in sorted((HERE / folder).glob("*.yaml")):
            for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):
                found.append(pytest.param({**case, "file": path.stem}, id=f"{path.stem}: {case['name']}"))
    return found


def under(root: Path, mark: Mark) -> tuple[str, str]:
    """The characters of a file that are under the carets of a mark, and the line on which they are."""
    lines = (root / mark.path).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    line = lines[mark.line - 1]
    return line[mark.column - 1 : mark.column - 1 + max(mark.length, 1)], line.strip()


def check_problems(root: Path, problems: Iterable[Problem], expected: Iterable[Mapping[str, str]] | None) -> None:
    """Compares problems with those of a case: `at`, `says`, and of `in`, `on`, `code`, `level`, `help` what it names.

    `at` are the characters under the carets, with `on`, their line, where the file has them more than once; so line
    and column are held. "1:1" is the file as a whole.
    """
    wanted = [{"in": RECORD, **want} for want in expected or ()]
    real = []
    for p in problems:
        at, on = ("1:1", "") if p.mark[1:] == (1, 1, 1) else under(root, p.mark)
        said = {"code": p.code, "level": p.severity.value, "says": p.message, "help": p.help}
        real.append({"in": p.mark.path, "at": at, "on": on, **said})
    shown = [{key: have[key] for key in want} for have, want in zip(real, wanted, strict=False)]
    assert shown + real[len(wanted) :] == wanted
    for want in wanted:
        if "on" not in want and want["at"] != "1:1":
            text = (root / want["in"]).read_bytes().decode("utf-8-sig", "replace")
            assert text.count(want["at"]) == 1, f'the file has "{want["at"]}" more than once; add "on: ..."'


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication of this repository, built once."""
    return built(ROOT, tmp_path_factory.mktemp("real") / "site")


@pytest.fixture(scope="session")
def address(real_site: Path) -> Iterator[str]:
    """Where the real publication is served."""
    with served(real_site) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium; without one the test fails and says what to install."""
    with launched() as found:
        yield found
