"""A long list of claims -> the same by topic, so that a reader finds the way in it; conflicts stand before all topics.

In: what a page shows of some claims, those first that need attention. Out: shelves in the order of the record's topics.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from .publication import Publication, Review
from .weigh import Status
from .words import gettext

MOST_TOGETHER = 12
"""So many claims need no headings."""
Shown = TypeVar("Shown")


class Shelf(NamedTuple, Generic[Shown]):
    """Claims under one heading."""

    anchor: str
    title: str
    """Empty where one shelf holds all."""
    shown: Sequence[Shown]


def shelves(pub: Publication, shown: Sequence[Shown], review: Callable[[Shown], Review]) -> list[Shelf[Shown]]:
    if len(shown) <= MOST_TOGETHER:
        return [Shelf("", "", shown)] if shown else []
    conflicts: list[Shown] = []
    topics: dict[str | None, list[Shown]] = defaultdict(list)
    names = {topic.id: topic.name for topic in pub.record.topics}
    for one in shown:
        of = review(one)
        conflict = of.agreement.status is Status.CONFLICT
        (conflicts if conflict else topics[of.claim.topic if of.claim.topic in names else None]).append(one)
    found = [Shelf("conflicts", gettext("Where the sources conflict"), conflicts)] if conflicts else []
    found += [Shelf(f"topic-{key}", name, topics[key]) for key, name in names.items() if key in topics]
    if None in topics:
        found.append(Shelf("other", gettext("Other matters"), topics[None]))
    return found if len(found) > 1 else [Shelf("", "", shown)]
