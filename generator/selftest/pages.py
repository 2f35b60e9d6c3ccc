"""Hand-written pages of Markdown: what is put there is text, or a link that may be, or it is refused.

In: cases with a `text`, or raw files, each the whole of a page; with `shows`, characters that readers must see. Out:
failures. Of what is accepted one site is built, and each page looked at for elements, attributes and addresses that
Markdown alone makes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

from ..build import read
from ..cases import ACCEPTED, ANY, Case
from ..load import CONTENT, RECORD
from ..problems import Problem, Severity
from ..trial import build

_MKDOCS = """\
site_name: The record
site_url: https://facts.example.org/
docs_dir: content
theme: {name: material, font: false}
plugins:
  - onrecord: {history: false, search: false}
validation: {links: {not_found: ignore, unrecognized_links: ignore, anchors: ignore, absolute_links: ignore}}
"""
_RECORD = "about: {title: T, checked: 2021-03-12}\nclaims:\n- {id: c, text: A., short: A, kind: state}\n"
_TAGS = frozenset(
    """
    p br hr h1 h2 h3 h4 h5 h6 em strong code pre blockquote ul ol li a img table thead tbody tr th td
    div span
    """.split()
)
_ATTRIBUTES = frozenset(
    """
    href title id class alt src start rel lang dir style
    """.split()
)
_LISTED = frozenset(
    """
    nav ul li a p h1 span
    """.split()
)
"""What the list of headings beside a page is made of."""
_SCHEMES = ("http://", "https://", "mailto:")
_EMPTY = frozenset(
    """
    area base br col embed hr img input link meta source track wbr
    """.split()
)


def pages(cases: Sequence[Case], work: Path) -> Iterator[Problem]:
    root = work / "project"
    content = root / CONTENT
    content.mkdir(parents=True)
    (root / RECORD).write_text(_RECORD, encoding="utf-8")
    (root / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    (content / "index.md").write_text("Words.\n", encoding="utf-8")
    (content / "harmless.md").write_text("Words.\n", encoding="utf-8")
    for n, case in enumerate(cases):
        raw = case.raw if case.raw is not None else case.given["text"].encode()
        (content / f"p{n}.md").write_bytes(raw)
    came: dict[str, set[str]] = {}
    for problem in read(root).problems:
        if problem.severity is Severity.ERROR:
            came.setdefault(Path(problem.mark.path).stem, set()).add(problem.code)
    for n, case in enumerate(cases):
        codes = came.get(f"p{n}", set())
        if case.expect != (ANY,):
            yield from case.judged(codes)
        if codes:
            (content / f"p{n}.md").unlink()
    site = build(root)
    plain = _look(site / "harmless/index.html")
    for n, case in enumerate(cases):
        page = site / f"p{n}/index.html"
        if not page.is_file():
            if f"p{n}" not in came:
                yield case.failed("the site has no page of it", ACCEPTED)
            continue
        look = _look(page)
        if other := Counter(look.frame) - Counter(plain.frame):
            yield case.failed(f"the page around the text has <{', <'.join(other)}>", "the frame of every page")
        if odd := sorted(look.odd):
            yield case.failed(f"the page has {', '.join(odd[:5])}", "nothing but what Markdown makes")
        shows = case.given.get("shows")
        if shows and " ".join(shows.split()) not in " ".join("".join(look.text).split()):
            yield case.failed(f'the page shows "{" ".join("".join(look.text).split())[:80]}"', f'"{shows}"')


class _Look(HTMLParser):
    """What a page is made of: the tags of its frame in order, and what is odd in the text."""

    def __init__(self) -> None:
        super().__init__()
        self.frame: list[str] = []
        self.odd: set[str] = set()
        self.text: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.inside and tag not in _EMPTY:
            self.inside += 1
        if not self.inside:
            if tag not in _LISTED and given.get("name") != "description":
                self.frame.append(tag)
            if tag == "article":
                self.inside = 1
            return
        if tag not in _TAGS:
            self.odd.add(f"<{tag}>")
        for name, value in given.items():
            if name not in _ATTRIBUTES:
                self.odd.add(f"{name}=")
            if name == "style" and value not in ("text-align: left;", "text-align: right;", "text-align: center;"):
                self.odd.add(f'style="{value}"')
            if name in ("href", "src") and _leads_astray(value or ""):
                self.odd.add(f'{name}="{value}"')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag not in _EMPTY:
            self.inside -= 1

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.add("a comment")

    def handle_pi(self, data: str) -> None:
        self.odd.add("an instruction")

    def unknown_decl(self, data: str) -> None:
        self.odd.add("a declaration")


def _leads_astray(address: str) -> bool:
    """Whether a browser would take an address for one with a scheme that no page may have."""
    plain = "".join(c for c in address if c > " ").lower()
    head = plain.split("/")[0].split("?")[0].split("#")[0]
    return ":" in head and not plain.startswith(_SCHEMES)


def _look(page: Path) -> _Look:
    look = _Look()
    look.feed(page.read_text(encoding="utf-8"))
    look.close()
    return look
