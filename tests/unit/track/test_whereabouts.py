"""Whereabouts: who is near enough to be the dancer."""

from __future__ import annotations

import numpy as np

from repetiteur.track.sights import Person
from repetiteur.track.whereabouts import FAR, FARTHEST, FASTEST, Whereabouts

SEEN = Whereabouts(
    np.array([0.0, 2.0]), np.array([[100.0, 50.0], [300.0, 50.0]]), np.array([40.0] * 2)
)
NOWHERE = Whereabouts(np.empty(0), np.empty((0, 2)), np.empty(0))


def _person(x: float, size: float = 40.0) -> Person:
    hips = np.array([x, 50.0])
    return Person(0.9, np.zeros(4), hips, hips - (0.0, size))


def test_the_reach_grows_with_time_up_to_a_bound() -> None:
    for passed in (0.0, 0.5, 1.0, 5.0):
        reach = min(FAR + FASTEST * passed, FARTHEST) * 40.0
        place = np.array([300.0 + reach, 50.0])
        assert np.isclose(SEEN.away(place, 2.0 + passed), 1.0)


def test_between_two_finds_the_dancer_is_between() -> None:
    assert SEEN.away(np.array([200.0, 50.0]), 1.0) == 0.0


def test_the_nearest_of_like_size_is_chosen() -> None:
    near, far, child = _person(110.0), _person(135.0), _person(100.0, 12.0)
    assert SEEN.choose([far, child, near], 0.0) is near
    assert SEEN.choose([child], 0.0) is None
    assert SEEN.choose([_person(900.0)], 0.0) is None
    assert SEEN.choose([], 0.0) is None


def test_one_who_crouches_is_still_the_dancer() -> None:
    crouching = _person(105.0, 20.0)
    assert SEEN.choose([crouching], 0.0) is crouching


def test_where_nothing_is_known_the_largest_is_chosen() -> None:
    small, large = _person(0.0, 10.0), _person(500.0, 90.0)
    assert NOWHERE.choose([small, large], 3.0) is large
    assert NOWHERE.away(np.array([1.0, 2.0]), 0.0) == 0.0


def test_it_goes_and_comes_back_in_pictures_half_as_large() -> None:
    back = Whereabouts.from_json(SEEN.to_json(), 2.0)
    np.testing.assert_allclose(back.place, SEEN.place / 2)
    np.testing.assert_allclose(back.size, SEEN.size / 2)
    np.testing.assert_allclose(back.time_s, SEEN.time_s)
    assert Whereabouts.from_json([], 1.0).time_s.size == 0
