"""The door to MkDocs: does in `mkdocs build` and `mkdocs serve` what `onrecord build` and `onrecord serve` do.

The record is read, checked and assembled when MkDocs asks for the configuration; MkDocs then builds the hand-written
pages into a staging folder; at the end it renders a specimen for each frame, every page of the record is pressed
into its frame, and the folder takes the site's place. Nothing is written into `content/`. All state lives here.
It is longer than others because each event of MkDocs has its method here.
"""

import errno
import logging
import os
import re
import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File as MkDocsFile
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler, get_build_datetime
from mkdocs.utils.templates import TemplateContext

from . import exports, feeds, frames, limits, pagefind, pages, search, words, workers
from .build import read, uncollected
from .claimfiles import FOLDER
from .engine import Compiled
from .frames import BODY, Fields, Frame, FrameKey, frame_key
from .history import past
from .load import ARTICLES, LOCK, RECORD
from .material import content_policy, lean, mended
from .parsed import Known
from .press import Press
from .problems import Problem, Refused, Severity, Sources, errors, in_order
from .render import PREVIEW, File, Page, Site, body, environment, root
from .reports import REPORTS
from .sitemap import sitemap
from .tables import GENERATOR
from .view import globals as view_globals
from .written import Written

_HERE = Path(__file__).parent
THEME = _HERE / "theme"
WATCHED = tuple(_HERE / name for name in ("theme", "templates", "styles"))
"""Where the look of the pages comes from: a server builds again when something there changes."""
_H1 = re.compile(r"\s*<h1[^>]*>.*?</h1>\s*", re.DOTALL)
_WORTH_SHARING = range(500, 50_000)
"""So many claims are worth a second process: below, it takes longer to begin than it saves; above, its copy of what was
read takes more memory than many machines have."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""Faults of a disk that do not say which file has no place there."""
_UNCHANGED = "the site is left as it was"
_COMPILED = Compiled()  # the theme's templates; ours are compiled another way
log = logging.getLogger("mkdocs.plugins.onrecord")


class CoverageOptions(Config):
    """Shares of an article's words, in per cent."""

    quoted = config_options.Type((int, float), default=0)
    """Inside quotations."""
    accounted = config_options.Type((int, float), default=0)
    """Inside quotations or `not_used`."""


class Options(Config):
    """Settings under `onrecord` in mkdocs.yml."""

    edit_url = config_options.Optional(config_options.Type(str))
    """Where a file of the repository is edited, with `{path}` and `{line}`; left out, the pages have no such link."""
    report_url = config_options.Optional(config_options.Type(str))
    """Where readers report an error; left out, the pages have no such link."""
    coverage = config_options.SubConfig(CoverageOptions)
    """What `onrecord coverage --strict` asks of each article."""
    history = config_options.Type((int, bool), default=True)
    """From how many commits each claim's history is told, if not 200; `false` leaves the repository alone."""
    search = config_options.Type(bool, default=True)
    """Whether an index is made for the search page; without one the page says that search is not available."""
    splice = config_options.Type(bool, default=True)
    """Whether pages are spliced into frames; `false` has MkDocs render each, which takes longer and gives the same."""


class OnrecordPlugin(BasePlugin[Options]):
    """Reads the record, lends MkDocs the theme, and presses the site."""

    def __init__(self) -> None:
        self.report = "text"
        """How problems are printed: a key of `REPORTS`."""
        self.on_page_made: Callable[[Page], None] | None = None
        """Told of every page of the record, for a progress bar."""
        self.on_early: Callable[[dict[str, bytes]], None] | None = None
        """Given the pages at the `wanted` addresses before all others are made, for a server."""
        self.wanted: Collection[str] = ()
        """Addresses of the pages that somebody is looking at."""
        self.known: Known | None = None
        """What the files said before, for a server: unchanged ones are not parsed again."""
        self.on_built: Callable[[], None] | None = None
        """Called when the new site stands, before another build may begin."""
        self.unreviewed = False
        """Whether the site is a preview that nobody reviewed yet."""
        self.told: list[Problem] = []
        """What was printed."""
        self.refusal: Refused | None = None
        """What stopped the build, if the input did."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.root = Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()
        self.told = []
        self.warnings = CountHandler()
        self.warnings.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self.warnings)
        self.press = Press(Path(config.site_dir))
        try:
            limits.set_limits(os.environ.get(limits.VARIABLE, ""))
        except ValueError as error:
            raise PluginError(f"{limits.VARIABLE}: {error}") from None
        if why := unfit(config):
            raise PluginError(f"mkdocs.yml: {why}")
        pub, problems = read(self.root, self.known)
        possible = self.config.search and pagefind.installed() is not None
        self.judge([*problems, search.MISSING] if self.config.search and not possible else problems)
        assert pub is not None  # a record that can't be read is an error, and judged so
        pub = replace(pub, past=past(self.root, self.config.history))
        try:
            self.press.open()
        except Refused as refusal:
            self.judge(refusal.problems)
        self.pub = pub
        words.activate(pub.record.about.in_language)
        self.site = Site(
            config.site_name,
            config.site_url or "",
            self.config.edit_url,
            self.config.report_url,
            self.unreviewed,
            possible and next(search.finds(pub), None) is not None,
        )
        self.env = environment(view_globals(pub, self.site))
        self.written = Written(pub)
        self.written.draw = self.shown
        self.given: dict[str, Page] = {}
        config.site_dir = str(self.press.staging)
        extensions: list[Any] = config.markdown_extensions  # names, says MkDocs; Python-Markdown takes ours as it is
        extensions.append(self.written)
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(THEME))
            config.theme.get_env = lean(config.theme)  # type: ignore[method-assign]  # no setting does it
        return config

    def shown(self, names: Sequence[str], top: str) -> str:
        """Claims that a hand-written page shows, as HTML."""
        return str(body(self.env, "parts/shown.html.j2", reviews=[self.pub.by_claim[n] for n in names], root=top))

    def judge(self, problems: list[Problem]) -> None:
        """Prints what matters for a build, and stops it where there are errors."""
        told = in_order(p for p in problems if p.severity is not Severity.NOTE or p == search.MISSING)
        self.tell(told)
        if errors(told):
            self.refusal = Refused(told)
            raise PluginError(_UNCHANGED)

    def tell(self, problems: Sequence[Problem]) -> None:
        """Prints problems, if there are any."""
        if problems:
            stream = sys.stderr if self.report == "text" else sys.stdout
            stream.write(REPORTS[self.report](problems, Sources(self.root)))
        self.told += problems

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files):
            if file.src_uri.startswith(f"{Path(ARTICLES).name}/"):
                files.remove(file)
        for source in pages.WRITTEN:
            if files.get_file_from_path(source) is None:
                files.append(MkDocsFile.generated(config, source, content=""))
        if not self.config.splice:
            for page in self.pages():
                source = f"{page.address.rstrip('/')}.md"
                self.given[source] = page
                files.append(MkDocsFile.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def pages(self) -> Iterator[Page]:
        return pages.outputs(self.pub, self.site, self.env)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.nav, self.files = nav, files
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri not in self.given and page.file.abs_src_path:
            path = Path(page.file.abs_src_path).resolve()
            name = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else page.file.src_uri
            self.written.begin(name, page.file.content_string, markdown, root(page.url.removeprefix("./")))
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        source = page.file.src_uri
        if source in self.given:
            made = self.given[source]
        elif source in pages.WRITTEN:
            title = str(page.title) if html else ""
            text = Markup(_H1.sub("", html, count=1))  # noqa: S704 - Python-Markdown's, of no raw HTML and checked addresses
            made = pages.kind(pages.WRITTEN[source]).wrap(self.pub, self.site, self.env, text, title)
        else:
            return html
        _dress(page, frames.fields(made))
        return str(made.body)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        self.judge(self.written.problems)
        self.theme_env = env
        env.bytecode_cache = env.bytecode_cache or _COMPILED
        tag = words.language()
        env.globals["gettext"] = words.gettext  # what `_` in our theme asks for
        said = {
            "policy": content_policy(env, config, self.on_early is None),
            "preview": PREVIEW,
            "unreviewed": self.unreviewed,
            "feeds": feeds.title(self.site) if self.site.feeds else "",
        }
        env.globals["onrecord"] = {**said, "language": tag, "direction": words.direction(tag)}
        return env

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        return mended(output)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if template_name == "404.html":
            top = context["base_url"].rstrip("/") + "/"
            missing = pages.kind("missing").body(self.pub, self.site, self.env, top)
            context["onrecord_missing"] = missing  # type: ignore[typeddict-unknown-key]  # for our 404.html
        return context

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        return "" if template_name == "sitemap.xml" else mended(output_content)  # ours holds the spliced pages too

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        try:
            self.write(config)
        except Refused as refusal:
            self.judge(refusal.problems)
        if config.strict and self.warned:
            raise PluginError(f"warnings are errors (strict): {_UNCHANGED}")
        self.press.swap()
        if self.on_built is not None:
            self.on_built()
        self.finish()

    @property
    def warned(self) -> bool:
        """Whether MkDocs itself warned of anything."""
        return any(count for _, count in self.warnings.get_counts())

    def write(self, config: MkDocsConfig) -> None:
        """Presses every page and file of the record into the staging folder."""
        frames: dict[FrameKey, Frame] = {}

        def framed(page: Page) -> bytes:
            key = frame_key(page)
            if key not in frames:
                frames[key] = Frame.cut(self.specimen(key, config), key)
            return frames[key].splice(page).encode()

        def do(part: int) -> None:
            for made in parts[part]():
                if isinstance(made, File):
                    self.press.write(made.address, made.content)
                    continue
                if self.config.splice:
                    self.press.write(f"{made.address}index.html", framed(made))
                if made.indexed:
                    addresses.append(made.address)
                if self.on_page_made is not None:
                    self.on_page_made(made)

        def again(part: int) -> None:
            for made in parts[part]():
                _ = framed(made) if isinstance(made, Page) else made

        with uncollected():
            if self.on_early is not None and self.config.splice:
                found = pages.some(self.pub, self.site, self.env, self.wanted)
                self.on_early({page.address: framed(page) for page in found})
            addresses: list[str] = []
            jobs = workers.available() if len(self.pub.reviews) in _WORTH_SHARING else 1
            parts = self.parts(jobs)
            answers = workers.spread(len(parts), do, again, lambda: [addresses, self.press.written()], jobs)
            for more, written in answers:
                addresses += more
                self.press.take(written)
            addresses += [
                f.url.removeprefix("./") for f in self.files.documentation_pages() if f.src_uri not in self.given
            ]
            if self.site.url and not self.unreviewed:  # a sitemap has absolute addresses only
                for file in sitemap(addresses, self.site.url, self.pub):
                    self.press.write(file.address, file.content)
            self.press.seal(GENERATOR, self.pub.record.about.checked.edtf, self.site.url)

    def parts(self, jobs: int) -> list[Callable[[], Iterator[Page | File]]]:
        """All that the record makes, in parts that can be made apart; first those that can't be divided."""
        searched = [partial(search.outputs, self.pub, self.root)] if self.site.search else []
        files = exports.parts(self.pub, self.site, self.env)
        made = pages.parts(self.pub, self.site, self.env, 1 if jobs == 1 else 4 * jobs)
        return [*searched, *files, *made]

    def specimen(self, key: FrameKey, config: MkDocsConfig) -> str:
        """The page that MkDocs renders for a frame, with placeholders for all that its pages do not share."""
        file = MkDocsFile.generated(
            config, f"{key.address.rstrip('/')}.md", content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        page = MkDocsPage(None, file, config)
        _dress(page, frames.specimen(key))
        page.content = BODY
        context = get_context(self.nav, self.files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        output = self.theme_env.get_template("main.html").render(context)
        return config.plugins.on_post_page(output, page=page, config=config)

    def on_build_error(self, *, error: Exception) -> None:
        if isinstance(error, OSError) and error.errno in _FULL and error.filename is None:
            error.filename = str(self.press.staging)
        self.finish()

    def finish(self) -> None:
        self.press.close()
        logging.getLogger("mkdocs").removeHandler(self.warnings)
        words.activate(words.ENGLISH)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        for path in (*(self.root / name for name in (RECORD, FOLDER, LOCK)), *WATCHED):
            if path.exists():
                server.watch(str(path))
        rebuild = server.builder

        def build_or_keep() -> None:
            try:
                rebuild()
            except SystemExit:  # told already; MkDocs would show no page until the next good build
                log.warning("showing the last good site")
            except Exception as error:
                log.error("%s: %s; showing the last good site", fault(error), error)

        server.builder = build_or_keep
        return server


def unfit(config: MkDocsConfig) -> str | None:
    """Why a configuration can't carry our pages, as a clause; None where it can."""
    if config.theme.name != "material":
        return '"theme" must be material'
    if not config.use_directory_urls:
        return '"use_directory_urls" must be true: addresses end with a slash'
    try:
        get_build_datetime()
    except (ValueError, OverflowError, OSError):
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        return f'SOURCE_DATE_EPOCH in the environment is "{epoch}", and must be seconds since 1970 or not be set'
    return None


def fault(error: Exception) -> str:
    """Where in a template an error came up, as "templates/claim.html.j2:12"; else the kind of the error."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    for step in reversed(traceback.extract_tb(error.__traceback__)):
        if name is None and step.filename.endswith((".j2", ".html")):
            name, line = step.filename, step.lineno
    if name and line and Path(name).is_relative_to(_HERE):
        return f"{Path(name).relative_to(_HERE).as_posix()}:{line}"
    return type(error).__name__


def _dress(page: MkDocsPage, fields: Fields) -> None:
    """Gives a page of MkDocs what our theme prints, and the skip link its target."""
    page.meta = {"title": fields.title, "onrecord": fields}
    page.toc = TableOfContents([AnchorLink("", "main", 1)])
