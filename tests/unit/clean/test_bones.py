import numpy as np
import pytest

import bodies
import filming
from repetiteur.clean.bones import hold_bones
from repetiteur.errors import InvalidPoses
from repetiteur.model.skeletons import BONES

FILM = filming.film(filming.kicks(), fps=30.0, noise=8.0)
LIMBS = [
    (f"{side}_{a}", f"{side}_{b}")
    for side in ("left", "right")
    for a, b in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"),
                 ("elbow", "wrist"), ("ankle", "toe"), ("wrist", "thumb"))
]  # fmt: skip


def lengths(poses, a, b, of="world_position"):
    way = poses[of].sel(keypoint=b) - poses[of].sel(keypoint=a)
    return np.linalg.norm(way.to_numpy()[..., 0], axis=1)


@pytest.mark.parametrize(("a", "b"), LIMBS)
def test_a_bone_has_one_length_its_median(a, b):
    poses = FILM.poses()
    before, after = lengths(poses, a, b), lengths(hold_bones(poses), a, b)
    assert np.ptp(before) > 0.02
    assert after == pytest.approx(np.median(before))


def test_the_middle_of_the_hips_stays():
    held = hold_bones(FILM.poses())["world_position"][..., 0]
    hips = held.sel(keypoint=["left_hip", "right_hip"]).to_numpy()
    before = FILM.world[:, 23:25].mean(axis=1)
    width = np.linalg.norm(hips[..., 0] - hips[..., 1], axis=1)
    assert np.abs(hips.mean(axis=2) - before).max() < 1e-9
    assert np.ptp(width) < 1e-9


def test_a_motion_file_is_held_where_asked():
    time, points = bodies.moving_points(seconds=2.0)
    poses = bodies.poses(time, points)
    held = hold_bones(poses, of="position")
    for a, b in BONES:
        if {a, b} <= set(points):
            found = lengths(held, a, b, "position")
            assert np.ptp(found) < 1e-9, (a, b)
    assert np.array_equal(
        held["position"].sel(keypoint="pelvis"),
        poses["position"].sel(keypoint="pelvis"),
    )


def test_behind_a_point_that_is_not_seen_all_stays():
    world = FILM.world.copy()
    knee, ankle = (filming.LANDMARKS.index(f"left_{p}") for p in ("knee", "ankle"))
    world[10, knee] = np.nan
    held = hold_bones(FILM.poses(world=world))["world_position"][10, :, :, 0]
    assert np.isnan(held[:, knee]).all()
    assert np.array_equal(held[:, ankle], world[10, ankle])


@pytest.mark.parametrize(
    ("of", "says"), [("position", "in the picture"), ("place", "not there")]
)
def test_needs_positions_in_space(of, says):
    with pytest.raises(InvalidPoses, match=says):
        hold_bones(FILM.poses(), of=of)


def test_its_argument_is_left_alone():
    poses = FILM.poses()
    before = poses.copy(deep=True)
    assert "median lengths" in hold_bones(poses).attrs["history"]
    assert poses.identical(before)
