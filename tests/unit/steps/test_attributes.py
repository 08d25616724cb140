"""What is said of a step beside its name, on either side."""

import pytest

from named import OTHER, passage
from repetiteur.kinematics.hands import POSITIONS
from repetiteur.steps.vocabulary import vocabulary

#: A step of each kind with a working leg, or a foot in front.
SIDED = (
    "third_position", "fourth_position", "fifth_position", "battement_tendu", "fondu",
    "degage", "retire", "arabesque_1", "attitude", "penche",
    "promenade", "pirouette_en_dehors", "pirouette_en_dedans", "fouette",
    "grande_pirouette_seconde", "chaines", "pique_turn", "changement", "soubresaut",
    "entrechat_six", "echappe_saute", "tour_en_lair", "assemble", "jete_petit",
    "sissonne", "temps_leve", "cabriole", "grand_jete", "saut_de_basque",
    "pas_de_chat", "pas_de_bourree",
)  # fmt: skip
#: Those that both sides dance alike.
UNSIDED = ("first_position", "second_position", "demi_plie", "saute")


def found(id, front="left", **how):
    """The step of that name which is told first."""
    shown = passage(id, front, **how)
    return next(s for s in shown.steps if s.id == id)


@pytest.mark.parametrize("id", SIDED)
def test_the_other_side_is_the_other_side(id):
    one, other = found(id, "left"), found(id, "right")
    assert one.side in OTHER
    assert other.side == OTHER[one.side]


@pytest.mark.parametrize("id", UNSIDED)
def test_what_both_legs_do_has_no_side(id):
    assert found(id, "left").side is found(id, "right").side is None


@pytest.mark.parametrize("id", ["fifth_position", "third_position", "fourth_position"])
@pytest.mark.parametrize("front", ["left", "right"])
def test_the_side_of_a_position_is_the_front_foot(id, front):
    assert found(id, front).side == front


@pytest.mark.parametrize("front", ["left", "right"])
def test_the_side_of_a_jump_is_the_foot_in_front_after_it(front):
    assert found("changement", front).side == OTHER[front]
    assert found("entrechat_six", front).side == OTHER[front]
    assert found("soubresaut", front).side == front
    assert found("entrechat_quatre", front).side == front


@pytest.mark.parametrize("heading", [-30.0, 0.0, 45.0, 120.0])
def test_where_the_dancer_faces(heading):
    step = found("fifth_position", heading=heading)
    assert step.attributes["heading_deg"] == pytest.approx(heading, abs=1.0)


@pytest.mark.parametrize(
    ("heading", "facing"),
    [(0.0, "en_face"), (45.0, "efface"), (-45.0, "croise"), (90.0, "profile"),
     (180.0, "dos")],
)  # fmt: skip
@pytest.mark.parametrize("front", ["left", "right"])
def test_the_name_of_that(heading, facing, front):
    sign = 1.0 if front == "left" else -1.0
    step = found("fifth_position", front, heading=sign * heading)
    assert step.attributes["facing"] == facing


@pytest.mark.parametrize("seed", range(4))
def test_direction_and_height_of_a_leg(seed):
    shown = passage("developpe", seed=seed)
    step = next(step for step in shown.steps if step.id == "developpe")
    inside = [
        one
        for one in shown.of("leg")
        if step.start_s - 0.1 <= shown.scene.time[one.start] <= step.end_s
    ]
    ((first, last),) = max(inside, key=lambda one: one.end - one.start).spans("peak")
    height = shown.scene.angle(f"{step.side}_leg_elevation")[first : last + 1]
    assert step.attributes["height_deg"] == pytest.approx(height.max(), abs=5.0)
    assert 80.0 < step.attributes["height_deg"] < 110.0
    way = shown.scene.angle(f"{step.side}_leg_azimuth")[(first + last) // 2]
    wanted = {0: "devant", 1: "seconde", 2: "derriere"}[round(way / 90.0)]
    assert step.attributes["direction"] == wanted


@pytest.mark.parametrize("id", ["pirouette_en_dehors", "pirouette_en_dedans"])
@pytest.mark.parametrize("front", ["left", "right"])
def test_sense_and_number_of_turns(id, front):
    step = found(id, front)
    assert step.attributes["sense"] == id.removeprefix("pirouette_")
    assert step.attributes["turns"] in (1.0, 2.0)


@pytest.mark.parametrize("id", ["fouette", "chaines", "grande_pirouette_seconde"])
def test_turns_of_a_series(id):
    step = found(id)
    assert step.attributes["turns"] >= 2.0
    assert ("sense" in step.attributes) == (id != "chaines")


def test_arms_and_ways():
    assert found("arabesque_3").attributes.get("way") == "vaganova"
    told = {
        step.attributes["arms"]
        for id in ("fifth_position", "developpe", "pirouette_en_dehors")
        for step in passage(id).steps
        if "arms" in step.attributes
    }
    assert told
    assert told <= set(POSITIONS)


@pytest.mark.parametrize("id", vocabulary())
def test_what_is_said_is_one_of_the_things_that_are_said(id):
    for step in passage(id).steps:
        assert set(step.attributes) <= {
            "way", "facing", "heading_deg", "arms", "direction", "height_deg",
            "sense", "turns",
        }  # fmt: skip
        if vocabulary()[step.id].either:
            assert step.attributes["way"] in vocabulary()[step.id].either
        else:
            assert "way" not in step.attributes
