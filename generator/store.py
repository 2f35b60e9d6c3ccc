"""The words of an article -> its file and its line in `articles.lock`, both or neither.

What the reader would refuse is refused before anything is written: the same reader looks at the file as it would be.
Only the lock's line of this article changes, so that storing one article never vouches for another.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .capture import likely_noise
from .edit import front_matter, unfit
from .files import read_text, replace
from .insert import front_of, with_fields, without_article
from .limits import LIMITS
from .load import ARTICLES, LOCK, RECORD, digest, lock_lines, read_article, unresolved
from .model import Article, Placed, Record
from .problems import Mark, Problem, Refused, errors
from .reader import Reference
from .texts import id_fault
from .verify import locate, stored


class Draft(NamedTuple):
    """An article as it would be stored."""

    article: Article
    text: str
    """Of the whole file."""
    noise: list[str]
    """Lines marked as noise that were not before."""
    same: bool
    """Whether it is stored like this already."""
    record: str | None
    """Text of the record without the entry of a linked article, whose text this is; None where there is none."""


def draft(
    root: Path, record: Record, id: str, body: str, fields: Mapping[str, Any], found: list[Problem], update: bool
) -> Draft:
    """An article of these words and fields of front matter. `found` are the problems of the record as it is.

    With `update` it takes the place of the stored one, of which the fields that are not given stay. So do those of a
    linked article of this id, which leaves the record. Raises `Refused`.
    """
    path = f"{ARTICLES}/{id}.md"
    refuse(root, id, found, update)
    front, old, before, without = "", "", None, None
    if not update and any(article.linked and article.id == id for article in record.articles):
        if RECORD in unfit(found):
            raise Refused([p for p in found if p.mark.path == RECORD])
        said = read_text(root, RECORD, LIMITS["file"])
        front, without = front_of(said, id), without_article(said, id)
    if update:
        old = read_text(root, path, LIMITS["article"])
        before = next(article for article in record.articles if article.id == id)
        front = front_matter(old[: len(old) - len(before.body)])
    lines = {" ".join(line.split()) for line in body.split("\n")}
    kept = [line for line in before.noise if line in lines] if before else []
    new = [line for line in likely_noise(body) if line not in kept]
    head = with_fields(front, {**fields, "noise": [*kept, *new]})
    text = f"---\n{head}---\n\n{body}"
    problems: list[Problem] = []
    references: list[Reference] = []
    article = read_article(path, id, text, problems, references)
    problems += unresolved(record, references)
    if not body.strip():
        problems.append(
            Problem(
                Mark(path),
                "no words were found for this article",
                "look at what was given; save the text alone",
                "empty-file",
            )
        )
    if len(text.encode()) > LIMITS["article"]:
        said = f"the article is larger than {LIMITS['article']:,} bytes"
        problems.append(Problem(Mark(path), said, "store the article alone", "too-large"))
    if errors(problems):
        raise Refused(problems)
    same = update and text == old and record.locks.get(id) == digest(body)
    return Draft(article, text, new, same, without)


def refuse(root: Path, id: str, found: list[Problem], update: bool) -> None:
    """Raises `Refused` where an article of this id can't be stored here."""
    path = f"{ARTICLES}/{id}.md"
    if why := id_fault(id):
        raise Refused([Problem(Mark(ARTICLES), f'"{id}" is not an id: {why}', "choose another with --id", "bad-id")])
    for name in (ARTICLES, path, LOCK):
        place = root / name
        real = place.parent.resolve() == root.resolve() / Path(name).parent
        if place.is_symlink() or not real or (name == path and os.path.lexists(place) and not place.is_file()):
            said, help = f'"{name}" is not a plain file or folder of the project', "put the thing itself there"
            raise Refused([Problem(Mark(name), said, help, "not-a-regular-file")])
    if os.path.lexists(root / path) and not update:
        help = f'if it was captured again, run it with "--update {id}"; else choose another id'
        raise Refused([Problem(Mark(path), f'there is an article "{id}" already', help, "duplicate-id")])
    if update and not (root / path).is_file():
        raise Refused([Problem(Mark(path), f'there is no article "{id}"', "store it without --update", "missing-file")])
    left = unfit(found) | {p.mark.path for p in found if p.code in ("bad-lock", "not-a-regular-file")}
    if broken := [p for p in found if p.mark.path in left & {path, LOCK}]:
        raise Refused(broken)


def store(root: Path, draft: Draft) -> None:
    """Writes the article, its line in the lock and the record, if that changes. What can't be done whole is undone."""
    path = root / draft.article.path
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = {path: draft.text, root / LOCK: _lock(root, draft.article.id, draft.article.body)}
    texts |= {root / RECORD: draft.record} if draft.record is not None else {}
    old = {place: place.read_text(encoding="utf-8") if place.exists() else None for place in texts}
    done: list[Path] = []
    try:
        for place, text in texts.items():
            replace(place, text)
            done.append(place)
    except BaseException:
        for place in done:
            before = old[place]
            if before is None:
                place.unlink()
            else:
                replace(place, before)
        raise


def _lock(root: Path, id: str, body: str) -> str:
    """The lock with the line of this article; also those of articles that can't be read stay as they are."""
    lines = read_text(root, LOCK, LIMITS["file"]).split("\n") if (root / LOCK).exists() else []
    others = {line[66:]: line[:64] for line in lines if line}
    return lock_lines({**others, id: digest(body)})


def fallen(record: Record, draft: Draft) -> Iterator[tuple[Placed, str]]:
    """The quotations of the record that do not stand in an article as it would be, each with the field that has it."""
    article = draft.article
    text = stored(article.body, article.noise, article.body_line)
    for claim in record.claims:
        for evidence in claim.evidence:
            if evidence.article == article.id and (not evidence.quote or locate(evidence.quote, text) is None):
                yield evidence, "quote"
    for statement in record.statements:
        for wording in (statement.canonical, *statement.variants):
            if wording is not None and wording.article == article.id and locate(wording.exact, text) is None:
                yield wording, "exact"


def publisher(name: str, record: Record) -> str | None:
    """The id of the publisher that has this name in the record."""

    def plain(text: str | None) -> str:
        return re.sub(r"\W+", " ", (text or "").casefold()).strip().removeprefix("the ")

    ids = [p.id for p in record.publishers if plain(name) in (plain(p.name), plain(p.short)) and plain(name)]
    return ids[0] if len(ids) == 1 else None
