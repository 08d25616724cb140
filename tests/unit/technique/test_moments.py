"""Curves read at moments."""

import numpy as np

from repetiteur.technique.moments import near, over

TIME = np.arange(10) / 100.0
CURVE = np.arange(10.0)


def test_a_curve_is_read_as_the_median_round_a_moment():
    assert near(CURVE, TIME, 0.05) == 5.0


def test_at_a_moment_that_is_not_known_there_is_no_value():
    assert np.isnan(near(CURVE, TIME, float("nan")))


def test_with_few_frames_a_second_the_frame_before_is_read():
    assert near(CURVE, 10.0 * TIME, 0.55) == 5.0


def test_less_than_half_seen_is_not_seen():
    hidden = np.where(CURVE < 6, np.nan, CURVE)
    assert np.isnan(over(hidden, (0, 9)))
    assert over(hidden, (4, 7)) == 6.5
