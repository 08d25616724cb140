"""The moments of a movement that may be on the music, as they were danced."""

from __future__ import annotations

import pytest

from danced import Danced
from repetiteur.kinematics.movement import movement_of
from repetiteur.synthetic.barre import degage, grand_battement
from repetiteur.synthetic.jumps import changement, saute
from repetiteur.synthetic.steps import (
    battement_tendu,
    demi_plie,
    developpe,
    fifth_position,
    step_to,
)
from repetiteur.synthetic.turns import pirouette_en_dehors
from repetiteur.technique.musical_events import arrivals

LEFT = fifth_position("left")


def found(danced, kind):
    return [one for one in arrivals(danced.movement) if one.kind == kind]


def when(danced, name, number=0):
    return [time for pose, time in danced.phrase.moments() if pose == name][number]


def test_jumps_land():
    danced = Danced(LEFT, saute(0.4), changement("left", 0.5))
    first, second = (one.time_s for one in found(danced, "landing"))
    assert first == pytest.approx(when(danced, "saute.flight"), abs=0.005)
    assert second == pytest.approx(when(danced, "changement.beat"), abs=0.005)


def test_the_plie_before_a_jump_is_one_and_the_one_after_it_is_none():
    danced = Danced(LEFT, saute(0.4))
    (before,) = found(danced, "plie")
    assert before.time_s == pytest.approx(when(danced, "saute.plie"), abs=0.02)


@pytest.mark.parametrize("counts", [1.2, 2.0, 4.0])
def test_a_plie_is_deepest_at_its_bottom(counts):
    danced = Danced(LEFT, demi_plie(counts=counts))
    (bottom,) = found(danced, "plie")
    assert bottom.side is None
    assert bottom.time_s == pytest.approx(when(danced, "demi_plie.bottom"), abs=0.02)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("step", [degage, grand_battement])
def test_battements_have_a_top_and_a_closing(side, step):
    danced = Danced(fifth_position(side), step(side, "devant"))
    (top,), (closed,) = found(danced, "extension"), found(danced, "closing")
    name = step.__name__
    assert (top.side, closed.side) == (side, side)
    assert top.time_s == pytest.approx(when(danced, f"{name}.peak"), abs=0.02)
    last = when(danced, f"{name}.brush_in", -1)
    assert last - 0.15 < closed.time_s < last
    assert found(danced, "step") == []


def test_a_tendu_closes_and_has_no_top():
    danced = Danced(LEFT, battement_tendu("left"))
    (closed,) = found(danced, "closing")
    last = when(danced, "battement_tendu.brush_in")
    assert last - 0.15 < closed.time_s < last
    assert found(danced, "extension") == []


def test_a_leg_that_is_held_arrives_before_it_is_held():
    danced = Danced(LEFT, developpe("left", balance=3.0))
    (top,) = found(danced, "extension")
    arrival = when(danced, "developpe.extension")
    assert arrival - 0.5 < top.time_s < arrival + 0.02


def test_a_step_comes_down_and_does_not_close():
    danced = Danced(LEFT, step_to("left"))
    assert found(danced, "closing") == []


def test_a_turn_is_over_once():
    danced = Danced(LEFT, pirouette_en_dehors("left"))
    (end,) = found(danced, "turn")
    (turn,) = danced.movement.turns
    assert turn.end_s - 0.02 < end.time_s < turn.end_s + 0.2


def test_who_stands_arrives_nowhere():
    assert arrivals(Danced(LEFT).movement) == ()


def test_in_a_mirror_the_other_leg_arrives_at_the_same_moments():
    danced = Danced(LEFT, degage("left", "devant"), saute(0.4), step_to("left"))
    here = arrivals(danced.movement)
    there = arrivals(movement_of(danced.body.mirrored()))
    other = {"left": "right", "right": "left", None: None}
    assert len(here) >= 4
    assert [one.kind for one in there] == [one.kind for one in here]
    assert [one.side for one in there] == [other[one.side] for one in here]
    times = [one.time_s for one in here]
    assert [one.time_s for one in there] == pytest.approx(times, abs=1e-3)
