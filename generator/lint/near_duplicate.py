"""Two claims do not say the same.

Readers would find half of the evidence on each of two pages. Compared are the words that carry meaning, whatever their
endings and spelling: two claims with the same ones in the same order, or in the passive, are one; so are two of eight
words or more of which one has a single adjective more. Another number, date, name, "not" or "may" makes another
claim. Merge them: one takes the evidence of both, the other is `withdrawn` with `merged_into`.

Wrong: text: Acme rejected Buyer’s bid.  and another claim  text: Buyer’s bid was rejected by Acme.
Right: one claim with the evidence of both
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ..model import Claim
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset("""
    a an the of to in on for at by with from as that which who is are was were be been being has have had it its their
    his her this these those will would do does did there s
""".split())  # fmt: skip
_DATES = frozenset("""
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
""".split())  # fmt: skip
_TURNING = frozenset("""
    not no never nor neither without none might could reportedly allegedly possibly likely expected plan only all some
    most few more less least before after until since first last over under up down again still half part partial full
    former new old interim deputy vice non anti ex and or but if unless
""".split())  # fmt: skip
_ENDING = re.compile(r"(?:ing|ed|es|s|d)$")
_ENOUGH = 7
"""Words from which on one more on the other side makes no other claim."""
_ALIKE = 5
"""Claims of the same words that are compared with each: were it all of them, many copies would take for ever."""


class _Said(NamedTuple):
    """A claim by its words that carry meaning, in one spelling and without endings."""

    claim: Claim
    place: int
    stems: list[str]
    total: int
    """The sum of the hashes of the stems, whatever their order: one word less is one subtraction."""


def check(pub: Publication) -> Iterator[Problem]:
    said = [_said(review.claim, n) for n, review in enumerate(pub.reviews) if review.claim.withdrawn is None]
    by_total: dict[int, list[_Said]] = defaultdict(list)
    for one in said:
        by_total[one.total].append(one)
    pairs: dict[int, tuple[Claim, Claim]] = {}
    for one in said:
        totals = [one.total] if len(by_total[one.total]) > 1 else []
        if len(one.stems) > _ENOUGH:
            totals += [less for stem in one.stems if (less := one.total - hash(stem)) in by_total]
        for other in (other for total in totals for other in islice(by_total[total], _ALIKE)):
            if other is not one and _same(one, other):
                first, second = (one, other) if one.place < other.place else (other, one)
                pairs.setdefault(second.place, (first.claim, second.claim))
    for first_claim, claim in pairs.values():
        mark = claim.at("text")
        where = first_claim.at("text").seen_from(mark)
        yield Problem(
            mark,
            f'says the same as claim "{first_claim.id}" at {where}: "{first_claim.text}"',
            'merge the two (one is "withdrawn" with "merged_into"), or say in the text what sets them apart',
            subject=claim.id,
        )


def _said(claim: Claim, place: int) -> _Said:
    stems = [_stem(word) for word in _WORD.findall(claim.text.casefold()) if word not in _EMPTY]
    return _Said(claim, place, stems, sum(map(hash, stems)))


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """A word without its ending, and in one of its spellings: "favourite" and "favorites" are one."""
    if len(word) < 5:
        return word
    word = word.replace("our", "or").replace("isat", "izat").replace("ise", "ize").replace("yse", "yze")
    if len(word) > 5:
        word = _ENDING.sub("", word)
    return word.removesuffix("e") if len(word) > 4 else word


def _same(one: _Said, other: _Said) -> bool:
    """Whether two claims say the same, of which the first may have one word more."""
    mine, theirs = Counter(one.stems), Counter(other.stems)
    extra = set(mine - theirs)
    if theirs - mine or len(extra) > 1:  # the sums were equal by chance
        return False
    if _ordered(one.stems, extra) == _ordered(other.stems, extra):
        return all(_adjective(stem, one.claim.text) for stem in extra)
    return not extra and _passive(one) != _passive(other)


def _adjective(stem: str, text: str) -> bool:
    """Whether the words of a stem in a text may be left out: in small letters, and none that turns the sense."""
    words = [word for word in _WORD.findall(text) if _stem(word.casefold()) == stem]
    return all(word.isalpha() and word.islower() and word not in _TURNING | _DATES for word in words)


def _passive(said: _Said) -> bool:
    return " by " in said.claim.text


def _ordered(stems: list[str], left_out: Collection[str]) -> list[str]:
    """The words whose order counts: a date can stand anywhere."""
    return [stem for stem in stems if not (stem in _DATES or stem.isdecimal() or stem in left_out)]
