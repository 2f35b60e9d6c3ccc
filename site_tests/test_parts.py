"""Listings that are too long for one page: cut into parts, and every link still leads to its place."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from sites import built

from generator import build, view
from generator.pages import matrix
from generator.parts import MOST_BYTES, parts
from generator.render import Site, environment

SIZES = st.lists(st.integers(1, MOST_BYTES * 2), max_size=40)


@given(SIZES, st.sets(st.sampled_from(["part-2", "part-3", "part-4"])))
def test_parts_hold_every_item_once_in_order_and_no_more_than_fits(sizes, taken):
    cut = parts("list/", list(enumerate(sizes)), lambda item: item[1], taken)
    assert [item for part in cut for item in part.items] == list(enumerate(sizes))
    assert cut[0].address == "list/"
    assert len({part.address for part in cut}) == len(cut)
    assert not {part.address for part in cut} & {f"list/{name}/" for name in taken}
    for part in cut:
        assert len(part.items) <= 1 or sum(size for _, size in part.items) <= MOST_BYTES
        assert part.pages == [other.address for other in cut]


def test_eight_hundred_statements_stand_on_pages_of_300_kb_and_links_find_them(project, tmp_path):
    lines = [f"We shall close bridge {n} on Monday for good, said the mayor of the town." for n in range(800)]
    other = [line.replace("shall close", "will shut down") for line in lines]
    statements = "statements:\n" + "".join(
        f"  - id: words-{n}\n    title: On bridge {n}\n    speaker: acme\n"
        f"    canonical: {{article: one, exact: '{lines[n]}'}}\n"
        f"    variants: [{{article: two, exact: '{other[n]}'}}]\n"
        for n in range(800)
    )
    root = project(statements, {"one": "\n\n".join(lines) + "\n", "two": "\n\n".join(other) + "\n"})
    (root / "content/index.md").write_text("# The bridges\n\n[The last](statement:words-799) of them.\n")
    site = built(root, tmp_path / "site")
    pages = {path.relative_to(site).as_posix(): path.read_text() for path in site.glob("statements/**/*.html")}
    assert len(pages) > 3
    assert max(map(len, pages.values())) <= 300 * 1024
    shown = [name for html in pages.values() for name in re.findall(r'<h2 id="(words-\d+)"', html)]
    assert sorted(shown) == sorted(f"words-{n}" for n in range(800))
    first = pages["statements/index.html"]
    assert 'href="../statements/part-2/"' in first
    for n in range(800):  # the address that was published while the list was short
        assert f'id="words-{n}"' in first
    finds = [json.loads(path.read_text()) for path in site.glob("search/index/finds/*/*.json")]
    linked = [find["address"] for find in finds if find["kind"] == "statement"]
    linked += re.findall(r'href="(?:\./)?(statements/[^"]*words-799)"', (site / "index.html").read_text())
    assert len(linked) == 801
    for address in linked:
        page, _, anchor = address.partition("#")
        assert f'<h2 id="{anchor}"' in pages[f"{page}index.html"]


def test_tables_of_many_topics_link_to_those_next_to_them(project):
    many = matrix.MANY_TOPICS + 10
    topics = "".join(f"  - {{id: t-{n}, name: Topic {n}}}\n" for n in range(many))
    claim = "  - {{id: c-{0}, text: It is so {0}., short: So {0}, kind: state, topic: t-{1}}}\n"
    claims = "".join(claim.format(n, n % many) for n in range(500))
    about = "about: {title: Many, checked: 2026-01-01}\n"
    pub, _ = build.read(project(f"topics:\n{topics}\nclaims:\n{claims}", {"wire": "It is."}, header=about))
    site = Site("S", "", None, None)
    pages = {page.address: page.body for page in matrix.outputs(pub, site, environment(view.globals(pub, site)))}
    ways = re.findall(r'href="\.\./\.\./matrix/(t-\d+)/"', pages["matrix/t-20/"])
    assert ways == [f"t-{n}" for n in range(17, 24)]
    assert 'href="../../matrix/#topics">43 more topics</a>' in pages["matrix/t-20/"]
    assert len(set(re.findall(r'href="\.\./matrix/(t-\d+)/"', pages["matrix/"]))) == many
    assert 'id="topics"' in pages["matrix/"]
