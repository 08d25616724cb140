"""How sure values of moments are: errors carried, and moments found again."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kernels.resampling import Part
from repetiteur.kinematics.joints import joint_angles
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import close_fifth, demi_plie, developpe, fifth_position
from repetiteur.technique.carried import carried
from repetiteur.technique.in_space import in_space
from repetiteur.technique.measure import measures
from repetiteur.technique.values import Key, interval_of

ALL = {(one.id, one.on): one for one in measures()}
ALONE = {m.reads: m.id for m in ALL.values() if m.alone and callable(m.reads)}
PHRASE = Phrase.of(
    fifth_position("left"),
    developpe("left", "seconde", 95.0, counts=3.0, balance=1.0),
    close_fifth("left", "left"),
)


@pytest.fixture(scope="module")
def dancer() -> Body:
    return body_of(dance(PHRASE, wobble_deg=1.0, seed=3))


def sure_to(body: Body, sd_m: float) -> Body:
    sd = {name: np.full(place.shape, sd_m) for name, place in body.points.items()}
    return replace(body, sd=MappingProxyType(sd))


@pytest.mark.parametrize("angle", ["left_knee_flexion", "left_leg_azimuth", "plumb"])
def test_errors_that_stay_are_those_of_a_frame(dancer, angle, rng):
    """As if the points were moved by one error each, over and over."""
    one = next(m for m in ALL.values() if m.reads == angle.replace("left", "{side}"))
    key, at = Key(one, "left" if "left" in angle else None), 150
    body = sure_to(dancer, 0.004)
    stays = Part(body.sd, np.inf)
    (found,) = carried(body, [stays], key, np.array([[at - 2, at + 2]]))
    few = {name: place[at : at + 1] for name, place in body.points.items()}
    drawn = [
        joint_angles(
            bodies.body(
                np.zeros(1), {n: p + rng.normal(0, 0.004, 3) for n, p in few.items()}
            )
        )[angle][0]
        for _ in range(600)
    ]
    assert found == pytest.approx(np.std(drawn), rel=0.12)


@pytest.mark.parametrize("reads", list(ALONE), ids=list(ALONE.values()))
def test_a_curve_whose_frames_are_alone_is_the_same_in_some_of_them(reads):
    """Copies of a few frames can then be read in one go."""
    steps = demi_plie(), developpe("left", "seconde", 95.0, counts=3.0)
    dancer = body_of(dance(Phrase.of(fifth_position("left"), *steps)))
    at = np.arange(0, dancer.time.size, 7)[::-1]
    points = {name: place[at] for name, place in dancer.points.items()}
    few = replace(dancer, time=dancer.time[at], points=points)
    for side in ("left", "right"):
        whole = reads(dancer, side)
        assert np.isfinite(whole).any()
        assert reads(few, side) == pytest.approx(whole[at], nan_ok=True, abs=1e-12)


def test_what_is_new_at_each_frame_counts_for_less_in_a_median(dancer):
    body, key = sure_to(dancer, 0.004), Key(ALL["aplomb.pitch", "stance"], None)
    stretches = np.array([[5, 5], [5, 34]])
    one, thirty = carried(body, [Part(body.sd, 0.0)], key, stretches)
    assert thirty == pytest.approx(one * 1.253 / np.sqrt(30.0), rel=0.1)
    one, thirty = carried(body, [Part(body.sd, np.inf)], key, stretches)
    assert thirty == pytest.approx(one, rel=0.1)


def test_a_curve_without_a_value_has_no_error(dancer):
    key = Key(ALL["knee_over_toe", "plie"], "left")  # of a straight knee
    found = carried(sure_to(dancer, 0.004), [], key, np.array([[5, 9]]))
    assert np.isnan(found) or found == 0.0
    part = Part(sure_to(dancer, 0.004).sd, np.inf)
    assert np.isnan(carried(dancer, [part], key, np.array([[5, 9]]))).all()


def test_without_errors_a_held_pose_is_sure(dancer):
    able = [ALL["leg_elevation", "balance"]]
    (held,), lacking = in_space(able, movement_of(sure_to(dancer, 1e-6)))
    assert not lacking
    low, high = held.interval90
    assert high - low < 0.1
    assert low <= held.value <= high


def test_a_name_is_open_where_another_is_as_near(dancer):
    one = ALL["arm_shape.position", "balance"]
    told, lacking = in_space([one], movement_of(sure_to(dancer, 0.001)))
    assert told
    assert not lacking
    told, lacking = in_space([one], movement_of(sure_to(dancer, 0.4)))
    assert not told


def test_progress_counts_the_copies(dancer):
    seen: list[tuple[int, int]] = []
    able = [ALL["balance_time", "balance"]]
    in_space(able, movement_of(dancer), lambda *at: seen.append(at))
    total = seen[0][1]
    assert seen == [(k, total) for k in range(1, total + 1)]


def test_the_same_body_gives_the_same_intervals(dancer):
    body = sure_to(dancer, 0.005)
    able = [one for one in ALL.values() if one.on == "gesture"]
    assert in_space(able, movement_of(body)) == in_space(able, movement_of(body))


@pytest.mark.parametrize(("value", "half"), [(2.0, 3.0), (3.5, 3.5), (9.0, 3.0)])
def test_a_bend_that_may_be_none_reaches_to_it(value, half):
    for sign in (1.0, -1.0):
        low, high = interval_of(sign * value, 3.0, "bend")
        assert (low, high) == pytest.approx((sign * value - half, sign * value + half))
    assert interval_of(3.5, 3.0, "line") == pytest.approx((0.5, 6.5))


@pytest.mark.parametrize("shape", ["line", "ray", "circle", "half circle", "bend"])
def test_an_interval_reaches_to_what_noise_has_moved(shape):
    assert interval_of(50.0, 3.0, shape, -8.0) == pytest.approx((39.0, 53.0))
    assert interval_of(50.0, 3.0, shape, 8.0) == pytest.approx((47.0, 61.0))
    ends = {"ray": (0.0, 3.0), "half circle": (0.0, 3.0)}
    low, high = interval_of(0.0, 3.0, shape, -8.0)
    assert (low, high) == ends.get(shape, (-11.0, 3.0))
