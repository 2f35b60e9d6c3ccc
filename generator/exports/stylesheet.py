"""`assets/onrecord.css`: the styles, joined in the order of their names, without comments and indentation."""

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from ..publication import Publication
from ..render import File, Site
from ..ruling import styles

VERDICTS = Path(__file__).parent.parent / "styles/verdicts/ruling.css"
"""For publications that give verdicts; it follows the others."""
STYLES = Path(__file__).parent.parent / "styles"


def outputs(pub: Publication, site: Site, env: Environment) -> Iterator[File]:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    if pub.record.ratings:
        text += VERDICTS.read_text(encoding="utf-8") + styles(pub.record.ratings)
    yield File("assets/onrecord.css", smaller(text).encode())


def smaller(css: str) -> str:
    """The same rules in fewer bytes. Our styles hold no string with a comment or with two spaces in it."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip() + "\n"
