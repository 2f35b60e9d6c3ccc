"""Reviews as they lie about in the world: made up from a seed, each with some of the faults that real ones have.

`reviews(count, seed)` gives JSON text of a DataFeed, a list, a graph, or lines of JSON-LD. The sound values are kept
apart from the dirt, so that what is drawn for one fault does not change the rest.
"""

import json
import random
from typing import Any

FORMS = ("feed", "list", "graph", "lines")
DESKS = (
    "The Daily Check",
    "Desk <b>Fact</b>",
    "Vérité &amp; Cie",
    "مكتب التدقيق",
    "查证网",
    "A",
    "daily check",
    "Cafe\u0301",
)
PEOPLE = ("Jane Doe", "O’Neil, Party Leader", "Социальные сети", "رئيس البلدية", "市长", "Posts on the net", "x" * 400)
WORDS = (
    *(
        "False",
        "FALSE.",
        "Mostly False",
        "Pants on Fire!",
        "Half True",
        "true",
        "Correct",
        "Faux",
        "خطأ",
        "虚假",
        "Engañoso",
    ),
    *(
        "Four Beeps",
        "",
        " ",
        "🤥",
        "<i>False</i>",
        "False: the photo is older",
        "Unproven",
        "No Evidence",
        "n/a",
        "2/5",
    ),
)
TEXTS = (
    "The bridge over the Elm was closed on {n} days in March.",
    "<p>Eggs &amp; milk cost {n} &euro; more</p>",
    "أُغلق الجسر لمدة {n} يومًا",
    "桥梁关闭了{n}天",
    "The mayor said \u201cwe closed it\u201d, and {n} people\u202e left\u202c.",
    "Hidden\u200b zero\u2060 width {n}\x00\x07",
    "&lt;script&gt;alert({n})&lt;/script&gt;The price rose by {n} percent.",
    "Line one {n}\nline two\ttabbed",
    "{{ 7*7 }} and {% raw %} of {n} <![CDATA[x]]>",
    "# not a heading: [x](javascript:alert({n})) `code`",
    "no",
    "A very long text {n} " + "word " * 900,
    "lost \ufffd letter {n}",
    "lone \ud83d surrogate {n}",
    "null",
    "- yaml: {n} # comment",
)
ADDRESSES = (
    "https://check.example.org/reviews/{n}/",
    "http://www.check.example.org/r/{n}",
    "https://check.example.org/ä ö/{n}?q=1&b=2",
    "//check.example.org/{n}",
    "https://facts.example.com/{n}#part",
    "javascript:alert({n})",
    "data:text/html,<script>alert({n})</script>",
    "check.example.org/{n}",
    "",
    "https://user:secret@check.example.org/{n}",
    "https://127.0.0.1/{n}",
    "ftp://check.example.org/{n}",
    "https://check.example.org/" + "x" * 2100 + "{n}",
)
DATES = (
    *("2020-09-14", "2020-09-14T12:30:00Z", "2020-09-14T12:30:00+02:00", "2020-13-40", "March 3, 2020", "3 March 2020"),
    *(
        "03/04/2020",
        "23/04/2020",
        "1599998400",
        "1599998400000",
        "Tue, 03 Mar 2020 10:00:00 GMT",
        "2020",
        "yesterday",
        "",
    ),
    *("yesterday", "0000-00-00", "2020-09-14 ", "20200914", "99999999999999999999", "2020-02-30"),
)
VALUES = (1, "1", 0, -1, 3.5, "4,5", "five", None, True, [], {}, [2], "1e400", float("nan"), 10**30)
LANGUAGES = ("en", "en-US", "ar", "zh-Hans", "English", "en_GB", "klingonish!", "", None, 7, {"name": "French"}, ["de"])
ODD: tuple[Any, ...] = (None, 0, "", [], {}, True, "text", 7, [None], {"@type": []}, [[["deep"]]], {"name": {}})


def reviews(count: int, seed: int = 1, form: str = "feed") -> str:
    rng = random.Random(seed)
    items: list[Any] = [review(rng, n) for n in range(count)]
    items += [items[n] for n in range(0, count, 37)]  # once more
    for n in range(0, count, 53):
        items.insert(n, rng.choice([None, 5, "text", [], {}, {"@type": "WebPage", "name": "Home"}, True]))
    if form == "lines":
        lines = [json.dumps(item) for item in items]
        for n in range(7, len(lines), 101):
            lines[n] = rng.choice([lines[n][:-3], lines[n][5:], "{", "not json", "", lines[n] + ",", "'" + lines[n]])
        return "\ufeff" + "\r\n".join(lines)
    if form == "list":
        return json.dumps(items, ensure_ascii=False).encode("utf-8", "replace").decode()
    if form == "graph":
        return json.dumps({"@context": "https://schema.org", "@graph": items}, indent=2)
    elements = [{"@type": "DataFeedItem", "item": [item] if n % 3 else item} for n, item in enumerate(items)]
    return json.dumps({"@type": "DataFeed", "name": "A <b>feed</b>", "dataFeedElement": elements}, indent=1)


def review(rng: random.Random, n: int) -> dict[str, Any]:
    """One review, sound or dirty in any of its parts."""

    def pick(choices: tuple[Any, ...], dirt: float = 0.5) -> Any:
        value = rng.choice(choices) if rng.random() < dirt else choices[0]
        return value.replace("{n}", str(n if rng.random() < 0.9 else n // 3)) if isinstance(value, str) else value

    def text() -> str:
        return str(rng.choice(TEXTS)).replace("{n}", str(n if rng.random() < 0.8 else n // 2))

    author: Any = {"@type": rng.choice(["Person", "Organization", "Thing", ["Person"], None, 3]), "name": pick(PEOPLE)}
    if n % 5 == 0:
        author["sameAs"] = [f"https://who.example.org/{n % 15}"]
    seen = {"url": pick(ADDRESSES), "headline": text()}
    desk = {"@type": "Organization", "name": pick(DESKS), "url": pick(ADDRESSES)}
    item: Any = {
        "@type": rng.choice(["Claim", ["Claim", "CreativeWork"], "CreativeWork"]),
        "author": rng.choice([author, author, pick(PEOPLE), [author, author]]),
        "datePublished": pick(DATES),
        "firstAppearance": {"@type": "CreativeWork", "url": pick(ADDRESSES)},
        "appearance": rng.choice([pick(ADDRESSES), [pick(ADDRESSES), seen], None]),
    }
    rating: Any = {
        "@type": "Rating",
        "alternateName": pick(WORDS, 0.9),
        "ratingValue": pick(VALUES, 0.8),
        "bestRating": pick((5, "5", 0, None, "best", 1)),
        "worstRating": pick((1, "1", 0, None, 5)),
        "ratingExplanation": rng.choice([text(), "", None]),
    }
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": rng.choice(["ClaimReview", "ClaimReview", ["ClaimReview"], "https://schema.org/ClaimReview"]),
        "url": pick(ADDRESSES),
        "claimReviewed": text(),
        "author": rng.choice([desk, desk, pick(DESKS), None]),
        "datePublished": rng.choice([pick(DATES), 1599998400, 20200914]),
        "inLanguage": pick(LANGUAGES),
        "headline": rng.choice([None, text(), [text(), "second"]]),
        "itemReviewed": item,
        "reviewRating": rng.choice([rating, rating, rating, pick(WORDS), 4, [rating, rating]]),
    }
    for name in list(found)[1:]:
        if rng.random() < 0.04:
            del found[name]
        elif rng.random() < 0.04:
            found[name] = rng.choice(ODD)
    if n % 7 == 0:
        found["creator"] = {"@type": "Person", "name": f"Ann Other {n % 4}"}
    return found
