"""Qualities of dancing bodies: what moves them, and what does not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType

import numpy as np
import pytest

import altered
import bodies
from repetiteur.expression.dancing import Dancing, dancing, with_points_of
from repetiteur.expression.descriptors import descriptors
from repetiteur.expression.quality import QUALITIES
from repetiteur.expression.windows import frames_in, windows
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Alteration, Phrase, dance
from repetiteur.synthetic import steps as step
from repetiteur.synthetic.jumps import saute

PHRASE = Phrase.of(
    step.fifth_position("left"),
    step.port_de_bras("front", "side", "up", "low", counts=1.0),
    step.battement_tendu("left", "devant"),
    step.demi_plie(),
    saute(0.45),
    saute(0.45),
    step.developpe("left", "seconde", 80.0, balance=0.5),
)
#: Hangs on free fall, which no other size or pace keeps.
FALLING = "effort_weight.landing"
KEPT = [name for name in QUALITIES if name != FALLING]
ROBUST = [one.id for one in descriptors() if one.robust]
DYNAMIC = ("quantity_of_motion", "effort_weight", "effort_time", "effort_flow")


@cache
def body(fps=60.0, alterations=()):
    return body_of(dance(PHRASE, fps=fps, wobble_deg=2.0, alterations=alterations))


@cache
def danced():
    return dancing(movement_of(body()))


def told(own):
    time = own.time
    frames = frames_in(time, windows(float(time[0]), float(time[-1]), window_s=4.0))
    return {name: of(own, frames) for name, of in QUALITIES.items()}


@cache
def known():
    return told(danced())


def alike(found, names=KEPT, **near):
    for name in names:
        np.testing.assert_allclose(
            found[name], known()[name], err_msg=name, **(near or {"rtol": 1e-6})
        )


def test_there_is_a_value_of_each():
    for name, values in known().items():
        assert np.isfinite(values).any(), name
    smooth = [name for name in KEPT if not name.startswith("smoothness")]
    assert all(
        np.isfinite(known()[name]).all() for name in smooth if "space" not in name
    )


@pytest.mark.parametrize("scale", [0.7, 1.2])
def test_the_size_of_the_body_changes_nothing(scale):
    points = {name: scale * place for name, place in body().points.items()}
    other = replace(body(), points=MappingProxyType(points))
    alike(told(with_points_of(danced(), other)), rtol=1e-7, atol=1e-9)


def test_where_she_stands_and_faces_changes_nothing():
    points = altered.turned(dict(body().points), 70.0)
    other = {name: np.add(place, [1.0, 0.0, -2.0]) for name, place in points.items()}
    moved = replace(body(), points=MappingProxyType(other))
    alike(told(with_points_of(danced(), moved)), rtol=1e-6, atol=1e-8)


def test_the_other_side_changes_nothing():
    alike(told(with_points_of(danced(), body().mirrored())), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("fps", [30.0, 120.0])
def test_the_frame_rate_changes_little(fps):
    found = told(dancing(movement_of(body(fps))))
    for name in ROBUST:
        scale = np.maximum(
            np.abs(known()[name]), 0.05 * np.nanmax(np.abs(known()[name]))
        )
        off = np.abs(found[name] - known()[name]) / scale
        assert np.nanmedian(off) <= 0.05, name


def test_a_slower_take_is_as_energetic_at_its_own_pace():
    slower = replace(
        danced(),
        body=Body(1.25 * body().time, body().points),
        pace=1.25,
        impacts_s=1.25 * danced().impacts_s,
        jumps_s=1.25 * danced().jumps_s,
    )
    frames = frames_in(body().time, windows(0.0, float(body().time[-1]), window_s=4.0))
    for name in DYNAMIC:
        found = QUALITIES[name](slower, frames)
        np.testing.assert_allclose(found, known()[name], rtol=1e-6, err_msg=name)
    at_its_own = QUALITIES["effort_time"](replace(slower, pace=1.0), frames)
    assert (at_its_own < 0.8 * known()["effort_time"]).all()


@pytest.mark.parametrize(
    ("parameters", "by", "name", "way"),
    [
        (("left_elbow", "right_elbow"), 40.0, "arm_opening", -1),
        (("left_elbow", "right_elbow"), 40.0, "contraction_index", -1),
        (("left_arm_height", "right_arm_height"), 15.0, "arm_height", 1),
        (("trunk_pitch",), 15.0, "verticality", 1),
        (("trunk_pitch",), 15.0, "spine_curve", -1),
        (("head_pitch",), 20.0, "spine_curve", 1),
    ],
)
def test_what_is_altered_is_told(parameters, by, name, way):
    lasts = PHRASE.counts
    other = tuple(Alteration(one, by, -1.0, lasts + 1.0, 0.0) for one in parameters)
    own = body(60.0, other)
    found = told(with_points_of(danced(), own))[name]
    assert np.nanmean(way * (found - known()[name])) > 0.02 * np.nanmean(
        np.abs(known()[name])
    )


def test_a_body_at_rest_does_not_move():
    still = Body(
        body().time,
        MappingProxyType({n: 0.0 * p + p[:1] for n, p in body().points.items()}),
    )
    found = told(dancing(movement_of(still)))
    for name in DYNAMIC:
        np.testing.assert_allclose(found[name], 0.0, atol=1e-6)
    assert np.isnan(found["effort_space"]).all()
    assert np.isnan(found[FALLING]).all()


def bowed(degrees, bend=15.0):
    """A body bent at the hips by so much, the head by a little more."""
    points = {n: np.array(p) + np.zeros((200, 3)) for n, p in bodies.STANDING.items()}
    trunk, neck = np.radians([degrees, degrees + bend])
    hips = 0.5 * (points["left_hip"] + points["right_hip"])
    middle = hips + 0.5 * np.array([0.0, np.cos(trunk), np.sin(trunk)])
    for side, way in (("left", 0.2), ("right", -0.2)):
        points[f"{side}_shoulder"] = np.add(middle, [way, 0.0, 0.0])
    for name in ("nose", "left_ear", "right_ear", "head", "head_top"):
        if name in points:
            points[name] = middle + 0.2 * np.array([0.0, np.cos(neck), np.sin(neck)])
    body = Body(np.arange(200) / 100.0, MappingProxyType(points), facing=np.zeros(200))
    return Dancing(body, 1.0, np.empty(0), np.empty((0, 2)))


@pytest.mark.parametrize("degrees", [0.0, 80.0, 170.0, -40.0])
def test_the_curve_of_the_spine_is_the_same_however_far_she_bows(degrees):
    found = QUALITIES["spine_curve"](bowed(degrees), [slice(0, 200)])
    assert found[0] == pytest.approx(15.0)


def test_a_way_is_told_from_the_first_known_frame_to_the_last():
    time = np.arange(400) / 100.0
    turn = 0.5 * np.pi * time
    way = np.stack([np.sin(turn), 0.0 * turn, np.cos(turn)], axis=-1)
    points = {n: np.array(p) + way for n, p in bodies.STANDING.items()}
    points["left_wrist"][300:] = np.nan
    own = Dancing(
        Body(time, MappingProxyType(points)), 1.0, np.empty(0), np.empty((0, 2))
    )
    found = QUALITIES["effort_space"](
        own, [slice(50, 150), slice(200, 360), slice(290, 400), slice(90, 91)]
    )
    quarter = 0.5 * np.pi / np.sqrt(2.0)
    assert found[0] == pytest.approx(quarter, rel=0.01)
    known = turn[285] - turn[200]  # the slope ends half its window before the gap
    rest = known / (2.0 * np.sin(0.5 * known))
    assert found[1] == pytest.approx(rest, rel=0.01)
    assert np.isnan(found[2:]).all()
