"""How much is read of a file and of a record, so that none can cost more than it is worth.

Whoever runs the program may set other numbers, in the environment: `ONRECORD_LIMITS="claims=300000 depth=20"`. A record
can't: it is written by strangers.
"""

import re
from collections.abc import Mapping

KIB = 1024
_LIMITS = {
    "file": 64 * KIB * KIB,  # bytes of a file
    "article": 4 * KIB * KIB,  # bytes of an article, or of a hand-written page
    "depth": 16,  # levels of nesting
    "scalar": 64 * KIB,  # characters of a value
    "quote": 8 * KIB,  # characters of a part of a quotation
    "typed": KIB * KIB,  # characters as typed from one value to the next, with all escapes and comments
    "claims": 200_000,  # of a record
    "files": 10_000,  # below `claims/`
    "record": 256 * KIB * KIB,  # characters of these files together
    "list": 10_000,  # texts of one list
    "values": 1_000_000,  # values of all lists of a file
    "problems": 10_000,  # of a file
    "skipped": 100_000,  # values of a file that no field wants
}
LIMITS: Mapping[str, int] = _LIMITS
VARIABLE = "ONRECORD_LIMITS"
_SETTING = re.compile(r"(\w+)=([1-9][0-9]{0,11})")


def set_limits(said: str) -> None:
    """Sets what the words of a text say, "name=number" each. Raises ValueError, whose text says what is wrong."""
    wanted = {}
    for word in said.split():
        found = _SETTING.fullmatch(word)
        if found is None:
            raise ValueError(f'"{word}" is not a name and a whole number, as in claims=300000')
        if found[1] not in LIMITS:
            raise ValueError(f'there is no limit "{found[1]}"; there are {", ".join(LIMITS)}')
        wanted[found[1]] = int(found[2])
    _LIMITS.update(wanted)
