"""The search page, which without script is the list of all claims: A to Z within each topic.

A long list has no marks, and a record of more than a thousand claims has a page for each topic, in parts.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from jinja2 import Environment

from ..publication import Publication, Review
from ..render import Page, Site, body, root
from ..search import FOLDER, UNSPACED
from ..view import KINDS
from ..words import gettext, ngettext, number

KIND = "search"
MOST_ON_ONE = 1000
MOST_WITH_MARKS = 400
"""A claim with its badge takes 600 bytes, and a page at most 300 KB."""
OTHER = "other"
_FORMS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""The forms that words about a number take in some language (CLDR), each with a number that takes it."""


class Group(NamedTuple):
    """A topic with its claims, A to Z; `pages` are the addresses of its lists where they stand on other pages."""

    id: str
    name: str
    reviews: Sequence[Review]
    pages: Sequence[str] = ()


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[Page]:
    used = {topic.id for topic in pub.record.topics}
    groups = [
        Group(
            topic.id if topic else _free(OTHER, used), topic.name if topic else gettext("Other claims"), a_to_z(found)
        )
        for topic, found in pub.by_topic
    ]
    total = len(pub.reviews)
    if total <= MOST_ON_ONE:
        yield _page(env, "search/", gettext("Search"), groups, total, marks=total <= MOST_WITH_MARKS)
        return
    lists: list[tuple[str, str, Group]] = []
    for n, group in enumerate(groups):
        starts = range(0, len(group.reviews), MOST_WITH_MARKS)
        addresses = [f"search/{group.id}/"] + [f"search/{_free(group.id, used)}/" for _ in starts[1:]]
        for part, (address, start) in enumerate(zip(addresses, starts, strict=True), 1):
            title = gettext("All claims: %(topic)s", topic=group.name)
            if len(starts) > 1:
                title = gettext("%(title)s, part %(part)s of %(parts)s", title=title, part=part, parts=len(starts))
            lists.append((address, title, group._replace(reviews=group.reviews[start : start + MOST_WITH_MARKS])))
        groups[n] = group._replace(pages=addresses)
    yield _page(env, "search/", gettext("Search"), groups, total, marks=True)
    for address, title, group in lists:
        yield _page(env, address, title, [group], len(group.reviews), marks=True)


def _free(name: str, used: set[str]) -> str:
    """The name if no topic and no part has it yet, else "deal-2" and so on."""
    free = next(free for n in count(1) if (free := f"{name}-{n}" if n > 1 else name) not in used)
    used.add(free)
    return free


def a_to_z(reviews: Iterable[Review]) -> list[Review]:
    """Claims by their text, without regard to case and accents."""
    return sorted(reviews, key=lambda review: (_plain(review.claim.text), review.claim.id))


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum() or c == " ").strip()


def _page(env: Environment, address: str, title: str, groups: Sequence[Group], total: int, *, marks: bool) -> Page:
    whole = address == "search/"
    return Page(
        KIND,
        address,
        title,
        ngettext(
            "Search, and all %(n)s claim, A to Z, with their badges.",
            "Search, and all %(n)s claims, A to Z, with their badges.",
            total,
        )
        if whole
        else ngettext(
            "A list of %(n)s claim, A to Z, with their badges.",
            "A list of %(n)s claims, A to Z, with their badges.",
            total,
        ),
        body(
            env,
            "search.html.j2",
            root=root(address),
            title=title,
            groups=groups,
            whole=whole,
            marks=marks,
            kinds=[
                ("claim", gettext("Claim")),
                ("source", gettext("Source")),
                ("statement", gettext("Statement")),
                *((kind, gettext(one)) for kind, (one, _) in KINDS.items()),
            ],
            results=[
                (form, ngettext("%(n)s result", "%(n)s results", n).replace(number(n), "{n}"))
                for form, n in _FORMS.items()
            ],
            folder=FOLDER,
            unspaced=UNSPACED,
        ),
        section="search",
    )
