"""The canonical text of a record: it loses no value and no comment, and writing it twice changes nothing more."""

import re

import pytest
import yaml
from hypothesis import given, note
from hypothesis import strategies as st
from yaml import events as ev

from generator.edit import canonical, canonical_article
from generator.model import Article, Record


def values(text: str) -> object:
    """A document as plain texts, lists and mappings, without the order of keys."""
    return yaml.load(text, yaml.BaseLoader)


def comments(text: str) -> list[str]:
    """The comments of a document, found by taking its values away."""
    loader = yaml.CSafeLoader(text)
    left = list(text)
    while loader.check_event():
        event = loader.get_event()
        if type(event) is ev.ScalarEvent:
            start, end = event.start_mark.index, event.end_mark.index
            if event.style in ("|", ">"):
                start = text.find("\n", start)  # a comment may stand behind the sign of a block
            left[start:end] = "\n" * (end - start)
    return sorted(comment.rstrip() for comment in re.findall(r"#[^\n]*", "".join(left)))


def bare(value: object) -> object:
    """A list of one text is the same as that text, where a field takes either."""
    if isinstance(value, list):
        return value[0] if len(value) == 1 and isinstance(value[0], str) else [bare(item) for item in value]
    return {key: bare(item) for key, item in value.items()} if isinstance(value, dict) else value


def same(before: object, after: object) -> bool:
    """Whether values are the same, but for line breaks and tabs that the reader joins."""
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(same(before[key], after[key]) for key in before)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(same, before, after))
    broken = isinstance(before, str) and isinstance(after, str) and set(before) & set("\n\t")
    return before == after or (bool(broken) and before.split() == after.split())


def check(text: str, cls: type = Record) -> str:
    made = canonical(text, cls)
    assert same(bare(values(text)), bare(values(made)))
    assert comments(made) == comments(text)
    assert canonical(made, cls) == made
    return made


def test_fields_come_in_the_order_of_the_model_and_lists_of_ids_on_one_line():
    text = """\
claims:
- {kind: state, id: a, short: A, text: A., after: [b, c]}
about: {checked: 2020-09, title: T}
"""
    assert (
        check(text)
        == """\
about:
  title: T
  checked: 2020-09

claims:
  - id: a
    text: A.
    short: A
    kind: state
    after: [b, c]
"""
    )


def test_a_list_of_one_is_written_as_its_item_where_the_field_takes_either():
    made = canonical("claims:\n- evidence:\n  - quote: [One]\n    origin:\n    - self\n  would_change: [Much.]\n")
    assert "quote: One\n" in made
    assert "origin: self\n" in made
    assert "would_change:\n      - Much.\n" in made


def test_claims_stand_apart_and_topics_do_not():
    assert canonical("topics: [{id: a}, {id: b}]\nclaims: [{id: a}, {id: b}]\n") == (
        "topics:\n  - id: a\n  - id: b\n\nclaims:\n  - id: a\n\n  - id: b\n"
    )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("plain text", "plain text"),
        ("'quoted for nothing'", "quoted for nothing"),
        ('"two: parts"', '"two: parts"'),
        ("'it''s'", "it's"),
        ("|\n    a\n    b", "a b"),
        ("|\n    a: b\n\n      c\n", '"a: b c"'),
        (">-\n    a\n    b", "a b"),
        ("a\n    b", "a b"),
        ('"a # b"', '"a # b"'),
        ('"no"', '"no"'),
        ("'012'", '"012"'),
        ('"~"', '"~"'),
        ('""', '""'),
        ('" a"', '" a"'),
        ('"a:"', '"a:"'),
        ('"- a"', '"- a"'),
        ('"---"', '"---"'),
        ('"\\u00a0x"', '"\\xa0x"'),
        ('"tab\\there"', "tab here"),
        ('"\\u00a0x\\n"', '"\\xa0x"'),
        ('"back\\\\slash"', "back\\slash"),
        ("“curly” – 字 👍", "“curly” – 字 👍"),
        ('"\\U000e0041"', '"\\U000e0041"'),
        ("2020-09-15", "2020-09-15"),
        ("https://example.org/#a", "https://example.org/#a"),
    ],
)
def test_a_value_is_written_plain_where_every_reader_takes_it_for_that_text(typed, written):
    assert check(f"about:\n  note: {typed}\n") == f"about:\n  note: {written}\n"


COMMENTED = [
    ("about:\n  title: T   # one\n", "about:\n  title: T  # one\n"),
    (
        "# one\n\n# two\nabout:\n  # three\n  title: T\n# four\n",
        "# one\n# two\nabout:\n  # three\n  title: T\n# four\n",
    ),
    ("about:\n  note: | # one\n    x\n  # two\n", "about:\n  # one\n  note: x\n# two\n"),
    ("about:\n  note: >-\n    x\n  # two\n  title: T\n", "about:\n  # two\n  title: T\n  note: x\n"),
    ("topics: [#one\n  {id: a,#two\n  name: b}]\n", "topics:\n  #one\n  - id: a  #two\n    name: b\n"),
    ("topics:\n- id: a\n  # one\n- # two\n  id: b # 3\n", "topics:\n  - id: a\n  # one\n  # two\n  - id: b  # 3\n"),
    ("about: # one\n  # two\n  note: x\n  title: T\n", "# one\nabout:\n  title: T\n  # two\n  note: x\n"),
    ("claims:\n- after: [a, # one\n    b]\n", "claims:\n  - after:\n      - a  # one\n      - b\n"),
    ("claims:\n- evidence: [{quote: [ # one\n A]}]\n", "claims:\n  - evidence:\n      # one\n      - quote: A\n"),
    ("? about\n: # one\n  title: T\n", "about:\n  # one\n  title: T\n"),
]


@pytest.mark.parametrize(("before", "after"), COMMENTED)
def test_a_comment_stays_with_what_it_stands_before_or_behind(before, after):
    assert check(before) == after


def test_line_breaks_stay_where_the_reader_refuses_them():
    text = 'topics:\n  - id: "a\\n"\n    extra: "b\\n"\n'
    assert canonical(text) == text


def test_front_matter_is_formatted_and_the_words_are_not_touched():
    body = "Words  as printed.\n---\nkey:   value\n\n\n"
    made = canonical_article(f"---\nform:   'report'\nheadline: A # c\n---\n{body}", body)
    assert made == f"---\nheadline: A  # c\nform: report\n---\n\n{body}"
    assert canonical_article(made, body) == made


@pytest.mark.parametrize("head", ["---\n---\n", "---\n\n---\n\n", "---   \n---\t\n"])
def test_empty_front_matter_stays_empty(head):
    assert canonical_article(head + "Words.", "Words.") == "---\n---\n\nWords."


def test_a_comment_alone_in_front_matter_stays():
    made = canonical_article("---\n# to do\n---\nWords.", "Words.")
    assert made == "---\n# to do\n---\n\nWords."
    assert canonical_article(made, "Words.") == made


def test_a_record_without_fields_stays_one():
    assert check("{}\n") == "{}\n"
    assert canonical("{}\n", Article) == ""


@pytest.mark.parametrize("text", ["- a\n", "a\n", ""])
def test_what_is_no_mapping_has_no_canonical_form(text):
    with pytest.raises(ValueError, match="not a mapping"):
        canonical(text)


# Documents are made as nested values, and written in every style that YAML has for them.

TEXT = st.text(
    st.one_of(
        st.sampled_from(list(" #:-?,[]{}&*!|>'\"%@`~=.\\/0123456789abcno\n")),
        st.sampled_from("äé字ア👍“”’–\u00a0\u200d\u200b\u2028\x85\x7f\x1b\ufeff\ufffd\ue000\t"),
    ),
    max_size=14,
)
KEYS = st.sampled_from(
    ["id", "note", "title", "quote", "after", "evidence", "claims", "about", "a b", "x#y", "no", "-z"]
)
COMMENT = st.sampled_from(["", "", "", "# one", "#two", "# tres: {}, [x", "# 'it", "#", '# # "'])
VALUES = st.recursive(
    TEXT,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=10,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["about", "topics", "claims", "statements", "extra"]), VALUES, min_size=1)


def double(text: str) -> str:
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'


def scalar(text: str, data: st.DataObject, pad: str, flow: bool) -> str:
    """A text in a style of the data's choice that can hold it."""
    styles = [double(text)]
    printable = text.isprintable() and not set(text) & set("\u2028\x85\ufeff")
    if printable:
        styles.append("'" + text.replace("'", "''") + "'")
    if re.fullmatch(r"[a-z][a-z0-9.]*( [a-z0-9.]+)*", text):
        styles += [text, text.replace(" ", f"\n{pad} ")]
    if not flow and text and printable and not text[0].isspace():
        styles += [f"{sign}-{c}\n{pad}  {text}" for sign in "|>" for c in ("", " # head") if text == text.rstrip()]
    return data.draw(st.sampled_from(styles))


def written(value: object, data: st.DataObject, depth: int, flow: bool) -> str:
    """A value behind a key or a hyphen, with comments strewn in."""
    pad = "  " * depth
    flow = flow or data.draw(st.booleans())

    def comment() -> str:
        made = data.draw(COMMENT)
        return f" {made}\n{pad} " if made else ""

    if isinstance(value, str):
        return " " + scalar(value, data, pad, flow)
    if flow or not value:
        items = (
            [f"{double(key)}:{written(item, data, depth, True)}" for key, item in value.items()]
            if isinstance(value, dict)
            else [written(item, data, depth, True) for item in value]
        )
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        return f" {opening}{comment()}" + ",".join(f"{item}{comment()}" for item in items) + f"{comment()}{closing}"
    lines = ""
    for key, item in value.items() if isinstance(value, dict) else ((None, item) for item in value):
        above = data.draw(COMMENT)
        lines += f"\n{pad}{above}" if above else ""
        head = "-" if key is None else f"{double(key)}:"
        below = written(item, data, depth + 1, False)
        behind = data.draw(COMMENT) if "\n" not in below and not below.endswith(("|", ">")) else ""
        lines += f"\n{pad}{head}{below}" + (f" {behind}" if behind else "")
    return lines


@given(DOCUMENTS, st.data())
def test_no_value_and_no_comment_is_lost_and_twice_is_as_once(document, data):
    text = written(document, data, 0, False).removeprefix("\n").removeprefix(" ") + "\n"
    note(text)
    assert values(text) == document
    check(text)


@given(st.dictionaries(KEYS, TEXT, min_size=1, max_size=4))
def test_any_text_can_stand_in_a_record_and_in_a_front_matter(fields):
    text = "".join(f"{double(key)}: {double(value)}\n" for key, value in fields.items())
    for cls in (Record, Article):
        assert values(check(text, cls)) == fields
