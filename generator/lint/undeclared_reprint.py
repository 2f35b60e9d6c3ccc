"""Articles that share their own words are one article, and a reprint shares them.

Compared are runs of five words outside quotation marks, since two reports may well quote the same statement. From a
third of the shorter article's runs on, one was copied from the other: `reprint_of` then counts the two as one. A
declared reprint that shares next to nothing is no reprint.

Wrong: two articles with the same sentences, and no reprint_of
Right: reprint_of: original, in the front matter of the copy
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from ..letters import folded
from ..model import Article
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
COPIED = 1 / 3
"""Share of runs in common from which on an article is a copy."""
_RUN = 5
_EXACT = 200_000  # in a record of more words, only a sample of runs is compared, the same ones in every article
_LEAST = 8  # fewer runs than this tell nothing
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]{20,}’|«[^»]*»|「[^」]*」")


def check(pub: Publication) -> Iterator[Problem]:
    every = sum(len(text.words) for text in pub.texts.values()) // (6 * _EXACT) + 1
    runs = {article.id: _runs(pub.texts[article.id].words, every) for article in pub.articles}
    holders: dict[int, list[str]] = defaultdict(list)
    for name, found in runs.items():
        for run in found:
            holders[run].append(name)
    common: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 1 < len(names) <= 20:
            common.update((a, b) for n, a in enumerate(names) for b in names[n + 1 :])
    for (older, newer), shared in sorted(common.items()):
        fewest = min(len(runs[older]), len(runs[newer]))
        if fewest >= _LEAST and shared / fewest >= COPIED and not _one(pub.by_id[older], pub.by_id[newer]):
            yield Problem(
                pub.by_id[newer].at(),
                f'shares {100 * shared / fewest:.0f} % of its own words with "{older}"',
                f'if one is a copy of the other, write "reprint_of: {older}"',
                subject=f"articles/{newer}",
            )
    for article in pub.articles:
        original = article.reprint_of
        if original in runs and original != article.id:
            fewest = min(len(runs[article.id]), len(runs[original]))
            shared = common[original, article.id] + common[article.id, original]
            if fewest >= _LEAST and shared / fewest < COPIED / 3:
                said = f'shares {100 * shared / fewest:.0f} % of its own words with "{original}", which it reprints'
                help, subject = "a reprint counts as its original; name the right one", f"articles/{article.id}"
                yield Problem(article.at("reprint_of"), said, help, subject=subject)


def _runs(words: str, every: int) -> set[int]:
    """Hashes of the runs of words outside quotation marks: of all, or of those that begin with one word in `every`."""
    plain = folded(_QUOTED.sub(" | ", words))
    starts = range(len(plain) - _RUN + 1)
    return {hash(tuple(plain[n : n + _RUN])) for n in starts if every == 1 or _chosen(plain[n]) % every == 0}


@lru_cache(maxsize=1 << 16)
def _chosen(word: str) -> int:
    return zlib.crc32(word.encode())


def _one(one: Article, other: Article) -> bool:
    """Whether the record says already that two articles are one."""
    return (one.reprint_of or one.id) == (other.reprint_of or other.id)
