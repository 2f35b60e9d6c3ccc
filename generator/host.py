"""MkDocs, as the commands of the shell use it: its configuration, its log, a build with a progress bar.

In: a project's folder. Raises `Misconfigured` where mkdocs.yml can't be used.
"""

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from . import configuration, unchanged
from .plugin import fault, unfit
from .problems import Mark, Misconfigured, Problem, Sources, as_text


@contextmanager
def configured(root: Path, verbose: bool) -> Iterator[Callable[..., MkDocsConfig]]:
    """Gives a loader of the project's configuration; meanwhile MkDocs' log goes where an editor sees it."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.setLevel(logging.INFO if verbose else logging.WARNING)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False

    def configure(**options: Any) -> MkDocsConfig:
        if not (root / "mkdocs.yml").is_file():  # a pipe would be waited for
            raise Misconfigured([configuration.missing()])
        if wrong := list(configuration.check(root)):
            raise Misconfigured(wrong)
        try:
            config = load_config(str(root / "mkdocs.yml"), **options)
        except (ConfigurationError, OSError) as error:
            said = " ".join(str(error).split()).replace(f"{root}{os.sep}", "") or "not valid"
            raise Misconfigured([configuration.fault(said, "mend what MkDocs names")]) from error
        except Abort as error:  # what is wrong is told already
            raise Misconfigured(
                [configuration.fault("its settings are not valid", "mend what is said above")]
            ) from error
        if "onrecord" not in config.plugins:
            raise Misconfigured([configuration.fault('"plugins" does not list onrecord', "add it there")])
        if why := unfit(config):
            raise Misconfigured([configuration.fault(why, "the pages need it so")])
        return config

    try:
        yield configure
    finally:
        logger.removeHandler(handler)


class Made(NamedTuple):
    """A site that stands: what is in it, and whether it was built just now or stood before."""

    claims: int
    articles: int
    anew: bool


def renew(root: Path, config: MkDocsConfig) -> Made | None:
    """Builds the site, unless the very one stands that a build would make; then its problems are told again.

    None where the build went wrong; the reasons are told already.
    """
    plugin: Any = config.plugins["onrecord"]
    site = Path(config.site_dir)
    options = (plugin.unreviewed, plugin.config.search)
    extensions = [*config.markdown_extensions]  # a build adds one of ours, which is no name
    fingerprint = partial(unchanged.fingerprint, root, Path(config.docs_dir), site, extensions, *options)
    key = fingerprint() if [*config.plugins] == ["onrecord"] else None
    if key and (built := unchanged.recall(root, key, site)) is not None:
        plugin.root = root
        plugin.tell(built.told)
        return Made(built.claims, built.articles, anew=False)

    def remember() -> None:
        # Nothing was edited while we built, and nothing was said that a build alone says.
        if key and not plugin.warned and key == fingerprint():
            said = unchanged.Built(len(plugin.pub.reviews), len(plugin.pub.articles), plugin.told)
            unchanged.remember(root, key, site, said)

    plugin.on_built = remember
    return Made(len(plugin.pub.reviews), len(plugin.pub.articles), anew=True) if build(config) else None


def build(config: MkDocsConfig) -> bool:
    """Builds the site. Whether it went well; if not, the reasons are told already."""
    with _progress(config.plugins["onrecord"]):
        return _told(lambda: mkdocs_build(config))


def _told(work: Callable[[], None]) -> bool:
    """Whether MkDocs did its work. A template that fails is told by its line; all else was told already."""
    try:
        work()
    except SystemExit:
        return False
    except Exception as error:
        problem = template_problem(error)
        if problem is None:
            raise
        sys.stderr.write(as_text([problem], Sources(Path())))
        return False
    return True


def template_problem(error: Exception) -> Problem | None:
    """A template's fault, at its line; None for any other."""
    where, _, line = fault(error).rpartition(":")
    if not where:
        return None
    help = "mend the template; the site is left as it was"
    return Problem(Mark(where, int(line)), str(error), help, "template")


@contextmanager
def _progress(plugin: Any) -> Iterator[None]:
    """A bar on a terminal, from the first page on that is made more than a second after the start."""
    if not sys.stderr.isatty():
        yield
        return
    begun = time.monotonic()
    bar: Any = None
    made = 0

    def page_made(_page: object) -> None:
        nonlocal bar, made
        made += 1
        if bar is not None:
            bar.update(1)
        elif time.monotonic() - begun > 1:
            pub = plugin.pub
            length = len(pub.reviews) + len(pub.articles) + len(pub.entities)
            bar = click.progressbar(length=max(length, made), label="Pages", file=sys.stderr, width=30)
            bar.__enter__()
            bar.update(made)

    plugin.on_page_made = page_made
    try:
        yield
    finally:
        if bar is not None:
            bar.render_finish()
