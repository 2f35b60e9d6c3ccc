"""What the figures of a run are held against, in the order in which they are printed."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from .measure import Cost

OURS = "Onrecord"


class Pages(NamedTuple):
    addresses: list[str]
    size: int
    """Bytes of all pages."""


class Figures(NamedTuple):
    """All that a run measured, by size."""

    builders: dict[int, Mapping[str, Cost]]
    """Of each builder, by name."""
    pages: dict[int, Mapping[str, Pages]]
    own: dict[int, Mapping[str, Cost]]
    """Of Onrecord's other work."""


class Target(NamedTuple):
    what: str
    limit: float
    """The most that it may be."""
    measured: float
    unit: str = ""
    of: str = ""
    """What a ratio is made of."""


_SECONDS = {
    "check, cold": 8.0,
    "check after one edit": 1.0,
    "build after no change": 1.0,
    "build after one edit": 1.5,
}
"""Of CPU, for what Onrecord does with 10,000 claims."""


def targets(figures: Figures) -> Iterator[Target]:
    """Those for which the run has figures."""
    for size, costs in figures.builders.items():
        yield from _beside(size, costs)
    for small, large in pairwise(sorted(size for size in figures.builders if size >= 1000)):
        first, last = (figures.builders[size][OURS].cpu for size in (small, large))
        growth = math.log(last / first) / math.log(large / small)
        yield Target(f"exponent of growth, {small:,} to {large:,}", 1.05, growth, of=f"{first:.2f} s, {last:.2f} s")
    for size, own in figures.own.items():
        yield from _alone(size, own)


def _beside(size: int, costs: Mapping[str, Cost]) -> Iterator[Target]:
    ours, hugo = costs[OURS], costs.get("Hugo")
    at = f"at {size:,}"
    if hugo and size == 1000:
        yield _ratio(f"user CPU, to Hugo's, {at}", 1.5, ours.user, hugo.user)
    if hugo and size == 10_000:
        yield _ratio(f"user CPU, to Hugo's, {at}", 0.7, ours.user, hugo.user)
        yield _ratio(f"user and system CPU, to Hugo's, {at}", 1, ours.cpu, hugo.cpu)
    for name in ("MkDocs + Material", "Zensical"):
        if name in costs and size >= 1000:
            yield _ratio(f"user CPU, to that of {name}, {at}", 1 / 15, ours.user, costs[name].user)
    if size == 100:
        yield Target(f"user CPU of a cold build {at}", 1, ours.user, "s")
    if size == 100_000:
        yield Target(f"CPU of a cold build {at}", 120, ours.cpu, "s")
    if size in (most := {10_000: 400, 100_000: 1500}):
        yield Target(f"memory {at}", most[size], ours.memory, "MB")


def _alone(size: int, own: Mapping[str, Cost]) -> Iterator[Target]:
    at = f"at {size:,}"
    if size == 10_000:
        for name, most in _SECONDS.items():
            yield Target(f"CPU: {name}, {at}", most, own[name].cpu, "s")
    if size >= 1000:
        one, two = own["build on one core, cold"].wall, own["build on two cores, cold"].wall
        yield _ratio(f"wall time, two cores to one, {at}", 0.65, two, one)


def _ratio(what: str, limit: float, part: float, whole: float) -> Target:
    return Target(what, limit, part / whole, of=f"{part:.2f} s of {whole:.2f} s")
