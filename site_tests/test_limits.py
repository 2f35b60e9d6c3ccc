"""Whoever runs the program may set limits; a word that sets none is told."""

import pytest
from commands import run
from publications import MINI
from sites import built

from generator import limits
from generator.limits import LIMITS, VARIABLE, set_limits


@pytest.fixture(autouse=True)
def restored():
    before = dict(LIMITS)
    yield
    limits._LIMITS.update(before)


def test_a_limit_that_is_set_holds(monkeypatch):
    monkeypatch.chdir(MINI)
    assert run("check").exit_code == 0
    monkeypatch.setenv(VARIABLE, "claims=3 depth=20")
    ended = run("check")
    assert "error[too-large]: more than 3 claims" in ended.output
    assert ended.exit_code == 1
    assert LIMITS["depth"] == 20


@pytest.mark.parametrize("said", ["claims", "claims=", "claims=0", "claims=-1", "claim=3", "claims=3 x", "claims=1e9"])
def test_a_word_that_sets_no_limit_is_told_and_sets_nothing(monkeypatch, said):
    before = dict(LIMITS)
    with pytest.raises(ValueError, match=r"is not a name and a whole number|there is no limit"):
        set_limits(said)
    assert before == LIMITS
    monkeypatch.chdir(MINI)
    monkeypatch.setenv(VARIABLE, said)
    ended = run("check")
    assert ended.exit_code == 2
    assert f"Error: {VARIABLE}: " in ended.output


def test_mkdocs_keeps_to_it_too(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, "claims=none")
    with pytest.raises(SystemExit):
        built(MINI, tmp_path / "site")
