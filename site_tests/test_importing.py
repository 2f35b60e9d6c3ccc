"""`onrecord import`: a table goes into a record beside what it has, or nothing is written."""

from pathlib import Path

import dirty
import pytest
from commands import run
from sites import built

from generator.build import read
from generator.problems import errors

TABLE = "Claim;Rating;Review URL;Checked on\nThe bridge is closed;Four Beeps;https://check.example.org/1/;2020-09-14\n"


@pytest.fixture
def publication(tmp_path, monkeypatch, project):
    """A small publication with a comment, in which commands run; beside it a table."""
    root = project("claims:\n  - id: sold  # ours\n    text: It was sold.\n    short: Sold\n    kind: event\n")
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


def test_a_table_goes_into_a_record_beside_what_it_has(publication):
    done = run("import", "csv", "../table.csv", "--map", "published=Checked on", "--rate", "Four Beeps=true")
    assert done.exit_code == 0, done.output
    assert "1 review read: 1 claim new" in done.output
    record = read(publication).publication.record
    assert [claim.id for claim in record.claims] == ["sold", "the-bridge-is-closed"]
    assert record.claims[1].verdict[0].as_given.name == "Four Beeps"
    assert record.claims[1].verdict[0].rating == "true"
    assert "id: sold  # ours" in (publication / "claims.yaml").read_text()
    assert "claims/the-bridge-is-closed/" in (publication / "addresses.lock").read_text().split()


def test_a_second_review_of_a_claim_becomes_its_second_verdict(publication):
    run("import", "csv", "../table.csv")
    (publication.parent / "table.csv").write_text(TABLE.replace("/1/", "/2/"))
    assert "0 claims new, 1 merged" in run("import", "csv", "../table.csv").output
    claim = read(publication).publication.record.claims[1]
    assert [verdict.article for verdict in claim.verdict] == ["check-example-org-1", "check-example-org-2"]
    assert not errors(read(publication).problems)


def test_a_review_of_a_claim_in_a_file_of_its_own_goes_there_and_back_where_that_fails(publication, monkeypatch):
    run("import", "csv", "../table.csv")
    record, _, claims = (publication / "claims.yaml").read_text().rpartition("\n  - id: the-bridge")
    (publication / "claims").mkdir()
    (publication / "claims/bridge.yaml").write_text("claims:\n  - id: the-bridge" + claims)
    (publication / "claims.yaml").write_text(record)
    (publication.parent / "table.csv").write_text(TABLE.replace("/1/", "/2/"))
    before = {name: (publication / name).read_text() for name in ("claims.yaml", "claims/bridge.yaml")}

    def failing(path: Path, text: str) -> None:
        if path.name == "addresses.lock":
            raise PermissionError(13, "Permission denied", str(path))
        path.write_text(text, encoding="utf-8")

    with monkeypatch.context() as patch:
        patch.setattr("generator.adopt.replace", failing)
        assert run("import", "csv", "../table.csv").exit_code == 3
    assert {name: (publication / name).read_text() for name in before} == before
    assert "wrote claims.yaml, claims/bridge.yaml and addresses.lock" in run("import", "csv", "../table.csv").output
    (claim,) = (claim for claim in read(publication).publication.record.claims if claim.path == "claims/bridge.yaml")
    assert [verdict.article for verdict in claim.verdict] == ["check-example-org-1", "check-example-org-2"]
    assert not errors(read(publication).problems)


@pytest.mark.parametrize(
    "options", [["--dry-run"], ["--map", "nonsense=Claim"], ["--map", "claim"], ["--rate", "x=nono"]]
)
def test_a_dry_run_and_wrong_use_write_nothing(publication, options):
    before = {path: path.read_bytes() for path in publication.rglob("*") if path.is_file()}
    done = run("import", "csv", "../table.csv", *options)
    assert done.exit_code == (0 if options == ["--dry-run"] else 2), done.output
    assert {path: path.read_bytes() for path in publication.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("claim\nGeschlossen für immer\n".encode("cp1252"), "--encoding windows-1252"),
        ("claim\nx\n".encode("utf-16"), "--encoding utf-16"),
        (b"claim\n\0\n", "CSV, UTF-8"),
        (b"", "the names of its columns"),
    ],
)
def test_a_table_in_other_letters_is_refused_with_the_way_out(publication, raw, says):
    (publication.parent / "table.csv").write_bytes(raw)
    done = run("import", "csv", "../table.csv")
    assert (done.exit_code, says in done.output) == (1, True), done.output


def test_a_table_is_read_in_the_letters_that_the_editor_names(publication):
    (publication.parent / "table.csv").write_bytes("claim\nDie Brücke ist zu\n".encode("cp1252"))
    assert run("import", "csv", "../table.csv", "--encoding", "windows-1252").exit_code == 0
    assert read(publication).publication.record.claims[1].text == "Die Brücke ist zu"


def test_if_the_second_file_can_not_be_written_the_first_is_as_it_was(publication, monkeypatch):
    before = (publication / "claims.yaml").read_text()

    def failing(path: Path, text: str) -> None:
        if path.name == "addresses.lock":
            raise PermissionError(13, "Permission denied", str(path))
        path.write_text(text, encoding="utf-8")

    monkeypatch.setattr("generator.adopt.replace", failing)
    assert run("import", "csv", "../table.csv").exit_code == 3
    assert (publication / "claims.yaml").read_text() == before


def test_a_file_that_is_too_large_is_refused_before_it_is_read(publication):
    with (publication.parent / "table.csv").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    for kind in ("csv", "claimreview"):
        done = run("import", kind, "../table.csv")
        assert (done.exit_code, "too-large" in done.output) == (1, True)


def test_our_own_table_of_claims_comes_in_again(tmp_path, monkeypatch, publication):
    (tmp_path / "reviews.json").write_text(dirty.reviews(20, 2), encoding="utf-8", errors="surrogatepass")
    run("init", tmp_path / "pub", "--address", "https://facts.example.org/", "--from-claimreview", "../reviews.json")
    site = built(tmp_path / "pub", tmp_path / "site")
    done = run("import", "csv", site / "data/claims.csv")
    assert "Traceback" not in done.output
    texts = {claim.text for claim in read(tmp_path / "pub").publication.record.claims}
    assert texts <= {claim.text for claim in read(publication).publication.record.claims}
    assert not errors(read(publication).problems)
