"""`onrecord init`: a new publication in a folder of its own."""

import shlex
import sys
from pathlib import Path

import click

from ..build import uncollected
from ..files import decoded
from ..imports import claimreview
from ..problems import Problem, Refused, errors, in_order, visible
from ..received import contents, rate_option, ratings, tell
from ..shell import guarded, report, stop
from ..start import Named, begin, begin_with

TITLE = "A fact check"


@click.command("init", short_help="Make a new publication in a folder of its own.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help=f'Name of the publication; else that of the feed, else "{TITLE}".')
@click.option("--address", default="", help="Where its site will stand, such as https://facts.example.org/.")
@click.option("--language", default="", help="Of its pages, such as en; else that of most of the reviews, else en.")
@click.option(
    "--from-claimreview",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Begin with the reviews of this file in place of the example; see onrecord import claimreview.",
)
@rate_option
@guarded
def init(
    folder: Path, title: str | None, address: str, language: str, file: Path | None, rates: tuple[str, ...]
) -> None:
    """Make a new publication in FOLDER, with an example to replace, or from reviews that were made elsewhere.

    It has a configuration, a record, hand-written pages, a Makefile, and workflows that check proposals and publish to
    GitHub Pages: "make site" and "make test" work there at once.
    """
    problems: list[Problem] = []
    try:
        if file is None:
            made = begin(folder, Named(title or TITLE, address, language))
        else:
            with uncollected():
                reviews, name = claimreview.read(str(file), decoded(str(file), contents(file)), problems)
                named = Named(title or name or TITLE, address, language)
                made, added = begin_with(folder, named, reviews, ratings(rates), problems)
            tell(problems, added, "text")
    except ValueError as why:
        if problems:
            report(in_order(problems), "text", Path.cwd())
        raise click.UsageError(str(why)) from None
    except Refused as refusal:
        stop([*problems, *refusal.problems], Path.cwd())
    if file is None:
        for path in made:
            click.echo(visible(str(folder / path)))
    click.echo(f"made {len(made)} files; next: cd -- {shlex.quote(visible(str(folder)))} && make site")
    sys.exit(1 if errors(problems) else 0)
