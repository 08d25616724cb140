"""Each step of the vocabulary danced from fifth to fifth."""

from itertools import pairwise

import numpy as np
import pytest

from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.steps import vocabulary
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.dancer import SIGN, STANDARD
from repetiteur.synthetic.outside import OUTSIDE
from repetiteur.synthetic.passages import Here
from repetiteur.synthetic.repertory import PASSAGES
from repetiteur.synthetic.steps import fifth_position

#: Feet that a flight leaves and lands on, and how many flights.
FLIGHTS = {
    **dict.fromkeys(
        (
            "changement", "soubresaut", "entrechat_quatre", "entrechat_six",
            "tour_en_lair",
        ),
        (2, 2, 1),
    ),
    "echappe_saute": (2, 2, 2),
    "sissonne": (2, 1, 1),
    "assemble": (1, 2, 1),
    **dict.fromkeys(
        (
            "jete_petit", "temps_leve", "cabriole", "saut_de_basque", "pas_de_chat",
        ),
        (1, 1, 1),
    ),
}  # fmt: skip
MAY_FLY = {*FLIGHTS, "saute", "grand_jete", "glissade", "chasse"}
TURNS = {
    "pirouette_en_dehors", "pirouette_en_dedans", "fouette",
    "grande_pirouette_seconde", "chaines", "pique_turn", "tour_en_lair",
    "saut_de_basque",
}  # fmt: skip


def passage(name, front="left", seed=0, heading=0.0):
    return PASSAGES[name](Here(front, heading, np.random.default_rng(seed)))


def body(front, *steps, heading=0.0):
    phrase = Phrase.of(fifth_position(front, counts=0.5), *steps)
    return body_of(dance(phrase, heading=heading))


def danced(name, front="left", seed=0):
    one = passage(name, front, seed)
    return one, body(front, *(part.poses for part in one.parts))


def in_fifth(shown, front, frame):
    """Crossed share and gap of the front heel, foot lengths."""
    back = "right" if front == "left" else "left"
    line = (shown["left_hip"] - shown["right_hip"])[frame]
    left = np.array([line[0], line[2]]) / np.hypot(line[0], line[2])
    ahead = np.array([-left[1], left[0]])
    heel = {s: shown[f"{s}_heel"][frame][[0, 2]] for s in ("left", "right")}
    apart = (heel[front] - heel[back]) / STANDARD.metres("foot")
    turn = np.radians(STANDARD.turnout(back))
    crossed = SIGN[back] * apart @ left / np.sin(turn)
    return crossed, apart @ ahead - crossed * np.cos(turn)


def test_every_step_of_the_vocabulary_has_a_passage_and_nothing_else_has():
    assert set(PASSAGES) == set(vocabulary())


@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_begins_and_ends_in_fifth(name):
    for seed, front in enumerate(("left", "right")):
        one, shown = danced(name, front, seed)
        for frame, before in ((0, front), (-1, one.front)):
            crossed, gap = in_fifth(shown, before, frame)
            assert crossed == pytest.approx(0.85, abs=0.02)
            assert gap == pytest.approx(0.25, abs=0.02)
        for side in ("left", "right"):
            assert abs(shown[f"{side}_heel"][-1, 1]) < 2e-3
            assert abs(shown[f"{side}_toe"][-1, 1]) < 2e-3


@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_says_where_its_step_is(name):
    for seed in range(4):
        one = passage(name, seed=seed)
        told = [part for part in one.parts if name in (part.id, part.beside)]
        if name == "adagio":
            told = [part for part in one.parts if part.id]
            assert len(told) == 2
        assert told
        for part in told:
            step = name if part.beside == name else part.id
            assert all(pose.name.startswith(f"{step}.") for pose in part.poses)


@pytest.mark.parametrize("name", [*sorted(TURNS), "arabesque_3", "battement_tendu"])
def test_a_passage_knows_how_far_it_turns(name):
    one, shown = danced(name, seed=3)
    line = shown["left_hip"] - shown["right_hip"]
    heading = np.degrees(np.unwrap(np.arctan2(-line[:, 2], line[:, 0])))
    assert heading[-1] - heading[0] == pytest.approx(one.turn, abs=0.5)


@pytest.mark.parametrize("name", FLIGHTS)
def test_a_jump_leaves_and_lands_on_its_feet(name):
    one, shown = danced(name, "right", 1)
    leaves, lands, number = FLIGHTS[name]
    flights = movement_of(shown).flights
    assert len(flights) == number * sum(part.id == name for part in one.parts)
    for flight in flights:
        assert (flight.from_feet == "both") == (leaves == 2)
        assert (flight.to_feet == "both") == (lands == 2)


@pytest.mark.parametrize("name", sorted(set(PASSAGES) - MAY_FLY))
def test_nothing_else_leaves_the_floor(name):
    _, shown = danced(name, "right", 2)
    assert not movement_of(shown).airborne


@pytest.mark.parametrize("front", ["left", "right"])
@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_outside_ends_in_fifth_and_is_not_turned_out(name, front):
    rng = np.random.default_rng(4)
    shown = body(front, OUTSIDE[name](front, rng))
    assert in_fifth(shown, front, -1)[0] == pytest.approx(0.85, abs=0.02)
    feet = [shown[f"{s}_toe"] - shown[f"{s}_heel"] for s in ("left", "right")]
    away = [np.degrees(np.arctan2(foot[:, 0], foot[:, 2])) for foot in feet]
    between = (away[0] - away[1] + 180.0) % 360.0 - 180.0
    third = len(between) // 3
    assert np.median(between[third:-third]) < 45.0


def test_poses_of_all_passages_take_time_and_are_named():
    for name in PASSAGES:
        poses = [pose for part in passage(name, seed=5).parts for pose in part.poses]
        assert min(pose.counts for pose in poses) > 0.0
        assert all("." in pose.name for pose in poses)
        for before, after in pairwise(poses):  # a flight ends on a foot
            if before.feet == "none":
                assert after.aloft
