import numpy as np
import pytest

import bodies
import filming
from repetiteur.clean.lengths import drop_stretched
from repetiteur.synthetic import dance

DANCE = dance(filming.kicks(), fps=30.0, bpm=60.0)
NAMES = [str(name) for name in DANCE["keypoint"].to_numpy()]


def gone(poses):
    return np.isnan(poses["position"].to_numpy()[:, 0, :, 0])


def displaced(keypoint, start, end, by, poses=DANCE):
    place = poses["position"].to_numpy().copy()
    place[start:end, :, NAMES.index(keypoint), 0] += by
    return poses.assign(position=(poses["position"].dims, place))


@pytest.mark.parametrize("keypoint", [n for n in NAMES if "eye" not in n])
def test_a_point_half_a_metre_off_for_a_while_is_taken_out_itself(keypoint):
    """Half a second, at 30 frames a second: its speed alone does not tell."""
    found = gone(drop_stretched(displaced(keypoint, 40, 55, [0.3, 0.3, 0.3])))
    planted = np.zeros_like(found)
    planted[40:55, NAMES.index(keypoint)] = True
    if keypoint in {"nose", "head_top"} or keypoint.endswith(("ear", "hand")):
        assert found[planted].mean() > 0.5  # their one bone may keep its length
    else:
        assert found[planted].all()
    assert not found[~planted].any()


def test_dancing_and_noise_lose_nothing(rng):
    place = DANCE["position"].to_numpy() + rng.normal(0, 0.004, DANCE["position"].shape)
    noisy = DANCE.assign(position=(DANCE["position"].dims, place))
    assert not gone(drop_stretched(noisy)).any()
    time, points = bodies.moving_points()
    assert not gone(drop_stretched(bodies.poses(time, points))).any()


def test_a_marker_that_slides_on_the_skin_is_kept():
    """By a quarter of the thigh, but not at once; more than half is too much."""
    slide = np.zeros((DANCE.sizes["time"], 3))
    slide[40:60, 1] = 0.12 * np.sin(np.pi * np.arange(20) / 20)
    hip = NAMES.index("left_hip")
    for factor, kept in ((1.0, True), (3.0, False)):
        place = DANCE["position"].to_numpy().copy()
        place[:, :, hip, 0] += factor * slide
        poses = DANCE.assign(position=(DANCE["position"].dims, place))
        assert gone(drop_stretched(poses)).any() != kept


def test_what_is_no_bone_of_one_length_is_not_judged():
    half = DANCE.sizes["time"] // 2
    assert not gone(
        drop_stretched(displaced("left_knee", 0, half, [0.3, 0.0, 0.0]))
    ).any()


def test_bent_toes_and_fingers_are_kept_and_too_long_ones_are_not():
    toe, ankle = (NAMES.index(f"left_{part}") for part in ("toe", "ankle"))
    for factor, kept in ((0.5, True), (2.5, False)):
        place = DANCE["position"].to_numpy().copy()
        way = place[40:44, :, toe] - place[40:44, :, ankle]
        place[40:44, :, toe] = place[40:44, :, ankle] + factor * way
        heel = NAMES.index("left_heel")
        place[40:44, :, heel] = np.nan
        found = gone(
            drop_stretched(DANCE.assign(position=(DANCE["position"].dims, place)))
        )
        assert found[40:44, toe].any() != kept


def test_says_what_it_took_out_and_leaves_its_argument_alone():
    poses = displaced("right_knee", 40, 42, [0.4, 0.0, 0.0])
    before = poses.copy(deep=True)
    cleaned = drop_stretched(poses)
    assert cleaned.attrs["history"].endswith(
        "bones of another length taken out: 2 samples (right_knee 2)"
    )
    assert (
        cleaned["confidence"].to_numpy()[40:42, NAMES.index("right_knee")] == 0
    ).all()
    assert poses.identical(before)
