"""Faults put into builds, and what must hold after each: `make faults` prints how many leave a whole site.

One publication goes back and forth between two states. At each point its site is that of one state, the record is that
of the other, and the build fails in some way: killed at a call of the system or after some time, in this or that
process; a stage that raises; a disk that is full. Then the site is the old one or the new one, byte for byte, as its
own `build.json` says; the exit code and the words are right; and the next build makes what one from nothing makes
and clears away what the fault left.
"""

import errno
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from child import begin, run
from publications import MINI
from reproducible import copied

from generator import plugin, workers
from generator.sitecheck import NoSite, check_folder

_CALLS = ("open", "os.", "shutil.", "subprocess.", "fcntl.", "tempfile.", "ctypes.dlsym")
"""Audit events of Python that are, or stand right before, calls of the system."""
_SHARED = 3

Arrange = Callable[[], object]
Tree = dict[str, tuple[int, bytes]]
"""The files and folders of a site by their paths: their modes and contents."""


class Point(NamedTuple):
    """A fault: what is arranged in the build's process, and how the build must end."""

    name: str
    arrange: Arrange
    codes: tuple[int, ...]
    """Exit codes, or the number of a signal below zero."""
    says: str = ""
    after: float | None = None
    """Seconds after which it is killed from outside."""
    cold: bool = False
    """Whether it needs a build for which nothing was kept."""


def tree(folder: Path) -> Tree:
    found = sorted(folder.rglob("*"))
    return {
        path.relative_to(folder).as_posix(): (path.lstat().st_mode, b"" if path.is_dir() else path.read_bytes())
        for path in found
    }


class Arena:
    """A publication with a history in a folder of its own; the trees that its two states make; a TMPDIR and a cache."""

    def __init__(self, folder: Path) -> None:
        self.root, self.tmp, self.kept = (folder / name for name in ("publication", "tmp", "kept"))
        copied(MINI, self.root)
        self.tmp.mkdir()
        text = (self.root / "claims.yaml").read_text(encoding="utf-8")
        title = next(line.strip() for line in text.splitlines() if line.startswith("  title: "))
        self._texts = [text, text.replace(title, "title: The other one", 1)]
        assert len(set(self._texts)) == 2
        self.trees: list[Tree] = []
        for n in range(2):
            self.forget()
            self.write(n)
            self.seconds = time.monotonic()
            ended = run(self.root, "build", arrange=self.outside)
            self.seconds = time.monotonic() - self.seconds
            assert ended.code == 0, ended.said
            self.trees.append(tree(self.root / "site"))
        self.there = {path.name for path in self.root.iterdir()}

    def write(self, state: int) -> None:
        self.state = state
        (self.root / "claims.yaml").write_text(self._texts[state], encoding="utf-8")

    def outside(self) -> None:
        """What the process of a build finds around it."""
        tempfile.tempdir = os.environ["TMPDIR"] = str(self.tmp)
        os.environ["XDG_CACHE_HOME"] = str(self.kept)

    def forget(self) -> None:
        """Takes away what builds kept for the next."""
        shutil.rmtree(self.kept / "onrecord/projects", ignore_errors=True)

    def calls(self, arrange: Arrange, *, copies: bool = False) -> int:
        """How many calls a build makes in its first process, or in the one of its copies that makes most."""
        self.write(1 - self.state)
        self.forget()
        counts = self.tmp / "counts"
        counts.mkdir()
        ended = run(self.root, "build", arrange=together(self.outside, arrange, counting(counts, copies)))
        assert ended.code == 0, ended.said
        most = max(int(path.read_text() or 0) for path in counts.iterdir())
        shutil.rmtree(counts)
        return most

    def wrong(self, point: Point, *, back: bool, cold: bool) -> str:
        """Runs a build into a fault and one after it, of the new state or `back` to the old; what does not hold."""
        old = self.state
        if cold or point.cold:
            self.forget()
        self.write(1 - old)
        begun = begin(self.root, "build", arrange=together(self.outside, point.arrange))
        if point.after is not None:
            time.sleep(point.after)
            os.kill(begun.pid, signal.SIGKILL)
        ended = begun.end()
        if ended.code not in point.codes or "Traceback" in ended.said or point.says not in ended.said:
            return f"it ends with {ended.code}, and says: {ended.said}"
        if ended.code > 0 and "error[" not in ended.said:
            return f"it says nothing of the fault: {ended.said}"
        stands = tree(self.root / "site")
        if stands not in self.trees:
            return "the site is neither the old nor the new one"
        try:
            if problems := check_folder(self.root / "site")[1]:
                return f"the site is not as built: {problems[0].message}"
        except (NoSite, OSError) as error:
            return f"the site can't be proved: {error}"
        self.write(old if back else 1 - old)
        again = run(self.root, "build", arrange=self.outside)
        if again.code != 0:
            return f"the next build ends with {again.code}, and says: {again.said}"
        if tree(self.root / "site") != self.trees[self.state]:
            return "the next build does not make what one from nothing makes"
        left = {path.name for path in self.root.iterdir()} - self.there
        left |= {path.name for path in (self.kept / "onrecord/projects").rglob(".?*")}
        left |= {path.name for path in self.tmp.iterdir()}
        return f"the next build leaves {', '.join(sorted(left))}" if left else ""


def together(*arranged: Arrange) -> Arrange:
    return lambda: [one() for one in arranged]


def shared() -> None:
    """Several processes are at work, however small the publication is."""
    plugin._WORTH_SHARING = range(10**6)
    workers.available = lambda: _SHARED


def alone() -> None:
    workers.available = lambda: 1


def _hooked(then: Callable[[int], None], copies: bool) -> None:
    """Has `then` called, with its number, before each call of the system in this process, or in each of its copies."""
    first, count = os.getpid(), 0

    def hook(event: str, _: Any) -> None:
        nonlocal count
        if event.startswith(_CALLS) and (os.getpid() != first) == copies:
            count += 1
            then(count)

    sys.addaudithook(hook)


def counting(folder: Path, copies: bool) -> Arrange:
    """Notes the number of the newest call in a file for each process."""
    files: dict[int, int] = {}

    def note(count: int) -> None:
        if (file := files.get(os.getpid())) is None:
            files[os.getpid()] = -1
            file = files[os.getpid()] = os.open(folder / str(os.getpid()), os.O_WRONLY | os.O_CREAT)
        if file >= 0:
            os.pwrite(file, str(count).encode(), 0)

    return lambda: _hooked(note, copies)


def killed_at(number: int, *, copies: bool = False) -> Arrange:
    """Kills the process, or each of its copies, right before a call of the system."""

    def kill(count: int) -> None:
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda: _hooked(kill, copies)


def raising(where: str, error: Exception, *, copies: bool = False) -> Arrange:
    """Has a function, "module:name", raise an error in the first process, or in copies only."""
    module, _, name = where.partition(":")
    holder: Any = import_module(f"generator.{module}")
    *path, last = name.split(".")
    for part in path:
        holder = getattr(holder, part)
    real = getattr(holder, last)

    def arrange() -> None:
        first = os.getpid()

        def raises(*words: Any, **options: Any) -> Any:
            if (os.getpid() != first) == copies:
                raise error
            return real(*words, **options)

        setattr(holder, last, raises)

    return arrange


def lagging() -> None:
    """The first process takes its time over each part, so that copies have all that is left."""
    first, real = os.getpid(), workers._waiting

    def waiting(queue: int) -> Iterator[int]:
        for part in real(queue):
            yield part
            if os.getpid() == first:
                time.sleep(0.1)

    workers._waiting = waiting


def limited(size: int) -> Arrange:
    """No file may grow beyond a size: the system refuses to write on, as where a disk or a quota is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


STAGES = (
    "plugin:read",
    "build:load",
    "build:assemble",
    "build:lint.run",
    "build:written.check",
    "plugin:past",
    "plugin:environment",
    "plugin:Press.open",
    "plugin:words.activate",
    "plugin:view_globals",
    "plugin:OnrecordPlugin.on_files",
    "plugin:OnrecordPlugin.on_nav",
    "plugin:OnrecordPlugin.on_page_markdown",
    "plugin:OnrecordPlugin.on_page_content",
    "plugin:OnrecordPlugin.on_env",
    "plugin:OnrecordPlugin.on_post_page",
    "plugin:OnrecordPlugin.on_template_context",
    "plugin:OnrecordPlugin.on_post_build",
    "plugin:Frame.splice",
    "plugin:Frame.cut",
    "plugin:search.outputs",
    "plugin:exports.parts",
    "plugin:pages.parts",
    "plugin:Press.write",
    "plugin:Press.seal",
    "plugin:Press.swap",
    "plugin:sitemap",
    "search:pagefind.index",
    "unchanged:fingerprint",
    "unchanged:recall",
    "unchanged:remember",
    "kept:get",
    "kept:put",
)
"""Every stage of a build, by a function in which it can fail."""
SHARED_ONLY = ("plugin:Press.take", "workers:json.loads")
IN_COPIES = ("plugin:Press.write", "plugin:Frame.splice", "pages.claim:outputs", "plugin:Press.written")


def points(arena: Arena) -> Iterator[Point]:
    """All faults, in an order in which every tenth is a fair choice."""
    killed = (-signal.SIGKILL,)
    whole = arena.calls(alone) * 49 // 50  # how many there are depends a little on what is kept
    for n in range(50):
        at = 1 + n * (whole - 1) // 49
        yield Point(f"killed at call {at} of {whole}", together(alone, killed_at(at)), killed)
    whole = arena.calls(shared)
    for n in range(20):
        at = 1 + n * (whole - 1) // 19  # the processes take the work as it comes: the last calls may not be made
        yield Point(f"killed at call {at} of {whole}, others at work", together(shared, killed_at(at)), (*killed, 0))
    whole = arena.calls(shared, copies=True)
    for n in range(15):
        at = 1 + n * (whole - 1) // 14
        arrange = together(shared, killed_at(at, copies=True))
        yield Point(f"a copy killed at its call {at} of {whole}", arrange, (3, 0))
    for n in range(25):
        after = arena.seconds * 1.1 * n / 24
        yield Point(f"killed after {after:.2f} s", shared, (*killed, 0), after=after)
    for where in STAGES:
        cold = where.startswith("search:")
        arrange = raising(where, KeyError("x"))
        yield Point(f"{where} fails", arrange, (4,), "error[internal-error]: KeyError in ", cold=cold)
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "site/x")
        arrange, says = raising(where, full), 'No space left on device "site/x"'
        yield Point(f"{where} finds the disk full", arrange, (3,), says, cold=cold)
    for where in SHARED_ONLY:
        yield Point(f"{where} fails", together(shared, raising(where, KeyError("x"))), (4,), "KeyError in ")
    for where in IN_COPIES:
        arrange = together(shared, lagging, raising(where, KeyError("x"), copies=True))
        yield Point(f"{where} fails in a copy", arrange, (4,), "error[internal-error]: RuntimeError in ")
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "site/x")
        arrange = together(shared, lagging, raising(where, full, copies=True))
        yield Point(f"{where} finds the disk full in a copy", arrange, (3,), 'No space left on device "site/x"')
    for size in (0, 100, 1000, 4000, 10_000, 30_000, 100_000):
        yield Point(f"no file may be larger than {size}", together(alone, limited(size)), (3,), "error[machine]: ")
        yield Point(
            f"none larger than {size}, in copies too", together(shared, limited(size)), (3,), "error[machine]: "
        )


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        arena = Arena(Path(folder))
        good = count = 0
        for count, point in enumerate(points(arena), 1):
            wrong = arena.wrong(point, back=count % 2 == 1, cold=count % 4 < 2)
            good += not wrong
            print(f"{point.name}: {wrong or 'whole'}", flush=True)
        print(f"{good} of {count} leave a whole site")
    return good != count


if __name__ == "__main__":
    sys.exit(main())
