"""The same publication, built by Onrecord and by its peers: `make bench SIZES="1000 10000"`.

    python -m benchmarks.compare 1000 10000 [--peers "hugo zensical"] [--rounds 3] [--write]

A synthetic record is built by Onrecord; its pages, taken apart, are what each peer is given (`moulds`, `peers`). Then
all build from nothing, in turn, each run in a process of its own, and the medians are printed, with what else Onrecord
is asked to do (`own`) and the targets (`targets`). A peer whose pages are not at the same addresses and of about the
same size makes the run fail. Files that are no pages (badges, data, pictures) are given to peers finished, and copied
by them; Onrecord makes them anew. `--write` puts the report into benchmarks/RESULTS.md.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import own
from .measure import Cost, median, run
from .peers import PEERS, install, short
from .report import report
from .stages import memory
from .targets import OURS, Figures, Pages

LARGEST = 10_000
"""Larger publications are built by Onrecord only: some peers would take hours."""
ALIKE = 0.15
"""By how much the bytes of a peer's pages may differ from ours."""
RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Measures, prints and, if asked, writes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description="Onrecord beside its peers.")
    parser.add_argument("sizes", nargs="*", type=int, default=[1000], metavar="SIZE", help="number of claims (1000)")
    parser.add_argument("--peers", default=" ".join(map(short, PEERS)), help='which: "%(default)s"')
    parser.add_argument("--rounds", type=int, default=3, help="how often each builds; the median counts (%(default)s)")
    parser.add_argument("--only-builds", action="store_true", help="leave out what else Onrecord is asked to do")
    parser.add_argument("--write", action="store_true", help=f"write the report into {RESULTS.name} too")
    asked = parser.parse_args()
    peers = [short(peer) for peer in PEERS if short(peer) in asked.peers.split()]
    figures = Figures({}, {}, {})
    for size in sorted(asked.sizes):
        _measure(size, peers if size <= LARGEST else [], asked.rounds, figures, not asked.only_builds)
    text = report(figures, asked.rounds)
    print(text)
    if asked.write:
        RESULTS.write_text(text)
    if wrong := unlike(figures):
        sys.exit("\n".join(wrong))


def _measure(size: int, peers: Sequence[str], rounds: int, figures: Figures, with_own: bool) -> None:
    with tempfile.TemporaryDirectory(dir=memory(size * (len(peers) + 2))) as folder:
        project = Path(folder) / "onrecord"
        _python("benchmarks.synthetic", project, size)
        run(own.BUILD, project)
        site = (project / "site").rename(Path(folder) / "publication")
        builders: dict[str, tuple[Path, Sequence[str]]] = {OURS: (project, own.BUILD)}
        for peer in PEERS:
            if short(peer) in peers:
                home, place = install(peer), Path(folder) / short(peer)
                _python("benchmarks.peers", short(peer), place, site)
                builders[peer.NAME] = (place, peer.command(home))
        taken: dict[str, list[Cost]] = {name: [] for name in builders}
        for _ in range(rounds):
            for name, (place, command) in builders.items():
                own.clean(place)
                taken[name].append(run(command, place))
                print(f"{size:,} claims, {name}: {taken[name][-1].user:.1f} s of user CPU", file=sys.stderr)
        figures.builders[size] = {name: median(costs) for name, costs in taken.items()}
        figures.pages[size] = {name: pages(place / "site") for name, (place, _) in builders.items()}
        if with_own and size <= LARGEST:
            figures.own[size] = own.figures(project, rounds)


def pages(site: Path) -> Pages:
    """The addresses of a site's pages, and how many bytes they have together."""
    found = sorted(site.rglob("index.html"))
    return Pages([path.relative_to(site).as_posix() for path in found], sum(path.stat().st_size for path in found))


def unlike(figures: Figures) -> list[str]:
    """What is wrong with peers whose pages are not those of ours, a sentence each."""
    wrong = []
    for size, sites in figures.pages.items():
        ours = sites[OURS]
        for name, theirs in sites.items():
            if theirs.addresses != ours.addresses:
                wrong.append(f"{name}, {size:,} claims: its pages are not at the addresses of ours")
            elif abs(theirs.size / ours.size - 1) > ALIKE:
                wrong.append(
                    f"{name}, {size:,} claims: its pages have {theirs.size / ours.size:.0%} of the bytes of ours"
                )
    return wrong


def _python(module: str, *given: object) -> None:
    """Preparations happen elsewhere, so that the process that measures stays small (see `measure`)."""
    subprocess.run([sys.executable, "-m", module, *map(str, given)], check=True)


if __name__ == "__main__":
    main()
