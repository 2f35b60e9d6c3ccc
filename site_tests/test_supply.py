"""What is installed, built, released: locks with hashes and above the floors, a bill of materials, pinned actions."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from security import limits
from security.sbom import Locked, document, faults, locked

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "generator/starter/common"
LOCKS = ("requirements.lock", "security/fuzz.lock", "generator/starter/common/requirements.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

_FLOOR = re.compile(r"([a-z0-9-]+)>=([0-9.]+) +(CVE-\d{4}-\d{4,}|GHSA(?:-[a-z0-9]{4}){3}) +(\S.*)")


def lines(lock: str) -> list[Locked]:
    return list(locked((ROOT / lock).read_text(encoding="utf-8")))


def floors() -> dict[str, tuple[Version, str]]:
    """Each package's floor and the advisory that set it."""
    text = (ROOT / "security/floors.txt").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            match = _FLOOR.fullmatch(line)
            assert match, line
            found[match[1]] = Version(match[2]), match[3]
    return found


def below(package: str, version: str) -> str | None:
    """What a version is open to, by the floors."""
    floor = floors().get(package)
    return f"{package} {version} is open to {floor[1]}" if floor and Version(version) < floor[0] else None


def test_floors_are_sorted_and_each_is_for_something_that_is_locked():
    named = list(floors())
    assert named == sorted(named)
    assert set(named) <= {line.name for line in lines("requirements.lock")}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_for_every_line_no_address_and_nothing_with_a_known_fault(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert len(lines(lock)) == len(re.findall(r"^[^\s#]", text, re.MULTILINE)), "a line without hashes"
    assert "://" not in text
    assert "--index" not in text
    assert [fault for line in lines(lock) if (fault := below(line.name, line.version))] == []


def test_a_version_below_a_floor_is_found():
    assert below("jinja2", "3.1.5") == "jinja2 3.1.5 is open to CVE-2025-27516"
    assert below("jinja2", "3.1.6") is None
    assert below("jinja2", "3.2") is None


def test_what_we_ask_for_by_name_allows_nothing_with_a_known_fault():
    """Where no lock is used, as with `pip install onrecord`, these lines are all that holds."""
    project = PROJECT["project"]
    extras = project["optional-dependencies"].values()
    asked = [
        *PROJECT["build-system"]["requires"],
        *project["dependencies"],
        *(line for lines in extras for line in lines),
    ]
    for requirement in map(Requirement, asked):
        least = [s.version for s in requirement.specifier if s.operator in (">=", "==")]
        assert least or not below(canonicalize_name(requirement.name), "0"), requirement
        assert [below(canonicalize_name(requirement.name), version) for version in least] == [None] * len(least)


def test_a_new_publication_is_given_the_versions_that_are_tested_here():
    ours = {(line.name, line.version) for line in lines("requirements.lock")}
    theirs = {(line.name, line.version) for line in lines("generator/starter/common/requirements.lock")}
    assert theirs <= ours
    assert {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]} <= {
        name for name, _ in theirs
    }


def installs(text: str) -> list[str]:
    """Commands that install packages, with the variables of the Makefile in their place."""
    variables = dict(re.findall(r"^(\w+) :?= (.*)$", text, re.MULTILINE))
    for _ in range(3):
        text = re.sub(r"\$\((\w+)\)", lambda m: variables.get(m[1], m[0]), text)
    return [line.strip() for line in text.splitlines() if line.startswith("\t") and "pip install" in line]


@pytest.mark.parametrize("makefile", ["Makefile", f"{STARTER.relative_to(ROOT)}/Makefile"])
def test_everything_that_is_installed_is_held_to_its_hash_but_ourselves(makefile):
    found = installs((ROOT / makefile).read_text(encoding="utf-8"))
    assert len(found) >= 2
    for command in found:
        assert "--no-deps" in command
        ourselves = "--editable ." in command or command.endswith("-r requirements.txt")
        assert ("--require-hashes" in command) is not ourselves, command
    named = (STARTER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in named if not line.startswith("#")] == ["onrecord=={{version}}"]


SCRIPTS = [path for folder in (".ci", ".github") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_script_and_no_workflow_installs_anything_by_itself(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(pip3?|uv|pipx|npm|npx|apt-get) +(install|sync|add|tool|run|i)\b|\buvx\b|curl|wget", text)


@pytest.mark.parametrize("folder", [ROOT, STARTER], ids=["here", "starter"])
def test_no_plugin_but_ours_is_loaded_and_nothing_else_that_is_code(folder):
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    settings = yaml.load(text.replace("{{title}}", "x").replace("{{address}}", ""), yaml.BaseLoader)
    assert [next(iter(p)) if isinstance(p, dict) else p for p in settings["plugins"]] == ["onrecord"]
    code = {"hooks", "markdown_extensions", "INHERIT", "extra_javascript", "extra_templates", "extra_css"}
    assert code.isdisjoint(settings)
    assert "custom_dir" not in settings["theme"]


def test_only_a_job_that_runs_none_of_our_code_may_release():
    """Building and testing run what dozens of packages brought; such a job must hold no right to sign or publish."""
    workflow = yaml.load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert list(workflow["on"]) == ["push"]
    assert list(workflow["on"]["push"]) == ["tags"]
    for name, job in workflow["jobs"].items():
        writes = {right for right, level in job["permissions"].items() if level == "write"}
        runs = [step["run"] for step in job["steps"] if "run" in step]
        assert not writes or not any("make" in command or ".ci" in command for command in runs), name
        assert "id-token" not in writes or name in ("attest", "publish")
    assert workflow["jobs"]["publish"]["environment"] == "release"
    assert set(workflow["jobs"]["publish"]["needs"]) >= {"build", "attest"}


@pytest.fixture(scope="module")
def bill() -> str:
    return document((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_the_bill_of_materials_is_valid_by_the_schema_and_the_same_each_time(bill):
    assert faults(bill) is None
    assert faults(bill.replace('"library"', '"libary"', 1)) is not None
    assert bill == document((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert "timestamp" not in bill


def test_the_bill_of_materials_has_every_line_of_the_lock_with_its_hashes_and_what_needs_what(bill):
    data = json.loads(bill)
    assert (data["bomFormat"], data["specVersion"]) == ("CycloneDX", "1.6")
    found = {(c["name"], c["version"]): c for c in data["components"]}
    assert sorted(found) == sorted((line.name, line.version) for line in lines("requirements.lock"))
    for line in lines("requirements.lock"):
        (files,) = found[line.name, line.version]["externalReferences"]
        assert sorted(item["content"] for item in files["hashes"]) == sorted(line.hashes)
    scopes = {name: component["scope"] for (name, _), component in found.items()}
    assert (scopes["mkdocs"], scopes["urllib3"], scopes["lxml"], scopes["pytest"]) == (
        *("required", "required"),
        *("optional", "excluded"),
    )
    starter = {line.name for line in lines("generator/starter/common/requirements.lock")}
    assert {name for name, scope in scopes.items() if scope == "required"} == starter
    below = {entry["ref"]: entry.get("dependsOn", []) for entry in data["dependencies"]}
    assert any(ref.startswith("pkg:pypi/mkdocs@") for ref in below["onrecord"])
    assert any(ref.startswith("pkg:pypi/markupsafe@") for ref in below[f"pkg:pypi/jinja2@{found_version(found)}"])


def found_version(found: dict[tuple[str, str], object]) -> str:
    return next(version for name, version in found if name == "jinja2")


def test_a_lock_that_is_not_what_is_installed_makes_no_bill_of_materials():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match=r"jinja2 .* is installed, 3\.1\.5 is locked"):
        document(re.sub(r"^jinja2==\S+", "jinja2==3.1.5", text, flags=re.MULTILINE))


def test_the_program_writes_the_bill_of_materials(tmp_path, bill):
    target = tmp_path / "b.json"
    subprocess.run([sys.executable, ROOT / "security/sbom.py", target], check=True)
    assert target.read_text(encoding="utf-8") == bill


def test_the_page_of_limits_is_current_and_has_every_limit_of_the_reader(monkeypatch):
    written = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
    assert written == limits.page(), 'run "make docs/limits.md"'
    for name, number in limits.LIMITS.items():
        monkeypatch.setattr(limits, "LIMITS", {**limits.LIMITS, name: number * 3})
        assert limits.page() != written, f'"{name}" is told nowhere'
        monkeypatch.undo()


def test_the_files_that_the_page_of_threats_names_as_walls_and_tests_are_there():
    text = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)`", text)
    assert len(named) >= 8
    assert [name for name in named if not (ROOT / "site_tests" / name).is_file()] == []
    paths = re.findall(r"`((?:generator|security|site_tests|\.ci|\.github)/[\w./-]+)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
