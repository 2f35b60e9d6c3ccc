"""A page and the frame around it: MkDocs renders a frame for each kind of page, and every page is spliced into its own.

The frame (head, header, footer) comes from a specimen whose texts are placeholders; `Frame` cuts it there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from .engine import quick
from .render import Heading, Page, Preview

TITLE, DESCRIPTION, CONTENTS, BODY = "onrecordtitle", "onrecorddescription", "onrecordcontents", "onrecordbody"
HEAD = "onrecordhead"
_STEP = "onrecordaddress"


class FrameKey(NamedTuple):
    """What a frame depends on beside the texts that are spliced into it."""

    kind: str
    depth: int
    section: str
    contents: bool
    description: bool
    indexed: bool
    preview: Preview
    head: bool

    @property
    def address(self) -> str:
        """The address of the specimen: as deep as the pages' own."""
        return "".join(f"{_STEP}{n}{self.name}/" for n in range(self.depth))

    @property
    def name(self) -> str:
        """Tells specimens of one depth apart."""
        flags = "".join("ny"[flag] for flag in (self.contents, self.description, self.indexed, self.head))
        return f"{self.kind}{self.section}{self.preview.name}{flags}"


def frame_key(page: Page) -> FrameKey:
    has = bool(page.contents), bool(page.description)
    return FrameKey(page.kind, page.address.count("/"), page.section, *has, page.indexed, page.preview, bool(page.head))


class Fields(NamedTuple):
    """What the theme prints of a generated page. Texts are plain; `contents` and `head` are HTML."""

    title: str
    description: str
    contents: str
    section: str
    indexed: bool
    preview: Preview
    head: str


def fields(page: Page) -> Fields:
    return Fields(
        page.title, page.description, contents(page.contents), page.section, page.indexed, page.preview, page.head
    )


def specimen(key: FrameKey) -> Fields:
    """The fields of a frame's specimen: a placeholder wherever its pages have a text."""
    return Fields(
        TITLE,
        DESCRIPTION if key.description else "",
        CONTENTS if key.contents else "",
        key.section,
        key.indexed,
        key.preview,
        HEAD if key.head else "",
    )


def contents(headings: Iterable[Heading]) -> Markup:
    """ "On this page" as list items."""
    items = (f'<li><a href="#{quick(heading.anchor)}">{quick(heading.title)}</a></li>' for heading in headings)
    return Markup("".join(items))  # noqa: S704 - both texts are escaped


@dataclass(frozen=True, slots=True)
class Frame:
    """A rendered specimen, cut at its placeholders: a piece of HTML, then the name of what follows, and so on."""

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, html: str, key: FrameKey) -> "Frame":
        """Raises ValueError where the theme does not print each placeholder as it should."""
        pieces: list[str] = [html]
        for token in (TITLE, DESCRIPTION, CONTENTS, HEAD, BODY, key.address):
            for n in range(len(pieces) - 1, -1, -2):
                parts = pieces[n].split(token)
                pieces[n : n + 1] = [x for part in parts for x in (token, part)][1:]
        if BODY not in pieces[1::2] or TITLE not in pieces[1::2]:
            raise ValueError(f'the theme prints no title or no body on pages of kind "{key.kind}"')
        return cls(tuple("address" if n % 2 and piece == key.address else piece for n, piece in enumerate(pieces)))

    def splice(self, page: Page) -> str:
        """The whole page, byte for byte what MkDocs would render for it."""
        texts = {
            TITLE: quick(page.title),
            DESCRIPTION: quick(page.description),
            CONTENTS: contents(page.contents),
            HEAD: page.head,
            BODY: page.body,
            "address": page.address,
        }
        return "".join(texts[piece] if n % 2 else piece for n, piece in enumerate(self.pieces))
