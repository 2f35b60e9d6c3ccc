"""`claims/{former id}/`: an address, once published, answers for ever; a former id leads to the claim's page."""

from collections.abc import Iterator

from jinja2 import Environment

from ..publication import Publication
from ..render import NOTHING, File, Site, body


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    for review in pub.reviews:
        for former in review.claim.former_ids:
            target = f"../{review.claim.id}/"
            page = body(env, "redirect.html.j2", claim=review.claim, address=target, site=site, policy=NOTHING)
            yield File(f"claims/{former}/index.html", page.encode())
