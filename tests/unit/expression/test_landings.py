"""Landings: how far a jump falls, beside how far the body gives."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.expression.body import describe
from repetiteur.expression.dancing import dancing
from repetiteur.expression.landings import LEAST_FALL, fall_over_give
from repetiteur.expression.quality import QUALITIES
from repetiteur.kernels.few_copies import half_and_reach
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.findings import Span
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import fifth_position


def jumping(depth, flight=0.45):
    phrase = Phrase.of(fifth_position("left"), saute(flight, depth=depth))
    return dancing(movement_of(body_of(dance(phrase, fps=100.0))))


def test_a_deeper_landing_is_softer():
    soft, firm = (fall_over_give(jumping(depth)) for depth in (70.0, 25.0))
    assert firm[0] > 1.3 * soft[0]


def test_it_is_the_fall_over_the_give():
    own = jumping(55.0)
    top, down = own.jumps_s[0]
    at = np.interp([top, down], own.time, own.mass[:, 1])
    low = own.mass[(own.time > down) & (own.time < down + 0.5), 1].min()
    assert fall_over_give(own)[0] == pytest.approx((at[0] - at[1]) / (at[1] - low))
    assert at[0] - at[1] == pytest.approx(9.81 / 8.0 * 0.45**2, rel=0.02)


def test_a_hop_is_no_fall():
    own = jumping(55.0)
    low = replace(own, jumps_s=own.jumps_s[:, [1, 1]] - [0.012, 0.0])
    top, down = np.interp(low.jumps_s[0], own.time, own.mass[:, 1])
    assert top - down < LEAST_FALL * own.height
    assert np.isnan(fall_over_give(low)).all()


def test_without_jumps_there_is_none():
    own = replace(jumping(55.0), jumps_s=np.empty((0, 2)))
    assert fall_over_give(own).shape == (0,)


@pytest.mark.parametrize("late_s", [-0.015, 0.015])
def test_when_the_floor_is_touched_need_not_be_known_well(late_s):
    own = jumping(55.0)
    other = replace(own, jumps_s=np.add(own.jumps_s, [0.0, late_s]))
    assert fall_over_give(other)[0] == pytest.approx(fall_over_give(own)[0], rel=0.02)


def test_frames_further_apart_tell_the_same():
    phrase = Phrase.of(fifth_position("left"), saute(0.45, depth=40.0))
    few, many = (
        fall_over_give(dancing(movement_of(body_of(dance(phrase, fps=fps)))))[0]
        for fps in (30.0, 240.0)
    )
    assert few == pytest.approx(many, rel=0.02)


def test_without_toes_there_is_none():
    own = jumping(55.0)
    points = {n: p for n, p in own.body.points.items() if not n.endswith("toe")}
    other = replace(own, body=replace(own.body, points=MappingProxyType(points)))
    assert np.isnan(fall_over_give(other)).tolist() == [True]


def test_the_landings_of_a_window_are_told_by_what_they_give():
    phrase = Phrase.of(
        fifth_position("left"), saute(0.45, depth=70.0), saute(0.45, depth=20.0)
    )
    own = dancing(movement_of(body_of(dance(phrase, fps=100.0))))
    soft, firm = fall_over_give(own)
    assert firm > 1.3 * soft
    told = QUALITIES["effort_weight.landing"](own, [slice(0, own.time.size)])
    assert 1.0 / told[0] == pytest.approx(0.5 * (1.0 / soft + 1.0 / firm))


def test_the_interval_holds_the_landing_without_noise():
    phrase = Phrase.of(fifth_position("left"), *[saute(0.45, depth=50.0)] * 4)
    own = dancing(movement_of(body_of(dance(phrase, fps=240.0))))
    truth = np.log(fall_over_give(own))
    spans = [Span(at - 0.5, at + 0.5) for at in own.jumps_s[:, 1].tolist()]
    inside, wide = [], []
    for seed in range(5):
        poses = with_instrument_errors(dance(phrase, fps=60.0, noise=0.004, seed=seed))
        found = describe(movement_of(body_of(poses)), spans)
        value, calm, drawn = (
            np.log(each["effort_weight.landing"])
            for each in (found.values, found.calm, found.drawn)
        )
        half, reach = half_and_reach(calm, drawn)
        low, high = half - np.minimum(reach, 0.0), half + np.maximum(reach, 0.0)
        inside.append((truth >= value - low) & (truth <= value + high))
        wide.append(half)
    assert np.mean(inside) >= 0.8
    assert np.mean(wide) < 0.1
