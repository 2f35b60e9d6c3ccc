"""Fixtures of all tests: publications to write to, sites that are only read, a browser, and `--accept`."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from browser import launched, served
from hypothesis import settings
from playwright.sync_api import Browser
from publications import HERE, MINI, ROOT, write_hostile, write_project
from repositories import Repository, begun
from sites import built

pytest.register_assert_rewrite("cases", "commands")  # their assertions tell as much as those of tests

# Time on a shared machine says nothing: no example fails for being slow once.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """What builds keep in the user's cache is kept in one of these tests, from before our modules look for it."""
    folder = tempfile.mkdtemp(prefix="onrecord-tests-")
    os.environ["XDG_CACHE_HOME"] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the expected files anew; review the difference")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written anew."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small publication into a folder of its own: `project(record, articles)`, see `write_project`."""

    def write(record: str = "", articles: Mapping[str, str] | None = None, **options: Any) -> Path:
        return write_project(tmp_path / "project", record, articles, **options)

    return write


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """A repository without commits; a publication is to lie at its top."""
    return begun(tmp_path / "repository")


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small publication."""
    return built(MINI, tmp_path_factory.mktemp("mini") / "site")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small publication with nasty text behind every text that readers see."""
    folder = tmp_path_factory.mktemp("hostile")
    return built(write_hostile(folder / "project"), folder / "site")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sites of the publications in other languages, by their names."""
    folder = tmp_path_factory.mktemp("languages")
    return {name: built(HERE / "projects" / name, folder / name) for name in ("arabic", "chinese")}


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
