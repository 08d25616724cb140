"""Properties of altered and delayed dancing, for any numbers that make sense."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repetiteur.model.skeletons import KEYPOINTS
from repetiteur.synthetic.body import parameters, positions
from repetiteur.synthetic.dancer import Dancer
from repetiteur.synthetic.motion import STEEPEST, Alteration, Delay, make_clock

seconds = st.floats(0.0, 20.0)
ramps = st.floats(0.05, 2.0)
amounts = st.floats(-30.0, 30.0)


@given(amounts, seconds, st.floats(0.0, 10.0), ramps)
def test_an_alteration_is_whole_on_its_plateau_and_nothing_outside(
    amount, start, plateau, ramp
):
    end = start + 2.0 * ramp + plateau + 1e-6
    change = Alteration("left_knee", amount, start, end, ramp)
    assert change.at([start - 1.0, start, end, end + 1.0]).tolist() == [0.0] * 4
    middle = np.linspace(start + ramp + 1e-9, end - ramp - 1e-9, 5)
    np.testing.assert_allclose(change.at(middle), amount, atol=1e-9)
    within = change.at(np.linspace(start, end, 50))
    assert (np.abs(within) <= abs(amount) + 1e-12).all()


@given(st.floats(-0.5, 0.5), ramps, st.floats(0.5, 2.0))
def test_a_delay_goes_forward_or_is_refused(late, ramp, tempo):
    delay = Delay(late, 3.0, 3.0 + 2.0 * ramp + 1.0, ramp)
    steepest = STEEPEST * abs(late) / ramp
    if steepest > 1.02 / tempo:
        with pytest.raises(ValueError, match="forward"):
            make_clock(12.0, tempo=tempo, delays=[delay])
    elif steepest < 0.98 / tempo:
        clock = make_clock(12.0, tempo=tempo, delays=[delay])
        assert (np.diff(clock.take_s) > 0.0).all()
        middle = 3.0 + ramp + 0.5
        assert abs(clock.take_at(middle) - middle / tempo - late) < 1e-6
        assert clock.end_s == pytest.approx(12.0 / tempo)


@settings(deadline=None)
@given(
    st.floats(0.0, 150.0),
    st.floats(-170.0, 170.0),
    st.floats(0.0, 130.0),
    st.floats(-180.0, 180.0),
    st.floats(0.5, 2.2),
)
def test_a_free_leg_is_exactly_as_asked(height, azimuth, knee, heading, stature):
    dancer = Dancer(stature)
    table = parameters(
        dancer,
        weight_left=0.0,
        left_plant=0.0,
        left_height=height,
        left_azimuth=azimuth,
        left_knee=knee,
        heading=heading,
    )
    body = positions(table, dancer)[0]
    hip, joint, ankle = (
        body[:, KEYPOINTS.index(f"left_{n}")] for n in ("hip", "knee", "ankle")
    )
    way = ankle - hip
    found = np.degrees(np.arctan2(np.hypot(way[0], way[2]), -way[1]))
    assert found == pytest.approx(height, abs=1e-6)
    a, b = hip - joint, ankle - joint
    bend = 180.0 - np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b))
    assert bend == pytest.approx(knee, abs=1e-6)
    assert np.linalg.norm(a) == pytest.approx(dancer.metres("thigh"))
    assert np.linalg.norm(b) == pytest.approx(dancer.metres("shank"))
