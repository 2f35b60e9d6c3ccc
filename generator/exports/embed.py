"""`claims/{id}/embed/`: a claim as a card for frames; `claims/{id}/oembed.json`: how to show it, as oEmbed 1.0.

The card is a page of its own of 1 to 2 KB: no script, light and dark by the reader's system, and its link opens on top.
Its style has the colours of its status only. oEmbed needs the site's address and is left out without one.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from .. import card
from ..badge import COLOURS
from ..dates import say
from ..publication import Publication, Review
from ..render import NOTHING, File, Site, drawer, hashed
from ..ruling import leading
from ..weigh import Status, label
from ..words import gettext

# Neither quotation mark nor angle bracket stands in it, so that escaping leaves it as it is hashed.
_STYLE = (
    ":root{color-scheme:light dark;--g:#fff;--i:#1c1b19;--j:#55524b;--k:%s}"
    "@media(prefers-color-scheme:dark){:root{--g:#1b1f23;--i:#ebe8e1;--j:#b8b3a8;--k:%s}}"
    "body{margin:0;font:15px/1.45 system-ui,sans-serif;background:var(--g);color:var(--i);overflow-wrap:anywhere}"
    "main{box-sizing:border-box;min-height:100vh;border:1px solid #8a857a;border-radius:8px;padding:12px 16px}"
    "h1{font:700 18px/1.3 Charter,Georgia,serif;margin:0 0 6px}p{margin:4px 0}"
    "a{color:inherit}a:focus-visible{outline:3px solid var(--k);outline-offset:2px}"
    ".b{display:flex;flex-wrap:wrap;gap:0 8px;align-items:center;color:var(--j)}b{color:var(--k)}"
    ".f{font-size:13px;color:var(--j)}svg{width:20px;height:20px;%s}"
    ".g{fill:none;stroke:%s;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round;%s}"
)
_FILLED, _OUTLINED = "fill:var(--k)", "overflow:visible;fill:none;stroke:var(--k);stroke-width:2"
_DRAWN = {
    Status.UNCLEAR: (_OUTLINED, "var(--k)", ""),
    Status.PARTIAL: (_OUTLINED, "none", "fill:var(--k)"),
    Status.NONE: (f"{_OUTLINED};stroke-dasharray:3 2.6", "none", ""),
}


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    draw = drawer(env, "embed.html.j2")
    parts: Any = env.get_template("parts/marks.html.j2").module
    checked = gettext("%(publication)s · checked %(date)s", publication=site.name, date=say(pub.record.about.checked))
    for review in pub.reviews:
        claim, status = review.claim, review.agreement.status
        folder = f"claims/{claim.id}/"
        page = draw(
            claim=claim,
            verdict=leading(pub, claim),
            address=site.url + folder if site.url else "../",
            label=label(status),
            counts=review.agreement.counts,
            words=card.words(review),
            mark=parts.MARK[status],
            checked=checked,
            style=style(status),
            policy=policy(status),
        )
        for id in (claim.id, *claim.former_ids):  # who shows it elsewhere may know it by either
            yield File(f"claims/{id}/embed/index.html", page.encode())
            if site.url:
                yield File(f"claims/{id}/oembed.json", oembed(site, folder, review).encode())


@cache
def style(status: Status) -> str:
    """The style of a card, whose colours and mark are those of its status."""
    return _STYLE % (*COLOURS[status], *_DRAWN.get(status, (_FILLED, "var(--g)", "")))


@cache
def policy(status: Status) -> Markup:
    """The Content-Security-Policy of a card: its own style and nothing else."""
    return Markup(f"{NOTHING}; style-src {hashed(style(status))}")  # noqa: S704 - made of constants


def oembed(site: Site, folder: str, review: Review) -> str:
    """The oEmbed answer (version 1.0, type rich) for a claim."""
    height = card.height(review)
    data = {
        "version": "1.0",
        "type": "rich",
        "title": review.claim.text,
        "provider_name": site.name,
        "provider_url": site.url,
        "html": card.frame(f"{site.url}{folder}embed/", review.claim.short, height),
        "width": card.WIDTH,
        "height": height,
    }
    return json.dumps(data, ensure_ascii=False) + "\n"
