"""Reduces the vocabulary of schema.org to the types that a fact-check site can use, as `vocabulary.json`.

    npm pack schema-dts && tar xzf schema-dts-*.tgz
    python site_tests/schemaorg/reduce.py package/dist/schema.d.ts 2.1.0

schema-dts (Apache-2.0) is generated from the vocabulary at each of its releases; what is kept here are names of types
and properties, which type is a kind of which, and what a property takes. The vocabulary itself is published by
schema.org under CC BY-SA 3.0.
"""

import json
import re
import sys
from pathlib import Path

WANTED = (
    *(
        "ClaimReview",
        "Claim",
        "Rating",
        "Organization",
        "Person",
        "NewsArticle",
        "CreativeWork",
        "DataFeed",
        "DataFeedItem",
    ),
    *("Article", "Report", "Quotation", "Dataset", "DataDownload"),
    *("DataCatalog", "WebSite", "WebPage", "AboutPage", "CollectionPage", "ProfilePage", "SearchAction", "EntryPoint"),
    *("PropertyValueSpecification", "BreadcrumbList", "ListItem", "ItemList"),
    *("Event", "Place", "Product", "Legislation", "ImageObject"),
)
_INTERFACE = re.compile(r"^interface (\w+)Base extends ([^{]+) \{\n(.*?)^\}", re.DOTALL | re.MULTILINE)
_LEAF = re.compile(r"^export interface (\w+)Leaf extends (\w+)Base", re.MULTILINE)
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.*), "\1">;', re.MULTILINE)


def reduced(text: str, version: str) -> dict[str, object]:
    """The types that are wanted and all above them, from the TypeScript declarations."""
    every = {}
    for name, above, inner in _INTERFACE.findall(text):
        parents = [parent for parent in re.findall(r"(\w+)Base\b", above) if parent != name]
        properties = {key: re.findall(r"\b[A-Z]\w+", takes) for key, takes in _PROPERTY.findall(inner)}
        for takes in properties.values():
            takes[:] = sorted(set(takes) - {"IdReference"})
        every[name] = {"is": parents, "has": properties}
    for name, parent in _LEAF.findall(text):
        every.setdefault(name, {"is": [parent], "has": {}})  # a type that adds no property has no interface of its own
    kept: dict[str, object] = {}
    left = list(WANTED)
    while left:
        name = left.pop()
        if name not in kept:
            kept[name] = every[name]
            left += every[name]["is"]
    return {
        "source": f"schema.org, by way of schema-dts {version}",
        "license": "https://creativecommons.org/licenses/by-sa/3.0/",
        "types": dict(sorted(kept.items())),
    }


if __name__ == "__main__":
    found = reduced(Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[2])
    lines = json.dumps(found, separators=(",", ":")).replace('},"', '},\n"')
    Path(__file__).with_name("vocabulary.json").write_text(lines + "\n", encoding="utf-8")
