"""Depth of the points of a dancer whom one camera saw."""

from dataclasses import replace

import numpy as np
import pytest

from projecting import Camera, seen
from repetiteur.kinematics.lifting import NEEDED, POINTS, lifted
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic import steps as step
from repetiteur.synthetic.chains import chain

#: A phrase that the network has not seen as such.
PHRASE = Phrase.of(
    step.fifth_position(front="right"),
    step.developpe("right", "seconde", 80.0),
    step.close_fifth("right", "left"),
    step.demi_plie(),
)
DANCER = body_of(dance(PHRASE, fps=60.0))


def filmed(heading=40.0, depth_error=0.07, error=0.003, **more):
    camera = Camera(
        heading=heading, depth_error=depth_error, error=error, shared=0.0,
        **{"pitch": 0.0, "distance": 9.0, "focal": 2900.0} | more,
    )  # fmt: skip
    return body_of(seen(DANCER.time, dict(DANCER.points), camera))


def exactly(heading=40.0):
    return filmed(heading, depth_error=0.0, error=0.0, distance=60.0, focal=20000.0)


def depth(body, part):
    return body[part][:, 2] - body.middle("hip")[:, 2]


def off(body, true):
    """Error of the depths of knees, ankles and toes, m."""
    names = [f"{s}_{p}" for s in ("left", "right") for p in ("knee", "ankle", "toe")]
    errors = [depth(body, name) - depth(true, name) for name in names]
    return float(np.median(np.abs(errors)))


@pytest.mark.parametrize("heading", [0.0, 60.0, 120.0, 180.0, 250.0, 310.0])
def test_depths_of_the_legs_are_off_by_a_few_centimetres(heading):
    found = lifted(filmed(heading)).in_space()
    assert off(found, exactly(heading)) < 0.05


def test_they_are_nearer_to_the_truth_than_the_guess():
    body = filmed(depth_error=0.25)
    assert off(lifted(body).in_space(), exactly()) < 0.6 * off(body, exactly())


def test_they_are_found_without_a_guess():
    body = filmed()
    blind = {name: place * [1.0, 1.0, np.nan] for name, place in body.points.items()}
    assert off(lifted(replace(body, points=blind)).in_space(), exactly()) < 0.08


def test_in_a_mirror_all_is_mirrored():
    body = filmed()
    one, other = lifted(body), lifted(body.mirrored())
    left, right = POINTS.index("left_toe"), POINTS.index("right_toe")
    assert other.place[:, right, 2] == pytest.approx(one.place[:, left, 2], abs=1e-4)


def test_bones_have_their_lengths():
    found = lifted(filmed()).in_space()
    for side in ("left", "right"):
        thigh = np.linalg.norm(found[f"{side}_knee"] - found[f"{side}_hip"], axis=1)
        assert np.std(thigh) < 0.05 * np.mean(thigh)


def test_who_stands_stays_where_she_is():
    found = lifted(filmed()).in_space()
    left = found["left_ankle"][:, 2]  # the foot that carries
    assert np.ptp(left[60:-60]) < 0.12


@pytest.mark.parametrize("lacking", ["hand", "eye", "ear"])
def test_points_that_a_tracker_may_lack_are_not_missed(lacking):
    body = filmed()
    names = [name for name in body.points if lacking not in name]
    found = lifted(body.only(*names)).in_space()
    assert set(found.points) == set(names)
    assert off(found, exactly()) < 0.06


@pytest.mark.parametrize("lacking", ["left_heel", "right_ankle", "nose"])
def test_nothing_is_said_where_needed_points_lack(lacking):
    body = filmed()
    assert lacking in NEEDED
    assert lifted(body.only(*(n for n in body.points if n != lacking))) is None


def test_nothing_is_said_of_frames_without_the_dancer():
    body = filmed()
    gone = {name: place.copy() for name, place in body.points.items()}
    for place in gone.values():
        place[40:50] = np.nan
    found = lifted(replace(body, points=gone)).in_space()
    assert np.isnan(found["left_knee"][40:50]).any(axis=1).all()
    assert np.isfinite(found["left_knee"][:30]).all()


@pytest.mark.parametrize("hertz", [25, 30, 50, 60, 120])
def test_it_is_much_the_same_at_any_frame_rate(hertz):
    body = filmed(error=0.0)
    time = np.arange(body.time[0], body.time[-1], 1.0 / hertz)

    def at(values):
        return {
            name: np.stack([np.interp(time, body.time, c) for c in each.T], axis=1)
            for name, each in values.items()
        }

    other = replace(body, time=time, points=at(body.points), sd=at(body.sd))
    one, two = lifted(body).in_space(), lifted(other).in_space()
    again = np.interp(time, body.time, depth(one, "right_ankle"))
    assert np.median(np.abs(depth(two, "right_ankle") - again)) < 0.02


@pytest.mark.parametrize("frames", [2, 3, 7])
def test_a_film_of_a_few_frames_is_no_error(frames):
    body = filmed()
    few = replace(
        body,
        time=body.time[:frames],
        points={name: place[:frames] for name, place in body.points.items()},
        sd={name: each[:frames] for name, each in body.sd.items()},
    )
    found = lifted(few).in_space()
    assert all(np.isfinite(place).all() for place in found.points.values())


@pytest.mark.parametrize("last_s", [1e4, 1e12])
def test_nothing_is_said_of_a_film_with_a_frame_in_a_while(last_s):
    body = filmed()
    time = np.append(body.time[:-1], last_s)
    assert lifted(replace(body, time=time)) is None


@pytest.mark.parametrize("heading", [0.0, 180.0])
def test_a_camera_that_looks_down_is_tilted_back(heading):
    body = filmed(heading, pitch=16.0)
    found = lifted(body).in_space()
    leg = found.middle("hip") - found["left_ankle"]
    lean = np.degrees(np.arctan2(leg[:, 2], leg[:, 1]))
    assert abs(np.median(lean)) < 5.0


@pytest.mark.parametrize("pitch", [0.0, 8.0, 12.0, 16.0])
@pytest.mark.parametrize("seed", [8, 12])
def test_a_dancer_stays_in_the_room_before_a_camera_that_looks_down(seed, pitch):
    poses = chain(np.random.default_rng(seed), steps=6).dance(fps=30.0, noise=0.0)
    body = body_of(poses)
    camera = Camera(
        heading=40.0, pitch=pitch, distance=9.0, focal=2900.0, size=(3840, 2160),
        error=0.003, depth_error=0.07, shared=0.0,
    )  # fmt: skip
    found = lifted(body_of(seen(body.time, dict(body.points), camera))).in_space()
    assert np.ptp(found.middle("hip")[:, 2]) < 6.0
    toes = np.fmin(found["left_toe"][:, 1], found["right_toe"][:, 1])
    assert np.std(toes) < 0.3


def test_errors_are_told_and_hold():
    body, true = filmed(), exactly()
    found = lifted(body)
    names = [f"{s}_{p}" for s in ("left", "right") for p in ("knee", "ankle", "toe")]
    shares = []
    for name in names:
        k = POINTS.index(name)
        told = np.interp(found.time, true.time, depth(true, name))
        shares.append(np.abs(found.place[:, k, 2] - told) < 3.0 * found.sd[:, k])
    assert np.mean(shares) > 0.8  # of errors as Laplace has them 95 %
    assert np.median(found.sd) < 0.1
