"""A take beside its references."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import manners
from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.expression.axes import axis_course
from repetiteur.expression.compare import Aligned, compare
from repetiteur.expression.descriptors import descriptors
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.findings import Span
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Alteration, Dancer, Phrase, dance
from repetiteur.synthetic import steps as step
from repetiteur.synthetic.keyposes import KeyPose


def phrase(share=0.75):
    """Arms that move in a share of the time from pose to pose."""
    arms = step.port_de_bras("front", "side", "up", "low", counts=1.2)
    poses = [*step.first_position()]
    for pose in (*arms, *arms):
        poses.append(KeyPose(pose.name, 1.01 - share, {}))
        poses.append(replace(pose, counts=share + 0.19, through=False))
    return Phrase((*poses, *step.demi_plie()))


@cache
def movement(share=0.75, elbow=0.0, part=(-1.0, 20.0), seed=1, tempo=1.0):
    alterations = [
        Alteration(f"{side}_elbow", elbow, *part, 0.0) for side in ("left", "right")
    ]
    dancer = Dancer(stature=1.5 + 0.03 * (seed % 9))
    poses = dance(
        phrase(share),
        dancer,
        tempo=tempo,
        fps=60.0,
        noise=0.002,
        seed=seed,
        wobble_deg=1.0,
        alterations=alterations,
    )
    return movement_of(body_of(with_instrument_errors(poses)))


def aligned(own, tempo=1.0):
    clock = own.body.time[[0, -1]]
    return Aligned(own, tempo * clock, clock, 1.0 / tempo)


def against(take, *references, **known):
    references = references or (movement(),)
    return compare(aligned(take, **known), [aligned(one) for one in references])


@cache
def found(**how):
    return against(movement(**how))


def noted(said):
    return {one.descriptor.id: one for one in said.findings}


def axes(said):
    return {one.axis: one for one in said.axes}


def test_without_a_reference_it_needs_one():
    said = compare(aligned(movement()), [])
    assert {one.measure for one in said.not_judged} == {
        one.id for one in descriptors() if one.robust
    }
    assert all(one.reason.startswith("It needs a reference") for one in said.not_judged)
    assert not said.courses


def test_with_itself_nothing_differs():
    said = found()
    assert not said.findings
    assert all(one.difference.value == 0.0 for one in said.overall)
    assert all(one.overall == 0.0 and not one.beyond for one in said.axes)


def test_another_dancer_who_means_the_same():
    said = found(seed=5)
    assert not said.findings
    assert not any(one.beyond for one in said.axes)


@pytest.mark.parametrize("tempo", [0.8, 1.25])
def test_another_tempo_is_no_other_quality(tempo):
    assert not against(movement(tempo=tempo), tempo=tempo).findings


@pytest.mark.parametrize(("share", "way"), [(0.45, 1.0), (1.0, -1.0)])
def test_sudden_and_sustained_arms(share, way):
    said = found(share=share, seed=3)
    one = noted(said)["effort_time.hands"]
    assert np.sign(one.told.difference.value) == way
    assert one.words == one.descriptor.more if way > 0.0 else one.descriptor.less
    assert one.whole
    assert np.sign(axes(said)["energy"].overall) == way
    assert not axes(said)["opening"].beyond


@pytest.mark.parametrize(("elbow", "way"), [(35.0, -1.0), (-30.0, 1.0)])
def test_larger_and_smaller(elbow, way):
    said = found(elbow=elbow, seed=4)
    one = noted(said)["arm_opening"]
    assert np.sign(one.told.difference.value) == way
    assert np.sign(axes(said)["opening"].overall) == way
    assert not axes(said)["energy"].beyond


def test_a_part_of_the_phrase_has_its_place():
    said = found(elbow=60.0, part=(0.0, 5.0), seed=2)
    one = noted(said)["contraction_index"]
    assert not one.whole
    assert one.reference.start_s <= 1.0
    assert 3.0 <= one.reference.end_s <= 7.0
    assert one.take == one.reference
    course = next(c for c in said.courses if c.descriptor.id == "contraction_index")
    assert course.beyond[1] < -course.descriptor.floor < course.beyond[-2]


def test_what_casts_have_between_them_is_not_noted():
    take = movement(elbow=20.0, seed=6)
    alone = against(take)
    among = against(take, movement(), movement(elbow=40.0, seed=7))
    assert "arm_opening" in noted(alone)
    assert "arm_opening" not in noted(among)
    (told,) = [
        told
        for course, told in zip(among.courses, among.overall, strict=True)
        if course.descriptor.id == "arm_opening"
    ]
    low, high = told.spread
    assert low < told.take < high


def test_what_is_not_danced_is_not_compared():
    own = movement(elbow=60.0, seed=2)
    clock = np.array([0.0, 4.0, 4.001, 8.0, 8.001, own.body.time[-1]])
    there = np.where((clock > 4.0) & (clock <= 8.0), np.nan, clock)
    take = Aligned(own, clock, there)
    spans = [Span(float(k), k + 2.0) for k in range(11)]
    edges = np.array([(one.start_s, one.end_s) for one in take.at(spans)])
    danced = np.isfinite(edges).all(axis=1)
    assert danced.tolist() == [k in (0, 1, 2, 9, 10) for k in range(11)]
    said = compare(take, [aligned(movement())])
    known = said.courses[0].known
    assert known[:3].all()
    assert not known[3:9].any()


def test_what_stands_still_is_not_danced():
    own = movement()
    take = Aligned(own, np.array([0.0, 3.0, 6.0, 12.0]), np.array([0.0, 3.0, 3.0, 9.0]))
    first, still, after = take.at([Span(0.5, 2.5), Span(3.5, 5.5), Span(7.0, 9.0)])
    assert (first, after) == (Span(0.5, 2.5), Span(4.0, 6.0))
    assert np.isnan(still.start_s)
    assert np.isnan(still.end_s)


def test_no_jumps_are_no_landings():
    reasons = {one.measure: one.reason for one in found().not_judged}
    assert "not seen in both" in reasons["effort_weight.landing"]


def test_a_body_without_hands_has_no_qualities():
    body = movement().body
    points = {n: p for n, p in body.points.items() if n != "left_wrist"}
    bare = movement_of(Body(body.time, points))
    said = against(bare)
    assert not said.courses
    assert not said.findings
    assert "left_wrist" in said.not_judged[0].reason
    assert all(np.isnan(one.overall) and not one.beyond for one in said.axes)


def test_the_parts_of_an_axis():
    said = found(elbow=35.0, seed=4)
    opening = axes(said)["opening"]
    ids = {one.id for one in descriptors() if one.axis == "opening"}
    assert set(opening.parts) == ids
    assert opening.overall == pytest.approx(np.mean(list(opening.parts.values())))
    low, high = opening.interval90
    assert low < opening.overall < high
    assert opening.course.shape == (len(said.windows),)


def test_an_axis_of_nothing():
    none = axis_course("energy", [])
    assert np.isnan(none.overall)
    assert not none.parts


def test_progress_is_told():
    said = []
    own = aligned(movement())
    compare(own, [own, own], progress=lambda *at: said.append(at))
    assert said == [(1, 3), (2, 3), (3, 3)]


def test_a_loud_part_is_not_the_whole_phrase():
    """Its mean over all is beyond the floor, and it is said of the part alone."""
    loud = manners.told(effort_time__hands=manners.only(20, 27, 8.0))
    (told,) = loud.overall
    assert told.difference.beyond_floor
    (found,) = loud.findings
    assert not found.whole
    assert found.reference == Span(20.0, 29.0)
    most = manners.told(effort_time__hands=manners.only(8, 29, 8.0))
    assert most.findings[0].whole
