"""Writes a picture of every page kind of the real publication into `screenshots/`, for people to look at.

    python site_tests/screenshots.py [KIND ...]

Four widths, light and dark; forced colours at two of them; what the printer gets of some as PDF. Names of kinds are
those of `PAGES`; without any, all are made.
"""

import os
import sys
import tempfile
from pathlib import Path

from browser import PAGES, launched, served
from playwright.sync_api import Browser
from publications import ROOT
from sites import built

FOLDER = ROOT / "screenshots"
WIDTHS = (1280, 768, 375, 320)
FORCED_WIDTHS = (1280, 375)
PRINTED = ("claim", "claim-echo", "chronology", "matrix", "matrix-topic")
MOST = 12_000
"""Pixels of height; the rest of a longer page looks the same."""


def shoot(browser: Browser, address: str, kinds: list[str]) -> None:
    looks = [(f"{w}-{scheme}", w, {"color_scheme": scheme}) for w in WIDTHS for scheme in ("light", "dark")]
    looks += [(f"{w}-forced", w, {"forced_colors": "active"}) for w in FORCED_WIDTHS]
    for look, width, options in looks:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        for kind in kinds:
            page.goto(address + PAGES[kind])
            height = min(page.evaluate("document.documentElement.scrollHeight"), MOST)
            page.screenshot(
                path=FOLDER / f"{kind}-{look}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": height},
            )
        context.close()
    page = browser.new_page()
    for kind in kinds:
        if kind in PRINTED:
            page.goto(address + PAGES[kind])
            page.pdf(path=FOLDER / f"{kind}.pdf", format="A4", prefer_css_page_size=True)


def main(kinds: list[str]) -> None:
    if unknown := set(kinds) - set(PAGES):
        sys.exit(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(PAGES)}")
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = built(ROOT, Path(folder) / "site")
        with served(site) as address, launched() as browser:
            shoot(browser, address, kinds or list(PAGES))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.name}/")


if __name__ == "__main__":
    main(sys.argv[1:])
