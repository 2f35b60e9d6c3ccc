"""How a change is reviewed: the workflows, the judge that the base lends, the hooks, and who must agree."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import changed, run

from generator.addresses import LOCK as ADDRESSES

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
CLAIMS = """\
claims:
  - id: sale
    text: The shop was sold.
    short: The sale
    kind: event
    date: 2020-09-14
    date_basis: stated
    evidence:
      - {article: wire, stance: supports, quote: The shop was sold}
  - id: price
    text: The shop cost a million.
    short: The price
    kind: number
    evidence:
      - {article: wire, stance: supports, quote: It cost a million}
"""
WIRE = {"wire": "The shop was sold on Monday. It cost a million."}


def steps(name: str) -> dict[str, dict[str, Any]]:
    """The steps of a workflow by their names."""
    flow = yaml.load((ROOT / ".github/workflows" / name).read_text(), yaml.BaseLoader)
    return {step["name"]: step for job in flow["jobs"].values() for step in job["steps"]}


# Workflows


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_holds_what_review_rests_on(path):
    text = path.read_text()
    flow = yaml.load(text, yaml.BaseLoader)
    assert "pull_request_target" not in text
    assert "workflow_run" not in text
    assert "secrets." not in text
    assert "actions/cache" not in text
    assert flow["permissions"] == {}
    assert flow["concurrency"]["group"]
    for job in flow["jobs"].values():
        assert int(job["timeout-minutes"]) <= 120
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"(actions/[a-z-]+|pypa/gh-action-pypi-publish)@[0-9a-f]{40}", step["uses"])
                assert re.search(re.escape(step["uses"]) + r" # v\d+\.\d+\.\d+\n", text)
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"
            assert "${{" not in step.get("run", ""), "no text of an event reaches a shell"


def test_the_check_of_a_pull_request_reads_and_nothing_else():
    flow = yaml.load((ROOT / ".github/workflows/check.yml").read_text(), yaml.BaseLoader)
    assert list(flow["on"]) == ["pull_request"]
    assert [job["permissions"] for job in flow["jobs"].values()] == [{"contents": "read"}] * 3


def test_who_may_write_runs_nothing_of_the_repository_and_of_the_web():
    for name in ("publish.yml", "links.yml", "release.yml"):
        flow = yaml.load((ROOT / ".github/workflows" / name).read_text(), yaml.BaseLoader)
        for job in flow["jobs"].values():
            if "write" in job["permissions"].values():
                assert not any(step.get("uses", "").startswith("actions/checkout@") for step in job["steps"])
                assert job["needs"]


@pytest.mark.parametrize("place", [".github", "generator/starter/common/github"])
def test_what_is_published_is_proved_right_before_it_is_handed_on(place):
    flow = yaml.load((ROOT / place / "workflows/publish.yml").read_text(), yaml.BaseLoader)
    steps = flow["jobs"]["build"]["steps"]
    assert steps[-1]["uses"].startswith("actions/upload-pages-artifact@")
    last = steps[-2]["run"]
    if last == "make test":
        recipe = (ROOT / place).with_name("Makefile").read_text().split("\ntest: ")[1].split("\n\n")[0]
        last = recipe.splitlines()[-1]
    assert re.search(r"(onrecord|\(ONRECORD\)) verify-site site$", last)


def test_the_linters_of_workflows_find_nothing():
    for command in (["actionlint"], ["zizmor", "--quiet", "--offline", "--persona", "auditor", ".github"]):
        found = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True)
        assert found.returncode == 0, found.stdout + found.stderr


def test_every_script_that_a_workflow_runs_is_there_and_can_be_run():
    named = {word for flow in WORKFLOWS for word in re.findall(r"(?:base/)?(\.ci/\w+)", flow.read_text())}
    assert named == {".ci/run", ".ci/judge", ".ci/links", ".ci/release"}
    assert all(os.access(ROOT / name, os.X_OK) for name in named)
    made = {word for flow in WORKFLOWS for word in re.findall(r"make ([a-z]+)", flow.read_text())}
    assert made <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


# The judge


@pytest.fixture
def states(project, tmp_path) -> tuple[Path, Path, Path]:
    """Base and head of a change, and the file of the summary; the base has this program as its own."""
    base = project(CLAIMS, WIRE)
    (base / ADDRESSES).write_text("claims/price/\nclaims/sale/\nentities/acme/\nentities/buyer/\nsources/wire/\n")
    (base / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/judge", base / ".ci/judge")
    (base / "Makefile").write_text("ready:\n\t@true\n")
    (base / ".venv").symlink_to(BIN.parent)
    head = tmp_path / "head"
    shutil.copytree(base, head, ignore=shutil.ignore_patterns(".venv"))
    return base, head, tmp_path / "summary.md"


def judge(states: tuple[Path, Path, Path]) -> tuple[int, str, str]:
    """Runs the step of the workflow as it stands there, in a folder with both states."""
    base, head, summary = states
    workspace = summary.parent / "workspace"
    workspace.mkdir(exist_ok=True)
    for name, folder in (("base", base), ("head", head)):
        (workspace / name).unlink(missing_ok=True)
        (workspace / name).symlink_to(folder)
    script = steps("check.yml")["Judge"]["run"]
    environ = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    summary.unlink(missing_ok=True)
    result = subprocess.run(
        ["bash", "-e", "-c", script], cwd=workspace, env=environ, capture_output=True, text=True, timeout=120
    )
    assert "Traceback" not in result.stdout + result.stderr
    return result.returncode, result.stdout, summary.read_text() if summary.exists() else ""


def test_a_harmless_change_passes_and_is_told_in_the_summary(states):
    _, head, _ = states
    changed(head / "claims.yaml", "short: The price", "short: What it cost")
    code, told, summary = judge(states)
    assert (code, told.splitlines()[-1].split(",")[0]) == (0, "0 errors")
    assert "What it cost" in summary


def test_a_quotation_that_does_not_stand_is_annotated_at_its_line(states):
    _, head, _ = states
    changed(head / "claims.yaml", "quote: It cost a million", "quote: It cost two million")
    code, told, _ = judge(states)
    assert code == 1
    assert re.search(r"^::error file=claims\.yaml,line=\d+,col=\d+,.*title=quote-verbatim::", told, re.MULTILINE)


def test_an_article_and_its_lock_and_a_quotation_can_not_be_changed_together_unseen(states):
    _, head, _ = states
    changed(head / "content/articles/wire.md", "a million", "two million")
    changed(head / "claims.yaml", "quote: It cost a million", "quote: It cost two million")
    assert run_in(head, "lock").returncode == 0
    assert run_in(head, "check").returncode == 0  # by its own lock all is well
    code, _, summary = judge(states)
    assert code == 1
    assert "two million" in summary


def test_a_published_address_can_not_be_dropped_with_its_line_in_the_list(states):
    _, head, _ = states
    text = (head / "claims.yaml").read_text()
    (head / "claims.yaml").write_text(text[: text.index("  - id: price")])
    changed(head / ADDRESSES, "claims/price/\n", "")
    assert run_in(head, "check").returncode == 0  # by its own list all is well
    code, told, _ = judge(states)
    assert code == 1
    assert 'title=address-struck::"claims/price/" is published, and nothing answers there any more' in told


def test_the_program_and_the_settings_of_a_change_are_not_run_by_its_judge(states):
    _, head, _ = states
    bait = head / "ran"
    (head / "Makefile").write_text(f"ready:\n\ttouch {bait}\n")
    (head / "mkdocs.yml").write_text(f"a: !!python/object/apply:os.system ['touch {bait}']\n")
    for folder in ("generator", "onrecord", ".ci"):
        (head / folder).mkdir(exist_ok=True)
        (head / folder / "__init__.py").write_text(f"open({str(bait)!r}, 'w')\n")
    (head / "sitecustomize.py").write_text(f"open({str(bait)!r}, 'w')\n")
    changed(head / "claims.yaml", "It cost a million}", "It cost two million}")
    assert judge(states)[0] == 1
    assert not bait.exists()


def test_no_text_of_a_change_becomes_a_command_of_the_runner(states):
    _, head, _ = states
    changed(head / "claims.yaml", "kind: number", 'kind: "x\\n::set-output name=a::b%0A::error::c ##[warning]d"')
    _, told, summary = judge(states)
    lines = (told + summary).splitlines()
    assert not [
        line for line in lines if line.startswith("::") and not re.match("::(error|warning|notice) file=", line)
    ]
    assert "##[" not in told + summary


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BIN / "onrecord", *arguments], cwd=folder, capture_output=True, text=True, timeout=120)


# Addresses


def test_check_against_another_state_wants_every_address_of_it_answered(project, tmp_path, monkeypatch):
    root = project(CLAIMS, WIRE)
    base = tmp_path / "base"
    shutil.copytree(root, base)
    (base / ADDRESSES).write_text("claims/sale/\nclaims/older/\n")
    (root / ADDRESSES).write_text("claims/sale/\n")
    monkeypatch.chdir(root)
    result = run("check", "--against", str(base))
    assert result.exit_code == 1
    assert 'error[address-struck]: "claims/older/" is published' in result.output
    changed(root / "claims.yaml", "short: The price\n", "short: The price\n    former_ids: [older]\n")
    result = run("check", "--against", str(base))
    assert 'error[address-struck]: "claims/older/" was struck from the list' in result.output
    (root / ADDRESSES).write_text("claims/older/\nclaims/sale/\n")
    assert run("check", "--against", str(base)).exit_code == 0
    (base / "claims.yaml").write_text("[")
    assert run("check", "--against", str(base)).exit_code == 2
    assert run("check", "--against", str(root / "nowhere")).exit_code == 2


# Previews


def test_each_page_of_a_preview_says_that_nobody_reviewed_it_and_is_for_no_search_engine(project, monkeypatch):
    root = project(CLAIMS, WIRE)
    monkeypatch.chdir(root)
    assert run("build", "--unreviewed", "--site-dir", "preview").exit_code == 0
    pages = list((root / "preview").rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        html = page.read_text()
        assert '<meta name="robots" content="noindex">' in html, page
        assert "Unreviewed preview" in html, page
    assert not (root / "preview/sitemap.xml").exists()
    assert run("build").exit_code == 0
    assert not [page for page in (root / "site").rglob("*.html") if "Unreviewed" in page.read_text()]
    assert (root / "site/sitemap.xml").exists()


# The weekly look at the originals


@pytest.mark.parametrize(("open_issue", "does"), [("", "issue create"), ("7", "issue edit 7")])
def test_a_report_goes_into_the_open_issue_or_a_new_one(open_issue, does, tmp_path):
    (tmp_path / "gh").write_text(f'#!/bin/sh\necho "$@" >> calls\ncase "$2" in list) echo "{open_issue}";; esac\n')
    (tmp_path / "gh").chmod(0o755)
    script = steps("links.yml")["Write it into the open issue, or into a new one"]["run"]
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=environ, check=True)
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[0].startswith("label create original-articles")
    assert calls[2].startswith(does)
    assert calls[2].endswith("--body-file links.md")


@pytest.mark.parametrize(("code", "found"), [(0, "found=false\n"), (1, "found=true\n"), (3, None)])
def test_the_look_at_the_originals_tells_findings_from_faults(code, found, tmp_path):
    for name in (".ci", ".venv/bin"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(ROOT / ".ci/links", tmp_path / ".ci/links")
    (tmp_path / "Makefile").write_text("ready:\n\t@true\n")
    (tmp_path / ".venv/bin/onrecord").write_text(f"#!/bin/sh\necho report\nexit {code}\n")
    (tmp_path / ".venv/bin/onrecord").chmod(0o755)
    script = steps("links.yml")["Look"]["run"]
    environ = {**os.environ, "GITHUB_OUTPUT": str(tmp_path / "output")}
    result = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=environ, capture_output=True)
    assert result.returncode == (code if found is None else 0)
    assert ((tmp_path / "output").read_text() if (tmp_path / "output").exists() else None) == found


# Forms and owners


def test_the_forms_are_such_as_github_reads():
    for path in sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")):
        form = yaml.load(path.read_text(), yaml.BaseLoader)
        if path.name == "config.yml":
            continue
        assert {"name", "description", "body"} <= form.keys()
        assert len(form["name"]) > 3
        inputs = [part for part in form["body"] if part["type"] != "markdown"]
        assert len({part["id"] for part in inputs}) == len(inputs)
        for part in inputs:
            assert part["type"] in ("input", "textarea", "dropdown", "checkboxes")
            assert part["attributes"]["label"]
            if part["type"] in ("dropdown", "checkboxes"):
                assert len(part["attributes"]["options"]) == len({str(o) for o in part["attributes"]["options"]})
        assert any(part.get("validations", {}).get("required") == "true" for part in inputs)


def test_owners_are_named_by_one_command_and_nobody_is_before(tmp_path):
    (tmp_path / ".github").mkdir()
    shutil.copy(ROOT / "Makefile", tmp_path)
    owners = Path(shutil.copy(ROOT / ".github/CODEOWNERS", tmp_path / ".github"))
    assert all(line.startswith("#") for line in owners.read_text().splitlines())
    assert subprocess.run(["make", "owners"], cwd=tmp_path, capture_output=True).returncode == 2
    command = ["make", "owners", "EDITORS=@desk/editors", "MAINTAINERS=@desk/maintainers"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    rows = [line.split() for line in owners.read_text().splitlines()]
    assert rows[0] == ["*", "@desk/maintainers"]
    assert ["/claims.yaml", "@desk/editors"] in rows
    assert {row[1] for row in rows} == {"@desk/editors", "@desk/maintainers"}
    for pattern, _ in rows[1:]:
        assert pattern == "/claims/" or (ROOT / pattern.strip("/")).exists(), pattern  # which may be there one day


# Hooks


@pytest.fixture
def repository(project, monkeypatch) -> Path:
    """A publication in a git repository, with the hooks that this one offers, run by the program of this one."""
    root = project(CLAIMS, WIRE)
    hooks = yaml.load((ROOT / ".pre-commit-hooks.yaml").read_text(), yaml.BaseLoader)
    for hook in hooks:
        assert hook["language"] == "python"  # elsewhere it is installed; here it is, and nothing is fetched
        hook |= {"language": "system", "entry": f"{BIN}/{hook['entry']}", "pass_filenames": False}
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
    assert run_in(root, "fmt").returncode == 0
    for name, value in {"HOME": str(root.parent), "GIT_CONFIG_GLOBAL": "", "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(root.parent / "pre-commit"))
    git(root, "init", "-q")
    git(root, "config", "user.name", "A test")
    git(root, "config", "user.email", "test@test.example")
    subprocess.run([BIN / "pre-commit", "install"], cwd=root, check=True, capture_output=True)
    git(root, "add", "-A")
    assert git(root, "commit", "-qm", "First").returncode == 0
    return root


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, timeout=120)


def test_a_commit_with_a_quotation_that_does_not_stand_is_stopped(repository):
    changed(repository / "claims.yaml", "quote: It cost a million", "quote: It cost two million")
    git(repository, "add", "-A")
    result = git(repository, "commit", "-qm", "Change")
    assert result.returncode == 1
    assert "error[quote-verbatim]" in result.stdout + result.stderr


def test_a_commit_gets_the_canonical_form_before_it_is_made(repository):
    changed(repository / "claims.yaml", "short: The price", "short:   'The price'")
    git(repository, "add", "-A")
    assert git(repository, "commit", "-qm", "Change").returncode == 1
    assert "short: The price\n" in (repository / "claims.yaml").read_text()
    changed(repository / "claims.yaml", "short: The price", "short: Price")
    git(repository, "add", "-A")
    assert git(repository, "commit", "-qm", "Change").returncode == 0


def test_a_commit_of_something_else_asks_nothing(repository):
    (repository / "notes.txt").write_text("x")
    git(repository, "add", "-A")
    result = git(repository, "commit", "-m", "Notes")
    assert result.returncode == 0
    assert result.stderr.count("Skipped") == 2


def test_the_hooks_of_this_repository_are_valid():
    for command in (["validate-manifest", ".pre-commit-hooks.yaml"], ["validate-config", ".pre-commit-config.yaml"]):
        subprocess.run([BIN / "pre-commit", *command], cwd=ROOT, check=True, capture_output=True)
