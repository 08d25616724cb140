"""Ribbons: what they draw, hatch and name; energy is the axis that was measured."""

import re
from dataclasses import replace

import numpy as np
import pytest

from repetiteur.report.profile import _Course, ribbons
from unit.report import expressed as made

#: Where the middle lies, in units of the drawing.
MIDDLE = 132.0


def points(path):
    """Places of a path of lines, each (across, down)."""
    out, at = [], np.zeros(2)
    for kind, numbers in re.findall(r"([ML l])([^MLlz]*)", path):
        pairs = np.array(re.findall(r"-?\d+", numbers), float).reshape(-1, 2)
        for pair in pairs:
            at = pair if kind == "M" else at + pair
            out.append(at)
    return np.array(out)


def only(found, name):
    (one,) = (each for each in ribbons(found) if each.name == name)
    return one


def drawn(one, kind):
    return "".join(path for each, path in one.paths if each == kind)


def test_each_axis_has_a_ribbon_and_what_has_none_has_lanes():
    found = ribbons(made.usual())
    assert [one.name for one in found] == ["Energy", "Opening", "Other qualities"]
    assert [len(one.lanes) for one in found] == [1, 1, 1]
    assert [bool(one.paths) for one in found] == [True, True, False]
    assert (found[0].from_s, found[0].to_s) == (0.0, 12.0)


def test_with_one_reference_the_line_is_the_axis_that_was_measured():
    found = made.usual()
    for axis in found.axes:
        course = _Course.of(axis, found.courses)
        np.testing.assert_allclose(course.take, axis.course, atol=1e-12)
        assert (course.low == 0.0).all()
        assert (course.high == 0.0).all()


def test_more_is_above_and_is_filled_beyond_the_ground_alone():
    energy = only(made.usual(), "Energy")
    high = points(drawn(energy, "line take"))
    peak = high[high[:, 1].argmin()]
    assert peak[1] < MIDDLE - 60.0
    assert 3.5 < peak[0] / 480 * 12 < 9.0
    filled = points(drawn(energy, "beyond"))
    edge = points(drawn(energy, "ground"))[:, 1].min()
    assert filled[:, 1].max() <= edge + 1.0
    assert filled[:, 1].min() == pytest.approx(peak[1], abs=1.0)


def test_what_repeats_vary_by_is_never_filled():
    same = made.body([made.beside("effort_time", made.step(2, 8, 0.9))])
    assert "Opening" not in [one.name for one in ribbons(same)]
    assert drawn(only(same, "Energy"), "beyond") == ""
    assert only(same, "Energy").told.endswith("The line stays on the ground.")


def test_less_is_below():
    opening = only(made.usual(), "Opening")
    low = points(drawn(opening, "line take"))
    assert low[:, 1].max() > MIDDLE + 30.0
    assert low[:, 1].min() > MIDDLE - 2.0


def test_what_is_not_judged_is_hatched_and_breaks_the_line():
    course = made.beside("effort_time", made.step(0, 10, 0.5))
    take = course.take.copy()
    take[4:6] = np.nan
    one = only(made.body([replace(course, take=take)]), "Energy")
    (gap,) = one.hatched
    assert (gap.left, gap.width) == (
        pytest.approx(100 * 4.5 / 12, abs=0.01),
        pytest.approx(100 * 2 / 12, abs=0.01),
    )
    assert drawn(one, "line take").count("M") == 2
    assert "Not judged: 4.5 s to 6.5 s." in one.told


def test_a_drawing_is_told_in_words():
    told = only(made.usual(), "Energy").told
    assert told.startswith("Energy, 0.0 s to 12.0 s of the reference.")
    assert "More energetic, beyond the ground: 3.5 s to 8.5 s." in told
    assert "Quieter" not in told


def test_what_casts_have_between_them_is_a_band_and_no_difference():
    casts = (made.step(0, 10, 0.0), made.step(0, 10, 3.0))
    found = made.body([made.beside("effort_time", made.step(0, 10, 3.5), casts)])
    one = only(found, "Energy")
    band = points(drawn(one, "band ref"))[:, 1]
    assert band.min() < MIDDLE < band.max()
    assert one.told.endswith("The line stays on the ground.")
    assert drawn(only(made.usual(), "Energy"), "band ref") == ""


def test_a_lane_has_each_stretch_and_its_words():
    energy, opening, _ = ribbons(made.usual())
    (lane,) = energy.lanes
    assert lane.text == "more sudden"
    assert [round(one.left) for one in lane.spans] == [25, 75]
    assert not lane.ends
    assert (opening.lanes[0].ends, opening.lanes[0].at) == (True, 100.0)
    whole = made.beside("effort_time", made.step(0, 10, 2.0))
    (lane,) = only(made.body([whole], [made.finding(whole, 0, 10)]), "Energy").lanes
    assert lane.text == "more sudden, throughout"


def test_lanes_are_few_and_the_rest_is_counted():
    course = made.beside("effort_time", made.step(0, 10, 2.0))
    many = [made.finding(course, k, k + 2) for k in range(5)]
    one = only(made.body([course], many), "Energy")
    assert (len(one.lanes), one.left) == (3, 2)


def test_nothing_judged_has_no_ribbon():
    assert ribbons(made.body([])) == ()
    knees = made.beside("knee_bend", made.step(0, 10, 0.0), level=10.0)
    assert ribbons(made.body([knees])) == ()


def test_ten_minutes_are_drawn_through_few_points(rng):
    long = made.beside("effort_time", rng.normal(0.0, 0.7, 599))
    (one,) = ribbons(made.body([long], length_s=600.0))
    assert sum(len(path) for _, path in one.paths) < 16_000
    assert [tick.text for tick in one.seconds][:2] == ["0:00", "2:00"]
