"""Words of articles: quotations that stand or do not, and ordinary texts that raise nothing.

In: cases with an `article` and a `quote` (else the whole of it, or of a `text`), and perhaps `text` (the claim),
`in_language`, `front` (more front matter) and `stance`. All that the check says of a case's claim or article counts.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..build import read
from ..cases import Case, quoted
from ..load import ARTICLES, LOCK, RECORD, load, lock_text
from ..problems import Problem

_HEAD = "about: {title: T, checked: 2020-01-01}\nclaims:\n"


def quotes(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    """Each case in one publication with the others."""
    if not cases:
        return
    (work / ARTICLES).mkdir(parents=True)
    claims = []
    for n, case in enumerate(cases):
        given = case.given
        article = str(given.get("article", given.get("text", "")))
        front = f"in_language: {given.get('in_language', 'en')}\n{given.get('front', '')}"
        text = f"---\n{front.rstrip()}\n---\n\n{article}\n"
        (work / ARTICLES / f"a{n}.md").write_text(text, encoding="utf-8", newline="")
        claims.append(_claim(n, given, given.get("quote", article)))
    (work / RECORD).write_text(_HEAD + "".join(f"- {claim}\n" for claim in claims), encoding="utf-8", newline="")
    if (record := load(work).record) is not None:
        (work / LOCK).write_text(lock_text(record.articles), encoding="utf-8")
    came: dict[str, set[str]] = defaultdict(set)
    for problem in read(work).problems:
        path, line = problem.mark[:2]
        came[f"a{line - 3}" if path == RECORD else Path(path).stem].add(problem.code)
    for n, case in enumerate(cases):
        yield from case.judged(came.pop(f"a{n}", ()))
    for name, codes in sorted(came.items()):
        yield cases[0].failed(f'{", ".join(sorted(codes))} came at "{name}", where no case stands')


def _claim(n: int, given: Any, quote: Any) -> str:
    words = f"[{', '.join(map(quoted, quote))}]" if isinstance(quote, list) else quoted(str(quote))
    stance = given.get("stance", "supports")
    evidence = f"{{article: a{n}, stance: {stance}, quote: {words}}}"
    text = quoted(str(given.get("text", f"This is claim {n}.")))
    extra = "".join(f", {key}: {json.dumps(given[key])}" for key in ("summary",) if key in given)
    return f"{{id: c{n}, text: {text}, short: A, kind: state, would_change: [More.]{extra}, evidence: [{evidence}]}}"
