"""Publications to try things on: a small one, the same with nasty text everywhere, and what a test writes itself."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.load import ARTICLES, LOCK, RECORD, digest, load, lock_text
from generator.model import Is, Placed, Record
from generator.shape import Kind, shape

HERE = Path(__file__).parent
ROOT = HERE.parent
"""The publication of this repository."""
MINI = HERE / "projects" / "mini"
"""A small publication that uses every field of the record."""
HEADER = """\
about:
  title: "The sale"
  checked: 2020-09-30
topics:
  - {id: sale, name: The sale}
publishers:
  - {id: daily, name: The Daily}
  - {id: agency, name: The Agency}
entities:
  - {id: acme, kind: organization, name: Acme}
  - {id: buyer, kind: organization, name: Buyer}
origins:
  - {id: acme-memo, kind: memo, party: acme, title: Acme memo}
  - {id: agency-report, kind: report, party: agency, title: Agency report}
  - {id: people, kind: unnamed, title: people familiar with the talks}
"""
SHOP = """\
claims:
  - id: sale
    text: The shop was sold.
    short: The sale
    kind: event
    evidence:
      - {article: wire, stance: supports, quote: The shop was sold}
"""
"""One claim, for an article "wire" in which the shop was sold."""
MKDOCS = """\
site_name: Test
site_url: https://test.example/
docs_dir: content
exclude_docs: articles/
strict: true
theme:
  name: material
  font: false
plugins:
  - onrecord
"""
NASTY = "<script>alert(1)</script> {{ 7*7 }} {% raw %} <![CDATA[ ](javascript:alert(1)) \"' &amp; </title><b>"
_KEPT = {"hedge", "value", "best", "worst"}
"""What has to stand in the article, and numbers."""


def write_project(
    root: Path, record: str = "", articles: Mapping[str, str] | None = None, *, header: str = HEADER, lock: bool = True
) -> Path:
    """A small publication: `header` and `record` make claims.yaml; an article without front matter is given one."""
    (root / ARTICLES).mkdir(parents=True)
    (root / RECORD).write_text(header + record, encoding="utf-8", newline="")
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    for name, text in (articles or {}).items():
        text = text if text.startswith("---") else f"---\nform: report\n---\n\n{text}"
        (root / ARTICLES / f"{name}.md").write_text(text, encoding="utf-8", newline="")
    if lock and (loaded := load(root).record) is not None:
        (root / LOCK).write_text(lock_text(loaded.articles), encoding="utf-8")
    return root


def write_hostile(root: Path, nasty: str = NASTY) -> Path:
    """`MINI` with nasty text behind every text that readers see, articles included; it checks as clean as `MINI`."""
    shutil.copytree(MINI, root)
    record = yaml.load((root / RECORD).read_text(), yaml.BaseLoader)
    _spoil(record, Record, nasty)
    (root / RECORD).write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False))
    lock = []
    for path in sorted((root / ARTICLES).glob("*.md")):
        _, head, body = path.read_text().split("---\n", 2)
        front = yaml.load(head, yaml.BaseLoader)
        for name in ("headline", "label", "author", "publisher_note", "date_note"):
            if name in front:
                front[name] += f" {nasty}"
        for passage in front.get("not_used", ()):
            passage["exact"] += f" {nasty}"
            passage["reason"] += f" {nasty}"
        spared = ("", *front.get("noise", ()))
        body = "\n".join(line if line in spared else f"{line} {nasty}" for line in body.lstrip("\n").split("\n"))
        lock.append(f"{digest(body)}  {path.stem}\n")
        path.write_text(f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n\n{body}")
    (root / LOCK).write_text("".join(lock))
    for claim in record["claims"]:
        for evidence in claim.get("evidence", ()):
            if not (root / ARTICLES / f"{evidence['article']}.md").exists():
                continue  # it is linked
            evidence["quote"] = _requoted(root, evidence["article"], evidence["quote"], nasty)
    for statement in record["statements"]:
        for wording in (*filter(None, [statement.get("canonical")]), *statement.get("variants", ())):
            wording["exact"] = _requoted(root, wording["article"], wording["exact"], nasty)
    (root / RECORD).write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False))
    written = nasty.replace("](javascript:alert(1))", "")
    (root / "content/index.md").write_text(
        f"# What {written}\n\nText {written}\n\n<script>alert(1)</script>\n\n<![ x\n"
    )
    return root


def _spoil(record: dict[str, Any], cls: type[Placed], nasty: str) -> None:
    for name, field in shape(cls).items():
        if name not in record:
            continue
        value = record[name]
        if field.kind is Kind.RECORD:
            for item in value if isinstance(value, list) else [value]:
                _spoil(item, field.detail, nasty)
        elif field.kind is Kind.TEXT and field.detail in (None, Is.LINE) and name not in _KEPT:
            record[name] = [f"{item} {nasty}" for item in value] if isinstance(value, list) else f"{value} {nasty}"
        elif field.kind is Kind.WORDS:
            record[name] = {key: f"{text} {nasty}" for key, text in value.items()}


def _requoted(root: Path, article: str, quote: str | list[str], nasty: str) -> str | list[str]:
    """The quotation with the nasty text that now stands at its end in the article, where it does."""
    body = (root / ARTICLES / f"{article}.md").read_text()
    parts = quote if isinstance(quote, list) else [quote]
    spoilt = [f"{part} {nasty}" if f"{part} {nasty}" in body else part for part in parts]
    return spoilt if isinstance(quote, list) else spoilt[0]
