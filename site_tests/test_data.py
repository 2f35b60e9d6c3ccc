"""What can be downloaded: JSON by its schema, CSV by the data package, SQLite with all that Datasette looks for."""

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from publications import MINI

from generator.build import read
from generator.dataschema import schema
from generator.exports import claims_json, record_sqlite
from generator.exports.tables_csv import cell, sheet
from generator.queries import QUERIES, VIEWS
from generator.render import Site, environment
from generator.tables import TABLES, Type

EACH = pytest.mark.parametrize("site", ["mini", "hostile", "real_site"], indirect=True)
SITE = Site("The Bridge Record", "", None, None)


@pytest.fixture
def site(request) -> Path:
    return request.getfixturevalue(request.param)


def sheets(site: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for table in TABLES:
        with (site / f"data/{table.name}.csv").open(encoding="utf-8", newline="") as file:
            found[table.name] = list(csv.DictReader(file, strict=True))
    return found


def package(site: Path) -> dict[str, Any]:
    return json.loads((site / "data/datapackage.json").read_text())


def database(site: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"file:{site}/data/record.sqlite?mode=ro&immutable=1", uri=True))


@EACH
def test_the_data_are_as_their_schema_says(site):
    form = json.loads((site / "data/claims.schema.json").read_text())
    Draft202012Validator.check_schema(form)
    data = json.loads((site / "data/claims.json").read_text())
    assert data["$schema"] == "claims.schema.json"
    Draft202012Validator(form).validate(data)


@pytest.mark.parametrize(
    ("place", "spoil"),
    [
        (("claims", 0), lambda claim: claim.update(truth="yes")),
        (("claims", 0), lambda claim: claim.pop("computed")),
        (("claims", 0, "evidence", 0), lambda evidence: evidence.update(stance="proves")),
        (("claims", 0, "evidence", 0, "computed"), lambda computed: computed.update(spans=[[0, 1, 2]])),
        (("articles", 0), lambda article: article.pop("id")),
        (("articles", 0, "computed"), lambda computed: computed.update(sha256="0")),
        (("events", 0), lambda event: event.pop("first")),
        (("about",), lambda about: about.pop("checked")),
        ((), lambda data: data.update(version=1)),
    ],
)
def test_the_schema_refuses_what_is_no_data_of_ours(mini, place, spoil):
    data = json.loads((mini / "data/claims.json").read_text())
    part = data
    for step in place:
        part = part[step]
    spoil(part)
    assert not Draft202012Validator(schema()).is_valid(data)


def test_each_field_that_is_worked_out_is_named_on_the_page(mini):
    html = (mini / "data/index.html").read_text()
    definitions = schema()["$defs"]
    for name in ("Claim", "Evidence", "Article"):
        for field in definitions[name]["properties"]["computed"]["properties"]:
            assert f"<code>{field}</code>" in html or field == "address", field


@EACH
def test_the_data_package_keeps_to_its_standard_and_lists_every_file_of_data(site):
    profile = json.loads(files("dplib").joinpath("profiles/2.0/datapackage.json").read_text())
    found = package(site)
    Draft7Validator(profile).validate(found)
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    named = {resource["path"] for resource in found["resources"]}
    data = {path.name for path in (site / "data").iterdir()}
    descriptions = {"claimreview.json", "claims.schema.json", "datapackage.json", "datasette.json", "index.html"}
    assert named - data == set()
    assert data - named == descriptions
    checked = json.loads((site / "data/claims.json").read_text())["about"]
    assert found["version"] == checked["checked"]
    (license,) = found["licenses"]
    assert license["path"] == checked["license"]["url"]
    assert license.get("name", license.get("title")) == checked["license"]["name"]


def fits(text: str, field: dict[str, Any]) -> bool:
    limits = field.get("constraints", {})
    if not text:
        return not limits.get("required")
    match field["type"]:
        case "integer":
            return re.fullmatch(r"0|[1-9]\d*", text) is not None
        case "boolean":
            return text in ("true", "false")
        case "date":
            return date.fromisoformat(text).isoformat() == text
    if field.get("format") == "uri":
        return re.match(r"https?://[^\s<>\"]+$", text) is not None
    return "enum" not in limits or text in limits["enum"]


@EACH
def test_each_csv_is_as_the_data_package_says(site):
    rows = sheets(site)
    for resource in package(site)["resources"][: len(TABLES)]:
        name, form = resource["name"], resource["schema"]
        raw = (site / f"data/{resource['path']}").read_bytes().decode("utf-8")
        head = [field["name"] for field in form["fields"]]
        assert raw.split("\r\n")[0] == ",".join(head), name
        assert "\n" not in raw.replace("\r\n", ""), name
        for row in rows[name]:
            assert None not in row.values(), (name, row)
            assert [f["name"] for f in form["fields"] if not fits(row[f["name"]], f)] == [], (name, row)
        keys = [tuple(row[part] for part in form["primaryKey"]) for row in rows[name]]
        assert len(keys) == len(set(keys)), name
        for link in form.get("foreignKeys", ()):
            target = link["reference"]["resource"] or name
            known = {row["id"] for row in rows[target]} | {""}
            assert {row[link["fields"][0]] for row in rows[name]} <= known, (name, link)


@EACH
def test_csv_and_json_say_the_same(site):
    data, rows = json.loads((site / "data/claims.json").read_text()), sheets(site)
    for claim, row in zip(data["claims"], rows["claims"], strict=True):
        assert row["id"] == claim["id"]
        assert row["text"].removeprefix("'") == claim["text"]
        assert {row[name] for name in ("status", "label", "counts", "address")} == {
            claim["computed"][name] for name in ("status", "label", "counts", "address")
        }
        for side in ("supports", "qualifies", "disputes"):
            assert int(row[side]) == len(claim["computed"][side])
    written = [evidence for claim in data["claims"] for evidence in claim.get("evidence", ())]
    for evidence, row in zip(written, rows["evidence"], strict=True):
        assert (row["article"], row["stance"]) == (evidence["article"], evidence["stance"])
        assert row["quote"] == cell(" […] ".join(evidence.get("quote", ())))
        assert row["verified"] == evidence["computed"]["verdict"]
    given = [(claim["id"], verdict) for claim in data["claims"] for verdict in claim.get("verdict", ())]
    for (claim, verdict), row in zip(given, rows["verdicts"], strict=True):
        assert (row["claim"], row["rating"]) == (claim, verdict["rating"])
        assert row["article"] == verdict.get("article", "")
        assert row["given_name"] == cell(verdict.get("as_given", {}).get("name", ""))
    assert [row["linked"] for row in rows["articles"]] == [
        str(article["computed"]["linked"]).lower() for article in data["articles"]
    ]
    assert [row["claim"] for row in rows["events"]] == [event["claim"] for event in data["events"]]
    relayed = [origin for evidence in written for origin in evidence.get("origin", ()) if origin != "self"]
    assert [row["origin"] for row in rows["evidence_origins"]] == relayed


INVISIBLE = " \t\r\n\u00a0\u00ad\u200b\u200e\u2060\ufeff"


@given(st.text(st.sampled_from(INVISIBLE), max_size=3), st.sampled_from("=+-@＝＋－＠"), st.text(max_size=20))
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(before, sign, text):
    assert cell(before + sign + text) == "'" + before + sign + text


@given(st.text(max_size=30))
def test_a_cell_loses_nothing_and_is_text_to_a_spreadsheet(text):
    found = str(cell(text))
    assert found in (text, "'" + text)
    seen = found.lstrip(INVISIBLE)
    assert seen[:1] not in set("=+-@＝＋－＠")
    assert found[:1] not in ("\t", "\r")


@given(st.lists(st.text(max_size=12), min_size=2, max_size=2))
def test_each_row_is_read_back_as_it_was(texts):
    table = next(table for table in TABLES if table.name == "topics")
    raw = b"".join(sheet(table, [texts] * 1001)).decode("utf-8", "surrogatepass")
    rows = list(csv.reader(io.StringIO(raw, newline=""), strict=True))
    assert rows[1:] == [[str(cell(text)) for text in texts]] * 1001


@EACH
def test_the_sqlite_file_is_sound_and_holds_what_the_csv_files_hold(site):
    with database(site) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA application_id").fetchone() == (record_sqlite.APPLICATION,)
        assert connection.execute("PRAGMA user_version").fetchone() == (record_sqlite.VERSION,)
        for table in TABLES:
            flags = {n for n, column in enumerate(table.columns) if column.type is Type.FLAG}
            rows = connection.execute(f"SELECT * FROM {table.name} ORDER BY rowid").fetchall()  # noqa: S608 - a table of ours
            told = [[str(cell(bool(v) if n in flags else v)) for n, v in enumerate(row)] for row in rows]
            with (site / f"data/{table.name}.csv").open(encoding="utf-8", newline="") as file:
                assert told == list(csv.reader(file))[1:], table.name
            assert [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")] == [
                column.name for column in table.columns
            ]


def test_each_index_for_words_is_whole_and_finds_words_without_regard_to_case_and_accents(mini):
    with database(mini) as connection:
        for table in TABLES:
            if table.searched:
                sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [f"{table.name}_fts"])
                assert f'content="{table.name}"' in sql.fetchone()[0], "in the form that Datasette looks for"
        find = (
            "SELECT claims.id FROM claims_fts JOIN claims ON claims.rowid = claims_fts.rowid WHERE claims_fts MATCH ?"
        )
        assert connection.execute(find, ["ELM AND clösed"]).fetchall() == [("closing",)]
        assert connection.execute(find, ["nowhere"]).fetchall() == []


@EACH
def test_each_view_and_each_question_of_the_page_gets_an_answer(site):
    html = (site / "data/index.html").read_text()
    with database(site) as connection:
        for view in VIEWS:
            assert connection.execute(f"SELECT * FROM {view.name}").fetchall(), view.name  # noqa: S608 - a view of ours
            assert f"<code>{view.name}</code>" in html
        for query in QUERIES:
            answer = connection.execute(query.sql)
            assert answer.description
            assert answer.fetchall() or site.parent.name.startswith("real"), query.question
            assert query.question in html


@EACH
def test_the_addresses_of_evidence_lead_to_it(site):
    data = json.loads((site / "data/claims.json").read_text())
    with database(site) as connection:
        for (address,) in connection.execute("SELECT address FROM evidence_with_article"):
            page, anchor = address.removeprefix(data["site"]).split("#")
            assert f'id="{anchor}"' in (site / page / "index.html").read_text(), address


@EACH
def test_what_is_told_to_datasette_names_tables_and_columns_that_there_are(site):
    found = json.loads((site / "data/datasette.json").read_text())
    tables = found["databases"]["record"]["tables"]
    with database(site) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert set(tables) <= there
        for name, told in tables.items():
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            assert set(told.get("columns", ())) <= columns
            assert told.get("label_column", "id") in columns | {"id"}
    assert json.loads((site / "data/claims.json").read_text())["about"]["license"]["name"] == found["license"]


def test_the_sqlite_file_does_not_tell_who_wrote_it(mini, tmp_path):
    content = (mini / "data/record.sqlite").read_bytes()
    assert content[24:28] == content[92:96] == bytes([0, 0, 0, 1])
    assert int.from_bytes(content[96:100], "big") == 3_031_000
    assert int.from_bytes(content[28:32], "big") * 4096 == len(content)
    pub, _ = read(MINI)
    assert pub is not None
    record_sqlite.write(tmp_path / "again", pub, Site("The Bridge Record", "https://facts.example.org/", None, None))
    again = (tmp_path / "again").read_bytes()
    pages = [again[n : n + 4096] for n in range(0, len(again), 4096)]
    assert b"".join(record_sqlite.normal(page, n == 0) for n, page in enumerate(pages)) == content


def test_a_python_without_full_text_search_is_a_fault_of_the_machine(monkeypatch, tmp_path):
    pub, _ = read(MINI)
    assert pub is not None
    monkeypatch.setattr(record_sqlite, "search", lambda table: ["CREATE VIRTUAL TABLE x USING fts5_is_not_here(x)"])
    with pytest.raises(OSError, match="no full-text search"):
        record_sqlite.write(tmp_path / "record", pub, SITE)


def test_a_publication_without_address_and_licence_has_data_too(tmp_path, project):
    pub, _ = read(project("claims: []\n"))
    assert pub is not None
    env = environment({})
    data = b"".join(next(iter(claims_json.outputs(pub, SITE, env))).content)
    Draft202012Validator(schema()).validate(json.loads(data))
    for table in TABLES:
        assert b"".join(sheet(table, table.rows(pub, SITE))).endswith(b"\r\n")
    record_sqlite.write(tmp_path / "record", pub, SITE)
    with closing(sqlite3.connect(tmp_path / "record")) as connection:
        assert connection.execute("SELECT site, license FROM publication").fetchall() == [(None, None)]
