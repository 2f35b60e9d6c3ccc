"""New records in a text of YAML, where an editor would put them: the text anew in canonical form, comments kept.

In: the text of a record that can be read, and plain values by the names of fields. Nothing is checked here but what
the place needs; `faults` says beforehand what the reader would say.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .canon import written_claims
from .edit import Node, item, node, parse, written
from .load import RECORD, unresolved
from .model import Article, Evidence, Placed, Record
from .problems import Problem
from .reader import Reader, Reference, Stop

EVIDENCE_DEPTH = 3
"""How deep a piece of evidence stands in a record: claims, a claim, evidence."""


def faults(cls: type[Placed], fields: Mapping[str, Any], record: Record) -> list[Problem]:
    """What the reader would say of a new record of this kind."""
    problems: list[Problem] = []
    references: list[Reference] = []
    text = "\n".join(line[2:] for line in item(cls, fields).split("\n"))
    try:
        Reader(RECORD, text, problems, references).document(cls, f"the {cls.__name__.lower()}")
    except Stop:
        return problems
    return [*problems, *unresolved(record, references)]


def home(record: Record, topic: str | None) -> str:
    """The file for a new claim: the one that has most of its topic, the first of equals; else `claims.yaml`."""
    found = Counter(claim.path for claim in record.claims if claim.topic == topic)
    return found.most_common(1)[0][0] if found else RECORD


def with_claim(text: str, fields: Mapping[str, Any], topics: Sequence[str], path: str = RECORD) -> str:
    """A file with a claim more: behind the last of its topic, else before later topics, else at the end."""
    root, comments = parse(text)
    claims = _list(root, "claims")
    order = {topic: n for n, topic in enumerate(topics)}
    last = len(order)
    mine = order.get(str(fields.get("topic", "")), last)
    ranks = [order.get(_text(claim, "topic"), last) for claim in claims]
    same = [n for n, rank in enumerate(ranks) if rank == mine]
    later = [n for n, rank in enumerate(ranks) if rank > mine]
    at = same[-1] + 1 if same else later[0] if later else len(claims)
    claims.insert(at, node(fields))
    return written_claims(path, root, comments)


def with_evidence(text: str, claim: str, fields: Mapping[str, Any], path: str = RECORD) -> str:
    """A file with a piece of evidence more, the last of its claim. Raises KeyError where there is no such claim."""
    root, comments = parse(text)
    for found in _list(root, "claims"):
        if _text(found, "id") == claim:
            _list(found, "evidence").append(node(fields))
            return written_claims(path, root, comments)
    raise KeyError(claim)


def front_of(text: str, id: str) -> str:
    """What a record says of a linked article, as front matter."""
    root, _ = parse(text)
    found = next(article for article in _list(root, "articles") if _text(article, "id") == id)
    kept = [pair for pair in found.pairs if pair[0].value != "id"]
    return written(Node(kept, mapping=True), [], Article)


def without_article(text: str, id: str) -> str:
    """The record without a linked article, and without the list of them where it was the last."""
    root, comments = parse(text)
    listed = _list(root, "articles")
    listed[:] = [article for article in listed if _text(article, "id") != id]
    if root is not None and not listed:
        root.value = [pair for pair in root.pairs if pair[0].value != "articles"]
    return written(root, comments)


def with_entries(
    text: str,
    lists: Mapping[str, Iterable[Mapping[str, Any]]],
    claims: Mapping[str, Mapping[str, Iterable[Mapping[str, Any]]]],
    path: str = RECORD,
) -> str:
    """A file with entries more, each at the end of its list; `claims` are entries for lists of claims, by id."""
    root, comments = parse(text)
    for name, added in lists.items():
        _list(root, name).extend(node(fields) for fields in added)
    for claim in _list(root, "claims") if claims else ():
        for name, added in claims.get(_text(claim, "id"), {}).items():
            _list(claim, name).extend(node(fields) for fields in added)
    return written_claims(path, root, comments)


def with_fields(text: str, fields: Mapping[str, Any]) -> str:
    """A front matter with these fields in place of what it says of them; an empty value takes a field away."""
    root, comments = parse(text)
    root = root or Node([], mapping=True)
    kept = [(key, value) for key, value in root.pairs if key.value not in fields]
    root.value = kept + [(node(name), node(value)) for name, value in fields.items() if value]
    return written(root, comments, Article)


def evidence(fields: Mapping[str, Any]) -> str:
    """A piece of evidence as it stands in a record, ready to be pasted below `evidence:`."""
    return item(Evidence, fields, EVIDENCE_DEPTH)


def _text(mapping: Node, name: str) -> str:
    return next((str(value.value) for key, value in mapping.pairs if key.value == name), "")


def _list(mapping: Node | None, name: str) -> list[Node]:
    """The items under a key, which is added where it is missing: what is done to them is done to the document."""
    if mapping is None or not mapping.mapping:
        raise ValueError("not a mapping")
    held = next((value for key, value in mapping.pairs if key.value == name), None)
    if held is None:
        held = node([])
        mapping.value = [*mapping.pairs, (node(name), held)]
    if isinstance(held.value, str) or held.mapping:  # one entry, or nothing, where a list may stand
        held.value, held.mapping = [replace(held)] if held.value else [], False
    items = held.items
    held.value = items
    return items
