import numpy as np
import pytest
from scipy.interpolate import CubicHermiteSpline, pchip_interpolate

import naive
from repetiteur.kernels.splines import across_gaps, led_across, near_samples


def uneven(rng, count=40):
    time = np.cumsum(rng.uniform(0.01, 0.05, count))
    return time, np.column_stack([np.sin(5 * time), time**2])


def test_a_gap_is_filled_as_scipy_does(rng):
    time, place = uneven(rng)
    holed = place.copy()
    holed[[12, 13, 30]] = np.nan
    filled, away = across_gaps(holed, time, 0.3)
    seen = np.isfinite(holed[:, 0])
    assert np.array_equal(filled[seen], place[seen])
    assert np.allclose(filled, pchip_interpolate(time[seen], place[seen], time))
    assert away[30] == pytest.approx(min(time[30] - time[29], time[31] - time[30]))


def test_long_gaps_and_ends_stay_open(rng):
    time, place = uneven(rng)
    place[[0, 39]] = np.nan
    place[10:25] = np.nan
    filled, away = across_gaps(place, time, 0.1)
    assert np.array_equal(np.isnan(filled[:, 0]), np.isnan(place[:, 0]))
    assert np.array_equal(np.isnan(away), np.isnan(place[:, 0]))


def test_half_a_sample_is_a_missing_one():
    place = np.array([[0.0, 0.0], [np.nan, 9.0], [2.0, 2.0]])
    assert across_gaps(place, [0.0, 0.1, 0.2], 0.5)[0][1].tolist() == [1.0, 1.0]


def test_smoothing_is_its_slow_twin(rng):
    time, place = uneven(rng)
    weight = rng.uniform(0.1, 1.0, 40)
    fast = near_samples(place, time, 0.2, weight)
    assert np.allclose(fast, naive.smoothed(place, time, 0.2, weight))


@pytest.mark.parametrize("fps", [50.0, 240.0])
@pytest.mark.parametrize(("hz", "kept"), [(2.5, 0.985), (5.0, 0.5), (10.0, 0.0154)])
def test_the_cut_off_is_where_it_is_said_to_be(fps, hz, kept):
    time = np.arange(0.0, 6.0, 1.0 / fps)
    wave = np.sin(2 * np.pi * hz * time)[:, np.newaxis]
    out = near_samples(wave, time, 0.2)
    inside = slice(int(fps), -int(fps))
    gain = (out[inside] * wave[inside]).sum() / (wave[inside] ** 2).sum()
    assert gain == pytest.approx(kept, abs=0.06 if fps == 50.0 else 0.01)


def test_smoothing_does_not_reach_across_gaps(rng):
    time, place = np.arange(60) / 60, rng.normal(size=(60, 2))
    place[30] = np.nan
    other = place.copy()
    other[31:] += 50.0
    assert np.allclose(
        near_samples(place, time, 0.2)[:30], near_samples(other, time, 0.2)[:30]
    )
    time[31:] += 1.0
    together = np.delete(place, 30, axis=0), np.delete(time, 30)
    alone = near_samples(place[:30], time[:30], 0.2)
    assert np.allclose(near_samples(*together, 0.2)[:30], alone)


def test_a_parabola_is_left_alone_to_its_ends(rng):
    time, place = uneven(rng)
    assert np.allclose(near_samples(place[:, 1:], time, 0.5), place[:, 1:], atol=1e-7)


def test_an_unsure_sample_follows_the_sure():
    time, place = np.arange(30) / 60, np.zeros((30, 1))
    place[15] = 1.0
    trust = np.ones(30)
    held = near_samples(place, time, 0.1, trust)[15, 0]
    trust[15] = 0.05
    assert near_samples(place, time, 0.1, trust)[15, 0] < 0.2 * held


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_too_few_samples_to_smooth(seen):
    place = np.full((6, 2), np.nan)
    place[:seen] = 2.0
    out = near_samples(place, np.arange(6.0) / 60, 0.2)
    assert np.array_equal(out, place, equal_nan=True)


def led_twin(time, place, first, last, reach):
    """A gap between two samples, by one parabola on each side and one cubic."""
    known = np.flatnonzero(np.isfinite(place[:, 0]))
    speeds = []
    for end, side in ((first, known[known <= first]), (last, known[known >= last])):
        near = side[abs(time[side] - time[end]) <= reach]
        parabola = np.polyfit(time[near] - time[end], place[near], 2)
        speeds.append(parabola[1])
    ends = time[[first, last]]
    curve = CubicHermiteSpline(ends, place[[first, last]], speeds)
    return curve(time[first + 1 : last])


def test_a_gap_keeps_the_speeds_at_its_ends(rng):
    time, place = uneven(rng)
    place += rng.normal(0.0, 0.01, place.shape)
    holed = place.copy()
    holed[[12, 13, 30]] = np.nan
    filled, away = led_across(holed, time, 0.3)
    seen = np.isfinite(holed[:, 0])
    assert np.array_equal(filled[seen], place[seen])
    reach = max(0.1, 3.0 * float(np.median(np.diff(time))))
    for first, last in ((11, 14), (29, 31)):
        twin = led_twin(time, holed, first, last, reach)
        assert np.allclose(filled[first + 1 : last], twin, atol=1e-6)
    assert np.array_equal(away, across_gaps(holed, time, 0.3)[1])


def test_long_gaps_and_ends_stay_open_for_any_curve(rng):
    time, place = uneven(rng)
    place[[0, 39]] = np.nan
    place[10:25] = np.nan
    place[30] = np.nan
    filled, away = led_across(place, time, 0.1)
    assert np.isnan(filled[[0, 39, *range(10, 25)]]).all()
    assert np.isfinite(filled[30]).all()
    assert np.isnan(away[[0, 39]]).all()


@pytest.mark.parametrize("beside", [1, 2])
def test_with_few_samples_beside_it_a_gap_is_filled_straight(beside):
    time = np.arange(12) / 30
    line = np.column_stack([2.0 * time, 1.0 - time])
    holed = np.full_like(line, np.nan)
    holed[5 - beside : 5], holed[7 : 7 + beside] = (
        line[5 - beside : 5],
        line[7 : 7 + beside],
    )
    filled, _ = led_across(holed, time, 0.2)
    assert np.allclose(filled[5:7], line[5:7], atol=1e-6)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_is_led_from_nothing(count):
    place = np.full((5, 3), np.nan)
    place[:count] = 1.0
    filled, away = led_across(place, np.arange(5.0), 9.0)
    assert np.isfinite(filled[:, 0]).sum() == count
    assert (away[:count] == 0.0).all()


def test_slopes_next_to_nothing_are_none():
    place = np.array([[3e-312], [0.0], [np.nan], [5e-312], [9e-312]])
    filled, _ = across_gaps(place, np.arange(5) / 60, 0.2)
    assert filled[2, 0] == pytest.approx(0.0)
