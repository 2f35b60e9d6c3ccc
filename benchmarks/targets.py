"""What the figures of a run are held against: limit, measured, met or missed."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from .measure import Cost
from .report import OURS, Figures


class Target(NamedTuple):
    what: str
    limit: float
    """The most that it may be."""
    measured: float
    unit: str = ""


def targets(figures: Figures) -> Iterator[Target]:
    """The targets for which the run has figures."""
    for size, costs in figures.builders.items():
        yield from _beside(size, costs)
    sizes = sorted(size for size in figures.builders if size >= 1000)
    for small, large in pairwise(sizes):
        first, last = (figures.builders[size][OURS].cpu for size in (small, large))
        exponent = math.log(last / first) / math.log(large / small)
        yield Target(f"exponent of growth, {small:,} to {large:,}", 1.05, exponent)
    for size, own in figures.own.items():
        yield from _alone(size, own)


def _beside(size: int, costs: Mapping[str, Cost]) -> Iterator[Target]:
    ours, hugo = costs[OURS], costs.get("Hugo")
    at = f"at {size:,}"
    if hugo and size == 1000:
        yield Target(f"user CPU, ours to Hugo's, {at}", 1.5, ours.user / hugo.user)
    if hugo and size == 10_000:
        yield Target(f"user CPU, ours to Hugo's, {at}", 0.7, ours.user / hugo.user)
        yield Target(f"user and system CPU, ours to Hugo's, {at}", 1.0, ours.cpu / hugo.cpu)
    for name in ("MkDocs + Material", "Zensical"):
        if name in costs and size >= 1000:
            yield Target(f"user CPU, ours to {name}'s, {at}", 1 / 15, ours.user / costs[name].user)
    if size == 100:
        yield Target(f"user CPU of a cold build {at}", 1.0, ours.user, "s")
    if size in (most := {10_000: 400, 100_000: 1500}):
        yield Target(f"memory {at}", most[size], ours.memory, "MB")
    if size == 100_000:
        yield Target(f"CPU of a cold build {at}", 120, ours.cpu, "s")


def _alone(size: int, own: Mapping[str, Cost]) -> Iterator[Target]:
    at = f"at {size:,}"
    if size == 10_000:
        for name, most in (
            ("check, cold", 8),
            ("check after one edit", 1),
            ("build after no change", 1),
            ("build after one edit", 1.5),
        ):
            yield Target(f"CPU: {name}, {at}", most, own[name].cpu, "s")
    one, two = own["build on one core, cold"], own["build on two cores, cold"]
    if size >= 1000:
        yield Target(f"wall time, two cores to one, {at}", 0.65, two.wall / one.wall)
