"""One record built in twelve other surroundings: `make reproducible` prints a digest of each site and `12 of 12`.

The digest is of all names, modes and contents. Each build is a process of its own in a copy of the publication. What
needs root or a program that is not there is imitated inside of the process as well as Python can, and the line says so.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
_BUILD = "import sys; exec(sys.argv.pop(1)); from generator.cli import main; main()"
_NOBODY = 65534
_NAMED = "import socket, platform, os; socket.gethostname = platform.node = lambda: 'elsewhere'"
_LATER = """
import datetime, time
shift = 4321.9 * 86400
real = {name: getattr(time, name) for name in ("time", "gmtime", "localtime")}
time.time = lambda: real["time"]() + shift
time.time_ns = lambda: int(time.time() * 1e9)
time.gmtime = lambda *now: real["gmtime"](*(now or (time.time(),)))
time.localtime = lambda *now: real["localtime"](*(now or (time.time(),)))
class Kind(type):
    def __instancecheck__(self, other): return isinstance(other, self.__mro__[1])
class date(datetime.date, metaclass=Kind):
    today = classmethod(lambda cls: cls.fromtimestamp(time.time()))
class moment(datetime.datetime, metaclass=Kind):
    now = classmethod(lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
    utcnow = today = classmethod(lambda cls: cls.now())
datetime.date, datetime.datetime = date, moment
"""
_SHUFFLED = """
import os, random
chance, scan, names = random.Random(5), os.scandir, os.listdir
class Shuffled:
    def __init__(self, *path):
        with scan(*path) as found: self.found = list(found)
        chance.shuffle(self.found)
    def __iter__(self): return iter(self.found)
    def __next__(self): return self.found.pop() if self.found else next(iter(()))
    def __enter__(self): return self
    def __exit__(self, *_): self.close()
    def close(self): pass
os.scandir, os.listdir = Shuffled, lambda *path: chance.sample(found := names(*path), len(found))
"""
_SHARED = "from generator import plugin, workers; plugin._WORTH_SHARING = range(10**6); workers.available = lambda: 4"


class Surroundings(NamedTuple):
    """What is other around a build."""

    name: str
    before: Sequence[str] = ()
    """Words before the command."""
    setting: Mapping[str, str] = {}
    """Variables of the environment."""
    code: str = ""
    """What is done first in the process."""
    folder: str = "here/publication"
    umask: int = 0o022
    owner: int = -1
    """Whose the publication is; by default our own."""


def able(*command: str) -> bool:
    """Whether a program is there and may do what it is asked."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def surroundings(folder: Path) -> Iterator[Surroundings]:
    """The twelve, for builds below a folder."""
    yield Surroundings("another path", folder="sömewhere else/a  longer path/p'u\"b")
    yield Surroundings("another home", setting={"HOME": str(folder / "another home")})
    nobody = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
    if os.geteuid() == 0 and able(*nobody, sys.executable, "-c", "import generator.cli"):
        yield Surroundings("another user", nobody, owner=_NOBODY)
    else:
        names = dict.fromkeys(("USER", "LOGNAME", "USERNAME"), "somebody")
        code = "import os, getpass; os.getuid = os.geteuid = lambda: 4242; getpass.getuser = lambda: 'somebody'"
        yield Surroundings("another user (imitated)", setting=names, code=code)
    if able("unshare", "--uts", "hostname", "elsewhere"):
        yield Surroundings("another host name", ["unshare", "--uts", "sh", "-c", 'hostname elsewhere; exec "$@"', "sh"])
    else:
        yield Surroundings("another host name (imitated)", setting={"HOSTNAME": "elsewhere"}, code=_NAMED)
    yield Surroundings("twelve years later", code=_LATER)
    yield Surroundings("another time zone", setting={"TZ": "Asia/Kathmandu"})
    ascii_only = {"LC_ALL": "POSIX", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    yield Surroundings("another locale", setting=ascii_only)
    yield Surroundings("another umask", umask=0o077)
    yield Surroundings("files in another order", code=_SHUFFLED)
    yield Surroundings("another hash seed", setting={"PYTHONHASHSEED": "4711"})
    if able("taskset", "-c", "0", "true"):
        yield Surroundings("one core, four processes", ["taskset", "-c", "0"], code=_SHARED)
    else:
        yield Surroundings("four processes", code=_SHARED)
    if able("unshare", "--net", "true"):
        yield Surroundings("no network", ["unshare", "--net"])
    else:
        code = "import sys; sys.addaudithook(lambda event, _: 1 / (not event.startswith('socket.')))"
        yield Surroundings("no network (imitated)", code=code)


def digest(site: Path) -> str:
    """Of the names, modes and contents of all that is in a site."""
    found = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        content = b"" if path.is_dir() else path.read_bytes()
        line = f"{path.relative_to(site).as_posix()}\0{path.lstat().st_mode:o}\0{len(content)}\0"
        found.update(line.encode() + content)
    return found.hexdigest()


def copied(publication: Path, to: Path) -> Path:
    """A publication by itself, in a repository whose two commits are the same everywhere and change a claim."""
    to.mkdir(parents=True)
    for name in ("claims.yaml", "articles.lock", "addresses.lock", "mkdocs.yml"):
        shutil.copy(publication / name, to)
    shutil.copytree(publication / "content", to / "content")
    settings = (to / "mkdocs.yml").read_text(encoding="utf-8")
    (to / "mkdocs.yml").write_text(settings.replace("history: false", "history: true"), encoding="utf-8")
    dated = {f"GIT_{who}_DATE": "2026-01-02T03:04:05Z" for who in ("AUTHOR", "COMMITTER")}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    text = (to / "claims.yaml").read_text(encoding="utf-8")
    older = re.sub(r"^( +text: [A-Z].*\w)\.$", r"\1 once.", text, count=1, flags=re.MULTILINE)
    assert older != text
    subprocess.run(["git", "init", "-q"], cwd=to, check=True)
    for state in (older, text):
        (to / "claims.yaml").write_text(state, encoding="utf-8")
        for words in (["add", "."], ["commit", "-qm", "A state"]):
            subprocess.run(["git", *who, *words], cwd=to, check=True, capture_output=True, env={**os.environ, **dated})
    return to


def built(publication: Path, folder: Path, around: Surroundings, keep: bool = False) -> str:
    """The digest of a site built in some surroundings; `keep` builds once more, with what the one before kept."""
    root = folder / around.folder
    if not keep:
        for name in (around.folder.split("/")[0], "home"):
            shutil.rmtree(folder / name, ignore_errors=True)
        copied(publication, root)
    for noted in (folder / "home").glob("**/onrecord/projects/*/built"):
        shutil.rmtree(noted)
    for name in ("home", "another home"):
        (folder / name).mkdir(exist_ok=True)
    if around.owner >= 0:
        for path in (root, *root.rglob("*")):
            os.chown(path, around.owner, around.owner)
    names = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "TMPDIR": str(folder)}
    setting = {"PYTHONHASHSEED": "0", **names, **around.setting}
    command = [*around.before, sys.executable, "-W", "error::ResourceWarning", "-c", _BUILD, around.code, "build"]
    made = subprocess.run(command, cwd=root, env=setting, umask=around.umask, capture_output=True, text=True)
    if made.returncode or "Traceback" in made.stderr:
        return f"exit code {made.returncode}: {made.stderr}"
    return digest(root / "site")


def main(publication: Path = ROOT) -> int:
    """Prints a line for each; 1 where one differs."""
    with tempfile.TemporaryDirectory(prefix="reproducible-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        first = built(publication, folder, Surroundings("here"))
        print(f"{first}  here", flush=True)
        again = built(publication, folder, Surroundings("here"), keep=True)
        print(f"{again}  here again, with what was kept", flush=True)
        same = []
        for around in surroundings(folder):
            found = built(publication, folder, around)
            print(f"{found}  {around.name}", flush=True)
            same.append(found == first)
    print(f"{sum(same)} of {len(same)}")
    return not (all(same) and again == first)


if __name__ == "__main__":
    sys.exit(main())
