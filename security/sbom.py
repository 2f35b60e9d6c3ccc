"""`requirements.lock` and what is installed from it -> a bill of materials, CycloneDX 1.6 as JSON.

    python security/sbom.py FILE

Each line of the lock is a component with its hashes and licence. What runs where the package is installed is
"required", what its option `html` adds "optional", what only builds and tests it "excluded". The same lock gives the
same bytes: the serial number is made of it, and the clock is not read. Exit code 1 with the reason where the lock and
the installation differ, or the schema refuses the result.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
OURS = "onrecord"
_LINE = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+))?((?: *\\\n +--hash=sha256:[0-9a-f]{64})+)", re.M)


class Locked(NamedTuple):
    """A line of the lock."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def locked(text: str) -> Iterator[Locked]:
    """The lines of a lock that has hashes."""
    for name, version, marker, hashes in _LINE.findall(text):
        yield Locked(canonicalize_name(name), version, marker.strip(), tuple(re.findall(r"[0-9a-f]{64}", hashes)))


def needed(extras: frozenset[str]) -> set[str]:
    """Names of what an installation of ours needs, whatever the system, with everything that these need in turn."""
    found: set[str] = set()
    waiting = [(OURS, extras)]
    while waiting:
        name, wanted = waiting.pop()
        for requirement in requirements(name, wanted):
            below = canonicalize_name(requirement.name)
            if below not in found:
                found.add(below)
                waiting.append((below, frozenset(requirement.extras)))
    return found


def requirements(name: str, extras: frozenset[str] = frozenset()) -> Iterator[Requirement]:
    """What a package asks for; nothing of one that is not installed, as another system's."""
    known = installed()
    for text in (known[name].requires or []) if name in known else []:
        requirement = Requirement(text)
        marker = str(requirement.marker or "")
        if "extra ==" not in marker or any(f'"{extra}"' in marker for extra in extras):
            yield requirement


@cache
def installed() -> dict[str, Distribution]:
    return {canonicalize_name(d.name): d for d in distributions()}


def bill(text: str) -> Bom:
    """The bill of materials of a lock. Raises ValueError where what is installed is not what it locks."""
    known = installed()
    runs, option = needed(frozenset()), needed(frozenset({"html"}))
    parts: dict[str, list[Component]] = {}
    licences = LicenseFactory()
    for line in locked(text):
        found = known.get(line.name)
        if found is not None and not line.marker and found.version != line.version:
            raise ValueError(f"{line.name} {found.version} is installed, {line.version} is locked")
        scope = (
            ComponentScope.REQUIRED
            if line.name in runs
            else ComponentScope.OPTIONAL
            if line.name in option
            else ComponentScope.EXCLUDED
        )
        purl = PackageURL("pypi", None, line.name, line.version)
        files = ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION,
            url=XsUri(purl.to_string()),
            comment="the files that the lock accepts",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in line.hashes],
        )
        licence = found.metadata["License-Expression"] if found is not None else None
        component = Component(
            type=ComponentType.LIBRARY,
            name=line.name,
            version=line.version,
            bom_ref=purl.to_string(),
            purl=purl,
            scope=scope,
            licenses=[licences.make_from_string(licence)] if licence else (),
            external_references=[files],
        )
        parts.setdefault(line.name, []).append(component)
    ours = distribution(OURS)
    whole = Component(
        type=ComponentType.APPLICATION,
        name=OURS,
        version=ours.version,
        bom_ref=OURS,
        purl=PackageURL("pypi", None, OURS, ours.version),
        licenses=[licences.make_from_string(ours.metadata["License-Expression"])],
    )
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, hashlib.sha256(text.encode()).hexdigest()))
    bom.metadata.component = whole
    for name, components in {OURS: [whole], **parts}.items():
        extras = frozenset({"html", "dev"}) if name == OURS else frozenset()
        below = {canonicalize_name(requirement.name) for requirement in requirements(name, extras)}
        for component in components:
            if component is not whole:
                bom.components.add(component)
            bom.register_dependency(component, [part for other in sorted(below) for part in parts.get(other, ())])
    return bom


def document(text: str) -> str:
    """The bill of materials as JSON, without the time at which it was made."""
    data = json.loads(JsonV1Dot6(bill(text)).output_as_string())
    data["metadata"].pop("timestamp", None)
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def faults(text: str) -> str | None:
    """What the schema of CycloneDX 1.6 says against a document; None where it is valid."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return None if error is None else str(error)


if __name__ == "__main__":
    try:
        made = document((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    except ValueError as reason:
        sys.exit(f"no bill of materials: {reason}; run make ready")
    if fault := faults(made):
        sys.exit(f"no bill of materials: {fault[:2000]}")
    Path(sys.argv[1]).write_text(made, encoding="utf-8")
