"""`onrecord import`: reviews made elsewhere become claims of the record, with verdicts and linked articles."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..adopt import adopted, store
from ..build import uncollected
from ..files import decoded
from ..imports import claimreview, table
from ..imports.entries import Additions, entries
from ..imports.facts import Review
from ..imports.scale import STANDARD, folded
from ..load import RECORD
from ..model import Record
from ..problems import Mark, Problem, Refused, Severity, errors, in_order, visible
from ..reader import LIMITS, nearest
from ..shell import format_option, guarded, opened, project, report, stop, writable

_ORDER = list(Severity)
_ADDED = {
    "claims": "claim",
    "articles": "linked article",
    "publishers": "publisher",
    "entities": "entity",
    "topics": "topic",
    "ratings": "rating",
}


class Options(NamedTuple):
    """What both kinds of import take."""

    rates: tuple[str, ...]
    dry_run: bool
    form: str


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both kinds of import."""
    for option in (
        format_option,
        click.option("--dry-run", is_flag=True, help="Write nothing; only say what would be done."),
        click.option(
            "--rate",
            "rates",
            multiple=True,
            metavar="WORDS=RATING",
            help='Take a rating in these words for this one of yours: "Pants on Fire=false"; may be repeated.',
        ),
    ):
        command = option(command)
    return command


@click.group("import")
def importing() -> None:
    """Take reviews made elsewhere into the record: from ClaimReview, or from a table.

    \b
    Each review becomes  a claim, with who made it and when
                         a linked article: the review's page, and each place where the claim appeared
                         a verdict: in the reviewer's own words, and on the step of your scale that they come to

    Reviews of one claim by one claimant become verdicts of one claim; what the record has already is passed over. What
    can't be used is said at its line and left out, the rest is taken. claims.yaml and addresses.lock are written
    together, in canonical form, or not at all. Exit code 1 if a review is left out.
    """


@importing.command("claimreview")
@click.argument("file", type=click.Path(path_type=Path))
@_shared
@guarded
def from_claimreview(file: Path, rates: tuple[str, ...], dry_run: bool, form: str) -> None:
    """Import schema.org ClaimReview from FILE: a DataFeed, a list, a graph, one object, or lines of JSON-LD.

    What the API of Google's Fact Check Explorer gives out is read too.
    """

    def read(problems: list[Problem]) -> list[Review]:
        with uncollected():
            return claimreview.read(str(file), decoded(str(file), contents(file)), problems)[0]

    _bring(read, Options(rates, dry_run, form))


@importing.command("csv", epilog="\b\nFields: " + "; ".join(f"{k}: {v}" for k, v in table.FIELDS.items()))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help='Which column holds a field: "claim=What was said"; may be repeated. Else it is guessed from the names.',
)
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "utf-16", "windows-1252", "iso-8859-15", "windows-1251", "gb18030"]),
    default="utf-8",
    show_default=True,
    help="How the letters of the file are written.",
)
@_shared
@guarded
def from_table(
    file: Path, columns: tuple[str, ...], encoding: str, rates: tuple[str, ...], dry_run: bool, form: str
) -> None:
    """Import a table, saved as CSV, from FILE: a row a claim, with or without a review of it.

    The first row names the columns. Commas, semicolons or tabs part the cells.
    """
    where = _pairs(columns, "--map", "FIELD=COLUMN")
    for name in where:
        if name not in table.FIELDS:
            raise click.UsageError(f'there is no field "{visible(name)}"; {nearest(name, list(table.FIELDS))}')

    def read(problems: list[Problem]) -> list[Review]:
        return table.read(str(file), table.decoded(str(file), contents(file), encoding), where, problems)

    _bring(read, Options(rates, dry_run, form))


def contents(file: Path) -> bytes:
    """The bytes of a plain file of a size that is read. Raises `Refused`."""
    if not file.is_file():
        said = f'"{file}" is {"not a plain file" if file.exists() else "not found"}'
        raise Refused([Problem(Mark(str(file)), said, "name the file to import", "missing-file")])
    if (size := file.stat().st_size) > LIMITS["file"]:
        said = f"the file has {size:,} bytes, at most {LIMITS['file']:,} are read"
        raise Refused([Problem(Mark(str(file)), said, "split it", "too-large")])
    return file.read_bytes()


def _pairs(given: tuple[str, ...], option: str, form: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.rpartition("=") if option == "--rate" else pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.UsageError(f'{option} needs {form}, not "{visible(pair)}"')
        found[name.strip()] = value.strip()
    return found


def ratings(given: tuple[str, ...], record: Record) -> Mapping[str, str]:
    """Ratings of a record by folded words, as an editor gives them."""
    known = {item.id: item.name for item in record.ratings} or {item["id"]: item["name"] for item in STANDARD}
    ids = {folded(word): id for id, name in known.items() for word in (name, id)}
    found = {}
    for words, wanted in _pairs(given, "--rate", "WORDS=RATING").items():
        if folded(wanted) not in ids:
            raise click.UsageError(f'there is no rating "{visible(wanted)}"; {nearest(wanted, list(known))}')
        found[folded(words)] = ids[folded(wanted)]
    return found


def _bring(read: Callable[[list[Problem]], list[Review]], options: Options) -> None:
    root = project()
    record, found = opened(root)
    writable(root, found)
    rates = ratings(options.rates, record)
    problems: list[Problem] = []
    try:
        added = entries(read(problems), record, rates, problems)
    except Refused as refusal:
        stop([*problems, *refusal.problems], Path.cwd())
    try:
        files = adopted(root, record, added, found)
    except Refused as refusal:
        stop(refusal.problems, root)
    wanted = not options.dry_run and bool(added.lists or added.claims)
    if wanted:
        store(root, files)
    tell(problems, added, options.form)
    done = f'wrote {RECORD} and addresses.lock; next: "onrecord check"' if wanted else "nothing is written"
    click.echo(done, err=options.form != "text")
    sys.exit(1 if errors(problems) else 0)


def tell(problems: list[Problem], added: Additions, form: str) -> None:
    """What came of an import: problems, the gravest first, and how much was taken."""
    report(sorted(in_order(problems), key=lambda p: _ORDER.index(p.severity)), form, Path.cwd())
    left = sum(p.severity is Severity.ERROR for p in problems)
    said = (
        f"{_count(added.read + left, 'review')} read: {_count(added.new, 'claim')} new, {added.merged:,} merged, "
        f"{added.known:,} there already, {left:,} left out"
    )
    click.echo(said, err=form != "text")
    if parts := [_count(len(added.lists[name]), word) for name, word in _ADDED.items() if added.lists.get(name)]:
        click.echo(f"added: {', '.join(parts)}", err=form != "text")


def _count(number: int, word: str) -> str:
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number:,} {word if number == 1 else many}"
