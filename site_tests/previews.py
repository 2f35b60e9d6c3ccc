"""Draws the pictures that networks show beside links: one for each status, one for the publication.

    python site_tests/previews.py

Run it when a label, a meaning, a mark or a colour changes, and commit the PNGs in `generator/theme/assets/preview/`. A
build only copies them: text in a picture needs fonts and a drawing program, which no build should ask for.
"""

import base64
import struct
import zlib
from collections import Counter
from pathlib import Path

from browser import FLAGS, chromium
from playwright.sync_api import sync_playwright

import generator
from generator.badge import COLOURS
from generator.marks import SHAPES
from generator.render import PREVIEW
from generator.weigh import RULES, Status

FOLDER = Path(generator.__file__).parent / "theme/assets/preview"
SIZE = {"width": 1200, "height": 630}
SENTENCE = "Badges tell how far sources agree, not what is true."
OUTLINED = {Status.UNCLEAR, Status.NONE, Status.PARTIAL}
STYLE = """
* { margin: 0; box-sizing: border-box }
body { width: 1200px; height: 630px; padding: 54px 84px 44px 90px; border-left: 28px solid var(--k); color: #1c1b19;
  background: #fdfcf9; display: flex; flex-direction: column; font: 36px/1.3 "Liberation Sans", Arial, sans-serif }
main { flex: 1; display: flex; flex-direction: column; justify-content: center; gap: 26px }
h1, p { text-wrap: balance }
h1 { font: 700 84px/1.12 Charter, Georgia, "DejaVu Serif", serif; letter-spacing: -.02em; color: var(--k) }
footer { padding-top: 22px; border-top: 2px solid #dcd7cb; font-size: 30px; color: #55524b }
.row { display: flex; gap: 26px }
svg { width: 124px; height: 124px; overflow: visible; fill: var(--k) }
.row svg { width: 84px; height: 84px }
.g { fill: none; stroke: #fdfcf9; stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round }
.out { fill: none; stroke: var(--k); stroke-width: 2 }
.out .g { stroke: var(--k) }
.partial .g { fill: var(--k); stroke: none }
.none { stroke-dasharray: 3 2.6 }
"""


def mark(status: Status) -> str:
    shape = SHAPES[status]
    glyph = f'<path class="g" d="{shape.glyph}"/>' if shape.glyph else ""
    kind = f"{status}{' out' if status in OUTLINED else ''}"
    colour = COLOURS[status].light
    return f'<svg class="{kind}" style="--k:{colour}" viewBox="0 0 20 20"><path d="{shape.outline}"/>{glyph}</svg>'


def sheet(colour: str, marks: str, heading: str, words: str) -> str:
    return (
        f'<!doctype html><style>{STYLE}</style><body style="--k:{colour}"><main>{marks}<h1>{heading}</h1><p>{words}</p>'
        f"</main><footer>{SENTENCE}</footer>"
    )


def sheets() -> dict[str, str]:
    """The HTML of each picture, by its name."""
    shown = (Status.AGREE, Status.CAVEAT, Status.SINGLE, Status.ECHO, Status.CONFLICT)
    row = f'<div class="row">{"".join(map(mark, shown))}</div>'
    heading, words = "Who says what, word for word", "And how far sources agree, claim by claim"
    made = {PREVIEW.name: sheet("#1c1b19", row, heading, words)}
    for rule in RULES:
        words = rule.meaning[0].upper() + rule.meaning[1:]
        made[rule.status] = sheet(COLOURS[rule.status].light, mark(rule.status), rule.label, words)
    return made


PIXELS = """async (png) => {
    const image = Object.assign(new Image(), { src: "data:image/png;base64," + png });
    await image.decode();
    const drawing = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = drawing.getContext("2d");
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, image.width, image.height).data;
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
}"""


def png(pixels: bytes) -> bytes:
    """RGBA pixels as a PNG of at most 32 colours: a third of the bytes, and no eye sees the difference."""
    colours = [pixels[at : at + 3] for at in range(0, len(pixels), 4)]
    used = Counter(colours)
    palette = [colour for colour, _ in used.most_common(32)]
    nearest = {
        colour: min(
            range(len(palette)), key=lambda n: sum((a - b) ** 2 for a, b in zip(palette[n], colour, strict=True))
        )
        for colour in used
    }
    width, height = SIZE["width"], SIZE["height"]
    rows = (bytes(nearest[colour] for colour in colours[y * width : (y + 1) * width]) for y in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)
        for name, html in sheets().items():
            page.set_content(html)
            shot = base64.b64encode(page.screenshot()).decode()
            (FOLDER / f"{name}.png").write_bytes(png(base64.b64decode(page.evaluate(PIXELS, shot))))
        browser.close()


if __name__ == "__main__":
    main()
