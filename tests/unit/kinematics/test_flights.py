"""Jumps, and feet that are off the floor without one."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kinematics.contacts import contacts
from repetiteur.kinematics.flights import GRAVITY, airborne, flights
from repetiteur.kinematics.mass import centre_of_mass
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import first_position


@pytest.fixture(scope="module")
def jumps():
    return body_of(dance(Phrase.of(first_position(), saute(0.4), saute(0.6))))


def found(body, which=flights):
    return which(contacts(body), centre_of_mass(body))


def with_points(body, change):
    points = {name: change(place) for name, place in body.points.items()}
    return replace(body, points=MappingProxyType(points))


def test_planted_jumps_are_found(jumps):
    first, second = found(jumps)
    assert first.time_s == pytest.approx(0.4, abs=1e-6)
    assert first.take_off_s == pytest.approx(1.85, abs=1e-6)
    assert second.time_s == pytest.approx(0.6, abs=1e-6)
    assert first.fall == pytest.approx(GRAVITY, abs=1e-6)
    assert first.height_by_mass == pytest.approx(first.height_by_time, abs=1e-6)
    assert first.apex_s == pytest.approx(2.05, abs=1e-6)
    assert (first.from_feet, first.to_feet) == ("both", "both")
    inside = (jumps.time > 1.85) & (jumps.time < 2.25)
    assert (first.start, first.end) == tuple(np.flatnonzero(inside)[[0, -1]])


def test_lifted_feet_are_no_jump():
    time = np.arange(180) / 60.0
    lift = 0.2 * np.clip(np.sin(np.pi * (time - 1.0)), 0.0, None) ** 2 * (time < 2.0)
    points = {n: np.tile(p, (time.size, 1)) for n, p in bodies.STANDING.items()}
    for name in points:
        if name.endswith(("toe", "heel", "ankle", "knee")):
            points[name][:, 1] += lift
    body = bodies.body(time, points)
    (one,) = found(body, airborne)
    assert abs(one.fall) < 4.0
    assert not one.free
    assert found(body) == ()


@pytest.mark.parametrize(("times", "fall"), [(2.0, 0.25), (0.5, 4.0)])
def test_the_fall_tells_a_wrong_frame_rate(jumps, times, fall):
    wrong = replace(jumps, time=times * jumps.time)
    assert found(wrong) == ()
    for flight in found(wrong, airborne):
        assert flight.fall / GRAVITY == pytest.approx(fall, rel=1e-3)


def test_noise_moves_a_jump_by_less_than_a_frame(jumps, rng):
    noisy = with_points(jumps, lambda p: p + rng.normal(0.0, 0.005, p.shape))
    for flight, true in zip(found(noisy), (0.4, 0.6), strict=True):
        assert flight.time_s == pytest.approx(true, abs=1.5 / 60.0)
        assert abs(flight.fall - GRAVITY) < 4.0 * flight.fall_sd
        assert flight.height_by_mass == pytest.approx(GRAVITY * true**2 / 8.0, abs=0.03)


@pytest.mark.parametrize(("cut", "left"), [(slice(118, None), 1), (slice(0, 125), 0)])
def test_what_is_cut_off_is_left_out(jumps, cut, left):
    points = {n: p[cut] for n, p in jumps.points.items()}
    part = replace(jumps, time=jumps.time[cut], points=MappingProxyType(points))
    assert len(found(part, airborne)) == left


def test_a_foot_not_seen_at_landing_leaves_the_flight_out(jumps):
    lost = {"right_toe", "right_heel", "right_ankle", "left_toe", "left_heel"}
    points = {n: p.copy() for n, p in jumps.points.items()}
    for name in lost:
        points[name][130:140] = np.nan
    body = replace(jumps, points=MappingProxyType(points))
    assert [f.time_s for f in found(body)] == [pytest.approx(0.6, abs=1e-6)]


def test_drift_is_in_foot_lengths(jumps):
    way = np.interp(jumps.time, [1.85, 2.25], [0.0, 0.3])
    moved = with_points(jumps, lambda p: p + np.outer(way, [0.6, 0.0, 0.8]))
    assert found(moved)[0].drift == pytest.approx(
        0.3 / contacts(jumps).foot_length, abs=1e-6
    )
    assert found(jumps)[0].drift == pytest.approx(0.0, abs=1e-6)


def test_without_heels_there_is_no_foot_roll(jumps):
    names = [name for name in jumps.points if not name.endswith("heel")]
    assert np.isfinite(found(jumps)[0].foot_roll_s)
    assert np.isnan(found(jumps.only(*names))[0].foot_roll_s)
