"""What the synthetic dancer dances for the picture of each step, and what is drawn."""

from dataclasses import dataclass

from repetiteur.synthetic import (
    barre,
    jumps,
    leaps,
    links,
    poses,
    stances,
    steps,
    turns,
)
from repetiteur.synthetic.keyposes import KeyPose
from repetiteur.synthetic.piques import pique_turn


@dataclass(frozen=True)
class Picture:
    """What is danced, from where it is seen, and which moments are drawn.

    Attributes
    ----------
    steps : tuple of Step
    shown : tuple of (str, float)
        Phases, and the share of each that has passed; by default the middle of all.
    view : str
    heading : float
        Degrees to the dancer's left, at the beginning.
    leg : str
        The leg that is marked, where it is not the step's side; "none" for none.
    above : str
        A plan of the floor: of the ``feet``, or with the path of the ``mass`` or of the
        working ``toe``.
    """

    steps: tuple
    shown: tuple = ()
    view: str = "three quarters"
    heading: float = 0.0
    leg: str = ""
    above: str = ""


FIFTH, FIFTH_RIGHT = steps.fifth_position("left"), steps.fifth_position("right")
FIRST = steps.first_position()
#: Onto the right leg, the left behind with its toe on the floor; and back to fifth.
BEHIND = (FIFTH_RIGHT, steps.step_to("right"))
CLOSE = steps.close_fifth("left", "right")
HELD = (("enter", 0.0), ("hold", 0.5), ("leave", 1.0))
LANDS = (("plie", 0.5), ("flight", 0.5), ("landing", 0.5))
STILL = (KeyPose("fifth_position.hold", 0.6),)

PICTURES = {
    "first_position": Picture((steps.first_position(counts=2.0),), above="feet"),
    "second_position": Picture((stances.second_position(counts=2.0),), above="feet"),
    "third_position": Picture((stances.third_position(counts=2.0),), above="feet"),
    "fourth_position": Picture((stances.fourth_position(counts=2.0),), above="feet"),
    "fifth_position": Picture((steps.fifth_position(counts=2.0),), above="feet"),
    "demi_plie": Picture(
        (FIRST, steps.demi_plie()), (("start", 0.0), ("bottom", 0.5), ("end", 1.0))
    ),
    "grand_plie": Picture(
        (FIRST, stances.grand_plie()),
        (("start", 0.0), ("descend", 0.5), ("bottom", 0.5), ("ascend", 0.5)),
    ),
    "battement_tendu": Picture(
        (FIFTH, steps.battement_tendu("left", "seconde"), STILL)
    ),
    "degage": Picture((FIFTH, barre.degage("left", "seconde", 40.0), STILL)),
    "rond_de_jambe_a_terre": Picture(
        (FIFTH, barre.rond_de_jambe_a_terre("left", number=2), CLOSE),
        above="toe",
    ),
    "rond_de_jambe_en_lair": Picture(
        (FIFTH, barre.rond_de_jambe_en_lair("left", number=1), CLOSE),
    ),
    "frappe": Picture((FIFTH, barre.frappe("left", "seconde", 2), CLOSE)),
    "fondu": Picture((FIFTH, barre.fondu("left", "devant", 50.0), CLOSE)),
    "developpe": Picture(
        (FIFTH, steps.developpe("left", "seconde"), CLOSE),
        (("cou_de_pied", 0.5), ("retire", 0.5), ("attitude", 0.6),
         ("extension", 0.5), ("lower", 0.7)),
    ),
    "grand_battement": Picture(
        (FIFTH, barre.grand_battement("left", "devant"), STILL), view="side"
    ),
    "cou_de_pied": Picture((FIFTH, barre.cou_de_pied("left"), CLOSE)),
    "retire": Picture(
        (FIFTH, steps.retire("left", balance=1.5), CLOSE),
        (("draw_up", 0.5), ("hold", 0.5), ("close", 0.5)),
    ),
    "releve": Picture((FIRST, steps.releve())),
    "adagio": Picture(
        (FIFTH_RIGHT, steps.developpe("right", "devant"),
         steps.close_fifth("right", "right"), steps.step_to("right"),
         steps.arabesque_1("left"), CLOSE),
        tuple(("phrase", k) for k in (0.12, 0.3, 0.6, 0.82)),
        leg="none",
    ),
    "arabesque_1": Picture(
        (*BEHIND, steps.arabesque_1("left"), CLOSE), HELD, "front", 90.0
    ),
    "arabesque_2": Picture(
        (*BEHIND, poses.arabesque_2("left"), CLOSE), HELD, "front", 90.0
    ),
    "arabesque_3": Picture(
        (*BEHIND, poses.arabesque_3("left"), CLOSE), HELD, "front", 50.0
    ),
    "arabesque_4": Picture(
        (*BEHIND, poses.arabesque_4("left"), CLOSE), HELD, "front", 50.0
    ),
    "attitude": Picture(
        (*BEHIND, steps.attitude("left"), CLOSE), HELD, "front", 90.0
    ),
    "penche": Picture(
        (*BEHIND, poses.penche("left"), CLOSE),
        (("arabesque", 0.5), ("bottom", 0.5), ("recover", 0.6)), "front", 90.0,
    ),
    "promenade": Picture(
        (*BEHIND, poses.promenade("left", "attitude", 1.0), CLOSE),
        (("pose", 0.5), ("pivot", 0.25), ("pivot", 0.5), ("pivot", 0.75), ("end", 0.5)),
    ),
    "equilibre": Picture(
        (FIFTH, steps.equilibre("left", balance=2.0), CLOSE),
        (("arrive", 0.5), ("hold", 0.5), ("leave", 1.0)),
    ),
    "port_de_bras": Picture(
        (FIFTH, steps.port_de_bras("front", "up", "side", "low")),
        (("prepare", 0.0), ("gateway", 0.25), ("gateway", 0.5), ("gateway", 0.75),
         ("finish", 1.0)),
        "front", leg="none",
    ),
    "pirouette_en_dehors": Picture(
        (FIFTH, turns.pirouette_en_dehors("right", 1)),
        (("preparation", 0.2), ("plie", 0.5), ("push", 0.8), ("turn", 0.3),
         ("turn", 0.7), ("close", 1.0)),
    ),
    "pirouette_en_dedans": Picture(
        (FIFTH, turns.pirouette_en_dedans("right", 1)),
        (("preparation", 0.2), ("plie", 0.5), ("push", 0.7), ("turn", 0.3),
         ("turn", 0.7), ("close", 1.0)),
    ),
    "fouette": Picture(
        (FIFTH, turns.fouettes("right", 4)),
        (("plie_extend", 0.01), ("releve_turn", 0.0), ("releve_turn", 0.07),
         ("plie_extend", 0.33), ("releve_turn", 0.5)),
    ),
    "grande_pirouette_seconde": Picture(
        (FIFTH, turns.grande_pirouette_seconde("right", 3)),
        tuple(("repeated_releve_or_hop", k / 6) for k in (1, 2, 3, 4)),
    ),
    "tour_en_lair": Picture(
        (FIFTH, jumps.tour_en_lair("left", to="left"), STILL),
        (("plie", 0.5), ("takeoff", 0.8), ("flight_turn", 0.3), ("flight_turn", 0.7),
         ("landing", 0.5)), leg="right",
    ),
    "chaines": Picture(
        (FIRST, turns.chaines("left", 4)),
        tuple(("series", k) for k in (0.2, 0.3, 0.4, 0.5, 0.6)),
        leg="left", above="mass",
    ),
    "pique_turn": Picture(
        (FIFTH, pique_turn("left", 2)),
        (("plie_push", 0.5), ("step", 0.5), ("turn", 0.3), ("turn", 0.7),
         ("fall", 0.7)), above="mass",
    ),
    "saute": Picture(
        (FIRST, jumps.saute(0.45), STILL),
        (("plie", 0.5), ("takeoff", 1.0), ("flight", 0.5), ("landing", 0.0),
         ("recovery", 0.5)),
    ),
    "changement": Picture((FIFTH, jumps.changement("left"), STILL),
        (("plie", 0.5), ("flight", 0.05), ("flight", 0.5), ("flight", 0.95),
         ("landing", 0.5))),
    "soubresaut": Picture((FIFTH, jumps.soubresaut("left"), STILL), LANDS),
    "echappe_saute": Picture((FIFTH, jumps.echappe("left"), STILL)),
    "assemble": Picture((FIFTH, leaps.assemble("left"), STILL)),
    "jete_petit": Picture(
        (FIFTH_RIGHT, leaps.jete_petit("left"),
         steps.close_fifth("right", "left"), STILL)
    ),
    "sissonne": Picture(
        (FIFTH_RIGHT, jumps.sissonne("left"), CLOSE), view="side", above="mass"
    ),
    "entrechat_quatre": Picture(
        (FIFTH, jumps.entrechat("left", 2), STILL),
        (("plie", 0.5), *(("beats", k) for k in (0.03, 0.25, 0.5, 0.75)),
         ("landing", 0.5)),
    ),
    "entrechat_six": Picture(
        (FIFTH, jumps.entrechat("left", 3, 0.55), STILL),
        (("plie", 0.5), *(("beats", k) for k in (0.16, 0.32, 0.5, 0.68)),
         ("landing", 0.5)),
    ),
    "cabriole": Picture(
        (FIFTH, leaps.cabriole("left"), steps.close_fifth("left", "left")),
        view="side",
    ),
    "grand_jete": Picture(
        (FIFTH_RIGHT, links.run("left", 2), leaps.grand_jete("left"),
         steps.close_fifth("right", "left")),
        view="side", above="mass",
    ),
    "saut_de_basque": Picture(
        (FIFTH_RIGHT, leaps.saut_de_basque("left"),
         steps.close_fifth("right", "right")),
        (("step", 0.5), ("throw_seconde", 0.5), ("turn", 0.35), ("turn", 0.75),
         ("landing_retire", 0.5)), above="mass",
    ),
    "pas_de_chat": Picture(
        (FIFTH_RIGHT, leaps.pas_de_chat("left"), STILL), above="mass", view="front"
    ),
    "glissade": Picture(
        (FIFTH, links.glissade("left"), STILL),
        (("plie", 0.5), ("low_transfer", 0.5), ("close", 0.8)),
        above="mass", view="front",
    ),
    "pas_de_bourree": Picture(
        (FIFTH, links.pas_de_bourree("left")), above="mass", view="front"
    ),
    "balance_waltz": Picture(
        (FIFTH, links.balance_waltz("left"), steps.close_fifth("right", "left")),
        view="front",
    ),
    "temps_leve": Picture(
        (FIFTH, leaps.temps_leve("left"), steps.close_fifth("left", "left")),
    ),
    "chasse": Picture(
        (FIFTH, links.chasse("left"), STILL),
        (("plie", 0.5), ("slide", 0.5), ("catch", 1.0)), view="side", above="mass",
    ),
}  # fmt: skip
