"""Hand-written pages: links into the record lead somewhere, and no text of theirs becomes markup or a program."""

import re
import shutil
from html import unescape

import pytest
from markdown import Markdown
from sites import built

from generator import build
from generator.written import Written

CLAIM = "claims:\n  - {id: sold, text: The shop is sold., short: Sold, kind: state}\n"


@pytest.fixture
def written(project) -> Written:
    pub = build.read(project(CLAIM, {"wire": "Words as printed."})).publication
    assert pub is not None
    return Written(pub)


def html(written: Written, text: str, source: str = "") -> str:
    written.begin("content/page.md", source or text, text, "../")
    return Markdown(extensions=["toc", "tables", "fenced_code", written]).convert(text)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("claim:sold", "../claims/sold/"),
        ("source:wire", "../sources/wire/"),
        ("entity:acme", "../entities/acme/"),
        ("CLAIM:sold", "../claims/sold/"),
        ("https://example.org/?a=1", "https://example.org/?a=1"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("about.md#rule", "about.md#rule"),
    ],
)
def test_a_link_leads_where_it_says(link, address, written):
    assert html(written, f"See [this]({link}).") == f'<p>See <a href="{address}">this</a>.</p>'
    assert written.problems == []


@pytest.mark.parametrize("link", ["claim:gone", "source:gone", "entity:gone", "statement:gone", "claim:"])
def test_a_link_to_nothing_is_told_at_its_place(link, written):
    html(written, f"One.\n\nSee [this]({link}).", f"---\ntitle: A\n---\nOne.\n\nSee [this]({link}).")
    (problem,) = written.problems
    assert (problem.code, problem.mark) == ("written-link", ("content/page.md", 6, 12, len(link)))


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&#x3a;alert(1)",
        "javascript&colon;alert(1)",
        "javascript&\\#58;alert(1)",
        "&#106;avascript:alert(1)",
        "&Tab;javascript:alert(1)",
        "<java\tscript:alert(1)>",
        "<java\nscript:alert(1)>",
        "<\x01javascript:alert(1)>",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/",
    ],
)
@pytest.mark.parametrize(
    "form", ["[x]({})", "![x]({})", "## [x]({})", "| a |\n|---|\n| [x]({}) |", "[x][r]\n\n[r]: {}"]
)
def test_an_address_that_could_run_a_program_is_refused_however_it_is_written(link, form, written):
    made = html(written, form.format(link))
    addresses = [re.sub(r"[\x00-\x20]", "", unescape(a)) for a in re.findall(r'(?:href|src)="(.*?)"', made, re.DOTALL)]
    assert not any(re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE) for address in addresses)
    if "#" in addresses or form == "[x]({})":
        assert [problem.code for problem in written.problems] == ["written-link"]


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "a <b onclick=x>b</b>", "<!-- x -->", "<![CDATA[x]]>", "<![", "<?php x ?>", "<!x"],
)
def test_raw_markup_is_shown_as_the_characters_that_it_is(text, written):
    made = html(written, f"{text}\n\nafter")
    inner = made.replace("<p>", "").replace("</p>", "").replace("<blockquote>", "")
    assert "<" not in inner
    assert "&lt;" in inner


def test_front_matter_that_would_be_printed_is_told(written):
    html(written, "---\ntitle: a: b\n---\n\nText.")
    assert [(p.code, p.mark.line) for p in written.problems] == [("front-matter", 1)]


def checked(root) -> list[tuple[str, str, str]]:
    return [(p.mark.path, p.code, p.message) for p in build.read(root).problems]


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("page.md", b"[x](claim:nope)", "written-link", 'there is no claim "nope"'),
        ("page.md", b"\xe9t\xe9", "not-utf8", "byte 0 (0xE9) is not UTF-8"),
        ("page.md", b"---\ntemplate: x.html\n---\n", "unknown-key", 'unknown key "template" in the front matter'),
        ("page.md", b"---\ntitle: a: b\n---\n", "yaml-syntax", "mapping values are not allowed in this context"),
        ("page.md", b"---\ntitle: open\n", "front-matter", "the front matter is not YAML, and would be printed"),
        (
            "chronology.md",
            b"# When",
            "written-address",
            'the address "chronology/" belongs to pages that are made of the record',
        ),
    ],
)
def test_the_check_finds_what_is_wrong_with_a_hand_written_page(name, content, code, says, project):
    root = project(CLAIM, {"wire": "Words as printed."})
    (root / "content" / name).write_bytes(content)
    assert checked(root) == [(f"content/{name}", code, says)]


def test_what_a_link_in_content_leads_to_is_not_published(project, tmp_path):
    root = project(CLAIM, {"wire": "Words as printed."})
    (tmp_path / "secret.txt").write_text("secret")
    (root / "content/notes.txt").symlink_to(tmp_path / "secret.txt")
    ((_, code, _),) = checked(root)
    assert code == "not-a-regular-file"


def test_pages_with_a_title_and_pictures_beside_them_are_fine(project):
    root = project(CLAIM, {"wire": "Words as printed."})
    (root / "content/guide").mkdir()
    (root / "content/guide/page.md").write_text("---\ntitle: Guide\n---\n\nSee [it](claim:sold).\n")
    (root / "content/guide/plan.png").write_bytes(b"\x89PNG")
    assert checked(root) == []


def drawn(written: Written, text: str) -> str:
    written.draw = lambda names, root: f"<ul><li>{root} {' '.join(names)}</li></ul>"
    return html(written, text)


def test_a_claim_on_a_line_of_its_own_is_shown_and_several_lines_make_one_list(written):
    assert drawn(written, "One.\n\n![](claim:sold)\n\nTwo.") == "<p>One.</p>\n<ul><li>../ sold</li></ul>\n<p>Two.</p>"
    assert drawn(written, "![](claim:sold)\n![](CLAIM:sold)") == "<ul><li>../ sold sold</li></ul>"
    assert drawn(written, "> ![](claim:sold)") == "<blockquote>\n<ul><li>../ sold</li></ul>\n</blockquote>"
    assert written.problems == []


def test_a_picture_that_is_none_of_a_claim_stays_one(written):
    assert drawn(written, "![A bridge](bridge.png)") == '<p><img alt="A bridge" src="bridge.png" /></p>'
    assert drawn(written, "    ![](claim:sold)") == "<pre><code>![](claim:sold)\n</code></pre>"
    assert drawn(written, "`![](claim:sold)`") == "<p><code>![](claim:sold)</code></p>"
    assert written.problems == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("See ![](claim:sold) here.", "a claim is shown on a line of its own, and here stands more"),
        ("![](claim:sold)\nand more", "a claim is shown on a line of its own, and here stands more"),
        ("- ![](claim:sold)", "a claim is shown on a line of its own, and here stands more"),
        ("# ![](claim:sold)", "a claim is shown on a line of its own, and here stands more"),
        ("![](claim:gone)", 'there is no claim "gone"'),
        ("![](claim:)", 'there is no claim ""'),
        ("![Sold](claim:sold)", "a claim is shown in its own words"),
        ("![](source:wire)", "a source can't be shown, only a claim"),
        ("![](page:chronology)", "a page can't be shown, only a claim"),
    ],
)
def test_a_claim_that_can_not_be_shown_is_told_at_its_place(text, said, written):
    drawn(written, f"[A link](claim:sold).\n\n{text}")
    (problem,) = written.problems
    line = next(line for line in text.split("\n") if "![" in line)
    at = line.index("](") + 3
    assert (problem.code, problem.message) == ("written-link", said)
    assert problem.mark == ("content/page.md", 3, at, line.index(")", at) + 1 - at)


def test_a_shown_claim_stands_on_the_built_page_as_in_lists(project, tmp_path):
    root = project(CLAIM, {"wire": "Words as printed."})
    (root / "content/guide.md").write_text("# Guide\n\n![](claim:sold)\n")
    built(root, tmp_path / "site")
    page = (tmp_path / "site/guide/index.html").read_text()
    assert '<ul class="cl" role="list">' in page
    assert '<li><a class="ct" href="../claims/sold/">The shop is sold.</a><span class="badge b-none">' in page
    assert "claim:sold" not in page


@pytest.mark.parametrize(
    "source", ["https://example.org/a.png", "//example.org/a.png", "/\\\\example.org/a.png", "HTTP://example.org/a.png"]
)
def test_an_image_of_another_host_is_refused_since_a_page_asks_no_host_but_its_own(written, source):
    assert "example.org" not in html(written, f"![x]({source})")
    assert [p.code for p in written.problems] == ["written-link"]
    assert "on another host" in written.problems[0].message


@pytest.mark.parametrize("source", ["picture.png", "../pictures/a.svg", "claim:sold"])
def test_an_image_of_the_publication_is_let_be(written, source):
    html(written, f"![]({source})")
    assert written.problems == []


def test_a_content_folder_that_is_a_link_is_not_published(project, tmp_path):
    root = project(CLAIM)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.txt").write_text("secret")
    shutil.rmtree(root / "content")
    (root / "content").symlink_to(tmp_path / "elsewhere")
    ((path, code, _),) = checked(root)
    assert (path, code) == ("content", "not-a-regular-file")
