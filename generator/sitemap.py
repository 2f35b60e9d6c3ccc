"""Addresses -> the sitemap of the site (sitemaps.org), in as many files as it needs.

A file has at most 50,000 addresses. Where there are more, `sitemap.xml` is an index of `sitemap-1.xml` and so on.
"""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import escape

from .publication import Publication
from .render import File

MOST = 50_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(addresses: Iterable[str], url: str, pub: Publication) -> Iterator[File]:
    """The files for the addresses of a site at `url`; each is dated by the day of the last check."""
    checked = pub.record.about.checked
    when = f"<lastmod>{checked.edtf}</lastmod>" if checked.is_day else ""
    found = sorted(set(addresses))
    parts = [found[n : n + MOST] for n in range(0, len(found), MOST)]
    if len(parts) <= 1:
        yield _file("sitemap.xml", "urlset", "url", [url + address for address in found], when)
        return
    names = [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    yield _file("sitemap.xml", "sitemapindex", "sitemap", [url + name for name in names], when)
    for name, part in zip(names, parts, strict=True):
        yield _file(name, "urlset", "url", [url + address for address in part], when)


def _file(name: str, root: str, item: str, locations: Sequence[str], when: str) -> File:
    rows = "".join(f"<{item}><loc>{escape(location)}</loc>{when}</{item}>\n" for location in locations)
    return File(name, f"{_HEAD}<{root} {_NAMESPACE}>\n{rows}</{root}>\n".encode())
