"""English words of the interface -> the same words in the language of the publication. One file is a translation.

The words stand in the code as readers see them in English, marked as gettext marks them; `onrecord.pot` lists them
all, and `<language>.po` beside it has them in another language. One language is active at a time: a build sets that of
its publication and sets English again at its end. Messages to editors stay English. English is in no file and
costs a call a word; a translation is read once a build.
"""

import gettext as standard
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from markupsafe import Markup

HERE = Path(__file__).parent
TEMPLATE = HERE / "onrecord.pot"
ENGLISH = "en"
_RIGHT_TO_LEFT = {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
"""Scripts in use, as ISO 15924 names them."""
_WRITTEN_SO = set("apc ar bal bgn ckb dv fa he iw ks lrc mzn nqo pnb ps rhg sd sdh skr syr trw ug ur yi".split())
"""Languages whose usual script is one of them."""
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LTR = re.compile("[^\\W\\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

_translations: standard.NullTranslations = standard.NullTranslations()
_language = ENGLISH
_other = _RTL  # letters that run against the lines of the active language
_forget: list[Callable[[], None]] = []

F = TypeVar("F", bound=Callable[..., Any])


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Marks words that `gettext` is given later, from a table."""
    return text


def gettext(text: str, /, **values: object) -> str:
    """Words in the active language, with `values` in the place of "%(name)s"."""
    said = _translations.gettext(text)
    return _filled(said, values) if values else said


def pgettext(context: str, text: str) -> str:
    """The same for words that mean two things: `context` says which."""
    return _translations.pgettext(context, text)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Words about a number, which is "%(n)s" in them; English has two forms, Arabic six, Chinese one."""
    return _filled(_translations.ngettext(one, many, n), {**values, "n": number(n)})


def number(n: int) -> str:
    """A whole number as readers write it: "12,500"."""
    said = f"{n:,}"
    return said if n < 1000 else said.replace(",", pgettext("between thousands", ","))


def _filled(said: str, values: dict[str, object]) -> str:
    """Words with their values. One with letters that run the other way is set apart, so that it reorders nothing; one
    that is HTML already makes the whole HTML, as it does for Jinja, and sets itself apart."""
    for name, value in values.items():
        if not isinstance(value, str) or (type(value) is str and _other is _RTL and value.isascii()):
            continue
        if isinstance(value, Markup):
            said = Markup(said)  # noqa: S704 - words of ours
        elif _other.search(value):
            values[name] = f"\u2068{value}\u2069"
    return said % values


def kept(function: F) -> F:
    """Keeps what a function made of words, until the language changes."""
    keeping = lru_cache(maxsize=4096)(function)
    _forget.append(keeping.cache_clear)
    return keeping  # type: ignore[return-value]  # to the type checker, it takes anything


def language() -> str:
    """The active language, as a BCP 47 tag."""
    return _language


def direction(tag: str) -> str:
    """The direction in which a language is written: "rtl" or "ltr"."""
    parts = tag.lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    return "rtl" if (scripts[0] in _RIGHT_TO_LEFT if scripts else parts[0] in _WRITTEN_SO) else "ltr"


def foreign(tag: str) -> Markup:
    """Attributes for a text in another language than the active one; empty for the same, of any region, or for none."""
    here, there = f"{_language}-".lower(), f"{tag}-".lower()
    if not tag or here.startswith(there) or there.startswith(here):
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(tag, direction(tag))


def translations() -> list[str]:
    """The languages that the interface speaks."""
    return sorted([ENGLISH, *(path.stem for path in HERE.glob("*.po"))])


def nearest(tag: str) -> str | None:
    """The translation that readers of a language can read: that of "zh-CN" is "zh-Hans"; None where there is none."""
    known = {name.lower(): name for name in translations()}
    parts = tag.split("-")
    if parts[0].lower() == ENGLISH:
        return ENGLISH
    from babel.core import get_global  # only a publication that is not English needs it

    likely = get_global("likely_subtags")
    while parts:
        if (name := "-".join(parts).lower()) in known:
            return known[name]
        if usual := likely.get("_".join(parts)):  # "zh" -> "zh_Hans_CN"
            return known.get("-".join(usual.split("_")[:2]).lower())
        parts.pop()
    return None


def activate(tag: str) -> None:
    """Makes a language the active one. Raises LookupError where there is no translation into it."""
    global _translations, _language, _other
    if tag == _language:
        return
    name = nearest(tag)
    if name is None:
        raise LookupError(tag)
    _translations = _read(HERE / f"{name}.po") if name != ENGLISH else standard.NullTranslations()
    _language, _other = tag, _LTR if direction(tag) == "rtl" else _RTL
    for forget in _forget:
        forget()


def _read(path: Path) -> standard.NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        compiled = BytesIO()
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return standard.GNUTranslations(compiled)


@contextmanager
def override(tag: str) -> Iterator[None]:
    """Has another language active for a while."""
    before = _language
    activate(tag)
    try:
        yield
    finally:
        activate(before)
