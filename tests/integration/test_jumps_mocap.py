"""Jumps of real dancers: nothing absurd, and no jump where nobody jumps."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.rehearsal import measure, recording_from_file

JUMPS = (
    "flight_time",
    "jump_height_flight",
    "jump_height_com",
    "beats_count",
    "split_angle.timing",
    "landing_knee_flexion",
    "landing_knee_flexion.excursion",
    "landing_first",
)


def measured(path, **kwargs):
    (found,) = measure(recording_from_file(path, **kwargs), only=JUMPS).values()
    return found


def values(found, name):
    return np.array([m.value for m in found.measurements if m.measure == name])


@pytest.fixture(scope="module")
def hops(test_data):
    """Hops from foot to foot, filmed at 100 Hz, without heels."""
    return measured(test_data / "mocap" / "rokoko_jesse_dance.bvh")


def test_hops_are_as_long_and_as_high_as_hops(hops):
    time, high = values(hops, "flight_time"), values(hops, "jump_height_flight")
    assert time.size >= 6
    assert ((time > 0.3) & (time < 0.4)).all()
    assert ((high > 0.1) & (high < 0.2)).all()
    # two ways to the same height: by the clock, and by the centre of mass
    np.testing.assert_allclose(values(hops, "jump_height_com"), high, atol=0.03)


def test_hops_are_taken_up_by_the_knee_while_the_foot_is_down(hops):
    deep = values(hops, "landing_knee_flexion")
    gives = values(hops, "landing_knee_flexion.excursion")
    assert deep.size == gives.size >= 6
    assert ((deep > 20.0) & (deep < 60.0)).all()  # and not as it folds for the next
    assert ((gives >= 0.0) & (gives < 20.0)).all()


def test_hops_neither_beat_nor_split(hops):
    assert not values(hops, "beats_count").any()
    assert not values(hops, "split_angle.timing").size


def test_feet_without_heels_do_not_tell_what_lands_first(hops):
    (lacking,) = [n for n in hops.not_judged if n.measure == "landing_first"]
    assert "left_heel, right_heel" in lacking.reason


@pytest.mark.parametrize(
    ("name", "fps"),
    [
        ("cmu_pirouette.bvh", None),
        ("cmu_60_06_salsa.bvh", 60.0),
        ("cmu_61_06_salsa.bvh", 60.0),
        ("humanoid3d_dance_b.txt", None),
    ],
)
def test_who_does_not_jump_has_no_jump(test_data, name, fps):
    given = {} if fps is None else {"fps": fps}
    found = measured(test_data / "mocap" / name, **given)
    assert not found.measurements
    said = {n.measure: n.reason for n in found.not_judged}
    assert said["flight_time"].startswith("There is no jump in it")
