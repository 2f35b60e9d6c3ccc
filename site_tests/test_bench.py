"""`make bench`: pages are taken apart rightly, peers that make others are told, and a small run goes through."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.compare import pages, unlike
from benchmarks.markup import parse
from benchmarks.measure import Cost
from benchmarks.moulds import Place
from benchmarks.report import report
from benchmarks.targets import OURS, Figures, Pages


def moulded(*sources: str) -> tuple[str, list[object]]:
    units = [parse(html) for html in sources]
    place = Place(units)
    return "".join(place.template()), [place.data(unit) for unit in units]


@pytest.mark.parametrize(
    ("sources", "template", "data"),
    [
        pytest.param(
            ["<h1>Ann &amp; Bob</h1>", "<h1>Cy</h1>"],
            "<h1>{{ .v1 }}</h1>",
            [{"v1": "Ann & Bob"}, {"v1": "Cy"}],
            id="words that differ are values, without entities",
        ),
        pytest.param(
            ["<h1>Same</h1>\n<br>", "<h1>Same</h1>\n<br>"],
            "<h1>Same</h1>\n<br>",
            [{}, {}],
            id="words that are always the same belong to the template",
        ),
        pytest.param(
            ['<b id="c-one">one</b><a href="../one/">x</a>', '<b id="c-two">two</b><a href="../two/">x</a>'],
            '<b id="c-{{ .v1 }}">{{ .v1 }}</b><a href="../{{ .v1 | safeURL }}/">x</a>',
            [{"v1": "one"}, {"v1": "two"}],
            id="one value in three places is there once",
        ),
        pytest.param(
            ["<ul><li>a</li><li>b</li></ul>", "<ul><li>c</li></ul>"],
            "<ul>{{ range .c1 }}<li>{{ . }}</li>{{ end }}</ul>",
            [{"c1": ["a", "b"]}, {"c1": ["c"]}],
            id="a list is a loop",
        ),
        pytest.param(
            ["<i></i><p>a</p><p><b>b</b></p>", "<i></i><p>c</p>"],
            '<i></i>{{ range .c1 }}{{ if eq .k "k0" }}<p>{{ .v1 }}</p>{{ else }}<p><b>b</b></p>{{ end }}{{ end }}',
            [{"c1": [{"k": "k0", "v1": "a"}, {"k": "k1"}]}, {"c1": [{"k": "k0", "v1": "c"}]}],
            id="shapes are told apart, the commonest first",
        ),
        pytest.param(
            ["<i></i><p>a</p>\n<ul></ul>", "<i></i><p>b</p>\n<ul></ul>"],
            "<i></i><p>{{ .v1 }}</p>\n<ul></ul>",
            [{"v1": "a"}, {"v1": "b"}],
            id="what is always there needs no loop",
        ),
        pytest.param(
            ["<b>{{ a }}</b>", "<b>{{ a }}</b>"],
            '<b>{{ "{{" }} a }}</b>',
            [{}, {}],
            id="braces of a page do not become a template's",
        ),
    ],
)
def test_pages_are_taken_apart_into_a_template_and_data(sources, template, data):
    assert moulded(*sources) == (template, data)


def test_json_in_a_page_is_data_that_the_template_prints():
    block = '<script type="application/ld+json">{}</script>'
    template, data = moulded(block.format('{"a":"\\u003cb"}'), block.format('{"a":"c"}'))
    assert template == block.format("{{ .v1 | jsonify | safeJS }}")
    assert data == [{"v1": {"a": "<b"}}, {"v1": {"a": "c"}}]


COST = Cost(1.0, 0.5, 2.0, 100.0)
SITE = Pages(["a/index.html", "index.html"], 1000)


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (SITE, []),
        (SITE._replace(size=1150), []),
        (SITE._replace(size=1151), ["Peer, 1,000 claims: its pages have 115% of the bytes of ours"]),
        (SITE._replace(addresses=["index.html"]), ["Peer, 1,000 claims: its pages are not at the addresses of ours"]),
    ],
)
def test_a_peer_with_other_pages_is_told(theirs, told):
    assert unlike(Figures({}, {1000: {OURS: SITE, "Peer": theirs}}, {})) == told


@pytest.mark.parametrize(("hugo", "verdict"), [(1.0, "met"), (0.5, "missed by 33%")])
def test_a_ratio_is_held_against_its_target(hugo, verdict):
    costs = {OURS: COST, "Hugo": COST._replace(user=hugo)}
    text = report(Figures({1000: costs}, {1000: dict.fromkeys(costs, SITE)}, {}), 3)
    (line,) = (line for line in text.splitlines() if "to Hugo's, at 1,000" in line)
    assert line.split("|")[-2].strip() == verdict


def test_a_small_run_goes_through():
    command = [sys.executable, "-m", "benchmarks.compare", "10", "--rounds", "1", "--only-builds", "--peers", ""]
    result = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent, check=True)
    (line,) = (line for line in result.stdout.splitlines() if line.startswith(f"| {OURS} "))
    user, _, _, memory, count = (float(cell) for cell in line.split("|")[2:7])
    assert user > 0.1
    assert memory > 10
    assert count > 20


def test_pages_are_counted_with_their_bytes(tmp_path):
    for name, text in (("index.html", "1234"), ("a/index.html", "56"), ("a/badge.svg", "789")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert pages(tmp_path) == Pages(["a/index.html", "index.html"], 6)
