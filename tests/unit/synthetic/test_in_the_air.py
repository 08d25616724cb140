"""Every jump and linking step: which feet leave and land, and how the body flies."""

from functools import cache

import numpy as np
import pytest

from danced import OTHER, SIGN, Danced
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of, mirrored
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic.jumps import sissonne, soubresaut, tour_en_lair
from repetiteur.synthetic.leaps import (
    assemble,
    cabriole,
    grand_jete,
    jete_petit,
    pas_de_chat,
    saut_de_basque,
    temps_leve,
)
from repetiteur.synthetic.links import (
    balance_waltz,
    chasse,
    glissade,
    pas_de_bourree,
    run,
    walk,
)
from repetiteur.synthetic.steps import close_fifth, fifth_position

SIDES = ("left", "right")


#: From fifth to fifth, for a side and the other one: what is danced, in seconds, with
#: the feet that leave and land of each flight.
DANCED = {
    "soubresaut": (
        lambda s, o: (fifth_position(s), soubresaut(s, 0.42)), ["both both"], 0.42,
    ),
    "tour_en_lair": (
        lambda s, o: (fifth_position(s), tour_en_lair(s, to=s, flight=0.5)),
        ["both both"], 0.5,
    ),
    "sissonne_devant": (
        lambda s, o: (fifth_position(s), sissonne(s, "devant"), close_fifth(s, s)),
        ["both o"], 0.45,
    ),
    "sissonne_seconde": (
        lambda s, o: (fifth_position(s), sissonne(s, "seconde"), close_fifth(s, o)),
        ["both o"], 0.45,
    ),
    "sissonne_derriere": (
        lambda s, o: (fifth_position(o), sissonne(s), close_fifth(s, o)),
        ["both o"], 0.45,
    ),
    "sissonne_fermee_devant": (
        lambda s, o: (fifth_position(s), sissonne(s, "devant", "fermee")),
        ["both o"], 0.45,
    ),
    "sissonne_fermee_seconde": (
        lambda s, o: (fifth_position(s), sissonne(s, "seconde", "fermee")),
        ["both o"], 0.45,
    ),
    "sissonne_fermee_derriere": (
        lambda s, o: (fifth_position(o), sissonne(s, "derriere", "fermee")),
        ["both o"], 0.45,
    ),
    "assemble_dessus": (
        lambda s, o: (fifth_position(o), assemble(s)), ["o both"], 0.4,
    ),
    "assemble_dessous": (
        lambda s, o: (fifth_position(s), assemble(s, close=o, flight=0.5)),
        ["o both"], 0.5,
    ),
    "assemble_devant": (
        lambda s, o: (fifth_position(s), assemble(s, "devant")), ["o both"], 0.4,
    ),
    "assemble_derriere": (
        lambda s, o: (fifth_position(o), assemble(s, "derriere")), ["o both"], 0.4,
    ),
    "jete_dessus": (
        lambda s, o: (fifth_position(o), jete_petit(s), close_fifth(o, s)),
        ["o s"], 0.38,
    ),
    "jete_dessous": (
        lambda s, o: (fifth_position(s), jete_petit(s, "dessous"), close_fifth(o, o)),
        ["o s"], 0.38,
    ),
    "temps_leve": (
        lambda s, o: (fifth_position(s), temps_leve(s, flight=0.3), close_fifth(s, s)),
        ["o o"], 0.3,
    ),
    "temps_leve_derriere": (
        lambda s, o: (fifth_position(o), temps_leve(s, "derriere"), close_fifth(s, o)),
        ["o o"], 0.35,
    ),
    "temps_leve_arabesque": (
        lambda s, o: (fifth_position(o), temps_leve(s, "arabesque"), close_fifth(s, o)),
        ["o o"], 0.35,
    ),
    "cabriole_devant": (
        lambda s, o: (fifth_position(s), cabriole(s), close_fifth(s, s)), ["o o"], 0.48,
    ),
    "cabriole_derriere": (
        lambda s, o: (fifth_position(o), cabriole(s, "derriere"), close_fifth(s, o)),
        ["o o"], 0.48,
    ),
    "grand_jete": (
        lambda s, o: (fifth_position(s), grand_jete(s), close_fifth(o, s)),
        ["o s"], 0.55,
    ),
    "saut_de_chat": (
        lambda s, o: (
            fifth_position(s), grand_jete(s, "saut_de_chat", flight=0.6),
            close_fifth(o, s),
        ),
        ["o s"], 0.6,
    ),
    "saut_de_basque": (
        lambda s, o: (fifth_position(s), saut_de_basque(s), close_fifth(o, o)),
        ["o s"], 0.5,
    ),
    "pas_de_chat": (
        lambda s, o: (fifth_position(o), pas_de_chat(s)), ["o s"], 0.42,
    ),
    "glissade": (lambda s, o: (fifth_position(o), glissade(s)), ["o s"], 0.14),
    "glissade_devant": (
        lambda s, o: (fifth_position(s), glissade(s, "devant")), ["o s"], 0.14,
    ),
    "glissade_derriere": (
        lambda s, o: (fifth_position(o), glissade(s, "derriere")), ["o s"], 0.14,
    ),
    "pas_de_bourree": (lambda s, o: (fifth_position(s), pas_de_bourree(s)), [], None),
    "pas_de_bourree_dessus": (
        lambda s, o: (fifth_position(o), pas_de_bourree(s, "dessus")), [], None,
    ),
    "balance_waltz": (
        lambda s, o: (fifth_position(s), balance_waltz(s), close_fifth(o, s)), [], None,
    ),
    "chasse": (lambda s, o: (fifth_position(s), chasse(s)), [], None),
    "chasse_seconde": (
        lambda s, o: (fifth_position(s), chasse(s, "a_terre", "seconde")), [], None,
    ),
    "chasse_saute": (
        lambda s, o: (fifth_position(s), chasse(s, "saute")), ["s o"], 0.3,
    ),
    "chasse_saute_seconde": (
        lambda s, o: (fifth_position(s), chasse(s, "saute", "seconde")),
        ["s o"], 0.3,
    ),
    "walk": (lambda s, o: (fifth_position(s), walk(s, 3), close_fifth(o, s)), [], None),
    "run": (
        lambda s, o: (fifth_position(s), run(s, 2), close_fifth(s, s)),
        ["o s", "s o"], 0.12,
    ),
}  # fmt: skip

#: These end with the other side in front.
OTHER_IN_FRONT = {
    "tour_en_lair", "sissonne_seconde", "sissonne_derriere", "sissonne_fermee_seconde",
    "sissonne_fermee_derriere", "assemble_dessous", "assemble_derriere",
    "jete_dessous", "temps_leve_derriere", "temps_leve_arabesque",
    "cabriole_derriere", "saut_de_basque", "pas_de_chat", "glissade",
    "glissade_derriere", "pas_de_bourree",
}  # fmt: skip


def steps_of(name, side):
    return DANCED[name][0](side, OTHER[side])


@cache
def danced_by(name, side):
    return Danced(*steps_of(name, side), fps=120.0)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", DANCED)
def test_the_feet_that_leave_and_land(name, side):
    danced = danced_by(name, side)
    feet = {"s": side, "o": OTHER[side], "both": "both"}
    expected = [tuple(feet[foot] for foot in way.split()) for way in DANCED[name][1]]
    flights = danced.movement.flights
    assert [(f.from_feet, f.to_feet) for f in flights] == expected
    assert danced.movement.airborne == flights
    for flight in flights:
        assert flight.time_s == pytest.approx(DANCED[name][2], abs=0.012)
    assert danced.lowest > -0.016
    assert danced.fastest < 16.0


@pytest.mark.parametrize(("tempo", "stature"), [(0.7, 1.8), (1.4, 1.2)])
@pytest.mark.parametrize("name", [name for name in DANCED if name != "run"])
def test_at_any_size_and_tempo_they_are_the_same_feet(name, tempo, stature):
    phrase = Phrase.of(*steps_of(name, "left"))
    poses = dance(phrase, Dancer(stature), tempo=tempo, heading=-40.0)
    feet = {"left": "s", "right": "o", "both": "both"}
    found = movement_of(body_of(poses)).airborne
    assert [f"{feet[f.from_feet]} {feet[f.to_feet]}" for f in found] == DANCED[name][1]


@pytest.mark.parametrize("name", DANCED)
def test_the_other_side_is_the_mirror_image(name):
    left, right = (dance(Phrase.of(*steps_of(name, side))) for side in SIDES)
    other = mirrored(right).position.sel(keypoint=left.keypoint)
    np.testing.assert_allclose(left.position, other, atol=1e-7)


@pytest.mark.parametrize("name", [name for name in DANCED if DANCED[name][1]])
def test_in_the_air_the_body_falls_freely(name):
    danced = danced_by(name, "left")
    for flight in danced.movement.flights:
        aloft = danced.movement.mass[flight.start + 2 : flight.end - 2]
        fall = np.diff(aloft, 2, axis=0) * danced.fps**2
        np.testing.assert_allclose(fall, [[0.0, -9.81, 0.0]] * len(fall), atol=1e-5)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", DANCED)
def test_each_ends_in_fifth_with_the_foot_in_front_that_it_says(name, side):
    danced = danced_by(name, side)
    front = OTHER[side] if name in OTHER_IN_FRONT else side
    apart = danced.body[f"{front}_heel"][-1] - danced.body[f"{OTHER[front]}_heel"][-1]
    length, turnout = Dancer().metres("foot"), np.radians(Dancer().turnout_left)
    crossed = -SIGN[front] * apart[0] / (length * np.sin(turnout))
    assert crossed == pytest.approx(0.85, abs=0.01)
    gap = apart[2] / length - crossed * np.cos(turnout)
    assert gap == pytest.approx(0.25, abs=0.01)
    assert apart[1] == pytest.approx(0.0, abs=0.002)


@pytest.mark.parametrize("name", [name for name in DANCED if DANCED[name][1]])
def test_in_the_air_both_feet_are_stretched(name):
    danced = danced_by(name, "left")
    for flight in danced.movement.flights:
        middle = (flight.start + flight.end) // 2
        assert min(danced.pointed(side)[middle] for side in SIDES) > 65.0
