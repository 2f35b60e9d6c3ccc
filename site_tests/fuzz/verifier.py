"""Any bytes as a quotation and an article -> what `locate` and `diagnose` make of them; what is broken is an exception.

Broken is: a quotation that is found and does not stand there word for word, in order and whole; one that stands on a
line of its own and is not found; an explanation that shows words that the article does not have, or a line beyond it.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from generator.files import decoded
from generator.load import ARTICLES
from generator.problems import Refused
from generator.verify import ATTRIBUTION, Verdict, diagnose, locate, normal, stored, whole

PARTS = "|"
"""Between the parts of the quotation, the first line of an input. The second is noise, the rest is the article."""


def seeds(project: Path) -> Iterator[bytes]:
    """Sentences of a publication's articles: as they stand, with words left out, and with one changed."""
    for path in sorted((project / ARTICLES).glob("*.md")):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2].strip()
        first = body.split("\n")[0]
        words = first.split()
        half = len(words) // 2
        split = f"{' '.join(words[: half - 1])}{PARTS}{' '.join(words[half + 1 :])}"
        for quote in (first, split, " ".join([*words[:half], "never", *words[half + 1 :]])):
            yield f"{quote}\nAdvertisement\n{body}".encode()


def one(data: bytes) -> None:
    """Tries one input."""
    try:
        quote, noise, body = [*decoded("article.md", data).split("\n", 2), "", ""][:3]
    except Refused:
        return
    parts = quote.split(PARTS)
    text = stored(body, [noise])
    lines = body.count("\n") + 1
    if match := locate(parts, text):
        assert [text.words[a:b] for a, b in match.spans] == [normal(part) for part in parts]
        assert all(whole(text.words, a, b) for a, b in match.spans)
        assert all(a.end <= b.start <= a.end + ATTRIBUTION for a, b in pairwise(match.spans))
        assert match.verdict is (Verdict.VERBATIM if len(parts) == 1 else Verdict.SPLIT)
        assert all(1 <= text.line(span.start) <= lines for span in match.spans)
        return
    alone = normal(parts[0])
    stands = alone and any(normal(line) == alone for line in body.split("\n")) and alone != normal(noise)
    assert len(parts) > 1 or not stands, "a whole line is not found"
    if not all(normal(part) for part in parts):
        return  # the reader refuses empty parts
    found = diagnose(parts, "own", {"own": text, "other": stored(noise)})
    assert found.verdict is not Verdict.VERBATIM
    assert 0 <= found.line <= lines
    if found.verdict is Verdict.SPLIT or (found.verdict is Verdict.ALTERED and found.line):
        assert all(passage in text.words for passage in found.passage)
