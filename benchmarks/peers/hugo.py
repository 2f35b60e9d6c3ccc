"""Hugo: pages from one file of JSON by a content adapter, printed by a template for each kind, with no theme."""

import json
from pathlib import Path

from ..moulds import Place
from ..publication import Publication

NAME = "Hugo"
LOCK = "hugo"
PACKAGE = "hugo"
_SETTINGS = """baseURL = "https://facts.example.org/"
disableKinds = ["404", "home", "rss", "robotstxt", "section", "sitemap", "taxonomy", "term"]
disableHugoGeneratorInject = true
"""
_ADAPTER = """{{ range $kind, $pages := site.Data.pages }}{{ range $n, $page := $pages }}
{{- $.AddPage (dict "path" (printf "%s-%d" $kind $n) "url" $page.url "layout" $kind "params" (dict "n" $n)) -}}
{{ end }}{{ end }}"""


def prepare(folder: Path, publication: Publication) -> None:
    for name in ("content", "data", "layouts", "static"):
        (folder / name).mkdir(parents=True)
    (folder / "hugo.toml").write_text(_SETTINGS)
    (folder / "content" / "_content.gotmpl").write_text(_ADAPTER)
    pages = {}
    for kind, units in publication.units().items():
        place = Place([unit for _, unit in units])
        pages[kind] = [{"url": f"/{address}", **place.data(unit)} for address, unit in units]
        begin = f"{{{{ with index (index site.Data.pages {json.dumps(kind)}) .Params.n }}}}"
        (folder / "layouts" / f"{kind}.html").write_text("".join([begin, *place.template(), "{{ end }}"]))
    (folder / "data" / "pages.json").write_text(json.dumps(pages, ensure_ascii=False, separators=(",", ":")))
    publication.copy_files(folder / "static")


def command(home: Path) -> list[str]:
    """Its program itself, which starts sooner than the script of Python that leads to it."""
    (program,) = home.glob("lib/python*/site-packages/hugo/binaries/hugo")
    return [str(program), "--quiet", "--noTimes", "--noChmod", "--destination", "site"]
