"""The sitemap: every address once, in as many files as it takes."""

from xml.etree import ElementTree

import pytest

from generator import sitemap as module
from generator.build import read
from generator.sitemap import sitemap

URL = "https://facts.example.org/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def pub(project):
    found, _ = read(project("claims: []\n"))
    return found


def locations(content: bytes) -> tuple[str, list[str]]:
    root = ElementTree.fromstring(content.decode())
    assert all(element.text == "2020-09-30" for element in root.iter(f"{SPACE}lastmod"))
    return root.tag.removeprefix(SPACE), [str(element.text) for element in root.iter(f"{SPACE}loc")]


@pytest.mark.parametrize(("count", "parts"), [(0, 0), (1, 0), (3, 0), (4, 2), (7, 3)])
def test_addresses_beyond_the_limit_of_a_file_go_into_more_files_behind_an_index(count, parts, pub, monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    addresses = [f"claims/c{n}&/" for n in range(count)]
    files = {file.address: file.content for file in sitemap([*addresses, *addresses], URL, pub)}
    kind, top = locations(files.pop("sitemap.xml"))
    if not parts:
        assert (kind, top, files) == ("urlset", [URL + a for a in sorted(addresses)], {})
        return
    assert (kind, top) == ("sitemapindex", [f"{URL}sitemap-{n}.xml" for n in range(1, parts + 1)])
    inner = [locations(files[address.removeprefix(URL)]) for address in top]
    assert {kind for kind, _ in inner} == {"urlset"}
    assert [location for _, found in inner for location in found] == [URL + a for a in sorted(addresses)]
    assert max(len(found) for _, found in inner) <= 3


def test_the_limit_is_that_of_the_standard():
    assert module.MOST == 50_000
