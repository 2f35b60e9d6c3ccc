"""Makes a publication of any size: claims of about 1.5 KB with three pieces of evidence each, articles of 600 words.

The text is drawn from a fixed seed, so two runs make the same files. Ten claims share four of a tenth as many
articles, as claims about one affair do; every tenth claim is in conflict, every fifth is dated, some relay one origin.

    python -m benchmarks.synthetic FOLDER 1000
"""

import random
import sys
from pathlib import Path

from generator.load import ARTICLES, LOCK, RECORD, digest

WORDS = """company deal talks order bid offer statement report deadline government officials partner business users data
security market price share agency court filing memo meeting board minister plan network supplier licence export rule
month week year people spokesman source analyst investor service product region capital contract review appeal vote
budget tax port bridge rail power water school hospital union strike election coast river forest""".split()
JOINTS = "the of in on with after before about under over and that which its their this more most new first".split()


FILE, SHARE = 30_000, 5_000
"""So many claims fit into one file; of more, each file below claims/ has a share."""


def _sentence(rng: random.Random, words: int) -> str:
    def word(n: int) -> str:
        return rng.choice(WORDS if n % 2 else JOINTS) + (str(rng.randrange(1000)) if n % 7 == 3 else "")

    return " ".join(map(word, range(words))).capitalize() + "."


def write(folder: Path, claims: int, seed: int = 1) -> None:
    """Writes claims.yaml, the articles, their lock, mkdocs.yml and hand-written pages into an empty or new folder."""
    rng = random.Random(seed)
    count = max(claims // 10, 5)
    (folder / ARTICLES).mkdir(parents=True)
    sentences: list[list[str]] = []
    locks = []
    for n in range(count):
        mine = [_sentence(rng, 12) for _ in range(50)]
        sentences.append(mine)
        body = "".join(" ".join(mine[k : k + 4]) + "\n\n" for k in range(0, len(mine), 4)).rstrip() + "\n"
        day = f"20{n % 20 + 5:02d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        dated = f"date_published: {day}\ndate_basis: stated\n"
        head = f"---\nheadline: Report {n} on the affair\npublisher: outlet-{n % 40}\n{dated}---\n\n"
        (folder / ARTICLES / f"report-{n}.md").write_text(head + body)
        locks.append(f"{digest(body)}  report-{n}\n")
    (folder / LOCK).write_text("".join(sorted(locks, key=lambda line: line.split()[1])))
    out = ["about:\n  title: Synthetic affairs\n  checked: 2026-01-01\n\ntopics:\n"]
    topics = max(claims // 100, 3)
    out += [f"  - id: topic-{n}\n    name: Topic number {n}\n" for n in range(topics)]
    out.append("\npublishers:\n")
    out += [f"  - id: outlet-{n}\n    name: The Outlet {n}\n" for n in range(40)]
    out.append("\nentities:\n")
    entities = max(claims // 40, 5)
    out += [f"  - id: body-{n}\n    kind: organization\n    name: Body {n}\n    role: party\n" for n in range(entities)]
    out.append("\norigins:\n")
    origins = max(claims // 20, 5)
    out += [
        f"  - id: origin-{n}\n    kind: statement\n    party: body-{n % entities}\n    title: Statement {n}\n"
        for n in range(origins)
    ]
    made = [_claim(rng, n, n // 10 % count, sentences, topics, entities, origins) for n in range(claims)]
    if claims <= FILE:
        out += ["\nclaims:\n", *made]
    else:
        (folder / "claims").mkdir()
        for n in range(0, claims, SHARE):
            (folder / f"claims/{n // SHARE:03}.yaml").write_text("".join(["claims:\n", *made[n : n + SHARE]]))
    (folder / RECORD).write_text("".join(out))
    (folder / "mkdocs.yml").write_text(
        "site_name: Synthetic\nsite_url: https://facts.example.org/\ndocs_dir: content\nexclude_docs: articles/\n"
        "theme:\n  name: material\n  font: false\nplugins: [onrecord]\nstrict: true\n"
    )
    (folder / "content/index.md").write_text("# What happened?\n\nA made-up affair, for measuring.\n")
    (folder / "content/about.md").write_text("# How we work\n\nWe measure.\n")


def _claim(
    rng: random.Random, n: int, home: int, sentences: list[list[str]], topics: int, entities: int, origins: int
) -> str:
    dated = n % 5 == 0
    day = f"20{n % 20 + 5:02d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
    lines = [
        f"  - id: claim-{n}",
        f"    text: {_sentence(rng, 14)}",
        f"    short: {_sentence(rng, 6)[:-1]}",
        f"    kind: {'event' if dated else 'state'}",
        f"    topic: topic-{n // 10 % topics}",
        f"    entities: [body-{n % entities}, body-{(n // 3 + 1) % entities}]",
        f"    question: {_sentence(rng, 8)[:-1]}?",
    ]
    if dated:
        lines += [f"    date: {day}", "    date_basis: stated"]
    lines += [
        f"    summary: {_sentence(rng, 20)}",
        "    would_change:",
        f"      - {_sentence(rng, 14)}",
        "    evidence:",
    ]
    for k, article in enumerate(dict.fromkeys((home + step) % len(sentences) for step in (0, 1, 3))):
        stance = "disputes" if k == 2 and n % 10 == 0 else "qualifies" if k == 1 and n % 3 == 0 else "supports"
        lines += [
            f"      - article: report-{article}",
            f"        stance: {stance}",
            f"        quote: {rng.choice(sentences[article])}",
        ]
        if n % 4:
            lines.append(f"        origin: origin-{(n + k * (n % 2)) % origins}")
        value = _sentence(rng, 3)[:-1].lower()
        lines.append(f"        value: {f'not {value}' if stance == 'disputes' else value}")  # never that of a supporter
        if dated and stance == "supports":
            lines += [f"        date: {day}", f"        date_words: {_sentence(rng, 3)[:-1].lower()}"]
        lines.append(f"        note: {_sentence(rng, 16)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
