"""Which stretches charts show."""

import numpy as np
import pytest

from repetiteur.model.findings import Span
from repetiteur.report.panels import MARGIN_S, MOST_PANELS, PANEL_S, panels
from unit.report import charted
from unit.report import small_rehearsal as made


def of(notes, *courses):
    return panels(made.findings(notes=notes, courses=courses))


def test_a_panel_lies_about_its_moment():
    (one,) = of([charted.note(20.0)], charted.course(40.0, at_s=(20.0,)))
    assert (one.start_s, one.end_s) == (16.0, 24.0)
    (moment,) = one.moments
    assert (moment.rank, moment.at_s, moment.first) == (1, 20.0, True)
    assert (moment.reference, moment.take) == (108.0, 96.0)


@pytest.mark.parametrize(("at_s", "start_s"), [(0.5, 0.0), (39.5, 32.0)])
def test_none_leaves_the_phrase(at_s, start_s):
    (one,) = of([charted.note(at_s)], charted.course(40.0))
    assert one.start_s == pytest.approx(start_s)
    assert one.length_s == pytest.approx(PANEL_S)


def test_a_short_phrase_is_one_panel():
    (one,) = of([charted.note(2.0)], charted.course(5.0))
    assert (one.start_s, one.end_s) == (0.0, pytest.approx(5.0))


def test_moments_that_are_close_share_a_panel_and_keep_off_its_ends():
    spans = tuple(Span(at, at + 0.6) for at in (14.0, 30.0))
    found = of([charted.note(10.0, also=spans)], charted.course(40.0))
    assert [len(one.moments) for one in found] == [2, 1]
    for one in found:
        for moment in one.moments:
            assert one.start_s + MARGIN_S <= moment.at_s <= one.end_s - MARGIN_S


def test_further_moments_have_values_of_their_own():
    course = charted.course(40.0, at_s=(10.0, 30.0), late_s=1.0)
    note = charted.note(10.0, also=(Span(30.8, 31.2),))
    first, again = of([note], course)
    assert first.is_first
    assert not again.is_first
    (moment,) = again.moments
    assert moment.at_s == pytest.approx(30.0, abs=0.05)
    assert moment.take_s == pytest.approx(31.0, abs=0.05)
    assert moment.take == pytest.approx(96.0, abs=2.0)
    assert moment.reference == pytest.approx(108.0, abs=2.0)
    assert moment.spread is None


def test_of_several_references_the_edges():
    course = charted.several(charted.course(40.0, at_s=(10.0, 30.0)))
    note = charted.note(10.0, also=(Span(29.8, 30.2),), spread=(101.0, 109.0))
    first, again = of([note], course)
    assert first.moments[0].spread == (101.0, 109.0)
    assert again.moments[0].spread == pytest.approx((100.0, 112.0), abs=2.0)


def test_a_further_moment_that_was_not_judged_is_no_mark():
    course = charted.course(40.0, blind=(29.0, 31.0))
    (one,) = of([charted.note(10.0, also=(Span(29.8, 30.2),))], course)
    assert len(one.moments) == 1


def test_notes_of_one_measure_share_panels_and_the_first_comes_first():
    notes = [
        charted.note(30.0, measure="knee_flexion"),
        charted.note(10.0, also=(Span(34.0, 34.5),)),
        charted.note(11.0, kind="more"),
    ]
    found = of(
        notes, charted.course(40.0), charted.course(40.0, measure="knee_flexion")
    )
    named = [(one.course.measure, [m.rank for m in one.moments]) for one in found]
    assert named == [
        ("knee_flexion", [1]), ("leg_elevation", [2, 3]), ("leg_elevation", [2]),
    ]  # fmt: skip


def test_a_note_on_both_arms_is_in_the_panels_of_both():
    note = charted.note(10.0, measure="arm_shape.elevation", side="both")
    arms = [
        charted.course(40.0, measure="arm_shape.elevation", side=side)
        for side in ("left", "right")
    ]
    found = of([note], *arms)
    assert [one.course.side for one in found] == ["left", "right"]
    assert all(np.isnan(one.moments[0].take) for one in found), "values of neither"


def test_there_is_an_end_to_it():
    spans = tuple(Span(at, at + 0.5) for at in np.arange(10.0, 590.0, 8.0))
    notes = [charted.note(4.0, also=spans), charted.note(5.0, measure="knee_flexion")]
    knee = charted.course(600.0, measure="knee_flexion")
    found = of(notes, charted.course(600.0), knee)
    assert len(found) == MOST_PANELS
    assert [one.rank for one in found[:2]] == [1, 2], "the first of each is kept"


def test_without_notes_on_shape_there_is_none():
    assert of(made.four_notes()[1:2]) == []
