"""Reviews made elsewhere become a record that checks clean, whatever state they are in, and go out as they came in."""

import json
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import dirty
import pytest
import structured
from cases import cases, check_problems
from click.testing import Result
from commands import run
from hypothesis import example, given
from hypothesis import strategies as st
from sites import built

from generator.build import read
from generator.canon import formatted
from generator.imports import claimreview, clean, documents, jsontext, scale, table
from generator.imports.facts import Rated, Review
from generator.imports.naming import LONGEST, Ids, slug
from generator.problems import Problem, Refused, Severity, errors, in_order
from generator.texts import id_fault, url_fault

SITE = "https://facts.example.org/"
LIKELY_WARNINGS = {"near-duplicate", "not-atomic", "mixed-script", "overclaim"}
"""What the check may find in words that are not ours: it is for the editor to look at."""


def began(folder: Path, text: str, name: str = "reviews.json") -> Result:
    """A publication of the reviews of a text, in `folder / "pub"`."""
    (folder / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    return run("init", folder / "pub", "--address", SITE, "--from-claimreview", folder / name)


@pytest.mark.parametrize("case", cases("imports"))
def test_what_is_read_of_a_file_and_what_is_said_of_it(case, tmp_path):
    path = tmp_path / "given"
    path.write_text(case["given"], encoding="utf-8")
    problems: list[Problem] = []
    try:
        if case["file"] == "claimreview":
            found, _ = claimreview.read("given", path.read_text(), problems)
        else:
            found = table.read("given", path.read_text(), case.get("map", {}), problems)
    except Refused as refusal:
        found, problems = [], [*problems, *refusal.problems]
    wanted = [{"in": "given", **want} for want in case.get("problems") or ()]
    check_problems(tmp_path, in_order(problems), wanted)
    assert [shown(review) for review in found] == (case.get("reviews") or [])


def shown(review: Review) -> dict[str, Any]:
    """A review as a case has it: what it says and nothing else, in plain texts."""

    def plain(value: Any) -> Any:
        if hasattr(value, "_asdict"):
            return {name: plain(held) for name, held in value._asdict().items() if held}
        return [plain(item) for item in value] if isinstance(value, tuple) else value

    names = [name for name in Review.__slots__ if name not in ("mark", "judge")]
    return {name: plain(getattr(review, name)) for name in names if getattr(review, name)}


@pytest.mark.parametrize("form", dirty.FORMS)
def test_dirty_reviews_become_a_record_that_checks_clean(tmp_path, form):
    done = began(tmp_path, dirty.reviews(1000, 3, form))
    assert done.exit_code == 1, "what was left out is an error"
    assert "Traceback" not in done.output
    reading = read(tmp_path / "pub")
    assert not errors(reading.problems)
    assert {p.code for p in reading.problems if p.severity is Severity.WARNING} <= LIKELY_WARNINGS
    assert [name for name, text, better in formatted(tmp_path / "pub", []) if text != better] == []
    total, new, merged, known, left = (
        int(number.replace(",", ""))
        for number in re.findall(r"\d[\d,]*", re.search(r"[\d,]+ reviews read:.*", done.output)[0])
    )
    assert total == new + merged + known + left
    assert len(reading.publication.record.claims) == new > 500


def test_what_is_there_already_is_not_added_again(tmp_path, monkeypatch):
    began(tmp_path, dirty.reviews(300, 5))
    monkeypatch.chdir(tmp_path / "pub")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    again = run("import", "claimreview", "../reviews.json")
    assert ": 0 claims new, 0 merged" in again.output
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_a_site_of_dirty_reviews_is_valid_and_its_feed_says_what_came_in(tmp_path):
    began(tmp_path, dirty.reviews(300, 7))
    site = built(tmp_path / "pub", tmp_path / "site")
    feed = json.loads((site / "data/claimreview.json").read_text())
    assert list(structured.vocabulary(feed)) == []
    assert feed["name"] == "A feed", "the name of the site and of the record, and of the second time too"
    whole = {"reviewRating", "datePublished", "reviewRating.alternateName", "author.url"}
    for element in feed["dataFeedElement"]:
        faults = list(structured.review({"@context": "https://schema.org", **element["item"]}))
        assert {fault.split(":")[0] for fault in faults} <= whole, "what others left out can't be made up"
    pages = sorted(site.glob("claims/*/index.html"))
    assert pages
    for page in pages:
        (review,) = (b for b in structured.blocks(page.read_text()) if b.get("@type") == "ClaimReview")
        assert list(structured.vocabulary(review)) == []
    assert b"<script>alert" not in b"".join(page.read_bytes() for page in pages)

    (tmp_path / "second").mkdir()
    began(tmp_path / "second", (site / "data/claimreview.json").read_text())
    again = read(tmp_path / "second/pub")
    assert not errors(again.problems)
    assert facts(again.publication.record) == facts(read(tmp_path / "pub").publication.record)


def facts(record: Any) -> set[Any]:
    """What a round trip keeps of reviews with a rating and an address; of dates, days.

    A claim that nobody rated goes out with its badge, as a review of ours, which is another review than came in.
    """
    articles = {article.id: article for article in record.articles}
    publishers = {publisher.id: publisher.name for publisher in record.publishers}
    entities = {entity.id: (entity.name, entity.same_as) for entity in record.entities}

    def day(date: Any) -> str:
        return date.edtf if date and date.is_day else ""

    def given(verdict: Any) -> Any:
        numbers = (verdict.as_given.value, verdict.as_given.best, verdict.as_given.worst)
        return verdict.as_given.name, numbers, verdict.explanation

    return {
        (
            *(claim.text, entities.get(claim.claimant), day(claim.claimed)),
            tuple(sorted({articles[e.article].url for e in claim.evidence if e.stance == "supports"})),
            *(publishers.get(article.publisher), article.url, day(article.date_published), article.in_language),
            *(article.headline, article.author),
            given(verdict),
        )
        for claim in record.claims
        for verdict in claim.verdict
        if verdict.article and not (article := articles[verdict.article]).url.startswith(SITE)
    }


NAMES = """
    @type @graph @id @value url name author claimReviewed itemReviewed reviewRating alternateName ratingValue text item
    datePublished inLanguage appearance firstAppearance sameAs claims claimReview claimant dataFeedElement publisher
""".split()
SCALARS: Any = st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.just("ClaimReview")
VALUES: Any = st.recursive(
    SCALARS | st.sampled_from(dirty.ADDRESSES + dirty.DATES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=30,
)


@given(VALUES)
def test_any_json_is_read_without_a_fault_of_ours(value):
    text = json.dumps(value)
    problems: list[Problem] = []
    for review in claimreview.read("x", text, problems)[0]:
        assert review.claim == clean.plain(review.claim)[0] != ""
        assert review.page is None or url_fault(review.page.url) is None
    assert all(p.mark.line >= 1 and p.message and p.help for p in problems)


@given(st.text(alphabet=st.sampled_from('{}[]",:\\ \n1eE.-+tfnulars\ufeff\u2028é')))
@example('"\\1"')
@example('[{"a": "\\q"}, 1]')
def test_any_text_is_read_as_json_or_said_to_be_none(text):
    problems: list[Problem] = []
    found = documents.documents(jsontext.opened("x", text), problems)
    try:
        wanted = json.loads(text, parse_int=str, parse_float=str, parse_constant=str, strict=False)
    except ValueError:
        return
    if "\n" not in text.strip():  # a line break in a text is refused here, since it mostly is a lost quotation mark
        assert problems == []
        assert [bare(node) for node in found] == [wanted]


def bare(node: jsontext.Node) -> Any:
    if isinstance(node.value, list):
        return [bare(item) for item in node.value]
    if isinstance(node.value, dict):
        return {name: bare(item) for name, item in node.value.items()}
    return str(node.value) if isinstance(node.value, jsontext.Number) else node.value


def test_a_file_of_faults_or_of_too_many_values_is_given_up_at_a_bound(monkeypatch):
    problems: list[Problem] = []
    documents.documents(jsontext.opened("x", "{\n" * 5000), problems)
    assert len(problems) == documents.FAULTS
    assert "nothing behind it is read" in problems[-1].message
    monkeypatch.setattr(jsontext, "MOST", 100)
    (found,) = documents.documents(jsontext.opened("x", "[" + "null," * 500 + "null]"), problems)
    assert len(found.value) < 100
    assert "more than 100 values" in problems[-1].message
    (found,) = documents.documents(jsontext.opened("x", '[1, {"a": ' + "[" * 90_000), problems)
    assert "levels deep" in problems[-1].message


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_table_or_said_to_be_none(raw):
    problems: list[Problem] = []
    with suppress(Refused):
        table.read("x", "claim,rating\n" + table.decoded("x", raw, "utf-8"), {}, problems)
        table.read("x", table.decoded("x", raw, "utf-8"), {}, problems)
    assert all(problem.message and problem.code for problem in problems)


@given(st.text(alphabet=st.characters() | st.sampled_from("<>&;/!-#xamplt\u202e\ufffd\u200b\n ")))
@example("<A\x1b>")
def test_a_cleaned_text_is_clean_and_stays_as_it_is(text):
    once, _ = clean.plain(text)
    assert clean.plain(once) == (once, [])
    assert "\n" not in once
    assert once == once.strip()


@pytest.mark.parametrize(
    "text", ["&" + "amp;" * 300_000, "&#38;" + "#38;" * 40_000, "\u200b" * 160_000, "<a " * 40_000]
)
def test_what_hides_in_itself_many_times_is_cleaned_in_a_moment(text):
    began = time.process_time()
    once, _ = clean.plain(text)
    assert time.process_time() - began < 3
    assert clean.plain(once) == (once, [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("2020-09-14", "2020-09-14"), ("2020-9-4", "2020-09-04"), ("2020-09", "2020-09"), ("2020", "2020")),
        *(("2020-09-14T23:30:00-08:00", "2020-09-14"), ("2020-09-14 10:00", "2020-09-14"), ("20200914", "2020-09-14")),
        *(("March 3, 2020", "2020-03-03"), ("3rd of march 2020", "2020-03-03"), ("Sept. 3 2020", "2020-09-03")),
        *(("Tue, 03 Mar 2020 10:00:00 GMT", "2020-03-03"), ("2020/09/14", "2020-09-14"), ("23/04/2020", "2020-04-23")),
        *(("04/23/2020", "2020-04-23"), ("05/05/2020", "2020-05-05"), ("1599998400", "2020-09-13")),
        *(("1599998400000", "2020-09-13"), ("-86400000000", None)),
        *(("03/04/2020", None), ("2020-13-40", None), ("2021-02-29", None), ("yesterday", None), ("0000-01-01", None)),
        *(("99999999999999999999", None), ("", None), ("20209914", None), ("9" * 13, None)),
    ],
)
def test_a_date_is_read_where_it_can_only_be_one_day(text, day):
    assert clean.day(text) == day


STEPS = scale.standard()
FIVE = [scale.Step(f"r{n}", f"Grade {n}", n) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("rated", "steps", "rating"),
    [
        *((Rated("FALSE!"), STEPS, "false"), (Rated("Partly false"), STEPS, "partly-false")),
        *((Rated("Pants on Fire!"), STEPS, "false"), (Rated("Pants on Fire!"), FIVE, "r1")),
        *((Rated("False: the photo is older"), STEPS, "false"), (Rated("True, but misleading"), STEPS, "other")),
        *((Rated("Mostly False"), STEPS, "partly-false"), (Rated("Half True"), FIVE, "r3")),
        *((Rated("خطأ"), STEPS, "false"), (Rated("虚假"), STEPS, "false"), (Rated("صحيح"), FIVE, "r5")),
        *((Rated("No Evidence"), STEPS, "unproven"), (Rated("No Evidence"), FIVE, "")),
        *((Rated("Four Beeps", "5"), STEPS, "true"), (Rated("", "1", "5", "1"), STEPS, "false")),
        *(
            (Rated("", "4,5", "5", "0"), STEPS, "true"),
            (Rated("2/5"), FIVE, "r3"),
            (Rated("", "7", "5", "1"), STEPS, "other"),
        ),
        *(
            (Rated("", "1", "1", "1"), STEPS, "other"),
            (Rated("🤥"), STEPS, "other"),
            (Rated("Four Beeps"), STEPS, "other"),
        ),
        (Rated("Four Beeps", "9", "3", "1"), STEPS, "other"),
    ],
)
def test_a_rating_in_other_words_comes_to_a_step_of_the_scale(rated, steps, rating):
    assert scale.step(rated, steps, {}).rating == rating


def test_an_editor_says_what_a_word_comes_to():
    assert scale.step(Rated("🤥"), STEPS, {scale.folded("🤥"): "false"}).rating == "false"
    assert scale.step(Rated("👍"), STEPS, {scale.folded("🤥"): "false"}).rating == "other"
    assert scale.step(Rated("Four Beeps!"), STEPS, {"four beeps": "true"}).rating == "true"


def test_no_word_of_a_verdict_means_two_things():
    seen: dict[str, str] = {}
    path = Path(scale.__file__).with_name("verdicts.txt")
    for line in path.read_text(encoding="utf-8").split("\n"):
        share, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            for word in words.split(","):
                assert scale.folded(word), line
                assert seen.setdefault(scale.folded(word), share) == share, word
    for step in STEPS[:5]:
        assert scale.folded(step.name) in seen


@given(st.lists(st.text(), max_size=20))
def test_ids_are_ids_and_never_given_twice(texts):
    ids = Ids(["a"])
    found = [ids.new(text, "claim") for text in texts]
    assert len({*found, "a"}) == len(texts) + 1
    assert all(id_fault(id) is None and len(id) < LONGEST + 20 for id in found)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        *(("The bridge’s end", "the-bridges-end"), ("桥梁关闭", "qiao-liang-guan-bi"), ("TikTok", "tiktok")),
        *(("", "claim"), ("?!", "claim"), ("con", "claim-con"), ("Über 9 %", "uber-9"), ("x" * 99, "x" * 60)),
    ],
)
def test_an_id_can_be_read(text, id):
    assert slug(text, "claim") == id
