import numpy as np
import pytest

import bodies
from repetiteur.technique.curve import curves

FOOT = next(one for one in curves() if one.id == "ankle_plantarflexion")
#: A foot from the side, ankle at the origin: forwards and up.
HEEL, TOE = (-0.05, -0.07), (0.17, -0.07)


def leg(degrees, *, heel=True):
    """A leg that hangs straight down, its foot pointed by so much."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))

    def turned(z, y):
        return (0.1, c * y - s * z, c * z + s * y)

    points = {
        "left_knee": (0.1, 0.45, 0.0),
        "left_ankle": (0.1, 0.0, 0.0),
        "left_toe": turned(*TOE),
        **({"left_heel": turned(*HEEL)} if heel else {}),
    }
    still = {name: np.tile(place, (3, 1)) for name, place in points.items()}
    return bodies.body(np.arange(3) / 60, still)


@pytest.mark.parametrize("degrees", [-15.0, 0.0, 30.0, 65.0])
def test_the_point_of_a_foot_is_its_angle(degrees):
    assert FOOT.of(leg(degrees), "left") == pytest.approx(degrees)


@pytest.mark.parametrize("degrees", [-15.0, 0.0, 30.0])
def test_a_foot_without_a_heel_differs_by_as_much(degrees):
    with_heel, without = leg(degrees), leg(degrees, heel=False)
    more = leg(degrees + 25.0, heel=False)
    assert FOOT.of(without, "left") == pytest.approx(FOOT.of(with_heel, "left"), abs=10)
    assert FOOT.of(more, "left") - FOOT.of(without, "left") == pytest.approx(25.0)
    assert "left_ankle" in FOOT.keypoints(without, "left")
    assert "left_heel" in FOOT.keypoints(with_heel, "left")
