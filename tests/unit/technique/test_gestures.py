"""Smoothness of the leg's way up: of whole strokes alone."""

from __future__ import annotations

import pytest

from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import arabesque_1, developpe, fifth_position
from repetiteur.synthetic.turns import chaines
from repetiteur.technique.take import take

BOTH = ("smoothness_sparc", "smoothness_ldlj")


def values(steps, fps):
    found = take(body_of(dance(Phrase.of(*steps), fps=fps)), only=BOTH).measurements
    return {one.measure: one.value for one in found}


@pytest.mark.parametrize("step", [arabesque_1, developpe])
def test_a_stroke_is_as_smooth_at_any_frame_rate(step):
    steps = (fifth_position(front="left"), step("left"))
    slow, fast = values(steps, 60.0), values(steps, 240.0)
    assert set(slow) == set(BOTH)
    assert slow["smoothness_sparc"] == pytest.approx(fast["smoothness_sparc"], abs=0.05)
    assert slow["smoothness_ldlj"] == pytest.approx(fast["smoothness_ldlj"], abs=0.6)
    assert slow["smoothness_sparc"] < -1.39  # no smoother than one minimum-jerk stroke
    assert slow["smoothness_ldlj"] < -5.3


def test_a_part_of_a_movement_has_no_smoothness():
    body = body_of(dance(Phrase.of(fifth_position(front="right"), chaines("right"))))
    found = take(body, only=[*BOTH, "leg_elevation"])
    assert "leg_elevation" in {one.measure for one in found.measurements}
    assert not set(BOTH) & {one.measure for one in found.measurements}
    assert set(BOTH) <= {one.measure for one in found.not_judged}
