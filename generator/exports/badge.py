"""`claims/{id}/badge.svg`: a claim's badge as a picture, to stand on other sites.

24 pixels high, two halves: the label in the colour of the status, the counts in ink on white. At most 2 KB, no script,
no font and no request of its own.
"""

from collections.abc import Iterator

from jinja2 import Environment

from ..badge import badge
from ..publication import Publication
from ..render import File, Site


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    for review in pub.reviews:
        yield File(f"claims/{review.claim.id}/badge.svg", badge(review.agreement.status, review.agreement.counts))
