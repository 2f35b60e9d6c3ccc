"""`onrecord init`: a new publication in a folder of its own."""

from pathlib import Path

import click

from ..problems import visible
from ..shell import guarded
from ..start import begin


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="A fact check", show_default=True, help="Name of the publication.")
@click.option("--address", default="", help="Where its site will stand, such as https://facts.example.org/.")
@guarded
def init(folder: Path, title: str, address: str) -> None:
    """Make a new publication in FOLDER, with an example to replace.

    It has a configuration, a record of two claims and two articles, hand-written pages and a Makefile: "make site" and
    "make test" work there at once.
    """
    try:
        made = begin(folder, title, address)
    except ValueError as why:
        raise click.UsageError(str(why)) from None
    for path in made:
        click.echo(visible(str(folder / path)))
    click.echo(f"made {len(made)} files; next: cd {visible(str(folder))} && make site")
