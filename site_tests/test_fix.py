"""Mending without asking: what changes no meaning is mended, all else stays, and a second run finds nothing to do."""

import pytest
from commands import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publications import HEADER, write_project

from generator import build
from generator.fix import fix, restore
from generator.load import LOCK, RECORD, load
from generator.verify import locate, stored

WIRE = "The mayor’s office said: “We will close the bridge – for good…” and left.\n\nThe bridge is old. It is old."
ARTICLES = {"wire": WIRE}


def claim(**fields: str) -> str:
    rows = {"id": "matter", "text": "It is so.", "short": "So", "kind": "state", **fields}
    return "claims:\n  - " + "\n    ".join(f"{key}: {value}" for key, value in rows.items()) + "\n"


def quoting(quote: str) -> str:
    return claim(evidence=f"[{{article: wire, stance: mentions, quote: {quote}}}]")


def mended(project, record: str) -> tuple[list[str], str]:
    root = project(record, ARTICLES)
    done = list(fix(root))
    assert list(fix(root)) == []
    return done, (root / RECORD).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"The mayor\'s office said"', "The mayor’s office said"),
        ('"said: \\"We will close the bridge"', "said: “We will close the bridge"),
        ('"We will close the bridge - for good"', "We will close the bridge – for good"),
        ('"We will close the bridge — for good..."', "We will close the bridge – for good…"),
        ('"The mayor’s  office\\u00a0said"', "The mayor’s office said"),
        ('"The may\\u00ador’s off\\u200bice said"', "The mayor’s office said"),
    ],
)
def test_a_quotation_gets_the_marks_of_its_article(typed, meant, project):
    done, text = mended(project, quoting(typed))
    assert len(done) == 1
    assert done[0].startswith('claims.yaml:21: "quote": gave it the ')
    assert meant in text


@pytest.mark.parametrize(
    "typed",
    [
        "We will close a bridge",  # another word
        "we will close the bridge",  # another case
        '"It is old - it is"',  # nowhere
        '"the mayor\'s office"',  # another case and marks
        '"We will close the bridge ..."',  # there is no space
        "It is ol",  # half a word
    ],
)
def test_a_quotation_that_differs_by_more_stays_as_it_is(typed, project):
    done, text = mended(project, quoting(typed))
    assert not any("gave it" in line for line in done)
    assert typed.strip('"') in text


def test_a_quotation_that_could_stand_in_two_places_stays_as_it_is():
    text = stored("It’s old, he said. It's old, she said.")
    assert restore("It´s old", text) is None
    assert restore("It´s old, she said", text) == "It's old, she said"


def test_hidden_characters_go_from_free_texts_but_not_from_quotations_or_ids(project):
    record = claim(summary='"So\\u200b it is\\u00ad."', topic="sa\u200ble", waivers='{would-change: "Be\\u2060cause."}')
    record += 'statements: [{id: s, title: T, canonical: {article: wire, exact: "The bri\\u200bdge is gone"}}]\n'
    done, text = mended(project, record)
    assert [line.split(": ", 1)[1] for line in done] == [
        '"summary": took out characters that nobody sees',
        '"waivers": took out characters that nobody sees',
    ]
    assert "summary: So it is.\n" in text
    assert "would-change: Because.\n" in text
    assert "\\u200b" in text.split("exact:")[1].split("\n")[0]
    assert "sa\\u200ble" in text


def test_letters_that_stand_for_lost_or_private_ones_are_no_hidden_characters(project):
    done, text = mended(project, claim(summary='"So \ufffd it \ue000 is."'))
    assert "took out" not in "".join(done)
    assert "\ufffd" in text or "\\ufffd" in text


def test_words_of_the_record_are_written_as_it_writes_them(project):
    done, text = mended(
        project, claim(kind="State", evidence="[{article: wire, stance: SUPPORTS, quote: The bridge is old}]")
    )
    assert len(done) == 2
    assert "kind: state" in text
    assert "stance: supports" in text
    assert mended_kind("Press Release") == "press-release"


def mended_kind(word: str) -> str:
    from generator.fix import _choice
    from generator.model import Form

    return _choice(word, Form)


def test_an_address_gets_the_signs_that_it_needs_and_no_other_host(project):
    urls = ['"https://example.org/a b"', '"https://example.org/ö"', '"https://münchen.example/"', '"example.org/a"']
    rows = "".join(f"  - {{id: p{n}, name: P, url: {url}}}\n" for n, url in enumerate(urls))
    header = HEADER.replace("publishers:\n", f"publishers:\n{rows}")
    root = project("", ARTICLES, header=header)
    assert len(list(fix(root))) == 2
    text = (root / RECORD).read_text(encoding="utf-8")
    assert "https://example.org/a%20b" in text
    assert "https://example.org/%C3%B6" in text
    assert "https://münchen.example/" in text
    assert "url: example.org/a\n" in text


def test_front_matter_is_mended_and_the_words_of_the_article_never(project):
    wire = '---\nlabel: "The\\u200b wire"\nform: Wire\n---\n\nThe bri\u200bdge  is old.\n'
    root = project("", {"wire": wire})
    done = [line for line in fix(root) if not line.startswith(RECORD)]
    assert [line.rpartition(":")[0] for line in done] == [
        'content/articles/wire.md:2: "label"',
        'content/articles/wire.md:3: "form"',
    ]
    text = (root / "content/articles/wire.md").read_text(encoding="utf-8")
    assert text == "---\nlabel: The wire\nform: wire\n---\n\nThe bri\u200bdge  is old.\n"


def test_the_lock_gets_its_order_and_loses_no_line(project):
    root = project("", {"b": "B.", "a": "A.", "c": "C."})
    good = (root / LOCK).read_text()
    lines = good.splitlines()
    (root / LOCK).write_text("\n".join([lines[2], lines[0], lines[1], lines[0]]) + "\n")
    assert list(fix(root))[-1:] == ["articles.lock: put its lines in order"]
    assert (root / LOCK).read_text() == good
    other = f"{'0' * 64}  a\n" + good
    (root / LOCK).write_text(other)  # two that contradict each other
    assert list(fix(root)) == []
    assert (root / LOCK).read_text() == other


def test_comments_stay_where_they_are(project):
    record = claim(summary='"So\\u200b."  # why') + "# the end\n"
    _, text = mended(project, record)
    assert "summary: So.  # why\n" in text
    assert text.endswith("# the end\n")


@pytest.mark.parametrize("broken", ["claims: [", "claims: []\nclaims: []\n", "claims: &a []\n", "a: b\n- c\n"])
def test_a_file_that_can_t_be_read_is_left_as_it_is(broken, project):
    root = project(broken, ARTICLES)
    before = (root / RECORD).read_bytes()
    list(fix(root))
    assert (root / RECORD).read_bytes() == before


def test_a_character_that_yaml_can_t_read_goes_unless_a_quotation_would_lose_it(project, tmp_path):
    done, text = mended(project, claim(summary="So\u2028it is."))
    assert "summary: So it is." in text
    assert "YAML" in done[0]
    root = write_project(tmp_path / "other", quoting("The bri\x01dge is gone"), ARTICLES)
    before = (root / RECORD).read_bytes()
    assert list(fix(root)) == []
    assert (root / RECORD).read_bytes() == before


def test_the_command_says_what_it_mended_and_then_what_is_left(project, monkeypatch):
    root = project(claim(summary='"So\\u200b."', topic="nowhere"), ARTICLES)
    monkeypatch.chdir(root)
    result = run("check", "--fix")
    assert result.exit_code == 1
    assert result.output.startswith('fixed claims.yaml:21: "summary": took out characters that nobody sees\n')
    assert "error[unknown-reference]" in result.output
    again = run("check", "--fix", "--format", "json")
    assert again.stdout.startswith("{")


TYPED = st.text(st.sampled_from("The bridge is old–-—’'\"“”… .\u200b\u00a0\u00ad"), min_size=1, max_size=24)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED, TYPED)
def test_whatever_is_typed_mending_is_done_once_and_no_quotation_comes_to_say_something_else(tmp_path_factory, a, b):
    import json

    record = claim(summary=json.dumps(a), evidence=f"[{{article: wire, stance: mentions, quote: {json.dumps(b)}}}]")
    root = write_project(tmp_path_factory.mktemp("fix") / "p", record, ARTICLES)
    before = {p.code for p in build.read(root).problems}
    was = load(root).record.claims[0].evidence[0].quote
    list(fix(root))
    assert list(fix(root)) == []
    assert {p.code for p in build.read(root).problems} <= before
    now = load(root).record.claims[0].evidence[0].quote
    assert now == was or locate(now, stored(WIRE)) is not None
