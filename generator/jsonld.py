"""What schema.org has words for beside reviews: the publication, its collections, its data, the way to a page.

Out: blocks for the head of a page. All of it needs addresses, so that a site without one has none.
"""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from .model import About
from .render import Site, data_block
from .words import language

Data = dict[str, Any]
_CONTEXT = {"@context": "https://schema.org"}


def publisher(site: Site) -> Data:
    """The publication as an organisation, with what it promises its readers."""
    data = {"@type": "Organization", "name": site.name}
    if site.url:
        data |= {
            "url": site.url,
            "publishingPrinciples": f"{site.url}about/",
            "correctionsPolicy": f"{site.url}corrections/",
        }
    return data


def website(site: Site, description: str) -> Markup:
    return _block(site, "WebSite", "", site.name, description=description, publisher=publisher(site))


def about(site: Site, title: str) -> Markup:
    return _block(site, "AboutPage", "about/", title, mainEntity=publisher(site))


def collection(site: Site, address: str, title: str) -> Markup:
    return _block(site, "CollectionPage", address, title, isPartOf=_whole(site))


def dataset(site: Site, about: About, description: str, files: Iterable[tuple[str, str]]) -> Markup:
    """The whole record as data, for those who search for data sets; `files` are names below /data/ and media types."""
    more: Data = {"license": about.license.url} if about.license else {}
    return _block(
        site,
        "Dataset",
        "data/",
        about.title,
        description=f"{about.title}. {description}",
        version=about.checked.edtf,
        creator=publisher(site),
        isAccessibleForFree=True,
        distribution=[
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{site.url}data/{name}"}
            for name, kind in files
        ],
        **more,
    )


def trail(site: Site, steps: Iterable[tuple[str, str]]) -> Markup:
    """The way from the home page to a page: names and addresses, its own last."""
    if not site.url:
        return Markup()
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": site.url + address}
        for n, (name, address) in enumerate([(site.name, ""), *steps], 1)
    ]
    return data_block({**_CONTEXT, "@type": "BreadcrumbList", "itemListElement": items})


def _whole(site: Site) -> Data:
    return {"@type": "WebSite", "name": site.name, "url": site.url}


def _block(site: Site, kind: str, address: str, name: str, **more: Any) -> Markup:
    if not site.url:
        return Markup()
    return data_block(
        {**_CONTEXT, "@type": kind, "name": name, "url": site.url + address, "inLanguage": language(), **more}
    )
