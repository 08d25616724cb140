"""The face of a real recording, found without a pose."""

import json

import numpy as np
import pytest

from repetiteur.errors import InvalidPoses, MissingWeights
from repetiteur.expression.face import face_of
from repetiteur.expression.face_parts import parts_of
from repetiteur.expression.face_reasons import REASONS
from repetiteur.expression.face_shape import width_px
from repetiteur.model.poses import make_poses
from repetiteur.track.faces import track_face
from repetiteur.track.landmarks import LANDMARKS
from repetiteur.track.weights import path_of


@pytest.fixture(scope="module")
def clip(test_data):
    try:
        path_of("face_mesh")
    except MissingWeights as error:
        pytest.skip(str(error))
    return test_data / "face" / "WolfgangLanger_Pexels.mp4"


@pytest.fixture(scope="module")
def face(clip):
    return face_of(clip)


def test_the_hand_before_the_face_is_not_judged(face):
    """It is there from 2.7 s, before what the clip's own notes say, to 9.4 s."""
    at = (face.time_s > 3.0) & (face.time_s < 9.3)
    width = face._column("mouth_width")
    covered = face.why[at, width] == REASONS.index("the face is covered")
    assert covered.mean() > 0.95
    assert np.isnan(face.values[at, width]).mean() > 0.95


def test_what_is_not_covered_is_judged(face):
    for first, last in ((0.0, 2.4), (9.6, 18.3)):
        at = (face.time_s > first) & (face.time_s < last)
        assert np.isfinite(face.unit("mouth_width")[0][at]).mean() > 0.95


def test_parts_begin_where_the_clip_changes(face):
    """Crying to about 3.5 s, a hand to 10, calm to 12, laughing to 19."""
    begins = np.array([part.start_s for part in parts_of(face)])
    for there in (3.5, 10.0, 12.0):
        assert np.abs(begins - there).min() < 1.0
    assert len(begins) <= 10


def test_laughing_is_a_wide_open_mouth_with_high_corners(face):
    calm = (face.time_s > 9.6) & (face.time_s < 10.2)
    laughing = (face.time_s > 12.5) & (face.time_s < 18.0)
    for name in ("mouth_width", "lips_apart"):
        value, sd = face.unit(name)
        risen = np.nanmedian(value[laughing]) - np.nanmedian(value[calm])
        assert risen > 2 * np.nanmedian(sd)


def test_poses_of_another_recording_are_refused(clip):
    poses = make_poses(
        np.zeros((3, 2, 1)),
        time=np.arange(3) / 25,
        keypoints=("nose",),
        confidence=np.ones((3, 1)),
        source_software="test",
    )
    with pytest.raises(InvalidPoses, match="frame by frame"):
        track_face(clip, poses)


def test_the_pose_finds_a_small_face(clip, test_data):
    """75 pixels of 720 across, with glasses; the pose is the one that comes with it."""
    video = test_data / "video" / "pose_squats.mp4"
    told = json.loads((test_data / "video" / "pose_squats.full.json").read_text())
    place = np.array(told, float)[:, :, :2]
    poses = make_poses(
        place.transpose(0, 2, 1),
        time=np.arange(len(place)) / 5,
        keypoints=LANDMARKS,
        confidence=np.ones(place.shape[:2]),
        source_software="test",
    )
    with_it, without = track_face(video, poses), track_face(video)
    assert np.isfinite(with_it.points[:, 0, 0]).mean() > 0.9
    assert np.nanmedian(width_px(with_it.points)) == pytest.approx(75, abs=5)
    assert np.isnan(without.points).all()
