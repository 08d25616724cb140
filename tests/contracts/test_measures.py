"""What every registered measure must hold, whoever wrote it."""

from __future__ import annotations

from dataclasses import replace
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
    "dimensionless", "label", "percent", "count", "deg/s",
}  # fmt: skip
#: With which power of the body's size these grow; jumps of a time are of one height.
LENGTHS = {"m": 1, "mm": 1, "cm2": 2}
#: Measures whose sign names a side of the body: a mirror turns it round.
TURNS_ROUND = {
    "aplomb.side", "pelvis_obliquity", "hip_square", "epaulement.shoulders",
    "epaulement.head", "epaulement.tilt", "turnout_side.difference",
}  # fmt: skip


def dances(scale=1.0):
    """A little of everything, with all kinds of moments: on the floor, and jumps.

    A smaller dancer dances the same; but she falls no slower.
    """
    dancer = Dancer(stature=scale * Dancer().stature)
    parallel = replace(dancer, turnout_left=5.0, turnout_right=5.0)
    on_the_floor = Phrase.of(
        first_position(),
        demi_plie(),
        fifth_position(front="right"),
        retire("right"),
        pirouette_en_dehors("right"),
        arabesque_1("left", balance=1.0),
    )
    beaten = Phrase.of(fifth_position("left"), changement("left"), entrechat("right"))
    time = np.arange(240) / 120.0
    jumps = (
        dance(beaten, dancer, fps=120.0),
        dance(Phrase.of(first_position(), saute(0.5)), parallel, fps=120.0),
        bodies.poses(time, jumpers.splitting(time, scale=scale)),
    )
    twisted = {"shoulder_yaw": 14.0, "head_yaw": 20.0, "head_tilt": 9.0}
    twisted |= arms("up", "side")
    shown = (KeyPose("epaulement", 1.0, twisted), hold("hold", 2.0))
    *up, down = developpe("right")
    tour = KeyPose("tour", 2, {"right_height": 90.0}, turn=-720)  # one highest frame
    turning = (
        Phrase.of(fifth_position("right"), fouettes("right", 4)),
        Phrase.of(first_position(), chaines("left", 3)),
        Phrase.of(fifth_position("right"), (*up, tour, down)),
    )
    still = Phrase.of(first_position(), shown)
    floor = (dance(one, dancer) for one in (on_the_floor, still, *turning))
    return *floor, *jumps


@pytest.fixture(scope="module")
def danced():
    """The dances of the usual dancer."""
    return dances()


@pytest.fixture(scope="module")
def movements(danced):
    """Each dance as it is, in a mirror, and of a smaller and a taller dancer."""
    performed = {
        "plain": danced,
        "mirrored": map(mirrored, danced),
        0.7: dances(0.7),
        1.2: dances(1.2),
    }
    return {
        name: [movement_of(body_of(poses)) for poses in those]
        for name, those in performed.items()
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
    larger = LENGTHS.get(one.unit, 0) if one.on != "flight" else 0
    compared = 0
    for plain, other in zip(movements["plain"], movements[scale], strict=True):
        own, found = values(plain, one), values(other, one)
        assert [side for _, side, _ in own] == [side for _, side, _ in found]
        for (_, _, v), (_, _, w) in zip(own, found, strict=True):
            compared += 1
            if isinstance(v, str):
                assert v == w
            else:
                assert v * scale**larger == pytest.approx(w, abs=1e-4), one.source
    assert compared


@every
def test_without_its_keypoints_it_is_not_judged(one, danced):
    if not one.needs:
        return
    lost = set(one.needs[0].split("|"))
    keep = [k for k in danced[0]["keypoint"].to_numpy() if str(k) not in lost]
    body = body_of(danced[0].sel(keypoint=keep).isel(time=slice(0, 60)))
    reasons = [n.reason for n in take(body, only=[one.id]).not_judged]
    assert any(lost & set(reason.replace(",", " ").split()) for reason in reasons)


#: Points that hide together, of one side or of both.
PARTS = (
    "left_hip", "right_knee", "left_ankle", "right_ankle", "left_toe", "right_toe",
    "right_heel", "left_shoulder", "elbow wrist", "ear head nose",
)  # fmt: skip
HIDDEN_S = 0.3
AROUND = {(one.id, one.on) for one in ALL if one.shape == "circle"}
#: A moment is the same if it begins and ends as it did but for this, s.
SAME_S = 0.1


#: What still says something else with a gap: a sway and a time on one foot go on
#: without a hidden point, and a knee's sense is its foot's.
STRAYING = {
    ("balance_time", "balance"), ("com_sway.ellipse", "balance"),
    ("com_sway.rms_side", "balance"), ("knee_extension_working", "flight"),
    ("knee_flexion", "flight"), ("landing_knee_flexion.excursion", "flight"),
}  # fmt: skip


def hidden(body, part, moments, where):
    """A body with points hidden for a while in each moment: at its start, inside ..."""
    unseen = np.zeros(body.time.size, bool)
    for span in moments:
        middle = span.start_s + where * (span.end_s - span.start_s)
        unseen |= np.abs(body.time - middle) <= 0.5 * HIDDEN_S
    points = dict(body.points)
    for name in body.points:
        if any(name.endswith(one) for one in part.split()):
            points[name] = np.where(unseen[:, np.newaxis], np.nan, body[name])
    return replace(body, points=points)


def told_of(measured):
    """Measurements by what they are of."""
    found = {}
    for one in measured.measurements:
        found.setdefault((one.measure, one.side, one.moment), []).append(one)
    return found


def is_of(own, other):
    """Whether a value is of the same moment, or says that it is of all of it.

    What is left of a stance, a balance or a turn that a gap cuts in two is another one;
    the top of a leg and the bottom of a plié are the same.
    """
    (one,) = (m for m in ALL if (m.id, m.on) == (own.measure, own.moment))
    apart = (own.span.start_s - other.span.start_s, own.span.end_s - other.span.end_s)
    together = own.span.start_s < other.span.end_s > other.span.start_s < own.span.end_s
    the_same = max(map(abs, apart)) < SAME_S
    return together and (the_same or one.whole or one.on in ("gesture", "plie"))


def strays(own, other):
    """Whether a value with a gap is neither the one without nor within its interval.

    A median over what is left of a moment may differ by a little more.
    """
    if isinstance(own.value, str):
        return own.value != other.value
    low, high = own.interval90
    apart = abs(low + high - other.interval90[0] - other.interval90[1]) / 2.0
    if (own.measure, own.moment) in AROUND:
        apart = min(apart, 360.0 - apart)
    around = (high - low + other.interval90[1] - other.interval90[0]) / 2.0
    little = 4.0 if own.unit == "deg" else 0.02 + 0.05 * abs(own.value)
    return apart > around + little


@pytest.fixture(scope="module")
def unhidden(danced):
    """Each dance as a body, and what is told of it with points that err by 3 mm."""
    found = []
    for body in map(body_of, danced):
        sure = {name: np.full((body.time.size, 3), 0.003) for name in body.points}
        found.append((body, told_of(take(replace(body, sd=sure)))))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("where", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("part", PARTS)
def test_a_point_that_hides_for_a_while_makes_no_other_value(part, where, unhidden):
    """Not judged, or what it was: NaN compared with anything is False."""
    wrong, compared = [], 0
    for body, own in unhidden:
        spans = {one.span for those in own.values() for one in those}
        seen = told_of(take(hidden(body, part, spans, where)))
        for key, those in seen.items():
            if (key[0], key[2]) in STRAYING:
                continue
            pairs = [(a, b) for a in own.get(key, ()) for b in those if is_of(a, b)]
            compared += len(pairs)
            wrong += [(a, b) for a, b in pairs if strays(a, b)]
    assert compared
    assert not wrong


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
