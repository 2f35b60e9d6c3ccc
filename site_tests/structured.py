"""What is wrong with structured data: by the vocabulary of schema.org, and by what search engines ask of a ClaimReview.

`vocabulary` knows types, properties and what a property takes (`schemaorg/reduce.py` says where from). `review` is
Google's "Fact Check (ClaimReview) structured data": what is required, what is recommended, what a rating may be.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

TYPES = json.loads((Path(__file__).parent / "schemaorg/vocabulary.json").read_text(encoding="utf-8"))["types"]
LONGEST = 75
"""Characters of `claimReviewed` from which a phone wraps it: worth a notice, never an error."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def blocks(html: str) -> list[Any]:
    """The JSON-LD of a page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(block) for block in found]


def kinds(name: str) -> set[str]:
    """A type and all that it is a kind of."""
    return {name}.union(*map(kinds, TYPES[name]["is"])) if name in TYPES else {name}


def vocabulary(value: dict[str, Any], place: str = "") -> Iterator[str]:
    """What schema.org does not know of an object: its type, a property, a value's type."""
    name = value.get("@type", "")
    if name not in TYPES:
        yield f'{place}@type: no type "{name}"'
        return
    properties: dict[str, list[str]] = {}
    for kind in kinds(name):
        properties |= TYPES[kind]["has"]
    for key, held in value.items():
        if key in ("@type", "@context", "@id"):
            continue
        if key not in properties:
            yield f'{place}{key}: {name} has no property "{key}"'
            continue
        for item in held if isinstance(held, list) else [held]:
            if isinstance(item, dict):
                if not kinds(item.get("@type", "")) & set(properties[key]):
                    yield f"{place}{key}: takes {', '.join(properties[key])}, not {item.get('@type')}"
                yield from vocabulary(item, f"{place}{key}.")
            elif not any(_is(item, wanted) for wanted in properties[key]):
                yield f"{place}{key}: takes {', '.join(properties[key])}, not {json.dumps(item)}"


def _is(value: Any, wanted: str) -> bool:
    match wanted:
        case "Text":
            return isinstance(value, str) and bool(value.strip())
        case "URL":
            return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None
        case "Date":
            try:
                return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
            except ValueError:
                return False
        case "Number" | "Integer" | "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
    return isinstance(value, str) and wanted in TYPES and _ADDRESS.fullmatch(value) is not None


def review(value: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a ClaimReview."""
    for key in ("url", "claimReviewed", "reviewRating", "author", "datePublished", "itemReviewed"):
        if not value.get(key):
            yield f"{key}: missing"
    author = value.get("author", {})
    yield from (f"author.{key}: missing" for key in ("name", "url") if not author.get(key))
    if value.get("itemReviewed", {}).get("@type") != "Claim":
        yield "itemReviewed: not a Claim"
    yield from rating(value.get("reviewRating", {}))


def rating(value: dict[str, Any]) -> Iterator[str]:
    """A rating has a name, and three numbers or none: the worst is at least 1, the value between worst and best."""
    if not value.get("alternateName"):
        yield "reviewRating.alternateName: missing"
    numbers = [value.get(key) for key in ("worstRating", "ratingValue", "bestRating")]
    if any(number is not None for number in numbers):
        if not all(isinstance(number, int) for number in numbers):
            yield "reviewRating: three whole numbers or none"
        elif not 1 <= numbers[0] <= numbers[1] <= numbers[2] or numbers[0] == numbers[2]:
            yield "reviewRating: 1 <= worst <= value <= best, and worst is not best"


def notices(value: dict[str, Any]) -> Iterator[str]:
    """What is allowed and could be better."""
    if len(value.get("claimReviewed", "")) > LONGEST:
        yield f"claimReviewed: {len(value['claimReviewed'])} characters, more than {LONGEST} wrap on a phone"
