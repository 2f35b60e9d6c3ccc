"""The editor's desk: what its commands write, what they refuse, and that nothing is ever half done."""

import os
import re
import shutil
from pathlib import Path

import click
import pytest
from commands import files, run
from publications import HERE, MINI, ROOT

from generator import capture, cli, store
from generator.desk import article as desk_article
from generator.load import ARTICLES, LOCK, RECORD, digest, load

PAGE = HERE / "pages" / "bridge.html"
RECORD_TEXT = """
claims:
  - id: sold
    text: The shop is sold.
    short: Sold
    kind: state
    topic: sale
    evidence:
      - article: wire
        stance: mentions
        quote: Acme will sell its shop
  # what comes next
  - id: price
    text: The shop cost one million.
    short: The price
    kind: number
"""
WORDS = "Mr. Able spoke. On Monday, “Acme” will sell its shop, it said. The price is one million.\n\nNobody was hurt."


@pytest.fixture
def root(project, monkeypatch) -> Path:
    """A small publication without errors; the commands run in it."""
    made = project(RECORD_TEXT, {"wire": WORDS.replace("“Acme”", "Acme"), "daily": WORDS})
    monkeypatch.chdir(made)
    return made


# new article


def test_a_text_is_stored_with_its_line_in_the_lock(root, tmp_path):
    (tmp_path / "The Bridge!.txt").write_bytes(
        "\ufeffThe bridge is shut.  \r\n\r\n\r\nAdvertisement\r\nIt is\u00ad late.\r\n".encode()
    )
    before = (root / LOCK).read_text()
    result = run("new", "article", str(tmp_path / "The Bridge!.txt"), "--publisher", "daily", "--date", "2020-09-15")
    assert (result.exit_code, result.output) == (
        0,
        "wrote content/articles/the-bridge.md: 8 words; its line in articles.lock\n"
        "  1 invisible characters for layout are left out\n"
        "  marked as noise: Advertisement\n"
        'next: look the file through, then onrecord quote "words of the article"\n',
    )
    text = "The bridge is shut.\n\nAdvertisement\nIt is late.\n"
    assert (root / ARTICLES / "the-bridge.md").read_text() == (
        "---\npublisher: daily\ndate_published: 2020-09-15\ndate_basis: stated\nnoise:\n  - Advertisement\n---\n\n"
        + text
    )
    assert sorted([*before.splitlines(), f"{digest(text)}  the-bridge"], key=lambda line: line[66:]) == (
        (root / LOCK).read_text().splitlines()
    )
    assert run("check").exit_code == 0
    assert run("fmt", "--check").output.count("the-bridge") == 0


def test_standard_input_is_an_article_too(root):
    result = run("new", "article", "-", "--id", "piped", "--headline", "No: a colon", input="Words as printed.")
    assert result.exit_code == 0
    assert (root / ARTICLES / "piped.md").read_text() == '---\nheadline: "No: a colon"\n---\n\nWords as printed.\n'


def test_what_a_page_states_is_offered_and_written_only_when_asked_for(root):
    result = run("new", "article", str(PAGE), "--id", "bridge")
    assert result.exit_code == 0
    assert "  the page states (JSON-LD datePublished): --date 2020-09-14\n" in result.output
    assert "  the page states (JSON-LD publisher): --publisher daily\n" in result.output
    assert "none of it is written" in result.output
    head = (root / ARTICLES / "bridge.md").read_text().split("---")[1]
    assert set(head.split(":")[0].split()) == {"noise"}
    result = run("new", "article", str(PAGE), "--update", "bridge", "--as-stated", "--author", "A. Smith")
    assert result.exit_code == 0
    assert (
        (root / ARTICLES / "bridge.md")
        .read_text()
        .startswith(
            "---\nheadline: Bridge closed after storm\npublisher: daily\nauthor: A. Smith\ndate_published: 2020-09-14\n"
            "date_basis: stated\ndate_note: As the page states it (JSON-LD datePublished).\n"
            "url: https://daily.example.org/bridge\nin_language: en\nnoise:\n  - Advertisement\n"
        )
    )
    assert run("check").exit_code == 0


def test_on_a_terminal_the_fields_are_asked_for(root, monkeypatch):
    monkeypatch.setattr(desk_article, "_asks", lambda source: source != "-")
    result = run("new", "article", str(PAGE), input="\n\ndayly\ndaily\nAnn\n\n-\n\n\n")
    assert result.exit_code == 0
    assert "Headline, as printed [JSON-LD headline] [Bridge closed after storm]:" in result.output
    head = (root / ARTICLES / "bridge.md").read_text().split("noise:")[0]
    assert head == (
        "---\nheadline: Bridge closed after storm\npublisher: daily\nauthor: Ann\ndate_published: 2020-09-14\n"
        "date_basis: stated\ndate_note: As the page states it (JSON-LD datePublished).\n"
        "in_language: en\nform: report\n"
    )
    assert 'there is no publisher "dayly"; did you mean "daily"?' in result.output


def test_nothing_is_stored_when_the_editor_breaks_off(root, monkeypatch):
    monkeypatch.setattr(desk_article, "_asks", lambda source: True)
    before = files(root)
    assert run("new", "article", str(PAGE), input="bridge\nHeadline\n").exit_code == 1
    assert files(root) == before


REFUSED = {
    "an id that is none": (["--id", "Bad Id"], b"Words.", "bad-id"),
    "an id that is kept": (["--id", "index"], b"Words.", "bad-id"),
    "a path for an id": (["--id", "../../x"], b"Words.", "bad-id"),
    "an id that there is": (["--id", "wire"], b"Words.", "duplicate-id"),
    "an update of nothing": (["--update", "none"], b"Words.", "missing-file"),
    "NUL": (["--id", "x"], b"Wo\0rds.", "not-utf8"),
    "bytes that are no UTF-8": (["--id", "x"], b"Wo\xffrds.", "not-utf8"),
    "no words": (["--id", "x"], b" \n\n", "empty-file"),
    "markup": (["--id", "x"], b"One.\n<p>Two.</p>", "source-markup"),
    "an entity of HTML": (["--id", "x"], b"One &amp; two.", "source-markup"),
    "a mark that turns what is read": (["--id", "x"], "Wo\u202erds.".encode(), "invisible-character"),
    "an unknown publisher": (["--id", "x", "--publisher", "dayly"], b"Words.", "unknown-reference"),
    "a date that is none": (["--id", "x", "--date", "yesterday"], b"Words.", "bad-date"),
    "a day that is none": (["--id", "x", "--date", "2021-02-29"], b"Words.", "bad-date"),
    "an address that is none": (["--id", "x", "--url", "x.org"], b"Words.", "bad-url"),
    "a language that is none": (["--id", "x", "--language", "english"], b"Words.", "bad-language"),
    "an empty page": (["--id", "x"], b"<html></html>", "empty-file"),
    "an encoding that is none": (["--id", "x"], b"<html><meta charset=x-no><p>Words.</html>", "not-utf8"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_reader_would_refuse_is_refused_and_nothing_is_written(what, root):
    options, words, code = REFUSED[what]
    before = files(root)
    result = run("new", "article", "-", *options, input=words)
    assert result.exit_code == 1
    assert f"error[{code}]: " in result.output
    assert "  = help: " in result.output
    assert files(root) == before


@pytest.mark.parametrize("words", [["no-such.txt"], ["-"], [".", "--id", "x"], ["-", "--id", "a", "--update", "b"]])
def test_wrong_use_of_new_article_ends_with_2(words, root):
    before = files(root)
    assert run("new", "article", *words, input="Words.").exit_code == 2
    assert files(root) == before


@pytest.mark.parametrize("what", ["article", "folder", "lock"])
def test_no_link_is_followed(what, root, tmp_path):
    place = {"article": root / ARTICLES / "x.md", "folder": root / ARTICLES, "lock": root / LOCK}[what]
    target = tmp_path / "elsewhere"
    if place.exists():
        place.rename(target)
    place.symlink_to(target)
    before = files(tmp_path)
    result = run("new", "article", "-", "--id", "x", input="Words.")
    assert result.exit_code == 1
    assert "error[not-a-regular-file]" in result.output
    assert files(tmp_path) == before


@pytest.mark.parametrize("update", [False, True])
def test_a_fault_while_the_lock_is_written_takes_the_article_back(update, root, monkeypatch):
    real = store.replace

    def full(path: Path, text: str) -> None:
        if path.name == LOCK:
            raise OSError(28, "No space left on device")
        real(path, text)

    monkeypatch.setattr(store, "replace", full)
    before = files(root)
    result = run("new", "article", "-", *(["--update", "wire"] if update else ["--id", "x"]), input="Other words.")
    assert result.exit_code == 3
    assert files(root) == before


def test_a_new_capture_keeps_the_front_matter_and_names_quotations_that_fell(root):
    path = root / ARTICLES / "wire.md"
    path.write_text(
        path.read_text().replace("form: report", "form: wire  # a comment\nnoise: [Nobody was hurt., Gone]")
    )
    result = run("new", "article", "-", "--update", "wire", input="Acme sold its shop.\n\nNobody was hurt.\n")
    assert result.exit_code == 0
    assert path.read_text() == (
        "---\nform: wire  # a comment\nnoise:\n  - Nobody was hurt.\n---\n\nAcme sold its shop.\n\nNobody was hurt.\n"
    )
    assert "  claims.yaml:26:16: this quotation stands there no more\nnext: " in result.output
    assert "quote-verbatim" in run("check").output
    assert "articles-lock" not in run("check").output


def test_the_same_capture_again_changes_nothing(root):
    words = "On Monday, Acme will sell its shop."
    run("new", "article", "-", "--update", "daily", "--form", "wire", input=words)
    before = files(root)
    assert run("new", "article", "-", "--update", "daily", input=f"\n{words}  \n").output == (
        "content/articles/daily.md is stored like this already\n"
    )
    assert files(root) == before


def test_storing_one_article_vouches_for_no_other(root):
    path = root / ARTICLES / "wire.md"
    path.write_text(path.read_text().replace("Nobody", "Somebody"))
    assert run("new", "article", "-", "--id", "x", input="Words.").exit_code == 0
    assert "error[articles-lock]" in run("check").output


def test_the_lock_keeps_the_lines_of_articles_that_can_t_be_read(root):
    (root / ARTICLES / "wire.md").write_bytes(b"\xff")
    before = (root / LOCK).read_text().splitlines()
    assert run("new", "article", "-", "--id", "x", input="Words.").exit_code == 0
    assert set(before) < set((root / LOCK).read_text().splitlines())


def test_a_page_without_the_optional_part_says_what_to_install(root, monkeypatch):
    def missing(text: str, name: str) -> None:
        raise capture.Missing

    monkeypatch.setattr(capture, "_page", missing)
    result = run("new", "article", str(PAGE))
    assert result.exit_code == 2
    assert 'pip install "onrecord[html]"' in result.output


# new claim

NEW = ["new", "claim", "--id", "due", "--text", "It is due: soon.", "--short", "When", "--kind", "date"]
ADD = ["quote", "will sell its shop", "--article", "wire", "--add", "sold", "--stance", "supports"]


def test_a_claim_goes_to_the_end_of_its_topic_and_comments_stay(root):
    run("fmt")
    before = (root / RECORD).read_text()
    result = run(*NEW, "--topic", "sale", "--entity", "acme", "--entity", "buyer")
    assert result.exit_code == 0
    added = (
        '  - id: due\n    text: "It is due: soon."\n    short: When\n    kind: date\n    topic: sale\n'
        "    entities: [acme, buyer]\n\n"
    )
    at = before.index("  # what comes next")
    assert (root / RECORD).read_text() == before[:at] + added + before[at:]
    line = before[:at].count("\n") + 1
    assert result.output == (
        f'wrote claims.yaml:{line}: claim due\nnext: onrecord quote "words of an article" --add due --stance supports\n'
    )
    assert run("check").exit_code == 0
    assert run("fmt", "--check").output == ""


def test_a_claim_without_a_topic_goes_to_the_end(root):
    assert run(*NEW).exit_code == 0
    record = load(root).record
    assert record is not None
    assert [claim.id for claim in record.claims] == ["sold", "price", "due"]


def test_the_first_claim_of_a_record_is_one_too(project, monkeypatch):
    root = project("")
    monkeypatch.chdir(root)
    assert run(*NEW).exit_code == 0
    assert (
        (root / RECORD)
        .read_text()
        .endswith("\nclaims:\n  - id: due\n" + '    text: "It is due: soon."\n    short: When\n    kind: date\n')
    )


@pytest.mark.parametrize(
    ("options", "code", "help"),
    [
        (["--id", "sold"], "duplicate-id", "choose another"),
        (["--id", "Due"], "bad-id", 'write "due"'),
        (["--id", "index"], "bad-id", "choose another"),
        (["--text", " "], "empty-value", "write one"),
        (["--text", "a\u200bb"], "invisible-character", "delete it"),
        (["--topic", "sael"], "unknown-reference", 'did you mean "sale"?'),
        (["--entity", "amce"], "unknown-reference", 'did you mean "acme"?'),
        (["--short", "x" * 70_000], "too-large", "shorten it"),
    ],
)
def test_a_claim_that_the_reader_would_refuse_is_refused(options, code, help, root):
    before = files(root)
    result = run(*NEW, *options)
    assert result.exit_code == 2
    assert f"error[{code}]: " in result.output
    assert help in result.output
    assert files(root) == before


def test_a_former_id_is_taken(root):
    text = (root / RECORD).read_text()
    (root / RECORD).write_text(text.replace("short: The price", "short: The price\n    former_ids: [due]"))
    assert 'claim "price" has or had the id "due"' in run(*NEW).output


@pytest.mark.parametrize("broken", ["claims: [", "a: &a b\n", "claims:\n  - id: a\n    id: b\n"])
@pytest.mark.parametrize("command", [NEW, ADD])
def test_a_record_that_could_lose_something_is_left_alone(command, broken, root):
    text = (root / RECORD).read_text().split("\nclaims:")[0] + RECORD_TEXT.replace("claims:\n", broken, 1)
    (root / RECORD).write_text(text)
    assert run(*command).exit_code in (1, 2)
    assert (root / RECORD).read_text() == text


# quote


def test_words_are_found_whatever_their_case_marks_and_line_breaks(root):
    result = run("quote", 'on monday "acme"\n will SELL its shop', "--article", "daily")
    assert (result.exit_code, result.output) == (
        0,
        "1. content/articles/daily.md:5, the same words\n"
        "   before: Mr. Able spoke.\n"
        "   here:   On Monday, “Acme” will sell its shop, it said.\n"
        "   after:  The price is one million.\n"
        "\n"
        "      - article: daily\n"
        "        stance:  # supports, disputes, qualifies, mentions\n"
        "        quote: On Monday, “Acme” will sell its shop\n"
        "\n",
    )


def test_who_quotes_a_passage_already_is_said(root):
    assert "   quoted by sold (mentions)\n" in run("quote", "will sell its shop").output
    assert "quoted by" not in run("quote", "The price is one million", "--article", "wire").output


def test_an_ellipsis_parts_a_quotation(root):
    result = run("quote", "On Monday … its shop", "--article", "wire", "--stance", "supports")
    assert "        quote:\n          - On Monday\n          - its shop\n" in result.output


def test_words_that_stand_nowhere_lead_to_those_most_like_them(root):
    result = run("quote", "on tuesday acme would sell a shop", "--article", "wire")
    assert result.exit_code == 0
    assert "% alike" in result.output
    assert "quote: On Monday, Acme will sell its shop" in result.output


def test_words_like_nothing_end_with_1(root):
    result = run("quote", "zebra crossing over the moon")
    assert (result.exit_code, result.output) == (1, "these words stand in no article, and nothing is like them\n")


@pytest.mark.parametrize("words", ["", "…", "“”", "\0", "((("])
def test_to_quote_no_words_is_wrong_use(words, root):
    result = run("quote", words)
    assert (result.exit_code, "no words were given" in result.stderr) == (2, True)


def test_several_passages_are_numbered_and_one_is_picked(root):
    before = (root / RECORD).read_bytes()
    add = ["quote", "the price is one million", "--add", "price", "--stance", "supports"]
    result = run(*add)
    assert result.exit_code == 2
    assert "1. content/articles/daily.md:5" in result.output
    assert "2. content/articles/wire.md:5" in result.output
    assert "say with --pick which passage is meant" in result.output
    assert (root / RECORD).read_bytes() == before
    result = run(*add, "--pick", "2", "--origin", "acme-memo")
    assert result.exit_code == 0
    assert "wrote claims.yaml: evidence of claim price\n" in result.output
    record = load(root).record
    assert record is not None
    added = record.claims[1].evidence[0]
    assert (added.article, added.stance, added.quote, added.origin) == (
        "wire",
        "supports",
        ("The price is one million",),
        ("acme-memo",),
    )
    assert run("fmt", "--check").output.count(RECORD) == 0
    assert "  # what comes next" in (root / RECORD).read_text()
    assert "error[repeated-evidence]" in run(*add, "--pick", "2").output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--add", "sold"], "--add needs --stance"),
        (["--add", "slod", "--stance", "supports"], 'there is no claim "slod"; did you mean "sold"?'),
        (["--article", "wier"], 'there is no article "wier"; did you mean "wire"?'),
        (["--add", "sold", "--stance", "supports", "--pick", "9"], "say with --pick"),
        (["--add", "sold", "--stance", "supports", "--pick", "1", "--origin", "acme"], "there is no origin"),
    ],
)
def test_wrong_use_of_quote_ends_with_2_and_writes_nothing(options, says, root):
    before = files(root)
    result = run("quote", "The price is one million", *options)
    assert result.exit_code == 2
    assert says in result.output
    assert files(root) == before


def test_words_that_prove_nothing_are_not_added(root):
    result = run("quote", "shop", "--article", "wire", "--add", "sold", "--stance", "supports")
    assert result.exit_code == 2
    assert "too short to prove anything: take in more words" in result.output


# A fresh editor's walk


@pytest.mark.parametrize("publication", [MINI, ROOT], ids=["mini", "real"])
def test_a_fresh_editor_stores_claims_quotes_checks_and_formats(publication, tmp_path, monkeypatch):
    root = tmp_path / "copy"
    for name in (RECORD, LOCK, "mkdocs.yml"):
        root.mkdir(exist_ok=True)
        shutil.copy(publication / name, root / name)
    shutil.copytree(publication / "content", root / "content")
    monkeypatch.chdir(root)
    run("fmt")
    claim = ["new", "claim", "--id", "bridge-closed", "--short", "Closed", "--kind", "event", "--text"]
    steps = [
        ["new", "article", str(PAGE), "--as-stated"],
        [*claim, "The bridge is closed."],
        ["quote", "the bridge was closed on thursday at noon", "--add", "bridge-closed", "--stance", "supports"],
        ["quote", '"It is safe now', "--add", "bridge-closed", "--stance", "mentions"],
    ]
    for step in steps:
        result = run(*step)
        assert result.exit_code == 0, result.output
        assert "next: " in result.output
    checked = run("check")
    assert checked.exit_code == 0
    assert "bridge-closed" not in "".join(re.findall(r"error.*", checked.output))
    assert (run("fmt").exit_code, run("fmt").output) == (0, "")
    assert run("build").exit_code == 0
    assert (root / "site/claims/bridge-closed/index.html").is_file()


def test_every_command_explains_itself():
    for words in (["new"], ["new", "article"], ["new", "claim"], ["quote"]):
        command = cli.main
        for word in words:
            assert isinstance(command, click.Group)
            command = command.commands[word]
        assert command.help
        assert all(not isinstance(parameter, click.Option) or parameter.help for parameter in command.params)
        assert run(*words, "--help").exit_code == 0


def test_files_are_left_in_no_half_state(root):
    assert run("new", "article", "-", "--id", "x", input="Words.").exit_code == 0
    assert run("new", "article", "-", "--update", "x", input="Other words.").exit_code == 0
    assert not [name for name in os.listdir(root / ARTICLES) if name.startswith(".")]
