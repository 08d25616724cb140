"""The courses of measures: those that notes speak of, and nothing that they do not."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from repetiteur.align.envelope import envelope
from repetiteur.coaching.courses import COURSE_HZ, course_of, courses
from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.timeline import GRID_HZ
from repetiteur.technique.curve import curves
from unit.report import small_rehearsal as made

CURVES = {one.id: one for one in curves()}
TIME = np.arange(0.0, 4.0, 1.0 / GRID_HZ)
LINE = SimpleNamespace(reference_s=TIME, take_s=TIME + 0.5)


def comparison(measure="leg_elevation", side="left", **changes):
    reference = 10.0 * TIME
    one = Comparison(
        measure=CURVES[measure],
        side=side,
        reference=reference,
        take=reference - 3.0,
        apart=np.full(TIME.size, -3.0),
        timing_sd=np.zeros(TIME.size),
        sd=np.full(TIME.size, 2.0),
        blind={},
    )
    return replace(one, **changes)


def test_only_what_notes_speak_of():
    compared = [
        comparison(measure, side)
        for measure in ("leg_elevation", "knee_flexion")
        for side in ("left", "right")
    ]
    said = [made.note(), made.note(measure="timing_path", side=None)]
    (one,) = courses(said, compared, LINE)
    assert (one.measure, one.side, one.unit) == ("leg_elevation", "left", "deg")
    assert one.floor == CURVES["leg_elevation"].floor
    assert list(courses([], compared, LINE)) == []


@pytest.mark.parametrize(
    ("measure", "side", "asked"),
    [
        ("knee_extension_support", "right", [("knee_flexion", "right")]),
        ("leg_elevation", "left", [("leg_elevation", "left")]),
        ("arm_shape.elevation", "both",
         [("arm_shape.elevation", "left"), ("arm_shape.elevation", "right")]),
        ("head_pitch", None, [("head_pitch", None)]),
    ],
)  # fmt: skip
def test_a_note_is_read_from_the_curve_of_its_limb(measure, side, asked):
    assert list(course_of(made.note(measure=measure, side=side))) == asked


def test_thirty_points_a_second_on_both_clocks():
    (one,) = courses([made.note()], [comparison()], LINE)
    assert np.diff(one.reference_s) == pytest.approx(1.0 / COURSE_HZ)
    assert one.take_s - one.reference_s == pytest.approx(0.5)
    assert one.reference == pytest.approx(10.0 * one.reference_s)
    assert one.reference - one.take == pytest.approx(3.0)
    assert one.low is None


def test_both_break_where_either_was_not_judged():
    apart = np.where((TIME > 1.0) & (TIME < 2.0), np.nan, -3.0)
    (one,) = courses([made.note()], [comparison(apart=apart)], LINE)
    blind = (one.reference_s > 1.0) & (one.reference_s < 2.0)
    for row in (one.reference, one.take, one.sd):
        assert (np.isnan(row) == blind).all()


def test_what_several_references_have_between_them():
    rows = np.stack([10.0 * TIME, 10.0 * TIME + 4.0])
    several = comparison(spread=envelope(rows, np.ones_like(rows)))
    (one,) = courses([made.note()], [several], LINE)
    assert one.low == pytest.approx(10.0 * one.reference_s)
    assert one.high == pytest.approx(10.0 * one.reference_s + 4.0)
