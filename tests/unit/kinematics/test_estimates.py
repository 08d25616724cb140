"""Numbers whose errors are those of moments between frames."""

import numpy as np
import pytest

from repetiteur.kinematics.estimates import (
    Estimate,
    jump_height,
    lasting,
    lateness,
    moment_sd,
    turn_rate,
)


@pytest.mark.parametrize(
    ("hertz", "centimetres"), [(30.0, 4.1), (60.0, 2.0), (120.0, 1.0)]
)
def test_jump_height_of_half_a_second(hertz, centimetres):
    """The one-frame error of the flight time, as the specification has it."""
    found = jump_height(lasting(0.5, 1.0 / hertz))
    assert found.value == pytest.approx(0.3066, abs=1e-4)
    assert 100.0 * found.half == pytest.approx(centimetres, rel=0.07)


@pytest.mark.parametrize("unsure", [False, True])
def test_flight_times_read_off_frames(unsure, rng):
    """Nine of ten lie within, for flights that begin anywhere between two frames."""
    step, flight = 1.0 / 30.0, 0.5 + rng.uniform(0.0, 1.0 / 30.0, 4000)
    start = rng.uniform(0.0, step, 4000)
    first, last = (np.ceil(t / step) for t in (start, start + flight))
    if unsure:  # and a threshold that is a frame early or late as often as not
        first, last = (f + rng.uniform(-0.5, 0.5, 4000) for f in (first, last))
    error = (last - first) * step - flight
    half = lasting(0.5, step).half
    assert (np.abs(error) <= half).mean() >= 0.88
    # Half of it would not do.
    assert (np.abs(error) <= 0.5 * half).mean() < 0.85


def test_errors_of_both_crossings_add_up():
    alone = lasting(0.5, 1.0 / 60.0)
    both = lasting(0.5, 1.0 / 60.0, crossings_s=(0.004, 0.004))
    assert both.sd**2 == pytest.approx(alone.sd**2 + 0.008**2)


def test_moments():
    assert moment_sd(0.06) == pytest.approx(0.06 * np.sqrt(2.0 / 12.0))
    assert moment_sd(0.0, 0.01) == pytest.approx(0.01)


def test_turn_rate():
    found = turn_rate(Estimate(-720.0, 7.2), lasting(2.0, 0.1))
    assert found.value == pytest.approx(-1.0)
    assert found.half == pytest.approx(np.hypot(0.01, 0.095 / 2.0), rel=0.01)
    assert np.isnan(turn_rate(Estimate(10.0, 1.0), Estimate(0.0, 0.1)).value)


def test_lateness_and_intervals():
    found = lateness(0.2, 0.03, 0.04)
    assert found.sd == pytest.approx(0.05)
    low, high = found.interval90
    assert high - low == pytest.approx(2.0 * 1.645 * 0.05)
    assert 0.5 * (high + low) == pytest.approx(0.2)
