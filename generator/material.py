"""Material for MkDocs, as our theme uses it: its skeleton of a page, and nothing that only its own script needs."""

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from .render import directed, policy

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_UNUSED = re.compile(r'(?s)\s*<(input class="md-t.*?>|label class="md-.*?</label>|div class="md-dia.*?</div>\s*</div>)')


def lean(theme: Theme) -> Callable[[], Environment]:
    """Makes the theme's environment, which lists no file of Material's.

    MkDocs looks at each of its thousands of icons to copy what is listed, and our theme loads no asset of Material's.
    """
    full = theme.get_env
    package = find_spec("material")
    home = package.submodule_search_locations[0] if package and package.submodule_search_locations else ""

    def get_env() -> Environment:
        env = full()
        own = [folder for folder in theme.dirs if not (home and Path(folder).is_relative_to(home))]
        listing = env.overlay(loader=FileSystemLoader(own))
        env.list_templates = listing.list_templates  # type: ignore[method-assign]  # what MkDocs asks
        return env

    return get_env


def content_policy(env: Environment, config: MkDocsConfig, mkdocs: bool) -> str:
    """The Content-Security-Policy of the site's pages.

    A site that `mkdocs serve` shows has a script of MkDocs in every page, new each time, which reloads it; MkDocs tells
    plugins by the site's address only. `onrecord serve`, for which `mkdocs` is false, needs no such hole.
    """
    host, port = config.dev_addr
    served = mkdocs and (config.site_url or "").startswith(f"http://{host}:{port}/")
    return policy(_INLINE.findall(env.get_template("partials/javascripts/base.html").render()), served)


def mended(html: str) -> str:
    """A page of Material's skeleton without what only Material's script needs, whose boxes break a rule of HTML."""
    return directed(_UNUSED.sub("", html))
