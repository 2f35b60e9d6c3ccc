"""A project's folder -> its past states in git, as files that `load` can read. The only module that starts a program.

Only `git` is started, and only to ask: `rev-parse`, `rev-list`, `diff-tree`, and one `cat-file --batch` from which
objects are read by their ids. A repository may have been made by anybody, so git gets an environment of its own,
in which no setting of the repository can make it start another program, write, or open a connection; and a time limit.
Whatever goes wrong with git is `Lost`: then the past is not known, which is no error. It is longer than others so that
all that keeps git harmless stands in one place.
"""

import os
import re
import select
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .dates import Day
from .files import decoded
from .limits import LIMITS
from .problems import Mark, Problem, Refused

SECONDS = 60
"""So long git may take over one answer."""
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SAFE = ["--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"]
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "log.showSignature": "false",
    "protocol.allow": "never",
    "credential.helper": "",
}
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_SSH_COMMAND": "false",
    "GIT_GRAFT_FILE": os.devnull,
}
_FILE, _FOLDER, _MODULE = ("100644", "100755", "100664"), "40000", "160000"


class Lost(Exception):  # noqa: N818 - an answer, no error: the past is not known
    """Git can't tell; the text says why, as a clause."""


class Commit(NamedTuple):
    """A state of the repository's branch, and where the project lay in it."""

    id: str
    day: Day
    """When it came to the branch: the committer's date in UTC."""
    prefix: tuple[str, ...]
    """The folders that lead to the project."""


class Entry(NamedTuple):
    """A file or a folder in a state."""

    mode: str
    id: str


class Log(NamedTuple):
    """The commits that changed some paths, newest first, and whether they are all that there are."""

    commits: list[Commit]
    complete: bool


@contextmanager
def repository(root: Path) -> Iterator["Repository"]:
    """The repository around a project's folder. Raises `Lost` where there is none, or none that git would read."""
    found = shutil.which("git")
    if found is None or Path(found).resolve().is_relative_to(root.resolve()):
        raise Lost("git is not installed")
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command = [found, *_SAFE, *settings, "-C", str(root.resolve())]
    # The environment names what runs; nothing of it reaches a page.
    environment = {**_ENVIRONMENT, **{name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}}
    answer = _asked(command, environment, "rev-parse", "--is-shallow-repository", "--show-prefix", "--verify", "HEAD")
    shallow, rest = answer.split("\n", 1)
    prefix, _, head = rest.removesuffix("\n").rpartition("\n")
    if not _ID.fullmatch(head):
        raise Lost("the repository has no commit")
    ends = []
    if shallow != "false":
        path = _asked(command, environment, "rev-parse", "--git-path", "shallow").removesuffix("\n")
        ends = sorted((root.resolve() / path).read_text("ascii").split())
    with subprocess.Popen(  # noqa: S603 - git itself, with fixed arguments
        [*command, "cat-file", "--batch"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as objects:
        folders = tuple(part for part in prefix.split("/") if part)
        try:
            yield Repository(command, environment, objects, head, folders, ends)
        finally:
            objects.kill()


def _asked(command: Sequence[str], environment: Mapping[str, str], *words: str) -> str:
    """What git prints. Raises `Lost` where it refuses or takes too long."""
    try:
        answer = subprocess.run(  # noqa: S603 - git itself, with arguments of ours
            [*command, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise Lost(f"git took more than {SECONDS} seconds") from None
    except (OSError, ValueError) as error:
        raise Lost(f"git can't be started: {error}") from None
    if answer.returncode:
        said = answer.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise Lost(said.removeprefix("fatal: ") or f"git ended with {answer.returncode}")
    return os.fsdecode(answer.stdout)


class Repository:
    """An open repository: what it holds is read by ids, from one process of git that ends with it."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        objects: "subprocess.Popen[bytes]",
        head: str,
        prefix: tuple[str, ...],
        ends: Sequence[str],
    ) -> None:
        self.head = head
        self.prefix = prefix
        self.ends = ends
        """The commits at which a shallow clone ends."""
        self.shallow = bool(ends)
        self._command, self._environment, self._objects = command, environment, objects
        self._waiting = bytearray()
        self.folder = lru_cache(maxsize=256)(self._folder)

    def ask(self, *words: str) -> str:
        return _asked(self._command, self._environment, *words)

    def resolve(self, revision: str) -> Commit:
        """The commit that a name stands for (`main`, `v1.0`, `HEAD~2`). Raises `Lost` where it stands for none."""
        id = ""
        if not revision.startswith("-"):
            with suppress(Lost):
                id = self.ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
        if not _ID.fullmatch(id):
            cut = "; the clone is shallow: fetch more of it (git fetch --unshallow)" if self.shallow else ""
            raise Lost(f"git knows no such revision{cut}")
        when = self.ask("rev-list", "--timestamp", "--max-count=1", id, "--").split()[0]
        return Commit(id, _day(when), self.prefix)

    def log(self, paths: Sequence[str], most: int) -> Log:
        """The commits of the branch's own line that changed some paths of the project, also before it was moved."""
        tip, prefix = self.head, self.prefix
        up = [".."] * len(prefix)  # git takes paths from the project's folder
        found: list[Commit] = []
        while True:
            wanted = ["/".join((*up, *prefix, path)) for path in paths]
            limit = f"--max-count={most + 1 - len(found)}"
            lines = self.ask("rev-list", "--first-parent", "--timestamp", limit, tip, "--", *wanted).split("\n")
            new = [Commit(id, _day(when), prefix) for when, _, id in (line.partition(" ") for line in lines) if id]
            found += new
            if len(found) > most or not new:
                return Log(found[: most + 1], len(found) <= most)
            parent = self._parent(new[-1].id)
            if parent is None:
                return Log(found, not self.shallow)
            if (before := self._moved(parent, new[-1].id, (*prefix, paths[0]))) is None:
                return Log(found, True)
            tip, prefix = parent, before[: -len(paths[0].split("/"))]

    def state(self, commit: Commit) -> "State":
        """The project as it was."""
        head, body = self.read(commit.id, LIMITS["file"])
        if head != "commit" or not body.startswith(b"tree "):
            raise Lost(f"{commit.id} is no commit")
        at = body[5 : body.index(b"\n")].decode()
        for part in commit.prefix:
            entry = self.folder(at).get(part)
            if entry is None or entry.mode != _FOLDER:
                return State(self, None)
            at = entry.id
        return State(self, at)

    def read(self, id: str, limit: int) -> tuple[str, bytes]:
        """The kind and the bytes of an object; no more than one beyond a limit. Raises `Lost` where it is not there."""
        assert self._objects.stdin is not None
        try:
            self._objects.stdin.write(f"{id}\n".encode())
            self._objects.stdin.flush()
        except OSError:
            raise Lost("git ended early") from None
        while (end := self._waiting.find(b"\n")) < 0:
            self._fill()
        words = bytes(self._waiting[:end]).split()
        del self._waiting[: end + 1]
        if len(words) != 3:
            raise Lost(f"the repository lacks {id}")
        kept, left = bytearray(), int(words[2]) + 1
        while left:
            if not self._waiting:
                self._fill()
            part = self._waiting[:left]
            left -= len(part)
            if len(kept) <= limit:
                kept += part
            del self._waiting[: len(part)]
        return words[1].decode(), bytes(kept[: min(int(words[2]), limit + 1)])

    def _fill(self) -> None:
        assert self._objects.stdout is not None
        pipe = self._objects.stdout.fileno()
        if not select.select([pipe], [], [], SECONDS)[0]:
            raise Lost(f"git took more than {SECONDS} seconds")
        if not (part := os.read(pipe, 1 << 20)):
            raise Lost("git ended early")
        self._waiting += part

    def _folder(self, id: str) -> Mapping[str, Entry]:
        """What a folder holds, by name."""
        kind, raw = self.read(id, LIMITS["file"])
        if kind != "tree":
            raise Lost(f"{id} is no folder")
        found, at, width = {}, 0, len(id) // 2
        while at < len(raw):
            end = raw.index(b"\0", at)
            mode, _, name = raw[at:end].partition(b" ")
            at = end + 1 + width
            found[os.fsdecode(name)] = Entry(mode.decode(), raw[end + 1 : at].hex())
        return found

    def _parent(self, id: str) -> str | None:
        """The first parent of a commit; None for the first commit, and where a shallow clone ends."""
        lines = self.ask("rev-list", "--first-parent", "--max-count=2", id, "--").split()
        return lines[1] if len(lines) > 1 else None

    def _moved(self, parent: str, id: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
        """Where a file lay before a commit moved it; None where the commit did not."""
        words = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff", "--no-textconv")
        parts = self.ask(*words, parent, id, "--").split("\0")
        for old, new in zip(parts[1::3], parts[2::3], strict=False):
            if tuple(new.split("/")) == path and old.split("/")[-1] == path[-1]:
                return tuple(old.split("/"))
        return None


@dataclass(frozen=True, slots=True)
class State:
    """The files of a project in a commit, to be given to `load`."""

    repository: Repository
    top: str | None
    """The id of the project's folder; None where it was not there."""

    def entries(self, folder: str) -> Mapping[str, Entry]:
        """What lies in a folder, by name; nothing where there is no such folder."""
        at = self.top
        for part in filter(None, folder.split("/")):
            entry = self.repository.folder(at).get(part) if at else None
            at = entry.id if entry and entry.mode == _FOLDER else None
        return self.repository.folder(at) if at else {}

    def entry(self, name: str) -> Entry | None:
        folder, _, file = name.rpartition("/")
        return self.entries(folder).get(file)

    def names(self, folder: str) -> list[str]:
        return sorted(self.entries(folder))

    def raw(self, name: str) -> bytes:
        """The bytes of a file that need be no text; of a link, where it leads."""
        entry = self.entry(name)
        return self.repository.read(entry.id, LIMITS["file"])[1] if entry and entry.mode != _MODULE else b""

    def below(self, name: str) -> Iterator[str]:
        todo = [(name, entry)] if (entry := self.entry(name)) else []
        while todo:
            at, entry = todo.pop()
            if entry.mode != _FOLDER:
                yield at
            else:
                todo += ((f"{at}/{name}", entry) for name, entry in self.repository.folder(entry.id).items())

    def text(self, name: str, limit: int) -> str:
        entry = self.entry(name)
        if entry is None:
            raise Refused([Problem(Mark(name), f'"{name}" is not there', "add it", "missing-file")])
        if entry.mode not in _FILE:
            said = f'"{name}" is not a plain file of the project'
            raise Refused([Problem(Mark(name), said, "put the file itself there", "not-a-regular-file")])
        _, raw = self.repository.read(entry.id, limit)
        if len(raw) > limit:
            said = f"the file has more than {limit:,} bytes"
            raise Refused([Problem(Mark(name), said, "split it", "too-large")])
        return decoded(name, raw)


def _day(seconds: str) -> Day:
    """The day of a time stamp in UTC. A stamp beyond the calendar is as wrong as one that is not there."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise Lost(f"a commit has no date: {seconds}") from None
