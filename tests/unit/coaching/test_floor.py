"""The floor under notes: declared, or a dancer's own."""

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.align.alignment import Alignment, Break
from repetiteur.align.line_up import line_up
from repetiteur.coaching import moments
from repetiteur.coaching.coach import find
from repetiteur.coaching.differences import compare
from repetiteur.coaching.floor import DECLARED, Floors, declared, floor_of
from repetiteur.coaching.repeats import learnt, repetitions
from repetiteur.coaching.timeline import even, timeline
from repetiteur.coaching.wording import wording
from repetiteur.model.poses import body_of
from repetiteur.synthetic.demo import demo_reference, demo_take
from repetiteur.technique.curve import curves

LEG = next(m for m in curves() if m.id == "leg_elevation")


@pytest.mark.parametrize("measure", list(curves()), ids=lambda m: m.id)
def test_with_nothing_learnt_it_is_the_declared_one(measure):
    for side in measure.sides:
        floor = DECLARED.of(measure, side)
        assert floor.value == measure.floor
        assert (floor.basis, floor.takes) == ("declared", 1)


def test_the_declared_floor_is_the_minimal_detectable_change():
    assert floor_of(2.0, 2.0) == pytest.approx(1.645 * np.sqrt(2.0) * 2.0)
    assert DECLARED.timing.value == pytest.approx(1.645 * np.sqrt(2.0) * 0.03)


def test_a_steady_dancer_does_not_make_the_reference_steady():
    assert floor_of(0.0, 2.0) == pytest.approx(1.645 * 2.0)


def test_what_is_learnt_holds_for_its_side_alone():
    own = replace(
        declared(LEG, "left"), value=9.0, own=5.0, takes=3,
        typical_error=5.0, interval90=(4.0, 7.0),
    )  # fmt: skip
    floors = Floors((own,))
    assert (floors.of(LEG, "left"), own.basis) == (own, "repeats")
    assert floors.of(LEG, "right") == declared(LEG, "right")
    assert floors.timing == DECLARED.timing


def test_only_what_is_learnt_is_listed_with_the_rest_beside_it():
    assert DECLARED.listed() == ()
    own = replace(declared(LEG, "left"), typical_error=5.0, interval90=(4.0, 7.0))
    listed = Floors((own,)).listed()
    assert len({(one.measure, one.side) for one in listed}) == len(listed)
    assert {one.measure for one in listed} == {m.id for m in curves()} | {"timing_path"}
    assert [one for one in listed if one.basis == "repeats"] == [own]


@pytest.fixture(scope="module")
def lined_up():
    reference, take = body_of(demo_reference()), body_of(demo_take())
    return reference, take, line_up(reference, take)


def test_notes_are_held_against_the_floor_that_is_given(lined_up):
    notes = find(*lined_up, wording=wording()).notes
    raised = tuple(
        replace(declared(m, side), value=90.0) for m in curves() for side in m.sides
    )
    left = find(*lined_up, wording=wording(), floors=Floors(raised)).notes
    assert len(notes) > len(left)
    assert {note.measure for note in left} <= {"timing_path", "step_presence"}
    assert all(note.difference.floor == m.floor for note in notes for m in curves()
               if m.id == note.measure)  # fmt: skip


def test_a_difference_within_the_given_floor_is_none(lined_up):
    reference, take = map(even, lined_up[:2])
    line = timeline(reference, take, lined_up[2])
    one = compare(LEG, "left", reference, take, line)
    assert one.floor == LEG.floor
    assert list(moments.shape_moments(one, line))
    wide = replace(one, floors=Floors((replace(declared(LEG, "left"), value=90.0),)))
    assert wide.floor == 90.0
    assert not list(moments.shape_moments(wide, line))


def test_lateness_within_the_given_floor_is_none(lined_up):
    line = timeline(*map(even, lined_up[:2]), lined_up[2])
    assert list(moments.timing_moments(line))
    assert not list(moments.timing_moments(line, 2.0))


def test_the_same_take_again_lowers_floors_to_the_reference_s_own(lined_up):
    reference, take, found = lined_up
    floors = learnt(reference, [(take, found)] * 3)
    for one in floors.listed():
        default = next(
            (declared(m, one.side) for m in curves() if m.id == one.measure),
            DECLARED.timing,
        )
        assert one.typical_error == pytest.approx(0.0, abs=1e-9)
        assert floor_of(0.0, default.own) <= one.value < default.value
        assert one.own < default.own


def test_a_take_that_lacks_a_point_takes_no_part_in_its_measures(lined_up):
    reference, take, found = lined_up
    toeless = take.only(*(name for name in take.points if name != "left_toe"))
    floors = learnt(reference, [(take, found), (take, found), (toeless, found)])
    takes = {(one.measure, one.side): one.takes for one in floors.listed()}
    assert takes["ankle_plantarflexion", "left"] == 2
    assert takes["ankle_plantarflexion", "right"] == 3
    alone = learnt(reference, [(take, found), (toeless, found)])
    basis = {(one.measure, one.side): one.basis for one in alone.listed()}
    assert basis["ankle_plantarflexion", "left"] == "declared"


@pytest.mark.parametrize(("ends_s", "count"), [(9.0, 1), (4.0, 0)])
def test_a_phrase_danced_again_is_a_repetition_and_a_bar_is_none(ends_s, count):
    time = np.linspace(0.0, 10.0, 101)
    flat = np.zeros(101)
    found = Alignment(
        "same", 1.0, 0.0, 1.0, 1.0, 0.0, time, time, np.full(101, "danced"),
        np.ones(101), time, flat, flat,
        (Break("repeated", (1.0, ends_s), (11.0, 10.0 + ends_s)),
         Break("extra", (1.0, 1.0), (20.0, 29.0))),
    )  # fmt: skip
    assert repetitions(found) == ((11.0, 10.0 + ends_s),) * count
