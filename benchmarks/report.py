"""Figures of a run -> the report: tables in Markdown, which are read as well on a terminal."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .measure import Cost
from .peers import PEERS, version
from .targets import OURS, Figures, Pages, Target, targets


def report(figures: Figures, rounds: int) -> str:
    lines = [
        "# What a build costs",
        "",
        f"Medians of {rounds} runs, the builders in turn, each from nothing and in a process of its own. All make the",
        "same pages (`benchmarks/compare.py` says how). User, system and wall time in seconds; memory in MB, the most",
        "that all processes of a run held at once; the last columns say how many times what Onrecord takes. Written by",
        "`make bench FLAGS=--write`.",
        "",
        machine(),
        "",
    ]
    for size, costs in figures.builders.items():
        lines += [f"## {size:,} claims", "", *_builders(costs, figures.pages[size]), ""]
        if size in figures.own:
            lines += [*_own(figures.own[size]), ""]
    judged = [
        (t.what, f"{t.limit:.3g} {t.unit}", f"{t.measured:.3g} {t.unit}", t.of, _verdict(t)) for t in targets(figures)
    ]
    if judged:
        lines += ["## Targets", "", *_table(("of Onrecord", "at most", "measured", "from", ""), judged), ""]
    return "\n".join(lines)


def _verdict(target: Target) -> str:
    return "met" if target.measured <= target.limit else f"missed by {target.measured / target.limit - 1:.0%}"


def machine() -> str:
    """The machine and the programs, in sentences."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    processor = next((line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    versions = ", ".join(dict.fromkeys(map(version, PEERS)))
    return (
        f"Machine: {cores} cores{f' ({processor})' if processor else ''}, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}; {versions}."
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _builders(costs: Mapping[str, Cost], sites: Mapping[str, Pages]) -> Iterator[str]:
    ours = costs[OURS]
    heads = ("", "user", "system", "wall", "memory", "pages", "bytes a page", "user, times", "user + system, times")
    rows = []
    for name, cost in costs.items():
        site = sites[name]
        size = f"{site.size / len(site.addresses):,.0f}"
        ratios = () if name == OURS else (f"{cost.user / ours.user:.2f}", f"{cost.cpu / ours.cpu:.2f}")
        rows.append((name, *_figures(cost), f"{len(site.addresses):,}", size, *(ratios or ("1", "1"))))
    return _table(heads, rows)


def _own(own: Mapping[str, Cost]) -> Iterator[str]:
    rows = [(name, *_figures(cost)) for name, cost in own.items()]
    for when, without in (("cold", "build on two cores, cold"), ("after one edit", "build after one edit")):
        both, pages = own[f"build with index, {when}"], own[without]
        index = Cost(*(max(a - b, 0) for a, b in zip(both, pages, strict=True)))
        rows.append((f"index by itself, {when}", *_figures(index)[:3], ""))
    return _table(("Onrecord", "user", "system", "wall", "memory"), rows)


def _figures(cost: Cost) -> tuple[str, str, str, str]:
    return f"{cost.user:.2f}", f"{cost.system:.2f}", f"{cost.wall:.2f}", f"{cost.memory:,.0f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for n, row in enumerate((heads, *rows)):
        cells = [
            f"{cell:>{width}}" if m else f"{cell:{width}}"
            for m, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"| {' | '.join(cells)} |"
        if not n:
            yield f"|{'|'.join('-' * (width + 1) + ('-:'[m > 0]) for m, width in enumerate(widths))}|"
