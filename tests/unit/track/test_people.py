"""People: finds in single frames joined over time, and who of them dances."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.errors import UnreadableRecording
from repetiteur.track.people import people_of, the_dancer

SECONDS = np.arange(10.0)


def _find(frame: int, x: float, size: float, y: float = 500.0) -> list[float]:
    return [frame, 0.9, x, y, x, y - size]


def test_two_who_stand_apart_are_two_from_left_to_right() -> None:
    rows = [_find(f, 800.0 - f, 200.0) for f in range(5)]
    rows += [_find(f, 100.0 + f, 150.0) for f in range(5)]
    people = people_of(np.array(sorted(rows)), SECONDS)
    assert [one.place[0, 0] for one in people] == [100.0, 800.0]
    assert [one.time_s.size for one in people] == [5, 5]


def test_who_is_seen_once_is_nobody() -> None:
    rows = [_find(f, 400.0, 200.0) for f in range(10)] + [_find(3, 900.0, 60.0)]
    assert len(people_of(np.array(sorted(rows)), SECONDS)) == 1


def test_the_same_place_at_another_size_is_someone_else() -> None:
    rows = [_find(0, 400.0, 300.0), _find(1, 400.0, 20.0)]
    assert len(people_of(np.array(rows), SECONDS)) == 2


def test_the_large_one_in_the_middle_dances() -> None:
    rows = [_find(f, 500.0, 300.0) for f in range(6)]
    rows += [_find(f, 950.0, 280.0) for f in range(6)]
    people = people_of(np.array(sorted(rows)), SECONDS)
    dancer, line = the_dancer(people, None, 1000, 1000)
    assert dancer is people[0]
    assert "1 of 2" in line
    assert the_dancer(people, 2, 1000, 1000)[0] is people[1]


def test_the_one_who_stays_dances_before_the_one_who_passes() -> None:
    rows = [_find(f, 300.0, 200.0) for f in range(10)]
    rows += [_find(f, 600.0, 230.0) for f in range(3)]
    people = people_of(np.array(sorted(rows)), SECONDS)
    dancer, _ = the_dancer(people, None, 1000, 1000)
    assert dancer is people[0]


def test_a_number_that_nobody_has_is_said() -> None:
    people = people_of(np.array([_find(0, 300.0, 200.0)]), SECONDS)
    with pytest.raises(UnreadableRecording, match="2 came where 1 were found"):
        the_dancer(people, 2, 1000, 1000)


def test_nobody_found_leaves_it_to_the_follower() -> None:
    nobody = np.array([[0.0, 0.0, *[np.nan] * 4]])
    assert people_of(nobody, SECONDS) == []
    assert the_dancer([], None, 10, 10)[0] is None
