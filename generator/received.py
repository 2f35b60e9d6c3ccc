"""A file of reviews that is named on the command line, the options that go with it, and what came of taking it in."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from .imports.entries import Additions
from .imports.scale import STANDARD, folded
from .limits import LIMITS
from .model import Rating
from .problems import Mark, Problem, Refused, Severity, in_order, visible
from .reader import nearest
from .shell import named, report

_ORDER = list(Severity)
_ADDED = {
    "claims": "claim",
    "articles": "linked article",
    "publishers": "publisher",
    "entities": "entity",
    "topics": "topic",
    "ratings": "rating",
}


rate_option: Callable[[Any], Any] = click.option(
    "--rate",
    "rates",
    multiple=True,
    metavar="WORDS=RATING",
    help='Take a rating in these words for this one of yours: "Pants on Fire=false"; may be repeated.',
)


def contents(file: Path) -> bytes:
    """The bytes of a file of a size that is read. Raises `Refused`, and UsageError where there is none."""
    if (size := named(file).stat().st_size) > LIMITS["file"]:
        said = f"the file has {size:,} bytes, at most {LIMITS['file']:,} are read"
        raise Refused([Problem(Mark(str(file)), said, "split it", "too-large")])
    return file.read_bytes()


def pairs(given: tuple[str, ...], option: str, form: str) -> dict[str, str]:
    """Names and values of a repeated option."""
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.rpartition("=") if option == "--rate" else pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.UsageError(f'{option} needs {form}, not "{visible(pair)}"')
        found[name.strip()] = value.strip()
    return found


def ratings(given: tuple[str, ...], scale: Sequence[Rating] = ()) -> Mapping[str, str]:
    """Ids of ratings by folded words, as an editor gives them; of the standard scale where there is none."""
    known = {item.id: item.name for item in scale} or {item["id"]: item["name"] for item in STANDARD}
    ids = {folded(word): id for id, name in known.items() for word in (name, id)}
    found = {}
    for words, wanted in pairs(given, "--rate", "WORDS=RATING").items():
        if folded(wanted) not in ids:
            raise click.UsageError(f'there is no rating "{visible(wanted)}"; {nearest(wanted, list(known))}')
        found[folded(words)] = ids[folded(wanted)]
    return found


def tell(problems: list[Problem], added: Additions, form: str) -> None:
    """What came of an import: problems, the gravest first, and how much was taken."""
    report(sorted(in_order(problems), key=lambda p: _ORDER.index(p.severity)), form, Path.cwd())
    unread = sum(p.severity is Severity.ERROR for p in problems)
    said = (
        f"{_count(added.read + unread, 'review')} read: {_count(added.new, 'claim')} new, {added.merged:,} merged, "
        f"{added.known:,} there already, {unread + added.left:,} left out"
    )
    click.echo(said, err=form != "text")
    if parts := [_count(len(added.lists[name]), word) for name, word in _ADDED.items() if added.lists.get(name)]:
        click.echo(f"added: {', '.join(parts)}", err=form != "text")


def _count(number: int, word: str) -> str:
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number:,} {word if number == 1 else many}"
