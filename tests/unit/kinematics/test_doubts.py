"""Errors of points carried to whatever is computed from them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.signal import lfilter

import bodies
from repetiteur.clean.instruments import BIAS_STAYS, with_instrument_errors
from repetiteur.kernels import geometry
from repetiteur.kernels.propagation import propagate
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.doubts import (
    copies_of,
    parts_of_error,
    repeated,
    repeated_curve,
)
from repetiteur.model.poses import body_of


@pytest.fixture
def shaken(rng):
    """A moving body as markers show it: 2 mm of jitter."""
    time, points = bodies.moving_points()
    noisy = {n: p + rng.normal(0.0, 0.002, p.shape) for n, p in points.items()}
    poses = bodies.poses(time, noisy, source_software="C3D")
    return body_of(with_instrument_errors(poses))


def knee(body):
    return geometry.flexion(*(body[f"left_{p}"] for p in ("hip", "knee", "ankle")))


def test_parts_of_a_motion_file(shaken):
    quick, slow, stays = parts_of_error(shaken)
    lasting = [part.lasting_s for part in (quick, slow, stays)]
    assert lasting == [0.0, 1.0, np.inf]
    assert quick.sd["left_hip"] == pytest.approx(0.002, rel=0.1)
    bias = np.hypot(slow.sd["left_hip"], stays.sd["left_hip"])
    assert bias == pytest.approx(0.012, rel=0.01)
    assert stays.sd["left_hip"] == pytest.approx(np.sqrt(BIAS_STAYS) * bias)
    for name, sd in shaken.sd.items():
        whole = sum(part.sd[name] ** 2 for part in (quick, slow, stays))
        assert np.sqrt(whole) == pytest.approx(sd)


@pytest.mark.parametrize("rate", [30.0, 100.0])
def test_jitter_that_goes_on_is_partly_another_one_at_each_frame(rate, rng):
    """Of a body that stands still, at rates at which movement is told from it."""
    time, still = np.arange(3000) / rate, np.ones((3000, 1))
    noise = {n: rng.normal(0.0, 0.0016, (3000, 3)) for n in bodies.STANDING}
    noise = {n: lfilter([1.0], [1.0, -0.6], e, axis=0) for n, e in noise.items()}
    points = {n: p * still + noise[n] for n, p in bodies.STANDING.items()}
    poses = bodies.poses(time, points, source_software="C3D")
    body = body_of(with_instrument_errors(poses))
    parts = parts_of_error(body)
    whole = np.sqrt(sum(part.sd["nose"] ** 2 for part in parts))
    assert whole == pytest.approx(body.sd["nose"])
    if rate < 50.0:
        assert len(parts) == 3
        return
    new, _, _, on = parts
    assert np.hypot(new.sd["nose"], on.sd["nose"]) == pytest.approx(0.002, rel=0.15)
    assert 1.5 / rate < on.lasting_s < 4.0 / rate


def test_what_a_filled_gap_adds_does_not_stay(shaken):
    _, whole, stays = (part.sd["nose"] for part in parts_of_error(shaken))
    shaken.sd["nose"][40:60] *= 3.0
    shaken.sd["nose"][70] = np.nan
    _, slow, still = (part.sd["nose"] for part in parts_of_error(shaken))
    known = np.arange(len(stays)) != 70
    assert still[known] == pytest.approx(stays[known])
    assert np.isnan(still[70]).all()
    assert (slow[40:60] > 3.0 * whole[40:60]).all()
    assert slow[100] == pytest.approx(whole[100])


@pytest.fixture
def offset(monkeypatch):
    """Only what stays: a body in two quarter turns, seen by markers without jitter."""
    monkeypatch.setattr("repetiteur.kinematics.doubts.BIAS_STAYS", 1.0)

    def shown(gap=slice(0)):
        time = np.arange(300) / 60.0
        course = np.clip(90.0 * (time - 1.0), 0.0, 180.0)
        points = {
            n: geometry.turn(np.array(p) * np.ones((300, 1)), course)
            for n, p in bodies.STANDING.items()
        }
        for place in points.values():
            place[gap] = np.nan
        poses = bodies.poses(time, points, source_software="C3D")
        return body_of(with_instrument_errors(poses)), points, course

    return shown


def test_what_stays_turns_with_the_body(offset):
    body, points, course = offset()
    for copy in copies_of(body, count=3):
        for name in ("left_hip", "right_hand"):
            own = geometry.turn(copy[name] - points[name], -course)
            assert np.abs(own - own[0]).max() < 1e-9
            assert np.abs(own[0]).max() > 1e-3


def test_what_stays_in_a_gap_of_the_heading(offset):
    body, points, course = offset(slice(90, 150))
    (copy,) = copies_of(body, count=1)
    own = geometry.turn(copy["left_hip"] - points["left_hip"], -course)
    assert np.isnan(own[90:150]).all()
    seen = np.r_[0:90, 150:300]
    assert np.abs(own[seen] - own[0]).max() < 1e-9


def test_without_a_heading_what_stays_stands(offset):
    body, points, _ = offset()
    (copy,) = copies_of(body.only("nose"), count=1)
    error = copy["nose"] - points["nose"]
    assert np.abs(error - error[0]).max() < 1e-9
    assert np.abs(error[0]).max() > 1e-3


def test_parts_of_a_tracked_video(shaken):
    quick, slow = parts_of_error(replace(shaken, space="2d"))
    assert 0.0 < quick.lasting_s < slow.lasting_s
    assert np.hypot(quick.sd["nose"], slow.sd["nose"]) == pytest.approx(
        shaken.sd["nose"]
    )


def test_without_errors_copies_are_the_body(shaken):
    exact = replace(shaken, sd={})
    assert parts_of_error(exact) == ()
    (copy,) = copies_of(exact, count=1)
    np.testing.assert_array_equal(copy["nose"], exact["nose"])


def test_copies_are_seeded(shaken):
    one, again, other = (
        next(copies_of(shaken, count=2, seed=seed))["nose"] for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, again)
    assert (one != other).all()
    first, second = copies_of(shaken, count=2)
    assert (first["nose"] != second["nose"]).all()


def test_repeated_curve_agrees_with_propagation(shaken):
    by_steps = propagate(
        lambda points: knee(replace(shaken, points=points)),
        shaken.only("left_hip", "left_knee", "left_ankle").points,
        shaken.sd,
    )
    drawn = repeated_curve(knee, shaken, count=200)
    assert np.median(drawn / by_steps) == pytest.approx(1.0, abs=0.05)


def test_repeated_curve_of_headings(shaken):
    def heading(body):
        return geometry.yaw(
            geometry.turn(geometry.forward(body["left_hip"] - body["right_hip"]), 180.0)
        )

    wrapped = repeated_curve(heading, shaken)
    wrong = repeated_curve(heading, shaken, period=360.0)
    assert np.median(wrong) == pytest.approx(
        np.degrees(np.sqrt(2.0) * 0.0122 / 0.18), rel=0.15
    )
    assert np.nanmax(wrapped) > 30.0 * np.nanmax(wrong)


def test_missing_frames_have_no_error(shaken):
    shaken.points["left_knee"][7] = np.nan
    drawn = repeated_curve(knee, shaken, count=10)
    assert np.flatnonzero(np.isnan(drawn)).tolist() == [7]


def test_repeated_holds_what_noise_adds(shaken):
    """A path is never shorter for being shaken: the interval reaches that far."""

    def path(body):
        return np.linalg.norm(np.diff(body["nose"], axis=0), axis=1).sum()

    value, half = repeated(path, shaken)
    time, clean = bodies.moving_points()
    truth = path(bodies.body(time, clean))
    assert value > 1.3 * truth
    assert half > 0.0
    # Jitter that is counted once more adds about half of what the first one did.
    assert 0.2 < half / (value - truth) < 2.0


def test_repeated_of_several_numbers(shaken):
    value, half = repeated(lambda b: b["nose"].mean(axis=0), shaken)
    assert value.shape == half.shape == (3,)
    # Over six seconds only what stays is left, and most of that for good.
    stays = 1.645 * parts_of_error(shaken)[2].sd["nose"][0]
    assert (half > 0.75 * stays).all()
    assert (half < 1.2 * 1.645 * shaken.sd["nose"][0]).all()  # of 50 copies


def test_calmed_bodies_jitter_less_and_move_alike(shaken):
    _, clean = bodies.moving_points()
    calm = calmed(shaken)
    before, after = (
        np.sqrt(np.mean((b["left_hand"] - clean["left_hand"]) ** 2))
        for b in (shaken, calm)
    )
    assert after < 0.75 * before
    np.testing.assert_array_equal(calm.time, shaken.time)
    assert calm.sd is shaken.sd


@pytest.mark.parametrize("fps", [60.0, 120.0, 200.0])
def test_calmed_keeps_the_corner_of_a_foot_that_leaves(rng, fps):
    """Low-passed alone, it would be off by 12 mm a frame or two before."""
    time = np.arange(0.0, 4.0, 1.0 / fps)
    height = 2.4 * np.clip(time - 2.0, 0.0, 0.3)
    toe = np.stack([0.0 * time, height, 0.0 * time], axis=1)
    shown = toe + rng.normal(0.0, 0.0005, toe.shape)
    poses = bodies.poses(time, {"left_toe": shown}, source_software="C3D")
    calm = calmed(body_of(with_instrument_errors(poses)))["left_toe"]
    assert np.abs(calm - toe).max() < 0.0025
    still = time < 1.5
    assert calm[still].std() < 0.75 * shown[still].std()


def test_calmed_leaves_tracked_and_exact_bodies_alone(shaken):
    for body in (replace(shaken, space="2d"), replace(shaken, sd={})):
        assert calmed(body)["nose"] is body["nose"]
