"""A file of schema.org ClaimReview -> `Review`s: a DataFeed, a list, a graph, one object, or lines of JSON-LD.

Also what the API of Google's Fact Check Explorer gives out (`{"claims": [{text, claimant, claimReview: [...]}]}`).
Values of a wrong type are read where their meaning is plain: a name as a text, one thing for a list of things, a
number as a text. Everything else is said at its place and left out.
"""

from collections.abc import Iterator
from functools import partial

from ..problems import Problem, Severity
from . import clean
from .facts import LONGEST, Intake, Page, Rated, Review, Where, Who
from .jsontext import Node, Number, Text, documents, opened

_LISTS = ("dataFeedElement", "@graph", "itemListElement", "item", "mainEntity", "claims")
"""Under which names reviews lie in other things."""
_PERSONS = {"person", "patient"}
_BODIES = {
    *("organization", "newsmediaorganization", "corporation", "governmentorganization", "ngo", "politicalparty"),
    *("educationalorganization", "localbusiness", "medicalorganization", "onlinebusiness", "sportsorganization"),
}


class Feed:
    """A file while it is read: where its values stand, what is wrong with them, and the site whose feed it is."""

    def __init__(self, source: Text, problems: list[Problem]) -> None:
        self.source, self.intake, self.site = source, Intake(problems), ""

    def at(self, node: Node) -> Where:
        return partial(self.source.mark, node.start, node.end)


def read(path: str, text: str, problems: list[Problem]) -> tuple[list[Review], str]:
    """The reviews of a file in their order, and its name where it has one."""
    feed = Feed(opened(path, text), problems)
    found: list[Review] = []
    title = ""
    for document in documents(feed.source, problems):
        if isinstance(document.value, dict) and "dataFeedElement" in document.value:
            title = title or _line(feed, document, "name")
            feed.site = _line(feed, document, "url").removesuffix("data/")
        found += _reviews(feed, document)
    return found, title


def _reviews(feed: Feed, root: Node) -> Iterator[Review]:
    """The reviews within a value, whatever they lie in. What is none is said, once for each kind of thing."""
    waiting = [root]
    others: dict[str, tuple[Node, int]] = {}
    while waiting:
        node = waiting.pop()
        if isinstance(node.value, list):
            waiting += reversed(node.value)
            continue
        kinds = _kinds(node)
        if "claimreview" in kinds or (isinstance(node.value, dict) and "claimReviewed" in node.value):
            if (review := _review(feed, node)) is not None:
                yield review
            continue
        if isinstance(node.value, dict) and "claimReview" in node.value:
            yield from _of_api(feed, node)
            continue
        inner = [node.value[name] for name in _LISTS if name in node.value] if isinstance(node.value, dict) else []
        waiting += reversed(inner)
        if not inner:
            kind = ", ".join(kinds) or _said(node)
            first, count = others.get(kind, (node, 0))
            others[kind] = (first, count + 1)
    for kind, (first, count) in others.items():
        more = f", as are {count - 1:,} more" if count > 1 else ""
        help = "nothing is to be done, if no review is lost"
        level = Severity.NOTE if kind not in ("nothing", "a text", "a number", "an object") else Severity.WARNING
        said = f"{kind} where a ClaimReview is looked for: passed over{more}"
        feed.intake.say(feed.at(first), "import-left-out", level, said, help)


def _review(feed: Feed, node: Node) -> Review | None:
    claimed = _first(feed, node, "claimReviewed")
    item = _thing(feed, node, "itemReviewed")
    text = _text(feed, claimed, "claimReviewed", LONGEST["claim"])
    if not text and item is not None:
        text = _text(feed, _first(feed, item, "text", "name", "headline"), "the claim's text", LONGEST["claim"])
    if not text:
        said, help = "a review without claimReviewed is left out", "say in the file which claim it reviews"
        feed.intake.say(feed.at(claimed or node), "import-left-out", Severity.ERROR, said, help)
        return None
    page, judge = _page(feed, node)
    if page is not None:
        page = page._replace(headline=_line(feed, node, "headline", "name"))
    claimant, stated, appearances = _item(feed, item) if item is not None else (None, "", ())
    rating = _first(feed, node, "reviewRating")
    rated, explanation = _rated(feed, rating) if rating is not None else (None, "")
    return Review(
        mark=feed.source.mark(node.start, node.end),
        claim=text,
        claimant=claimant,
        claimed=stated,
        page=page,
        judge=judge,
        judged="" if page else _date(feed, node, "datePublished", "dateCreated", "dateModified"),
        rated=rated,
        explanation=explanation
        or _text(feed, _first(feed, node, "reviewBody", "description"), "the explanation", LONGEST["explanation"]),
        appearances=tuple({page.url: page for page in appearances}.values()),
    )


def _page(feed: Feed, node: Node) -> tuple[Page | None, str]:
    """Where a review was published, and who judged."""
    author = _thing(feed, node, "author", "publisher", "creator")
    body = _thing(feed, node, "publisher") if author and _is_person(author) else None
    judge = _line(feed, body or author, "name") if body or author else ""
    site = _url(feed, body or author, "url", "@id", "sameAs", quiet=True) if body or author else ""
    url = _url(feed, node, "url", "mainEntityOfPage", "@id")
    ours = bool(feed.site) and url.startswith(feed.site)
    # A feed of ours gives each review the address of its own page; the original is what the review is the same as.
    if (ours or not url) and (original := _url(feed, node, "sameAs", "isBasedOn", quiet=True)):
        url = original
    if not url:
        said = f'the review by "{judge}" has no address' if judge else "the review has no address"
        help = "its verdict is kept only with an explanation and a date"
        feed.intake.say(feed.at(node), "import-value", Severity.WARNING, said, help)
        return None, judge
    if not judge:
        judge = clean.site(url)
        said = f'nobody is named who judged: "{judge}" stands for it'
        feed.intake.say(feed.at(author or node), "import-mended", Severity.NOTE, said, "compare it with the original")
    person = _line(feed, author, "name") if body and author else ""
    published = _date(feed, node, "datePublished", "dateCreated", "dateModified")
    tongue = _language(feed, node)
    return Page(url, "", judge, site, person, published, tongue), judge


def _item(feed: Feed, item: Node) -> tuple[Who | None, str, tuple[Page, ...]]:
    """Who made a claim, when, and where it appeared."""
    author = _thing(feed, item, "author", "creator")
    pages: list[Page] = []
    for name in ("firstAppearance", "appearance"):
        pages += filter(None, (_appearance(feed, found) for found in _all(item, name)))
    if isinstance(item.value, dict) and "claim" not in _kinds(item) and (url := _url(feed, item, "url", quiet=True)):
        pages.append(Page(url, _line(feed, item, "headline", "name")))
    return _who(feed, author), _date(feed, item, "datePublished", "dateCreated"), tuple(pages)


def _appearance(feed: Feed, node: Node) -> Page | None:
    if isinstance(node.value, str):
        url = feed.intake.address(node.value, feed.at(node), "the address of an appearance")
        return Page(url) if url else None
    if not isinstance(node.value, dict):
        _odd(feed, node, "an appearance", "an address or an object")
        return None
    url = _url(feed, node, "url", "@id", "mainEntityOfPage")
    if not url:
        said, help = "an appearance without an address is left out", "add it to the record by hand"
        feed.intake.say(feed.at(node), "import-value", Severity.WARNING, said, help)
        return None
    publisher = _thing(feed, node, "publisher", "provider")
    author = _thing(feed, node, "author")
    return Page(
        url,
        _line(feed, node, "headline", "name"),
        _line(feed, publisher, "name") if publisher else "",
        _url(feed, publisher, "url", quiet=True) if publisher else "",
        _line(feed, author, "name") if author else "",
        _date(feed, node, "datePublished"),
        _language(feed, node),
    )


def _who(feed: Feed, author: Node | None) -> Who | None:
    name = _line(feed, author, "name") if author else ""
    if author is None or not name:
        return None
    kinds = set(_kinds(author))
    kind = "person" if kinds & _PERSONS else "organization" if kinds & _BODIES else ""
    same = [_address(feed, node, "sameAs") for node in _all(author, "sameAs")]
    return Who(name, kind, tuple(dict.fromkeys(filter(None, same))))


def _rated(feed: Feed, node: Node) -> tuple[Rated | None, str]:
    """A rating as it was given, and its explanation."""
    if isinstance(node.value, Number):
        return Rated(value=str(node.value)), ""
    if isinstance(node.value, str):
        words = _text(feed, node, "reviewRating")
        return (Rated(words) if words else None), ""
    if not isinstance(node.value, dict):
        _odd(feed, node, "reviewRating", "a Rating")
        return None, ""
    rated = Rated(
        _line(feed, node, "alternateName", "name"),
        *(_line(feed, node, name) for name in ("ratingValue", "bestRating", "worstRating")),
    )
    explanation = _text(
        feed, _first(feed, node, "ratingExplanation", "description"), "ratingExplanation", LONGEST["explanation"]
    )
    if not rated.name and not rated.value:
        return None, explanation
    return rated, explanation


def _of_api(feed: Feed, node: Node) -> Iterator[Review]:
    """The reviews of a claim as the API gives it."""
    text = _text(feed, _first(feed, node, "text"), "the claim's text", LONGEST["claim"])
    reviews = _all(node, "claimReview")
    if not text:
        said, help = f"a claim without text is left out, with {len(reviews)} reviews", "say in the file what it is"
        feed.intake.say(feed.at(node), "import-left-out", Severity.ERROR, said, help)
        return
    name = _line(feed, node, "claimant")
    for review in reviews:
        if not isinstance(review.value, dict):
            _odd(feed, review, "claimReview", "an object")
            continue
        publisher = _thing(feed, review, "publisher")
        url = _url(feed, review, "url")
        judge = (_line(feed, publisher, "name", "site") if publisher else "") or clean.site(url)
        day = _date(feed, review, "reviewDate")
        page = Page(url, _line(feed, review, "title"), judge, "", "", day, _language(feed, review)) if url else None
        rating = _line(feed, review, "textualRating")
        yield Review(
            mark=feed.source.mark(review.start, review.end),
            claim=text,
            claimant=Who(name) if name else None,
            claimed=_date(feed, node, "claimDate"),
            page=page,
            judge=judge,
            judged=day if page is None else "",
            rated=Rated(rating) if rating else None,
        )


def _kinds(node: Node) -> list[str]:
    """What a thing says it is, in lower case, without the address of the vocabulary."""
    return [
        kind.value.rpartition("/")[2].rpartition(":")[2].casefold()[:60]
        for kind in _all(node, "@type", "type")
        if isinstance(kind.value, str)
    ]


def _is_person(node: Node) -> bool:
    return bool(set(_kinds(node)) & _PERSONS)


def _all(node: Node | None, *names: str) -> list[Node]:
    """The values of the first of these properties that has any: one, or those of a list."""
    for name in names if node is not None and isinstance(node.value, dict) else ():
        found = node.value.get(name)  # type: ignore[union-attr]
        values = found.value if found is not None and isinstance(found.value, list) else [found] if found else []
        if values := [value for value in values if value.value not in (None, "")]:
            return values
    return []


def _first(feed: Feed, node: Node, *names: str) -> Node | None:
    """One value of a property; that there were more is said."""
    found = _all(node, *names)
    while len(found) == 1 and isinstance(found[0].value, list):
        found = [value for value in found[0].value if value.value not in (None, "")]
    if len(found) > 1:
        said = f"{names[0]}: the first of {len(found)} values is taken"
        feed.intake.say(feed.at(found[1]), "import-value", Severity.WARNING, said, "keep the right one in the file")
    return found[0] if found else None


def _thing(feed: Feed, node: Node, *names: str) -> Node | None:
    """A value that has properties; a bare text stands for a thing of that name."""
    found = _first(feed, node, *names)
    if found is None or isinstance(found.value, dict):
        return found
    if isinstance(found.value, str) and not isinstance(found.value, Number):
        feed.intake.mended(feed.at(found), names[0], "a text is taken for its name")
        return Node({"name": found}, found.start, found.end)
    _odd(feed, found, names[0], "an object")
    return None


def _text(feed: Feed, node: Node | None, name: str, longest: int = 0) -> str:
    """A value as a line of text; a thing gives its name."""
    if node is not None and isinstance(node.value, dict):
        node = next(iter(_all(node, "@value", "name", "text")), node)
    if node is None:
        return ""
    if not isinstance(node.value, str):
        _odd(feed, node, name, "a text")
        return ""
    return feed.intake.text(node.value, feed.at(node), name, *([longest] if longest else []))


def _line(feed: Feed, node: Node | None, *names: str) -> str:
    return _text(feed, _first(feed, node, *names), names[0]) if node is not None else ""


def _date(feed: Feed, node: Node, *names: str) -> str:
    found = _first(feed, node, *names)
    if found is not None and isinstance(found.value, dict):
        found = next(iter(_all(found, "@value")), found)
    if found is None:
        return ""
    if not isinstance(found.value, str):
        _odd(feed, found, names[0], "a date")
        return ""
    return feed.intake.date(found.value, feed.at(found), names[0])


def _url(feed: Feed, node: Node | None, *names: str, quiet: bool = False) -> str:
    """An address that a thing gives of itself. Where it need not be there, what is none is passed over."""
    for name in names:
        for found in _all(node, name):
            if quiet and not (isinstance(found.value, str) and found.value.startswith("http")):
                continue
            if url := _address(feed, found, name):
                return url
    return ""


def _address(feed: Feed, node: Node, name: str) -> str:
    if isinstance(node.value, dict):
        node = next(iter(_all(node, "@id", "url")), node)
    if not isinstance(node.value, str) or isinstance(node.value, Number):
        _odd(feed, node, name, "an address")
        return ""
    if name == "@id" and not node.value.startswith("http"):
        return ""  # a name within the file
    return feed.intake.address(node.value, feed.at(node), name)


def _language(feed: Feed, node: Node) -> str:
    found = _first(feed, node, "inLanguage", "languageCode")
    if found is not None and isinstance(found.value, dict):
        found = next(iter(_all(found, "alternateName", "@id", "name")), found)
    if found is None:
        return ""
    if not isinstance(found.value, str):
        _odd(feed, found, "inLanguage", "a language tag")
        return ""
    return feed.intake.language(found.value, feed.at(found), "inLanguage")


def _odd(feed: Feed, node: Node, name: str, wanted: str) -> None:
    said = f"{name} is {_said(node)}, not {wanted}: left out"
    feed.intake.say(feed.at(node), "import-value", Severity.WARNING, said, "mend it in the file")


def _said(node: Node) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", Number: "a number", str: "a text"}
    return kinds.get(type(node.value), "nothing")
