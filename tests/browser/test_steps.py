"""The steps on the page: on every screen, with long names, without scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from unit.report import small_rehearsal as made
from unit.report import stepped

pytestmark = pytest.mark.browser

TOLD = replace(
    made.rehearsal(),
    reference_steps=stepped.STEPS,
    take_steps=tuple(
        replace(step, id="_".join([step.id] * 9)) if step.id == "saute" else step
        for step in stepped.STEPS
    ),
)
BOXES = """() => [...document.querySelectorAll('.strip .block')].map(e => {
    const box = e.getBoundingClientRect();
    const bar = e.parentElement.getBoundingClientRect();
    return [box.left - bar.left, bar.right - box.right, box.width, box.height];
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1600])
def test_blocks_lie_in_their_bars_and_nothing_scrolls_sideways(visit, width, scheme):
    page = visit("steps", TOLD, width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = page.evaluate(BOXES)
    assert len(found) >= 2 * len(stepped.STEPS)
    for left, right, wide, high in found:
        assert left >= -0.5
        assert right >= -0.5
        assert wide > 0
        assert high > 15


@pytest.mark.parametrize("width", [360, 1280])
def test_lines_of_one_row_stand_beside_each_other(visit, width):
    page = visit("steps", TOLD, width=width)
    tops = page.evaluate(
        "[...document.querySelectorAll('.strip .lane.take:not(.more)')]"
        ".map(e => Math.round(e.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == (1 if width == 1280 else len(tops))


def test_without_scripts_the_steps_are_there(visit):
    page = visit("steps", TOLD, java_script_enabled=False)
    section = page.locator("section[aria-labelledby=h-steps]")
    assert section.locator(".block").first.is_visible()
    section.locator("summary").click()
    assert section.get_by_text("the toe is at the knee first").first.is_visible()
