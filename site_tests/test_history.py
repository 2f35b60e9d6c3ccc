"""What a claim's page tells of its past: commits of a repository against what readers are told of them."""

import json
import re
import shutil
import textwrap
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repositories import (
    ABOUT,
    ADDED,
    CLAIM,
    CONFLICT,
    DISPUTE,
    EARLIER,
    ORIGINS,
    OTHER,
    RATINGS,
    SECOND,
    WORDS,
    Memory,
    Repository,
    git,
    record,
)
from sites import built

from generator import history, kept
from generator.history import KEPT, compare, difference, past
from generator.load import ARTICLES, RECORD
from generator.past import Past


def test_each_commit_that_readers_can_notice_is_told_newest_first(repo):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-02", record(CLAIM + DISPUTE))
    repo.commit("2026-01-03", record(CLAIM.replace("The shop is sold", "The shop was sold") + DISPUTE))
    repo.commit("2026-01-04", record(CLAIM.replace("The shop is sold", "The shop was sold")))
    repo.commit("2026-01-05", record(CLAIM.replace("The shop is sold", "The shop was sold") + SECOND))
    repo.commit("2026-01-06", record(CLAIM.replace("supports", "qualifies") + SECOND))
    assert repo.told() == [
        "2026-01-06: Status changed from “Sources agree” to “Agree, with caveats”. "
        "Reworded; before: “The shop was sold.” Evidence changed: wire.",
        "2026-01-05: Status changed from “One article only” to “Sources agree”; 2 articles, was 1. "
        "Evidence added: times.",
        "2026-01-04: Status changed from “Sources conflict” to “One article only”; 1 article, was 2. "
        "Evidence removed: post.",
        "2026-01-03: Reworded; before: “The shop is sold.”",
        f"2026-01-02: {CONFLICT}",
        ADDED,
    ]


def test_a_commit_that_changes_nothing_on_a_claim_is_not_told(repo):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-02", record(CLAIM, OTHER))
    repo.commit("2026-01-03", record("# A remark\n", OTHER, CLAIM))
    repo.commit("2026-01-04", record(OTHER, CLAIM, origins=ORIGINS.replace("the clerk's words", "the clerk")))
    (repo.top / "README.md").write_text("No record.\n")
    repo.commit("2026-01-05")
    assert repo.told() == [ADDED]
    assert repo.told("opened") == ["2026-01-02: Added with the status “No source found”; 0 articles."]


def test_another_shape_of_quotation_marks_and_dashes_is_no_change_to_a_reader(repo):
    def claim(text: str, note: str) -> str:
        noted = CLAIM.replace("stance: supports", f"stance: supports, note: {note}")
        return record(noted.replace("The shop is sold.", text))

    repo.commit("2026-01-01", claim('The "old" shop - Acme\'s - is sold.', "It's so"))
    repo.commit("2026-01-02", claim("The “old” shop – Acme’s – is sold.", "It’s so"))
    assert repo.told() == [ADDED]
    repo.commit("2026-01-03", claim("The “older” shop – Acme's – is sold.", "It's not so"))
    told = "2026-01-03: Reworded; before: “The “old” shop – Acme’s – is sold.” Evidence changed: wire."
    assert repo.told() == [told, ADDED]


def test_an_article_or_an_origin_that_changes_changes_the_claims_that_rest_on_it(repo):
    repo.commit("2026-01-01", record(CLAIM + SECOND))
    unnamed = ORIGINS.replace("clerk, kind: statement", "clerk, kind: unnamed")
    repo.commit("2026-01-02", record(CLAIM + SECOND, origins=unnamed))
    repo.commit("2026-01-03", record(CLAIM + SECOND, origins=unnamed), {**WORDS, "times": "Nothing of it is left.\n"})
    assert repo.told()[:2] == [
        "2026-01-03: Status changed from “Articles agree, origins unclear” to “One article only”; 1 article, was 2.",
        "2026-01-02: Status changed from “Sources agree” to “Articles agree, origins unclear”.",
    ]


def test_a_verdict_that_is_given_changed_or_withdrawn_is_told(repo):
    for n, rating in enumerate(["", "r1", "r2", ""], 1):
        verdict = f"    verdict: {{rating: {rating}, explanation: So., date: 2026-01-01}}\n" if rating else ""
        repo.commit(f"2026-01-0{n}", record(CLAIM + verdict, origins=RATINGS + ORIGINS))
    assert repo.told() == [
        "2026-01-04: Verdict withdrawn: “r2”.",
        "2026-01-03: Verdict changed from “r1” to “r2”.",
        "2026-01-02: Verdict given: “r1”.",
        ADDED,
    ]


def test_the_day_is_the_committers_in_utc(repo):
    repo.commit("2026-01-02T23:30:00-0500", record(CLAIM))
    assert repo.told() == ["2026-01-03: Added with the status “One article only”; 1 article."]


def test_a_renamed_claim_keeps_its_past(repo):
    repo.commit("2026-01-01", record(CLAIM))
    renamed = CLAIM.replace("id: sold", "id: sale").replace("    kind", "    former_ids: [sold]\n    kind")
    repo.commit("2026-01-02", record(renamed))
    assert repo.told("sale") == ["2026-01-02: Its address changed; the old one, “sold”, leads here.", ADDED]


def test_a_merge_counts_on_the_day_on_which_it_came_to_the_branch(repo):
    repo.commit("2026-01-01", record(CLAIM))
    git(repo.top, "checkout", "-q", "-b", "proposal")
    repo.commit("2026-01-02", record(CLAIM + SECOND))
    repo.commit("2026-01-03", record(CLAIM + DISPUTE))
    git(repo.top, "checkout", "-q", "main")
    (repo.top / "README.md").write_text("Meanwhile.\n")
    repo.commit("2026-01-04")
    git(repo.top, "merge", "-q", "--no-ff", "-m", "Merge", "proposal", day="2026-01-05T12:00:00Z")
    assert repo.told() == [f"2026-01-05: {CONFLICT}", ADDED]


@pytest.mark.parametrize("place", ["record", "a b/désk\nof: 'x'"])
def test_the_publication_may_lie_in_a_folder_of_the_repository_and_may_have_moved(repo, place):
    inner = Repository(repo.top, repo.top / "first" / "place")
    inner.commit("2026-01-01", record(CLAIM))
    inner.commit("2026-01-02", record(CLAIM + DISPUTE))
    (repo.top / place).parent.mkdir(parents=True, exist_ok=True)
    inner.root.rename(repo.top / place)
    moved = Repository(repo.top, repo.top / place)
    moved.commit("2026-01-03")
    moved.commit("2026-01-04", record(CLAIM))
    assert moved.told()[1:] == [f"2026-01-02: {CONFLICT}", ADDED]
    assert len(moved.told()) == 3


@pytest.mark.parametrize(
    "broken", ["claims: [", "claims:\n  - {id: sold, id: sold}\n", "", "\0", "about: {titel: x}\n"]
)
def test_a_state_that_cannot_be_read_is_passed_over_and_said(repo, broken):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-02", broken)
    repo.commit("2026-01-03", record(CLAIM + DISPUTE))
    assert repo.told() == [f"2026-01-03: {CONFLICT} {EARLIER}", ADDED]
    assert past(repo.root, 200).since is None


def test_where_the_newest_or_the_oldest_state_cannot_be_read_the_others_are_told(repo):
    repo.commit("2026-01-01", "claims: [")
    repo.commit("2026-01-02", record(CLAIM))
    repo.commit("2026-01-03", record(CLAIM + DISPUTE))
    repo.commit("2026-01-04", "claims: [")
    assert repo.told() == [f"2026-01-03: {CONFLICT}", f"{ADDED.replace('01-01', '01-02')} {EARLIER}"]


def test_a_record_that_was_gone_for_a_while_begins_anew(repo):
    repo.commit("2026-01-01", record(CLAIM))
    (repo.root / RECORD).unlink()
    repo.commit("2026-01-02")
    repo.commit("2026-01-03", record(CLAIM))
    assert repo.told() == [ADDED.replace("01-01", "01-03"), ADDED]


def test_a_shallow_clone_says_what_it_cannot_know(repo, tmp_path):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-02", record(CLAIM + DISPUTE))
    repo.commit("2026-01-03", record(CLAIM))
    for depth, lines in (("1", 0), ("2", 1)):
        clone = tmp_path / depth
        git(tmp_path, "clone", "-q", "--depth", depth, repo.top.as_uri(), str(clone))
        shallow = Repository(clone, clone)
        assert len(shallow.told()) == lines
        assert past(clone, 200).since is not None
    html = page(shallow.root, tmp_path)
    assert "2 Jan 2026 What changed before this day is not known here." in html
    assert "Added" not in html


def test_no_more_commits_than_were_asked_for_are_read(repo):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-02", record(CLAIM + DISPUTE))
    repo.commit("2026-01-03", record(CLAIM))
    repo.commit("2026-01-04", record(CLAIM + DISPUTE))
    assert [line[:10] for line in repo.told(most=2)] == ["2026-01-04", "2026-01-03"]
    assert str(past(repo.root, 2).since) == "2026-01-02"
    assert [line[:10] for line in repo.told(most=4)][-1] == "2026-01-01"
    assert past(repo.root, 0) == Past()


def test_what_is_not_committed_has_no_date_and_is_not_told(repo, tmp_path):
    repo.commit("2026-01-01", record(CLAIM))
    repo.write(record(CLAIM + DISPUTE, OTHER))
    assert repo.told() == [ADDED]
    assert "Added" not in page(repo.root, tmp_path, "opened")


@pytest.fixture
def compared(monkeypatch) -> list[object]:
    """Every pair of states that is compared and not remembered."""
    pairs: list[object] = []
    real = history.difference

    def counted(old, new, *more):
        pairs.append((old, new))
        return real(old, new, *more)

    monkeypatch.setattr(history, "difference", counted)
    return pairs


def test_what_was_compared_once_is_remembered_until_the_code_changes(repo, compared, monkeypatch):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-02", record(CLAIM + DISPUTE))
    first = repo.told()
    assert len(compared) == 2
    assert repo.told() == first
    assert len(compared) == 2
    repo.commit("2026-01-03", record(CLAIM))
    assert len(repo.told()) == 3
    assert len(compared) == 3
    monkeypatch.setattr(history, "code", lambda: "another")
    assert len(repo.told()) == 3
    assert len(compared) == 6
    assert git(repo.top, "status", "--short") == ""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: shutil.rmtree(path.parent),
        lambda path: path.write_text(""),
        lambda path: path.write_bytes(path.read_bytes()[:-20]),
        lambda path: path.write_bytes(path.read_bytes().replace(b"single", b"agree")),
        lambda path: path.write_text("[" * 100_000),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_a_cache_that_is_gone_or_broken_is_made_anew(repo, spoil):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-02", record(CLAIM + DISPUTE))
    first = repo.told()
    (path,) = (kept.project(repo.root) / KEPT).iterdir()
    spoil(path)
    assert repo.told() == first
    assert repo.told() == first


def test_a_cache_of_another_shape_is_made_anew(repo):
    repo.commit("2026-01-01", record(CLAIM))
    first = repo.told()
    (key,) = (path.name for path in (kept.project(repo.root) / KEPT).iterdir())
    honest = json.loads(kept.get(repo.root, KEPT, key) or b"")
    for odd in ("gone", 7, None, {"sold": {}}, {"sold": {"after": ["new", 1]}}, {"sold": {"after": ["agree"]}}):
        kept.put(repo.root, KEPT, key, json.dumps(dict.fromkeys(honest, odd)).encode())
        assert repo.told() == first, odd


def page(root: Path, tmp_path: Path, claim: str = "sold") -> str:
    """The text of a claim's history, as built; spaces joined."""
    site = built(root, tmp_path / "site")
    html = (site / "claims" / claim / "index.html").read_text()
    part = html[html.index('id="history"') : html.index('id="cite"')]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", part)).split())


def test_the_page_tells_corrections_withdrawal_and_commits_together_newest_first(repo, tmp_path):
    repo.commit("2026-01-01", record(CLAIM))
    corrected = CLAIM + DISPUTE + "    corrections: [{date: 2026-01-02, what: It was one article.}]\n"
    repo.commit("2026-01-03", record(corrected))
    gone = corrected + "    withdrawn: {date: 2026-01-04, reason: Nobody said so.}\n"
    repo.commit("2026-01-05", record(gone))
    lines = page(repo.root, tmp_path)
    parts = ["1 Jan 2026 Checked.", "4 Jan 2026 Withdrawn: Nobody said so.", "3 Jan 2026 Status changed from"]
    parts += ["2 Jan 2026 Corrected: It was one article.", "1 Jan 2026 Added with"]
    places = [lines.index(part) for part in parts]
    assert places == sorted(places)
    assert "to “Withdrawn”" not in lines
    home = unescape((tmp_path / "site/index.html").read_text())
    latest = home[home.index('id="changes"') :]
    assert latest.index("Withdrawn: Nobody said so.") < latest.index("Status changed") < latest.index("Corrected: It")


def test_many_new_claims_of_a_day_are_one_line_of_the_home_page(repo, tmp_path):
    repo.commit("2026-01-01", record(CLAIM, OTHER))
    assert "No corrections so far." in page(repo.root, tmp_path)
    home = (tmp_path / "site/index.html").read_text()
    assert "2 claims added." in home[home.index('id="changes"') :]


def test_history_false_leaves_the_repository_alone(repo, tmp_path, monkeypatch):
    repo.commit("2026-01-01", record(CLAIM))
    path = repo.root / "mkdocs.yml"
    path.write_text(path.read_text().replace("  - onrecord\n", "  - onrecord: {history: false}\n"))
    monkeypatch.setattr(history, "repository", None)
    assert "Added" not in page(repo.root, tmp_path)
    assert not (kept.project(repo.root) / KEPT).exists()


EVIDENCE = st.lists(
    st.builds(
        "      - {{article: {}, stance: {}, quote: Acme {} shop, origin: [{}]}}\n".format,
        st.sampled_from(["wire", "post", "times"]),
        st.sampled_from(["supports", "disputes", "qualifies", "mentions"]),
        st.sampled_from(["will sell its", "keeps its", "sells no"]),
        st.sampled_from(["", "firm", "clerk", "firm, clerk", "self"]),
    ),
    max_size=3,
)
MORE = [
    "",
    "    former_ids: [c0]\n",
    "    former_ids:\n    - c1\n",
    "    summary: |\n      A text\n       - id: c9\n\n      in lines\n",
]
TEXTS = ["A b.", '"claims: - id: x"', "'It''s - id: y'"]
CLAIMS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(TEXTS), EVIDENCE, st.sampled_from(MORE)),
    max_size=5,
    unique_by=lambda claim: claim[0],
)
KINDS = st.sampled_from(["statement", "unnamed"])


@st.composite
def states(draw) -> Memory:
    step = draw(st.sampled_from(["", "  "]))
    lines = [
        f"{step}- id: c{n}\n{step}  text: {text}\n{step}  short: a\n{step}  kind: state\n"
        + textwrap.indent(textwrap.dedent(more), step + "  ")
        + (f"{step}  evidence:\n" + "".join(evidence) if evidence else "")
        for n, text, evidence, more in draw(CLAIMS)
    ]
    origin = draw(st.sampled_from(["  - {{id: {}, kind: {}, title: t}}\n", "- kind: {1}\n  id: {0}\n  title: t\n"]))
    origins = "".join(origin.format(id, draw(KINDS)) for id in ("firm", "clerk"))
    homes = [draw(st.sampled_from([RECORD, RECORD, "claims/a.yaml", "claims/b/c.yaml"])) for _ in lines]
    texts = {RECORD: f"{ABOUT}origins:\n{origins}"}
    for home, line in zip(homes, lines, strict=True):
        begun = texts.get(home, "")
        texts[home] = begun + ("" if "claims:\n" in begun else "claims:\n") + line
    words = {name: draw(st.sampled_from([text, "Nothing.\n"])) for name, text in WORDS.items()}
    return Memory({**texts, **{f"{ARTICLES}/{n}.md": f"---\n---\n\n{w}" for n, w in words.items()}})


@given(states(), states(), st.sampled_from(["", "claims.yaml", "claims/", "wire", "post"]))
def test_reading_only_what_differs_finds_what_reading_all_finds(old: Memory, new: Memory, only: str):
    if only:  # most of a project stays the same from one commit to the next
        names = {*old.files, *new.files}
        new = Memory({n: s.files[n] for n in names if n in (s := new if only in n else old).files})
    texts = old.files.items() & new.files.items()
    names = {n for n in {*old.files, *new.files} if n.startswith(ARTICLES)} - dict(texts).keys()
    alike = {name for name, _ in texts if name.startswith("claims/")}
    whole = [history._reviews(files) for files in (old, new)]
    if None not in whole:
        assert difference(old, new, [n.split("/")[-1][:-3] for n in names], alike) == compare(*whole)
