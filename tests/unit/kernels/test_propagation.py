"""Errors of points carried to curves."""

import numpy as np
import pytest

import naive
from repetiteur.kernels import geometry
from repetiteur.kernels.propagation import (
    crossing_sd,
    folded_half,
    propagate,
    propagate_parts,
)


def knee(points):
    return geometry.flexion(points["hip"], points["knee"], points["ankle"])


def leg(bend_deg, frames=1):
    """A leg of two 0.4 m bones in the x-y plane, bent by so much."""
    bend = np.radians(bend_deg)
    ankle = [0.4 * np.sin(bend), -0.4 * np.cos(bend), 0.0]
    one = {"hip": [0.0, 0.4, 0.0], "knee": [0.0, 0.0, 0.0], "ankle": ankle}
    return {name: np.tile(place, (frames, 1)) for name, place in one.items()}


def even(points, sd):
    return {name: np.full(place.shape, sd) for name, place in points.items()}


@pytest.mark.parametrize("bend", [0.0, 10.0, 45.0, 90.0, 150.0])
def test_against_monte_carlo(bend, rng):
    points = leg(bend)
    sd = even(points, 0.01)
    drawn = naive.spread_by_draws(knee, points, sd, rng, draws=40_000)
    # A fold at 0: the steps see the mean square of |error| there, as the draws do.
    assert propagate(knee, points, sd) == pytest.approx(drawn, rel=0.05)


def test_straight_line_is_exact():
    points = {"a": np.array([[1.0, 2.0, 3.0]]), "b": np.zeros((1, 3))}
    sd = {"a": np.array([[0.3, 0.0, 0.0]]), "b": np.array([[0.4, 9.0, 0.0]])}
    line = propagate(lambda p: 2.0 * (p["a"] - p["b"])[:, 0], points, sd)
    assert line == pytest.approx([1.0], abs=1e-12)


def test_missing_spreads_only_where_it_matters():
    points, sd = leg(30.0, frames=4), even(leg(30.0, frames=4), 0.01)
    points["nose"], sd["nose"] = np.full((4, 3), np.nan), np.full((4, 3), np.nan)
    points["hip"][1] = np.nan
    sd["ankle"][2, 0] = np.nan
    found = propagate(knee, points, sd)
    assert np.isfinite(found).tolist() == [True, False, False, True]


def test_points_without_sd_are_exact():
    points = leg(30.0)
    assert propagate(knee, points, {}).tolist() == [0.0]
    some = propagate(knee, points, {"ankle": np.full((1, 3), 0.004)})
    assert some == pytest.approx(np.degrees([0.01]), rel=1e-3)


def test_a_step_out_of_range_leaves_the_other():
    inside = np.array([[0.95, 0.0, 0.0]])
    sd = {"p": np.array([[0.1, 0.0, 0.0]])}
    found = propagate(
        lambda p: np.where(p["p"][:, 0] > 1.0, np.nan, p["p"][:, 0]), {"p": inside}, sd
    )
    assert found == pytest.approx([0.1])


def test_headings_wrap():
    points = {"to": np.array([[-1.0, 0.0, 0.0]])}
    sd = {"to": np.array([[0.0, 0.0, 0.01]])}

    def heading(p):
        return np.degrees(np.arctan2(p["to"][:, 2], p["to"][:, 0]))

    assert propagate(heading, points, sd, period=360.0) == pytest.approx(
        np.degrees([0.01]), rel=1e-3
    )


def test_arguments_stay_as_they_were():
    points, sd = leg(30.0), even(leg(30.0), 0.01)
    propagate(knee, points, sd)
    for name, place in leg(30.0).items():
        np.testing.assert_array_equal(points[name], place)
        np.testing.assert_array_equal(sd[name], 0.01)


def test_crossing_against_draws(rng):
    """A foot that rises at 2.5 m/s, seen within 5 mm."""
    time = np.arange(-0.02, 0.02, 1e-5)
    errors = rng.normal(0.0, 0.005, 5000)
    crossed = time[np.argmax(2.5 * time > errors[:, None], axis=1)]
    assert crossing_sd(0.005, 2.5, 0.0) == pytest.approx(crossed.std(), rel=0.05)


def test_crossing_of_frames_alone():
    assert crossing_sd(0.0, 0.0, 0.06) == pytest.approx(0.06 / np.sqrt(12.0))
    assert np.isinf(crossing_sd(0.001, 0.0, 0.06))
    assert np.isnan(crossing_sd(np.nan, 1.0, 0.06))


@pytest.mark.parametrize("bend", [0.0, 3.0, 6.0, 30.0])
def test_folded_half_holds_a_straight_knee(bend, rng):
    """Nine of ten frames; without it a straight knee is held in three of four."""
    points = leg(bend, frames=4000)
    sd = even(points, 0.01)
    shown = {n: p + rng.normal(0.0, 0.01, p.shape) for n, p in points.items()}
    half = 1.645 * propagate(knee, shown, sd)
    error = np.abs(knee(shown) - bend)
    held = (error <= folded_half(knee(shown), half)).mean()
    assert 0.87 <= held <= 0.97
    if bend == 0.0:
        assert (error <= half).mean() < 0.82


def test_folded_half_at_the_other_end():
    assert folded_half(177.0, 2.5) == pytest.approx(3.0)
    assert folded_half(3.0, 2.5, lowest=-90.0, highest=90.0) == pytest.approx(2.5)
    assert np.isnan(folded_half(np.nan, np.nan))


def test_parts_add_up_to_the_whole(rng):
    points = leg(30.0, frames=50)
    parts = [even(points, 0.003), {"knee": even(points, 0.004)["knee"]}]
    quick, slow = propagate_parts(knee, points, parts)
    whole = even(points, 0.003)
    whole["knee"] = np.hypot(*(part["knee"] for part in parts))
    np.testing.assert_allclose(np.hypot(quick, slow), propagate(knee, points, whole))
    np.testing.assert_allclose(quick, propagate(knee, points, parts[0]), rtol=0.01)
    only = propagate(knee, points, parts[1])
    np.testing.assert_allclose(slow, only, rtol=0.01)


def test_a_part_without_a_point_leaves_it_exact():
    points = leg(30.0, frames=3)
    none, all_of_it = propagate_parts(knee, points, [{}, even(points, 0.01)])
    assert not none.any()
    np.testing.assert_allclose(
        all_of_it, propagate(knee, points, even(points, 0.01)), rtol=1e-12
    )


def test_several_values_of_a_frame_at_once(rng):
    points = {"knee": rng.normal(size=(5, 3)), "hip": rng.normal(size=(5, 3))}
    parts = [even(points, 0.01), even(points, 0.02)]
    parts[1]["hip"] *= np.arange(5.0)[:, None]

    def both(p):
        return np.stack([p["knee"] - p["hip"], p["knee"] + p["hip"]], axis=1)

    found = propagate_parts(both, points, parts)
    for row in range(2):
        for axis in range(3):
            alone = propagate_parts(lambda p: both(p)[:, row, axis], points, parts)  # noqa: B023
            for whole, one in zip(found, alone, strict=True):
                assert whole[:, row, axis] == pytest.approx(one)


@pytest.mark.parametrize("at_once", [2, 5, 100])
def test_several_copies_in_one_call_are_as_one_after_the_other(at_once, rng):
    points = {name: rng.normal(size=(7, 3)) for name in ("hip", "knee", "ankle")}
    parts = [even(points, 0.01), {"knee": even(points, 0.02)["knee"]}]
    calls = []

    def counted(points):
        calls.append(len(points["hip"]) // 7)
        return knee(points)

    found = propagate_parts(counted, points, parts, at_once=at_once)
    np.testing.assert_allclose(found, propagate_parts(knee, points, parts), rtol=1e-12)
    assert max(calls) == min(at_once, 18)
    assert sum(calls) == 1 + 18
