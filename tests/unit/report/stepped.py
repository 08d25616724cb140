"""Steps made by hand: decided and not, over each other, with names that bite."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from repetiteur.rehearsal import Danced, Recording
from repetiteur.steps.step import Step
from unit.report import small_rehearsal as made

NASTY = "</script><img src=x onerror=alert(1)> & --> \x01\n\n1\n00:00"

LIFT = Step(
    "developpe", "left", 2.0, 6.0, 0.83, "fondu",
    phases={"retire": (2.0, 3.0), "extension": (3.0, 4.5), "hold": (4.5, 6.0)},
    because=("the toe is at the knee first", "no fondu: the support stays straight"),
    attributes={"direction": "seconde", "height_deg": 96.25, "arms": "up",
                "facing": "croise", "heading_deg": -44.0},
)  # fmt: skip
BEND = Step("demi_plie", None, 6.0, 7.25, 0.97, phases={"bottom": (6.5, 6.5)})
EITHER = Step("third_position", "left", 7.5, 8.0, 0.5, "fifth_position", True)
GUESS = Step("saute", None, 8.0, 8.6, 0.4, "changement")
PHRASE = Step("adagio", None, 1.0, 9.0, 0.9)
STEPS = (PHRASE, LIFT, BEND, EITHER, GUESS)


def recording(source="take.bvh", *, video=False) -> Recording:
    film = Path("/somewhere") / source if video else None
    return Recording(source, "5f1c90ae" * 8, made.dancer(duration_s=1.0), film)


def danced(steps=STEPS, **changes) -> Danced:
    return Danced(recording(**changes), {"dancer": tuple(steps)})


def two() -> Danced:
    """Two dancers, the second a little later, with names that bite."""
    later = [replace(s, start_s=s.start_s + 0.1, phases={}) for s in (LIFT, BEND)]
    return Danced(recording(), {"Anna": (LIFT, BEND), NASTY: tuple(later)})
