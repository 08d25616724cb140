"""A minute of playing: the drawn figures are in step, frame by frame."""

from __future__ import annotations

import numpy as np
import pytest

from unit.report import clock_hand

pytestmark = pytest.mark.browser

FRAME_S = 1 / 30


def played(page, seconds):
    """What the drawn arms tell in every frame of playing, by a clock that we turn."""
    page.evaluate(
        f"""() => {{
            const told = {clock_hand.TOLD};
            window.seen = [];
            const look = () => {{ seen.push(told()); requestAnimationFrame(look); }};
            document.querySelector('#play').click();
            requestAnimationFrame(look);
        }}"""
    )
    page.clock.run_for(round(seconds * 1000))
    return page.evaluate("seen")


@pytest.fixture
def clockwork(browser, written):
    """The page of a clock whose time stands until it is turned."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.clock.install()
    page.goto(written("clock", clock_hand.rehearsal()))
    page.locator("html.js").wait_for()
    page.clock.run_for(100)
    page.click("label:has(input[name=rate][value='1'])")
    page.locator("#scrub").fill("0")
    yield page
    context.close()


def test_a_minute_stays_in_step_within_a_frame(clockwork):
    told = played(clockwork, 60)
    apart, reference = clock_hand.apart(told, 0.0)
    assert len(told) > 1500
    assert reference[-1] == pytest.approx(60, abs=0.2)
    assert np.diff(reference).min() >= -0.01, "it never goes back"
    assert np.abs(apart).max() < FRAME_S


def test_by_the_clock_the_same_is_not_in_step(clockwork):
    clockwork.click("label:has(input[name=clock][value=clock])")
    apart, _ = clock_hand.apart(played(clockwork, 10), 0.0)
    assert np.abs(apart).max() > 5 * FRAME_S
