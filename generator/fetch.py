"""One page of the web, asked for as a polite stranger does: `get(url)` -> `Answer`, or `Unreachable` with a reason.

An address may come from anybody who proposes an article, and lead anywhere by redirects. So every host is looked up
once, must be public in all of its addresses, and is connected to at the very address that was looked at; an answer has
limits in time and size; and robots.txt (RFC 9309) is asked before. No build calls this.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

MOST_BYTES = 4 * 1024 * 1024
MOST_SECONDS = 20.0
MOST_HOPS = 5
_LONGEST_PAUSE = 30.0
_REDIRECTS = {301, 302, 303, 307, 308}
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(Exception):  # noqa: N818 - an answer too
    """There is no page to read; the text says why, as a clause. `gone` where the host itself is no more."""

    def __init__(self, why: str, gone: bool = False, forbidden: bool = False) -> None:
        super().__init__(why)
        self.gone, self.forbidden = gone, forbidden


class Answer(NamedTuple):
    """What came back in the end."""

    status: int
    reason: str
    url: str
    """Where it came from, after all redirects."""
    kind: str
    """Its media type."""
    text: str


def public(address: Address) -> bool:
    """Whether an address is one of the open web, and none of this machine or its networks."""
    inner = getattr(address, "ipv4_mapped", None) or address
    return bool(inner.is_global and not inner.is_multicast)


@dataclass
class Visitor:
    """Asks for pages, one at a time on each host. `agent` names it to the servers; one visitor serves many threads."""

    agent: str
    pause: float = 1.0
    """Seconds between two requests to one host."""
    allowed: Callable[[Address], bool] = public
    seconds: float = MOST_SECONDS
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, url: str) -> Answer:
        """The page at an address, redirects followed. Raises `Unreachable`."""
        for _ in range(MOST_HOPS + 1):
            parts = _split(url)
            rules = self._rules(parts)
            if not rules.can_fetch(self.agent, url):
                raise Unreachable("its site asks programs not to read it (robots.txt)", forbidden=True)
            answer, location = self._ask(parts, float(rules.crawl_delay(self.agent) or 0))
            if not location:
                return answer
            url = _onward(url, location)
        raise Unreachable(f"it leads on more than {MOST_HOPS} times")

    def _rules(self, parts: SplitResult) -> RobotFileParser:
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            rules = RobotFileParser()
            url = f"{origin}/robots.txt"
            for _ in range(MOST_HOPS + 1):
                answer, location = self._ask(_split(url), 0)
                if not location:
                    break
                url = _onward(url, location)
            if answer.status >= 500:
                raise Unreachable(f"its server answers {answer.status} for robots.txt")
            rules.parse(answer.text.splitlines() if answer.status < 300 else [])
            self._robots[origin] = rules
        return self._robots[origin]

    def _ask(self, parts: SplitResult, delay: float) -> tuple[Answer, str]:
        """One request; the answer, and where it leads on to."""
        host = parts.hostname or ""
        wait = self._last.get(host, 0.0) + min(max(self.pause, delay), _LONGEST_PAUSE) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        try:
            return self._exchange(parts)
        except socket.gaierror as error:
            raise Unreachable("its server has no address any more", gone=error.errno == socket.EAI_NONAME) from error
        except ssl.SSLError as error:
            raise Unreachable(f"its certificate does not hold ({error.reason or 'TLS'})") from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            why = "no answer in time" if isinstance(error, TimeoutError) else (str(error) or type(error).__name__)
            raise Unreachable(why) from error
        finally:
            self._last[host] = time.monotonic()

    def _exchange(self, parts: SplitResult) -> tuple[Answer, str]:
        deadline = time.monotonic() + self.seconds
        connection = _Connection(parts, self.allowed, self.seconds)
        ender = threading.Timer(self.seconds, connection.end)  # a server that sends a letter a second has to stop too
        ender.daemon = True
        ender.start()
        try:
            target = quote(parts.path or "/", safe="%/:=&?~+!$,;'@()*[]")
            target += f"?{quote(parts.query, safe='%/:=&?~+!$,;@()*[]')}" if parts.query else ""
            given = {"User-Agent": self.agent, "Accept": "text/html, text/plain", "Accept-Encoding": "identity"}
            connection.request("GET", target, headers={**given, "Connection": "close"})
            response = connection.getresponse()
            location = response.headers.get("Location", "") if response.status in _REDIRECTS else ""
            raw = b"" if location else response.read(MOST_BYTES + 1)
            if time.monotonic() > deadline:
                raise TimeoutError
            if len(raw) > MOST_BYTES:
                raise Unreachable(f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
            declared = response.headers.get("Content-Type", "text/html")
            answer = Answer(
                response.status,
                response.reason,
                parts.geturl(),
                declared.split(";")[0].strip().lower(),
                _decoded(raw, declared),
            )
            return answer, location
        except (OSError, http.client.HTTPException) as error:
            if time.monotonic() > deadline:
                raise TimeoutError from error
            raise
        finally:
            ender.cancel()
            connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to the address that was looked at, and to no other that the name may have a moment later."""

    def __init__(self, parts: SplitResult, allowed: Callable[[Address], bool], seconds: float) -> None:
        secure = parts.scheme == "https"
        super().__init__(parts.hostname or "", parts.port or (443 if secure else 80), timeout=seconds)
        self._secure, self._allowed = secure, allowed

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host.encode("idna").decode(), self.port, type=socket.SOCK_STREAM)
        for *_, where in found:
            if not self._allowed(ipaddress.ip_address(str(where[0]).partition("%")[0])):
                raise Unreachable("its address is in a private network", forbidden=True)
        for left, (family, kind, protocol, _, where) in zip(reversed(range(len(found))), found, strict=True):
            plain = socket.socket(family, kind, protocol)
            plain.settimeout(self.timeout)
            self.sock: Any = plain
            try:
                plain.connect(where)
                break
            except OSError:
                plain.close()
                if not left:
                    raise
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def end(self) -> None:
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _split(url: str) -> SplitResult:
    """The parts of an address that may be asked for."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unreachable("its address can't be read") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None or port == 0:
        raise Unreachable("it leads to what is no page of the web", forbidden=True)
    return parts


def _onward(url: str, location: str) -> str:
    """Where a redirect leads."""
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise Unreachable("it leads to an address that can't be read") from error


def _decoded(raw: bytes, declared: str) -> str:
    """The text of an answer, in the encoding that its header or its first bytes name, else UTF-8."""
    named = _CHARSET.search(declared) or _CHARSET.search(raw[:2048].decode("ascii", "replace"))
    try:
        return raw.decode(named[1] if named else "utf-8-sig", "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")
