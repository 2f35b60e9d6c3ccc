"""Git is asked and nothing else: whatever a repository lacks or holds, no program starts and no build fails."""

import pytest
from publications import write_project
from repositories import ADDED, CLAIM, CONFLICT, DISPUTE, EARLIER, WORDS, Repository, git, record

from generator import revisions
from generator.history import past
from generator.load import RECORD
from generator.past import Past


def test_without_a_repository_without_git_and_without_a_commit_nothing_is_told(repo, tmp_path, monkeypatch):
    plain = write_project(tmp_path / "plain", record(CLAIM), WORDS, header="")
    assert past(plain, 200) == Past()
    repo.write(record(CLAIM))
    assert past(repo.root, 200) == Past()  # no commit yet
    git(repo.top, "commit", "-q", "--allow-empty", "-m", "Nothing")
    assert past(repo.root, 200) == Past()  # the record is not committed
    repo.commit("2026-01-01")
    assert repo.told() == [ADDED]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert past(repo.root, 200) == Past()


def test_an_object_that_is_not_there_leaves_the_past_untold(repo):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-02", record(CLAIM + DISPUTE))
    blob = git(repo.top, "rev-parse", f"HEAD~1:{RECORD}").strip()
    (repo.top / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert past(repo.root, 200) == Past()


def test_links_and_submodules_of_a_past_state_are_not_followed(repo):
    repo.write(record(CLAIM))
    (repo.root / RECORD).rename(repo.root / "elsewhere.yaml")
    (repo.root / RECORD).symlink_to("elsewhere.yaml")
    git(repo.top, "add", "-A")
    repo.commit("2026-01-01")
    (repo.root / RECORD).unlink()
    repo.commit("2026-01-02", record(CLAIM))
    assert repo.told() == [f"{ADDED.replace('01-01', '01-02')} {EARLIER}"]


HOSTILE = """
[core]
    fsmonitor = {trap}
    hooksPath = {hooks}
    pager = {trap}
    sshCommand = {trap}
    editor = {trap}
    askPass = {trap}
    alternateRefsCommand = {trap}
    gitProxy = {trap}
[pager]
    rev-list = {trap}
[diff]
    external = {trap}
[diff "trap"]
    textconv = {trap}
    command = {trap}
[filter "trap"]
    smudge = {trap}
    clean = {trap}
    process = {trap}
[gpg]
    program = {trap}
[log]
    showSignature = true
[alias]
    rev-list = !{trap}
    cat-file = !{trap}
[credential]
    helper = !{trap}
[extensions]
    partialClone = origin
[remote "origin"]
    url = {url}
    promisor = true
    uploadpack = {trap}
    vcs = trap
"""


@pytest.mark.parametrize("url", ["ssh://host.invalid/x", "ext::{trap}", "https://host.invalid/x", "/nowhere"])
@pytest.mark.parametrize("complete", [True, False])
def test_no_setting_of_a_repository_makes_git_start_a_program(repo, tmp_path, url, complete):
    repo.commit("2026-01-01", record(CLAIM))
    (repo.top / ".gitattributes").write_text("* diff=trap filter=trap\n")
    repo.commit("2026-01-02", record(CLAIM + DISPUTE))
    (repo.top / "sub").mkdir()
    git(repo.top, "mv", RECORD, "content", "sub")
    git(repo.top, "commit", "-q", "-m", "Move", day="2026-01-03T12:00:00Z")
    sprung = tmp_path / "sprung"
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    trap = hooks / "trap"
    trap.write_text(f"#!/bin/sh\necho $0 $@ >> '{sprung}'\n")
    trap.chmod(0o755)
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / name).symlink_to(trap)
    if not complete:
        blob = git(repo.top, "rev-parse", f"HEAD~2:{RECORD}").strip()
        (repo.top / ".git/objects" / blob[:2] / blob[2:]).unlink()
    text = HOSTILE.format(trap=trap, hooks=hooks, url=url.format(trap=trap))
    (repo.top / ".git/config").write_text((repo.top / ".git/config").read_text() + text)
    (repo.top / ".git/info/attributes").write_text("* diff=trap filter=trap\n")
    inner = Repository(repo.top, repo.top / "sub")
    assert inner.told() == ([f"2026-01-02: {CONFLICT}", ADDED] if complete else [])
    assert not sprung.exists(), sprung.read_text()


def test_the_environment_of_a_build_reaches_neither_git_nor_the_page(repo, tmp_path, monkeypatch):
    repo.commit("2026-01-01", record(CLAIM))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_TRACE", "GIT_EXTERNAL_DIFF"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    assert repo.told() == [ADDED]
    assert not (tmp_path / "elsewhere").exists()


def test_git_that_lies_in_the_publication_is_not_started(repo, monkeypatch):
    repo.commit("2026-01-01", record(CLAIM))
    trap = repo.root / "git"
    trap.write_text("#!/bin/sh\nexit 1\n")
    trap.chmod(0o755)
    monkeypatch.setenv("PATH", str(repo.root))
    with pytest.raises(revisions.Lost, match="not installed"), revisions.repository(repo.root):
        pass
