"""What happened to a publication's claims: each change is told once, under an id that stays whatever comes later."""

import hashlib
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from repositories import RATINGS, WORDS, Memory

from generator import history
from generator.dates import parse
from generator.history import Point
from generator.load import ARTICLES, RECORD, load
from generator.past import Past
from generator.publication import Publication, assemble
from generator.revisions import Entry
from generator.updates import Kind, updates


@dataclass
class Life:
    """A claim in a publication that changes; `born` is the id under which it came."""

    born: str
    id: str
    former: list[str] = field(default_factory=list)
    text: int = 0
    evidence: frozenset[str] = frozenset({"wire"})
    corrections: int = 0
    withdrawn: int = 0
    """Which day; 0 for not."""
    rating: int = 0

    def yaml(self) -> str:
        lines = [f"- id: {self.id}", f"  text: Text {self.text}.", "  short: Sold", "  kind: state"]
        quotes = {"wire": "will sell its shop", "post": "Acme keeps its shop", "times": "Acme will sell its shop"}
        stances = {"wire": "supports", "post": "disputes", "times": "supports"}
        if self.evidence:
            lines.append("  evidence:")
        for name in sorted(self.evidence):
            lines.append(f"  - {{article: {name}, stance: {stances[name]}, quote: {quotes[name]}, origin: firm}}")
        if self.rating:
            lines.append(f"  verdict: {{rating: r{self.rating}, explanation: So., date: 2026-01-0{self.rating}}}")
        if self.corrections:
            lines.append("  corrections:")
        lines += [f"  - {{date: 2026-02-01, what: Mistake {n}.}}" for n in range(self.corrections)]
        if self.withdrawn:
            lines.append(f"  withdrawn: {{date: 2026-03-0{self.withdrawn}, reason: So.}}")
        if self.former:
            lines.append(f"  former_ids: [{', '.join(self.former)}]")
        return textwrap.indent("\n".join(lines), "  ") + "\n"


class Snapshot(NamedTuple):
    """A state in memory that answers what history asks of one in a repository."""

    files: Mapping[str, str]

    def names(self, folder: str) -> list[str]:
        return Memory(self.files).names(folder)

    def below(self, name: str) -> Iterator[str]:
        return (path for path in self.files if path == name or path.startswith(f"{name}/"))

    def text(self, name: str, limit: int) -> str:
        return self.files[name]

    def entry(self, name: str) -> Entry:
        under = sorted(item for item in self.files.items() if item[0].startswith(name))
        return Entry("100644", hashlib.sha256(repr(under).encode()).hexdigest())

    def entries(self, folder: str) -> Mapping[str, str]:
        return {name.split("/")[-1]: text for name, text in self.files.items() if name.startswith(folder)}


ACTS = st.sampled_from(
    ["new", "rename", "reword", "wire", "post", "times", "correct", "withdraw", "again", "restore", "r1", "r2", "r0"]
)
COMMITS = st.lists(st.lists(st.tuples(ACTS, st.integers(0, 2)), max_size=3), min_size=2, max_size=7)


def act(lives: list[Life], what: str, which: int) -> None:
    if what == "new" or not lives:
        lives.append(Life(f"c{len(lives)}", f"c{len(lives)}"))
        return
    one = lives[which % len(lives)]
    if what == "rename":
        one.former, one.id = [*one.former, one.id], f"{one.born}-{len(one.former) + 1}"
    elif what == "reword":
        one.text += 1
    elif what in WORDS:
        one.evidence ^= {what}
    elif what == "correct":
        one.corrections += 1
    elif what in ("withdraw", "again", "restore"):
        day = {"withdraw": 1, "again": 2, "restore": 0}[what]
        one.withdrawn = one.withdrawn or day if day else 0  # what is published is not rewritten
    else:
        one.rating = int(what[1])


def published(states: Sequence[Snapshot], known: bool) -> Publication:
    """The publication after some commits, a day each, and what is known of them."""
    found, problems = load(states[-1])
    assert found is not None, problems
    pub = assemble(found)
    points = [Point(parse(f"2026-04-{n:02}").first, state, f"{n:012x}") for n, state in enumerate(states, 1)]
    walked = history._walk([*reversed(points), Point(parse("0001-01-01").first, None)], {}, {})
    return replace(pub, past=walked if known else Past())


@given(COMMITS)
def test_each_change_is_told_once_under_an_id_that_stays_whatever_comes_later(commits):
    lives: list[Life] = []
    states, owners = [], {}
    names: set[str] = set()
    for acts in commits:
        for what, which in acts:
            act(lives, what, which)
        claims = "claims:\n" + "".join(life.yaml() for life in lives) if lives else ""
        head = f"about: {{title: A, checked: 2026-01-01}}\n{RATINGS}"
        text = f"{head}origins:\n  - {{id: firm, kind: statement, title: t}}\n"
        articles = {f"{ARTICLES}/{name}.md": f"---\nform: report\n---\n\n{words}" for name, words in WORDS.items()}
        states.append(Snapshot({RECORD: text + claims, **articles}))
        pub = published(states, known=True)
        every = updates(pub)
        now = {update.name: update for update in every}
        assert len(now) == len(every)
        assert names <= now.keys(), "what was told is told, whatever came later"
        names = set(now)
        by_id = {life.id: life.born for life in lives}
        for name, update in now.items():
            assert owners.setdefault(name, by_id[update.claim.id]) == by_id[update.claim.id], "no id is given twice"
        noticed = [(id, revision) for id, some in pub.past.revisions.items() for revision in some if revision.noticed]
        told = [(update.claim.id, update.revision) for update in every if update.revision and update.revision.noticed]
        assert sorted(map(repr, told)) == sorted(map(repr, noticed))
        declared = [id(one) for update in every for one in update.declared]
        assert len(set(declared)) == len(declared)
        wanted = {id(c) for r in pub.reviews for c in (*r.claim.corrections, r.claim.withdrawn) if c}
        assert wanted <= set(declared)
        alone = {u.name for u in updates(published(states, known=False)) if u.kind is not Kind.VERDICT}
        assert alone <= names, "without a repository the same event has the same id"
