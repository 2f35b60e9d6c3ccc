"""The editors' verdicts: their colours, their marks, and that nothing of them is in a publication without any."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import served
from hypothesis import given
from hypothesis import strategies as st

from generator.exports import stylesheet
from generator.model import Glyph
from generator.ruling import GROUNDS, Scale, contrast, scale, shape, styles
from generator.shape import blank

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1)],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_has_no_order_and_lies_between_1_and_21(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


def test_verdicts_are_held_against_the_grounds_that_they_stand_on():
    css = (stylesheet.STYLES / "10-base.css").read_text()
    light, chosen, system = re.findall(r"--sf: (#\w+);", css)
    assert GROUNDS["light"] == "#" + "".join(digit * 2 for digit in light[1:])
    assert GROUNDS["dark"] == chosen == system
    assert "background: var(--sf)" in stylesheet.VERDICTS.read_text()


def test_each_glyph_has_a_mark_and_no_two_have_the_same():
    from generator.model import Rating

    marks = set()
    for glyph in Glyph:
        rating = blank(Rating)
        rating.glyph = glyph
        marks.add(shape(rating))
    assert len(marks) == len(Glyph)


def test_a_scale_reaches_from_the_lowest_number_to_the_highest_and_is_none_without_numbers(mini):
    from generator.model import Rating

    ratings = [blank(Rating) for _ in range(3)]
    assert scale(ratings) is None
    ratings[0].value, ratings[2].value = 2, 5
    assert scale(ratings) == Scale(2, 5)


def test_the_colours_of_ratings_stand_in_the_style_sheet_and_nothing_of_verdicts_in_that_of_others(mini, real_site):
    css, other = ((site / "assets/onrecord.css").read_text() for site in (mini, real_site))
    assert ".verdict-mostly-right{--k:#1f5a3c}" in css
    assert "[data-scheme=dark] .verdict-mostly-right{--k:#7fd3a8}" in css
    assert css.startswith(other.rstrip())
    assert not re.search(r"\.ruling|\.verdict-|\.vv", other)
    for path in real_site.glob("claims/*/index.html"):
        assert "verdict" not in re.sub(r'class="verdict', "", path.read_text()), path.parent.name
    assert styles([]).count("{--k") == 0


def test_a_verdict_has_a_box_of_its_own_under_that_of_the_badge(mini):
    html = (mini / "claims/closing/index.html").read_text()
    badge, box = html.index('<p class="vw">Sources conflict</p>'), html.index('<h2 id="verdict">Our verdict</h2>')
    assert badge < box < html.index('<h2 id="pos">')
    assert "Mostly right</p>" in html
    assert "4 on a scale from 1, the worst, to 4." in html
    assert "Given by the desk on 12 Mar 2021." in html
    unnumbered = (mini / "claims/collapse/index.html").read_text()
    assert "Can&#39;t be told</p>" in unnumbered
    ours, theirs = unnumbered.split('id="verdict-2"')
    assert "on a scale" not in ours
    assert "Verdict of The County Checkers</h2>" in theirs
    assert "As given there: “Washed away!”, 1 on a scale from 1, the worst, to 5." in theirs
    assert "Given by The County Checkers on 8 Mar 2021." in theirs
    assert 'href="https://checks.example.org/elm-bridge"' in theirs
    assert "Our verdict: Mostly right" in (mini / "claims/closing/embed/index.html").read_text()
    assert 'id="verdict"' not in (mini / "claims/cars/index.html").read_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["claims/closing/", "about/"])
def test_a_page_with_verdicts_has_no_barriers_that_axe_finds(kind, scheme, mini, browser):
    with served(Path(mini)) as address:
        page = browser.new_page(color_scheme=scheme)
        page.goto(address + kind)
        assert Axe().run(page).response["violations"] == []
        page.close()
