"""Which frames of a video are looked at for a face, and where."""

from itertools import pairwise

import numpy as np
import pytest

from repetiteur.errors import InvalidPoses
from repetiteur.model.poses import log, make_poses, mirrored
from repetiteur.track import faces
from repetiteur.track.face_regions import of_poses
from repetiteur.track.faces import enough, is_mirrored

FACE = {"right_eye": (90, 100), "left_eye": (110, 100), "nose": (100, 110)}
TIMES = np.arange(40) / 25


def poses(time=TIMES):
    place = np.array(list(FACE.values()), float).T
    made = make_poses(
        np.repeat(place[np.newaxis], len(time), axis=0),
        time=time,
        keypoints=tuple(FACE),
        confidence=np.full((len(time), 3), 0.9),
        source_software="test",
    )
    return log(made, "tracked").assign_attrs(image_width=400, image_height=300)


@pytest.mark.parametrize("fps", [5, 12, 23.976, 25, 30, 50, 60, 120])
def test_what_is_looked_at_is_near_enough_and_little(fps):
    time = np.arange(int(4 * fps)) / fps
    kept = enough(time, 0.085)
    apart = np.diff(time[kept])
    assert kept[0] == 0
    assert kept[-1] == time.size - 1
    assert apart.max() <= max(0.085, 1 / fps) + 1e-9
    assert kept.size <= 4 * max(min(fps, 17.0), 12.0) + 2


def test_frame_times_of_any_kind(rng):
    time = np.cumsum(rng.uniform(0.005, 0.2, 300))
    kept = enough(time, 0.085)
    own = np.diff(time)
    for a, b in pairwise(kept):
        assert time[b] - time[a] <= 0.085 or (b == a + 1 and own[a] > 0.085)


def test_none_left_out_where_nothing_is_said():
    assert enough(TIMES, 0.0).tolist() == list(range(40))
    assert enough(TIMES[:1], 0.085).tolist() == [0]


def test_a_part_is_looked_for_in_its_own_frames():
    part = poses().sel(time=slice(0.4, 0.81))
    assert faces._frames(TIMES, part, "a.mp4").tolist() == list(range(10, 21))
    assert faces._frames(TIMES, None, "a.mp4").size == 40


def test_frames_of_slow_motion_are_told_apart():
    fast = np.arange(40) / 1000
    assert faces._frames(fast, poses(fast + 1e-5), "a.mp4").tolist() == list(range(40))


def test_poses_at_other_times_are_refused():
    with pytest.raises(InvalidPoses, match="frame by frame"):
        faces._frames(TIMES, poses(TIMES + 0.013), "a.mp4")
    with pytest.raises(InvalidPoses, match="1 of 41 came"):
        faces._frames(TIMES, poses(np.arange(41) / 25), "a.mp4")


def test_a_mirror_is_taken_back_to_find_the_face():
    seen, looked = mirrored(poses()), np.ones(40, bool)
    assert is_mirrored(seen)
    assert not is_mirrored(poses())
    assert not is_mirrored(mirrored(seen))
    assert of_poses(seen)[0][0] == pytest.approx(300.0, abs=1.0)
    assert faces._told(seen, looked) == faces._told(poses(), looked)


def test_where_it_is_not_seen_nothing_is_said():
    hidden = poses()
    hidden["confidence"][3] = 0.0
    told = faces._told(hidden, np.isin(np.arange(40), [2, 3]))
    assert [one is None for one in told] == [False, True]
