"""What every command shares: how it ends, which project it works on, and how it prints problems.

A command is a click command wrapped in `guarded`: no input and no fault prints a traceback.
"""

import errno
import hashlib
import sys
import traceback
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar

import click

from .build import uncollected
from .edit import unfit
from .load import RECORD, load
from .model import Record
from .problems import Misconfigured, Problem, Sources, as_text, in_order, visible
from .reports import REPORTS

P = ParamSpec("P")
R = TypeVar("R")

WRONG_USE, MACHINE, BUG = 2, 3, 4


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """No input and no fault prints a traceback: each ends in a sentence and an exit code."""

    @wraps(command)
    def guarded(*args: P.args, **options: P.kwargs) -> R:
        try:
            return command(*args, **options)
        except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
        except Misconfigured as error:
            click.echo(as_text(error.problems, Sources(project())), nl=False, err=True)
            sys.exit(WRONG_USE)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends quietly where nobody reads on
            place = f' "{visible(str(error.filename))}"' if error.filename else ""
            click.echo(f"error[machine]: {error.strerror or visible(str(error))}{place}", err=True)
            sys.exit(MACHINE)
        except Exception as error:
            trace = traceback.format_exc()
            stage = traceback.extract_tb(error.__traceback__)[-1]
            id = hashlib.sha256(
                f"{type(error).__name__} {Path(stage.filename).name}:{stage.lineno}".encode()
            ).hexdigest()[:8]
            where = f"{Path(stage.filename).stem}.{stage.name}"
            click.echo(f"error[internal-error]: {type(error).__name__} in {where}, report id {id}", err=True)
            click.echo("  = help: this is a bug of onrecord; please report it with this id", err=True)
            if click.get_current_context().find_root().params.get("debug"):
                click.echo(trace, err=True)
            sys.exit(BUG)

    return guarded


def project() -> Path:
    """The project: this folder or the nearest above it that holds mkdocs.yml or a record."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() or (folder / RECORD).is_file():
            return folder
    raise click.UsageError(f"neither mkdocs.yml nor {RECORD} is here or in a folder above; run it in a publication")


def named(path: Path, folder: bool = False) -> Path:
    """A file, or a folder, that is named on the command line; where there is none, the command ends as wrongly used."""
    if path.is_dir() if folder else path.is_file():
        return path
    wanted = "a folder" if folder else "a plain file"
    raise click.UsageError(f'"{visible(str(path))}" is {f"not {wanted}" if path.exists() else "not found"}')


def report(problems: list[Problem], form: str, root: Path) -> None:
    click.echo(REPORTS[form](problems, Sources(root)), nl=False)


def stop(problems: Iterable[Problem], root: Path) -> NoReturn:
    """Ends a command over what is wrong in the files of a project."""
    report(in_order(problems), "text", root)
    sys.exit(1)


def refuse(problems: Iterable[Problem]) -> NoReturn:
    """Ends a command over values that were given to it: they stand in no file that a place could name."""
    for problem in in_order(problems):
        click.echo(f"error[{problem.code}]: {visible(problem.message)}", err=True)
        click.echo(f"  = help: {visible(problem.help)}", err=True)
    sys.exit(WRONG_USE)


def opened(root: Path) -> tuple[Record, list[Problem]]:
    """The record and what is wrong with it, for commands that add to it; where there is none, the command ends."""
    with uncollected():
        record, problems = load(root)
    if record is None:
        stop(problems, root)
    return record, problems


def writable(root: Path, problems: Iterable[Problem], *paths: str) -> None:
    """Ends a command where a file of the record can't be written anew without loss."""
    left = unfit(problems).intersection(paths)
    if broken := [p for p in problems if p.mark.path in left]:
        stop(broken, root)


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTS)),
    default="text",
    show_default=True,
    help="How to print problems.",
)
