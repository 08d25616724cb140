"""Which notes a teacher's phrase of a step is true of."""

from __future__ import annotations

import pytest

import said
from repetiteur.coaching.phrases import fits, phrase_of, read_fits, spoken
from repetiteur.steps.step import Step

HEAD = "unused: {}\nused:\n  demi_plie:\n    - "


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("{sig: x, measures: [a], kinds: [less]}", "demi_plie: .* no fault 'x'"),
        ("{sig: x, measures: [a], kinds: [sad]}", "needs less or more"),
        ("{sig: x, measures: [a]}", "needs kinds"),
        ("{sig: x, measures: [a], kinds: [less], legs: both}", "knows no legs"),
        (
            '{sig: "trunk_pitch > 6", measures: [a], kinds: [less], phases: [up]}',
            "demi_plie: it has no phase 'up'",
        ),
        (
            '{sig: "trunk_pitch > 6", measures: [a], kinds: [less], leg: left}',
            "needs any or working or other",
        ),
    ],
)
def test_what_is_not_as_it_has_to_be_is_refused(text, error):
    with pytest.raises(ValueError, match=error):
        read_fits(HEAD + text)


def test_a_step_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="no step 'moonwalk'"):
        read_fits("{used: {}, unused: {moonwalk: [x]}}")


def test_a_phrase_needs_its_phase():
    step = Step("developpe", "left", 2.0, 6.0, 0.9)
    low = said.note("leg_elevation", "less", "left", phase="extension")
    assert phrase_of(low, step) == "Keep unfolding after you arrive."
    drawn = said.note("leg_elevation", "less", "left", phase="retire")
    assert phrase_of(drawn, step) is None
    elsewhere = said.note("leg_elevation", "less", "left", phase=None)
    assert phrase_of(elsewhere, step) is None


@pytest.mark.parametrize(("direction", "there"), [("devant", True), ("seconde", False)])
def test_a_phrase_may_need_the_direction_of_the_leg(direction, there):
    step = Step(
        "grand_battement", "left", 2.0, 6.0, 0.9, attributes={"direction": direction}
    )
    lean = said.note("aplomb.pitch", "less", phase="peak")
    assert (phrase_of(lean, step) == "Throw the leg, not the back.") == there


def test_the_back_leg_of_a_leap_is_the_other_one():
    leap = Step("grand_jete", "left", 2.0, 6.0, 0.9)
    for side, there in (("left", False), ("right", True)):
        low = said.note("leg_elevation", "less", side, phase="split")
        assert (phrase_of(low, leap) is not None) == there


def test_a_step_without_a_side_has_no_working_leg():
    tendu = Step("battement_tendu", None, 2.0, 6.0, 0.9)
    foot = said.note("ankle_plantarflexion", "less", "left", phase="point")
    assert phrase_of(foot, tendu) is None


def test_every_phrase_that_can_be_said_is_said_of_some_note():
    told = {
        phrase
        for id, some in fits().used.items()
        for fit in some
        for measure in fit.measures
        for kind in fit.kinds
        for side in ("left", "right")
        for working in ("left", "right")
        for phrase in [_phrase(id, fit, measure, kind, side, working)]
    }
    assert told - {None} == set(spoken())


def _phrase(id, fit, measure, kind, side, working):
    attributes = {"direction": fit.direction}
    step = Step(id, working, 2.0, 6.0, 0.9, attributes=attributes)
    far = fit.limit if fit.limit == fit.limit else 50.0
    phase = fit.phases[0] if fit.phases else None
    values = (far - 5.0, far + 5.0)
    note = said.note(measure, kind, side, phase=phase, values=values)
    return phrase_of(note, step)
