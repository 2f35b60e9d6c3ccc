"""The door to the shell: `onrecord build`, `serve`, `check`, `fmt`, `lock`, `explain`.

Each command calls one function elsewhere and says how it went: exit code 0 without errors, 1 with findings of level
error, 2 for wrong use or an unreadable configuration, 3 for a fault of the machine, 4 for a bug of ours.
It is long because the help of each command stands with its options.
"""

import errno
import hashlib
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from . import edit, lint
from .build import read
from .load import ARTICLES, LOCK, RECORD, load, lock_text, read_text
from .problems import REPORTS, Mark, Problem, Refused, Sources, errors, in_order, visible
from .reader import CODES, LIMITS, nearest

F = TypeVar("F", bound=Callable[..., Any])

WRONG_USE, MACHINE, BUG = 2, 3, 4
_CODES = {
    **CODES,
    "build-locked": "Another build of this site is at work. Its lock goes when it ends, also when it is killed.",
    "written-link": "A link in a hand-written page leads nowhere, or to an address that a page may not link to.",
    "not-canonical": 'The file is not in its canonical form. "onrecord fmt" writes it so, and loses nothing.',
    "configuration": "mkdocs.yml is not there, is not valid, or does not list the plugin. Nothing was built.",
    "machine": "The machine refused: no permission, no space, or a file that vanished. The site is as it was.",
    "internal-error": "A fault of onrecord itself. Please report it with the id that it printed.",
}


def _guarded(command: F) -> F:
    """No input and no fault prints a traceback: each ends in a sentence and an exit code."""

    @wraps(command)
    def guarded(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
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

    return guarded  # type: ignore[return-value]


def _root() -> Path:
    """The project: this folder or the nearest above it that holds mkdocs.yml or a record."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() or (folder / RECORD).is_file():
            return folder
    raise click.UsageError(f"neither mkdocs.yml nor {RECORD} is here or in a folder above; run it in a publication")


def _report(problems: list[Problem], form: str, root: Path) -> None:
    click.echo(REPORTS[form](problems, Sources(root)), nl=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord")
@click.option("--debug", is_flag=True, help="Print a traceback where onrecord itself fails.")
def main(debug: bool) -> None:
    """Makes a fact-check publication of a record.

    \b
    You write   claims.yaml            what is claimed, and the words that bear on it
                content/articles/      the articles, as printed
    It makes    site/                  a page for each claim, the chronology, who says what

    Change claims.yaml, run "onrecord check" until it finds no errors, look at the pages with "onrecord serve".
    """


_format = click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTS)),
    default="text",
    show_default=True,
    help="How to print problems.",
)


@main.command()
@_format
@_guarded
def check(form: str) -> None:
    """Check the record: structure, references, quotations, dates, order.

    All problems are printed at once, each with its line and column, what is wrong and how to mend it.
    Exit code 1 if there are errors. "onrecord explain CODE" tells more of one code.
    """
    root = _root()
    problems = read(root).problems
    _report(problems, form, root)
    sys.exit(1 if errors(problems) else 0)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit code 1 if a file would change.")
@_guarded
def fmt(only_check: bool) -> None:
    """Write claims.yaml and the articles' front matter in their canonical form.

    Values and comments stay; their order, quoting and spacing become the same in every record. The words of the
    articles are not touched.
    """
    root = _root()
    problems: list[Problem] = []
    for name, text, better in _formatted(root, problems):
        if text == better:
            continue
        if only_check:
            line = next(
                (n for n, (a, b) in enumerate(zip(text.split("\n"), better.split("\n"), strict=False), 1) if a != b), 1
            )
            problems.append(_not_canonical(name, line))
        else:
            (root / name).write_text(better, encoding="utf-8", newline="\n")
            click.echo(f"wrote {name}")
    if problems:
        _report(in_order(problems), "text", root)
    sys.exit(1 if errors(problems) else 0)


def _formatted(root: Path, problems: list[Problem]) -> Iterator[tuple[str, str, str]]:
    """Name, text and canonical text of each file that `fmt` writes. Files that can't be read are problems."""
    record, found = load(root)
    unfit = {p.mark.path for p in found if p.code.startswith("yaml-") or p.code in _UNREADABLE}
    problems += [p for p in found if p.mark.path in unfit]
    if record is None:
        problems += [p for p in found if p not in problems]
    if record is not None and RECORD not in unfit:
        text = read_text(root, RECORD, LIMITS["file"])
        yield RECORD, text, edit.canonical(text)
    for article in record.articles if record else ():
        if article.path not in unfit:
            text = read_text(root, article.path, LIMITS["article"])
            yield article.path, text, edit.canonical_article(text, article.body)


_UNREADABLE = {
    *("duplicate-key", "wrong-type", "too-large", "front-matter", "not-utf8", "missing-file", "empty-file"),
    "invisible-character",  # some of them end a line for YAML
}


def _not_canonical(name: str, line: int) -> Problem:
    return Problem(Mark(name, line), "not in canonical form from here on", 'run "onrecord fmt"', "not-canonical")


@main.command()
@_guarded
def lock() -> None:
    """Write articles.lock anew: the SHA-256 of each stored text.

    Run it when you stored an article or took its text again. Reviewers see the changed lines.
    """
    root = _root()
    record, problems = load(root)
    unread = [p for p in problems if p.mark.path.startswith(ARTICLES)]
    if record is None or errors(unread):
        _report(in_order(problems if record is None else unread), "text", root)
        sys.exit(1)
    (root / LOCK).write_text(lock_text(record.articles), encoding="utf-8", newline="\n")
    click.echo(f"wrote {LOCK}: {len(record.articles)} articles")


@main.command()
@click.argument("code", required=False)
@_guarded
def explain(code: str | None) -> None:
    """Explain a problem's CODE: what the rule asks, and why. Without CODE, list all of them."""
    if code is None:
        for name in sorted([*lint.rules(), lint.UNUSED, *_CODES]):
            click.echo(f"{name:24} {_explained(name).splitlines()[0]}")
        return
    text = _explained(code)
    if not text:
        help = nearest(code, [*lint.rules(), lint.UNUSED, *_CODES])
        raise click.UsageError(f'no code "{code}"; {help if help.startswith("did") else "run it without a code"}')
    click.echo(f"{code}: {text}")


def _explained(code: str) -> str:
    return lint.explain(code) or _CODES.get(code, "")


@main.command()
@_format
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where to build; default: site_dir of mkdocs.yml.")
@click.option("--verbose", "-v", is_flag=True, help="Say what MkDocs does.")
@_guarded
def build(form: str, site_dir: Path | None, verbose: bool) -> None:
    """Check the record and build the site.

    The site changes only if everything went well; after any error it is the old one, whole.
    """
    from mkdocs.commands.build import build as mkdocs_build

    with _mkdocs(verbose) as load_config:
        config = load_config(**({"site_dir": str(site_dir.resolve())} if site_dir else {}))
        plugin = config.plugins["onrecord"]
        plugin.report = form
        target = Path(config.site_dir)
        try:
            with _progress(plugin):
                mkdocs_build(config)
        except SystemExit:
            refusal: Refused | None = plugin.refusal
            locked = refusal is not None and any(p.code == "build-locked" for p in refusal.problems)
            sys.exit(MACHINE if locked else 1)
    pub = plugin.pub
    shown = os.path.relpath(target)
    click.echo(f"built {shown}/: {len(pub.reviews)} claims, {len(pub.articles)} articles", err=form != "text")


@contextmanager
def _progress(plugin: Any) -> Iterator[None]:
    """A bar on a terminal, from the first page on that is made more than a second after the start."""
    import time

    if not sys.stderr.isatty():
        yield
        return
    begun = time.monotonic()
    bar: list[Any] = []
    made = 0

    def page_made(_page: object) -> None:
        nonlocal made
        made += 1
        if not bar and time.monotonic() - begun > 1:
            pub = plugin.pub
            length = len(pub.reviews) + len(pub.articles) + len(pub.entities)
            bar.append(click.progressbar(length=max(length, made), label="Pages", file=sys.stderr, width=30))
            bar[0].__enter__()
            bar[0].update(made)
        elif bar:
            bar[0].update(1)

    plugin.on_page_made = page_made
    try:
        yield
    finally:
        if bar:
            bar[0].render_finish()


@contextmanager
def _mkdocs(verbose: bool) -> Iterator[Callable[..., Any]]:
    """MkDocs' configuration loader, with its log where an editor wants it. Wrong configurations end with code 2."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    root = _root()
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.setLevel(logging.INFO if verbose else logging.WARNING)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False

    def loaded(**options: Any) -> Any:
        try:
            config = load_config(str(root / "mkdocs.yml"), **options)
        except (ConfigurationError, OSError) as error:
            click.echo(f"mkdocs.yml:1:1: error[configuration]: {str(error).strip() or 'not valid'}", err=True)
            sys.exit(WRONG_USE)
        except Abort:  # what is wrong is told already
            click.echo("mkdocs.yml:1:1: error[configuration]: its settings are not valid", err=True)
            sys.exit(WRONG_USE)
        if "onrecord" not in config.plugins:
            click.echo('mkdocs.yml:1:1: error[configuration]: "plugins" does not list onrecord', err=True)
            sys.exit(WRONG_USE)
        return config

    try:
        yield loaded
    finally:
        logger.removeHandler(handler)


@main.command()
@click.option("--dev-addr", metavar="HOST:PORT", help="Where to serve; default: 127.0.0.1:8000.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@_guarded
def serve(dev_addr: str | None, open_browser: bool) -> None:
    """Build the site, show it at an address of this machine, and build again whenever a file changes.

    Watched are claims.yaml, the articles, hand-written pages, templates and styles. While a change is in error, the
    last good site stays on show and the problems are printed here.
    """
    from mkdocs.commands.serve import serve as mkdocs_serve

    with _mkdocs(verbose=True) as load_config:
        config = load_config()  # so that a wrong configuration is told in our way
        options: dict[str, Any] = {"dev_addr": dev_addr} if dev_addr else {}
        mkdocs_serve(config.config_file_path, open_in_browser=open_browser, **options)


if __name__ == "__main__":
    main()
