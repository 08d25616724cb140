"""The supporting leg and the working leg."""

from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kinematics.contacts import contacts
from repetiteur.kinematics.legs import legs
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import (
    battement_tendu,
    close_fifth,
    developpe,
    fifth_position,
    first_position,
)

TIME = np.arange(180) / 60.0


def stepping(*, left=0.0, right=0.0, hips=0.0):
    """Standing, its feet lifted by so much."""
    points = {n: np.tile(p, (TIME.size, 1)) for n, p in bodies.STANDING.items()}
    for name, place in points.items():
        foot = name.endswith(("toe", "heel", "ankle"))
        lift = left if name.startswith("left") else right
        place[:, 1] += lift if foot else hips
    return Body(TIME, MappingProxyType(points))


def of(body):
    return legs(contacts(body), ())


def test_one_leg_supports_and_the_other_works():
    body = body_of(dance(Phrase.of(fifth_position("left"), developpe("left"))))
    found = movement_of(body).legs
    middle = np.searchsorted(body.time, 5.0)
    assert (found.feet[middle], found.support[middle], found.working[middle]) == (
        1,
        -1,
        1,
    )
    mirror = movement_of(body.mirrored()).legs
    np.testing.assert_array_equal(mirror.support, -found.support)
    np.testing.assert_array_equal(mirror.working, -found.working)


def test_on_both_feet_the_leg_about_to_leave_works():
    found = of(stepping(right=np.where(TIME > 2.0, 0.2, 0.0)))
    np.testing.assert_array_equal(found.feet, np.where(TIME > 2.0, 1, 2))
    assert (found.working[(TIME > 1.1) & (TIME < 2.0)] == -1).all()
    assert (found.working[TIME < 0.9] == 0).all()
    assert (found.working[TIME > 2.0] == -1).all()
    assert (found.support[TIME < 2.0] == 0).all()


def test_a_foot_that_brushes_does_not_support():
    phrase = Phrase.of(
        fifth_position("right"),
        battement_tendu("right", "devant", counts=1.5),
        close_fifth("right", "right"),
    )
    body = body_of(dance(phrase))
    found = movement_of(body)
    brushes = (found.contacts.right.down == 1) & (found.contacts.right.speed > 0.3)
    assert brushes.sum() > 10
    assert (found.legs.support[brushes] == 1).mean() > 0.9


def test_nobody_stands_in_the_air():
    found = movement_of(body_of(dance(Phrase.of(first_position(), saute(0.5)))))
    (jump,) = found.flights
    assert (found.legs.feet[jump.start : jump.end + 1] == 0).all()
    assert (np.delete(found.legs.feet, np.s_[jump.start : jump.end + 1]) == 2).all()


def test_who_does_not_fall_stands_on_the_lower_foot():
    high = np.where((TIME > 1.0) & (TIME < 2.0), 0.3, 0.0)
    found = of(stepping(left=0.25 * high, right=high))
    assert (found.support[(TIME > 1.0) & (TIME < 2.0)] == 1).all()
    lifted = of(stepping(left=high + 0.01, right=high))
    assert (lifted.feet[(TIME > 1.1) & (TIME < 1.9)] == 0).all()


@pytest.mark.parametrize(("lasting", "steps"), [(0.03, False), (0.1, True)])
def test_a_flicker_is_no_step(lasting, steps):
    found = of(stepping(right=np.where(np.abs(TIME - 1.0) < 0.5 * lasting, 0.1, 0.0)))
    assert (found.support == 1).any() == steps


def test_what_was_not_seen_is_not_known():
    points = dict(stepping().points)
    for part in ("toe", "heel", "ankle"):
        points[f"left_{part}"] = np.where(
            (TIME > 1.0)[:, None], np.nan, points[f"left_{part}"]
        )
    found = of(Body(TIME, MappingProxyType(points)))
    assert (found.feet[TIME > 1.0] == -1).all()
    assert (found.support == 0).all()
    assert (found.feet[TIME <= 1.0] == 2).all()
