"""A page that goes by the counts of its music."""

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.model.counts import counted
from repetiteur.model.findings import Lateness
from repetiteur.music.heard import Music
from unit.report import small_rehearsal as made

pytestmark = pytest.mark.browser

#: Two of a pick-up, an eight, and four more, 0.75 s each, from second 1 on.
COUNTS = counted(1.0 + 0.75 * np.arange(14), metre=4, one=2)


def heard():
    """Each count has its row; the fifth of the first eight is 0.18 s late."""
    usual = made.rehearsal()
    rows = [
        Lateness(name, at, at + late, late, (late - 0.05, late + 0.05), "music")
        for name, at in zip(COUNTS.label, COUNTS.time_s, strict=True)
        for late in [0.18 if name == "1·5" else 0.01]
    ]
    findings = replace(usual.findings, timing=tuple(rows))
    return replace(usual, findings=findings, music=Music(COUNTS, COUNTS))


def test_each_phrase_is_a_line_with_its_counts(visit):
    page = visit("counts", heard())
    names = [one.inner_text() for one in page.locator(".system h3").all()]
    assert names[1:4] == ["Before the first count", "Eight 1", "Eight 2"]
    eight = page.locator(".system", has_text="Eight 1").locator("svg")
    assert eight.locator("text.count").all_text_contents() == list("12345678")
    assert eight.locator("text.ms.strong").all_text_contents() == ["+180"]
    assert "count 1·5 180 ms late" in eight.get_attribute("aria-label")


def test_lines_lie_at_one_scale_and_in_their_width(visit):
    page = visit("counts", heard())
    places = page.evaluate(
        """() => [...document.querySelectorAll('[data-system]')].map(line => ({
          wide: line.clientWidth,
          at: [...line.querySelectorAll('text.count')]
            .map(text => Number(text.getAttribute('x'))),
        }))"""
    )
    steps = [np.diff(one["at"]) for one in places[2:4]]
    assert np.concatenate(steps) == pytest.approx(steps[0][0], abs=0.5)
    assert all(0 < x < one["wide"] for one in places for x in one["at"])


def test_the_player_says_the_count_and_goes_from_one_to_the_next(visit):
    page = visit("counts", heard())
    page.locator("#scrub").fill("5.5")
    assert page.text_content("#where") == "count 1·5"
    page.keyboard.press("]")
    assert page.text_content("#where") == "count 1·6"
    page.keyboard.press("[")
    page.keyboard.press("[")
    assert page.text_content("#where") == "count 1·4"
    assert page.get_attribute("#next", "aria-label") == "One count on"
    assert "5" in page.locator("#ladder text.count").all_text_contents()


def test_a_click_on_a_count_goes_there(visit):
    page = visit("counts", heard())
    line = page.locator(".system", has_text="Eight 2").locator("[data-system]")
    x = line.evaluate(
        "e => Number(e.querySelectorAll('text.count')[2].getAttribute('x'))"
    )
    line.click(position={"x": x, "y": 60})
    assert page.text_content("#where") == "count 2·3"


@pytest.mark.parametrize("width", [320, 1600])
def test_it_fits(visit, width):
    page = visit("counts", heard(), width=width)
    room = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(room) <= 0
