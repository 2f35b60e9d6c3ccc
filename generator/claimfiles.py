"""The files below `claims/` that hold claims beside `claims.yaml`: which they are, and what their names may be.

In: the files of a project. Out: paths in the order in which their claims count. What else lies there is a problem, so
that no claim is left out unseen; names that begin with a dot are left alone, as everywhere.
"""

from itertools import islice

from .files import Files
from .limits import LIMITS
from .problems import Mark, Problem
from .texts import DEVICES, better_id, id_fault

FOLDER = "claims"
ENDING = ".yaml"
SCHEMA = "claim-file.schema.json"
"""What editors' programs know of such a file; it lies beside `claims.yaml`."""
MODELINE = "# yaml-language-server: $schema="
"""The line by which editors' programs find a schema begins with this."""


def paths(files: Files, problems: list[Problem]) -> list[str]:
    """The files of claims, by path; nothing where there is no such folder."""
    if FOLDER not in files.names(""):
        return []
    found = sorted(islice(files.below(FOLDER), LIMITS["files"] + 1))
    if len(found) > LIMITS["files"]:
        said = f'more than {LIMITS["files"]:,} files below "{FOLDER}"'
        problems.append(Problem(Mark(FOLDER), said, "put the claims into fewer files", "too-large"))
        return []
    kept = []
    for path in found:
        if path == FOLDER:
            said, help = f'"{FOLDER}" is no folder of the project', "put the folder itself there, or nothing"
            problems.append(Problem(Mark(path), said, help, "not-a-regular-file"))
        elif "/." in path:
            continue
        elif why := fault(path):
            problems.append(Problem(Mark(path), f'"{path}" is no file of claims: {why}', _better(path), "bad-id"))
        else:
            kept.append(path)
    return kept


def fault(path: str) -> str | None:
    """Why a path can't be that of a file of claims, as a clause; None where it can."""
    folder, *parts = path.split("/")
    if folder != FOLDER or not parts:
        return f'it is not below "{FOLDER}/"'
    if not parts[-1].endswith(ENDING):
        return f"its name does not end in {ENDING}"
    if len(parts) > LIMITS["depth"]:
        return f"it lies more than {LIMITS['depth']} folders deep"
    for part in (*parts[:-1], parts[-1].removesuffix(ENDING)):
        if why := id_fault(part, DEVICES):
            return f'"{part}" can\'t be a name here: {why}'
    return None


def _better(path: str) -> str:
    stem = path.removesuffix(ENDING).removesuffix(".yml")
    parts = [better_id(part) for part in stem.split("/")]
    near = "/".join(part for part in parts if part) + ENDING
    usable = path.endswith((ENDING, ".yml")) and all(parts) and fault(near) is None
    return f'rename it to "{near}"' if usable else "rename it, or keep it elsewhere"


def modeline(path: str) -> str:
    """The first line of a file of claims: it leads editors' programs to the schema, from however deep it lies."""
    return f"{MODELINE}{'../' * path.count('/')}{SCHEMA}\n"
