"""Pictures are cut to the dancer, and two dancers are equally large in theirs."""

import numpy as np
import pytest

from repetiteur.report.framing import Seen, frame_pair
from unit.report import small_rehearsal as made
from unit.report.small_video import tracked


def seen(poses):
    place = poses["position"].to_numpy()[..., 0]
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    time = poses["time"].to_numpy()
    return Seen(time, {name: place[:, :, k] for k, name in enumerate(names)})


def test_all_of_the_dancer_lies_inside():
    dancer = seen(tracked(made.dancer(fps=15)))
    for moment in (0, 60, 130):
        (cut,) = frame_pair([(dancer, moment)])
        for x, y in dancer.at(moment).values():
            assert cut.left < x < cut.left + cut.width
            assert cut.top < y < cut.top + cut.height


@pytest.mark.parametrize("size", [0.5, 0.8, 1.3])
def test_a_dancer_further_away_is_shown_as_large(size):
    near = seen(tracked(made.dancer(fps=15)))
    far = seen(tracked(made.dancer(fps=15), per_metre=70 * size, at_x=0.3))
    one, other = frame_pair([(near, 60), (far, 60)])
    assert other.width / one.width == pytest.approx(size)
    assert other.height / one.height == pytest.approx(size)


def test_a_leg_raised_in_one_picture_widens_both():
    dancer = seen(tracked(made.dancer(fps=15)))
    still, raised = frame_pair([(dancer, 0), (dancer, 60)])
    assert (still.width, still.height) == pytest.approx((raised.width, raised.height))
    (alone,) = frame_pair([(dancer, 0)])
    assert alone.width < still.width


def test_pictures_are_neither_strips_nor_ribbons():
    time = np.arange(3) / 30
    for ends in ([[0, 0], [0, 400]], [[0, 0], [400, 0]]):
        points = {
            f"p{k}": np.tile(np.array(e, float), (3, 1)) for k, e in enumerate(ends)
        }
        (cut,) = frame_pair([(Seen(time, points), 1)])
        assert 0.59 < cut.width / cut.height < 1.41


def test_who_is_not_seen_has_no_picture():
    poses = tracked(made.dancer(fps=15))
    hidden = poses.assign(position=poses["position"].where(poses["time"] < 2.0))
    one, other = frame_pair([(seen(poses), 60), (seen(hidden), 60)])
    assert one is not None
    assert other is None
    assert frame_pair([(seen(hidden), 60)]) == [None]
    assert frame_pair([]) == []


def test_half_a_body_is_enough():
    names = ("left_shoulder", "left_elbow", "left_wrist", "nose")
    poses = tracked(made.dancer(fps=15))
    half = poses.sel(keypoint=list(names))
    (cut,) = frame_pair([(seen(half), 60)])
    assert cut is not None
    assert cut.width > 10
