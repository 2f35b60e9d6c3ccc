"""What stands at an address where there is nothing: the body of 404.html, which is shown at any depth."""

from jinja2 import Environment
from markupsafe import Markup

from .. import render
from ..publication import Publication
from ..render import Site

MOST_CLAIMS = 200


def body(pub: Publication, site: Site, env: Environment, root: str) -> Markup:
    """`root` is the way to the top of the site, absolute where the address may be anything."""
    few = sorted(pub.reviews, key=lambda r: r.claim.text.casefold()) if len(pub.reviews) <= MOST_CLAIMS else []
    return render.body(env, "missing.html.j2", root=root, reviews=few)
