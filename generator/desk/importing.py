"""`onrecord import`: reviews made elsewhere become claims of the record, with verdicts and linked articles."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..adopt import adopted, store
from ..build import uncollected
from ..files import Folder, decoded
from ..imports import claimreview, table
from ..imports.entries import entries
from ..imports.facts import Review
from ..load import RECORD
from ..problems import Problem, Refused, errors, visible
from ..reader import nearest
from ..received import contents, pairs, rate_option, ratings, tell
from ..shell import format_option, guarded, opened, project, stop, writable

_FIELDS = "\b\nFields:\n" + "\n".join(f"  {name:12} {meaning}" for name, meaning in table.FIELDS.items())


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
        rate_option,
    ):
        command = option(command)
    return command


@click.group("import", short_help="Take in reviews made elsewhere: ClaimReview, or a table.")
def importing() -> None:
    """Take reviews made elsewhere into the record: from ClaimReview, or from a table.

    \b
    Each review becomes
      a claim, with who made it and when
      a linked article: its page, and each place where the claim appeared
      a verdict: in its own words, and on the step of your scale for them

    Reviews of one claim by one claimant become verdicts of one claim; what the record has already is passed over. What
    can't be used is said at its line and left out, the rest is taken. The record and addresses.lock are written
    together, in canonical form, or not at all. Exit code 1 if a review is left out.
    """


@importing.command("claimreview", short_help="Import schema.org ClaimReview: a feed, list or graph.")
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


@importing.command("csv", epilog=_FIELDS, short_help="Import a table saved as CSV: a row a claim.")
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
    where = pairs(columns, "--map", "FIELD=COLUMN")
    for name in where:
        if name not in table.FIELDS:
            raise click.UsageError(f'there is no field "{visible(name)}"; {nearest(name, list(table.FIELDS))}')

    def read(problems: list[Problem]) -> list[Review]:
        return table.read(str(file), table.decoded(str(file), contents(file), encoding), where, problems)

    _bring(read, Options(rates, dry_run, form))


def _bring(read: Callable[[list[Problem]], list[Review]], options: Options) -> None:
    root = project()
    record, found = opened(root)
    writable(root, found, RECORD, *(claim.path for claim in record.claims))
    rates = ratings(options.rates, record.ratings)
    problems: list[Problem] = []
    try:
        added = entries(read(problems), record, rates, problems)
    except Refused as refusal:
        stop([*problems, *refusal.problems], Path.cwd())
    written: list[str] = []
    if added.lists or added.claims:
        try:
            files = adopted(Folder(root), record, added, found)
        except Refused as refusal:
            stop(refusal.problems, root)
        if not options.dry_run:
            store(root, files)
            written = [*files.texts, "addresses.lock"]
    tell(problems, added, options.form)
    done = (
        f'wrote {", ".join(written[:-1])} and {written[-1]}; next: "onrecord check"'
        if written
        else "nothing is written"
    )
    click.echo(done, err=options.form != "text")
    sys.exit(1 if errors(problems) else 0)
