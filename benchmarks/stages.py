"""Where the time of a cold build goes: CPU seconds, peak memory and bytes a page, for synthetic publications.

    python -m benchmarks.stages 1000 10000

Each size is built in a process of its own, through MkDocs as `onrecord build` does it, and in memory (/dev/shm) where
there is room, so that our work is measured and not the disk's. CPU is user and system time of that process, shown apart
in the last rows; wall time is left out, since it tells more of the machine's other work than of ours. The index of
the search page is made by a program of its own (Pagefind) and only where what is searched has changed, so it is counted
apart, as "index", and not in the total; "search" is what we do for it ourselves. The last
column says how cost grows from one size to the next: 1.00 is in proportion.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .synthetic import write

STAGES = ("start", "load", "assemble", "lint", "MkDocs", "pages", "exports", "search", "writing", "swap")


def main(sizes: list[int]) -> None:
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=memory(size)) as folder:
            project = Path(folder) / "project"
            project.mkdir()
            write(project, size)
            command = [sys.executable, "-m", "benchmarks.stages", "--one", str(project)]
            result = subprocess.run(command, check=True, capture_output=True, text=True)
            rows.append((size, json.loads(result.stdout.splitlines()[-1])))
    print(f"{'CPU seconds':14}" + "".join(f"{size:>12,}" for size, _ in rows) + ("      growth" if rows[1:] else ""))
    for stage in (*STAGES, "total", "of it user", "of it system", "index"):
        values = [row[stage] for _, row in rows]
        print(f"{stage:14}" + "".join(f"{value:12.2f}" for value in values) + _growth(values, sizes))
    for name, unit in (
        ("memory", "MB"),
        ("memory of it", "MB (index)"),
        ("pages made", ""),
        ("bytes a page", ""),
        ("site", "MB"),
    ):
        print(f"{name:14}" + "".join(f"{row[name]:12,.0f}" for _, row in rows) + f" {unit}")


def memory(size: int) -> str | None:
    """A folder in memory with room for a publication of so many claims (50 KB each, twice); None for the usual one."""
    memory = Path("/dev/shm")  # noqa: S108 - made safe by TemporaryDirectory
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > size * 100_000 else None


def _growth(values: list[float], sizes: list[int]) -> str:
    if len(values) < 2 or not values[-2]:
        return ""
    return f"{values[-1] / values[-2] / (sizes[-1] / sizes[-2]):12.2f}"


def one(project: Path) -> None:
    """Builds a project and prints what each stage took, as JSON on the last line."""
    taken = dict.fromkeys(STAGES, 0.0)
    taken["start"] = _cpu()
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from generator import build as reading
    from generator import exports, lint, pages, search, workers
    from generator.press import Press

    def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            begun = _cpu()
            try:
                return function(*args, **options)
            finally:
                taken[stage] += _cpu() - begun

        return call

    made = {"count": 0, "bytes": 0}

    def timed_items(stage: str, function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        def items(*args: Any) -> Iterator[Any]:
            iterator = function(*args)
            while True:
                begun = _cpu()
                item = next(iterator, None)
                taken[stage] += _cpu() - begun
                if item is None:
                    return
                yield item

        return items

    def counted(self: Press, address: str, content: bytes, write: Any = Press.write) -> None:
        if address.endswith("index.html"):
            made["count"] += 1
            made["bytes"] += len(content)
        write(self, address, content)

    any_module: Any = reading
    any_module.load = timed("load", any_module.load)
    any_module.assemble = timed("assemble", any_module.assemble)
    any_lint: Any = lint
    any_lint.run = timed("lint", lint.run)

    def timed_parts(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: [timed_items(stage, part) for part in function(*args)]

    any_pages: Any = pages
    any_pages.parts = timed_parts("pages", pages.parts)
    any_exports: Any = exports
    any_exports.parts = timed_parts("exports", exports.parts)
    any_workers: Any = workers
    any_workers.available = lambda: 1  # all stages in this process, where they can be told apart
    any_search: Any = search
    any_search.outputs = timed_items("search", search.outputs)
    any_press: Any = Press
    any_press.write = timed("writing", counted)
    any_press.swap = timed("swap", Press.swap)

    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    build(load_config(str(project / "mkdocs.yml")))
    total = _cpu()
    taken["MkDocs"] = total - sum(taken.values())
    site = project / "site"
    size = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = os.times()
    program = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "index": program.ru_utime + program.ru_stime,
        "memory of it": program.ru_maxrss / 1024,
        "total": total,
        "of it user": times.user,
        "of it system": times.system,
        "memory": memory,
        "pages made": made["count"],
        "bytes a page": made["bytes"] / max(made["count"], 1),
        "site": size / 1e6,
    }
    print(json.dumps({**taken, **figures}))


def _cpu() -> float:
    return time.process_time()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or [1000, 10000])
