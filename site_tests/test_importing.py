"""`onrecord import`: a table goes into a record beside what it has, or nothing is written."""

import json
import re
from pathlib import Path
from typing import Any

import dirty
import pytest
from click.testing import Result
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


def imported(publication: Path, text: str, *options: str) -> Result:
    (publication.parent / "table.csv").write_text(text, encoding="utf-8")
    return run("import", "csv", "../table.csv", *options)


def claims_of(publication: Path) -> dict[str, Any]:
    """The claims of a publication whose record has no errors, by id."""
    reading = read(publication)
    assert not errors(reading.problems)
    return {claim.id: claim for claim in reading.publication.record.claims}


def test_another_claim_on_a_page_that_the_record_has_is_left_out_aloud(publication):
    imported(publication, TABLE)
    assert "0 warnings" in imported(publication, TABLE).output, "the same words are there already"
    done = imported(publication, TABLE + TABLE.split("\n")[1].replace("is closed", "was sold") + "\n")
    said = 'table.csv:3:1: warning[import-left-out]: the record has its page, for claim "the-bridge-is-closed"'
    assert said in done.output
    assert "0 claims new, 0 merged, 1 there already, 1 left out" in done.output


def test_a_withdrawn_claim_takes_no_review(publication):
    imported(publication, TABLE)
    text = (publication / "claims.yaml").read_text()
    (publication / "claims.yaml").write_text(
        re.sub(r"    verdict:(\n      .*)*\n", "", text)
        + "    withdrawn: {date: 2020-10-01, reason: It was two., merged_into: sold}\n"
    )
    before = (publication / "claims.yaml").read_text()
    done = imported(publication, TABLE.replace("/1/", "/2/"))
    said = '2:1: warning[import-left-out]: claim "the-bridge-is-closed" is withdrawn and merged into "sold"'
    assert said in done.output
    assert "1 left out" in done.output
    assert (publication / "claims.yaml").read_text() == before
    claims_of(publication)


@pytest.mark.parametrize(
    ("kind", "id"),
    [
        ("claim", "the-bridge-is-closed"),
        ("source", "check-example-org-1"),
        ("entity", "jane"),
        ("source", "post-example-com-no"),
    ],
)
def test_what_was_removed_does_not_come_back(publication, kind, id):
    with (publication / "claims.yaml").open("a") as file:
        file.write(f"removed:\n  - {{kind: {kind}, id: {id}, date: 2020-10-01, reason: By order.}}\n")
    before = (publication / "claims.yaml").read_text()
    head, row, _ = TABLE.split("\n")
    done = imported(publication, f"{head};Speaker;Appearance\n{row};Jane;https://post.example.com/no\n")
    assert f'2:1: warning[import-left-out]: {kind} "{id}" was removed, and this would bring it back' in done.output
    assert "0 claims new, 0 merged, 0 there already, 1 left out" in done.output
    assert (publication / "claims.yaml").read_text() == before


def test_a_verdict_without_an_address_is_there_already_only_if_desk_words_and_day_are_the_same(publication):
    head = "claim,rating,explanation,publisher,published\n"
    one = "Eggs are blue.,False,We looked.,The Check,2020-09-14\n"
    imported(publication, head + one)
    assert "1 there already" in imported(publication, head + one).output
    two = "Eggs are blue.,True,We painted one.,The Desk,2020-09-15\n"
    assert "1 merged" in imported(publication, head + two).output
    (claim,) = (claim for id, claim in claims_of(publication).items() if id != "sold")
    assert [verdict.by for verdict in claim.verdict] == ["The Check", "The Desk"]
    assert "2 there already" in imported(publication, head + one + two).output


def test_what_a_verdict_without_an_address_can_not_keep_is_said(publication):
    done = imported(
        publication,
        "claim,rating,value,best,explanation,publisher,published\n"
        "Eggs are blue.,Half True,3,6,We looked.,The Check,2020-09-14\n"
        "Eggs are red.,,,,We looked.,The Desk,2020-09-14\n",
    )
    assert 'the rating as given, "Half True, 3 of ? to 6", is left out, since the review has no address' in done.output
    needs = "the verdict is left out, since without an address it needs rating, explanation and date: "
    assert f"{needs}explanation: We looked.; by: The Desk; date: 2020-09-14" in done.output
    assert [len(claim.verdict) for claim in claims_of(publication).values()] == [0, 1, 0]


def test_a_second_review_fills_what_the_first_left_empty_and_what_differs_is_said(publication):
    page = "https://check.example.org/"
    head = "claim,claimed,topic,short,summary,url,headline,author\n"
    done = imported(
        publication,
        head
        + f"Eggs are blue.,2020-09-13,,,,{page}1,No,Ann\n"
        + f"Eggs are blue.,2020-09-14,Food,Blue eggs,They are not.,{page}2,,\n"
        + f"Eggs are red.,,,,,{page}1,Never,\n",
    )
    claim = claims_of(publication)["eggs-are-blue"]
    assert (claim.claimed.edtf, claim.topic, claim.short, claim.summary) == (
        "2020-09-13",
        "food",
        "Blue eggs",
        "They are not.",
    )
    said = 'claim "eggs-are-blue" stays as it is, and does not take over claimed: 2020-09-14'
    assert f"table.csv:3:1: note[import-merged]: {said}" in done.output
    said = 'article "check-example-org-no" stays as it is, and does not take over headline: Never'
    assert f"table.csv:4:1: note[import-merged]: {said}" in done.output
    done = imported(publication, head + f"Eggs are blue.,,,Eggs,,{page}3,,\n")
    assert 'claim "eggs-are-blue" stays as it is, and does not take over short: Eggs' in done.output


def test_what_else_is_said_of_a_claimant_is_kept_or_told(publication):
    def review(n: int, **who: object) -> dict[str, object]:
        item = {"author": {"@type": "Person", "name": "Jane Doe", **who}}
        url = f"https://check.example.org/{n}"
        return {"claimReviewed": "Eggs are blue.", "url": url, "author": {"name": "A"}, "itemReviewed": item}

    path = publication.parent / "reviews.json"
    path.write_text(json.dumps([review(1), review(2, sameAs="https://jane.example.com/")]))
    assert "does not take over" not in run("import", "claimreview", path).output
    (entity,) = (e for e in read(publication).publication.record.entities if e.name == "Jane Doe")
    assert entity.same_as == ("https://jane.example.com/",)
    path.write_text(json.dumps(review(3, sameAs="https://doe.example.com/")))
    assert "does not take over same_as: https://doe.example.com/" in run("import", "claimreview", path).output


def test_the_words_that_a_message_shows_are_those_that_rate_takes(publication):
    table = "claim,value,best,url,rating\nEggs are blue.,4,5,https://check.example.org/1,\n"
    done = imported(publication, table, "--dry-run")
    assert 'the rating "4/5" is taken for "mostly-true"' in done.output
    assert '--rate "4/5=RATING"' in done.output
    assert imported(publication, table, "--rate", "4/5=false").exit_code == 0
    assert claims_of(publication)["eggs-are-blue"].verdict[0].rating == "false"


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
