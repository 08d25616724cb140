"""In the air the synthetic dancer's centre of mass falls freely."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kinematics.mass import centre_of_mass
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Alteration, Dancer, Phrase, dance
from repetiteur.synthetic.jumps import changement, echappe, entrechat
from repetiteur.synthetic.steps import fifth_position

OFF_S, FLIGHT_S = 1.85, 0.5  # a count of standing, plié and push before it


def fall_of(poses, flight_s=FLIGHT_S):
    """Acceleration of the centre of mass in the air, (frames, 3) m/s^2."""
    body = body_of(poses)
    aloft = (body.time > OFF_S + 0.01) & (body.time < OFF_S + flight_s - 0.01)
    step = body.time[1] - body.time[0]
    return np.diff(centre_of_mass(body)[aloft], 2, axis=0) / step**2


@pytest.mark.parametrize("stature", [1.2, 1.7])
@pytest.mark.parametrize(
    "step",
    [changement("left", 0.5), entrechat("right", 3, 0.5), echappe("left", 0.5)],
    ids=["changement", "six", "echappe"],
)
def test_whatever_the_legs_do(step, stature):
    phrase = Phrase.of(fifth_position("left"), step)
    fall = fall_of(dance(phrase, Dancer(stature), fps=120.0))
    np.testing.assert_allclose(fall, [[0.0, -9.81, 0.0]] * len(fall), atol=1e-6)


def test_an_alteration_in_the_air_does_not_change_the_fall():
    phrase = Phrase.of(fifth_position("left"), changement("left", 0.5))
    raised = Alteration("left_arm_height", 60.0, 1.9, 2.3, 0.1)
    plain, changed = (dance(phrase, fps=120.0, alterations=a) for a in ((), (raised,)))
    assert not np.allclose(plain.position, changed.position, atol=0.05)
    np.testing.assert_allclose(fall_of(changed)[:, 1], -9.81, atol=1e-6)


def test_a_slower_dancer_flies_higher():
    phrase = Phrase.of(fifth_position("left"), changement("left", 0.5))
    body = body_of(dance(phrase, fps=120.0, tempo=0.8))
    rise = np.ptp(body.middle("toe")[:, 1])
    assert rise > 9.81 * (0.5 / 0.8) ** 2 / 8.0 - 0.05
