"""Names: the same geometry, another school's words."""

from __future__ import annotations

import pytest

from repetiteur.kinematics.hands import POSITIONS
from repetiteur.steps.schools import (
    SCHOOLS,
    arms,
    called,
    details,
    english,
    name,
    place,
)
from repetiteur.steps.step import Step
from repetiteur.steps.vocabulary import vocabulary

ARMS = ("low", "front", "side", "front_side", "up_side", "up_front", "up")
#: Degrees to the dancer's left, and the number that each school has there.
ROOM = {
    0: ("1", "5", "1"), -45: ("2", "1", ""), -90: ("3", "8", "2"),
    -135: ("4", "4", ""), 180: ("5", "7", "3"), 135: ("6", "3", ""),
    90: ("7", "6", "4"), 45: ("8", "2", ""),
}  # fmt: skip


def danced(id="developpe", side="left", **attributes):
    return Step(id, side, 1.0, 2.0, 0.9, attributes=attributes)


@pytest.mark.parametrize("id", vocabulary())
def test_every_step_has_a_name_and_a_meaning(id):
    for said in (name(id), english(id)):
        assert said
        assert not set(said) & set("()/_")
    for school in (None, *SCHOOLS):
        assert called(danced(id), school)


@pytest.mark.parametrize("heading", ROOM)
def test_places_of_the_room(heading):
    for school, number in zip(SCHOOLS, (*ROOM[heading], ""), strict=True):
        for off in (-22.0, 0.0, 22.0, 360.0):
            assert place(heading + off, school) == number
    assert place(heading)


def test_the_numbers_of_a_school_are_all_different():
    for school in ("vaganova", "cecchetti"):
        numbers = [place(heading, school) for heading in ROOM]
        assert sorted(numbers) == [str(n) for n in range(1, 9)]


def test_every_position_of_the_arms_that_is_told_has_words():
    assert set(POSITIONS) == set(ARMS)


@pytest.mark.parametrize("id", ARMS)
def test_arms_are_said_in_every_school(id):
    for school in (None, *SCHOOLS):
        (said,) = details(danced(arms=id), school)
        assert said.startswith("arms ")
        assert (arms(id, school) or arms(id)) in said


def test_no_two_positions_of_the_arms_have_one_name_in_a_school():
    for school in SCHOOLS:
        names = [arms(id, school) for id in ARMS if arms(id, school)]
        assert len(names) == len(set(names)) >= 5


@pytest.mark.parametrize(
    ("id", "way", "has_it"),
    [
        ("arabesque_3", "vaganova", {"vaganova"}),
        ("arabesque_3", "cecchetti_rad", {"cecchetti", "rad"}),
        ("arabesque_4", "vaganova", {"vaganova"}),
        ("arabesque_4", "cecchetti", {"cecchetti"}),
    ],
)
def test_an_arabesque_has_a_number_where_the_school_has_one(id, way, has_it):
    assert way in vocabulary()[id].either
    for school in SCHOOLS:
        numbered = called(danced(id, way=way), school) == name(id)
        assert numbered == (school in has_it)


def test_what_was_not_seen_is_not_said():
    blank = {"arms": "", "turns": float("nan"), "heading_deg": "no", "facing": "?"}
    assert details(danced(**blank), "vaganova") == ()
    assert details(danced()) == ()


def test_the_sense_is_said_where_the_name_does_not():
    assert details(danced("pirouette_en_dehors", sense="en_dehors")) == ()
    assert details(danced("rond_de_jambe_a_terre", sense="en_dedans")) == ("en dedans",)


def test_a_direction_belongs_to_legs_that_go_somewhere():
    assert called(danced("attitude", direction="derriere")) == "Attitude derrière"
    assert called(danced("penche", direction="derriere")) == "Arabesque penchée"
