"""Record -> the addresses of its claims, sources, entities and statements; and `addresses.lock`, which keeps them.

An address, once published, answers for ever: with a page, with a redirect from a former id, or with a tombstone, the
page of a removed one that says when and why it went. The lock has a line an address, sorted, and only ever grows.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from .model import Addressed, Article, Claim, Entity, Record, Statement
from .problems import Mark, Problem

LOCK = "addresses.lock"
_PATTERNS = {
    Addressed.CLAIM: "claims/{}/",
    Addressed.SOURCE: "sources/{}/",
    Addressed.ENTITY: "entities/{}/",
    Addressed.STATEMENT: "statements/#{}",
}
LINE = re.compile(r"(?:(?:claims|sources|entities)/[a-z0-9][a-z0-9-]{0,79}/|statements/#[a-z0-9][a-z0-9-]{0,79})")


def address(kind: Addressed, id: str) -> str:
    """Relative to the site."""
    return _PATTERNS[kind].format(id)


def items(record: Record) -> Iterator[tuple[Addressed, Sequence[Claim | Article | Entity | Statement]]]:
    """What has an address of its own, by kind."""
    yield Addressed.CLAIM, record.claims
    yield Addressed.SOURCE, record.articles
    yield Addressed.ENTITY, record.entities
    yield Addressed.STATEMENT, record.statements


def living(record: Record) -> set[str]:
    """The addresses that have a page, or their place on one."""
    return {address(kind, item.id) for kind, listed in items(record) for item in listed}


def answered(record: Record) -> set[str]:
    """All addresses that the site answers for: the living, those of former ids, and the removed."""
    former = {address(kind, id) for kind, listed in items(record) for item in listed for id in item.former_ids}
    return living(record) | former | {address(gone.kind, gone.id) for gone in record.removed}


def lock_text(addresses: Iterable[str]) -> str:
    """The content of `addresses.lock`."""
    return "".join(f"{line}\n" for line in sorted(set(addresses)))


def lost(base: Record, head: Record) -> Iterator[Problem]:
    """What a change takes away from the published addresses of its base, which it can't be the judge of itself."""
    listed, there = set(head.addresses), answered(head)
    for line in sorted(living(base).union(base.addresses)):
        if line not in there and line not in listed:  # else the list itself says so, at its line
            said = f'"{line}" is published, and nothing answers there any more'
            help = 'put the id under "former_ids" of what took its place, or under "removed" with a reason'
            yield Problem(Mark(LOCK), said, help, "address-struck")
        elif line in base.addresses and line not in listed:
            said = f'"{line}" was struck from the list of published addresses'
            yield Problem(Mark(LOCK), said, "put the line back", "address-struck")
