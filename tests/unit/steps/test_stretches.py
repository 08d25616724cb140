"""Where steps are looked for: each kind on something danced, and nothing on nothing."""

from types import MappingProxyType

import numpy as np
import pytest

import bodies
from named import OTHER, Named, passage
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.steps.scene import Scene, from_segment
from repetiteur.steps.stretches import Stretch, stretches

#: What shows each kind, and marks of it that follow one another.
KINDS = {
    "stance": ("fifth_position", ("hold",)),
    "bend": ("demi_plie", ("descend", "ascend")),
    "rise": ("releve", ("push", "top", "lower")),
    "leg": ("degage", ("start", "out", "peak", "in", "end")),
    "circle": ("rond_de_jambe_en_lair", ("out", "bent", "extend")),
    "pose": ("arabesque_1", ("enter", "hold", "leave")),
    "pivot": ("promenade", ("start", "pivot", "end")),
    "tilt": ("penche", ("enter", "bottom", "leave")),
    "turn": ("pirouette_en_dehors", ("preparation", "push", "turn", "close")),
    "series": ("fouette", ("turning",)),
    "flight": ("assemble", ("plie", "takeoff", "flight", "landing")),
    "flights": ("echappe_saute", ("plie", "flight", "landing", "again", "closing")),
    "walk": ("pas_de_bourree", ("step_1", "step_2", "step_3")),
    "travel": ("chasse", ("start", "transfer", "end")),
    "arms": ("port_de_bras", ("start", "way", "end")),
}


@pytest.mark.parametrize("front", ["left", "right"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_stretch_of_each_kind_lies_where_it_was_danced(kind, front):
    id, order = KINDS[kind]
    shown = passage(id, front)
    start, end = shown.truth(id)[0].start_s, shown.truth(id)[-1].end_s
    found = [
        one
        for one in shown.of(kind)
        if shown.scene.time[one.start] < end and shown.scene.time[one.end] > start
    ]
    assert found
    for one in found:
        spans = [one.spans(mark)[0] for mark in order]
        assert [sum(span) for span in spans] == sorted(sum(span) for span in spans)


@pytest.mark.parametrize("kind", KINDS)
def test_marks_lie_within_the_recording(kind):
    shown = passage(KINDS[kind][0])
    for one in shown.stretches:
        assert 0 <= one.start <= one.end < shown.scene.time.size
        assert one.spans("all") == ((one.start, one.end),)
        assert one.spans("no such mark") == ()
        for mark, spans in one.marks.items():
            for first, last in spans:
                assert 0 <= first <= last < shown.scene.time.size, (one.kind, mark)


def test_two_bends_of_a_pair_of_jumps_are_one_step():
    shown = passage("echappe_saute")
    assert len(shown.of("flight")) == 2
    (both,) = shown.of("flights")
    one, two = shown.of("flight")
    assert (both.start, both.end) == (one.start, two.end)


def test_a_leg_that_goes_out_twice_bends_in_between():
    shown = passage("rond_de_jambe_en_lair")
    working = {one.working for one in shown.of("circle")}
    assert working == {one.side for one in shown.truth("rond_de_jambe_en_lair")}
    for one in shown.of("circle"):
        knee = shown.scene.angle(f"{one.working}_knee_flexion")
        ((bent, _),) = one.spans("bent")
        assert knee[bent] > 45.0 > max(knee[one.start], knee[one.end])


def test_who_supports_and_who_works():
    one = Stretch("leg", 0, 9, "left", {})
    assert one.roles("peak") == ("right", "left")
    both = Stretch("bend", 0, 9, None, {})
    assert both.roles("bottom") == (None, None)


@pytest.mark.parametrize("side", ["left", "right"])
def test_after_a_jump_the_foot_that_landed_supports(side):
    one = Stretch("flight", 0, 9, side, {}, landing=side)
    assert one.roles("takeoff") == (OTHER[side], side)
    assert one.roles("flight") == (OTHER[side], side)
    for mark in ("landing", "recovery"):
        assert one.roles(mark) == (side, OTHER[side])


def test_a_foot_that_only_touches_the_floor_works():
    shown = passage("battement_tendu", "left")
    (tendu,) = shown.truth("battement_tendu")
    side = tendu.side
    peak = shown.scene.frame(0.5 * (tendu.start_s + tendu.end_s))
    assert shown.scene.down(side)[peak]
    assert shown.scene.free(side)[peak]
    assert not shown.scene.free(OTHER[side])[peak]


def test_who_turns_as_a_whole_moves_no_leg():
    shown = passage("promenade")
    ((first, last),) = shown.of("pivot")[0].spans("pivot")
    middle = slice(first + 20, last - 20)
    for side in ("left", "right"):
        assert np.median(shown.scene.leg_speed(side)[middle]) < 20.0
    assert np.median(np.abs(shown.scene.rate[middle])) > 20.0


@pytest.mark.parametrize(
    ("point", "away"), [((3.0, 1.0, 0.0), 3.0), ((0.0, 5.0, 4.0), 5.0)]
)
def test_distance_from_a_segment(point, away):
    ends = np.array([[0.0, 0.0, 0.0]]), np.array([[0.0, 2.0, 0.0]])
    assert from_segment(np.array([point]), *ends) == pytest.approx(away)


def test_distance_from_a_segment_without_length_is_that_of_its_point():
    at = np.array([[0.0, 0.0, 0.0]])
    assert from_segment(np.array([[3.0, 4.0, 0.0]]), at, at) == pytest.approx(5.0)


def test_the_nearest_frame():
    scene = Scene(movement_of(bodies.body(*bodies.moving_points(1.0))))
    assert [scene.frame(s) for s in (-1.0, 0.0, 0.012, 0.5, 99.0)] == [0, 0, 1, 30, 59]
    assert scene.frames(0.0) == 1
    assert scene.frames(0.5) == 30


# ---------- little to look at ----------


def lacking(*parts, frames=None):
    """A body that dances, without some of its keypoints."""
    body = passage("jete_petit").body
    kept = {
        name: place[:frames]
        for name, place in body.points.items()
        if not any(name.endswith(part) for part in parts)
    }
    return Body(body.time[:frames], MappingProxyType(kept))


@pytest.mark.parametrize(
    "parts",
    [
        ("hip",), ("heel",), ("toe",), ("heel", "toe"), ("ankle",), ("knee",),
        ("wrist",), ("shoulder",), ("ankle", "heel", "toe"), ("head", "nose", "ear"),
        ("pelvis", "chest", "neck"), ("e", "t", "p", "k", "r", "w", "d", "s"),
    ],
    ids=",".join,
)  # fmt: skip
def test_a_body_without_some_of_its_points_has_stretches_or_none(parts):
    one = Named(lacking(*parts))
    for stretch in one.stretches:
        assert stretch.start <= stretch.end
    assert isinstance(one.steps, tuple)


@pytest.mark.parametrize("frames", [1, 2, 3, 4, 10])
def test_few_frames(frames):
    one = Named(lacking(frames=frames))
    assert one.steps == ()
    if frames >= 3:
        assert {stretch.kind for stretch in one.stretches} <= {"stance", "travel"}


@pytest.mark.parametrize("space", ["3d", "2d"])
def test_of_a_body_that_is_not_seen_nothing_is_said(space):
    body = passage("jete_petit").body
    points = {name: np.full_like(place, np.nan) for name, place in body.points.items()}
    one = Named(Body(body.time, MappingProxyType(points), space=space))
    assert one.stretches == ()
    assert one.steps == ()


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_leg_that_is_not_seen_does_not_work(side):
    body = passage("degage").body
    points = {
        name: np.full_like(place, np.nan)
        if name.startswith(side) and name.endswith(("knee", "ankle", "heel", "toe"))
        else place
        for name, place in body.points.items()
    }
    one = Named(Body(body.time, MappingProxyType(points)))
    assert "degage" not in one.names
    assert list(stretches(one.scene)) == list(one.stretches)


@pytest.mark.parametrize("kind", ["turn", "series"])
@pytest.mark.parametrize("cut", [0, 2])
def test_marks_lie_within_a_recording_that_ends_at_once(kind, cut):
    """A step onto the foot of a turn, or a bend, may be shown in part."""
    shown = passage(KINDS[kind][0])
    one = shown.of(kind)[0]
    last = max(one.start + 2, one.end - cut)
    for start, end in ((0, last), (one.start, shown.scene.time.size)):
        body = shown.body
        points = {name: place[start:end] for name, place in body.points.items()}
        part = Body(body.time[start:end], MappingProxyType(points), space=body.space)
        for stretch in stretches(Scene(movement_of(part))):
            for spans in stretch.marks.values():
                assert all(a >= 0 and b < part.time.size for a, b in spans)
