"""Which part of each foot is on the floor."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kernels import geometry
from repetiteur.kinematics.contacts import contacts
from repetiteur.kinematics.feet import Part
from repetiteur.kinematics.view import seen_from
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance, demo_reference
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import first_position

SIDES = ("left", "right")


@pytest.fixture(scope="module")
def adage():
    return body_of(demo_reference())


def with_points(body, change):
    points = {name: change(name, place) for name, place in body.points.items()}
    return replace(body, points=MappingProxyType(points))


def standing(frames=120, fps=60.0):
    points = {n: np.tile(p, (frames, 1)) for n, p in bodies.STANDING.items()}
    return bodies.body(np.arange(frames) / fps, points)


def test_the_adage_has_its_three_raised_legs(adage):
    found = contacts(adage)
    assert len(found.left.take_offs) == len(found.left.touch_downs) == 3
    assert not found.right.take_offs.size
    assert (found.right.down == 1).all()
    raised = found.right.part == Part.DEMI_POINTE
    assert raised[np.searchsorted(adage.time, 27.5)]
    assert found.foot_length == pytest.approx(0.255, abs=1e-3)


def test_feet_without_heels_are_judged_by_their_ankles(adage):
    heels = [f"{side}_heel" for side in SIDES]
    without = adage.only(*(name for name in adage.points if name not in heels))
    whole, found = contacts(adage), contacts(without)
    for side in SIDES:
        a, b = whole.foot(side), found.foot(side)
        assert (a.down == b.down).mean() > 0.99
        assert ((a.part == Part.FLAT) == (b.part == Part.FLAT)).mean() > 0.97
        np.testing.assert_allclose(a.touch_downs, b.touch_downs, atol=0.1)
        on = a.down == 1
        apart = np.abs(a.rise - b.rise)[on]
        assert apart.mean() < 0.02
        assert apart.max() < 0.3


def test_a_child_is_judged_like_an_adult(adage):
    whole, child = contacts(adage), contacts(with_points(adage, lambda _, p: 0.7 * p))
    for side in SIDES:
        a, b = whole.foot(side), child.foot(side)
        np.testing.assert_array_equal(a.part, b.part)
        np.testing.assert_array_equal(a.standing, b.standing)
        np.testing.assert_allclose(a.touch_downs, b.touch_downs, atol=1e-9)
    assert child.size == pytest.approx(0.7 * whole.size)


def test_a_floor_that_leans_and_lies_elsewhere_changes_nothing(adage):
    def lean(_, place):
        out = place.copy()
        out[:, 1] += 0.35 + 0.03 * place[:, 0] + 0.001 * adage.time
        return out

    whole, found = contacts(adage), contacts(with_points(adage, lean))
    for side in SIDES:
        assert (whole.foot(side).down == found.foot(side).down).mean() > 0.99


def test_markers_stand_at_their_own_heights(adage):
    thick = {"left_toe": 0.03, "right_toe": 0.05, "left_heel": 0.05, "right_heel": 0.06}
    found = contacts(
        with_points(adage, lambda n, p: p + thick.get(n, 0.0) * np.eye(3)[1])
    )
    whole = contacts(adage)
    for side in SIDES:
        np.testing.assert_array_equal(whole.foot(side).down, found.foot(side).down)
        np.testing.assert_allclose(
            whole.foot(side).rise, found.foot(side).rise, atol=5e-3
        )


def test_a_foot_that_was_not_seen_is_not_off():
    body = standing()
    hide = {"left_toe": slice(20, 40), "left_heel": slice(30, 40)}

    def lose(name, place):
        out = place.copy()
        out[hide.get(name, slice(0, 0))] = np.nan
        if name == "left_heel":
            out[50:60, 1] += 0.2
        if name == "left_toe":
            out[50:60] = np.nan
        return out

    down = contacts(with_points(body, lose)).left.down
    assert (down[20:30] == 1).all()  # its heel is on the floor
    assert (down[30:40] == -1).all()
    assert (down[50:60] == -1).all()  # the toe may stand on the floor
    assert (np.delete(down, np.r_[30:40, 50:60]) == 1).all()


def test_a_foot_that_turns_in_its_place_stands_and_pivots():
    body = standing()
    angle = 180.0 * body.time
    toe = body["left_toe"]
    turned = with_points(body, lambda _, p: geometry.turn(p - toe, angle) + toe)
    foot = contacts(turned).left
    assert foot.standing.all()
    assert foot.pivoting.all()
    assert foot.speed.max() < 0.02
    assert not contacts(body).left.pivoting.any()


def test_a_foot_that_brushes_is_down_and_does_not_stand():
    body = standing()

    def brush(name, place):
        way = np.stack([0.4 * body.time, 0.0 * body.time, 0.0 * body.time], axis=1)
        return place + way * name.startswith("left")

    foot = contacts(with_points(body, brush)).left
    assert (foot.down == 1).all()
    assert not foot.standing.any()


def test_a_heel_alone():
    points = {n: np.tile(p, (120, 1)) for n, p in bodies.STANDING.items()}
    points["left_toe"][60:, 1] += 0.12
    part = contacts(bodies.body(np.arange(120) / 60.0, points)).left.part
    assert set(part[:60]) == {Part.FLAT}
    assert set(part[60:]) == {Part.HEEL}


def test_from_one_camera_only_where_it_stands_level():
    body = body_of(dance(Phrase.of(first_position(), saute(0.6))))
    seen = replace(body, space="2d")
    level = contacts(seen)
    assert set(level.left.down.tolist()) == {0, 1}
    above = contacts(seen_from(seen, pitch=35.0))
    assert set(above.left.down.tolist()) == {-1}
    assert np.isnan(level.left.speed).all()
    off = level.left.down == 0
    assert 0.5 < off.sum() / (contacts(body).left.down == 0).sum() < 1.0


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_few_frames(frames):
    found = contacts(standing(frames))
    assert found.left.down.tolist() == [1] * frames


def test_nobody():
    found = contacts(bodies.body(np.arange(5) / 60.0, {}))
    assert set(found.left.down) == set(found.right.down) == {-1}
    assert set(found.left.part) == {Part.UNKNOWN}
