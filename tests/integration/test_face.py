"""The face of a real recording, found without a pose."""

import json
from dataclasses import fields, replace

import numpy as np
import pytest

from repetiteur.errors import InvalidPoses, MissingWeights
from repetiteur.expression.face import face_of, told
from repetiteur.expression.face_compared import compared
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


@pytest.fixture(scope="module")
def every_frame(clip):
    return track_face(clip)


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


PARTS = {
    "even frames": slice(0, None, 2),
    "odd frames": slice(1, None, 2),
    "from 3 s": slice(72, None),
    "from 8 s": slice(192, None),
    "to 16 s": slice(0, 384),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_a_face_differs_in_nothing_from_the_whole(every_frame, name):
    """Whichever of its faces is taken for the resting one."""
    kept = {
        field.name: getattr(every_frame, field.name)[PARTS[name]]
        for field in fields(every_frame)
        if field.name != "size"
    }
    part, whole = told(replace(every_frame, **kept)), told(every_frame)
    both = compared(part, whole, part.time_s, part.time_s).over(0.0, 20.0)
    judged = [one for one in both if one.value is not None]
    assert len(judged) >= 12
    for one in judged:
        assert one.interval90[0] <= 0.0 <= one.interval90[1], one.name


def test_fewer_looks_tell_the_same_parts(face, every_frame):
    assert face.time_s.size < 0.6 * every_frame.time_s.size
    few, all_of_them = parts_of(face), parts_of(told(every_frame))
    begins = np.array([part.start_s for part in all_of_them])
    for part in few:
        assert np.abs(begins - part.start_s).min() < 0.5
    assert abs(len(few) - len(all_of_them)) <= 1


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
    known = json.loads((test_data / "video" / "pose_squats.full.json").read_text())
    place = np.array(known, float)[:, :, :2]
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
