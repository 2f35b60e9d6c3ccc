"""Hand-written Markdown of `content/`: no markup of its own, no dangerous addresses, and links into the record.

`[the deadline](claim:sale-deadline)` links to a claim; `source:`, `entity:` and `statement:` do the same for those, and
`page:chronology` leads to a listing. `![](claim:sale-deadline)` on a line of its own shows the claim with its badge, as
lists do; several such lines make one list. A link to nothing is a problem at its line. Raw HTML in Markdown is shown
as the characters it is made of, since what stands in `content/` is text that anyone may propose.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from .files import read_text
from .limits import LIMITS
from .load import ARTICLES, CONTENT
from .model import Head
from .parts import STATEMENTS, statement_addresses
from .problems import Mark, Problem, Refused
from .publication import Publication
from .reader import Reader, Stop, nearest

_HIDDEN = "\ue000"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile(r"[\x00-\x20]+")
_FINE = {"http", "https", "mailto"}
_HEAD = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TAKEN = {"404", "assets", "chronology", "claims", "entities", "matrix", "search", "sources", "statements"}
_LISTINGS = ("about", "chronology", "corrections", "data", "entities", "matrix", "search", "sources", "statements")


def check(root: Path, pub: Publication) -> list[Problem]:
    """What is wrong with the hand-written pages of a project, and with whatever else lies beside them."""
    page = Written(pub)
    if (root / CONTENT).is_symlink():
        return [_no_file(CONTENT)]
    for folder, folders, files in os.walk(root / CONTENT):
        folders.sort()
        for name in sorted([*files, *folders]):
            path = Path(folder, name).relative_to(root).as_posix()
            if path == ARTICLES:
                folders.remove(name)
            elif (root / path).is_symlink() or not ((root / path).is_file() or (root / path).is_dir()):
                page.problems.append(_no_file(path))
            elif name.endswith(".md") and name in files:
                _check_page(root, path, page)
    return page.problems


def _no_file(path: str) -> Problem:
    said = f'"{path}" is not a plain file of the project'
    help = "put the file itself there: what a link leads to would be published"
    return Problem(Mark(path), said, help, "not-a-regular-file")


def _check_page(root: Path, path: str, page: "Written") -> None:
    address = path.removeprefix(f"{CONTENT}/").removesuffix(".md")
    if address.split("/")[0] in _TAKEN:
        said = f'the address "{address}/" belongs to pages that are made of the record'
        page.problems.append(Problem(Mark(path), said, "give the file another name", "written-address"))
    try:
        text = read_text(root, path, LIMITS["article"])
    except Refused as refusal:
        page.problems += refusal.problems
        return
    fence = _HEAD.match(text)
    body = text[fence.end() :] if fence else text
    if fence and fence[1].strip():
        with suppress(Stop):
            Reader(path, fence[1], page.problems, [], line=1).document(Head, "the front matter")
    page.begin(path, text, body, "../" * address.count("/"))
    Markdown(extensions=["toc", "tables", "fenced_code", page]).convert(body)


def targets(pub: Publication) -> Mapping[str, Mapping[str, str]]:
    """The schemes that hand-written pages can link with: the ids of each, and the address of each id on the site."""
    return {
        "claim": {name: f"claims/{name}/" for name in pub.by_claim},
        "source": {name: f"sources/{name}/" for name in pub.by_id},
        "entity": {name: f"entities/{name}/" for name in pub.entities},
        "statement": {**{said.statement.id: STATEMENTS for said in pub.said}, **statement_addresses(pub)},
        "page": {name: f"{name}/" for name in _LISTINGS},
    }


class Written(Extension):
    """The Markdown extension. Call `begin` before each page; `problems` holds what was wrong with all of them."""

    def __init__(self, pub: Publication) -> None:
        super().__init__()
        self.targets = targets(pub)
        self.path, self.root, self.source = "", "", ""
        self.problems: list[Problem] = []
        self.draw: Callable[[Sequence[str], str], str] | None = None
        """Makes HTML of claims by their ids and the way to the top of the site; None where pages are only checked."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.preprocessors.register(_Swap("<", _HIDDEN), "onrecord_hide", 22)
        md.preprocessors.register(_Swap(_HIDDEN, "<"), "onrecord_show", 20.5)
        md.treeprocessors.register(_Claims(md, self), "onrecord_claims", -0.5)
        md.treeprocessors.register(_Links(md, self), "onrecord", -1)  # behind all that still changes an address

    def begin(self, path: str, source: str, markdown: str, root: str) -> None:
        """`source` is the whole file, `markdown` what MkDocs left of it after the front matter, `root` the way up."""
        self.path, self.source, self.root = path, source, root
        if markdown.startswith(("---\n", "\ufeff---")):
            self.problems.append(
                Problem(
                    Mark(path),
                    "the front matter is not YAML, and would be printed",
                    'put values with ": " into double quotes, and end it with ---',
                    "front-matter",
                )
            )

    def problem(self, href: str, message: str, help: str, before: str = "") -> None:
        """Something wrong with an address, at its first place in the file behind the characters `before`."""
        for number, line in enumerate(self.source.split("\n"), 1):
            if (at := line.find(before + href)) >= 0:
                mark = Mark(self.path, number, at + len(before) + 1, len(href))
                break
        else:
            mark = Mark(self.path)
        self.problems.append(Problem(mark, message, help, "written-link"))


class _Swap(Preprocessor):
    """Hides each "<" from MkDocs' search for raw HTML (priority 21), which fails on some texts, and shows it again."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__()
        self.old, self.new = old, new

    def run(self, lines: list[str]) -> list[str]:
        return [line.replace(self.old, self.new) for line in lines]


class _Claims(Treeprocessor):
    """Puts claims in the place of paragraphs of `![](claim:id)` and nothing else."""

    def __init__(self, md: Markdown, page: Written) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        for parent in root.iter():
            shown = [child for child in parent if child.tag == "img" and _scheme(child.get("src")) in self.page.targets]
            if not shown:
                continue
            names = [self.name(image) for image in shown]
            only = parent.tag == "p" and len(shown) == len(parent)
            if not only or any((text or "").strip() for text in (parent.text, *(image.tail for image in shown))):
                said = "a claim is shown on a line of its own, and here stands more"
                self.told(shown[0], said, "put an empty line before and behind it, or link it: [text](claim:id)")
            elif self.page.draw is not None and all(names):
                html = self.page.draw([name for name in names if name], self.page.root)
                for image in shown:
                    parent.remove(image)
                parent.text = self.md.htmlStash.store(html)

    def name(self, image: Element) -> str | None:
        """The claim that an image names; None, with a problem, where it names none."""
        scheme, _, name = _IGNORED.sub("", unescape(image.get("src") or "")).partition(":")
        known = self.page.targets["claim"]
        if scheme.lower() != "claim":
            self.told(image, f"a {scheme.lower()} can't be shown, only a claim", f"link it: [text]({scheme}:{name})")
        elif name not in known:
            self.told(image, f'there is no claim "{name}"', nearest(name, known))
        elif image.get("alt"):
            self.told(image, "a claim is shown in its own words", "leave the brackets before it empty")
        else:
            return name
        return None

    def told(self, image: Element, message: str, help: str) -> None:
        src = image.get("src") or ""
        self.page.problem(src, message, help, f"![{image.get('alt') or ''}](")
        image.set("src", "#")  # it is told, and no link


def _scheme(href: str | None) -> str:
    found = _SCHEME.match(_IGNORED.sub("", unescape(href or "")))
    return found[1].lower() if found else ""


class _Links(Treeprocessor):
    """Resolves the links of a page, after Python-Markdown has made them."""

    def __init__(self, md: Markdown, page: Written) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        for element in root.iter():
            for attribute in ("href", "src"):
                href = element.get(attribute) or ""
                address = _IGNORED.sub("", unescape(href))  # as a browser reads it
                found = _SCHEME.match(address)
                scheme = found[1].lower() if found else ""
                if attribute == "src" and (scheme in _FINE or address.replace("\\", "/").startswith("//")):
                    element.set(attribute, "#")
                    said = f'"{href}" is on another host, and a page asks no host but its own'
                    self.page.problem(href, said, "put the file into content/ and name it here, or link to it")
                elif found is None:
                    continue
                elif scheme in self.page.targets:
                    self.resolve(element, attribute, href, scheme, address[len(scheme) + 1 :])
                elif scheme not in _FINE:
                    element.set(attribute, "#")
                    self.page.problem(href, f'"{scheme}:" is no address that a page may link to', "use https:")

    def resolve(self, element: Element, attribute: str, href: str, scheme: str, name: str) -> None:
        known = self.page.targets[scheme]
        if name not in known:
            self.page.problem(href, f'there is no {scheme} "{name}"', nearest(name, known))
        element.set(attribute, self.page.root + known.get(name, ""))
