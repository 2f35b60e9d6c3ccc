"""The server of `onrecord serve`: the last good site in a browser, with whatever is wrong on top of each page.

In: the folder of the site, pages that were made ahead of it, and problems. Out: a WSGI application (PEP 3333). A page
asks for its next version and gets an answer once its own content, the styles or the problems differ from what it shows.
What is added to a page is added to the answer only; nothing is written into the site.
"""

import hashlib
import mimetypes
import posixpath
import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from .problems import Problem, Severity, Sources, excerpt, in_order, visible
from .render import TEMPLATES, body, environment

OURS = "/.onrecord/"
_WAIT = re.compile(re.escape(OURS) + r"wait/([0-9a-f]*)(/.*)")
_PATIENCE = 20.0  # seconds that a request for the next version is kept open
_MOST_RECENT = 4
_MOST_SHOWN = 50
_FILES = {"problems.css": "text/css", "reload.js": "text/javascript"}
_LOOKS = ("assets/onrecord.css", "assets/onrecord.js")
_SCRIPTED = b"script-src 'self'"  # of the policy of a page that runs our script: cards and redirects run none

Environ = Mapping[str, Any]
Start = Callable[..., Any]


class Answer(NamedTuple):
    """What a request gets."""

    status: str
    kind: str
    content: bytes
    location: str = ""


class Screen:
    """What browsers see. The builder calls `early`, `good` and `bad`; the server's threads call `application`."""

    def __init__(self, site: Path, base: str = "/") -> None:
        """`base` is the path under which the site stands, with a slash at both ends."""
        self._site, self._base = site, base
        self._changed = threading.Condition()
        self._early: dict[str, bytes] = {}
        self._recent: dict[str, None] = {}
        self._notice = b""

    @property
    def has_site(self) -> bool:
        """Whether a build went well yet."""
        return (self._site / "index.html").is_file()

    @property
    def recent(self) -> Sequence[str]:
        """Addresses of the pages that somebody looks at, relative to the site."""
        return list(self._recent)

    def early(self, pages: Mapping[str, bytes]) -> None:
        """Shows pages before the site that they belong to is whole."""
        with self._changed:
            self._early, self._notice = dict(pages), b""
            self._changed.notify_all()

    def good(self) -> None:
        """Shows the site as it is on disk now."""
        with self._changed:
            self._early, self._notice = {}, b""
            self._changed.notify_all()

    def bad(self, problems: Iterable[Problem], sources: Sources) -> None:
        """Shows the site that there is, if there is one, with the problems on top."""
        with self._changed:
            self._early, self._notice = {}, notice(problems, sources, self.has_site)
            self._changed.notify_all()

    def application(self, environ: Environ, start: Start) -> list[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        answer = self._own(path) if path.startswith(OURS) else self._shown(path)
        headers = [("Content-Type", answer.kind), ("Content-Length", str(len(answer.content)))]
        headers.append(("Cache-Control", "no-store"))
        if answer.location:
            headers.append(("Location", quote(answer.location)))
        start(answer.status, headers)
        return [answer.content]

    def _own(self, path: str) -> Answer:
        """Our script and styles, and the wait for the next version of a page, whose tag is the answer."""
        if found := _WAIT.fullmatch(path):
            tag, shown = found.groups()
            with self._changed:
                self._looked_at(shown)
                self._changed.wait_for(lambda: self._tag(self._content(shown).content) != tag, timeout=_PATIENCE)
                return Answer("200 OK", "text/plain", self._tag(self._content(shown).content).encode())
        if kind := _FILES.get(name := path.removeprefix(OURS)):
            return Answer("200 OK", kind, (TEMPLATES / "live" / name).read_bytes())
        return Answer("404 Not Found", "text/plain", b"")

    def _shown(self, path: str) -> Answer:
        """A page with what we add to it, or any other file of the site as it is."""
        with self._changed:
            answer = self._content(path)
            if answer.kind != "text/html" or answer.location:
                return answer
            self._looked_at(path)
            if _SCRIPTED not in answer.content:
                return answer
            head, end, tail = answer.content.rpartition(b"</body>")
            added = _ADDED % (self._notice, self._tag(answer.content).encode())
            return answer._replace(content=head + added + end + tail)

    def _looked_at(self, path: str) -> None:
        address = path.removeprefix(self._base)
        self._recent.pop(address, None)
        self._recent[address] = None
        if len(self._recent) > _MOST_RECENT:
            del self._recent[next(iter(self._recent))]

    def _tag(self, content: bytes) -> str:
        """Tells versions of a page apart, and of all that decides how it looks."""
        found = hashlib.sha256(content + self._notice)
        for name in _LOOKS:
            found.update(_read(self._site / name) or b"")
        return found.hexdigest()[:16]

    def _content(self, path: str) -> Answer:
        """What stands at a path, as it will be published."""
        if not self.has_site:
            return Answer("503 Service Unavailable", "text/html", _read(TEMPLATES / "live" / "none.html") or b"")
        if path.startswith(self._base):
            address = path.removeprefix(self._base)
            if address in self._early:
                return Answer("200 OK", "text/html", self._early[address])
            name = posixpath.normpath(f"/{address}{'index.html' if path.endswith('/') else ''}").lstrip("/")
            if (content := _read(self._site / name)) is not None:
                return Answer("200 OK", mimetypes.guess_type(name)[0] or "application/octet-stream", content)
            if name and _read(self._site / name / "index.html") is not None:
                return Answer("302 Found", "text/html", b"", f"{path}/")
        elif path == "/":
            return Answer("302 Found", "text/html", b"", self._base)
        return Answer("404 Not Found", "text/html", _read(self._site / "404.html") or b"")


# A stylesheet and a script from this server: the policy of the pages stays as it is published.
_ADDED = (
    f'<link rel="stylesheet" href="{OURS}problems.css">'.encode()
    + b"%b"
    + f'<script src="{OURS}reload.js" data-tag="'.encode()
    + b'%b"></script>'
)


def notice(problems: Iterable[Problem], sources: Sources, site: bool) -> bytes:
    """Problems as HTML to stand on top of a page, errors first. `site` says whether there is a page under it."""
    found = sorted(in_order(problems), key=lambda p: p.severity is not Severity.ERROR)
    rows = []
    for problem in found[:_MOST_SHOWN]:
        line = sources.line(problem.mark)
        shown = _dedented(*excerpt(line, problem.mark)) if line is not None and line.strip() else None
        place = f"{visible(problem.mark.path)}:{problem.mark.line}:{problem.mark.column}"
        rows.append((problem, place, visible(problem.message), shown, visible(problem.help)))
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    more = len(found) - len(rows)
    return body(environment({}), "live/problems.html.j2", rows=rows, errors=errors, more=more, site=site).encode()


def _dedented(line: str, carets: str) -> tuple[str, str]:
    """A line and the carets under it, without the spaces before both: a phone has no room for them."""
    spaces = min(len(text) - len(text.lstrip(" ")) for text in (line, carets))
    return line[spaces:], carets[spaces:]


def _read(path: Path) -> bytes | None:
    """The bytes of a file; None where there is none."""
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        return None
