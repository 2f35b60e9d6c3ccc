"""Passages of two articles that look like one statement, and the sentences that are compared."""

from generator import build
from generator.sentences import sentences
from generator.suggest import suggest
from generator.verify import stored

WIRE = "“We believe that a partnership with the baker would serve all our customers well,” Acme said on Monday."
POST = "We believe a partnership together with the baker could serve all of our customers well, acme stated."
ALONE = "The weather at the river was bad for most of the week and nobody went out for a walk."


def split(text: str) -> list[str]:
    prepared = stored(text)
    return [prepared.words[a:b] for a, b in sentences(prepared)]


def test_sentences_end_at_marks_before_a_capital_and_at_paragraphs():
    assert split("It rained. “Did it?” she asked. It did\n\nNobody saw it.") == [
        "It rained.",
        "“Did it?” she asked.",
        "It did",
        "Nobody saw it.",
    ]


def test_abbreviations_and_initials_end_no_sentence():
    assert split("On Aug. 6 the U.S. President and Mr. J. Doe of Acme Inc. met. They ate.") == [
        "On Aug. 6 the U.S. President and Mr. J. Doe of Acme Inc. met.",
        "They ate.",
    ]


def test_chinese_sentences_need_no_space():
    assert split("他昨天来了。他今天走了。") == ["他昨天来了。", "他今天走了。"]


def test_arabic_sentences_begin_without_capitals():
    assert split("هل وصل أمس؟ لم يجب أحد. «وصل.» ثم غادر") == ["هل وصل أمس؟", "لم يجب أحد.", "«وصل.»", "ثم غادر"]


def test_a_closing_mark_belongs_to_a_chinese_sentence():
    assert split("他说：“我来了。”然后走了。") == ["他说：“我来了。”", "然后走了。"]


def test_a_small_letter_begins_no_sentence():
    assert split("It rose by 4.3 percent. of what? nobody knew.") == ["It rose by 4.3 percent. of what? nobody knew."]


def test_chinese_wordings_of_one_statement_are_suggested(project):
    one = "这座桥把孩子们上学的路缩短了一半，明年春天我们会在两岸种上柳树。"
    other = "这座桥把孩子上学的路缩短了一半，明年春天我们要在两岸种上桃树。"
    away = "昨天江边的天气不好，没有人愿意出门散步，大家都在家里看书。"
    pub = build.read(project("", {"wire": one + away, "post": other})).publication
    (pair,) = suggest(pub)
    assert {pair.one.words, pair.other.words} == {one, other}


def test_one_statement_in_two_wordings_is_suggested_and_nothing_else(project):
    pub = build.read(project("", {"wire": f"{WIRE} {ALONE}", "post": POST})).publication
    (pair,) = suggest(pub)
    assert {pair.one.words, pair.other.words} == {WIRE, POST}
    assert 65 <= pair.likeness <= 100


def test_what_the_record_holds_already_is_not_suggested_again(project):
    record = """\
statements:
  - id: memo
    title: Acme
    canonical: {article: wire, exact: We believe that a partnership}
    variants: [{article: post, exact: We believe a partnership together}]
"""
    pub = build.read(project(record, {"wire": WIRE, "post": POST})).publication
    assert suggest(pub) == []


def test_a_repetition_within_one_article_is_no_suggestion(project):
    pub = build.read(project("", {"wire": f"{WIRE} {POST}"})).publication
    assert suggest(pub) == []
