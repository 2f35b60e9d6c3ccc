"""Saved pages and texts: which words are taken, what a page states about itself, and which lines look like noise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publications import HERE

from generator.capture import Captured, Stated, agreed, capture, likely_noise
from generator.problems import Refused

PAGE = (HERE / "pages" / "bridge.html").read_bytes()


def test_a_page_gives_its_paragraphs_and_list_items_without_marks_of_its_own():
    text = capture(PAGE, "page").text
    assert "\n\nThe bridge was closed on Thursday at noon, the city said. “We had no choice,” the mayor told" in text
    assert "\n\nThe city council meets on Monday.\n\nAn engineer’s report is due in October.\n\n" in text
    assert "until the next morning.\nNobody was hurt.\n" in text
    assert not any(mark in text for mark in ("<", "&", "- The", "|", "Home", "Share this article", "Most read"))


def test_words_that_are_left_out_are_counted():
    assert capture(PAGE, "page").left_out > 0
    assert capture(b"Words.", "text") == Captured("Words.\n")


def test_what_a_page_states_comes_with_its_place():
    stated = capture(PAGE, "page").stated
    assert Stated("date_published", "2020-09-14", "JSON-LD datePublished") in stated
    assert Stated("url", "https://daily.example.org/bridge", "link canonical") in stated
    assert agreed(stated)["author"] == Stated("author", "Ann Smith", "JSON-LD author")


def test_a_page_that_contradicts_itself_states_nothing():
    page = PAGE.replace(b"</head>", b'<meta property="article:published_time" content="2019-01-01T00:00:00Z"></head>')
    assert "date_published" not in agreed(capture(page, "page").stated)


@pytest.mark.parametrize("date", [b"yesterday", b"14.09.2020", b"2020-02-31", b"", b"2020-13-01T10:00"])
def test_a_date_that_is_none_is_no_statement(date):
    page = PAGE.replace(b"2020-09-14T21:30:00+02:00", date)
    assert "date_published" not in {one.field for one in capture(page, "page").stated}


def test_an_address_or_a_language_that_could_not_be_written_is_no_statement():
    page = PAGE.replace(b"https://daily.example.org/bridge", b"/bridge").replace(b'lang="en"', b'lang="en_GB"')
    assert {"url", "in_language"} & {one.field for one in capture(page, "page").stated} == set()


@pytest.mark.parametrize("data", ["{", "[]", "null", "7", '{"@type": 1}', '{"@type": "Article", "author": [1, {}]}'])
def test_json_that_says_nothing_is_passed_over(data):
    page = f'<html><script type="application/ld+json">{data}</script><body><p>{"Some words. " * 20}</p></html>'
    assert capture(page.encode(), "page").stated == ()


def test_a_page_is_read_in_the_encoding_that_it_names():
    page = '<html><meta charset="windows-1252"><body><p>' + "Das schöne “Haus” steht. " * 9 + "</p></html>"
    assert "Das schöne “Haus” steht." in capture(page.encode("cp1252"), "page").text


def test_numbers_and_comparisons_are_no_markup():
    words = "It is 3 < 4 and 5 > 4, R&D, <3, a<b; AT&T.\n"
    assert capture(words.encode(), "text").text == words


NOISE = ["Advertisement", "SHARE", "Share this article", "Read more: Ten bridges", "Sign up for more", "12 Comments"]
WORDS = [
    "Share prices fell.",
    "Read the order in full.",
    "The advertisement ran.",
    "Register of voters",
    "Print runs rose",
]


def test_lines_that_look_like_noise_are_named_and_others_are_not():
    assert likely_noise("\n".join([*NOISE, *WORDS, NOISE[0]])) == NOISE


TAGS = ["p", "div", "article", "br", "li", "td", "script", "body", "html", "!--", "meta charset=utf-8", "/p", "x:y"]
SENTENCES = st.just("Some words, some more, and a comma. " * 5)
PIECES = st.sampled_from([f"<{tag}>" for tag in TAGS]) | st.text(max_size=20) | SENTENCES


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=20), st.booleans())
def test_whatever_stands_in_a_page_it_is_taken_or_refused(pieces, page):
    raw = (("<html>" if page else "") + "".join(pieces)).encode("utf-8", "replace")
    try:
        taken = capture(raw, "page")
    except Refused:
        return
    assert taken.text == "" or taken.text.endswith("\n")
    assert "\r" not in taken.text


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "idna", "no-such"])
def test_a_charset_that_no_page_is_written_in_is_refused(charset):
    page = f'<html><head><meta charset="{charset}"></head><body><p>Some words.</p></body></html>'.encode()
    with pytest.raises(Refused) as refusal:
        capture(page, "page.html")
    assert [problem.code for problem in refusal.value.problems] == ["not-utf8"]


def test_linked_data_that_is_nested_without_end_is_passed_over():
    head = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    page = f"<html><head>{head}</head><body><p>{'Some plain words of an article. ' * 20}</p></body></html>".encode()
    assert "plain words" in capture(page, "page.html").text
