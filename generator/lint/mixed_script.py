"""A word is written in one alphabet.

A Cyrillic "а" in a Latin word looks as it should and is another word for every search, every comparison and every
quotation; it comes from a careless keyboard, or from somebody who wants not to be found. What looks alike is told by
Unicode's confusables (UTS 39). Greek letters in formulas (TNFα) and words in which the letters of the other alphabet
are plain to see (SMSка) are let be.

Wrong: text: The bаnk closed.  (the second letter of "bаnk" is CYRILLIC SMALL LETTER A)
Right: text: The bank closed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from ..model import Is, Placed, Ref
from ..problems import Mark, Problem, Severity
from ..publication import Publication
from ..shape import Kind, shape

SEVERITY = Severity.WARNING
_ALIKE = {
    "CYRILLIC": "аАЬВсСԁеҽЕԌһНіꙇӏјЈКІӀМоОрРԛгѕЅТѵѴѡԝԜхХуүУҮ",
    "GREEK": "αΑΒϲϹΕϜΗιͺϳͿΚΙΜϺΝοσΟρϱΡΤυνΧγΥϒΖ",
    "CHEROKEE": "ᎪᏏᏴꮯᏟᏧᎠᎬᏀᏳᏂᎻꭵᎥᎫᏦᏞᎷᏢꮁᎡᏒꮪᏕᏚᎢꮩᏙꮃᎳᏔᎩᎽꮓᏃ",
    "COPTIC": "ⲥⲤⲎⲔⲒⳐⲘⲚⲟⲞⲣⲢⲅⲦⲬⲨ",
    "ARMENIAN": "քցհոռօՕգզՏսՍա",
    "FULLWIDTH": "".join(map(chr, (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))),
    "MATHEMATICAL": "".join(map(chr, range(0x1D400, 0x1D6A4))),
}
"""Letters of other alphabets for which Unicode 15.1's confusables.txt gives a single Latin letter."""
_LATIN_ALIKE = frozenset("aAbBcCdeEgGhHijJKklIMNoOpPqrsSTuvVwWxXyYZ")
_OTHER = (
    r"\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u13a0-\u13fd\u2c80-\u2cff\ua640-\ua69f\uab70-\uabbf"
    r"\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a3"
)
_LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_MEET = re.compile(f"[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]")
_LETTERS = re.compile(f"[{_LATIN}{_OTHER}0-9]")
_FORMULA = re.compile(r"[A-Z0-9]*[Α-Ωα-ω]{1,2}[A-Z0-9]*|[A-Za-z][Α-Ωα-ω]|[Α-Ωα-ω][A-Za-z]")
_KEPT_PLAIN = (Is.ID, Is.URL, Is.LANGUAGE, Is.QUOTE)
_LONGEST = 40  # letters of a word that are looked at
_MOST = 20  # words of one text that are told


def check(pub: Publication) -> Iterator[Problem]:
    record = pub.record
    for review in pub.reviews:
        yield from _read(review.claim, review.claim.id)
        for cited in review.cited:
            if cited.match is None:
                yield from _quotation(cited.evidence, "quote", cited.evidence.quote, review.claim.id)
    for said in pub.said:
        subject = f"statements/{said.statement.id}"
        yield from _read(said.statement, subject)
        for told in said.told:
            if told.match is None:
                yield from _quotation(told.wording, "exact", told.wording.exact, subject)
    for other in (record.about, *record.topics, *record.publishers, *record.entities, *record.origins):
        yield from _read(other, "")
    for article in pub.record.articles:
        subject = f"articles/{article.id}"
        yield from _read(article, subject)
        for begin, word in _mixed(article.body):
            line = article.body_line + article.body.count("\n", 0, begin)
            mark = Mark(article.path, line, begin - article.body.rfind("\n", 0, begin), len(word))
            yield _problem(mark, word, subject)


def _read(record: Placed, subject: str) -> Iterator[Problem]:
    """The texts of a record and of the records in it, but not its quotations: their words are those of an article."""
    cls = type(record)
    plan = _PLANS.get(cls) or _PLANS.setdefault(cls, _plan(cls))
    for n, text in enumerate(plan.texts(record)):
        if text and not text.isascii():
            for _, word in _mixed(text):
                yield _problem(record.at(plan.names[n]), word, subject)
    for name in plan.lists:
        value = getattr(record, name)
        for n, text in enumerate(value.values() if isinstance(value, Mapping) else value):
            for _, word in _mixed(text):
                yield _problem(record.at(name, n), word, subject)
    for name in plan.records:
        value = getattr(record, name)
        for part in value if type(value) is tuple else (value,) if value else ():
            yield from _read(part, subject)


def _quotation(record: Placed, name: str, parts: Sequence[str], subject: str) -> Iterator[Problem]:
    """A quotation that no article has: a look-alike in it may be why."""
    for n, text in enumerate(parts):
        for _, word in _mixed(text):
            yield _problem(record.at(name, n), word, subject)


class _Plan(NamedTuple):
    """The fields of a kind of record: those with one text and what fetches them all, with several, with records."""

    names: Sequence[str]
    texts: Callable[[Any], Sequence[str | None]]
    lists: Sequence[str]
    records: Sequence[str]


_PLANS: dict[type[Placed], _Plan] = {}


def _plan(cls: type[Placed]) -> _Plan:
    fields = [f for f in shape(cls).values() if f.detail not in _KEPT_PLAIN and not isinstance(f.detail, Ref)]
    names = [f.name for f in fields if f.kind is Kind.TEXT and not f.many]
    texts = [f.name for f in fields if f.kind is Kind.WORDS or (f.kind is Kind.TEXT and f.many)]
    fetch = attrgetter(*names) if len(names) > 1 else lambda record: tuple(getattr(record, name) for name in names)
    return _Plan(names, fetch, texts, [f.name for f in fields if f.kind is Kind.RECORD])


def _mixed(text: str) -> Iterator[tuple[int, str]]:
    """The words of two alphabets that pass for words of one, each once, with where they begin."""
    seen: set[str] = set()
    if text.isascii():
        return
    for meeting in islice(_MEET.finditer(text), 50 * _MOST):
        begin, end = meeting.span()
        while begin > 0 and end - begin < _LONGEST and _LETTERS.match(text[begin - 1]):
            begin -= 1
        while end < len(text) and end - begin < _LONGEST and _LETTERS.match(text[end]):
            end += 1
        word = text[begin:end]
        if word not in seen and _fewer(word):
            seen.add(word)
            yield begin, word
        if len(seen) == _MOST:
            return


def _fewer(word: str) -> list[str]:
    """The letters of a word that only look as if they were of its alphabet; none where nobody could be misled."""
    if _FORMULA.fullmatch(word):
        return []
    latin = [c for c in word if re.match(f"[{_LATIN}]", c)]
    others = [c for c in word if c.isalpha() and c not in latin]
    names = {unicodedata.name(c, "").partition(" ")[0] for c in others}
    if len(latin) >= len(others) or not names <= {"CYRILLIC", "GREEK"}:
        return others if all(any(c in _ALIKE.get(name, "") for name in names) for c in others) else []
    return latin if all(c in _LATIN_ALIKE for c in latin) else []


def _problem(mark: Mark, word: str, subject: str) -> Problem:
    named = [f'"{c}" is {unicodedata.name(c, "a letter")}, U+{ord(c):04X}' for c in dict.fromkeys(_fewer(word))]
    return Problem(
        mark,
        f'"{word}" mixes two alphabets: {"; ".join(named[:3])}{" …" if named[3:] else ""}',
        "type the word again in one alphabet"
        + ("; if it is meant so, waive the rule with a reason" if subject else ""),
        subject=subject,
    )
