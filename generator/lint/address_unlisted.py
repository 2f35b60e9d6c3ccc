"""Every address of the site stands in `addresses.lock`, so that it can't vanish unseen once it is published.

A publication without that file has published nothing yet. `onrecord lock` writes it and adds what is new; it never
takes an address away.

Wrong: a claim whose address is no line of addresses.lock
Right: the line that "onrecord lock" adds
"""

from collections.abc import Iterator

from ..addresses import LOCK, living
from ..problems import Mark, Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING
_NAMED = 5


def check(pub: Publication) -> Iterator[Problem]:
    listed = pub.record.addresses
    if listed and (new := sorted(living(pub.record).difference(listed))):
        named = ", ".join(f'"{address}"' for address in new[:_NAMED])
        more = f" and {len(new) - _NAMED} more" if len(new) > _NAMED else ""
        yield Problem(Mark(LOCK), f"not listed yet: {named}{more}", 'run "onrecord lock"')
