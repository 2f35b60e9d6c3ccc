"""Problems as reports: `REPORTS` has them all, those of `problems` and SARIF, which tells what each code means.

SARIF 2.1.0 is what code scanning services and editors read. Paths are relative to the project, places count characters,
and a finding keeps its fingerprint when lines above it come and go.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import quote as percent

from .explain import explain
from .problems import REPORTS as PLAIN
from .problems import Problem, Severity, Sources, visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 5000
"""Results of a run that GitHub shows; it refuses a run of more than five times as many."""
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def as_sarif(problems: Iterable[Problem], sources: Sources) -> str:
    """For code scanning: one run with its problems and the meaning of each code that they carry; it says if some are
    left out."""
    problems = list(problems)
    left_out = len(problems) - MOST
    problems = problems[:MOST]
    codes = sorted({problem.code for problem in problems})
    place = {code: n for n, code in enumerate(codes)}
    seen: dict[str, int] = {}
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "onrecord", "version": version("onrecord"), "rules": [_rule(c) for c in codes]}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the publication."}}},
        "results": [_result(problem, place[problem.code], sources, seen) for problem in problems],
    }
    if left_out > 0:
        said = {"level": "warning", "message": {"text": f"... and {left_out} more"}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [said]}]
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    said = "\n".join(map(visible, (explain(code) or code).split("\n")))
    first, _, rest = said.partition("\n")
    return {
        "id": code,
        "shortDescription": {"text": first},
        "fullDescription": {"text": rest.strip() or first},
        "help": {"text": said},
    }


def _result(problem: Problem, rule: int, sources: Sources, seen: dict[str, int]) -> dict[str, Any]:
    mark = problem.mark
    line = sources.line(mark) or ""
    length = max(mark.length, 1)
    region: dict[str, Any] = {
        "startLine": mark.line,
        "startColumn": mark.column,
        "endColumn": mark.column + length,
    }
    words = line[mark.column - 1 : mark.column - 1 + length]
    if words.strip():
        region["snippet"] = {"text": visible(words)}
    lasting = "\0".join((problem.code, mark.path, problem.subject, problem.message, words))
    found = hashlib.sha256(lasting.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[found] = seen.get(found, 0) + 1
    message = visible(problem.message) + (f" ({visible(problem.help)})" if problem.help else "")
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": percent(mark.path.encode("utf-8", "replace")), "uriBaseId": _ROOT},
                    "region": region,
                }
            }
        ],
        "partialFingerprints": {"onrecord/v1": f"{found}:{seen[found]}"},
    }


REPORTS: Mapping[str, Callable[[Iterable[Problem], Sources], str]] = {**PLAIN, "sarif": as_sarif}
