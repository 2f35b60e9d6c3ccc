"""MkDocs with Material: a Markdown file for each page, without navigation and search, which cost most at this size.

A file holds the body of the page as one block of HTML, which Python-Markdown passes through faster than it makes
headings, quotations and lists of Markdown. The frame is Material's, with the header and footer of our pages in place of
its own larger ones; a card has a frame of its own.
"""

import json
import re
from html import unescape
from pathlib import Path

from ..publication import Publication

NAME = "MkDocs + Material"
LOCK = "mkdocs"
PACKAGE = "mkdocs-material"
SETTINGS = """site_name: Synthetic
site_url: https://facts.example.org/
theme:
  name: material
  font: false
  custom_dir: frames
plugins: []
nav:
  - index.md
not_in_nav: "*"
validation:
  absolute_links: ignore
  unrecognized_links: ignore
"""
MAIN = """{% extends "base.html" %}
{% block extrahead %}{{ page.meta.head if page and page.meta and page.meta.head else "" }}{% endblock %}
{% block styles %}<link rel="stylesheet" href="{{ base_url }}/assets/onrecord.css">{% endblock %}
{% block scripts %}<script src="{{ base_url }}/assets/onrecord.js" defer></script>{% endblock %}
{% block header %}HEADER{% endblock %}
{% block site_nav %}{% endblock %}
{% block footer %}FOOTER{% endblock %}
"""
CARD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{ page.meta.title }}</title><link rel="canonical" href="{{ page.canonical_url }}">{{ page.meta.head }}</head>
<body>{{ page.content }}</body></html>
"""
_HEAD = re.compile(
    r'<meta property=".*?>|<script type="application/ld\+json">.*?</script>|<style>.*?</style>', re.DOTALL
)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description"[^>]* content="([^"]*)"')
_BODY = re.compile(
    r'(?:<article [^>]*id="main"[^>]*>|<main>)(.*)(?:</article>\s*</div>\s*</div>\s*)?</main>', re.DOTALL
)


def prepare(folder: Path, publication: Publication) -> None:
    (folder / "frames").mkdir()
    home = publication.html("")
    main = MAIN.replace("HEADER", _part("header", home)).replace("FOOTER", _part("footer", home))
    (folder / "frames" / "main.html").write_text(main)
    (folder / "frames" / "card.html").write_text(CARD)
    (folder / "mkdocs.yml").write_text(SETTINGS)
    publication.copy_files(folder / "docs")
    for kind, addresses in publication.pages.items():
        for address in addresses:
            path = folder / "docs" / f"{address.rstrip('/') or 'index'}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_page(kind, publication.html(address)))


def command(home: Path) -> list[str]:
    return [str(home / "bin/mkdocs"), "build", "--quiet"]


def _part(element: str, home: str) -> str:
    """The header or footer of our pages, with links that hold on every page."""
    found = re.search(rf"<{element}\b.*?</{element}>", home, re.DOTALL)
    assert found is not None
    return found[0].replace('href="./', 'href="{{ base_url }}/')


def _page(kind: str, html: str) -> str:
    """Front matter and body; JSON is YAML, too."""
    title, body = _TITLE.search(html), _BODY.search(html)
    assert title is not None
    assert body is not None
    description = _DESCRIPTION.search(html)
    meta = {
        "title": unescape(title[1].removesuffix(" – Synthetic")),
        "head": "".join(_HEAD.findall(html)),
        **({"description": unescape(description[1])} if description else {}),
        **({"template": "card.html"} if kind == "card" else {"hide": ["toc", "navigation"]}),
    }
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in meta.items())
    return f"---\n{lines}---\n\n<div>{body[1]}</div>\n"
