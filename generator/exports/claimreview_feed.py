"""`data/claimreview.json`: the ClaimReview of every claim page in one schema.org DataFeed, for those who gather them.

The first item of a claim is what stands in the head of its page, word for word; each further verdict has one more.
Withdrawn claims have none.
"""

import json
from collections.abc import Iterator

from jinja2 import Environment

from ..claimreview import claim_reviews
from ..publication import Publication
from ..render import File, Site


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    yield File("data/claimreview.json", _pieces(pub, site))


def _pieces(pub: Publication, site: Site) -> Iterator[bytes]:
    """The feed with an item on each line."""
    about = pub.record.about
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": ": ".join(dict.fromkeys((site.name, about.title))),
    }
    if site.url:
        head["url"] = f"{site.url}data/"
    if about.checked.is_day:
        head["dateModified"] = about.checked.edtf
    if about.license:
        head["license"] = about.license.url
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "dataFeedElement": [\n').encode()
    comma = ""
    for review in pub.reviews:
        for data in claim_reviews(pub, site, review):
            del data["@context"]  # the feed's own holds for all
            item = {"@type": "DataFeedItem", "item": data}
            yield f"{comma}{json.dumps(item, ensure_ascii=False)}".encode()
            comma = ",\n"
    yield b"\n]}\n"
