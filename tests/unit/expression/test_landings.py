"""Landings: how far a jump falls, beside how far the body gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.expression.dancing import dancing
from repetiteur.expression.landings import LEAST_FALL, fall_over_give
from repetiteur.kinematics.movement import movement_of
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
