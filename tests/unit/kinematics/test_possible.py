"""Bodies in space that one camera's picture may show."""

import numpy as np

import bodies
from projecting import Camera, seen
from repetiteur.kinematics.lifting import POINTS, lifted
from repetiteur.kinematics.possible import possible_bodies
from repetiteur.model.poses import body_of

TIME, PLACES = bodies.moving_points(seconds=2.0)
BODY = body_of(seen(TIME, PLACES, Camera(heading=30.0, error=0.004, shared=0.0)))


def test_the_first_body_is_the_likeliest_and_the_others_differ():
    first, second, third = possible_bodies(BODY, 3)
    assert np.array_equal(first["left_knee"], lifted(BODY).in_space()["left_knee"])
    assert not np.allclose(second["left_knee"], third["left_knee"])


def test_the_same_seed_gives_the_same_bodies():
    one, other = (list(possible_bodies(BODY, 2, seed=5))[1] for _ in range(2))
    assert np.array_equal(one["left_toe"], other["left_toe"])


def test_the_others_differ_by_what_the_bones_leave_of_the_errors():
    first, *others = possible_bodies(BODY, 12)
    sd = lifted(BODY).sd[:, POINTS.index("left_toe")].mean()
    away = [np.std((other["left_toe"] - first["left_toe"])[:, 2]) for other in others]
    assert 0.1 * sd < np.median(away) < sd


def test_there_are_none_of_a_body_without_legs():
    shown = BODY.only("left_shoulder", "right_shoulder", "left_elbow", "nose")
    assert list(possible_bodies(shown, 3)) == []
