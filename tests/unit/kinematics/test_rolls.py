"""Heel and toe at take-off and landing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bodies
import jumpers
from repetiteur.kinematics.movement import movement_of
from repetiteur.kinematics.rolls import LANDING_S, landing, push_off_roll, taken_up

TIME = np.arange(240) / 120.0


def contacts_of(points):
    movement = movement_of(bodies.body(TIME, points))
    return movement.contacts, movement.flights[0]


def test_a_landing_is_taken_up_by_each_foot_from_its_own_contact():
    contacts, flight = contacts_of(jumpers.jumping(TIME, late_s=0.05))
    for foot, late in ((contacts.left, 0.05), (contacts.right, 0.0)):
        start, end = taken_up(foot, flight.landing_s)
        assert start == pytest.approx(jumpers.LANDING_S + late, abs=0.004)
        assert end == pytest.approx(start + LANDING_S)


def test_a_rebound_ends_it():
    points = jumpers.jumping(TIME, landing_s=0.9, flight_s=0.4)
    again = jumpers.jumping(TIME, landing_s=1.5, flight_s=0.4)
    both = {n: np.where(TIME[:, None] < 1.0, points[n], again[n]) for n in points}
    contacts, first = contacts_of(both)
    start, end = taken_up(contacts.left, first.landing_s)
    assert start == pytest.approx(0.9, abs=0.004)
    assert end == pytest.approx(1.1, abs=0.004)


def test_heels_that_stay_up_have_no_moment():
    points = jumpers.jumping(TIME, roll_s=5.0, push_s=1.0)
    contacts, flight = contacts_of(points)
    roll = landing(contacts.left, flight.landing_s, contacts).roll
    assert roll.toe_s == pytest.approx(jumpers.LANDING_S, abs=0.004)
    assert np.isnan(roll.heel_s)
    assert flight.landings[0].roll == pytest.approx(roll, nan_ok=True)


@pytest.mark.parametrize("jitter_m", [0.0, 0.002])
def test_a_heel_that_sinks_down_comes_down_as_late_with_noise(jitter_m, rng):
    """It slows down on its last centimetre, in which noise would let it stand."""
    points = jumpers.jumping(TIME, roll_s=5.0)
    after = np.clip((TIME - jumpers.LANDING_S) / 0.3, 0.0, 1.0)
    for side in ("left", "right"):
        heel = points[f"{side}_heel"]
        heel[TIME > 0.9, 1] -= (0.1 * np.sin(0.5 * np.pi * after) ** 2)[TIME > 0.9]
    noisy = {n: p + rng.normal(0.0, jitter_m, p.shape) for n, p in points.items()}
    contacts, flight = contacts_of(noisy)
    roll = landing(contacts.left, flight.landing_s, contacts).roll
    # From 4 to 1 cm at its mean speed, and on at the same: 0.1 cos^2(pi t / 0.6).
    high, low = (0.6 / np.pi * np.arccos(np.sqrt(h / 0.1)) for h in (0.04, 0.01))
    expected = low + (low - high) / 3.0
    assert roll.heel_s - roll.toe_s == pytest.approx(expected, abs=0.015)


def test_the_heel_leaves_before_the_toe():
    contacts, flight = contacts_of(jumpers.jumping(TIME, push_s=0.15))
    off = push_off_roll(contacts.right, flight.take_off_s, contacts)
    assert off.toe_s == pytest.approx(flight.take_off_s)
    assert off.toe_s - off.heel_s == pytest.approx(0.15, abs=0.004)
    nowhere = push_off_roll(contacts.right, flight.take_off_s - 0.4, contacts)
    assert np.isnan(nowhere).all()


def test_a_file_without_heels_has_none():
    points = jumpers.jumping(TIME)
    bare = {n: p for n, p in points.items() if not n.endswith("heel")}
    contacts, flight = contacts_of(bare)
    found = landing(contacts.left, flight.landing_s, contacts)
    assert np.isnan(found.roll.heel_s)
    assert np.isnan(push_off_roll(contacts.left, flight.take_off_s, contacts).heel_s)


def test_a_heel_that_sinks_again_is_not_followed_back():
    contacts, flight = contacts_of(jumpers.jumping(TIME, push_s=0.3))
    off = int(np.searchsorted(TIME, flight.take_off_s)) - 4
    lift = np.where(np.arange(TIME.size) < off - 5, 0.0, 0.2)
    lift[off - 5 : off + 1] = [0.0, 0.038, 0.039, 0.038, 0.012, 0.042]
    foot = replace(contacts.left, heel_lift=lift * contacts.size)
    found = push_off_roll(foot, flight.take_off_s, contacts)
    assert found.heel_s == pytest.approx(TIME[off])
