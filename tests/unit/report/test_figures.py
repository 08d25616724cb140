"""Figures: one set of proportions, on the floor, facing the same way."""

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.model.poses import mirrored
from repetiteur.report.figures import (
    JOINTS,
    MAX_FRAMES,
    figures,
)
from repetiteur.report.marks import best_turn
from unit.report import small_rehearsal as made
from unit.report.small_video import tracked


def joint(figure, name):
    return figure.position[:, JOINTS.index(name)]


def length(figure, a, b):
    return np.linalg.norm(joint(figure, a) - joint(figure, b), axis=-1)


def angle(u, v):
    cross = np.linalg.norm(np.cross(u, v), axis=-1)
    return np.degrees(np.arctan2(cross, (u * v).sum(axis=-1)))


def drawn(poses, **line_up):
    alignment = made.line_up(**line_up)
    return figures(made.rehearsal(reference=poses, take=poses, alignment=alignment))


def test_bodies_of_any_size_are_drawn_in_one_set_of_proportions():
    small, _ = drawn(made.dancer(size=0.7))
    tall, _ = drawn(made.dancer(size=1.3))
    np.testing.assert_allclose(small.position, tall.position, atol=1e-6)
    np.testing.assert_allclose(length(tall, "left_hip", "left_knee"), 0.441)
    np.testing.assert_allclose(length(tall, "right_elbow", "right_wrist"), 0.248)


def test_angles_of_the_bones_are_kept():
    poses = made.dancer()
    reference, _ = drawn(poses)
    thigh = joint(reference, "left_hip") - joint(reference, "left_knee")
    shank = joint(reference, "left_ankle") - joint(reference, "left_knee")
    at = {
        str(k): poses.position.sel(keypoint=k, individual="dancer").to_numpy()[::2]
        for k in ("left_hip", "left_knee", "left_ankle")
    }
    true = angle(at["left_hip"] - at["left_knee"], at["left_ankle"] - at["left_knee"])
    np.testing.assert_allclose(angle(thigh, shank), true, atol=1e-6)


def test_feet_stand_on_the_floor_and_jumps_leave_it():
    reference, _ = drawn(made.dancer())
    lowest = np.minimum(
        joint(reference, "left_toe")[:, 1], joint(reference, "right_toe")[:, 1]
    )
    standing, jump = reference.at(0.1), reference.at(8.75)
    toes = [JOINTS.index("left_toe"), JOINTS.index("right_toe")]
    assert lowest.min() > -0.02
    assert standing[toes, 1].max() < 0.06
    assert jump[toes, 1].min() > 0.15
    pelvis = joint(reference, "pelvis")[:, 1]
    assert pelvis[30] < pelvis[0] - 0.1, "the plié at second 1 goes down"


def test_the_reference_is_turned_to_face_as_the_take_does():
    alignment = made.line_up(heading_deg=140.0)
    reference, take = figures(
        made.rehearsal(
            reference=made.dancer(heading_deg=-30.0),
            take=made.dancer(heading_deg=110.0),
            alignment=alignment,
        )
    )
    np.testing.assert_allclose(reference.position, take.position, atol=1e-6)


def test_a_dancer_with_the_back_to_us_is_turned_round():
    _, take = drawn(made.dancer(heading_deg=180.0))
    assert joint(take, "left_hip")[0, 0] > 0.09


def test_a_mirrored_match_is_drawn_with_the_mirrored_reference():
    poses = made.dancer()
    alignment = made.line_up(side="mirrored")
    reference, take = figures(
        made.rehearsal(reference=mirrored(poses), take=poses, alignment=alignment)
    )
    np.testing.assert_allclose(reference.position, take.position, atol=1e-6)


@pytest.mark.parametrize(
    "without",
    [
        ("left_heel", "right_heel", "left_eye", "right_eye", "head_top"),
        ("nose", "left_ear", "right_ear", "left_eye", "right_eye", "chest"),
        ("left_hand", "right_hand", "neck"),
        ("pelvis", "head", "head_top"),
    ],
)
def test_skeletons_that_lack_points_are_drawn(without):
    reference, _ = drawn(made.dancer(without=without))
    for name in ("left_knee", "right_wrist", "neck", "head", "left_ankle"):
        assert np.isfinite(joint(reference, name)).all()


def test_a_missing_joint_leaves_out_what_hangs_on_it_and_no_more():
    poses = made.dancer()
    poses.position.loc[{"keypoint": "left_elbow", "time": slice(2.0, 3.0)}] = np.nan
    reference, _ = drawn(poses)
    k = round(2.5 * reference.rate)
    assert np.isnan(joint(reference, "left_wrist")[k]).all()
    assert np.isfinite(joint(reference, "right_wrist")).all()


def test_many_frames_are_resampled_for_display():
    fast, _ = drawn(made.dancer(fps=120.0))
    assert fast.rate == pytest.approx(30.0)
    slow, _ = drawn(made.dancer(fps=20.0))
    assert slow.rate == pytest.approx(20.0)
    long, _ = drawn(made.dancer(duration_s=700.0, fps=30.0))
    assert len(long.position) <= MAX_FRAMES + 1


def test_one_frame_is_enough():
    poses = made.dancer().isel(time=slice(0, 1))
    reference, _ = drawn(poses)
    assert reference.position.shape == (1, len(JOINTS), 3)
    assert np.isfinite(reference.at(5.0)).all()


def test_an_angle_is_shown_from_where_it_is_seen():
    frame, side_on = np.zeros((len(JOINTS), 3)), np.zeros((len(JOINTS), 3))
    frame[JOINTS.index("left_ankle")] = [0.0, 0.2, -0.8]  # behind: an arabesque
    side_on[JOINTS.index("left_ankle")] = [0.8, 0.2, 0.0]
    assert abs(best_turn("leg", "left", frame, frame)) == 90.0
    assert best_turn("leg", "left", side_on, side_on) == 0.0
    assert best_turn("leg", "left", frame * np.nan) == 0.0


def seen_by_a_camera(poses, **line_up):
    return drawn(tracked(poses), **line_up)


@pytest.mark.parametrize("heading", [0.0, 60.0, 180.0])
def test_what_a_camera_saw_is_drawn_as_it_saw_it(heading):
    poses = made.dancer(fps=15, heading_deg=heading)
    reference, take = seen_by_a_camera(poses, heading_deg=90.0)
    np.testing.assert_array_equal(reference.position, take.position)
    assert take.flat
    assert np.nanmax(np.abs(take.position[..., 2])) == 0.0
    place = tracked(poses).position.isel(individual=0)
    hip, knee = (
        place.sel(keypoint=f"left_{part}").to_numpy() for part in ("hip", "knee")
    )
    thigh = joint(take, "left_knee") - joint(take, "left_hip")
    seen = np.column_stack([(knee - hip) * [1.0, -1.0], np.zeros(len(hip))])
    long = np.linalg.norm(seen, axis=1) > 8.0
    assert long.mean() > 0.9
    assert angle(thigh, seen)[long].max() < 1e-3, "directions are those of the picture"


def test_a_camera_sees_jumps_and_a_floor():
    _, take = seen_by_a_camera(made.dancer(fps=15))
    toes = [JOINTS.index("left_toe"), JOINTS.index("right_toe")]
    assert take.at(0.1)[toes, 1].max() < 0.08
    assert take.at(8.75)[toes, 1].min() > 0.15


def test_a_face_that_looks_away_is_not_drawn():
    _, front = seen_by_a_camera(made.dancer(fps=15))
    _, back = seen_by_a_camera(made.dancer(fps=15, heading_deg=180.0))
    assert np.isfinite(joint(front, "face")).all()
    assert np.isnan(joint(back, "face")[:, 0]).all()
    assert np.isfinite(joint(back, "head")).all()


def test_what_a_camera_does_not_see_is_not_drawn():
    poses = tracked(made.dancer(fps=15))
    poses.position.loc[{"keypoint": "left_elbow", "time": slice(2.0, 3.0)}] = np.nan
    _, take = drawn(poses)
    k = round(2.5 * take.rate)
    assert np.isnan(joint(take, "left_wrist")[k]).all()
    assert np.isfinite(joint(take, "left_knee")).all()


def test_the_given_poses_are_not_changed():
    rehearsal = made.rehearsal()
    before = rehearsal.take.poses.copy(deep=True)
    figures(replace(rehearsal))
    assert rehearsal.take.poses.identical(before)
