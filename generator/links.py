"""Publication -> what became of the originals: which are gone, moved, or no longer say what is quoted from them.

The quotations of each stored article are looked for in what stands at its address today; of a linked one only whether
it still answers. A report is text or Markdown;
all that comes from the web is shown as code, so that it can't become a link, a mention or a command.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

from .fetch import Answer, Unreachable
from .letters import typed
from .model import Article
from .problems import visible
from .publication import Publication
from .verify import locate, normal, stored

_AT_ONCE = 8  # hosts; each of them is asked one thing at a time
_MOST_TOLD = 100
_MOST_QUOTES = 3
_LONGEST = 200
_HIDDEN = {"script", "style", "template", "noscript", "svg", "head", "title"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small"}
_INLINE |= {"span", "strong", "sub", "sup", "time", "u", "wbr"}
_SAME = re.compile(r"^https?://(?:www\.)?|/$")


class State(StrEnum):
    """What became of an original, the worst first. The value is the heading in a report."""

    GONE = "Gone"
    ELSEWHERE = "Leads elsewhere"
    CHANGED = "No longer says what is quoted"
    MOVED = "Moved"
    SHUT = "Not shown to a program"
    BROKEN = "Could not be reached"
    FINE = "As quoted"


TELLING = (State.GONE, State.ELSEWHERE, State.CHANGED, State.MOVED)
"""What an editor should act on; the others may pass by themselves."""


class Finding(NamedTuple):
    """What became of the original of one article."""

    article: Article
    state: State
    said: str = ""
    url: str = ""
    """Where it is now, where it moved."""
    lost: Sequence[str] = ()
    """Quotations that are no longer there."""
    claims: Sequence[str] = ()
    """Whose evidence it is."""


def look(pub: Publication, get: Callable[[str], Answer]) -> list[Finding]:
    """Asks for the original of each article that has an address, in the order of their ids."""
    hosts: dict[str, list[Article]] = {}
    for article in sorted(pub.record.articles, key=lambda a: a.id):
        if article.url:
            hosts.setdefault(urlsplit(article.url).hostname or "", []).append(article)

    def visit(articles: Iterable[Article]) -> list[Finding]:
        return [_found(pub, article, get) for article in articles]

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = [finding for findings in pool.map(visit, hosts.values()) for finding in findings]
    if found and all(finding.state is State.BROKEN for finding in found):
        raise OSError("no original could be reached: is there a connection")
    return sorted(found, key=lambda f: (list(State).index(f.state), f.article.id))


def _found(pub: Publication, article: Article, get: Callable[[str], Answer]) -> Finding:
    about = (*pub.by_article.get(article.id, ()), *pub.judged_in.get(article.id, ()))
    claims = list(dict.fromkeys(review.claim.id for review, _ in about))
    finding = Finding(article, State.FINE, claims=claims)
    try:
        answer = get(article.url or "")
    except Unreachable as error:
        state = State.GONE if error.gone else State.SHUT if error.forbidden else State.BROKEN
        return finding._replace(state=state, said=str(error))
    if answer.status in (404, 410):
        return finding._replace(state=State.GONE, said=f"{answer.status} {answer.reason}")
    if answer.status >= 500:
        return finding._replace(state=State.BROKEN, said=f"{answer.status} {answer.reason}")
    if answer.status >= 300 or answer.kind not in ("text/html", "application/xhtml+xml", "text/plain"):
        said = f"{answer.status} {answer.reason}" if answer.status >= 300 else f"it is {answer.kind}"
        return finding._replace(state=State.SHUT, said=said)
    quotes = _quotations(pub, article)
    lost = missing(quotes, answer.text if answer.kind == "text/plain" else text_of(answer.text))
    moved = answer.url if _SAME.sub("", answer.url) != _SAME.sub("", article.url or "") else ""
    if moved and quotes and len(lost) == len(quotes):
        return finding._replace(state=State.ELSEWHERE, said="nothing quoted is there", url=moved)
    if lost:
        said = f"{len(lost)} of {len(quotes)} quotations are not there"
        hint = "; it may be behind a payment or a script" if len(lost) == len(quotes) else ""
        return finding._replace(state=State.CHANGED, said=said + hint, url=moved, lost=lost)
    return finding._replace(state=State.MOVED, url=moved) if moved else finding


def _quotations(pub: Publication, article: Article) -> list[str]:
    """Every passage that the record quotes from an article, once."""
    cited = [cited.evidence.quote for _, cited in pub.by_article.get(article.id, ()) if cited.match is not None]
    told = [t.wording.exact for said in pub.said for t in said.told if t.wording.article == article.id and t.match]
    return list(dict.fromkeys(part for quote in (*cited, *told) for part in quote))


def missing(quotes: Iterable[str], text: str) -> list[str]:
    """The quotations that a text does not have. Typographic marks may differ: sites change them without notice."""
    exact = stored(text, (), 1)
    alike = typed(exact.words)
    return [q for q in quotes if locate([q], exact) is None and typed(normal(q)) not in alike]


def text_of(html: str) -> str:
    """The words of a page as a reader sees them, a line for each block."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == "body":
            self._hidden.clear()  # whatever a head left open
        if tag not in _INLINE:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        if tag not in _INLINE:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def as_text(findings: Sequence[Finding], without: int) -> str:
    """A line for each original that is not as quoted, and a count."""
    out = []
    for f in findings:
        if f.state is not State.FINE:
            out.append(f"{_place(f.article)}: {_clause(f, visible)}")
            out += [f"  | {visible(_cut(quote))}" for quote in f.lost[:_MOST_QUOTES]]
    return "\n".join([*out, _count(findings, without)]) + "\n"


def as_markdown(findings: Sequence[Finding], without: int) -> str:
    """The same for an issue: a section for each state."""
    out = [_count(findings, without) + "."]
    left = _MOST_TOLD
    for state in list(State)[:-1]:
        rows = [f for f in findings if f.state is state]
        out += ["", f"### {state.value} ({len(rows)})", ""] if rows else []
        for f in rows[: max(left, 0)]:
            out.append(f"- {code(_place(f.article))}, {code(f.article.url or '')}: {_clause(f, code)}")
            out += [f"  - {code(_cut(quote))}" for quote in f.lost[:_MOST_QUOTES]]
            if f.claims:
                named = ", ".join(code(id) for id in f.claims[:_MOST_QUOTES])
                more = f" and {len(f.claims) - _MOST_QUOTES} more" if len(f.claims) > _MOST_QUOTES else ""
                out.append(f"  - {'named' if f.article.linked else 'quoted'} by {named}{more}")
        if len(rows) > max(left, 0):
            out.append(f"- and {len(rows) - max(left, 0)} more")
        left -= len(rows)
    return "\n".join(out) + "\n"


FORMS: dict[str, Callable[[Sequence[Finding], int], str]] = {"text": as_text, "markdown": as_markdown}


def _place(article: Article) -> str:
    """The file of a stored article; the line of the record that has a linked one."""
    return f"{article.path}:{article.at().line}" if article.linked else article.path


def _clause(finding: Finding, shown: Callable[[str], str]) -> str:
    to = f"now at {shown(_cut(finding.url))}" if finding.url else ""
    said = shown(_cut(finding.said)) if finding.state is State.BROKEN else visible(_cut(finding.said))
    return "; ".join(part for part in (finding.state.value.lower(), said, to) if part)


def _count(findings: Sequence[Finding], without: int) -> str:
    fine = sum(f.state is State.FINE for f in findings)
    said = f"{fine} of {len(findings)} originals are as quoted"
    return f"{said}; {without} articles have no address" if without else said


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def code(text: str) -> str:
    """A text as Markdown code, which nothing in it can end."""
    shown = visible(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}" if shown else ""
