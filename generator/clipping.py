"""Some claims as HTML to paste into a page elsewhere: each with its badge, its verdict if it has one, and its address.

A list of links and pictures and nothing else: no script, no frame, no style but what each element carries, so that any
editor of pages takes it. The badges are those of the site and change with it; their words stand in `alt`.
"""

from collections.abc import Sequence

from .badge import halves, in_words
from .dates import say
from .publication import Publication, Review
from .render import Site, body, environment
from .ruling import leading
from .view import globals as view_globals
from .words import override


def clipping(pub: Publication, site: Site, reviews: Sequence[Review], whole: bool = False) -> str:
    """The code for some claims, in their order; as a `whole` page to look at or for a frame. Needs `site.url`."""
    with override(pub.record.about.in_language):
        env = environment(view_globals(pub, site))
        rows = [
            {
                "claim": review.claim,
                "address": f"{site.url}claims/{review.claim.id}/",
                "badge": in_words(review.agreement.status, review.agreement.counts),
                "width": halves(review.agreement.status, review.agreement.counts).total,
                "verdict": leading(pub, review.claim),
            }
            for review in reviews
        ]
        checked = say(pub.record.about.checked)
        return str(body(env, "clipping.html.j2", rows=rows, checked=checked, whole=whole, origin=_origin(site.url)))


def _origin(url: str) -> str:
    """The host of an address, as a Content-Security-Policy names it."""
    return "/".join(url.split("/")[:3])
