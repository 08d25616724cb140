"""What every registered measure must hold, whoever wrote it."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

import bodies
import jumpers
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of, mirrored
from repetiteur.model.skeletons import KEYPOINTS, other_side
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic.jumps import changement, entrechat, saute
from repetiteur.synthetic.keyposes import KeyPose, arms
from repetiteur.synthetic.steps import (
    arabesque_1,
    demi_plie,
    developpe,
    fifth_position,
    first_position,
    hold,
    retire,
)
from repetiteur.synthetic.turns import chaines, fouettes, pirouette_en_dehors
from repetiteur.technique.curve import curves
from repetiteur.technique.measure import KINDS, Seen, measures
from repetiteur.technique.moments import moments_of
from repetiteur.technique.take import take

ALL = list(measures())
every = pytest.mark.parametrize("one", ALL, ids=[f"{m.id}-{m.on}" for m in ALL])
UNITS = {
    "deg", "s", "m", "mm", "cm2", "ratio", "rev", "rev/s", "foot lengths",
    "dimensionless", "label", "percent", "count", "rev/s2", "deg/s",
}  # fmt: skip
#: Measures whose sign names a side of the body: a mirror turns it round.
TURNS_ROUND = {
    "aplomb.side", "pelvis_obliquity", "hip_square", "epaulement.shoulders",
    "epaulement.head", "epaulement.tilt", "turnout_side.difference",
}  # fmt: skip


@pytest.fixture(scope="module")
def danced():
    """A little of everything, with all kinds of moments: on the floor, and jumps."""
    on_the_floor = Phrase.of(
        first_position(),
        demi_plie(),
        fifth_position(front="right"),
        retire("right"),
        pirouette_en_dehors("right"),
        arabesque_1("left", balance=1.0),
    )
    beaten = Phrase.of(fifth_position("left"), changement("left"), entrechat("right"))
    parallel = Dancer(turnout_left=5.0, turnout_right=5.0)
    jumps = (
        dance(beaten, fps=120.0),
        dance(Phrase.of(first_position(), saute(0.5)), parallel, fps=120.0),
        bodies.poses(time := np.arange(240) / 120.0, jumpers.splitting(time)),
    )
    twisted = {"shoulder_yaw": 14.0, "head_yaw": 20.0, "head_tilt": 9.0}
    twisted |= arms("up", "side")
    shown = (KeyPose("epaulement", 1.0, twisted), hold("hold", 2.0))
    *up, down = developpe("right")
    turning = (
        Phrase.of(fifth_position("right"), fouettes("right", 4)),
        Phrase.of(first_position(), chaines("left", 3)),
        Phrase.of(fifth_position("right"), (*up, KeyPose("tour", 2, turn=-720), down)),
    )
    still = dance(Phrase.of(first_position(), shown))
    return dance(on_the_floor), *jumps, still, *map(dance, turning)


@pytest.fixture(scope="module")
def movements(danced):
    """Each dance as it is, in a mirror, and of a smaller and a taller dancer."""
    changes = {
        "plain": lambda poses: poses,
        "mirrored": mirrored,
        0.7: lambda poses: poses.assign(position=0.7 * poses["position"]),
        1.2: lambda poses: poses.assign(position=1.2 * poses["position"]),
    }
    return {
        name: [movement_of(body_of(change(poses))) for poses in danced]
        for name, change in changes.items()
    }


def values(movement, one):
    """(moment's start, side, value) of a measure wherever it has a meaning."""
    found = [
        (moment.start_s, side, one.value(movement, moment.event, side))
        for moment in moments_of(movement)
        if moment.kind == one.on
        for side in one.sides(moment.event)
    ]
    return [(t, s, v) for t, s, v in found if v != "" and v == v]


def turns_round(one):
    """Whether a mirror changes its sign, where it is not said of a side."""
    return one.id in TURNS_ROUND or one.id.startswith("asymmetry.")


@every
def test_it_says_what_must_be_known(one):
    assert one.on in KINDS
    assert one.unit in UNITS
    assert one.name
    assert one.source
    assert one.least_hz >= 0.0
    assert one.seen in get_args(Seen)
    for need in one.needs:
        assert set(need.split("|")) <= set(KEYPOINTS)


@every
def test_somebody_who_dances_has_it(one, movements):
    found = [v for movement in movements["plain"] for v in values(movement, one)]
    assert found, "no moment of the test's dances has it"


@every
def test_a_mirror_changes_the_side_alone(one, movements):
    for plain, mirror in zip(movements["plain"], movements["mirrored"], strict=True):
        seen = values(mirror, one)
        own = [
            (
                t,
                s and other_side(f"{s}_").strip("_"),
                -v if s is None and turns_round(one) else v,
            )
            for t, s, v in values(plain, one)
        ]
        order = lambda row: (round(row[0], 6), str(row[1]))  # noqa: E731
        for (t, s, v), (u, r, w) in zip(
            sorted(own, key=order), sorted(seen, key=order), strict=True
        ):
            assert (s, t) == (r, pytest.approx(u, abs=1e-6))
            assert v == w if isinstance(v, str) else v == pytest.approx(w, abs=1e-5)


@every
@pytest.mark.parametrize("scale", [0.7, 1.2])
def test_a_smaller_dancer_has_the_same_angles_times_and_ratios(one, scale, movements):
    if one.unit in ("m", "mm", "cm2"):
        return
    for plain, smaller in zip(movements["plain"][:1], movements[scale], strict=False):
        if one.on == "flight":
            return  # a smaller body falls no slower: its jump is another
        own, other = values(plain, one), values(smaller, one)
        assert len(own) == len(other)
        for (_, s, v), (_, r, w) in zip(own, other, strict=True):
            assert s == r
            assert v == w if isinstance(v, str) else v == pytest.approx(w, abs=1e-4)


@every
def test_without_its_keypoints_it_is_not_judged(one, danced):
    if not one.needs:
        return
    lost = set(one.needs[0].split("|"))
    keep = [k for k in danced[0]["keypoint"].to_numpy() if str(k) not in lost]
    body = body_of(danced[0].sel(keypoint=keep).isel(time=slice(0, 60)))
    reasons = [n.reason for n in take(body, only=[one.id]).not_judged]
    assert any(lost & set(reason.replace(",", " ").split()) for reason in reasons)


def test_no_name_is_taken_twice_on_one_kind():
    assert len({(one.id, one.on) for one in ALL}) == len(ALL)


def test_units_agree_wherever_a_measure_is_taken():
    for one in ALL:
        assert len({m.unit for m in ALL if m.id == one.id}) == 1
    compared = {m.id: m.unit for m in curves()}
    for one in ALL:
        assert compared.get(one.id, one.unit) == one.unit


def test_every_value_lies_in_its_interval(danced):
    for poses in danced:
        found = take(body_of(poses)).measurements
        assert found
        for one in found:
            low, high = one.interval90
            assert low <= one.value <= high
            assert np.isfinite(one.span.start_s)
            assert one.span.start_s <= one.span.end_s
