"""The qualities of one body, with what its instrument leaves open."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.expression.body import NEEDED, describe
from repetiteur.expression.descriptors import descriptors
from repetiteur.expression.windows import windows
from repetiteur.kernels.few_copies import half_and_reach
from repetiteur.kinematics.found_again import COPIES
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic import steps as step

ARMS = Phrase.of(
    step.first_position(), step.port_de_bras("front", "side", "up", "low", counts=1.0)
)
SPANS = windows(0.0, 5.0)
ROBUST = {one.id for one in descriptors() if one.robust}


@cache
def found(noise, seed=1):
    poses = dance(ARMS, fps=100.0, noise=noise, seed=seed)
    return describe(movement_of(body_of(with_instrument_errors(poses))), SPANS)


def test_by_default_what_noise_leaves_as_it_is():
    assert set(found(0.002).values) == ROBUST
    bare = movement_of(body_of(dance(ARMS)))
    every = describe(bare, SPANS, level="all")
    assert set(every.values) == {one.id for one in descriptors()}
    assert all(len(rows) == 0 for rows in every.drawn.values())


def test_copies_err_as_the_recording():
    assert found(0.004).drawn["arm_height"].shape == (COPIES, len(SPANS))
    one, other = (found(n).drawn["arm_height"].std(axis=0).mean() for n in (1e-3, 8e-3))
    assert other > 2.0 * one


def test_noise_makes_nobody_more_sudden():
    quiet, noisy = (found(n).values["effort_time.hands"] for n in (0.0, 0.005))
    np.testing.assert_allclose(noisy, quiet, rtol=0.15, atol=0.1)


def test_the_interval_holds_what_there_is_without_noise():
    truth = found(0.0).values
    for name in ("effort_time.hands", "quantity_of_motion", "arm_opening"):
        inside = []
        for seed in range(3, 9):
            one = found(0.005, seed)
            half, reach = half_and_reach(one.calm[name], one.drawn[name])
            low = one.values[name] - half + np.minimum(reach, 0.0)
            high = one.values[name] + half + np.maximum(reach, 0.0)
            inside.append((low <= truth[name]) & (truth[name] <= high))
        assert np.mean(inside) > 0.6, (name, np.mean(inside))


def test_one_camera_shows_some():
    time, points = bodies.moving_points()
    seen = Body(time, MappingProxyType(points), space="2d")
    told = describe(movement_of(seen), windows(0.0, 5.0))
    camera = {one.id for one in descriptors() if one.camera}
    assert set(told.values) == camera
    assert {one.measure for one in told.not_judged} == ROBUST - camera
    assert "depth" in told.not_judged[0].reason


@pytest.mark.parametrize("lacking", ["left_wrist", "right_knee"])
def test_what_is_missing_is_said(lacking):
    time, points = bodies.moving_points()
    del points[lacking]
    told = describe(movement_of(bodies.body(time, points)), SPANS)
    assert not told.values
    assert {one.measure for one in told.not_judged} == ROBUST
    assert lacking in told.not_judged[0].reason


def test_a_body_without_a_head():
    time, points = bodies.moving_points()
    kept = {name: points[name] for name in NEEDED}
    told = describe(movement_of(bodies.body(time, kept)), SPANS)
    assert "a point of the head" in told.not_judged[0].reason


def test_too_few_frames_a_second():
    time, points = bodies.moving_points(fps=15.0)
    told = describe(movement_of(bodies.body(time, points)), SPANS)
    assert "24 frames a second, and this has 15" in told.not_judged[0].reason


def test_progress_is_told():
    said = []
    poses = with_instrument_errors(dance(ARMS, fps=50.0))
    describe(movement_of(body_of(poses)), SPANS, progress=lambda *at: said.append(at))
    assert said == [(k, COPIES) for k in range(1, COPIES + 1)]
