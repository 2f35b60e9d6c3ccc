"""The rules of the record, one file each. `RULES` is written out, so that reading and searching find them.

A rule is a module with a docstring (what `onrecord explain` prints), a `SEVERITY` and a `check` that yields problems;
its id is its file name with hyphens. A rule that asks what all the evidence of a claim together holds says `NEEDS_ALL`:
where an article of it can't be read, it waits. `run` stamps id and severity and drops what the record waives with a
reason. Errors can't be waived: they mean that the record and its evidence part.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import getdoc
from typing import Any

from ..model import Article, Claim, Statement
from ..problems import Problem, Severity, in_order
from ..publication import Publication

RULES = (
    "address_unlisted",
    "address_vanished",
    "articles_lock",
    "canonical_paraphrase",
    "date_basis",
    "date_stance",
    "hedge_added",
    "hedge_in_article",
    "hedge_missing",
    "mixed_script",
    "near_duplicate",
    "no_date",
    "noise_line",
    "not_atomic",
    "opposite_stances",
    "order_conflict",
    "order_unknown",
    "overclaim",
    "paraphrase_only",
    "quote_cut",
    "quote_in_quote",
    "quote_length",
    "quote_negated",
    "quote_question",
    "quote_unverified",
    "quote_verbatim",
    "repeated_evidence",
    "reprint_chain",
    "single_origin",
    "two_speakers",
    "undeclared_reprint",
    "value_stance",
    "values_differ",
    "verdict_scale",
    "would_change",
)
UNUSED = "waiver-unused"


def rule_id(name: str) -> str:
    return name.replace("_", "-")


def rules() -> dict[str, Any]:
    """The rules' modules by id."""
    return {rule_id(name): import_module(f".{name}", __name__) for name in RULES}


def explain(code: str) -> str | None:
    """What a rule asks and why, as its file says it; None for an unknown one."""
    if code == UNUSED:
        return (
            "A waiver that waives nothing.\n\nIts rule does not exist, is an error that can't be waived, or no longer "
            "finds anything there. A waiver left behind would hide the next finding; delete it."
        )
    module = rules().get(code)
    return getdoc(module) if module else None


def set_aside(waivers: Mapping[str, str]) -> list[tuple[str, str]]:
    """What rules ask that a record waives, as a sentence, each with its reason: readers see both."""
    known = rules()
    return [((getdoc(known[code]) or "").split("\n")[0], why) for code, why in waivers.items() if code in known]


def run(pub: Publication) -> list[Problem]:
    """Checks a publication by every rule. Problems come in order of their places."""
    found: list[Problem] = []
    used: set[tuple[str, str]] = set()
    known = rules()
    waiving = _waiving(pub)
    unread = _unread(pub)
    for code, rule in known.items():
        severity: Severity = rule.SEVERITY
        for problem in rule.check(pub):
            if problem.subject in unread and getattr(rule, "NEEDS_ALL", False):
                continue
            if severity is not Severity.ERROR and code in getattr(waiving.get(problem.subject), "waivers", ()):
                used.add((problem.subject, code))
            else:
                found.append(problem.stamped(code, severity))
    found += _unused(waiving, used, known)
    return in_order(found)


def _waiving(pub: Publication) -> dict[str, Claim | Article | Statement]:
    """The records that waive something, by what a problem calls its subject."""
    every: list[tuple[str, Claim | Article | Statement]] = [
        *((review.claim.id, review.claim) for review in pub.reviews),
        *((f"articles/{article.id}", article) for article in pub.record.articles),
        *((f"statements/{said.statement.id}", said.statement) for said in pub.said),
    ]
    waiving: dict[str, Claim | Article | Statement] = {}
    for subject, record in every:
        if record.waivers:
            waiving.setdefault(subject, record)
    return waiving


def _unread(pub: Publication) -> set[str]:
    """Claims with evidence from an article that could not be read: what they lack may stand there."""
    return {review.claim.id for review in pub.reviews for cited in review.cited if cited.article is None}


def _unused(
    waiving: Mapping[str, Claim | Article | Statement], used: set[tuple[str, str]], known: Mapping[str, Any]
) -> Iterator[Problem]:
    for subject, record in waiving.items():
        for n, code in enumerate(record.waivers):
            if (subject, code) in used:
                continue
            if code not in known:
                why = f'no rule is called "{code}"'
            elif known[code].SEVERITY is Severity.ERROR:
                why = f'"{code}" is an error and can\'t be waived'
            else:
                why = f'"{code}" finds nothing here'
            yield Problem(record.at("waivers", n), why, "delete the waiver", UNUSED, Severity.WARNING, subject)
