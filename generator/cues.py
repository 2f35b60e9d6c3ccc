"""English words that take back or deny what is said, for rules that read claims and what stands around quotations.

In: a text. Out: the words in it that do so, as they stand, or None. Only English is known: in an article of another
language, or a text that does not read as English, rules on words find nothing, which is better than to guess. The
lists are short on purpose: each word must mean what the rule says nearly every time that it is used.
"""

import re
from collections.abc import Iterable

from .model import Article
from .publication import Publication

_ENGLISH = frozenset("""
    the and its their has have been with from would which that said says this these were could should after before
    because than into about while when who whose there they his our not will is was to of in by for
""".split())  # fmt: skip
_FOREIGN = frozenset("""
    der die das und nicht ist den dem ein eine von mit le la les des est une dans pour pas qui que el los las del una
    por para il lo gli che non per di da om het een van dat niet och att som inte det ikke nie się jest że na w z ve bir
""".split())  # fmt: skip


def english(text: str) -> bool:
    """Whether a text reads as English: by its smallest words, more of them than of its neighbours' among languages."""
    words = text.lower().split()
    return sum(word in _ENGLISH for word in words) > sum(word in _FOREIGN for word in words)


def holds(text: str, stems: Iterable[str]) -> bool:
    """Whether a text holds one of these strings: the quick look that spares most texts the slow one."""
    for stem in stems:  # noqa: SIM110 - any() over a generator takes twice as long, and this is asked of every text
        if stem in text:
            return True
    return False


def in_english(pub: Publication, article: Article | None) -> bool:
    if article is None:
        return False
    return (article.in_language or pub.record.about.in_language).lower().partition("-")[0] == "en"


_STEMS = (
    *("edly", "parently", "umably", "ossibly", "perhaps", "seem", "appear", " may ", " might ", "said to", "ought to"),
    *("ieved to", "stood to", "oured to", "mored to", "pected to", "ported to", "leged to", "kely to", "kely that"),
    *("plan to", "plans to", "lanned to", "lanning to", "intend", "hope", "hoping", "aim to", "aims to", "aimed to"),
)
_HEDGE = re.compile(
    r"""\b(?: reportedly | allegedly | apparently | supposedly | purportedly | seemingly | presumably | possibly
    | perhaps
    | (?:is|are|was|were|been)\s (?:said|thought|believed|understood|rumou?red|expected|reported|alleged|likely)\sto\b
    | (?:appears?|appeared|seems?|seemed)\s (?:to|that|likely)\b
    | (?:plans?|planned|planning|intends?|intended|hopes?|hoped|hoping|aims?|aimed)\s to\b
    | (?<!\bin\s)(?<!\blate\s)(?<!\bearly\s)(?<!\bmid\s)(?<!\blast\s)(?<!\bof\s)(?<!\bby\s)(?<!\bsince\s)(?<!\buntil\s)
      may (?=\s(?!\d|and\b|or\b|to\b|in\b|of\b|the\b|he\b|she\b|it\b|they\b)[a-z])
    | (?<!\bthe\s)(?<!\bof\s)(?<!\bits\s)(?<!\bmilitary\s) might (?=\s(?!of\b|and\b|in\b)[a-z])
    )""",
    re.VERBOSE,
)
_MODAL = re.compile(
    r"(?i)\b(?:(?:could|would|can|may|might|should|if|unless|eye|eyed|eyes|hope|hopes|hoped|try)\b"
    r"|unclear|likely|possib|potential|expect|propos|plan|intend"
    r"|hoping|aim|seek|want|report|alleg|accus|claim|suggest|appear|seem|risk|threat|consider|believ|rumo"
    r"|estimat|forecast|predict|prospect|presum|suppos|purport|perhaps|apparent|thought|mull)"
)
_ASIDE = re.compile(r", (?:which|who|whose|where)\b[^,.;]*,")


def hedge(text: str) -> str | None:
    """The first word of caution in a text: "reportedly", "may", "is expected to"; asides between commas left out."""
    if not holds(text, _STEMS):
        return None
    found = _HEDGE.search(_ASIDE.sub(",", text))
    return found[0] if found else None


def guarded(text: str) -> bool:
    """Whether a text holds anything that a word of caution could stand for: "could", "plans", "is considering"."""
    return _MODAL.search(text) is not None
