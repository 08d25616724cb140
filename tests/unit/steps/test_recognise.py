"""What is named: in the order of recognition, each stretch of time for one step."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from named import Named, passage
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.steps.judging import Reader, Verdict
from repetiteur.steps.recognise import (
    APART_S,
    Candidate,
    chosen,
    phrases,
    recognise,
)
from repetiteur.steps.step import Step
from repetiteur.steps.stretches import Stretch
from repetiteur.steps.vocabulary import vocabulary
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.keyposes import KeyPose
from repetiteur.synthetic.steps import (
    close_fifth,
    demi_plie,
    fifth_position,
    first_position,
    retire,
)

FRAMES = 100
#: A step of each kind.
OF = {
    "flight": "changement", "leg": "degage", "bend": "demi_plie", "rise": "releve",
    "pose": "retire", "stance": "fifth_position", "arms": "port_de_bras",
    "turn": "pirouette_en_dehors", "travel": "chasse", "walk": "pas_de_bourree",
}  # fmt: skip


@pytest.fixture(scope="module")
def scene():
    return passage("fifth_position").scene


@pytest.fixture
def maybe(scene):
    """A stretch that may be a step: ``maybe("leg", 10, 30, score=0.9)``."""

    def one(kind, start, end, score=0.9):
        marks = {"hold": ((start, end),)}
        stretch = Stretch(kind, start, end, None, marks)
        verdict = Verdict(vocabulary()[OF[kind]], stretch, (), score)
        return Candidate(stretch, (verdict,), Reader(scene, stretch))

    return one


def names(found):
    return [one.best.entry.id for one in found]


def test_what_a_jump_explains_is_not_named_again(maybe):
    jump, leg, bend = (
        maybe("flight", 10, 50),
        maybe("leg", 20, 40),
        maybe("bend", 8, 20),
    )
    assert names(chosen([leg, bend, jump], FRAMES)) == ["changement"]
    assert names(chosen([leg, bend], FRAMES)) == ["degage", "demi_plie"]


def test_what_lies_beside_a_jump_is_named(maybe):
    jump, leg = maybe("flight", 10, 50), maybe("leg", 55, 80)
    assert set(names(chosen([leg, jump], FRAMES))) == {"changement", "degage"}


@pytest.mark.parametrize("kind", ["flight", "turn"])
def test_a_jump_or_turn_without_a_name_has_its_plies_all_the_same(maybe, kind):
    unknown, bend = maybe(kind, 10, 50, score=0.1), maybe("bend", 10, 30)
    assert chosen([unknown, bend], FRAMES) == []
    assert names(chosen([bend], FRAMES)) == ["demi_plie"]


def test_the_low_jump_of_a_glissade_is_part_of_it(maybe):
    unknown, travel = maybe("flight", 20, 40, score=0.1), maybe("travel", 10, 50)
    assert names(chosen([unknown, travel], FRAMES)) == ["chasse"]


@pytest.mark.parametrize("kind", ["bend", "rise"])
def test_bends_that_partly_belong_to_another_step_are_none(maybe, kind):
    for far, wanted in ((40, 1), (62, 2)):
        leg, other = maybe("leg", 10, 49), maybe(kind, far, far + 19)
        assert len(chosen([leg, other], FRAMES)) == wanted


def test_what_is_not_likely_has_no_name(maybe):
    assert chosen([maybe("leg", 10, 40, score=0.49)], FRAMES) == []
    assert len(chosen([maybe("leg", 10, 40, score=0.51)], FRAMES)) == 1


def test_of_two_at_once_the_surer_one_is_named(maybe):
    sure, less = maybe("leg", 10, 40, score=0.95), maybe("leg", 15, 45, score=0.8)
    assert chosen([less, sure], FRAMES) == [sure]


def test_of_two_poses_the_longer_one_is_named(maybe):
    long, short = maybe("pose", 10, 60, score=0.8), maybe("pose", 50, 60, score=0.95)
    assert chosen([short, long], FRAMES) == [long]


def test_a_position_is_trimmed_to_what_no_step_takes(maybe):
    stance, leg = maybe("stance", 0, 60), maybe("leg", 40, 80)
    for one in chosen([stance, leg], FRAMES):
        if one.best.entry.id == "fifth_position":
            assert (one.stretch.start, one.stretch.end) == (0, 39)
            assert one.stretch.spans("hold") == ((0, 39),)
            break
    else:
        pytest.fail("the position was not named")


def test_the_arms_go_beside_a_position_and_not_in_a_step(maybe):
    arms, stance, jump = (maybe(k, 10, 60) for k in ("arms", "stance", "flight"))
    assert set(names(chosen([arms, stance], FRAMES))) == {
        "port_de_bras", "fifth_position",
    }  # fmt: skip
    assert names(chosen([arms, jump], FRAMES)) == ["changement"]


# ---------- phrases ----------


def slow(start, end, id="developpe", side="left"):
    return Step(id, side, start, end, 0.9)


def poses(scene, *steps):
    return [len(one.spans("poses")) for one in phrases(scene, steps)]


def test_slow_steps_one_after_another_are_a_phrase(scene):
    assert poses(scene) == []
    assert poses(scene, slow(0, 3)) == [1]
    assert poses(scene, slow(0, 3), slow(4, 7, "attitude")) == [2]


def test_positions_and_ways_do_not_end_a_phrase(scene):
    held, way = slow(3, 4, "fifth_position"), slow(3, 4, "battement_tendu")
    for between in (held, way):
        assert poses(scene, slow(0, 3), between, slow(4, 7)) == [2]


@pytest.mark.parametrize("id", ["changement", "chaines", "pas_de_bourree", "chasse"])
def test_a_quick_step_ends_a_phrase(scene, id):
    assert poses(scene, slow(0, 3), slow(3, 4, id), slow(4, 7)) == [1, 1]


def test_a_long_rest_ends_a_phrase(scene):
    later = 3 + APART_S
    assert poses(scene, slow(0, 3), slow(later - 0.1, 20)) == [2]
    assert poses(scene, slow(0, 3), slow(later + 0.1, 20)) == [1, 1]


# ---------- danced ----------


@pytest.mark.parametrize(
    "id", ["changement", "assemble", "sissonne", "pirouette_en_dehors", "grand_jete"]
)
def test_a_step_with_its_plies_is_one_step(id):
    found = [n for n in passage(id).names if n != "fifth_position"]
    assert found == [id]


def test_a_pose_that_is_held_is_one_pose():
    shown = passage("equilibre")
    assert shown.names.count("equilibre") == 1


def test_a_phrase_lies_beside_its_steps():
    shown = passage("adagio")
    (phrase,) = (step for step in shown.steps if step.id == "adagio")
    inside = [
        step
        for step in shown.steps
        if phrase.start_s <= step.start_s and step.end_s <= phrase.end_s
    ]
    assert len(inside) >= 3
    assert not [step.id for step in passage("developpe").steps if step.id == "adagio"]


def test_a_position_is_held_between_two_steps_and_not_in_them():
    shown = passage("changement")
    jump = next(step for step in shown.steps if step.id == "changement")
    held = [step for step in shown.steps if step.id == "fifth_position"]
    assert [step.side for step in held] == ["left", "right"]
    for step in held:
        within = min(step.end_s, jump.end_s) - max(step.start_s, jump.start_s)
        assert within < 0.1


@pytest.mark.parametrize("id", ["changement", "developpe", "chaines", "adagio"])
def test_no_time_is_named_twice_but_beside(id):
    shown = passage(id)
    beside = {"adagio", "port_de_bras"}
    steps = [step for step in shown.steps if step.id not in beside]
    for one, two in pairwise(steps):
        shared = min(one.end_s, two.end_s) - two.start_s
        assert shared <= 0.5 * min(one.end_s - one.start_s, two.end_s - two.start_s)


@pytest.mark.parametrize("id", ["third_position", "saute", "developpe", "retire"])
def test_reasons_and_a_runner_up(id):
    for step in passage(id).steps:
        assert step.because
        assert all(said and "\n" not in said for said in step.because)
        if step.undecided:
            assert step.runner_up
        assert step.runner_up is None or step.runner_up in vocabulary()


def test_too_short_to_tell():
    shown = passage("changement")
    body = replace(
        shown.body,
        time=shown.body.time[:2],
        points={name: place[:2] for name, place in shown.body.points.items()},
    )
    assert recognise(movement_of(body)) == ()


def test_the_same_twice_is_the_same():
    shown = passage("assemble")
    assert recognise(shown.movement) == shown.steps


def test_two_plies_are_two_and_no_grand_plies():

    for step in (fifth_position("left"), first_position()):
        phrase = Phrase.of(step, demi_plie(counts=3.0), demi_plie(counts=3.0))
        found = Named(body_of(dance(phrase)))
        assert found.names.count("demi_plie") == 2
        assert "grand_plie" not in found.names
    assert np.isfinite([step.confidence for step in found.steps]).all()


def test_a_pose_that_is_shifted_is_one_pose():
    """The leg moves a little, twice, and stays: two holds, one name."""
    front = "left"
    shift = (
        KeyPose("retire.shift", 0.7, {"left_height": 40.0}),
        KeyPose("retire.hold", 1.2),
        KeyPose("retire.shift", 0.7, {"left_height": 16.0}),
        KeyPose("retire.hold", 1.2),
    )
    phrase = Phrase.of(
        fifth_position(front),
        retire(front, balance=1.5),
        shift,
        close_fifth(front, front),
    )
    found = Named(body_of(dance(phrase)))
    assert len(found.of("pose")) >= 2
    (pose,) = (step for step in found.steps if "pose" in vocabulary()[step.id].kinds)
    assert pose.side == front
    assert pose.end_s - pose.start_s > 3.0
