"""`onrecord serve`: builds, shows the site at an address of this machine, and builds again whenever a file changes.

A page that somebody looks at is made and shown before all others. While the input is broken, also from the first build
on, the last good site stays on show with the problems on top of it. Ctrl-C, SIGTERM and SIGHUP end it: nothing is left.
"""

import gc
import ipaddress
import logging
import os
import signal
import socket
import socketserver
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig

from .addresses import LOCK as ADDRESSES
from .claimfiles import FOLDER
from .host import template_problem
from .live import Screen
from .load import LOCK, RECORD
from .parsed import Known
from .plugin import WATCHED
from .problems import Mark, Misconfigured, Problem, Sources, as_text

_EVERY = 0.1  # seconds between two looks at the files
_BREATH = 0.1  # the build stands aside, so that the server's threads can hand out what it made early
_OFTEN = 200  # pages made between two looks whether they are still wanted
_CALM = 0.03  # a file that was just written may be written on
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, a supervisor, a terminal that is closed

Stamp = tuple[tuple[str, int, int], ...]
Configure = Callable[..., MkDocsConfig]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False


class _Handler(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """An editor wants to read of the record and of no request."""


def serve(
    root: Path, configure: Configure, address: str | None, open_browser: bool, tell: Callable[[str], Any]
) -> None:
    """Serves until it is told to end, which is the end of the process: signals are not heard as before afterwards.

    Raises `Misconfigured` and OSError where it can't begin.
    """
    ended = threading.Event()

    def end(*_: object) -> None:
        ended.set()  # Python drops what is raised where it clears up by itself
        raise KeyboardInterrupt

    _hear(end)
    options: dict[str, Any] = {"dev_addr": address} if address else {}
    config = configure(**options)
    host, port = config.dev_addr
    base = urlsplit(config.site_url or "/").path.rstrip("/") + "/"
    url = f"http://{f'[{host}]' if _is_v6(host) else host}:{port}{base}"
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        site = Path(folder) / "site"
        screen = Screen(site, base)
        with _listening(host, port, screen):

            def fresh() -> MkDocsConfig:
                found = configure(site_dir=str(site), **options)
                found.site_url = url
                return found

            names = ("mkdocs.yml", RECORD, FOLDER, LOCK, ADDRESSES)
            watched = [*(root / name for name in names), *map(Path, (config.docs_dir, *config.watch)), *WATCHED]
            try:
                with suppress(KeyboardInterrupt):
                    tell(f"serving {url}; press Ctrl-C to stop")
                    if open_browser:
                        webbrowser.open(url)
                    config.plugins.on_startup(command="serve", dirty=False)
                    _follow(root, watched, fresh, screen, tell, ended)
                _hear(signal.SIG_IGN)  # told twice, it clears away all the same
                tell("stopped")
            finally:
                config.plugins.on_shutdown()


def _hear(does: Callable[..., None] | signal.Handlers) -> None:
    """Says what the signals do that end a server. What a shell or `nohup` had ignored stays so.

    Only the main thread hears signals, and may say this; any other serves for as long as the process lives.
    """
    if threading.current_thread() is threading.main_thread():
        for number in _ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, does)


def _is_v6(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).version == 6
    except ValueError:
        return False


def _listening(host: str, port: int, screen: Screen) -> _Server:
    """A server at work in a thread of its own; at the end of its context it is closed."""
    kind: Any = type("Server", (_Server,), {"address_family": socket.AF_INET6}) if _is_v6(host) else _Server
    server: _Server = kind((host, port), _Handler)
    server.set_app(screen.application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class _Stale(Exception):  # noqa: N818 - no error: what is being built was changed again
    """Raised into a build whose rest nobody needs any more."""


def _follow(
    root: Path,
    watched: list[Path],
    fresh: Callable[[], MkDocsConfig],
    screen: Screen,
    tell: Callable[[str], Any],
    ended: threading.Event,
) -> None:
    """Builds once and then after every change, until it has ended."""
    seen: Stamp | None = None
    known = Known()
    while not ended.is_set():
        now = stamp(watched)
        if now == seen:
            time.sleep(_EVERY)
            continue
        took = partial(_took, tell, time.monotonic())
        seen = _settled(watched, now)
        try:
            problems = _built(fresh, known, screen, partial(took, "shown"), partial(_check, watched, seen))
        except _Stale:
            seen = None
            continue
        if problems:
            screen.bad(problems, Sources(root))
            tell("showing the last good site" if screen.has_site else "no site to show yet")
        else:
            screen.good()
            took("built")
        gc.unfreeze()  # each build keeps its own objects from the collector, and they are garbage now
        gc.collect()


def _check(watched: Iterable[Path], seen: Stamp) -> None:
    if stamp(watched) != seen:
        raise _Stale


def _took(tell: Callable[[str], Any], begun: float, what: str) -> None:
    tell(f"{what} after {time.monotonic() - begun:.1f} s")


def _settled(watched: Iterable[Path], now: Stamp) -> Stamp:
    """Waits until nobody writes any more."""
    while True:
        time.sleep(_CALM)
        if (later := stamp(watched)) == now:
            return now
        now = later


def stamp(paths: Iterable[Path]) -> Stamp:
    """Changes whenever a file among or below some paths does, its permissions too."""
    found = []
    todo = [str(path) for path in paths]
    while todo:
        path = todo.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
                    else:
                        status = _status(entry)
                        found.append((entry.path, status.st_ctime_ns, status.st_size))
        except NotADirectoryError:
            status = os.stat(path)
            found.append((path, status.st_ctime_ns, status.st_size))
        except OSError:
            continue  # vanished, or not there yet
    return tuple(sorted(found))


def _status(entry: "os.DirEntry[str]") -> os.stat_result:
    """Of a file, or of a link that leads nowhere."""
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def _built(
    fresh: Callable[[], MkDocsConfig],
    known: Known,
    screen: Screen,
    shown: Callable[[], None],
    check: Callable[[], None],
) -> list[Problem]:
    """Builds once. What stopped it, said on the terminal as well; an empty list where nothing did."""
    heard = _Heard(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(heard)
    plugin: Any = None
    made = 0

    def early(pages: Mapping[str, bytes]) -> None:
        if pages:
            screen.early(pages)
            time.sleep(_BREATH)
            shown()

    def page_made(_page: object) -> None:
        nonlocal made
        made += 1
        if made % _OFTEN == 0:
            check()

    try:
        config = fresh()
        plugin = config.plugins["onrecord"]
        plugin.known = known
        plugin.wanted, plugin.on_early, plugin.on_page_made = screen.recent, early, page_made
        mkdocs_build(config)
        return []
    except _Stale:
        raise
    except Misconfigured as error:
        sys.stderr.write(as_text(error.problems, Sources(Path())))
        return list(error.problems)
    except SystemExit:
        if plugin is not None and plugin.refusal is not None:
            return list(plugin.refusal.problems)  # told already, with the words
        said = "; ".join(heard.said) or "MkDocs ended without a reason"
        return [Problem(Mark("mkdocs.yml"), said, "mend what MkDocs names", "mkdocs")]  # told by MkDocs' own log
    except OSError as error:  # what vanished while it was read, or can't be read, comes back; the next change tells
        place = os.path.relpath(error.filename) if isinstance(error.filename, str) else "mkdocs.yml"
        said = f"{error.strerror or error}: what stands on the disk can't be used as it is"
        found = Problem(Mark(place), said, "", "machine")
    except Exception as error:
        found = template_problem(error) or Problem(Mark("mkdocs.yml"), f"{type(error).__name__}: {error}", "", "mkdocs")
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)
    sys.stderr.write(as_text([found], Sources(Path())))
    return [found]


class _Heard(logging.Handler):
    """Keeps what MkDocs and its plugins warn of."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
