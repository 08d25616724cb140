import numpy as np
import pytest

import altered
from repetiteur.kernels.departures import least_departures

SECONDS = np.arange(0.0, 10.0, 0.02)


def late_phrase(middle_s, lasts_s, by_s):
    """Lateness of one phrase of a piece of ten seconds, gone into and out of."""
    return by_s * altered.blend(SECONDS, middle_s, lasts=lasts_s, ramp=0.8)


def run(late, tempo=1.1, offset=0.4, near=0.05):
    near = np.full(late.size, near)
    return SECONDS[: late.size], tempo * SECONDS[: late.size] + offset + late, near


@pytest.mark.parametrize("by_s", [0.17, -0.25])
@pytest.mark.parametrize("middle_s", [2.6, 6.5])
def test_a_phrase_of_a_third_of_a_piece_is_late_and_not_the_rest(middle_s, by_s):
    wobble = 0.03 * np.sin(2.0 * np.pi * 0.3 * SECONDS)
    late = late_phrase(middle_s, 5.0, by_s)
    tempo, (offset,) = least_departures([run(late + wobble)], each=1.25)
    assert tempo == pytest.approx(1.1, abs=0.005)
    assert offset == pytest.approx(0.4, abs=0.03)


def test_a_phrase_that_comes_back_is_what_departs_though_it_lasts_longer():
    late = late_phrase(4.8, 8.0, -0.22)
    assert (late < -0.2).mean() > 0.6
    _, (once,) = least_departures([run(late)], each=1.25)
    _, (cheapest,) = least_departures([run(late)], each=0.0)
    assert cheapest == pytest.approx(0.18, abs=0.02)  # most points are there
    assert once == pytest.approx(0.18, abs=0.02)  # and one phrase may not last so long
    _, (patient,) = least_departures([run(late)], each=6.0)
    assert patient == pytest.approx(0.4, abs=0.02)


def test_each_run_has_a_level_of_its_own_and_all_one_slope():
    late = late_phrase(6.5, 5.0, 0.2)
    one, two = run(late), run(np.zeros(200), offset=-3.0)
    tempo, levels = least_departures([one, two], each=1.25)
    assert tempo == pytest.approx(1.1, abs=0.002)
    assert levels == pytest.approx([0.4, -3.0], abs=0.02)


def test_what_is_told_badly_has_little_say(rng):
    x, y, near = run(np.zeros(SECONDS.size))
    badly = SECONDS > 4.0
    y = y + np.where(badly, rng.normal(scale=0.15, size=y.size), 0.0)
    near = np.where(badly, 0.16, near)
    tempo, (offset,) = least_departures([(x, y, near)], each=1.25)
    assert tempo == pytest.approx(1.1, abs=0.01)
    assert offset == pytest.approx(0.4, abs=0.02)


def test_points_at_one_moment_have_no_slope():
    here = np.ones(3), np.array([2.0, 2.1, 2.2]), np.full(3, 0.05)
    slope, levels = least_departures([here], each=1.0)
    assert (slope, levels.tolist()) == (1.0, [pytest.approx(1.1)])
    alone = np.ones(1), np.array([5.0]), np.full(1, 0.05)
    line = run(np.zeros(SECONDS.size))
    slope, levels = least_departures([alone, line], each=1.0)
    assert slope == pytest.approx(1.1)
    assert levels == pytest.approx([3.9, 0.4])
