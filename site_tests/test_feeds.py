"""Feeds of changes: valid by the rules of both formats, one entry an event, and ids that stay."""

import json
import posixpath
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import html5lib
import pytest
from lxml import etree
from publications import HERE, NASTY
from repositories import CLAIM, DISPUTE, RATINGS, Repository, record
from sites import HTML, built, elements, pages

from generator import view
from generator.build import read
from generator.dates import parse
from generator.exports import feeds as export
from generator.feeds import MOST, newest
from generator.history import past
from generator.publication import Publication
from generator.render import Site, environment
from generator.updates import Kind, Update

ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
SITE = Site("The Record", "https://facts.example.org/", None, None)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def checked(atom: bytes, other: bytes) -> list[dict[str, Any]]:
    """The items of a feed, after both forms were held to their rules and to each other."""
    tree = etree.fromstring(atom)
    assert GRAMMAR.validate(tree), GRAMMAR.error_log
    parsed = feedparser.parse(atom, sanitize_html=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    feed = json.loads(other)
    items = feed["items"]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["description"]) == (tree.findtext(f"{ATOM}title"), tree.findtext(f"{ATOM}subtitle"))
    assert feed["language"] == tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    (name,) = [author["name"] for author in feed["authors"]]
    assert name == tree.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.rel: link.href for link in parsed.feed.links}
    assert feed["home_page_url"] == links["alternate"]
    assert feed["feed_url"] == links["self"].removesuffix("xml") + "json"
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids) <= MOST
    moments = [item["date_modified"] for item in items]
    assert moments == sorted(moments, reverse=True)
    assert not moments or tree.findtext(f"{ATOM}updated") == moments[0]
    assert len(parsed.entries) == len(items)
    for entry, item in zip(parsed.entries, items, strict=True):
        assert (item["id"], item["url"], item["title"]) == (entry.id, entry.link, entry.title)
        assert item["date_published"] == item["date_modified"] == entry.published == entry.updated
        assert MOMENT.fullmatch(entry.updated)
        assert item["tags"] == [tag.label for tag in entry.tags]
        assert urlsplit(item["url"]).scheme
        assert set(item) == {"id", "url", "title", "content_html", "date_published", "date_modified", "tags"}
        assert all(isinstance(tag, str) for tag in item["tags"])
    for item, content in zip(items, tree.iterfind(f"{ATOM}entry/{ATOM}content"), strict=True):
        assert item["content_html"] == content.text
        self_contained(item["content_html"])
    return items


def self_contained(html: str) -> None:
    """Of text, paragraphs and links with whole addresses: nothing that a reader's program would load or take out."""
    parser = html5lib.HTMLParser(strict=True)
    (box,) = parser.parseFragment(html, container="body")
    found = [str(e.tag).rpartition("}")[2] for e in box.iter()]
    assert set(found) <= {"div", "p", "a"}
    assert found[0] == "div"
    for e in box.iter():
        assert set(e.attrib) <= {"href", "lang", "dir"}
        assert re.match("https?://", e.get("href", "https://"))


def found(site: Path, folder: str = "") -> list[dict[str, Any]]:
    return checked(*((site / folder / name).read_bytes() for name in ("feed.xml", "feed.json")))


def told(pub: Publication, site: Site = SITE) -> list[dict[str, Any]]:
    """The items of the feed of all changes."""
    files = {f.address: f.content for f in export.outputs(pub, site, environment(view.globals(pub, site)))}
    return checked(files["feed.xml"], files["feed.json"])


# Formats and addresses


@pytest.mark.parametrize("which", ["mini", "hostile", "real_site"])
def test_each_feed_keeps_the_rules_of_atom_and_of_json_feed(which, request):
    site = request.getfixturevalue(which)
    addresses = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("feed.xml"))
    assert addresses[0] == "."
    seen: dict[str, dict[str, Any]] = {}
    for folder in addresses:
        assert all(item == seen.setdefault(item["id"], item) for item in found(site, folder)), folder


def test_nasty_text_is_shown_as_the_characters_it_is_made_of(hostile):
    items = found(hostile)
    assert sum(item["title"].endswith(NASTY) for item in items) >= 4
    for item in items:
        text = "".join(html5lib.parseFragment(item["content_html"]).itertext())
        assert NASTY in text, text


def test_every_topic_and_entity_has_a_feed_under_former_ids_too_and_a_removed_entity_says_why(mini):
    folders = {path.parent.relative_to(mini).as_posix() for path in mini.rglob("feed.json")}
    assert folders == {
        *(".", "topics/closing", "topics/repairs"),
        *("entities/mayor", "entities/poster", "entities/bridge", "entities/elm-bridge", "entities/passer-by"),
    }
    for name in ("feed.xml", "feed.json"):
        assert (mini / "entities/elm-bridge" / name).read_bytes() == (mini / "entities/bridge" / name).read_bytes()
    assert (
        "<id>https://facts.example.org/entities/elm-bridge/feed.xml</id>"
        in (mini / "entities/bridge/feed.xml").read_text()
    ), "a feed keeps the id under which it was published"
    (item,) = found(mini, "entities/passer-by")
    assert "A private person, named by mistake." in item["content_html"]
    claims = {item["url"] for item in found(mini, "topics/closing")}
    assert claims == {"https://facts.example.org/claims/closing/"}


def test_pages_say_where_their_feeds_are(mini):
    kinds = ("application/atom+xml", "application/feed+json")
    claims = json.loads((mini / "data/claims.json").read_text())["claims"]
    topics = {f"claims/{claim['id']}/index.html": f"topics/{claim['topic']}/" for claim in claims if "topic" in claim}
    others = {f"entities/{name}/index.html": f"entities/{name}/" for name in ("mayor", "poster", "bridge")}
    for name, tree in pages(mini):
        if "embed" in name or name == "404.html" or tree.find(f".//{HTML}meta[@http-equiv='refresh']") is not None:
            continue
        links = [e for e in elements(tree, "link") if e.get("rel") == "alternate" and e.get("type") in kinds]
        assert all(e.get("title") for e in links)
        where = [posixpath.normpath(f"{posixpath.dirname(name)}/{e.get('href')}".lstrip("/")) for e in links]
        assert where[:2] == ["feed.xml", "feed.json"], name
        own = {**topics, **others}.get(name)
        assert where[2:] == ([f"{own}feed.xml", f"{own}feed.json"] if own else []), name
        footer = next(tree.iter(f"{HTML}footer"))
        assert [e for e in elements(footer, "a") if e.get("href", "").endswith("feed.xml")]


def test_a_site_without_an_address_and_a_preview_have_no_feeds(tmp_path, project):
    root = project("claims: []\n")
    path = root / "mkdocs.yml"
    path.write_text(path.read_text().replace("site_url: https://test.example/\n", ""))
    site = built(root, tmp_path / "site")
    assert not list(site.rglob("feed.*"))
    assert not any("feed." in html.read_text() for html in site.rglob("*.html"))
    pub = read(root).publication
    preview = SITE._replace(unreviewed=True)
    assert list(export.outputs(pub, preview, environment(view.globals(pub, preview)))) == []


def test_the_feed_of_a_new_publication_is_there_empty_and_dated_by_the_last_check(project):
    pub = read(project("claims: []\n")).publication
    files = {f.address: f.content for f in export.outputs(pub, SITE, environment(view.globals(pub, SITE)))}
    assert set(files) == {
        folder + name
        for folder in ("", "topics/sale/", "entities/acme/", "entities/buyer/")
        for name in ("feed.xml", "feed.json")
    }
    assert told(pub) == []
    assert b"<updated>2020-09-30T00:00:00Z</updated>" in files["feed.xml"]


def test_characters_that_xml_has_no_place_for_break_nothing(project):
    text = CLAIM + "    corrections: [{date: 2020-09-01, what: Wrong.}]\n"
    pub = read(project("claims:\n" + text, header="about: {title: A, checked: 2026-01-01}\n")).publication
    (review,) = pub.reviews
    review.claim.text = "a\x00b\x0bc\ufffed\x1fe\x7ff\U0010fffe]]>"
    atom = next(f for f in export.outputs(pub, SITE, environment(view.globals(pub, SITE))))
    tree = etree.fromstring(atom.content)
    assert tree.findtext(f"{ATOM}entry/{ATOM}title") == "Corrected: a\ufffdb\ufffdc\ufffdd\ufffde\x7ff\U0010fffe]]>"


def test_in_arabic_a_feed_speaks_arabic_from_right_to_left(sites):
    root = etree.parse(sites["arabic"] / "feed.xml").getroot()
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert root.findtext(f"{ATOM}title").endswith(": التغييرات")
    assert not re.search("[A-Za-z]{2,}", root.findtext(f"{ATOM}subtitle"))


def test_many_new_claims_push_no_correction_out_of_a_feed():
    def some(kind: Kind, day: str) -> list[Update]:
        return [Update(f"{kind}-{n}", kind, parse(day).first, "", None) for n in range(80)]

    one = [*some(Kind.ADDED, "2026-01-02"), *some(Kind.CORRECTED, "2026-01-01")]
    kept = list(newest(one))
    assert kept == [*one[:50], *one[80:130]]
    assert len(kept) == MOST


# One event, one entry


AGAIN = DISPUTE.replace("Acme keeps", "keeps")
CORRECTION = "    corrections: [{date: 2026-01-02, what: It was one article.}]\n"


def said(repo: Repository) -> list[tuple[str, str, str]]:
    """Title, text without its link, and id without the commit, of all entries."""
    pub = replace(read(repo.root).publication, past=past(repo.root, 200))
    return [
        (
            item["title"],
            " ".join("".join(html5lib.parseFragment(item["content_html"])[0].itertext()).split("\n")[:-2]).strip(),
            re.sub(r"#[0-9a-f]{12}$", "#commit", item["id"].removeprefix(SITE.url)),
        )
        for item in told(pub)
    ]


ADDED = ("New claim: The shop is sold.", "Added with the status “One article only”; 1 article.", "claims/sold/#commit")


def test_a_status_and_its_correction_in_one_commit_are_one_entry(repo):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-03", record(CLAIM + DISPUTE + CORRECTION))
    (corrected, added) = said(repo)
    assert corrected[:2] == (
        "Corrected: The shop is sold.",
        "Corrected: It was one article. Status changed from “One article only” to “Sources conflict”; "
        "2 articles, was 1. Evidence added: post.",
    )
    assert added == ADDED
    # The same entry where nothing is known of commits; it has the correction's own day then.
    pub = read(repo.root).publication
    (item,) = told(pub)
    assert item["id"] == SITE.url + corrected[2]
    assert item["date_modified"] == "2026-01-02T00:00:00Z"


def test_each_kind_of_change_has_its_title(repo):
    reworded = CLAIM.replace("is sold.", "was sold.")
    verdict = "    verdict: {rating: r1, explanation: We saw it., date: 2026-01-05}\n"
    other = "    verdict: {rating: r2, explanation: We looked again., date: 2026-01-06}\n"
    gone = "    withdrawn: {date: 2026-01-08, reason: Nobody said so.}\n"
    steps = [
        *(CLAIM, CLAIM + DISPUTE, reworded + DISPUTE, reworded + AGAIN),
        *(reworded + AGAIN + verdict, reworded + AGAIN + other, reworded + AGAIN, reworded + AGAIN + gone),
    ]
    for n, step in enumerate(steps, 1):
        repo.commit(f"2026-01-0{n}", RATINGS + record(step))
    lines = said(repo)
    assert [(title, text) for title, text, _ in lines] == [
        ("Withdrawn: The shop was sold.", "Withdrawn: Nobody said so."),
        ("Verdict withdrawn: The shop was sold.", "Verdict withdrawn: “Step 2”."),
        ("Verdict “Step 2”: The shop was sold.", "Verdict changed from “Step 1” to “Step 2”."),
        ("Verdict “Step 1”: The shop was sold.", "Verdict given: “Step 1”."),
        ("Evidence changed: The shop was sold.", "Evidence changed: post."),
        ("Reworded: The shop was sold.", "Reworded; before: “The shop is sold.” It says now: “The shop was sold.”"),
        (
            "Status changed to “Sources conflict”: The shop was sold.",
            "Status changed from “One article only” to “Sources conflict”; 2 articles, was 1. Evidence added: post.",
        ),
        ("New claim: The shop was sold.", ADDED[1]),
    ]
    assert len({id for *_, id in lines}) == 4  # three of what editors declared; the commits' are alike here
    repo.commit("2026-01-06", RATINGS + record(reworded + AGAIN + other))
    (given,) = [text for title, text, _ in said(repo) if title.startswith("Verdict “Step 2”") and "looked" in text][:1]
    assert given.endswith("We looked again.")


def test_another_form_of_an_apostrophe_is_no_news(repo):
    repo.commit("2026-01-01", record(CLAIM.replace("The shop is", "Acme's shop is")))
    repo.commit("2026-01-02", record(CLAIM.replace("The shop is", "Acme’s shop is")))
    assert [title for title, *_ in said(repo)] == ["New claim: Acme’s shop is sold."]


def test_what_a_claim_came_with_is_told_with_it_but_older_corrections_alone(repo):
    verdict = "    verdict: {rating: r1, explanation: We saw it., date: 2026-01-01}\n"
    old = "    corrections: [{date: 2019-05-01, what: It was not sold then.}]\n"
    repo.commit("2026-01-01", RATINGS + record(CLAIM + verdict + old))
    assert [line[:2] for line in said(repo)] == [
        (ADDED[0], f"{ADDED[1]} Verdict given: “Step 1”. We saw it."),
        ("Corrected: The shop is sold.", "Corrected: It was not sold then."),
    ]


def test_a_claim_that_went_into_another_leads_there(mini):
    (item,) = [item for item in found(mini) if item["title"].startswith("Withdrawn")]
    assert 'Merged into “<a href="https://facts.example.org/claims/closing/">' in item["content_html"]
    assert item["content_html"].count("It was two assertions.") == 1


def test_a_new_address_alone_is_no_news_and_changes_no_id(repo):
    repo.commit("2026-01-01", record(CLAIM))
    repo.commit("2026-01-03", record(CLAIM + DISPUTE + CORRECTION))
    before = said(repo)
    renamed = CLAIM.replace("id: sold", "id: sale").replace("    kind", "    former_ids: [sold]\n    kind")
    repo.commit("2026-01-04", record(renamed + DISPUTE + CORRECTION))
    assert said(repo) == before
    pub = replace(read(repo.root).publication, past=past(repo.root, 200))
    assert {item["url"] for item in told(pub)} == {f"{SITE.url}claims/sale/"}
    repo.commit("2026-01-05", record(renamed + CORRECTION))
    assert [id for *_, id in said(repo)] == ["claims/sale/#commit", *(id for *_, id in before)]


def test_what_went_whole_is_named_no_more(repo):
    repo.commit("2026-01-01", record(CLAIM))
    gone = "removed: [{kind: claim, id: sold, date: 2026-01-02, reason: A court said so.}]\n"
    repo.commit("2026-01-02", record().replace("claims:\n", "claims: []\n") + gone)
    pub = replace(read(repo.root).publication, past=past(repo.root, 200))
    (item,) = told(pub)
    assert (item["title"], item["id"]) == ("This claim was removed", f"{SITE.url}claims/sold/#removed-sold")
    assert "A court said so." in item["content_html"]
