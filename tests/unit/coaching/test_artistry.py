"""Notes on how a take is danced: what is said, what is not, and why."""

from dataclasses import replace

import numpy as np
import pytest

from manners import LEVEL, SPANS, TAKE, described, only, told
from repetiteur.coaching import artistry
from repetiteur.coaching.explained import EXPLAINED
from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.wording import wording
from repetiteur.expression.compare import compared
from repetiteur.expression.descriptors import descriptors
from repetiteur.kinematics.apart import Apart
from repetiteur.model.findings import Span
from unit.report import small_rehearsal as made

WORDS = wording("en")
TIMES = np.arange(0.0, 31.0, 0.02), np.arange(0.0, 36.0, 0.02)


def line(apart_deg=None):
    """Two that are lined up; before cameras from so far apart."""
    time = np.arange(0.0, 31.0, 0.1)
    take = 1.0 + 1.1 * time
    zero = np.zeros(time.size)
    apart = None
    if apart_deg is not None:
        apart = Apart(np.full(time.size, apart_deg), zero, zero, zero)
    return Timeline(time, take, zero, zero + 0.01, np.zeros(time.size, np.int8), apart)


def notes(found, *said, apart_deg=None):
    return artistry.qualities(found, said, line(apart_deg), WORDS, TIMES)


def other(measure, start_s, end_s, **changes):
    """Another note, in seconds of the reference."""
    given = {"measure": measure, "reference": Span(start_s, end_s), "also": ()}
    given["take"] = Span(1.0 + 1.1 * start_s, 1.0 + 1.1 * end_s)
    return made.note(**(given | changes))


# ---------- what is said ----------


def test_a_quality_over_the_whole_phrase_is_one_note():
    (note,) = notes(told(effort_time__hands=3.0))
    assert (note.measure, note.kind, note.side) == ("effort_time.hands", "more", None)
    assert note.priority == "artistry"
    assert note.difference.value == pytest.approx(50.0)
    assert note.difference.unit == "%"
    assert note.difference.beyond_floor
    assert (note.reference_value, note.take_value) == pytest.approx((100.0, 150.0))
    assert note.reference == Span(SPANS[0].start_s, SPANS[-1].end_s)
    assert note.take == Span(TAKE[0].start_s, TAKE[-1].end_s)
    assert note.take.start_s <= note.at_take_s <= note.take.end_s
    first, last = note.evidence.take_frames
    assert TIMES[1][first] == pytest.approx(note.take.start_s, abs=0.011)
    assert TIMES[1][last] == pytest.approx(note.take.end_s, abs=0.011)
    assert note.text == (
        "Your arms are more sudden than the reference's: keep it, or try them as if "
        "through water."
    )
    assert note.reason.endswith("by about a half.")
    assert (note.also, note.symptoms, note.spread) == ((), (), None)


def test_nothing_is_said_of_the_same_dancing():
    assert notes(told(effort_time__hands=2.0, arm_height=80.0, knee_bend=30.0)) == ()


def test_a_part_of_the_phrase_is_a_note_at_its_place():
    (note,) = notes(told(effort_time=only(10, 14, 5.0)))
    assert note.reference == Span(SPANS[10].start_s, SPANS[14].end_s)
    assert note.at_reference_s == pytest.approx(11.0)
    assert note.at_take_s == pytest.approx(1.0 + 1.1 * 11.0)


def test_less_is_said_as_less_and_in_its_unit():
    (note,) = notes(told(arm_height=60.0))
    assert (note.measure, note.kind) == ("arm_height", "less")
    assert (note.difference.value, note.difference.unit) == (-20.0, "deg")
    assert (note.reference_value, note.take_value) == (80.0, 60.0)
    assert (
        note.reason
        == "Taken together the arms are 60° from hanging, the reference's 80°."
    )


def test_several_parts_are_one_note():
    values = np.maximum(only(3, 7, 3.6), only(20, 22, 3.4))
    (note,) = notes(told(effort_time=values))
    assert note.reference == Span(SPANS[3].start_s, SPANS[7].end_s)
    assert note.also == (Span(TAKE[20].start_s, TAKE[22].end_s),)


def test_of_one_axis_at_one_place_the_largest_speaks():
    (note,) = notes(told(effort_time=3.0, effort_time__hands=3.5, effort_weight=4.0))
    assert note.measure == "effort_time.hands"
    assert note.symptoms == ("effort_time", "effort_weight")


def test_no_more_than_two_the_largest_first():
    found = told(effort_time__hands=4.0, arm_opening=0.6, knee_bend=42.0)
    assert len(found.findings) == 3
    said = notes(found)
    assert [note.measure for note in said] == ["arm_opening", "effort_time.hands"]


def test_from_several_references_it_counts_from_the_nearest():
    (note,) = notes(told(casts=3, effort_time__hands=3.3))
    assert note.difference.value == pytest.approx(50.0)
    assert note.spread == pytest.approx((100.0 / 1.05, 100.0 * 1.1 / 1.05))
    assert "counts from the nearest of them" in note.reason


# ---------- what is not ----------


@pytest.mark.parametrize("name", sorted(artistry.NO_NOTES))
def test_some_qualities_make_no_note(name):
    found = told(**{name.replace(".", "__"): 6.0})
    assert found.findings
    assert notes(found) == ()


def test_what_the_instruments_leave_open_is_no_note():
    assert notes(told(effort_time__hands=3.0))
    assert notes(told(unsure=0.3, effort_time__hands=3.0)) == ()


def test_a_stretch_in_which_both_are_nearly_still_is_none():
    calm = only(10, 14, 0.2, level=LEVEL["effort_time"])
    quiet = described(SPANS, effort_time=calm)
    swaying = described(TAKE, effort_time=only(10, 14, 0.5))
    found = compared(SPANS, swaying, [quiet])
    assert found.findings
    assert notes(found) == ()


def test_in_a_picture_shape_is_none_and_how_it_moves_is():
    found = told(effort_time__hands=3.0, arm_opening=0.6)
    assert {n.measure for n in notes(found)} == {"effort_time.hands", "arm_opening"}
    (note,) = notes(found, apart_deg=5.0)
    assert note.measure == "effort_time.hands"
    assert notes(found, apart_deg=80.0) == ()


# ---------- what another note explains ----------


def test_a_note_at_the_same_place_explains_it():
    found = told(effort_time__hands=only(10, 14, 6.0))
    here, elsewhere = (10.0, 13.0), (24.0, 27.0)
    assert notes(found, other("arm_shape.elevation", *here)) == ()
    assert notes(found, other("arm_shape.elevation", *elsewhere))
    assert notes(found, other("leg_elevation", *here))


def test_how_a_limb_is_carried_is_said_once_wherever_it_shows():
    """No "keep it" stands beside a note that says to carry it otherwise."""
    found = told(knee_bend=only(10, 14, 55.0, level=30.0))
    assert notes(found)
    assert notes(found, other("leg_elevation", 24.0, 27.0)) == ()
    assert notes(found, other("arm_shape.elevation", 24.0, 27.0))


def test_a_note_that_comes_again_explains_it_there():
    found = told(knee_bend=only(10, 14, 55.0, level=30.0))
    again = Span(1.0 + 1.1 * 10.0, 1.0 + 1.1 * 13.0)
    assert notes(found, other("leg_elevation", 24.0, 27.0, also=(again,))) == ()


def test_energy_is_explained_by_whatever_is_said_there():
    found = told(effort_weight=only(10, 14, 6.0))
    for measure in ("head_pitch", "turn_count", "step_presence", "timing_path"):
        assert notes(found, other(measure, 11.0, 12.0)) == (), measure


def test_lateness_explains_a_part_and_not_the_whole():
    late = other("timing_path", 8.0, 22.0)
    assert notes(told(effort_time__hands=only(10, 14, 4.0)), late) == ()
    assert notes(told(effort_time__hands=3.0), late)


def test_a_quality_stands_by_what_no_other_note_explains():
    """It is said as it is over the whole, where the rest of it shows it, too."""
    values = only(0, 9, 6.0)
    arm = other("arm_shape.elevation", 0.0, 12.0)
    mostly = told(effort_time__hands=values)
    assert not mostly.findings[0].whole
    assert notes(mostly)
    assert notes(mostly, arm) == ()
    throughout = told(effort_time__hands=np.maximum(values, 3.0))
    (note,) = notes(throughout, arm)
    assert note.difference == throughout.findings[0].told.difference
    assert notes(throughout, other("arm_shape.elevation", 0.0, 31.0)) == ()


def test_every_name_in_the_table_is_one():
    known = set(WORDS.messages["notes"])
    assert EXPLAINED.keys() <= {one.id for one in descriptors()} - artistry.NO_NOTES
    for measures in EXPLAINED.values():
        assert measures <= known


def test_windows_inside_a_stretch_are_those_of_a_note_that_was_written_down():
    (note,) = notes(told(effort_time=only(10, 14, 5.0)))
    rough = replace(note.reference, start_s=round(note.reference.start_s, 3) + 4e-4)
    assert np.flatnonzero(artistry.inside(SPANS, rough)).tolist() == [
        10,
        11,
        12,
        13,
        14,
    ]
