"""`claims/{id}/badge.svg`: a claim's badge as a picture, to stand on other sites.

24 pixels high, two halves: the label in the colour of the status, the counts in ink on white. At most 2 KB, no script,
no font and no request of its own.
"""

from collections.abc import Iterator

from jinja2 import Environment

from ..badge import badge
from ..model import Addressed
from ..publication import Publication
from ..render import File, Site
from ..weigh import Status
from ..words import gettext


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    for review in pub.reviews:
        for id in (review.claim.id, *review.claim.former_ids):  # who shows it elsewhere may know it by either
            yield File(f"claims/{id}/badge.svg", badge(review.agreement.status, review.agreement.counts))
    for gone in pub.record.removed:
        if gone.kind is Addressed.CLAIM:
            yield File(f"claims/{gone.id}/badge.svg", badge(Status.WITHDRAWN, gettext("removed")))
