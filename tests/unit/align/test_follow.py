import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import altered
import bodies
from repetiteur.align.follow import Follower, follow
from repetiteur.errors import InvalidPoses, MissingKeypoints, NothingToJudge


def large_movement(seed):
    """Every joint swings three times as far as elsewhere: poses differ clearly."""
    time, points = bodies.moving_points(seconds=20.0, fps=30.0, seed=seed)
    stands = {name: np.array(place) for name, place in bodies.STANDING.items()}
    return time, {n: stands[n] + 3.0 * (p - stands[n]) for n, p in points.items()}


TIME, POINTS = large_movement(3)
REFERENCE = bodies.body(TIME, POINTS)
#: Another dance: nothing of the reference.
OTHER = large_movement(11)[1]


def danced(places, rng, *, fps=30.0, points=POINTS, noise=0.005):
    """A take that is at these places of the movement, seen with noise."""
    moved = {
        name: np.stack([np.interp(places, TIME, p[:, k]) for k in range(3)], axis=1)
        + rng.normal(scale=noise, size=(len(places), 3))
        for name, p in points.items()
    }
    return bodies.body(np.arange(len(places)) / fps, moved)


def joined(*bodies_):
    """One take after another."""
    names = bodies_[0].points
    points = {n: np.concatenate([b.points[n] for b in bodies_]) for n in names}
    count = sum(b.time.size for b in bodies_)
    return bodies.body(np.arange(count) / 30.0, points)


def off(found, places):
    return np.abs(found.reference_s - places)


def going(start, end, tempo=1.0):
    return np.arange(start, end, tempo / 30.0)


@pytest.mark.parametrize("tempo", [0.6, 1.0, 1.7])
def test_follows_another_body_elsewhere_at_another_tempo(rng, tempo):
    places = going(0.0, 19.5, tempo)
    take = danced(places, rng)
    _, points = altered.otherwise(
        take.time, take.points, degrees=130.0, scale=0.8, fps=30.0
    )
    seen = bodies.body(take.time[: len(points["neck"])], points)
    found = follow(REFERENCE, seen)
    later = found.time_s > 2.0
    assert off(found, places[: len(later)])[later].max() < 0.15
    assert (found.state[later] == "following").all()
    assert found.confidence[later].min() > 0.9
    assert (found.side[later] == "same").all()


def test_begins_anywhere(rng):
    places = going(9.0, 14.0)
    found = follow(REFERENCE, danced(places, rng))
    assert off(found, places)[45:].max() < 0.1


@pytest.mark.parametrize("asked", ["auto", "mirrored"])
def test_finds_the_other_side(rng, asked):
    places = going(0.0, 8.0)
    found = follow(REFERENCE, danced(places, rng).mirrored(), side=asked)
    assert (found.side[60:] == "mirrored").all()
    assert off(found, places)[60:].max() < 0.1


def test_on_the_wrong_side_it_is_not_sure(rng):
    found = follow(REFERENCE, danced(going(0.0, 8.0), rng).mirrored(), side="same")
    assert np.mean(found.confidence[60:] > 0.9) < 0.2


def test_a_pause_is_a_pause(rng):
    places = np.concatenate([going(0.0, 6.0), np.full(75, 6.0), going(6.0, 10.0)])
    found = follow(REFERENCE, danced(places, rng))
    assert off(found, places)[60:].max() < 0.3
    assert (found.state[210:255] == "paused").all()
    assert (found.state[60:175] == "following").all()
    assert (found.state[285:] == "following").all()


@pytest.mark.parametrize("to", [12.0, 0.0, 2.5])
def test_comes_after_a_skip_or_a_restart(rng, to):
    places = np.concatenate([going(1.0, 8.0), going(to, to + 4.0)])
    found = follow(REFERENCE, danced(places, rng))
    assert off(found, places)[60:210].max() < 0.1
    assert off(found, places)[255:].max() < 0.1
    assert off(found, places)[210:].max() > 1.0  # the jump did happen


def test_another_dance_is_lost_and_what_comes_after_is_found(rng):
    before, after = going(0.0, 6.0), going(6.0, 10.0)
    other = danced(going(0.0, 6.0), rng, points=OTHER)
    take = joined(danced(before, rng), other, danced(after, rng))
    found = follow(REFERENCE, take)
    assert np.mean(found.state[60:180] == "following") == 1.0
    assert np.mean(found.state[240:360] == "lost") > 0.9
    assert off(found, np.concatenate([before, before, after]))[420:].max() < 0.1


def test_unseen_points_have_no_say(rng):
    places = going(0.0, 8.0)
    take = danced(places, rng)
    points = dict(take.points)
    for name in ("left_wrist", "right_knee", "right_ankle", "right_toe", "head_top"):
        points[name] = np.full_like(points[name], np.nan)
    points["left_elbow"] = np.where(rng.random((240, 1)) < 0.5, np.nan, 0.0)
    points["left_elbow"] = points["left_elbow"] + take.points["left_elbow"]
    found = follow(REFERENCE, replace(take, points=points))
    assert off(found, places)[60:].max() < 0.15


def test_unseen_for_a_while_it_goes_on_and_grows_unsure(rng):
    places = going(0.0, 10.0)
    take = danced(places, rng)
    points = {n: p.copy() for n, p in take.points.items()}
    for place in points.values():
        place[120:210] = np.nan
    found = follow(REFERENCE, bodies.body(take.time, points))
    assert off(found, places)[60:130].max() < 0.15
    assert np.all(np.diff(found.confidence[120:210]) <= 1e-9)
    assert found.confidence[209] < 0.5
    assert found.state[209] == "lost"
    assert off(found, places)[225:].max() < 0.15


def test_nothing_was_ever_seen():
    follower = Follower(REFERENCE)
    for k in range(30):
        place = follower.step(k / 30.0, {})
    assert place.state == "lost"
    assert np.isfinite(place.reference_s)
    assert place.confidence < 0.5


@pytest.mark.parametrize("fps", [8.0, 25.0, 50.0, 120.0])
def test_any_rate_will_do(rng, fps):
    places = np.arange(0.0, 12.0, 1.0 / fps)
    found = follow(REFERENCE, danced(places, rng, fps=fps))
    assert off(found, places)[found.time_s > 2.0].max() < 0.15


def test_frames_come_unevenly_and_some_never(rng):
    places = going(0.0, 15.0)
    take = danced(places, rng)
    kept = np.sort(rng.choice(places.size, 250, replace=False))
    kept = kept[(kept < 200) | (kept > 245)]  # and none at all for a second and a half
    thin = bodies.body(take.time[kept], {n: p[kept] for n, p in take.points.items()})
    found = follow(REFERENCE, thin)
    assert off(found, places[kept])[found.time_s > 2.0].max() < 0.3


def test_after_a_long_absence_it_looks_everywhere(rng):
    take = danced(going(0.0, 4.0), rng)
    follower = Follower(REFERENCE, side="same")
    for start in (0.0, 1e6):
        for k, now in enumerate(take.time):
            pose = {name: p[k] for name, p in take.points.items()}
            place = follower.step(start + now, pose)
        assert place.reference_s == pytest.approx(4.0, abs=0.1)


def test_the_references_clock_need_not_begin_at_nought(rng):
    places = going(3.0, 8.0)
    late = replace(REFERENCE, time=REFERENCE.time + 100.0)
    found = follow(late, danced(places, rng))
    assert off(found, places + 100.0)[60:].max() < 0.1


def test_the_same_poses_give_the_same_places_and_reset_forgets(rng):
    take = danced(going(5.0, 8.0), rng)
    follower = Follower(REFERENCE)

    def places():
        return [
            follower.step(now, {n: p[k] for n, p in take.points.items()})
            for k, now in enumerate(take.time)
        ]

    once = places()
    follower.reset()
    assert places() == once


def test_only_what_both_have_is_compared(rng):
    places = going(0.0, 8.0)
    take = danced(places, rng)
    fewer = take.only(*(n for n in take.points if n not in ("head_top", "left_toe")))
    found = follow(REFERENCE, fewer)
    assert off(found, places)[60:].max() < 0.1
    follower = Follower(REFERENCE, keypoints=fewer.points)
    for k, now in enumerate(fewer.time):  # points that nobody asked for have no say
        pose = {n: p[k] for n, p in fewer.points.items()}
        place = follower.step(now, {**pose, "head_top": np.full(3, 9.0), "tail": 0.0})
    assert place.reference_s == found.reference_s[-1]


def test_a_picture_is_compared_as_it_is(rng):
    places = going(0.0, 8.0)
    seen = replace(REFERENCE, space="2d")
    take = danced(places, rng)
    depth = rng.normal(scale=0.1, size=(240, 1)) * [0.0, 0.0, 1.0]
    guessed = {
        n: p + depth * (i % 5 - 2) for i, (n, p) in enumerate(take.points.items())
    }
    found = follow(seen, replace(take, points=guessed, space="2d"))
    assert off(found, places)[60:].max() < 0.15


def test_time_that_goes_back_is_refused(rng):
    follower = Follower(REFERENCE)
    follower.step(1.0, {})
    for now in (1.0, 0.5):
        with pytest.raises(InvalidPoses, match=r"came after one at 1\.000 s.*reset"):
            follower.step(now, {})
    with pytest.raises(InvalidPoses, match="seconds, and nan came"):
        follower.step(np.nan, {})
    assert follower.step(1.1, {}).time_s == 1.1


@pytest.mark.parametrize("value", [0.0, [1.0, 2.0], np.zeros((3, 1)), "nose", None])
def test_a_point_that_is_none_is_refused(value):
    with pytest.raises(InvalidPoses, match=r"three coordinates.*left_knee came as"):
        Follower(REFERENCE).step(0.0, {"left_knee": value})


def test_endless_coordinates_were_not_seen(rng):
    follower = Follower(REFERENCE)
    pose = {name: np.full(3, np.inf) for name in POINTS}
    assert follower.step(0.0, pose).confidence < 0.5


@pytest.mark.parametrize("seconds", [0.5, 1e5])
def test_a_reference_too_short_or_too_long_is_refused(seconds):
    few = {name: p[:20] for name, p in POINTS.items()}
    with pytest.raises(NothingToJudge, match=r"1 s to 2 hours.*Use a .* part"):
        Follower(bodies.body(np.linspace(0.0, seconds, 20), few))


def test_hips_and_shoulders_are_needed():
    with pytest.raises(MissingKeypoints, match="left_hip"):
        Follower(REFERENCE, keypoints=["left_shoulder", "right_shoulder", "nose"])


def test_an_unknown_side_is_refused():
    with pytest.raises(ValueError, match="auto, same or mirrored"):
        Follower(REFERENCE, side="left")


def test_the_page_follows_the_demo(capsys):
    page = (Path(__file__).parents[3] / "docs/following.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, "following.md", "exec"), {})
    said = capsys.readouterr().out.splitlines()
    assert len(said) > 1500
    places = np.array([float(line.split()[0]) for line in said])
    assert places[0] < 1.0
    assert places[-1] == pytest.approx(32.2, abs=0.3)
