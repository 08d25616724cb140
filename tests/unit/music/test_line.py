"""The line on which the delays of one playback lie."""

import numpy as np
import pytest

from repetiteur.music.line import CLOCK_PPM, WINDOW_SD_S, Line, fitted


def test_the_line_through_delays_with_outliers_is_the_one_without(rng):
    time_s = np.arange(0.0, 300.0, 7.5)
    delay_s = 1.5 - 80e-6 * time_s + rng.normal(0.0, 1e-4, time_s.size)
    delay_s[[3, 20]] += 0.02
    line = fitted(time_s, delay_s)
    assert line.ppm == pytest.approx(-80.0, abs=2.0)
    assert line.at(np.array([0.0])) == pytest.approx(1.5, abs=2e-4)
    assert line.ppm_sd < 2.0


def test_of_one_delay_the_clocks_are_as_far_apart_as_clocks_are():
    line = fitted(np.array([7.5]), np.array([0.3]))
    assert (line.offset_s, line.middle_s, line.ppm) == (0.3, 7.5, 0.0)
    assert line.ppm_sd == pytest.approx(CLOCK_PPM)


def test_farther_from_its_middle_a_line_is_less_sure():
    line = Line(0.0, 10.0, 20.0)
    near, far = line.sd(np.array([10.0, 1010.0]))
    assert near == WINDOW_SD_S
    assert far == pytest.approx(1000.0 * CLOCK_PPM * 1e-6, rel=0.01)
