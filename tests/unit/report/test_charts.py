"""How: what charts say, mark and hatch; a page without scripts has all of them."""

import re
from dataclasses import replace

import numpy as np
import pytest

from repetiteur.model.findings import NotJudged, Span
from repetiteur.report.charts import SHORT, charts
from repetiteur.report.page import render
from unit.report import charted, stepped
from unit.report import small_rehearsal as made
from unit.report.test_page import NASTY, Reader


def only(course, notes=None, **changes):
    """The one chart of a rehearsal."""
    notes = [charted.note(4.0)] if notes is None else notes
    found = charts(charted.rehearsal(notes, (course,), **changes), 3)
    assert found is not None
    (chart,) = found.open
    return chart


def test_its_words_are_the_note_s():
    chart = only(charted.course())
    assert chart.heading == "Height of the leg, left"
    assert chart.said == ("Note 1: you 96°, the reference 108°, at 4.0 s.",)
    assert chart.hatched_for == ()


def test_over_a_long_stretch_values_are_what_it_mostly_has():
    note = charted.note(4.0, reference=Span(3.0, 5.5))
    (said,) = only(charted.course(), [note]).said
    assert said == "Note 1: you mostly 96°, the reference 108°, around 4.0 s."


def test_both_clocks_are_said_where_they_differ():
    note = charted.note(4.0, at_take_s=5.26)
    (said,) = only(charted.course(), [note]).said
    assert said.endswith("at 4.0 s of the reference, 5.3 s of yours.")


def test_several_references_are_said_as_what_they_have():
    note = charted.note(4.0, spread=(101.0, 109.0))
    (said,) = only(charted.several(charted.course()), [note]).said
    assert "you 96°, the references 101° to 109°, at" in said


def test_a_note_on_both_arms_has_a_place_and_no_value():
    arms = [
        charted.course(measure="arm_shape.elevation", side=side)
        for side in ("left", "right")
    ]
    note = charted.note(4.0, measure="arm_shape.elevation", side="both")
    found = charts(charted.rehearsal([note], arms), 3)
    assert [chart.said for chart in found.open] == [("Note 1: at 4.0 s.",)] * 2


def test_more_moments_than_anybody_reads_are_counted():
    notes = [charted.note(2.0 + 0.6 * k) for k in range(6)]
    said = only(charted.course(), notes).said
    assert len(said) == 4
    assert said[-1] == "And three more moments."


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ((NotJudged("leg_elevation", "It points at the camera.", "", (Span(5, 6),)),),
         "it points at the camera"),
        ((NotJudged("pose_distance", "It was left out.", "", (Span(5.2, 6),)),),
         "it was left out"),
        ((NotJudged("head_pitch", "The head is hidden.", "", (Span(5, 6),)),), SHORT),
        ((NotJudged("leg_elevation", "Elsewhere.", "", (Span(7, 9),)),), SHORT),
        ((), SHORT),
    ],
)  # fmt: skip
def test_hatching_has_its_reason(entries, reason):
    chart = only(charted.course(blind=(5.0, 6.0)), not_judged=entries)
    assert chart.hatched_for == (f"Hatched, 5.0 s to 6.0 s: {reason}.",)
    (hatch,) = chart.hatched
    assert hatch.left == pytest.approx(100.0 * 5.0 / 8.0, abs=0.5)
    assert hatch.width == pytest.approx(100.0 / 8.0, abs=0.8)


def test_the_shortest_hatching_is_seen():
    (hatch,) = only(charted.course(blind=(7.99, 8.01))).hatched
    assert hatch.width >= 1.0
    assert hatch.left + hatch.width <= 100.0


def test_marks_stand_at_their_moments_and_never_over_each_other():
    notes = [charted.note(at) for at in (3.0, 3.2, 3.4, 6.0)]
    marks = only(charted.course(), notes).marks
    assert [mark.rank for mark in marks] == [1, 2, 3, 4]
    assert [mark.row for mark in marks] == [0, 1, 2, 0]
    for mark, note in zip(marks, notes, strict=True):
        assert mark.at == pytest.approx(100.0 * (note.at_reference_s - 0.5) / 8.0)
        assert mark.left < mark.at < mark.right


def test_one_scale_for_each_unit():
    leg = charted.course()
    level = {"reference": np.full(361, 3.0), "take": np.full(361, 9.0)}
    trunk = charted.course(measure="aplomb.pitch", side=None, **level)
    lift = charted.raised_shoulders()
    notes = [
        charted.note(4.0),
        charted.note(4.0, measure="aplomb.pitch", side=None),
        charted.ratio_note(4.0),
    ]
    found = charts(charted.rehearsal(notes, (leg, trunk, lift)), 3)
    spans = [np.diff([tick.at for tick in one.values]) for one in found.open]
    assert spans[0] == pytest.approx(spans[1][0]), "as many degrees to a pixel"
    assert all(tick.text.endswith("°") for one in found.open[:2] for tick in one.values)
    assert all(re.fullmatch(r"0\.\d\d", tick.text) for tick in found.open[2].values)


def test_the_rest_is_folded():
    again = (Span(19.6, 20.4), Span(34.8, 35.2))
    knees = [
        charted.note(at, measure="knee_flexion", side="right") for at in (4, 6, 30)
    ]
    legs = charted.course(60.0, at_s=(4.0, 20.0, 35.0))
    knee = charted.course(60.0, measure="knee_flexion", side="right")
    found = charts(
        charted.rehearsal([charted.note(4.0, also=again), *knees], (legs, knee)), 3
    )
    assert [one.heading[:4] for one in found.open] == ["Heig", "Bend"]
    assert [one.marks[0].rank for one in found.folded] == [4, 1, 1]
    assert len({one.id for one in (*found.open, *found.folded)}) == 5


def test_steps_stand_below_the_axis():
    chart = only(charted.course())
    assert chart.steps == ()
    one = charted.rehearsal([charted.note(4.0)], (charted.course(),))
    danced = replace(one, reference_steps=(stepped.LIFT, stepped.BEND), take_steps=())
    (chart,) = charts(danced, 3).open
    names = ["Développé à la seconde, left", "Demi-plié"]
    assert [step.text for step in chart.steps] == names
    assert chart.steps[0].left == pytest.approx(25.0)
    assert chart.steps[0].width == pytest.approx(50.0)


def test_notes_without_a_curve_have_no_chart():
    assert charts(charted.rehearsal(made.four_notes()[1:2]), 3) is None
    assert charts(made.rehearsal(), 3) is None, "a report that was made without curves"


def page(**changes):
    return Reader(render(charted.rehearsal(**changes)))


def test_the_page_has_them_without_scripts():
    read = page()
    headings = [a.get("id", "") for tag, a in read.elements if tag == "h3"]
    assert {"c1h", "c2h"} <= set(headings)
    plots = [a for _, a in read.elements if a.get("class") == "plot"]
    ids = {a.get("id") for _, a in read.elements}
    for plot in plots:
        assert {plot["aria-labelledby"], plot["aria-describedby"]} <= ids
    assert "Note 3: you mostly 96°, the reference 108°, around 4.0 s." in read.said
    assert "One more chart: other moments, and smaller differences" in read.said
    assert not any("style" in attrs for _, attrs in read.elements)


def test_names_with_markup_stay_text_in_charts():
    unseen = NotJudged("leg_elevation", NASTY, NASTY, (Span(5, 6),))
    course = charted.course(blind=(5.0, 6.0), at_s=(4.0,))
    read = page(courses=(course,), not_judged=(unseen,))
    assert "<img src=x" in read.said
    assert "img" not in [tag for tag, _ in read.elements]


def test_without_charts_there_is_no_section():
    assert "How: measure by measure" not in page(courses=()).said


def test_from_different_sides_the_reason_stands_instead():
    reason = "the two were filmed from different sides"
    names = ("leg_elevation", "knee_flexion", "aplomb.pitch", "head_pitch")
    sides = tuple(NotJudged(name, reason, "stand there") for name in names)
    said = page(notes=made.four_notes()[1:2], courses=(), not_judged=sides).said
    _, how = said.split("How: measure by measure ")
    assert how.startswith("The two were filmed from different sides. How to record it")


def test_a_chart_is_light():
    without, with_them = (
        len(render(charted.rehearsal(courses=courses))) for courses in ((), None)
    )
    assert with_them - without < 2 * 12_000
