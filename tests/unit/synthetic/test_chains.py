"""Chains of steps, what is danced when, and how key poses vary."""

from collections import Counter
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest

from repetiteur.model.poses import body_of
from repetiteur.synthetic.chains import JITTER_DEG, LIMBS, TEMPI, chain
from repetiteur.synthetic.dancer import Proportions
from repetiteur.synthetic.keyposes import KeyPose, leg, on_both
from repetiteur.synthetic.leaps import cabriole
from repetiteur.synthetic.repertory import PASSAGES
from repetiteur.synthetic.steps import fifth_position, retire
from repetiteur.synthetic.varied import varied


def made(seed, *args, **kwargs):
    return chain(np.random.default_rng(seed), *args, **kwargs)


@pytest.fixture(scope="module")
def many():
    return [made(seed) for seed in range(60)]


def test_the_same_seed_gives_the_same_chain():
    one, same, other = made(3), made(3), made(4)
    assert one == same
    assert (one.dance(fps=30.0).position == same.dance(fps=30.0).position).all()
    assert one.truth != other.truth


def test_all_steps_come_about_equally_often(many):
    alone = set(PASSAGES) - {"fifth_position", "battement_tendu"}
    number = Counter(
        name for one in many for name in {danced.id for danced in one.truth}
    )
    usual = np.mean([number[name] for name in alone])
    assert all(0.3 * usual < number[name] < 3.0 * usual for name in alone)


def test_a_fifth_of_the_time_is_outside_the_vocabulary(many):
    free = sum(end - start for one in many for start, end in one.outside)
    whole = sum(one.phrase.counts for one in many)
    assert free / whole == pytest.approx(0.2, abs=0.05)
    assert not any(made(seed, 4, 0.0).outside for seed in range(5))


def test_what_is_outside_is_nothing_that_was_danced(many):
    for one in many:
        for start, end in one.outside:
            inside = [
                min(d.end_s, end) - max(d.start_s, start)
                for d in one.truth
                if d.id not in ("fifth_position", "adagio")
            ]
            assert max(inside) < 1e-9


def test_what_is_danced_follows_in_the_time_of_the_take(many):
    for one in many:
        poses = one.dance(fps=20.0, noise=0.0) if one is many[0] else None
        last = one.wait_s + one.phrase.counts
        if poses is not None:
            assert float(poses.time[-1]) == pytest.approx(last, abs=0.06)
        main = [d for d in one.truth if d.id not in ("adagio", "port_de_bras")]
        assert main[0].start_s == 0.0
        assert main[-1].end_s <= last + 1e-9
        assert all(a.start_s < b.start_s for a, b in pairwise(main))
        for danced in one.truth:
            assert danced.end_s - danced.start_s > 0.4
            for start, end in danced.phases.values():
                assert danced.start_s - 0.5 <= start < end <= danced.end_s + 0.5


def test_a_position_that_is_held_twice_is_held_once(many):
    for one in many:
        still = [d for d in one.truth if d.id == "fifth_position"]
        assert all(b.start_s - a.end_s > 1e-3 for a, b in pairwise(still))


def test_slow_steps_in_a_row_are_an_adagio():
    one = made(0, 3, 0.0, only=("developpe", "attitude", "arabesque_2"))
    (adagio,) = (danced for danced in one.truth if danced.id == "adagio")
    inside = [d for d in one.truth if d.start_s >= adagio.start_s and d is not adagio]
    assert {"developpe", "attitude", "arabesque_2"} <= {d.id for d in inside}
    assert adagio.end_s - adagio.start_s > 8.0
    alone = made(0, 1, 0.0, only=("developpe",))
    assert "adagio" not in {danced.id for danced in alone.truth}
    assert "adagio" in {danced.id for danced in alone.maybe}


def test_dancers_and_tempi_differ(many):
    shares = np.array(
        [
            [getattr(one.dancer.proportions, f.name) for f in fields(Proportions)]
            for one in many
        ]
    )
    usual = np.array([getattr(Proportions(), f.name) for f in fields(Proportions)])
    assert np.abs(shares / usual - 1.0).max() <= LIMBS
    assert np.ptp(shares / usual, axis=0).min() > LIMBS
    lasting = [
        d.end_s - d.start_s for one in many for d in one.truth if d.id == "equilibre"
    ]
    assert max(lasting) / min(lasting) < 1.6 * TEMPI[1] / TEMPI[0]
    assert max(lasting) / min(lasting) > 1.3


def test_held_feet_stay_and_nothing_goes_through_the_floor():
    one = made(11, 10)
    body = body_of(one.dance(noise=0.0))
    for side in ("left", "right"):
        for point in ("heel", "toe", "ankle"):
            assert body[f"{side}_{point}"][:, 1].min() > -0.015
    for danced in one.truth:
        if danced.id == "fifth_position":
            start, end = danced.phases["hold"]
            inside = (body.time > start) & (body.time < end)
            for side in ("left", "right"):
                way = np.ptp(body[f"{side}_toe"][inside], axis=0)
                assert way.max(initial=0.0) < 2e-3


def test_noise_is_as_large_as_asked():
    one = made(2, 3)
    off = (one.dance(noise=0.01).position - one.dance(noise=0.0).position).to_numpy()
    assert off.std() == pytest.approx(0.01, rel=0.03)


# ---- key poses that vary ----


def both(poses, seed=0, by=JITTER_DEG):
    return list(zip(poses, varied(poses, np.random.default_rng(seed), by), strict=True))


def test_angles_vary_by_no_more_than_asked_and_by_much_of_it():
    off = [
        new.changes[name] - value
        for seed in range(30)
        for old, new in both((*fifth_position(), *retire("left")), seed)
        for name, value in old.changes.items()
    ]
    assert np.abs(off).max() <= JITTER_DEG
    assert np.abs(off).max() > 0.95 * JITTER_DEG


def test_no_variation_leaves_the_poses():
    poses = (*fifth_position(), *retire("left"))
    assert all(old == new for old, new in both(poses, by=0.0))


def test_straight_knees_flat_heels_and_what_is_held_stay():
    poses = (*fifth_position(), *retire("left", balance=1.0))
    for seed in range(20):
        for old, new in both(poses, seed):
            assert new.changes.keys() == old.changes.keys()
            for side in ("left", "right"):
                assert new.changes.get(f"{side}_knee", 0.0) >= 0.0
                if old.changes.get(f"{side}_rise", 0.0) == 0.0:
                    assert new.changes.get(f"{side}_rise", 0.0) == 0.0


def test_two_feet_bend_alike_and_the_pelvis_stays_level():
    pose = KeyPose("a.b", 1.0, {**on_both(50.0), "obliquity": 3.0}, "second")
    for seed in range(10):
        ((_, new),) = both((pose,), seed)
        assert new.changes["left_knee"] == new.changes["right_knee"]
        assert new.changes["left_knee"] != 50.0
        assert new.changes["obliquity"] == 3.0


def test_a_toe_off_the_floor_stays_off_it():
    pose = KeyPose("a.b", 1.0, leg("left", 35.0, 0.0), "right")
    heights = [both((pose,), seed)[0][1].changes["left_height"] for seed in range(30)]
    assert min(heights) >= 35.0
    assert max(heights) > 43.0


def test_legs_that_beat_meet():
    for seed in range(10):
        beats = [
            (old, new)
            for old, new in both(cabriole("left"), seed)
            if old.feet == "none"
        ]
        old, new = beats[0]
        assert new.changes["left_azimuth"] == new.changes["right_azimuth"]
        apart = new.changes["left_height"] - new.changes["right_height"]
        before = old.changes["left_height"] - old.changes["right_height"]
        assert apart == pytest.approx(before)
