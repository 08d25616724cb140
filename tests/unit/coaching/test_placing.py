"""What notes and measurements fall on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.coaching.placing import (
    counted_notes,
    placed_measures,
    placed_notes,
    step_at,
)
from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.wording import wording
from repetiteur.model.counts import counted
from repetiteur.model.findings import Measured, Measurement, Span
from repetiteur.steps.step import Step
from unit.report import small_rehearsal as made

LIFT = Step(
    "developpe", "left", 2.0, 6.0, 0.9,
    phases={"retire": (2.0, 3.0), "extension": (3.0, 4.5), "hold": (4.5, 6.0)},
    attributes={"direction": "seconde"},
)  # fmt: skip
BEND = Step("demi_plie", None, 6.0, 7.0, 0.9)
EITHER = Step("third_position", "left", 8.0, 9.0, 0.5, "fifth_position", True)
SHORT = Step("releve", "left", 4.0, 5.0, 0.9, phases={"top": (4.2, 4.8)})


@pytest.mark.parametrize(
    ("span", "id", "phase"),
    [
        ((3.2, 4.8), "developpe", "extension"),
        ((4.0, 6.9), "developpe", "hold"),
        ((5.8, 6.9), "demi_plie", None),
        ((2.0, 2.0), "developpe", "retire"),
        ((6.5, 6.5), "demi_plie", None),
    ],
)
def test_the_largest_overlap_is_meant(span, id, phase):
    for steps in ([LIFT, BEND], [BEND, LIFT]):
        step, in_phase = step_at(steps, *span)
        assert (step.id, in_phase) == (id, phase)


def test_of_two_that_hold_it_all_the_shorter_is_meant():
    assert step_at([LIFT, SHORT], 4.3, 4.6) == (SHORT, "top")
    assert step_at([SHORT, LIFT], 4.3, 4.6) == (SHORT, "top")


@pytest.mark.parametrize(
    "span", [(7.1, 7.9), (7.0, 7.9), (0.0, 1.0), (20.0, 20.0), (5.5, 18.0)]
)
def test_what_falls_on_nothing_has_no_step(span):
    assert step_at([LIFT, BEND, EITHER], *span) is None


def test_what_could_not_be_told_names_nothing():
    assert step_at([EITHER], 8.2, 8.8) is None
    assert step_at([replace(EITHER, undecided=False)], 8.2, 8.8) is not None


def test_without_steps_nothing_changes():
    found = made.findings()
    assert placed_notes(found, (), (), wording("en")) == found
    one = Measurement(
        "plie_depth", None, "plie", Span(6.1, 6.9), 0.2, "ratio", (0.1, 0.3), (1, 2)
    )
    assert placed_measures(Measured((one,)), ()) == Measured((one,))


def test_a_note_says_its_step_its_phase_and_its_place():
    found = placed_notes(
        made.findings([made.note(place="3.2 to 4.8 s, left")]),
        (),
        [LIFT],
        wording("en"),
    )
    (note,) = found.notes
    assert (note.step, note.phase) == ("developpe", "extension")
    assert note.place == "3.2 to 4.8 s, left, développé à la seconde"


def test_what_the_take_leaves_out_is_a_step_of_the_reference():
    gone = made.note(
        presence="skipped", kind="missing", reference=Span(6.1, 6.9), take=Span(3, 3)
    )
    found = placed_notes(made.findings([gone]), [LIFT, BEND], [LIFT], wording("en"))
    assert found.notes[0].step == "demi_plie"


def test_measurements_of_one_moment_have_one_step():
    ones = tuple(
        Measurement(id, None, "plie", Span(6.1, 6.9), 0.2, "ratio", (0.1, 0.3), (1, 2))
        for id in ("plie_depth", "other")
    )
    placed = placed_measures(Measured(ones), [LIFT, BEND]).measurements
    assert [one.step for one in placed] == ["demi_plie", "demi_plie"]
    assert [one.measure for one in placed] == ["plie_depth", "other"]


def test_a_quality_is_of_a_stretch_and_of_no_count():
    counts = counted(np.arange(14.0), metre=4, one=0)
    time = np.arange(0.0, 13.0, 0.1)
    zero = np.zeros(time.size)
    line = Timeline(time, time, zero, zero, np.zeros(time.size, np.int8))
    leg = made.note(at_reference_s=4.0)
    arms = replace(leg, measure="effort_time.hands", side=None, priority="artistry")
    one, other = counted_notes([leg, arms], line, counts, wording("en"))
    assert one.count is not None
    assert other.count is None
    assert other.place == "3.2 to 4.8 s"
