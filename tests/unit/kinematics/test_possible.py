"""Bodies in space that one camera's picture may show."""

import numpy as np

import bodies
from projecting import Camera, seen
from repetiteur.kinematics.from_a_picture import in_space
from repetiteur.kinematics.possible import possible_bodies
from repetiteur.model.poses import body_of

TIME, POINTS = bodies.moving_points(seconds=2.0)
BODY = body_of(seen(TIME, POINTS, Camera(heading=30.0, error=0.004, shared=0.0)))


def test_the_first_body_is_the_likeliest_and_the_others_differ():
    first, second, third = possible_bodies(BODY, 3)
    assert np.array_equal(first["left_knee"], in_space(BODY)["left_knee"])
    assert not np.allclose(second["left_knee"], third["left_knee"])


def test_the_same_seed_gives_the_same_bodies():
    one, other = (list(possible_bodies(BODY, 2, seed=5))[1] for _ in range(2))
    assert np.array_equal(one["left_toe"], other["left_toe"])
