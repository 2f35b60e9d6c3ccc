"""The door to the shell: the commands of `onrecord`.

Each command calls one function elsewhere and says how it went: exit code 0 without errors, 1 with findings of level
error, 2 for wrong use or an unreadable configuration, 3 for a fault of the machine, 4 for a bug of ours. `shell` holds
what they share; here are those that check, write and show the publication as a whole, in `desk` all others.
"""

import io
import os
import re
import sys
from pathlib import Path
from typing import Any

import click

from . import addresses, canon, configuration, limits, schema
from .build import read, uncollected
from .desk.article import article
from .desk.asking import coverage, diff, embed, explain, links, statements
from .desk.claim import claim
from .desk.importing import importing
from .desk.init import init
from .desk.quoting import quoting
from .desk.selftest import selftest
from .files import replace
from .fix import fix
from .load import ARTICLES, LOCK, digest, load, lock_text
from .problems import Mark, Problem, Refused, errors, in_order, visible
from .shell import MACHINE, format_option, guarded, named, project, report


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord")
@click.option("--debug", is_flag=True, help="Print a traceback where onrecord itself fails.")
def main(debug: bool) -> None:
    """Makes a fact-check publication of a record.

    \b
    You write   claims.yaml        what is claimed, and the words that bear on it
                content/articles/  the articles, as printed
    It makes    site/              a page for each claim, the chronology and more

    Change claims.yaml, run "onrecord check" until it finds no errors, look at the pages with "onrecord serve".
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - it serves until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal of another encoding lacks is spelt out
            stream.reconfigure(errors="backslashreplace")
    try:
        limits.set_limits(os.environ.get(limits.VARIABLE, ""))
    except ValueError as error:
        raise click.UsageError(f"{limits.VARIABLE}: {error}") from None


@main.command(short_help="Check the record: structure, quotations, dates, order.")
@format_option
@click.option(
    "--against",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Another state of the publication, whose published addresses must all be answered for.",
)
@click.option("--fix", "mend", is_flag=True, help="First mend what changes no meaning, and say what was done.")
@guarded
def check(form: str, against: Path | None, mend: bool) -> None:
    """Check the record: structure, references, quotations, dates, order.

    All problems are printed at once, each with its line and column, what is wrong and how to mend it.
    Exit code 1 if there are errors. "onrecord explain CODE" tells more of one code.

    --fix gives quotations the marks of their article where only marks differ, takes out characters that nobody sees
    but those of quotations, mends the letters of the record's own words, and writes all files in canonical form.
    """
    root = project()
    if against is not None:
        named(against, folder=True)
    for done in fix(root) if mend else ():
        click.echo(f"fixed {done}", err=form != "text")
    pub, problems = read(root)
    if against is not None and pub is not None:
        if (base := load(against).record) is None:
            raise click.UsageError(f'"{visible(str(against))}" has no record that can be read')
        problems = [*problems, *addresses.lost(base, pub.record)]
    problems = in_order([*problems, *configuration.check(root)])
    report(problems, form, root)
    sys.exit(1 if errors(problems) else 0)


@main.command(short_help="Write the record in its canonical form.")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit code 1 if a file would change.")
@guarded
def fmt(only_check: bool) -> None:
    """Write claims.yaml, claims/ and the articles' front matter in their canonical form.

    Values and comments stay; their order, quoting and spacing become the same in every record. The words of the
    articles are not touched. Beside the record goes claims.schema.json, by which editors' programs complete and
    explain while you type.
    """
    root = project()
    problems: list[Problem] = []
    with uncollected():
        texts = list(canon.formatted(root, problems))
    if not problems:
        texts += schema.formatted(root, problems)
    for name, text, better in texts:
        if os.path.lexists(root / name) and (root / name).read_bytes() == better.encode():
            continue
        if only_check:
            line = next(
                (n for n, (a, b) in enumerate(zip(text.split("\n"), better.split("\n"), strict=False), 1) if a != b), 1
            )
            problems.append(_not_canonical(name, line))
        else:
            replace(root / name, better)
            click.echo(f"wrote {name}")
    if problems:
        report(in_order(problems), "text", root)
    sys.exit(1 if errors(problems) else 0)


def _not_canonical(name: str, line: int) -> Problem:
    return Problem(Mark(name, line), "not in canonical form from here on", 'run "onrecord fmt"', "not-canonical")


@main.command(short_help="Write articles.lock anew; add addresses to addresses.lock.")
@guarded
def lock() -> None:
    """Write articles.lock anew, and add new addresses to addresses.lock.

    The first holds the SHA-256 of each stored text, the second every address that was published, which never vanishes.
    Run it when you stored an article, took its text again or added a page. Reviewers see the changed lines.
    """
    root = project()
    record, problems = load(root)
    unread = [p for p in problems if p.mark.path.startswith(ARTICLES)]
    if record is None or errors(unread):
        report(in_order(problems if record is None else unread), "text", root)
        sys.exit(1)
    changed = sorted(a.id for a in record.articles if not a.linked and record.locks.get(a.id) != digest(a.body))
    gone = sorted(record.locks.keys() - {article.id for article in record.articles if not article.linked})
    replace(root / LOCK, lock_text(record.articles))
    click.echo(f"wrote {LOCK}: {sum(not a.linked for a in record.articles)} articles")
    for word, ids in (("new or changed", changed), ("gone", gone)):
        if ids:
            click.echo(f"  {word}: {', '.join(ids)}")
    listed = addresses.living(record).union(record.addresses)
    replace(root / addresses.LOCK, addresses.lock_text(listed))
    new = len(listed.difference(record.addresses))
    click.echo(f"wrote {addresses.LOCK}: {len(listed)} addresses, {new} of them new")


@main.command()
@format_option
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where to build; default: site_dir of mkdocs.yml.")
@click.option("--unreviewed", is_flag=True, help="Mark every page as an unreviewed preview, for no search engine.")
@click.option("--no-search", is_flag=True, help="Make no index; the search page says that search is not available.")
@click.option("--verbose", "-v", is_flag=True, help="Say what MkDocs does.")
@guarded
def build(form: str, site_dir: Path | None, unreviewed: bool, no_search: bool, verbose: bool) -> None:
    """Check the record and build the site.

    The site changes only if everything went well; after any error it is the old one, whole.
    """
    from . import host

    root = project()
    with host.configured(root, verbose) as configure:
        config = configure(**({"site_dir": str(site_dir.resolve())} if site_dir else {}))
        target = Path(config.site_dir)
        plugin: Any = config.plugins["onrecord"]
        plugin.report, plugin.unreviewed = form, unreviewed
        plugin.config.search = plugin.config.search and not no_search
        made = host.renew(root, config)
    if made is None:
        refusal: Refused | None = plugin.refusal
        faults = {"build-locked", "search-index"}
        sys.exit(MACHINE if refusal is not None and any(p.code in faults for p in refusal.problems) else 1)
    done = "built" if made.anew else "as it was built, since nothing has changed:"
    shown = os.path.relpath(target)
    click.echo(f"{done} {shown}/: {made.claims} claims, {made.articles} articles", err=form != "text")


def _address(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    wanted = re.fullmatch(r"(?:[^:\s]+|\[[0-9a-f:]+\]):(\d{1,5})", value or "")
    if value is not None and (wanted is None or int(wanted[1]) > 65535):
        raise click.BadParameter("write a host and a port, such as 127.0.0.1:8000")
    return value


@main.command(short_help="Show the site, and build again when a file changes.")
@click.option("--dev-addr", metavar="HOST:PORT", callback=_address, help="Where to serve; default: 127.0.0.1:8000.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@guarded
def serve(dev_addr: str | None, open_browser: bool) -> None:
    """Build the site, show it at an address of this machine, and build again whenever a file changes.

    Watched are claims.yaml, claims/, the articles, hand-written pages, templates and styles. While a change is in
    error, the last good site stays on show with the problems on top of each page; they are printed here as well.
    """
    from . import follow, host

    root = project()
    with host.configured(root, verbose=False) as configure:
        follow.serve(root, configure, dev_addr, open_browser, lambda said: click.echo(said, err=True))


@main.command("verify-site", short_help="Prove a built site, in a folder or at its address.")
@click.argument("site", metavar="FOLDER|ADDRESS")
@format_option
@guarded
def verify_site(site: str, form: str) -> None:
    """Prove a built site, in a folder or at its address, against its build.json.

    The build names every file with its SHA-256. Said are files that are missing, changed or, in a folder, extra. At
    an address (https://...) every file is fetched from that host; nothing else is asked.

    Exit code 1 if the site differs, 2 if it is no site of onrecord, 3 if it can't be read or its host does not answer.
    """
    from .sitecheck import NoSite, check_address, check_folder

    try:
        remote = re.match("(?i)https?://", site)
        manifest, problems = check_address(site) if remote else check_folder(Path(site))
    except NoSite as error:
        raise click.UsageError(visible(str(error))) from error
    if problems:
        report(in_order(problems), form, Path(os.devnull))  # what differs is a file as a whole: no line is shown
    files = f"{len(manifest.files):,} file{'' if len(manifest.files) == 1 else 's'}"
    how = f"{len(problems):,} differ" if problems else "all as they were built"
    said = f"edition {manifest.edition}, {manifest.generator}: {files}, {how}"
    click.echo(visible(said), err=form != "text")
    sys.exit(1 if problems else 0)


@main.group()
def new() -> None:
    """Store an article, or add a claim to the record.

    An article goes to content/articles/ with its line in articles.lock, a claim into the record in its place.
    """


new.add_command(article)
new.add_command(claim)
for command in (coverage, diff, embed, explain, importing, init, links, quoting, selftest, statements):
    main.add_command(command)


if __name__ == "__main__":
    main()
