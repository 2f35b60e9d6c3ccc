"""Records made up by hypothesis from the declarations of the model, and written in every style that YAML has.

`documents` draws a record as nested values whose texts are `Leaf`s; with `faults`, some of it is a little wrong: of
another type, an unknown or a missing key, a bad word, id, date or address. `written` is its YAML.
"""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from generator.model import Is, Placed, Ref
from generator.shape import Field, Kind, shape


class Leaf(NamedTuple):
    """A text and the style in which it is written: "plain", "double", "single", "|", "|-", ">" or ">-"."""

    text: str
    style: str


NOTHING = Leaf("", "plain")
BARE_WORDS = [Leaf(word, "plain") for word in ("true", "False", "null", "~")]
"""Words to the reader; a program that types values as YAML 1.2 does takes them for no text."""
NUMBERS = ["2020", "012", "0x1F", "0o17", "1e3", "3.14", "-5", "+7", ".5", "4."]
WORDS = [
    "no",
    "yes",
    "on",
    "2020-09-15",
    "12:30",
    "1_000",
    "A sale, at last",
    "it’s “late”",
    "字 👍",
    "a  b",
    "x\u00a0y",
]
LINES = ["two\nlines", "two  \n\n lines\n", "tab\there", "one\n"]
IDS = ["a", "wire-report", "7-days", "x" * 80, "1-1"]
DATES = [
    "2020",
    "2020-09",
    "2020-09-15",
    "2020-09-14~",
    "2020-09-11/2020-09-20",
    "2020-23",
    "0999",
    "[2020-08-26,2020-08-27]",
]
URLS = ["https://a.example.org", "http://x.org:80/a?b=c#d", "https://a-b.org/~c%20"]
LANGUAGES = ["en", "no", "pt-BR", "zh-Hant"]

BAD_TEXTS = [NOTHING, Leaf("", "double"), Leaf(" ", "double"), Leaf("\u00a0", "double"), Leaf("a\u200bb", "double")]
BAD_IDS = ["Bad Id", "x" * 81, "-a", "index", "a_b", "é", "con", "a\n"]
BAD_DATES = [
    "2020-13",
    "2020-9-5",
    "20200",
    "yesterday",
    "2020-09-32",
    "15/09/2020",
    "2020-20",
    "0000",
    "2020.5",
    "2020-9/2021",
    "~",
    "-",
]
BAD_URLS = [
    "ftp://x.org",
    "https://localhost/",
    "https://1.2.3.4/",
    "x.org",
    "https://a..org",
    "https://a.org/<b>",
    "https://u@a.org",
]
COLOURS = ["#5b3391", "#B196FF", "#000000"]

BAD_COLOURS = ["#fff", "red", "5b3391", "#5b33911"]
BAD_LANGUAGES = ["english", "e", "en_GB", "1"]


def leaf(texts: list[str], *styles: str) -> st.SearchStrategy[Leaf]:
    return st.builds(Leaf, st.sampled_from(texts), st.sampled_from(styles or ("plain", "double", "single")))


TEXT = st.one_of(leaf([*WORDS, *NUMBERS]), leaf(LINES, "double", "|", "|-", ">", ">-"))


def good(field: Field) -> st.SearchStrategy[Any]:
    """A value that the field can hold, not yet as a list."""
    if field.kind is Kind.DATE:
        return leaf(DATES, "double", "single") | leaf(["2020", "2020-09", "2020-09-14~"], "plain")
    if field.kind is Kind.CHOICE:
        return leaf([member.value for member in field.detail])
    if isinstance(field.detail, Ref) or field.detail is Is.ID:
        return leaf(IDS)
    if field.kind is Kind.NUMBER:
        return leaf(["0", "1", "12", "999999"])
    quoted = leaf(COLOURS, "double", "single")  # bare, it would be a comment
    return {Is.URL: leaf(URLS), Is.LANGUAGE: leaf(LANGUAGES), Is.COLOUR: quoted}.get(field.detail, TEXT)


def bad(field: Field) -> st.SearchStrategy[Any]:
    """A value of the right sort that the field can't hold."""
    styles = ("double", "single")
    if field.kind is Kind.DATE:
        wrong = leaf(BAD_DATES, *styles) | leaf(["20200", "2020.5", "true"], "plain")
    elif field.kind is Kind.CHOICE:
        wrong = leaf(["stat", "Report", "1", "true"])
    elif field.kind is Kind.NUMBER:
        wrong = leaf(["three", "-1", "1.5", "1000000"])
    elif isinstance(field.detail, Ref):
        return st.sampled_from(BAD_TEXTS)  # a reference to nothing is for the loader to find
    else:
        of = {Is.ID: leaf(BAD_IDS, *styles), Is.URL: leaf(BAD_URLS), Is.LANGUAGE: leaf(BAD_LANGUAGES, *styles)}
        of[Is.COLOUR] = leaf(BAD_COLOURS, *styles)
        wrong = of.get(field.detail, st.sampled_from(BAD_TEXTS))
    return wrong | st.sampled_from([*BAD_TEXTS, *BARE_WORDS])


@st.composite
def documents(draw: st.DrawFn, cls: type[Placed], faults: bool = False) -> dict[str, Any]:
    """A record of this kind as nested mappings, lists and leaves."""

    def amiss(chance: int = 10) -> bool:
        return faults and draw(st.integers(0, chance)) == chance

    def value(field: Field) -> Any:
        if amiss(60):
            return draw(
                st.sampled_from([NOTHING, {}, [], {"a": Leaf("b", "plain")}, [Leaf("b", "plain")], Leaf("b", "plain")])
            )
        if field.kind is Kind.WORDS:
            keys = draw(st.lists(st.sampled_from(["would-change", "no-date", "x"]), max_size=2, unique=True))
            return {key: draw(st.sampled_from(BAD_TEXTS)) if amiss() else draw(TEXT) for key in keys}
        if not field.many:
            return one(field)
        least = 0 if amiss() or not (field.required or field.filled) else 1
        items = [one(field) for _ in range(draw(st.integers(least, 2)))]
        return items[0] if field.bare and items and draw(st.booleans()) else items

    def one(field: Field) -> Any:
        if field.kind is Kind.RECORD:
            return record(field.detail)
        return draw(bad(field)) if amiss() else draw(good(field))

    def record(cls: type[Placed]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for field in shape(cls).values():
            wanted = not amiss(60) if field.required else draw(st.integers(0, 3)) == 3
            if wanted:
                made[field.name] = value(field)
        if amiss(40):
            made[draw(st.sampled_from(["nmae", "Id", "quotes", "2020"]))] = Leaf("x", "plain")
        return made

    return record(cls)


def written(value: Any, depth: int = 0) -> str:
    """A value as YAML, behind a key or a hyphen."""
    pad = "  " * depth
    if isinstance(value, Leaf):
        return _leaf(value, pad)
    if not value:
        return " {}" if isinstance(value, dict) else " []"
    if isinstance(value, dict):
        return "".join(f"\n{pad}{key}:{written(item, depth + 1)}" for key, item in value.items())
    return "".join(f"\n{pad}-{written(item, depth + 1)}" for item in value)


def _leaf(value: Leaf, pad: str) -> str:
    text, style = value
    if style in ("plain", "single") and (text.isprintable() or text == "x\u00a0y"):
        quoted = text.replace("'", "''")
        return f" {text}" if style == "plain" else f" '{quoted}'"
    if style in ("|", "|-", ">", ">-") and "\t" not in text:
        lines = "".join(f"\n{pad}{line}".rstrip() for line in text.strip().split("\n"))
        return f" {style}{lines}"
    return ' "' + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08x}" for c in text) + '"'
