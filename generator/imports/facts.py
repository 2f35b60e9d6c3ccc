"""A review made elsewhere, as both importers read it: what it says, cleaned, and where that stands in the file.

`Intake` takes the values of a file one by one and says what was wrong with each. Nothing is mended in silence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..problems import Mark, Problem, Severity, visible
from . import clean

LONGEST = {"claim": 2_000, "explanation": 8_000, "summary": 4_000}
"""Characters of a long text; a line has at most as many as this:"""
LINE = 300


class Rated(NamedTuple):
    """A rating in the words and numbers of those who gave it."""

    name: str = ""
    value: str = ""
    best: str = ""
    worst: str = ""

    @property
    def word(self) -> str:
        """What it is called in messages and by `--rate`: its name, else its number and that of the best."""
        return self.name or "/".join(filter(None, (self.value, self.best)))

    @property
    def told(self) -> str:
        """All that it says: "Half True, 3 of 1 to 6"."""
        scale = f" of {self.worst or '?'} to {self.best or '?'}" if self.best or self.worst else ""
        return ", ".join(filter(None, (self.name, f"{self.value}{scale}" if self.value else "")))


class Page(NamedTuple):
    """An article somewhere else."""

    url: str
    headline: str = ""
    publisher: str = ""
    publisher_url: str = ""
    author: str = ""
    published: str = ""
    language: str = ""


class Who(NamedTuple):
    """Who made a claim. `kind` is that of an entity; nothing where the file does not say."""

    name: str
    kind: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What one review says. Dates are EDTF; what it does not say is an empty text."""

    mark: Mark = field(compare=False)
    claim: str
    claimant: Who | None = None
    claimed: str = ""
    page: Page | None = None
    """Where it was published; its publisher is who judged."""
    judge: str = ""
    """Who judged, where there is no page that could say so."""
    judged: str = ""
    """When, where there is no page."""
    rated: Rated | None = None
    explanation: str = ""
    appearances: tuple[Page, ...] = ()
    topic: str = ""
    short: str = ""
    summary: str = ""


Where = Callable[[], Mark]
"""The place of a value, worked out only where there is something to say of it."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes values over, and gathers what is wrong with them."""

    problems: list[Problem]

    def say(self, where: Where, code: str, level: Severity, message: str, help: str) -> None:
        self.problems.append(Problem(where(), message, help, code, level))

    def dropped(self, where: Where, name: str, value: str, why: str) -> None:
        said = f'{name} "{visible(value[:120])}" is left out: {why}'
        self.say(where, "import-value", Severity.WARNING, said, "mend it in the file, or add it to the record by hand")

    def mended(self, where: Where, name: str, what: str) -> None:
        self.say(where, "import-mended", Severity.NOTE, f"{name}: {what}", "compare it with the original")

    def unplaced(self, where: Where, who: str, parts: Mapping[str, str]) -> None:
        """Says what of a review is lost because it has no address."""
        said = f"{who} has no address"
        if lost := [f"{name}: {visible(value[:120])}" for name, value in parts.items() if value]:
            said += f", without which there is no place for {'; '.join(lost)}"
        help = "its verdict is kept only with an explanation and a date"
        self.say(where, "import-value", Severity.WARNING, said, help)

    def text(self, value: str, where: Where, name: str, longest: int = LINE) -> str:
        """A text as one line of visible characters; nothing where none is left."""
        most = 20 * longest  # of what is longer, no more is looked at than could be shown
        words, taken = clean.plain(value[:most])
        if taken:
            self.mended(where, name, f"{' and '.join(taken)} taken out")
        if len(words) > longest:
            whole = len(words) if len(value) <= most else len(value)
            self.mended(where, name, f"cut from {whole:,} to {longest:,} characters")
            words = clean.cut(words, longest)
        return words

    def number(self, value: str, where: Where, name: str) -> str:
        """A number of a rating as it is written; nothing for what is none, such as "NaN"."""
        words = self.text(value, where, name)
        if words and not clean.NUMBER.fullmatch(words):
            self.dropped(where, name, words, "it is no number")
            return ""
        return words

    def date(self, value: str, where: Where, name: str) -> str:
        if not value.strip():
            return ""
        found = clean.day(value)
        if found is None:
            self.dropped(where, name, value, "it is no date that could be read for sure; write 2020-09-15")
            return ""
        if not value.strip().startswith(found):
            self.mended(where, name, f'"{visible(value[:60])}" is taken for {found}')
        return found

    def address(self, value: str, where: Where, name: str) -> str:
        if not value.strip():
            return ""
        found = clean.address(value)
        if found is None:
            self.dropped(where, name, value, "it is no address of the web that can be linked")
            return ""
        if found != value.strip():
            self.mended(where, name, f'spelt "{found}"')
        return found

    def language(self, value: str, where: Where, name: str) -> str:
        if not value.strip():
            return ""
        found = clean.language(value)
        if found is None:
            self.dropped(where, name, value, "it is no language tag, such as en or pt-BR")
            return ""
        return found
