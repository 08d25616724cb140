"""Where a face is looked for."""

import numpy as np
import pytest

from repetiteur.model.poses import make_poses
from repetiteur.track.face_regions import ROOM, of_mesh, of_poses

#: Right eye, left eye, nose, mouth's corners and ears of a face from the front, pixels.
FRONT = {
    "right_eye": (90, 100), "left_eye": (110, 100), "nose": (100, 110),
    "right_mouth": (93, 120), "left_mouth": (107, 120),
    "right_ear": (78, 104), "left_ear": (122, 104),
}  # fmt: skip


def poses(places, sure=0.9, angle=0.0):
    cos, sin = np.cos(angle), np.sin(angle)
    place = (np.array(list(places.values()), float) - 100) @ np.array(
        [[cos, sin], [-sin, cos]]
    ) + 100
    return make_poses(
        np.repeat(place.T[np.newaxis], 3, axis=0),
        time=np.arange(3) / 25,
        keypoints=tuple(places),
        confidence=np.full((3, len(places)), sure),
        source_software="test",
    )


@pytest.mark.parametrize("angle", [0.0, 0.5, 3.0])
def test_a_face_by_its_pose(angle):
    x, y, side, turned = of_poses(poses(FRONT, angle=angle))[0]
    cos, sin = np.cos(angle), np.sin(angle)
    middle = np.array([0, 10]) @ np.array([[cos, sin], [-sin, cos]]) + 100
    assert [x, y] == pytest.approx(middle)
    assert side == pytest.approx(ROOM * 56.0)
    assert np.cos(turned - angle) == pytest.approx(1.0)


def test_a_profile_is_no_smaller():
    """From the side the eyes coincide; the height is still there."""
    side = {name: (100, y) for name, (_, y) in FRONT.items()}
    assert of_poses(poses(side))[0, 2] == pytest.approx(ROOM * 56.0)


def test_without_a_mouth_the_nose_tells():
    few = {name: FRONT[name] for name in ("right_eye", "left_eye", "nose")}
    x, y, side, _ = of_poses(poses(few))[0]
    assert [x, y] == pytest.approx([100, 109])
    assert 60 < side < 100


def test_eyes_that_are_not_seen_tell_nothing():
    assert np.isnan(of_poses(poses(FRONT, sure=0.1))).all()
    body = {"left_hip": (0, 0), "right_hip": (10, 0)}
    assert np.isnan(of_poses(poses(body))).all()


def test_the_next_region_lies_round_the_mesh():
    rng = np.random.default_rng(1)
    points = np.zeros((478, 3))
    points[:468, :2] = rng.uniform(-1, 1, (468, 2)) * (30, 40) + (200, 150)
    points[[33, 263], :2] = (180, 140), (220, 140)
    points[[0, 1, 2, 3], :2] = (170, 150), (230, 150), (200, 110), (200, 190)
    region = of_mesh(points)
    assert (region.x, region.y) == pytest.approx((200, 150))
    assert region.side == pytest.approx(ROOM * 80)
    assert region.angle == pytest.approx(0.0)
