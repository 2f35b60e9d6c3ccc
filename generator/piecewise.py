"""The text of a file of claims -> the record, of which claims that were read before are not parsed again.

A claim is known by its text, from its hyphen to the next one. What looks like one may stand inside a quoted text, so a
part is believed only where it is whole by itself; and where anything at all is wrong, the file is read in one go, as if
nothing were known. Either way the record, its places and its problems are the same.
"""

from dataclasses import replace
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple, TypeVar

from .limits import LIMITS
from .model import Claim, ClaimFile, Piece, Record
from .problems import Mark, Problem
from .reader import Reader, Reference, Stop
from .sections import at_most, sections

F = TypeVar("F", Record, ClaimFile)

_BREAKS = "\r\x85\u2028\u2029"
"""What ends a line for YAML, beside what does for us."""
_FEW = 0.1
"""Where a larger share of the claims is new, the file is read as fast in one go."""


class Kept(NamedTuple):
    """A claim as it was read, and what it names."""

    claim: Claim
    references: list[Reference]


Claims = dict[bytes, Kept]
"""By a digest of the claim's text."""


class Divided(NamedTuple):
    """A text cut before each claim and behind the last."""

    head: str
    claims: list[str]
    tail: str

    @property
    def lines(self) -> list[int]:
        """How many lines stand before each claim."""
        return list(accumulate((text.count("\n") for text in self.claims[:-1]), initial=self.head.count("\n")))

    @property
    def rest(self) -> str:
        """The file with blank lines in the place of all claims but the first."""
        return self.head + self.claims[0] + "\n" * sum(text.count("\n") for text in self.claims[1:]) + self.tail


def divide(text: str) -> Divided | None:
    """Cuts a text where its layout says that claims begin; None where it is laid out in another way."""
    found = None if any(each in text for each in _BREAKS) else sections(text)
    if not found or "claims" not in found or not found["claims"].items:
        return None
    keys = [*found]
    behind = [found[key] for key in keys[keys.index("claims") + 1 :]]
    tail = "".join(section.head + "".join(section.items) for section in behind)
    claims = found["claims"].items
    return Divided(text[: len(text) - len(tail) - sum(map(len, claims))], claims, tail)


def read(
    path: str,
    cls: type[F],
    what: str,
    kept: Claims | None,
    text: str,
    problems: list[Problem],
    references: list[Reference],
) -> F:
    """A file, as `Reader.document` reads it. `kept` is what its claims are known by, and what they say afterwards.

    A file with too many claims is refused before it is parsed.
    """
    many = at_most(text, "claims") > LIMITS["claims"]
    divided = divide(text) if many or kept is not None else None
    if divided and len(divided.claims) > LIMITS["claims"]:
        said = f"more than {LIMITS['claims']:,} claims"
        at = Mark(path, divided.lines[LIMITS["claims"]] + 1)
        problems.append(Problem(at, said, "split the publication", "too-large"))
        raise Stop
    if not kept or not divided or (document := _apart(path, cls, what, kept, divided, references)) is None:
        said_before, named = len(problems), len(references)
        document = Reader(path, text, problems, references).document(cls, what)
        if kept is not None and divided and len(problems) == said_before:
            _keep(kept, divided, document.claims, references[named:])
    return document


def _keep(kept: Claims, divided: Divided, claims: tuple[Claim, ...], references: list[Reference]) -> None:
    """Keeps each claim by its text, where the text was cut just where the claims begin."""
    if divided.lines != [claim.piece.line for claim in claims]:
        return
    named: dict[Piece, list[Reference]] = {claim.piece: [] for claim in claims}
    for reference in references:
        named.get(reference.piece, []).append(reference)
    kept.clear()
    for claim, text in zip(claims, divided.claims, strict=True):
        kept[_digest(text)] = Kept(claim, named[claim.piece])


def _apart(path: str, cls: type[F], what: str, kept: Claims, divided: Divided, references: list[Reference]) -> F | None:
    """A file put together from what is kept and what is new; None where it must be read in one go."""
    digests = [_digest(text) for text in divided.claims]
    if sum(digest not in kept for digest in digests) > _FEW * len(digests):
        return None
    around: list[Reference] = []
    document = _whole(path, cls, what, divided.rest, 0, around)
    lines = divided.lines
    if document is None or [claim.piece.line for claim in document.claims] != lines[:1]:
        return None
    left, found = dict(kept), {}
    claims: list[Claim] = []
    named: list[Reference] = []
    for line, text, digest in zip(lines, divided.claims, digests, strict=True):
        one = left.pop(digest, None) or _one(path, text, line)
        if one is None:
            return None
        one.claim.piece.line = line
        found[digest] = one
        claims.append(one.claim)
        named += one.references
    kept.clear()
    kept.update(found)
    first = document.claims[0].piece
    references += [reference for reference in around if reference.piece is not first]
    references += named
    return replace(document, claims=tuple(claims))


def _one(path: str, text: str, line: int) -> Kept | None:
    """What a claim's text says by itself; None where that is not one claim without any problem."""
    references: list[Reference] = []
    document = _whole(path, ClaimFile, "the file", f"claims:\n{text}", line - 1, references)
    return Kept(document.claims[0], references) if document and len(document.claims) == 1 else None


def _whole(path: str, cls: type[F], what: str, text: str, line: int, references: list[Reference]) -> F | None:
    """A document without any problem; None where there is one."""
    problems: list[Problem] = []
    try:
        document = Reader(path, text, problems, references, line).document(cls, what)
    except Stop:
        return None
    return None if problems else document


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
