"""The commands: what they print, what they change, and how they end."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from commands import changed, files, run

from generator import cli, lint, plugin
from generator.cli import main
from generator.load import ARTICLES, LOCK, RECORD
from generator.press import Press

EVIDENCE = "{article: wire, stance: mentions, quote: Acme will sell its shop}"
CLAIM = f"""
claims:
  - id: sold
    text: The shop is sold.
    short: Sold
    kind: state
    evidence:
      - {EVIDENCE}
"""
WIRE = {"wire": "On Monday, Acme will sell its shop, it said."}


@pytest.fixture
def publication(project, monkeypatch) -> Path:
    """A small publication without errors; the commands run in it."""
    root = project(CLAIM, WIRE)
    monkeypatch.chdir(root)
    return root


def test_check_of_a_good_record_ends_with_0(publication):
    assert (run("check").exit_code, run("check").output) == (0, "0 errors, 0 warnings\n")


def test_check_of_a_quotation_with_one_word_changed_names_place_article_and_word(publication):
    changed(publication / RECORD, "Acme will sell", "Acme may sell")
    result = run("check")
    assert result.exit_code == 1
    assert result.output == (
        'claims.yaml:23:50: error[quote-verbatim]: this quotation is not in content/articles/wire.md: "may" stands for '
        '"will"\n'
        "  |        - {article: wire, stance: mentions, quote: Acme may sell its shop}\n"
        f"  |  {' ' * 49}{'^' * 22}\n"
        '  = help: line 5 has: "Acme will sell its shop"\n'
        "1 error, 0 warnings\n"
    )


def test_warnings_and_notes_do_not_fail_a_check(publication):
    changed(publication / RECORD, "mentions", "supports")
    result = run("check")
    assert result.exit_code == 0
    assert result.output.endswith("\n0 errors, 1 warning\n")


def test_check_tells_programs_and_github_the_same(publication):
    changed(publication / RECORD, "Acme will sell", "Acme may sell")
    told = json.loads(run("check", "--format", "json").output)
    assert [(p["line"], p["column"], p["code"]) for p in told["problems"]] == [(23, 50, "quote-verbatim")]
    assert run("check", "--format", "github").output.startswith(
        "::error file=claims.yaml,line=23,col=50,endColumn=72,title=quote-verbatim::this quotation is not in"
    )
    assert run("check", "--format", "github").exit_code == run("check", "--format", "json").exit_code == 1


NO_RECORDS = {
    "nothing": b"",
    "broken YAML": b"about: [",
    "no UTF-8": b"\xff",
    "an alias of itself": b"a: &a [*a, *a]",
    "brackets": b"[" * 100_000,
    "a list": b"- a",
    "a date that is none": b"about: {title: T, checked: 2020-9-5, checked: x}",
}


@pytest.mark.parametrize("command", ["check", "fmt", "build"])
@pytest.mark.parametrize("what", NO_RECORDS)
def test_a_record_that_can_t_be_used_ends_with_1_and_a_place(what, command, publication):
    (publication / RECORD).write_bytes(NO_RECORDS[what])
    result = run(command)
    assert result.exit_code == 1
    assert re.match(r"claims\.yaml:\d+:\d+: error\[[a-z0-9-]+\]: ", result.output)
    assert (publication / RECORD).read_bytes() == NO_RECORDS[what]
    assert not (publication / "site").exists()


def test_a_record_that_is_not_there_ends_with_1(publication):
    (publication / RECORD).unlink()
    assert run("check").output.startswith('claims.yaml:1:1: error[missing-file]: "claims.yaml" is not found')
    assert [run(command).exit_code for command in ("check", "fmt", "lock", "build")] == [1, 1, 1, 1]


def test_a_folder_without_a_publication_is_wrong_use(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in ("check", "fmt", "lock", "build"):
        result = run(command)
        assert result.exit_code == 2
        assert "neither mkdocs.yml nor claims.yaml is here or in a folder above" in result.output


def test_commands_work_from_a_folder_below(publication, monkeypatch):
    monkeypatch.chdir(publication / ARTICLES)
    assert run("check").exit_code == 0


@pytest.mark.parametrize("words", [["chek"], ["check", "--format", "xml"], ["check", "extra"], ["explain", "no-such"]])
def test_wrong_use_ends_with_2(words, publication):
    assert run(*words).exit_code == 2


def test_fmt_writes_what_fmt_check_asks_for(publication):
    run("fmt")
    changed(publication / RECORD, "  - id: sale\n    name: The sale", "  - name: The sale\n    id: sale  # kept")
    changed(publication / ARTICLES / "wire.md", "form: report", "form:   'report'")
    before = (publication / RECORD).read_text()
    asked = run("fmt", "--check")
    assert asked.exit_code == 1
    assert re.findall(r"^(\S+): error\[not-canonical\]", asked.output, re.MULTILINE) == [
        "claims.yaml:6:1",
        "content/articles/wire.md:2:1",
    ]
    assert (publication / RECORD).read_text() == before
    assert run("fmt").output == "wrote claims.yaml\nwrote content/articles/wire.md\n"
    assert (run("fmt").exit_code, run("fmt").output) == (0, "")
    assert run("fmt", "--check").exit_code == 0
    assert "# kept" in (publication / RECORD).read_text()
    assert run("check").exit_code == 0  # the words of the articles are as the lock has them


def test_fmt_leaves_alone_what_it_could_not_write_without_loss(publication):
    changed(publication / RECORD, "    short: Sold\n", "    short: Sold\n    short: Gone\n")
    changed(publication / ARTICLES / "wire.md", "form: report", "form: [report")
    before = {path: path.read_bytes() for path in (publication / RECORD, publication / ARTICLES / "wire.md")}
    result = run("fmt")
    assert result.exit_code == 1
    assert set(re.findall(r"error\[(.*?)\]", result.output)) == {"duplicate-key", "yaml-syntax", "wrong-type"}
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("hidden", ["\x85", "\u2028", "\x01", "\ufeff"])
def test_fmt_leaves_characters_alone_that_yaml_would_change(hidden, publication):
    changed(publication / RECORD, "The shop is sold.", f"The shop{hidden} is sold.")
    before = (publication / RECORD).read_bytes()
    assert run("fmt").exit_code == 1
    assert (publication / RECORD).read_bytes() == before


def test_lock_knows_the_stored_texts_again(publication):
    changed(publication / ARTICLES / "wire.md", "it said", "they said")
    assert "error[articles-lock]" in run("check").output
    assert run("lock").output == (
        "wrote articles.lock: 1 articles\n  new or changed: wire\nwrote addresses.lock: 4 addresses, 4 of them new\n"
    )
    assert run("check").exit_code == 0


def test_lock_does_not_bless_articles_that_it_can_t_read(publication):
    before = (publication / LOCK).read_bytes()
    (publication / ARTICLES / "wire.md").write_bytes(b"no front matter")
    assert run("lock").exit_code == 1
    assert (publication / LOCK).read_bytes() == before


def test_explain_lists_every_code_in_one_line_and_explains_it(publication):
    rows = run("explain").output.splitlines()
    codes = [row.split()[0] for row in rows]
    assert codes == sorted(codes)
    assert {*lint.rules(), "yaml-syntax", "build-locked", "internal-error", "waiver-unused"} <= set(codes)
    for row, code in zip(rows, codes, strict=True):
        result = run("explain", code)
        assert result.exit_code == 0
        assert result.output.startswith(f"{code}: {row[24:].strip()}")


def test_explain_names_the_code_that_was_meant(publication):
    assert 'no code "quote-verbatm"; did you mean "quote-verbatim"?' in run("explain", "quote-verbatm").output


def test_help_teaches_what_the_files_are_and_what_each_command_does():
    text = run("--help").output
    assert all(word in text for word in ("claims.yaml", "content/articles/", "onrecord check", *cli.main.commands))
    for name, command in cli.main.commands.items():
        help = run(name, "--help").output
        assert command.help
        assert command.help.count(". ") + command.help.count(".\n") >= 1, f"{name} has no second sentence"
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help
        assert f"Usage: main {name}" in help


def test_a_fault_of_ours_prints_an_id_and_no_traceback(publication, monkeypatch):
    def broken(root):
        raise KeyError("secret of the record")

    monkeypatch.setattr(cli, "read", broken)
    result = run("check")
    assert result.exit_code == 4
    assert re.search(r"error\[internal-error\]: KeyError in test_cli\.broken, report id [0-9a-f]{8}\n", result.output)
    assert "secret" not in result.output
    debug = CliRunner().invoke(cli.main, ["--debug", "check"])
    assert debug.exit_code == 4
    assert "Traceback" in debug.output


def test_a_fault_of_the_machine_ends_with_3(publication, monkeypatch):
    def full(root):
        raise OSError(28, "No space left on device", "site\n::error::x")

    monkeypatch.setattr(cli, "read", full)
    result = run("check")
    assert result.exit_code == 3
    assert result.output == 'error[machine]: No space left on device "siteU+000A::error::x"\n'


def test_build_makes_a_site_and_a_failing_build_leaves_it(publication):
    result = run("build")
    assert (result.exit_code, result.output) == (0, "built site/: 1 claims, 1 articles\n")
    before = files(publication / "site")
    assert "claims/sold/index.html" in before
    changed(publication / RECORD, "Acme will sell", "Acme may sell")
    result = run("build")
    assert result.exit_code == 1
    assert "claims.yaml:23:50: error[quote-verbatim]" in result.output
    assert "the site is left as it was" in result.output
    assert files(publication / "site") == before


def test_build_tells_problems_in_the_form_that_is_asked_for(publication):
    changed(publication / RECORD, "Acme will sell", "Acme may sell")
    assert "::error file=claims.yaml,line=23,col=50," in run("build", "--format", "github").output


def test_build_into_another_folder_leaves_the_site_alone(publication, tmp_path):
    assert run("build", "--site-dir", str(tmp_path / "other")).exit_code == 0
    assert (tmp_path / "other/index.html").is_file()
    assert not (publication / "site").exists()


def test_a_build_beside_another_ends_with_3(publication):
    other = Press(publication / "site")
    other.open()
    result = run("build")
    other.close()
    assert result.exit_code == 3
    assert f"error[build-locked]: process {os.getpid()} is building this site" in result.output


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("plugins:\n  - onrecord\n", "", '"plugins" does not list onrecord'),
        ("name: material", "name: no-such-theme", "error[configuration]"),
        ("site_name: Test", "site_name: [", "error[configuration]"),
    ],
)
def test_a_configuration_that_is_wrong_ends_with_2(old, new, says, publication):
    changed(publication / "mkdocs.yml", old, new)
    result = run("build")
    assert result.exit_code == 2
    assert says in result.output
    assert not (publication / "site").exists()


def program(*words: str, **options) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "generator.cli", *words], text=True, **options)


def test_the_program_itself_builds_and_ends_as_its_commands_do(publication):
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(cli.__file__).parent.parent),
        "PYTHONWARNINGS": "error::ResourceWarning",
    }
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": publication, "env": env}
    with program("build", **pipes) as built:
        assert built.communicate(timeout=60) == ("built site/: 1 claims, 1 articles\n", "")
    (publication / RECORD).write_text("a: &a b")
    with program("build", **pipes) as failed:
        out, err = failed.communicate(timeout=60)
    assert (built.returncode, failed.returncode, out) == (0, 1, "")
    assert "claims.yaml:1:4: error[yaml-anchor]" in err
    assert "Traceback" not in err


def test_a_reader_that_goes_away_is_no_fault(publication):
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parent.parent)}
    reader, writer = os.pipe()
    os.close(reader)
    with program("check", stdout=writer, stderr=subprocess.PIPE, cwd=publication, env=env) as piped:
        os.close(writer)
        _, err = piped.communicate(timeout=60)
    assert err == ""
    assert piped.returncode in (1, -signal.SIGPIPE)


@pytest.mark.parametrize("epoch", ["abc", "", "1e3", "9" * 30, "-" + "9" * 20])
def test_a_date_from_outside_that_is_none_ends_with_2(epoch, publication, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("build")
    assert result.exit_code == 2
    assert "error[configuration]: SOURCE_DATE_EPOCH in the environment is" in result.output


def test_a_pipe_in_the_place_of_the_settings_is_not_waited_for(publication):
    (publication / "mkdocs.yml").unlink()
    os.mkfifo(publication / "mkdocs.yml")
    result = run("build")
    assert (result.exit_code, "the file is missing" in result.output) == (2, True)


def test_a_file_of_the_theme_that_can_t_be_read_is_a_fault_of_the_machine(publication, monkeypatch):
    """It lies where templates lie, but no line of it is wrong."""
    style = Path(cli.__file__).parent / "theme/main.html"

    def unreadable(*_args):
        raise PermissionError(13, "Permission denied", str(style))

    monkeypatch.setattr(plugin, "environment", unreadable)
    result = run("build")
    assert (result.exit_code, result.output) == (3, f'error[machine]: Permission denied "{style}"\n')


def test_a_full_disk_is_told_with_the_folder_that_has_no_room(publication, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Press, "write", full)
    result = run("build")
    assert result.exit_code == 3
    assert re.fullmatch(r'error\[machine\]: No space left on device ".*/\.site\.staging"\n', result.output)
    assert not list(publication.glob(".site*"))


@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_build_whose_output_is_closed_ends_as_any_other(publication, closed):
    shell = f'exec "$0" -m generator.cli build --no-search {closed}>&-'
    assert subprocess.run(["sh", "-c", shell, sys.executable], cwd=publication).returncode == 0
    assert (publication / "site/claims/sold/index.html").exists()


@pytest.mark.parametrize(("fault", "named"), [(errno.ENOSPC, True), (errno.EAGAIN, False), (errno.EMFILE, False)])
def test_only_what_has_no_room_on_the_disk_is_told_of_the_folder(publication, monkeypatch, fault, named):
    def failing(*_):
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(plugin.workers, "spread", failing)
    result = run("build", "--no-search")
    assert result.exit_code == 3
    assert result.output.startswith(f"error[machine]: {os.strerror(fault)}")
    assert (".site.staging" in result.output) is named


@pytest.mark.parametrize(
    "words",
    [
        ("new", "article", "--id", "a", "{}"),
        ("import", "claimreview", "{}"),
        ("import", "csv", "{}"),
        ("init", "new", "--from-claimreview", "{}"),
        ("check", "--against", "{}"),
        ("selftest", "--cases", "{}"),
    ],
)
def test_a_path_on_the_command_line_that_is_not_there_is_wrong_use_in_one_form(words, publication, monkeypatch):
    monkeypatch.chdir(publication)
    folder = words[0] in ("check", "selftest")
    for path, said in (
        ("none", "not found"),
        *((("claims.yaml", "not a folder"),) if folder else (("content", "not a plain file"),)),
    ):
        result = run(*(word.format(path) for word in words))
        assert result.exit_code == 2
        assert result.stderr.endswith(f'Error: "{path}" is {said}\n')


def commands(group: click.Group, *above: str) -> Iterator[tuple[str, ...]]:
    yield above
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)
        else:
            yield (*above, name)


@pytest.mark.parametrize("words", [*commands(main)], ids=lambda words: " ".join(words) or "onrecord")
def test_help_fits_a_terminal_of_80_columns_and_is_not_cut_short(words, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    said = run(*words, "--help").stdout.splitlines()
    assert [line for line in said if len(line) > 80] == []
    listed = said[said.index("Commands:") :] if "Commands:" in said else []
    assert [line for line in listed if line.endswith("...")] == []
