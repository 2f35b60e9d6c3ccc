"""A file of schema.org ClaimReview -> `Review`s: a DataFeed, a list, a graph, one object, or lines of JSON-LD.

Also what the API of Google's Fact Check Explorer gives out (`{"claims": [{text, claimant, claimReview: [...]}]}`).
Values of a wrong type are read where their meaning is plain: a name as a text, one thing for a list of things, a
number as a text. Everything else is said at its place and left out.
"""

from collections.abc import Iterator

from ..problems import Problem, Severity, visible
from . import clean
from .documents import documents
from .facts import LONGEST, Page, Rated, Review, Who
from .jsontext import Node, Number, opened
from .properties import (
    Feed,
    address,
    date,
    every,
    first,
    kinds_of,
    language,
    line,
    number,
    odd,
    said_of,
    text_of,
    thing,
    url_of,
)

_LISTS = ("dataFeedElement", "@graph", "itemListElement", "item", "mainEntity", "claims")
"""Under which names reviews lie in other things."""
_READ = {
    kind: frozenset(f"@type type @id @context {names}".split())
    for kind, names in {
        "review": "url mainEntityOfPage sameAs claimReviewed itemReviewed reviewRating author publisher creator"
        " headline name datePublished dateCreated dateModified inLanguage languageCode reviewBody description",
        "item": "text name headline author creator firstAppearance appearance url datePublished dateCreated",
        "rating": "alternateName name ratingValue bestRating worstRating ratingExplanation description",
        "page": "url mainEntityOfPage publisher provider author headline name datePublished inLanguage languageCode",
        "who": "name sameAs",
        "api": "text claimant claimDate claimReview",
        "told": "publisher url title reviewDate textualRating languageCode inLanguage",
    }.items()
}
"""The properties that are read, by what has them. Of some, one stands for another."""
_PERSONS = {"person", "patient"}
_BODIES = {
    *("organization", "newsmediaorganization", "corporation", "governmentorganization", "ngo", "politicalparty"),
    *("educationalorganization", "localbusiness", "medicalorganization", "onlinebusiness", "sportsorganization"),
}


def read(path: str, text: str, problems: list[Problem]) -> tuple[list[Review], str]:
    """The reviews of a file in their order, and its name where it has one."""
    feed = Feed(opened(path, text), problems)
    found: list[Review] = []
    title = ""
    for document in documents(feed.source, problems, _LISTS):
        feed.join(document)
        if isinstance(document.value, dict) and "dataFeedElement" in document.value:
            title = title or line(feed, document, "name")
            url = line(feed, document, "url")
            feed.site = f"{url.removesuffix('data/')}claims/" if url.endswith("/data/") else ""
        found += _reviews(feed, document)
    _tell(feed)
    return found, title


def _tell(feed: Feed) -> None:
    """Says once what holds for many reviews."""
    if feed.originals:
        more = f", and of {len(feed.originals) - 1:,} more" if len(feed.originals) > 1 else ""
        said = f"the address of the original (sameAs) is taken for that of this review{more}"
        feed.intake.say(
            feed.at(feed.originals[0]), "import-mended", Severity.NOTE, said, "compare it with the original"
        )
    if feed.unread:
        kinds: dict[str, list[str]] = {}
        for kind, name in feed.unread:
            kinds.setdefault(kind, []).append(visible(name[:40]))
        named = "; ".join(f"of {kind} {', '.join(names[:20])}" for kind, names in kinds.items())
        help = "look whether one holds what the record needs, and add that by hand"
        place = next(iter(feed.unread.values()))
        feed.intake.say(feed.at(place), "import-columns", Severity.NOTE, f"properties that are not read: {named}", help)


def _reviews(feed: Feed, root: Node) -> Iterator[Review]:
    """The reviews within a value, whatever they lie in. What is none is said, once for each kind of thing."""
    waiting = [root]
    met: set[int] = set()
    others: dict[str, tuple[Node, int]] = {}
    while waiting:
        node = waiting.pop()
        if isinstance(node.value, list):
            waiting += reversed(node.value)
            continue
        if node.start in met:  # named in two places
            continue
        met.add(node.start)
        kinds = kinds_of(node)
        if "claimreview" in kinds or (isinstance(node.value, dict) and "claimReviewed" in node.value):
            if (review := _review(feed, node)) is not None:
                yield review
            continue
        if isinstance(node.value, dict) and "claimReview" in node.value:
            yield from _of_api(feed, node)
            continue
        inner = [node.value[name] for name in _LISTS if name in node.value] if isinstance(node.value, dict) else []
        waiting += reversed(inner)
        if not inner and node.start not in feed.joined:
            kind = ", ".join(kinds) or said_of(node)
            earliest, count = others.get(kind, (node, 0))
            others[kind] = (earliest, count + 1)
    for kind, (earliest, count) in others.items():
        more = f", as are {count - 1:,} more" if count > 1 else ""
        help = "nothing is to be done, if no review is lost"
        level = Severity.NOTE if kind not in ("nothing", "a text", "a number", "an object") else Severity.WARNING
        said = f"{kind} where a ClaimReview is looked for: passed over{more}"
        feed.intake.say(feed.at(earliest), "import-left-out", level, said, help)


def _review(feed: Feed, node: Node) -> Review | None:
    feed.look(node, "ClaimReview", _READ["review"])
    claimed = first(feed, node, "claimReviewed")
    item = thing(feed, node, "itemReviewed")
    text = text_of(feed, claimed, "claimReviewed", LONGEST["claim"])
    if not text and item is not None:
        text = text_of(feed, first(feed, item, "text", "name", "headline"), "the claim's text", LONGEST["claim"])
    if not text:
        said, help = "a review without claimReviewed is left out", "say in the file which claim it reviews"
        feed.intake.say(feed.at(claimed or node), "import-left-out", Severity.ERROR, said, help)
        return None
    page = _page(feed, node)
    claimant, stated, appearances = _item(feed, item) if item is not None else (None, "", ())
    rating = first(feed, node, "reviewRating")
    rated, explanation = _rated(feed, rating) if rating is not None else (None, "")
    body = first(feed, node, "reviewBody", "description")
    if explanation and body is not None:
        feed.unread.setdefault(("ClaimReview", "reviewBody beside ratingExplanation"), body)
    return Review(
        mark=feed.mark(node),
        claim=text,
        claimant=claimant,
        claimed=stated,
        page=page if page.url else None,
        judge=page.publisher,
        judged="" if page.url else page.published,
        rated=rated,
        explanation=explanation or text_of(feed, body, "the explanation", LONGEST["explanation"]),
        appearances=tuple({page.url: page for page in appearances}.values()),
    )


def _page(feed: Feed, node: Node) -> Page:
    """Where a review was published, and by whom; without an address where it gives none."""
    author = thing(feed, node, "author", "publisher", "creator")
    body = thing(feed, node, "publisher") if author and _is_person(author) else None
    judge = line(feed, body or author, "name") if body or author else ""
    site = url_of(feed, body or author, "url", "@id", "sameAs", quiet=True) if body or author else ""
    url = url_of(feed, node, "url", "mainEntityOfPage", "@id")
    # A feed of ours gives each review the address of its own page; the original is what the review is the same as.
    ours = bool(feed.site) and url.startswith(feed.site)
    if (ours or not url) and (original := url_of(feed, node, "sameAs", quiet=True)):
        feed.originals.append(node)
        url = original
    writer = author if body else first(feed, node, "creator")
    person = line(feed, writer, "name") if writer is not None and _is_person(writer) else ""
    published = date(feed, node, "datePublished", "dateCreated", "dateModified")
    page = Page(url, line(feed, node, "headline", "name"), judge, site, person, published, language(feed, node))
    if not url:
        only = {"headline": page.headline, "site": site, "author": person, "language": page.language}
        feed.intake.unplaced(feed.at(node), f'the review by "{judge}"' if judge else "the review", only)
    elif not judge:
        page = page._replace(publisher=clean.site(url))
        said = f'nobody is named who judged: "{page.publisher}" stands for it'
        feed.intake.say(feed.at(author or node), "import-mended", Severity.NOTE, said, "compare it with the original")
    return page


def _item(feed: Feed, item: Node) -> tuple[Who | None, str, tuple[Page, ...]]:
    """Who made a claim, when, and where it appeared."""
    feed.look(item, "itemReviewed", _READ["item"])
    author = thing(feed, item, "author", "creator")
    pages: list[Page] = []
    for name in ("firstAppearance", "appearance"):
        pages += filter(None, (_appearance(feed, found) for found in every(item, name)))
    if (
        isinstance(item.value, dict)
        and "claim" not in kinds_of(item)
        and (url := url_of(feed, item, "url", quiet=True))
    ):
        pages.append(Page(url, line(feed, item, "headline", "name")))
    return _who(feed, author), date(feed, item, "datePublished", "dateCreated"), tuple(pages)


def _appearance(feed: Feed, node: Node) -> Page | None:
    if isinstance(node.value, str):
        url = feed.intake.address(node.value, feed.at(node), "the address of an appearance")
        return Page(url) if url else None
    if not isinstance(node.value, dict):
        odd(feed, node, "an appearance", "an address or an object")
        return None
    feed.look(node, "appearance", _READ["page"])
    url = url_of(feed, node, "url", "@id", "mainEntityOfPage")
    if not url:
        said, help = "an appearance without an address is left out", "add it to the record by hand"
        feed.intake.say(feed.at(node), "import-value", Severity.WARNING, said, help)
        return None
    publisher = thing(feed, node, "publisher", "provider")
    author = thing(feed, node, "author")
    return Page(
        url,
        line(feed, node, "headline", "name"),
        line(feed, publisher, "name") if publisher else "",
        url_of(feed, publisher, "url", quiet=True) if publisher else "",
        line(feed, author, "name") if author else "",
        date(feed, node, "datePublished"),
        language(feed, node),
    )


def _who(feed: Feed, author: Node | None) -> Who | None:
    name = line(feed, author, "name") if author else ""
    if author is None or not name:
        return None
    feed.look(author, "the claimant", _READ["who"])
    kinds = set(kinds_of(author))
    kind = "person" if kinds & _PERSONS else "organization" if kinds & _BODIES else ""
    same = [address(feed, node, "sameAs") for node in every(author, "sameAs")]
    return Who(name, kind, tuple(dict.fromkeys(filter(None, same))))


def _rated(feed: Feed, node: Node) -> tuple[Rated | None, str]:
    """A rating as it was given, and its explanation."""
    if isinstance(node.value, Number):
        return Rated(value=str(node.value)), ""
    if isinstance(node.value, str):
        words = text_of(feed, node, "reviewRating")
        return (Rated(words) if words else None), ""
    if not isinstance(node.value, dict):
        odd(feed, node, "reviewRating", "a Rating")
        return None, ""
    feed.look(node, "reviewRating", _READ["rating"])
    rated = Rated(
        line(feed, node, "alternateName", "name"),
        *(number(feed, node, name) for name in ("ratingValue", "bestRating", "worstRating")),
    )
    explanation = text_of(
        feed, first(feed, node, "ratingExplanation", "description"), "ratingExplanation", LONGEST["explanation"]
    )
    if not rated.name and not rated.value:
        return None, explanation
    return rated, explanation


def _of_api(feed: Feed, node: Node) -> Iterator[Review]:
    """The reviews of a claim as the API gives it."""
    feed.look(node, "claims", _READ["api"])
    text = text_of(feed, first(feed, node, "text"), "the claim's text", LONGEST["claim"])
    reviews = every(node, "claimReview")
    if not text:
        said, help = f"a claim without text is left out, with {len(reviews)} reviews", "say in the file what it is"
        feed.intake.say(feed.at(node), "import-left-out", Severity.ERROR, said, help)
        return
    name = line(feed, node, "claimant")
    for review in reviews:
        if not isinstance(review.value, dict):
            odd(feed, review, "claimReview", "an object")
            continue
        feed.look(review, "claimReview", _READ["told"])
        publisher = thing(feed, review, "publisher")
        url = url_of(feed, review, "url")
        judge = (line(feed, publisher, "name", "site") if publisher else "") or clean.site(url)
        day = date(feed, review, "reviewDate")
        page = Page(url, line(feed, review, "title"), judge, "", "", day, language(feed, review)) if url else None
        rating = line(feed, review, "textualRating")
        yield Review(
            mark=feed.mark(review),
            claim=text,
            claimant=Who(name) if name else None,
            claimed=date(feed, node, "claimDate"),
            page=page,
            judge=judge,
            judged=day if page is None else "",
            rated=Rated(rating) if rating else None,
        )


def _is_person(node: Node) -> bool:
    return bool(set(kinds_of(node)) & _PERSONS)
