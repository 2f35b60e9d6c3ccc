"""Properties of JSON-LD, read as they are meant: a name for a thing, one for many, a number for a text.

What can't be read as what is wanted is said at its place and gives nothing.
"""

from collections.abc import Set
from functools import partial
from typing import Any

from ..problems import Mark, Problem, Severity
from .facts import Intake, Where
from .jsontext import Node, Number, Text


class Feed:
    """A file while it is read: where its values stand, what is wrong with them, and where reviews of our own stand."""

    def __init__(self, source: Text, problems: list[Problem]) -> None:
        self.source, self.intake, self.site = source, Intake(problems), ""
        self.joined: set[int] = set()
        """Where the nodes begin that others refer to."""
        self.originals: list[Node] = []
        """Reviews whose address is that of what they are the same as."""
        self.unread: dict[tuple[str, str], Node] = {}
        """Properties that are not read, by what has them and name, where they stand first."""

    def join(self, root: Node) -> None:
        """Puts the node of that name in the place of each reference `{"@id": ...}`, as in a graph of JSON-LD."""
        if self.source.text.find('"@id"', root.start, root.end) < 0:
            return
        nodes: dict[str, Node] = {}
        references: list[tuple[list[Node] | dict[str, Node], Any, str]] = []
        waiting = [root]
        while waiting:
            held = waiting.pop().value
            inner = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
            for place, child in inner:
                named = child.value.get("@id") if isinstance(child.value, dict) else None
                if named is not None and isinstance(named.value, str):
                    if len(child.value) == 1:
                        references.append((held, place, named.value))  # type: ignore[arg-type]
                    else:
                        nodes.setdefault(named.value, child)
                waiting.append(child)
        for holder, place, name in references:
            if name in nodes:
                holder[place] = nodes[name]
                self.joined.add(nodes[name].start)

    def look(self, node: Node, kind: str, read: Set[str]) -> None:
        """Takes down the properties of a thing that are not among those that are read."""
        if isinstance(node.value, dict) and not node.value.keys() <= read:
            for name in sorted(node.value.keys() - read):
                self.unread.setdefault((kind, name), node.value[name])

    def at(self, node: Node) -> Where:
        return partial(self.mark, node)

    def mark(self, node: Node) -> Mark:
        """The place of a value; of an object or a list, where it begins."""
        return self.source.mark(node.start, node.start + 1 if isinstance(node.value, dict | list) else node.end)


def kinds_of(node: Node) -> list[str]:
    """What a thing says it is, in lower case, without the address of the vocabulary."""
    return [
        kind.value.rpartition("/")[2].rpartition(":")[2].casefold()[:60]
        for kind in every(node, "@type", "type")
        if isinstance(kind.value, str)
    ]


def every(node: Node | None, *names: str) -> list[Node]:
    """The values of the first of these properties that has any: one, or those of a list."""
    held = node.value if node is not None and isinstance(node.value, dict) else {}
    for name in names:
        found = held.get(name)
        values = found.value if found is not None and isinstance(found.value, list) else [found] if found else []
        if values := [value for value in values if value.value not in (None, "")]:
            return values
    return []


def first(feed: Feed, node: Node, *names: str) -> Node | None:
    """One value of a property; that there were more is said."""
    found = every(node, *names)
    while len(found) == 1 and isinstance(found[0].value, list):
        found = [value for value in found[0].value if value.value not in (None, "")]
    if len(found) > 1:
        said = f"{names[0]}: the first of {len(found)} values is taken"
        feed.intake.say(feed.at(found[1]), "import-value", Severity.WARNING, said, "keep the right one in the file")
    return found[0] if found else None


def thing(feed: Feed, node: Node, *names: str) -> Node | None:
    """A value that has properties; a bare text stands for a thing of that name."""
    found = first(feed, node, *names)
    if found is None or isinstance(found.value, dict):
        return found
    if isinstance(found.value, str) and not isinstance(found.value, Number):
        feed.intake.mended(feed.at(found), names[0], "a text is taken for its name")
        return Node({"name": found}, found.start, found.end)
    odd(feed, found, names[0], "an object")
    return None


def text_of(feed: Feed, node: Node | None, name: str, longest: int = 0) -> str:
    """A value as a line of text; a thing gives its name."""
    if node is not None and isinstance(node.value, dict):
        node = next(iter(every(node, "@value", "name", "text")), node)
    if node is None:
        return ""
    if not isinstance(node.value, str):
        odd(feed, node, name, "a text")
        return ""
    return feed.intake.text(node.value, feed.at(node), name, *([longest] if longest else []))


def line(feed: Feed, node: Node | None, *names: str) -> str:
    return text_of(feed, first(feed, node, *names), names[0]) if node is not None else ""


def number(feed: Feed, node: Node, name: str) -> str:
    found = first(feed, node, name)
    if found is not None and isinstance(found.value, dict):
        found = next(iter(every(found, "@value", "value")), found)
    if found is None:
        return ""
    if not isinstance(found.value, str):
        odd(feed, found, name, "a number")
        return ""
    return feed.intake.number(found.value, feed.at(found), name)


def date(feed: Feed, node: Node, *names: str) -> str:
    found = first(feed, node, *names)
    if found is not None and isinstance(found.value, dict):
        found = next(iter(every(found, "@value")), found)
    if found is None:
        return ""
    if not isinstance(found.value, str):
        odd(feed, found, names[0], "a date")
        return ""
    return feed.intake.date(found.value, feed.at(found), names[0])


def url_of(feed: Feed, node: Node | None, *names: str, quiet: bool = False) -> str:
    """An address that a thing gives of itself. Where it need not be there, what is none is passed over."""
    for name in names:
        for found in every(node, name):
            if quiet and not (isinstance(found.value, str) and found.value.startswith("http")):
                continue
            if url := address(feed, found, name):
                return url
    return ""


def address(feed: Feed, node: Node, name: str) -> str:
    if isinstance(node.value, dict):
        node = next(iter(every(node, "@id", "url")), node)
    if not isinstance(node.value, str) or isinstance(node.value, Number):
        odd(feed, node, name, "an address")
        return ""
    if name == "@id" and not node.value.startswith("http"):
        return ""  # a name within the file
    return feed.intake.address(node.value, feed.at(node), name)


def language(feed: Feed, node: Node) -> str:
    found = first(feed, node, "inLanguage", "languageCode")
    if found is not None and isinstance(found.value, dict):
        found = next(iter(every(found, "alternateName", "@id", "name")), found)
    if found is None:
        return ""
    if not isinstance(found.value, str):
        odd(feed, found, "inLanguage", "a language tag")
        return ""
    return feed.intake.language(found.value, feed.at(found), "inLanguage")


def odd(feed: Feed, node: Node, name: str, wanted: str) -> None:
    said = f"{name} is {said_of(node)}, not {wanted}: left out"
    feed.intake.say(feed.at(node), "import-value", Severity.WARNING, said, "mend it in the file")


def said_of(node: Node) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", Number: "a number", str: "a text"}
    return kinds.get(type(node.value), "nothing")
