"""Publications in Arabic and in Chinese: small ones, whole, in the browser; and what rules make of their words."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser import AXE_RULES, served
from playwright.sync_api import Browser, Page
from publications import HERE

from generator import build
from generator.passage import CONTEXT, fragment, quotation
from generator.problems import Severity
from generator.verify import Verdict, diagnose, locate, stored, too_short
from generator.words import foreign, gettext, nearest, ngettext, override

LANGUAGES = {"arabic": ("ar", "rtl"), "chinese": ("zh-Hans", "ltr")}
CLAIMS = {"arabic": "opening-day", "chinese": "cost"}
PAGES = (
    "",
    "claims/{}/",
    "chronology/",
    "matrix/",
    "sources/",
    "entities/",
    "statements/",
    "search/",
    "about/",
    "404.html",
)


@pytest.fixture(scope="module")
def opened(sites: dict[str, Path], browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of a publication: `opened("arabic", "matrix/", 320)`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    with served(sites["arabic"]) as arabic, served(sites["chinese"]) as chinese:

        def open_page(name: str, path: str, width: int = 1280) -> Page:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto({"arabic": arabic, "chinese": chinese}[name] + path.format(CLAIMS[name]))
            return page

        yield open_page
    context.close()


def in_each(values):
    return pytest.mark.parametrize(("name", "path"), [(name, path) for name in LANGUAGES for path in values])


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_record_has_no_error_and_no_warning(name):
    _, problems = build.read(HERE / "projects" / name)
    assert [problem for problem in problems if problem.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_each_document_says_its_language_and_direction(sites, name):
    language, direction = LANGUAGES[name]
    for path in sites[name].rglob("*.html"):
        tag = re.search("<html[^>]*>", path.read_text())[0]
        assert f'lang="{language}"' in tag, path
        assert ('dir="rtl"' in tag) == (direction == "rtl"), path


@pytest.mark.parametrize("name", LANGUAGES)
def test_what_a_reader_sees_quoted_is_the_quotation_character_for_character(sites, name):
    data = json.loads((sites[name] / "data/claims.json").read_text())
    assert data["about"]["in_language"] == LANGUAGES[name][0]
    for claim in data["claims"]:
        html = (sites[name] / f"claims/{claim['id']}/index.html").read_text()
        marked = [unescape(text) for text in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL)]
        for evidence in claim.get("evidence", ()):
            assert all(part in marked for part in evidence["quote"]), claim["id"]


def test_words_in_another_language_carry_it(sites):
    html = (sites["arabic"] / "claims/opening-day/index.html").read_text()
    assert html.count('<blockquote lang="en" dir="ltr">') == 1
    assert html.count("<blockquote><p>") == 2
    assert '<b lang="en" dir="ltr">on Thursday</b>' in html
    assert '«<bdi lang="en" dir="ltr">on Thursday</bdi>»' in html
    assert '"inLanguage":"ar"' in html
    assert 'lang="en"' not in (sites["chinese"] / "claims/cost/index.html").read_text()


@in_each(PAGES)
def test_no_word_is_left_in_english(opened, name, path):
    """But names in the record, code, and what is marked as English."""
    said = opened(name, path).evaluate("""() => {
        document.querySelectorAll("[lang=en], code, #citation, a[href$='svg']").forEach(one => one.remove());
        const labels = [...document.querySelectorAll("[aria-label], [title], [alt]")];
        return [document.title, document.body.textContent,
                ...labels.flatMap(e => [e.ariaLabel, e.title, e.alt])].join(" ");
    }""")
    words = set(re.findall("[A-Za-z]{2,}", said)) - {"Valley", "Wire", "JSON", "SVG"}
    assert words == set()


@in_each(PAGES)
def test_nothing_scrolls_sideways_on_the_narrowest_phone(opened, name, path):
    page = opened(name, path, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@in_each(PAGES)
@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing(opened, name, path, width):
    page = opened(name, path, width)
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate("rules => axe.run(document, rules)", AXE_RULES)["violations"] == []


def test_time_runs_from_right_to_left_in_arabic(opened):
    page = opened("arabic", "chronology/")
    lefts = page.evaluate("[...document.querySelectorAll('.tm')].map(e => e.getBoundingClientRect().left)")
    assert lefts == sorted(lefts, reverse=True)
    assert len(lefts) > 1
    middle = "e => e.getBoundingClientRect().left + e.getBoundingClientRect().width / 2"
    day = f"[...document.querySelectorAll('#opening-day .tk')].map({middle})"
    sixth, seventh, again = page.evaluate(day)
    assert sixth > seventh == again
    page = opened("arabic", "claims/opening-day/")
    dots = page.evaluate(f"[...document.querySelectorAll('.trk circle')].map({middle})")
    assert dots[0] > dots[1] == dots[2]
    axis = page.evaluate("document.querySelector('.cax path').getBoundingClientRect().right")
    track = page.evaluate("document.querySelector('.trk').getBoundingClientRect().right")
    assert abs(axis - track) < 2


def test_arrows_and_boxes_point_the_way_of_the_language(opened):
    assert set(opened("arabic", "claims/{}/").locator(".ar").all_inner_texts()) == {"→"}
    assert set(opened("chinese", "claims/{}/").locator(".ar").all_inner_texts()) == {"←"}
    for name, sign in (("arabic", 1), ("chinese", -1)):
        page = opened(name, "sources/" + {"arabic": "akhbar/", "chinese": "ribao/"}[name])
        boxes = page.evaluate("[...document.querySelectorAll('.prov rect')].map(e => e.getBoundingClientRect().left)")
        assert (boxes[0] - boxes[1]) * sign > 0
        texts = page.evaluate("""() => [...document.querySelectorAll('.prov rect')].every(box => {
            const a = box.getBoundingClientRect(), b = box.nextElementSibling.getBoundingClientRect();
            return a.left < b.left && b.right < a.right;
        })""")
        assert texts


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_badge_can_be_read(sites, opened, name):
    """Its two texts stand side by side in the order of the language, inside the picture, and hardly stretched."""
    path = f"claims/{CLAIMS[name]}/badge.svg"
    width = float(ElementTree.parse(sites[name] / path).getroot().get("width"))
    label, counts = opened(name, path).evaluate(
        "[...document.querySelectorAll('text')].map(e => { const b = e.getBBox(); return [b.x, b.x + b.width]; })"
    )
    first, second = (counts, label) if LANGUAGES[name][1] == "rtl" else (label, counts)
    assert 0 <= first[0] < first[1] <= second[0] < second[1] <= width
    drawn = opened(name, path).evaluate(
        """[...document.querySelectorAll('text')].map(e => {
            const fitted = e.getComputedTextLength(); e.removeAttribute("textLength");
            return fitted / e.getComputedTextLength();
        })"""
    )
    assert all(0.6 < ratio < 1.6 for ratio in drawn), drawn


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_browser_finds_a_quotation_by_its_fragment(browser, tmp_path, name):
    """A page with the article far down: the browser scrolls to the words if and only if it finds them."""
    pub = build.read(HERE / "projects" / name).publication
    for article in pub.articles:
        body = '<div style="height:4000px"></div>' + "".join(f"<p>{words}</p>" for words in article.body.split("\n\n"))
        (tmp_path / f"{article.id}.html").write_text(
            f'<!doctype html><html lang="{article.in_language}"><meta charset="utf-8">{body}'
        )
    cited = [c for review in pub.reviews for c in review.cited]
    found = [(c.evidence.article, fragment(pub.texts[c.evidence.article], c.match.spans[0])) for c in cited]
    wrong = [(cited[0].evidence.article, ":~:text=%E6%B2%A1%E6%9C%89")]
    context = browser.new_context(viewport={"width": 800, "height": 600})
    with served(tmp_path) as address:
        for article, directive in found + wrong:
            page = context.new_page()  # only a new navigation looks for text
            page.goto(f"{address}{article}.html#{directive}")
            page.wait_for_timeout(100)
            assert (page.evaluate("scrollY") > 1000) == ((article, directive) in found), directive
            page.close()
    context.close()


def test_numbers_have_the_forms_of_the_language():
    with override("ar"):
        forms = [ngettext("%(n)s article", "%(n)s articles", n) for n in (0, 1, 2, 3, 11, 100, 12500)]
        assert forms == ["لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال", "12,500 مقال"]
        assert gettext("Claims about %(name)s", name="Valley Wire") == "ادعاءات عن \u2068Valley Wire\u2069"
        assert foreign("ar-EG") == ""
        assert foreign("fa") == ' lang="fa" dir="rtl"'
    with override("zh-CN"):
        assert ngettext("%(n)s article", "%(n)s articles", 1) == "1 篇文章"
    assert gettext("Sources") == "Sources"


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        *(("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-SG", "zh-Hans"), ("zh-Hans-HK", "zh-Hans")),
        *(("zh-Hant", None), ("zh-TW", None), ("ar-EG", "ar"), ("AR", "ar"), ("en-US", "en"), ("tlh", None)),
    ],
)
def test_a_region_takes_the_translation_that_its_readers_read(tag, found):
    assert nearest(tag) == found


HAN = "他" * 150 + "。" + "昨天来了，" * 50


def test_a_quotation_in_chinese_keeps_the_words_around_it():
    text = stored(HAN + "桥已通车了吗？" + HAN)
    ahead, quoted, behind = quotation(text, locate(["桥已通车了吗？"], text))
    assert quoted.words == "桥已通车了吗？"
    assert CONTEXT - 5 < len(ahead.words) <= CONTEXT + 2
    assert CONTEXT - 5 < len(behind.words) <= CONTEXT + 2


def test_six_letters_of_chinese_say_enough_and_five_do_not():
    assert not too_short("桥已经通车了")
    assert too_short("桥已通车了")
    assert too_short("قال إنه")


def test_a_wrong_word_in_chinese_is_named_and_not_the_whole_paragraph():
    texts = {"a": stored("他昨天来了。桥已于周四通车，镇长说。他今天走了。")}
    found = diagnose(["桥已于周五通车"], "a", texts)
    assert found.verdict is Verdict.ALTERED
    assert found.passage == ("桥已于周四通车",)
    assert [(change.old, change.new) for change in found.changes] == [("四", "五")]


def test_a_long_passage_in_chinese_is_found_by_its_first_and_last_clause():
    words = "这座桥把孩子们上学的路缩短了一半，他说，明年春天我们会在两岸种上柳树，再修一条新的小路通往学校。"
    text = stored(words)
    directive = fragment(text, locate([words], text).spans[0])
    assert directive.count(",") == 1
    assert len(directive) < 400
