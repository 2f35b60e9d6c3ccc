"""`onrecord selftest`: proves on hostile cases that the promises on bad input hold, as each release must."""

import sys
from pathlib import Path

import click

from ..problems import Problem, Refused, in_order, visible
from ..shell import WRONG_USE, format_option, guarded, named, report


@click.command(short_help="Try thousands of hostile cases; say how many passed.")
@click.option("--class", "names", multiple=True, metavar="NAME", help="Only this class of cases; may be repeated.")
@click.option(
    "--cases",
    "--hostile",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Cases of your own: a folder for each class (docs/selftest.md), in place of those that come with onrecord.",
)
@format_option
@guarded
def selftest(names: tuple[str, ...], folder: Path | None, form: str) -> None:
    """Try thousands of hostile cases, and ordinary ones, and say how many passed.

    Each is put where it could do harm - a field, a file, an article, a page, a change - and must come to what it
    expects: refused at a place, or shown as the characters that it is made of. Nothing of yours is read or written.

    \b
    Exit code 1 if a case failed, 2 if a file of cases can't be read.
    """
    from .. import selftest as tests

    for name in names:
        if name not in tests.CLASSES:
            raise click.UsageError(f'no class "{visible(name)}"; one of: {", ".join(tests.CLASSES)}')
    root = named(folder, folder=True) if folder else tests.OWN
    try:
        cases = list(tests.read(root, tests.CLASSES))
    except Refused as refusal:
        report(refusal.problems, form, root)
        sys.exit(WRONG_USE)
    failures: list[Problem] = []
    lines, passed = [], 0
    for name in tests.CLASSES:
        mine = [case for case in cases if case.kind == name and (not names or name in names)]
        if mine:
            outcome = tests.run(name, mine)
            failures += outcome.failures
            passed += outcome.passed
            lines.append(f"{name}: {outcome.passed} passed, {outcome.failed} failed")
    total = sum(1 for case in cases if not names or case.kind in names)
    if not total:
        raise click.UsageError(f'"{visible(str(root))}" has no cases{" of this class" if names else ""}')
    if failures or form != "text":
        report(in_order(failures), form, root)
    for line in [*lines, f"{passed} passed, {total - passed} failed"]:
        click.echo(line, err=form != "text")
    sys.exit(1 if failures else 0)
