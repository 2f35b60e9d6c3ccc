"""Publications with a past: repositories that git makes, a small record for their commits, states in memory."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from publications import MKDOCS

from generator.history import past
from generator.load import ARTICLES, LOCK, RECORD, load, lock_text
from generator.past import sentences
from generator.problems import Refused

ABOUT = "about: {title: A shop, checked: 2026-01-01}\n"
ORIGINS = """origins:
  - {id: firm, kind: statement, title: the firm's statement}
  - {id: clerk, kind: statement, title: the clerk's words}
"""
CLAIM = """  - id: sold
    text: The shop is sold.
    short: Sold
    kind: state
    evidence:
      - {article: wire, stance: supports, quote: Acme will sell its shop, origin: firm}
"""
OTHER = """  - id: opened
    text: The shop is open.
    short: Open
    kind: state
    evidence:
      - {article: wire, stance: mentions, quote: Acme will sell its shop}
"""
WORDS = {
    "wire": "On Monday, Acme will sell its shop, it said.\n",
    "post": "It is not so: Acme keeps its shop.\n",
    "times": "Acme will sell its shop, the clerk said.\n",
}
DISPUTE = "      - {article: post, stance: disputes, quote: Acme keeps its shop}\n"
SECOND = "      - {article: times, stance: supports, quote: Acme will sell its shop, origin: clerk}\n"
RATINGS = "ratings:\n" + "".join(
    f'  - {{id: r{n}, name: Step {n}, value: {n}, light: "#5b3391", dark: "#c9a6ff", glyph: dot, meaning: So.}}\n'
    for n in (1, 2)
)
ADDED = "2026-01-01: Added with the status “One article only”; 1 article."
CONFLICT = "Status changed from “One article only” to “Sources conflict”; 2 articles, was 1. Evidence added: post."
EARLIER = "A state of the record before this one can’t be read any more, so this may have happened earlier."
_GIT = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Desk",
    "GIT_AUTHOR_EMAIL": "desk@facts.example",
    "GIT_COMMITTER_NAME": "Desk",
    "GIT_COMMITTER_EMAIL": "desk@facts.example",
}


def git(folder: Path, *words: str, day: str = "2026-01-01T12:00:00Z") -> str:
    """What git says, asked in a folder; its settings are none of this machine, `day` is that of the committer."""
    dates = {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE": day}
    done = subprocess.run(
        ["git", *words], cwd=folder, env={**_GIT, **dates}, check=True, capture_output=True, text=True
    )
    return done.stdout


def record(*claims: str, origins: str = ORIGINS) -> str:
    """The text of a record with some claims."""
    return ABOUT + origins + "claims:\n" + "".join(claims)


class Repository(NamedTuple):
    """A repository and the publication in it."""

    top: Path
    root: Path

    def write(self, text: str, articles: Mapping[str, str] = WORDS) -> None:
        """Puts a state of the publication into the folder."""
        (self.root / ARTICLES).mkdir(parents=True, exist_ok=True)
        (self.root / "mkdocs.yml").write_text(MKDOCS)
        (self.root / RECORD).write_text(text)
        for name, words in articles.items():
            (self.root / ARTICLES / f"{name}.md").write_text(f"---\nform: report\n---\n\n{words}")
        if (found := load(self.root).record) is not None:
            (self.root / LOCK).write_text(lock_text(found.articles))

    def commit(self, day: str, text: str | None = None, articles: Mapping[str, str] = WORDS) -> None:
        if text is not None:
            self.write(text, articles)
        git(self.top, "add", "-A")
        git(self.top, "commit", "-q", "-m", "Change", day=f"{day}T12:00:00Z" if "T" not in day else day)

    def told(self, id: str = "sold", most: int = 200) -> list[str]:
        """The lines of a claim's history as the repository gives them."""
        found = past(self.root, most)
        return [f"{r.date}: {sentences(r, {}, {})}" for r in found.revisions.get(id, ())]


def begun(top: Path, root: Path | None = None) -> Repository:
    """A repository without commits; the publication is to lie at its top, or in the folder `root`."""
    top.mkdir(exist_ok=True)
    git(top, "init", "-q", "-b", "main")
    return Repository(top, root or top)


class Memory(NamedTuple):
    """A state in memory: the text of each file by its path."""

    files: Mapping[str, str]

    def names(self, folder: str) -> list[str]:
        start = f"{folder}/" if folder else ""
        return sorted({name.removeprefix(start).split("/")[0] for name in self.files if name.startswith(start)})

    def below(self, name: str) -> Iterator[str]:
        return (path for path in self.files if f"{path}/".startswith(f"{name}/"))

    def text(self, name: str, limit: int) -> str:
        if name not in self.files:
            raise Refused([])
        return self.files[name]
