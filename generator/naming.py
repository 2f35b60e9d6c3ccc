"""Articles and their outlets -> what readers see for each article, unlike each other.

That is our label, else the outlet, else the outlet that it reprints; numbered by age where two are alike. A linked
article has its headline before its outlet: there may be thousands of one outlet.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from .model import Article, Publisher


def names(articles: Sequence[Article], publishers: Mapping[str, Publisher]) -> dict[str, str]:
    """By id, for articles that come oldest first."""

    def outlet(name: str | None) -> str | None:
        publisher = publishers.get(name or "")
        return (publisher.short or publisher.name) if publisher else None

    plain = {
        a.id: a.label
        or (a.headline if a.linked else None)
        or outlet(a.publisher)
        or outlet(a.republished_from)
        or a.headline
        or a.id
        for a in articles
    }
    alike: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        alike[plain[article.id]].append(article)
    for name, group in alike.items():
        if len(group) > 1:
            for n, article in enumerate(group, 1):
                plain[article.id] = f"{name} ({n})"
    return plain
