"""A table of reviews, as a spreadsheet saves it -> `Review`s: a row each, RFC 4180, or with semicolons or tabs.

The first row names the columns; which field each one holds is guessed from its name, or said by the editor. A row may
be a claim alone, or a claim with a review of it. What is wrong with a row is said at its line.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from ..problems import Mark, Problem, Refused, Severity, visible
from . import clean
from .facts import LONGEST, Intake, Page, Rated, Review, Who

FIELDS: Mapping[str, str] = {
    "claim": "the claim, word for word",
    "claimant": "who made it",
    "claimed": "when it was made",
    "appearance": "addresses where it appeared, parted by spaces",
    "rating": "the verdict in words",
    "value": "its number",
    "best": "the number of the best verdict",
    "worst": "the number of the worst verdict",
    "explanation": "why",
    "url": "the address of the review",
    "headline": "its headline",
    "publisher": "who published it",
    "site": "the address of the publisher",
    "author": "who wrote it",
    "published": "when it was published",
    "language": "its language",
    "topic": "under which topic the claim stands",
    "short": "the claim in six words or so",
    "summary": "what readers take away",
}
"""What a column can hold."""
_NAMES = {
    "claim": "claim reviewed, claimreviewed, text, claim text, statement, quote, behauptung, aussage, affirmation",
    "claimant": "speaker, claim by, claimed by, who said it, source, urheber, claim author",
    "claimed": "claim date, claimdate, date of claim, said on, statement date",
    "appearance": "appearances, first appearance, firstappearance, claim url, appearance url, appearance urls, seen at",
    "rating": "verdict, textual rating, textualrating, alternatename, conclusion, ruling, bewertung, verdict rating",
    "value": "rating value, ratingvalue",
    "best": "best rating, bestrating",
    "worst": "worst rating, worstrating",
    "explanation": "rating explanation, ratingexplanation, why, verdict explanation, reason",
    "url": "review url, link, address, fact check url, article url, reviewurl",
    "headline": "title, review title, review headline, article title",
    "publisher": "fact checker, organisation, organization, outlet, publisher name, checked by, verdict by",
    "site": "publisher url, publisher site, website",
    "author": "reviewer, written by, review author",
    "published": "review date, date published, datepublished, reviewdate, date, published on, verdict date",
    "language": "inlanguage, language code, languagecode, lang",
    "topic": "category, subject, tag, thema",
    "short": "short claim, short text, label short",
    "summary": "notes, description, abstract",
}
_DELIMITERS = ",;\t|"
LONGEST_CELL = 1024 * 1024


class Column(NamedTuple):
    """Where the values of a field stand, and what the file calls them."""

    number: int
    title: str


def decoded(path: str, raw: bytes, encoding: str) -> str:
    """The text of a table. Raises `Refused` where it is not in the encoding, and says in which it may be."""
    if encoding == "utf-8" and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _refused(Mark(path), "this is UTF-16", "run it with --encoding utf-16")
    try:
        text = raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        said = f"byte 0x{raw[error.start]:02X} is not {encoding}"
        other = "windows-1252" if encoding == "utf-8" else "utf-8"
        help = f"save the table as UTF-8, or run it with --encoding {other} and look at the letters with accents"
        raise _refused(Mark(path, line, column), said, help) from error
    except UnicodeError as error:
        raise _refused(Mark(path), f"this is not {encoding}", "save the table as UTF-8") from error
    if "\0" in text:
        raise _refused(Mark(path), "this is no table: it holds NUL", "save the spreadsheet as CSV, UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(path: str, text: str, columns: Mapping[str, str], problems: list[Problem]) -> list[Review]:
    """The reviews of a table. `columns` are names of columns by field, as the editor gives them. Raises `Refused`."""
    rows = _rows(path, text, problems)
    line, _, head = next(rows, (1, 1, []))
    if not any(cell.strip() for cell in head):
        raise _refused(
            Mark(path, line), "the table has no row with the names of its columns", "add it", "import-columns"
        )
    where = _columns(path, line, head, columns)
    taken = {column.number for column in where.values()}
    if unread := [title for n, title in enumerate(head) if n not in taken and title.strip()]:
        said = f"columns that are not read: {', '.join(visible(title[:40]) for title in unread[:20])}"
        help = "name what one holds with --map FIELD=COLUMN, if it is wanted"
        problems.append(Problem(Mark(path, line), said, help, "import-columns", Severity.NOTE))
    lines = text.split("\n")
    found = []
    for line, last, row in rows:
        if not any(cell.strip() for cell in row):
            problems.append(Problem(Mark(path, line), "an empty row", "delete it", "import-left-out", Severity.NOTE))
            continue
        if len(row) != len(head):
            said = f"{len(row)} cells in a table of {len(head)} columns"
            help = "look whether a text with the delimiter in it lacks its quotation marks"
            if len(row) > len(head):
                problems.append(Problem(Mark(path, line), f"{said}: the row is left out", help, "import-left-out"))
                continue
            problems.append(Problem(Mark(path, line), said, help, "import-value", Severity.WARNING))
            row += [""] * (len(head) - len(row))
        if (review := _review(path, line, lines[line - 1 : last], row, where, Intake(problems))) is not None:
            found.append(review)
    return found


def _rows(path: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, int, list[str]]]:
    """The rows of a table, each with the lines on which it begins and ends."""
    first = text.split("\n", 1)[0]
    outside = re.sub(r'"[^"]*"', "", first)
    delimiter = max(_DELIMITERS, key=outside.count)
    longest = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                help = "look for a quotation mark that is not doubled, or never closed"
                said = f"this row is no CSV ({error}): left out"
                problems.append(Problem(Mark(path, line), said, help, "import-syntax"))
            else:
                yield line, reader.line_num, row
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(longest)


def _columns(path: str, line: int, head: list[str], said: Mapping[str, str]) -> dict[str, Column]:
    """Which column holds which field: as the editor says, else by its name. Raises `Refused`."""
    titles = {_plain(title): n for n, title in reversed(list(enumerate(head))) if title.strip()}
    found: dict[str, Column] = {}
    for field, title in said.items():
        n = titles.get(_plain(title))
        if n is None:
            known = ", ".join(f'"{visible(name.strip()[:40])}"' for name in head if name.strip())
            refusal = f'there is no column "{visible(title)}" for "{field}"'
            raise _refused(Mark(path, line), refusal, f"the table has {known}", "import-columns")
        found[field] = Column(n, head[n])
    taken = {column.number for column in found.values()}
    for field, others in _NAMES.items():
        for name in (field, *others.split(", ")):
            n = titles.get(_plain(name))
            if field not in found and n is not None and n not in taken:
                found[field] = Column(n, head[n])
                taken.add(n)
    if "claim" not in found:
        help = "say which column it is: --map claim=COLUMN"
        raise _refused(Mark(path, line), "no column holds the claim", help, "import-columns")
    return found


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold().replace("_", " ")))


def _review(
    path: str, line: int, lines: list[str], row: list[str], columns: Mapping[str, Column], intake: Intake
) -> Review | None:
    def where(field: str) -> Mark:
        return _place(path, line, lines, row[columns[field].number])

    def cell(field: str) -> str:
        return row[columns[field].number].strip() if field in columns else ""

    def text(field: str) -> str:
        longest = LONGEST.get(field)
        return intake.text(cell(field), partial(where, field), field, *([longest] if longest else []))

    claim = text("claim")
    if not claim:
        said, help = "a row without a claim is left out", "write the claim, or delete the row"
        intake.say(partial(Mark, path, line), "import-left-out", Severity.ERROR, said, help)
        return None
    url = intake.address(cell("url"), partial(where, "url"), "url")
    published = intake.date(cell("published"), partial(where, "published"), "published")
    judge = text("publisher") or (clean.site(url) if url else "")
    site = intake.address(cell("site"), partial(where, "site"), "site")
    tongue = intake.language(cell("language"), partial(where, "language"), "language")
    numbers = (intake.number(cell(name), partial(where, name), name) for name in ("value", "best", "worst"))
    rated = Rated(text("rating"), *numbers)
    page = Page(url, text("headline"), judge, site, text("author"), published, tongue)
    only = {"headline": page.headline, "site": site, "author": page.author, "language": tongue}
    if not url and any(only.values()):
        intake.unplaced(partial(Mark, path, line), "the review", only)
    seen = (intake.address(found, partial(where, "appearance"), "appearance") for found in cell("appearance").split())
    name = text("claimant")
    return Review(
        mark=Mark(path, line),
        claim=claim,
        claimant=Who(name) if name else None,
        claimed=intake.date(cell("claimed"), partial(where, "claimed"), "claimed"),
        page=page if url else None,
        judge=judge,
        judged="" if url else published,
        rated=rated if rated.name or rated.value else None,
        explanation=text("explanation"),
        appearances=tuple(Page(found) for found in dict.fromkeys(filter(None, seen))),
        topic=text("topic"),
        short=text("short"),
        summary=text("summary"),
    )


def _place(path: str, line: int, lines: list[str], value: str) -> Mark:
    """Where a value of a row stands, as far as it can be told: on one of the row's lines, else at its beginning."""
    shown = value.split("\n")[0].strip()[:200]
    for n, text in enumerate(lines) if shown else ():
        if (at := text.find(shown)) >= 0:
            return Mark(path, line + n, at + 1, len(shown))
    return Mark(path, line)


def _refused(mark: Mark, said: str, help: str, code: str = "not-utf8") -> Refused:
    return Refused([Problem(mark, said, help, code)])
