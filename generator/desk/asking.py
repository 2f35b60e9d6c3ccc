"""`onrecord coverage`, `diff`, `statements`, `links`, `embed` and `explain`: what only asks, and writes nothing.

A record with errors is answered for as far as it goes. What a command alone needs is loaded when it runs, so that
the others don't wait for it.
"""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from ..build import read
from ..configuration import fault
from ..explain import codes
from ..explain import explain as explained
from ..explain import page as codes_page
from ..problems import Misconfigured, Severity, errors, visible
from ..publication import Publication
from ..reader import nearest
from ..shell import guarded, project, report


@click.command(short_help="Show how much of each article the record takes in.")
@click.option("--strict", is_flag=True, help="Exit code 1 where an article is under the limits of mkdocs.yml.")
@guarded
def coverage(strict: bool) -> None:
    """Show how much of each article the record takes in, and the sentences and words that nothing quotes.

    Counted are words inside quotations, and with those inside `not_used`; noise lines do not count. The limits for
    --strict stand in mkdocs.yml under the plugin, in per cent: `coverage: {quoted: 90, accounted: 95}`.
    """
    from ..coverage import coverage as measure

    root = project()
    pub, broken = _publication(root)
    quoted, accounted = _limits(root) if strict else (0.0, 0.0)
    low = False
    for found in measure(pub):
        under = found.quoted_share < quoted or found.accounted_share < accounted
        low = low or under
        shares = f"{found.quoted_share:.1f} % quoted, {found.accounted_share:.1f} % with not_used"
        click.echo(f"{found.article.path}: {found.words} words, {shares}{', under the limit' if under else ''}")
        for what, gaps in (("sentence", found.sentences), ("words", found.gaps)):
            for gap in gaps:
                click.echo(f"  line {gap.line}, {what}: {visible(gap.words)}")
    sys.exit(1 if low or broken else 0)


def _limits(root: Path) -> tuple[float, float]:
    """The shares in per cent that `mkdocs.yml` asks of each article: quoted, and with `not_used`."""
    from .. import host

    with host.configured(root, verbose=False) as configure:
        wanted: Any = configure().plugins["onrecord"].config
    limits = (wanted.coverage.quoted, wanted.coverage.accounted)
    if not any(limits) or not all(0 <= limit <= 100 for limit in limits):
        help = 'write "coverage: {quoted: 90, accounted: 95}" under "onrecord", in per cent'
        raise Misconfigured([fault('"coverage" does not say what is asked of an article', help)])
    return limits


@click.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print; markdown is for the summary of a CI job.",
)
@click.option("--strict", is_flag=True, help="Exit code 1 for warnings too.")
@guarded
def diff(base: str, head: str | None, form: str, strict: bool) -> None:
    """Show what changes for readers from BASE to HEAD.

    Each is a revision of the repository (main, v1.0, HEAD~3) or a folder with a record; HEAD is this folder where it
    is left out. Listed is every change of statuses, texts, stances, quotations, values, dates, evidence, corrections,
    articles, their lock, hand-written pages and settings, with before and after.

    Exit code 1 if a promise to readers is broken: a status, text or quotation changed without a new correction, a
    correction was rewritten, the address of a claim is gone, or a state can't be read.
    """
    from ..diff import diff as compare
    from ..diff import opened
    from ..revisions import Lost
    from ..sidebyside import FORMS

    root = project()
    editions = []
    for name in (base, head):
        try:
            editions.append(opened(root, name))
        except Lost as lost:
            raise click.UsageError(
                f'"{visible(name or "")}" is no folder with a record, and {visible(str(lost))}'
            ) from lost
    found = compare(*editions)
    click.echo(FORMS[form](found), nl=False)
    levels = {flag.level for flag in found.flags}
    sys.exit(1 if Severity.ERROR in levels or (strict and levels) else 0)


@click.command(short_help="List the statements, or suggest more of them.")
@click.option("--suggest", is_flag=True, help="Show passages of two articles that look like one statement.")
@guarded
def statements(suggest: bool) -> None:
    """List the statements of the record; with --suggest, pairs of passages that may be one more.

    A suggestion is a likeness and no proof. Accept it by writing a statement into claims.yaml; nothing is written here.
    """
    pub, _ = _publication(project())
    if not suggest:
        for said in pub.said:
            wordings = f"{len(said.told)} wording{'' if len(said.told) == 1 else 's'}"
            click.echo(f"{said.statement.id}: {visible(said.statement.title)} ({wordings})")
        return
    from ..suggest import suggest as find

    pairs = find(pub)
    for pair in pairs:
        click.echo(f"{pair.likeness:.0f} % alike")
        for passage in (pair.one, pair.other):
            click.echo(f"  {pub.by_id[passage.article].path}:{passage.line}: {visible(passage.words)}")
    click.echo(f"{len(pairs)} suggestion{'' if len(pairs) == 1 else 's'}")


@click.command(short_help="Ask whether the originals still say what is quoted.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="How to print the report.",
)
@guarded
def links(form: str) -> None:
    """Ask whether the original articles are still there and still say what is quoted from them.

    This asks the sites of the articles, at most once a second each, and leaves out what their robots.txt keeps from
    programs. Exit code 1 if an original is gone, moved or changed.
    """
    from ..fetch import Visitor
    from ..links import FORMS, TELLING, look

    pub, _ = _publication(project())
    found = look(pub, Visitor(f"onrecord/{version('onrecord')} (weekly check of quoted articles)").get)
    click.echo(FORMS[form](found, len(pub.by_id) - len(found)), nl=False)
    sys.exit(1 if any(finding.state in TELLING for finding in found) else 0)


@click.command(short_help="Print HTML that shows some claims on a page elsewhere.")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--page", "whole", is_flag=True, help="Print a whole page, to look at or to put into a frame.")
@guarded
def embed(ids: tuple[str, ...], whole: bool) -> None:
    """Print HTML that shows some claims, to paste into a page elsewhere.

    It is a list of links with their badges: no script, no frame. The badges are those of the site and change with it.
    The claims come in the order in which you name them. mkdocs.yml must name the site's address (site_url).
    """
    from .. import host
    from ..clipping import clipping
    from ..render import Site

    root = project()
    pub, broken = _publication(root)
    if broken:
        sys.exit(1)
    for name in ids:
        if name not in pub.by_claim:
            raise click.UsageError(f'there is no claim "{visible(name)}"; {nearest(name, sorted(pub.by_claim))}')
    with host.configured(root, verbose=False) as configure:
        config = configure()
    if not config.site_url:
        said = '"site_url" is missing: what stands elsewhere needs the address of the site'
        raise Misconfigured([fault(said, 'write it with a slash at its end: "site_url: https://facts.example.org/"')])
    site = Site(config.site_name, config.site_url, None, None)
    click.echo(clipping(pub, site, [pub.by_claim[name] for name in dict.fromkeys(ids)], whole), nl=False)


@click.command(short_help="Explain the code of a problem, or list all codes.")
@click.argument("code", required=False)
@click.option("--markdown", is_flag=True, help="All codes as one page, as docs/codes.md has them.")
@guarded
def explain(code: str | None, markdown: bool) -> None:
    """Explain a problem's CODE: what the rule asks, and why, with an example. Without CODE, list all of them."""
    if markdown:
        click.echo(codes_page(), nl=False)
        return
    if code is None:
        for name in codes():
            click.echo(f"{name:24} {(explained(name) or '').splitlines()[0]}")
        return
    text = explained(code)
    if text is None:
        help = nearest(code, codes())
        raise click.UsageError(f'no code "{code}"; {help if help.startswith("did") else "run it without a code"}')
    click.echo(f"{code}: {text}")


def _publication(root: Path) -> tuple[Publication, bool]:
    """The record of a project, and whether it has errors, which it then says."""
    pub, problems = read(root)
    if pub is None:
        report(problems, "text", root)
        sys.exit(1)
    if errors(problems):
        click.echo("the record has errors; what follows is worked out without them (onrecord check)", err=True)
    return pub, errors(problems)
