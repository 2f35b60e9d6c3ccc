"""A site that Onrecord built, as what its peers are given: pages by kind, and files that are no pages."""

import shutil
from pathlib import Path

from .markup import Unit, parse


class Publication:
    def __init__(self, site: Path) -> None:
        self.site = site
        self.pages: dict[str, list[str]] = {}
        """Addresses by kind; a page of a kind of its own is a kind."""
        for path in sorted(site.rglob("index.html")):
            address = path.relative_to(site).as_posix().removesuffix("index.html")
            self.pages.setdefault(_kind(address), []).append(address)

    def html(self, address: str) -> str:
        return (self.site / address / "index.html").read_text()

    def units(self) -> dict[str, list[tuple[str, Unit]]]:
        return {kind: [(a, parse(self.html(a))) for a in addresses] for kind, addresses in self.pages.items()}

    def copy_files(self, folder: Path) -> None:
        """Everything but pages, which all peers take as it is."""
        for path in self.site.rglob("*"):
            if path.is_file() and path.name != "index.html":
                to = folder / path.relative_to(self.site)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, to)


def _kind(address: str) -> str:
    first, *more = address.rstrip("/").split("/")
    return "card" if more[1:] == ["embed"] else first if more else f"{first or 'home'}-page"
