"""A published address never vanishes: a page, a redirect or a tombstone answers for each line of `addresses.lock`.

Readers have linked to it, and other sites show its badge. A claim that no longer stands is withdrawn and keeps its
page. Whatever got another id lists the old one under `former_ids`. What had to go whole (by order of a court, say) is
named under `removed`, with the reason that readers are told at its address.

Wrong: claim sale-deadline deleted
Right: claim sale-deadline with withdrawn, or its id under former_ids
"""

from collections.abc import Iterator

from ..addresses import LOCK, answered
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.ERROR
_HELP = (
    'put the id under "former_ids" of what took its place, or under "removed" with a reason; '
    "only an address that was never published may be struck here"
)


def check(pub: Publication) -> Iterator[Problem]:
    record = pub.record
    there = answered(record)
    for n, address in enumerate(record.addresses):
        if address not in there:
            mark = record.at("addresses", n)._replace(path=LOCK)
            yield Problem(mark, f'"{address}" was published, and nothing answers there any more', _HELP)
