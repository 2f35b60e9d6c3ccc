"""What differs between two states of a record -> which promises to readers are broken, and what reviewers must look at.

An error is a promise broken: an address that leads nowhere, a published status, text or quotation that changed without
a dated correction, a correction that was rewritten. A warning is a change that may be right and may be a forgery,
which no program can tell. What can't be read can't be vouched for. `promises` judges an entry by itself; what takes
both states to see is here.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from . import addresses
from .changes import Entry, What
from .load import ARTICLES
from .model import Addressed, Claim, Placed, Record
from .problems import Problem, Severity
from .promises import RULES, listed
from .publication import Publication

CODES: Mapping[str, str] = {
    "unreadable": "A part of one of the two states can't be read, so nothing can be said of what changed in it.",
    "address-lost": "A published address leads nowhere. It holds for ever: former_ids, removed, or a withdrawal.",
    "uncorrected": "A claim's status, text, verdict or quotation changed without a new entry under corrections.",
    "correction-rewritten": "A published correction, withdrawal or removal was changed or taken away. Add new ones.",
    "text-and-quotation": "An article's text and a quotation from it changed together: neither proves the other.",
    "article-text": "The stored text of an article changed. It is evidence: compare it with what was printed.",
    "article-metadata": "What is known of an article (outlet, author, dates, addresses) changed.",
    "evidence-dropped": "A claim lost a piece of its evidence.",
    "stance-flipped": "An article is now said to stand otherwise to a claim.",
    "quotation-moved": "The same words are now quoted from another article.",
    "speaker-changed": "Words are now said to be somebody else's, or relayed from somebody else.",
    "date-changed": "The date of a published claim, of an article's dating or of an origin changed.",
    "entry-removed": "A published claim, article, entity or statement is gone; look at what its address leads to now.",
    "wording-changed": "A wording of a statement changed or went: words that somebody said, as an article prints them.",
    "value-changed": "The answer that an article is said to give changed.",
    "name-changed": "A person, an organisation or an outlet is now called otherwise.",
    "scale-changed": "A step of the scale of verdicts changed, and with it what every claim that carries it says.",
    "waiver-added": "A rule was waived, or the reason for it changed; it is for reviewers to judge.",
    "lock-line": "A line of articles.lock changed and the text that it is of did not, or the other way round.",
    "settings-code": "A setting that decides which code a build runs changed: a maintainer must look at it.",
}
"""What `onrecord diff` flags -> what it means."""


class Flag(NamedTuple):
    """A finding on an entry: which one, how bad it is, what happened and what to do."""

    level: Severity
    code: str
    kind: str
    id: str
    message: str
    help: str = ""


class Paired(NamedTuple):
    """Both states, with what of them could not be read."""

    old: Publication | None
    new: Publication | None
    old_unread: Iterable[Problem]
    new_unread: Iterable[Problem]


def flags(states: Paired, found: Iterable[Entry]) -> Iterator[Flag]:
    """All findings, in the order of the entries."""
    found = list(found)
    unsure: set[tuple[str, str]] = set()  # what could not be read is no evidence of anything
    for pub, unread, which in ((states.old, states.old_unread, "base"), (states.new, states.new_unread, "head")):
        level = Severity.WARNING if which == "base" and pub is not None else Severity.ERROR
        for problem in unread:
            kind, id = _owner(pub, problem) if pub else ("", "")
            unsure.add((kind, id))
            place = f"{problem.mark.path}:{problem.mark.line}"
            said = f"{which}, {place}: {problem.message}"
            yield Flag(level, "unreadable", kind, id, said, "what stands there is not compared")
    if states.old is not None and states.new is not None:
        yield from _addresses(states.old.record, states.new.record)
        yield from _articles(states.old.record, states.new.record, found)
    for entry in found:
        rule = RULES.get(entry.kind)
        both = entry.before is not None and entry.after is not None and entry.id
        if entry.kind in _PUBLISHED and entry.what is What.REMOVED:
            said = f'"{entry.id}" is gone'
            yield Flag(_WARNING, "entry-removed", entry.kind, entry.id, said, "look at what its address leads to now")
        if entry.kind == "settings" and not both:
            said = f'"{entry.id}" was {entry.what}'
            yield Flag(_WARNING, "settings-code", entry.kind, entry.id, said, "a maintainer must look at it")
        if entry.kind == "ratings" and entry.before is not None and states.new is not None:
            yield from _rating(entry, states.new.record)
        if rule and both and (entry.kind, entry.id) not in unsure:
            for level, code, message, help in rule(entry):
                yield Flag(level, code, entry.kind, entry.id, message, help)
        if entry.what is not What.REMOVED:
            yield from _waivers(entry)


_PUBLISHED = {"claims", "articles", "entities", "statements"}
_WARNING = Severity.WARNING


def _owner(pub: Publication, problem: Problem) -> tuple[str, str]:
    """The entry in which a problem lies: the last that begins before it."""
    path, line = problem.mark[:2]
    if path.startswith(f"{ARTICLES}/"):
        return "articles", path.removeprefix(f"{ARTICLES}/").removesuffix(".md")
    lists = ("topics", "publishers", "entities", "origins", "articles", "statements", "claims")
    items = ((name, item) for name in lists for item in getattr(pub.record, name))
    starts = sorted((item.at().line, name, item.id) for name, item in items if item.path == path)
    n = bisect_right(starts, (line, "~", ""))
    return starts[n - 1][1:] if n else ("", "")


_KINDS = {Addressed.CLAIM: "claims", Addressed.SOURCE: "articles", Addressed.ENTITY: "entities"}


def _addresses(old: Record, new: Record) -> Iterator[Flag]:
    """Every address that was published is answered for ever, and stays on the list of them."""
    owners = {
        addresses.address(kind, id): (_KINDS.get(kind, "statements"), item.id)
        for kind, items in addresses.items(old)
        for item in items
        for id in (*item.former_ids, item.id)
    }
    there, locked = addresses.answered(new), set(new.addresses)
    for line in sorted(addresses.answered(old).union(old.addresses)):
        kind, id = owners.get(line, ("addresses", ""))
        if line not in there:
            help = 'withdraw a claim and keep it; else name the id under "former_ids", or under "removed" with a reason'
            yield Flag(Severity.ERROR, "address-lost", kind, id, f'"{line}" leads nowhere any more', help)
        elif line in old.addresses and line not in locked:
            said = f'"{line}" was struck from {addresses.LOCK}'
            yield Flag(Severity.ERROR, "address-lost", kind, id, said, "put the line back")


def _rating(entry: Entry, new: Record) -> Iterator[Flag]:
    """A step of the scale that changed under claims that carry it."""
    carried = [claim.id for claim in new.claims if any(verdict.rating == entry.id for verdict in claim.verdict)]
    if carried and entry.after is not None:
        names = listed([change.path[0].replace("_", " ") for change in entry.changes if change.path])
        said = (
            f"{names} changed under {len(carried)} verdict{'' if len(carried) == 1 else 's'}: {', '.join(carried[:5])}"
        )
        yield Flag(_WARNING, "scale-changed", entry.kind, entry.id, said, "correct each claim whose verdict changed")


def _articles(old: Record, new: Record, found: list[Entry]) -> Iterator[Flag]:
    """Where an article's text and a quotation from it changed together, or a text and its lock did not."""
    texts = {article.id: article.body for article in old.articles if not article.linked}
    changed = {article.id for article in new.articles if article.id in texts and article.body != texts[article.id]}
    for entry in found:
        if entry.kind in ("claims", "statements") and entry.id and entry.what is not What.REMOVED:
            quoted = _quotations(entry.after) - (_quotations(entry.before) if entry.before else set())
            for name in sorted({name for name, _ in quoted} & changed):
                said = f'the text of "{name}" and a quotation from it changed together'
                help = "compare both with what was printed: that they agree proves nothing"
                yield Flag(_WARNING, "text-and-quotation", entry.kind, entry.id, said, help)
    for name in sorted({*old.locks, *new.locks}):
        relocked = name in old.locks and name in new.locks and old.locks[name] != new.locks[name]
        if relocked != (name in changed) and name in texts:
            what = (
                "the lock line changed and the text did not" if relocked else "the text changed and its lock line not"
            )
            yield Flag(_WARNING, "lock-line", "locks", "", f'{what}: "{name}"', 'run "onrecord lock"')


def _quotations(record: Claim | Any) -> set[tuple[str, tuple[str, ...]]]:
    """Article and words of all that a claim or a statement quotes."""
    if isinstance(record, Claim):
        return {(e.article, e.quote) for e in record.evidence}
    return {(w.article, w.exact) for w in (*filter(None, [record.canonical]), *record.variants)}


def _waivers(entry: Entry) -> Iterator[Flag]:
    before: Mapping[str, str] = getattr(entry.before, "waivers", {}) if isinstance(entry.before, Placed) else {}
    after: Mapping[str, str] = getattr(entry.after, "waivers", {}) if isinstance(entry.after, Placed) else {}
    for rule in after:
        if after[rule] != before.get(rule):
            yield Flag(_WARNING, "waiver-added", entry.kind, entry.id, f'"{rule}" is waived: {after[rule]}')
