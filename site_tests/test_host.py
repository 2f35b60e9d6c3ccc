"""MkDocs as the shell uses it: strict builds, what is refused, a bar for long builds."""

import io
import os
import re
import sys
from pathlib import Path

import pytest
from commands import run
from publications import SHOP

from generator import host, plugin


@pytest.fixture
def publication(project, monkeypatch) -> Path:
    root = project(SHOP, {"wire": "The shop was sold on Monday."})
    monkeypatch.chdir(root)
    return root


def test_a_warning_of_mkdocs_leaves_the_site_as_it_was(publication):
    assert run("build").exit_code == 0
    before = (publication / "site/index.html").read_bytes()
    (publication / "content/index.md").write_text("# New\n\n[gone](gone.md)\n")
    result = run("build")
    assert result.exit_code == 1
    assert "warnings are errors (strict): the site is left as it was" in result.stderr
    assert (publication / "site/index.html").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("name: material", "name: readthedocs", '7:9: error[configuration]: "theme" must be material'),
        ("theme:\n  name: material\n  font: false\n", "", '1:1: error[configuration]: "theme" must be material'),
        ("strict: true", "use_directory_urls: no", '5:1: error[configuration]: "use_directory_urls" must be true'),
        ("  - onrecord", "  - search", '9:1: error[configuration]: "plugins" does not list onrecord'),
        (
            "  - onrecord\n",
            "  - onrecord\nextra: [\n",
            "11:8: error[configuration]: did not find expected node content",
        ),
        ("site_name: Test\n", "", '1:1: error[configuration]: "site_name" is missing'),
        ("site_name: Test", "site_name: [", "3:9: error[configuration]: did not find expected"),
        (
            "strict: true",
            "strict: true\n\tx: 1",
            "6:1: error[configuration]: found a tab character",
        ),
        ("strict: true", f"nav: {'[' * 100_000}", "5:69: error[configuration]: more than 64 levels of nesting"),
        ("site_name: Test", "site_name: T\0", "1:13: error[not-utf8]"),
    ],
)
def test_a_configuration_that_can_t_carry_our_pages_is_refused(old, new, says, publication):
    path = publication / "mkdocs.yml"
    path.write_text(path.read_text().replace(old, new))
    result = run("build")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"mkdocs.yml:{says}")
    assert "\n  = help: " in result.stderr
    assert str(publication) not in result.stderr
    assert not (publication / "site").exists()
    checked = run("check")
    assert checked.exit_code == 1
    assert result.stderr.removesuffix("1 error, 0 warnings\n") in checked.stdout
    path.unlink()
    assert run("check").exit_code == 0, "a record can be checked where no site is made of it"
    assert run("build").stderr.startswith("mkdocs.yml:1:1: error[configuration]: the file is missing\n  = help: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - onrecord", "  - !ENV [NOT_SET, onrecord]"),
        ("plugins:\n  - onrecord", "plugins: {onrecord: {history: false}}"),
        ("  - onrecord", "  - onrecord: {history: false}"),
        ("plugins:\n  - onrecord", "INHERIT: base.yml"),
        ("theme:\n  name: material\n  font: false", "theme: material"),
        ("strict: true", "strict: true\nmarkdown_extensions:\n  - pymdownx.emoji:\n      e: !!python/name:a.b"),
        ("strict: true", "strict: &yes true\nextra: {a: *yes}"),
    ],
)
def test_settings_that_may_be_right_are_left_to_mkdocs(old, new, publication):
    path = publication / "mkdocs.yml"
    path.write_text(path.read_text().replace(old, new))
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda site: site.write_text("x"), "is no folder"),
        (lambda site: (site.mkdir(), (site / "precious.txt").write_text("x")), "is a folder of something else"),
        (lambda site: (site.mkdir(), (site / ".git").mkdir()), 'holds ".git"'),
        (lambda site: site.symlink_to(site.parent / "content"), "is no folder"),
    ],
)
def test_what_is_no_site_is_not_replaced_by_one(make, says, publication):
    make(publication / "site")
    before = sorted(path.as_posix() for path in publication.rglob("*"))
    result = run("build")
    assert result.exit_code == 1
    assert f'error[not-a-site]: "site" {says}' in result.stderr
    assert sorted(path.as_posix() for path in publication.rglob("*")) == before


def test_a_file_of_content_at_an_address_of_ours_is_refused(publication):
    (publication / "content/data").mkdir()
    (publication / "content/data/claims.json").write_text("{}")
    result = run("build")
    assert result.exit_code == 1
    assert "content/data/claims.json:1:1: error[written-address]" in result.stderr
    assert not (publication / "site").exists()


def test_the_site_can_be_read_by_everybody_whoever_builds_it(publication):
    before = os.umask(0o077)
    try:
        assert run("build").exit_code == 0
    finally:
        assert os.umask(before) == 0o077
    modes = {path.stat().st_mode & 0o777 for path in (publication / "site").rglob("*")}
    assert modes == {0o755, 0o644}


def test_a_template_with_an_error_is_told_by_its_line(publication, monkeypatch, tmp_path):
    broken = plugin._HERE / "templates" / "claim.html.j2"

    def fail(*_: object) -> None:
        raise TemplateError

    class TemplateError(Exception):
        filename, lineno = str(broken), 12

    monkeypatch.setattr(host, "mkdocs_build", fail)
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.startswith("templates/claim.html.j2:12:1: error[template]")


def test_problems_of_a_build_as_json_are_one_document_on_standard_output(publication):
    path = publication / "claims.yaml"
    path.write_text(path.read_text().replace("kind: event", "kind: evnt"))
    result = run("build", "--format", "json")
    assert result.exit_code == 1
    assert re.match(r"\{\s*\"version\": 1", result.stdout)
    assert result.stdout.rstrip().endswith("}")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_build_shows_how_far_it_is_on_a_terminal_and_nowhere_else(publication, monkeypatch):
    clock = iter(range(0, 10_000, 2))
    monkeypatch.setattr(host.time, "monotonic", lambda: next(clock))
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with host.configured(publication, verbose=False) as configure:
            assert host.build(configure())
        assert ("Pages" in stream.getvalue()) is shown


def test_coverage_holds_the_limits_of_the_configuration(publication):
    path = publication / "mkdocs.yml"
    plain = path.read_text()
    assert run("coverage").exit_code == 0
    assert run("coverage", "--strict").exit_code == 2  # no limits are set
    for quoted, code in ((60, 0), (90, 1), (990, 2)):
        path.write_text(plain.replace("- onrecord", f"- onrecord: {{coverage: {{quoted: {quoted}}}}}"))
        assert run("coverage", "--strict").exit_code == code
