"""The rules of the record, one file each. `RULES` is written out, so that reading and searching find them.

A rule is a module with a docstring (what `onrecord explain` prints), a `SEVERITY` and a `check` that yields problems;
its id is its file name with hyphens. `run` stamps id and severity and drops what the record waives with a reason.
Errors can't be waived: they mean that the record and its evidence part.
"""

from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc
from typing import Any

from ..problems import Problem, Severity, in_order
from ..publication import Publication

RULES = (
    "articles_lock",
    "canonical_paraphrase",
    "date_basis",
    "date_stance",
    "hedge_in_article",
    "no_date",
    "opposite_stances",
    "order_conflict",
    "paraphrase_only",
    "quote_length",
    "quote_verbatim",
    "reprint_chain",
    "single_origin",
    "two_speakers",
    "undeclared_reprint",
    "value_stance",
    "values_differ",
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
            "finds anything in that claim. A waiver left behind would hide the next finding; delete it."
        )
    module = rules().get(code)
    return getdoc(module) if module else None


def run(pub: Publication) -> list[Problem]:
    """Checks a publication by every rule. Problems come in order of their places."""
    found: list[Problem] = []
    used: set[tuple[str, str]] = set()
    known = rules()
    waived = {review.claim.id: review.claim.waivers for review in pub.reviews if review.claim.waivers}
    for code, rule in known.items():
        severity: Severity = rule.SEVERITY
        for problem in rule.check(pub):
            if severity is not Severity.ERROR and code in waived.get(problem.subject, ()):
                used.add((problem.subject, code))
            else:
                found.append(problem.stamped(code, severity))
    found += _unused(pub, used, known)
    return in_order(found)


def _unused(pub: Publication, used: set[tuple[str, str]], known: dict[str, Any]) -> Iterator[Problem]:
    for review in pub.reviews:
        claim = review.claim
        for n, code in enumerate(claim.waivers):
            if (claim.id, code) in used:
                continue
            if code not in known:
                why = f'no rule is called "{code}"'
            elif known[code].SEVERITY is Severity.ERROR:
                why = f'"{code}" is an error and can\'t be waived'
            else:
                why = f'"{code}" finds nothing in this claim'
            yield Problem(claim.at("waivers", n), why, "delete the waiver", UNUSED, Severity.WARNING, claim.id)
