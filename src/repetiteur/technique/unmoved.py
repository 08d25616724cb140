"""Why a recording has no moment for a measure: not danced, or not to be seen in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from repetiteur.kinematics.movement import Movement
from repetiteur.model.body import Body
from repetiteur.model.findings import NotJudged
from repetiteur.technique.measure import KINDS, Kind, Measure
from repetiteur.technique.moments import Moment

#: With the contacts of both feet unknown for more of the time than this share, nothing
#: is said of moments that are not found.
_UNKNOWN = 0.5
_NO_FLOOR = (
    "Where the feet are on the floor cannot be told from this recording.",
    "Film with a level camera at the height of the hips, the feet in the picture.",
)
#: Hips that keep their place to this, m, while an ankle moves by more than that, are
#: where the points are said from.
_STILL, _MOVES = 1e-4, 0.05
_NO_WAY = (
    "The points are said from the hips: the body's way through space is not in them.",
    "Record positions in space, or measure the video itself.",
)
#: What moments of each kind are called where there are none.
_NONE = {
    "turn": "no turn of half a revolution",
    "series": "no series of turns",
    "flight": "no jump",
    "balance": "no balance on one foot of half a second",
    "gesture": "no rise of a working leg by 20 degrees",
    "plie": "no bend of the supporting knee by 25 degrees",
    "stance": "no stance on both feet",
}


def nothing_to_take(
    able: Sequence[Measure], movement: Movement, found: Sequence[Moment]
) -> list[NotJudged]:
    """Why measures have no moment to be taken on, an entry for each such measure."""
    there = {moment.kind for moment in found}
    kinds: dict[str, list[Kind]] = {}
    for one in able:
        kinds.setdefault(one.id, []).append(one.on)
    lacking = {name: on for name, on in kinds.items() if there.isdisjoint(on)}
    return [NotJudged(name, *_why(on, movement)) for name, on in lacking.items()]


def _why(on: Sequence[Kind], movement: Movement) -> tuple[str, str]:
    feet = (movement.contacts.left, movement.contacts.right)
    if hips_fixed(movement.body):
        return _NO_WAY
    if all(np.mean(foot.down < 0) > _UNKNOWN for foot in feet):
        return _NO_FLOOR
    if on == ["flight"] and movement.airborne:
        return _no_fall(movement)
    none = (_NONE[kind] for kind in sorted(on, key=KINDS.index))
    return f"There is {' and '.join(none)} in it.", ""


def _no_fall(movement: Movement) -> tuple[str, str]:
    """Why feet that leave the floor make no jump here."""
    falls = [flight.fall for flight in movement.airborne]
    known = [fall for fall in falls if np.isfinite(fall)]
    found = f"with {np.median(known):.1f} and not" if known else "as far as seen not"
    return (
        "There is no jump in it: both feet leave the floor, and the body falls "
        f"{found} with 9.8 m/s².",
        "If it is a jump, the size or the frame rate is wrong: give --height or --fps.",
    )


def hips_fixed(body: Body) -> bool:
    """Whether the points are said from the hips, so that no way through space is left.

    Examples
    --------
    >>> from types import MappingProxyType
    >>> hip = np.zeros((20, 3)) + [0.1, 0.0, 0.0]
    >>> foot = hip + np.arange(20.0)[:, None] / 50
    >>> points = {"left_hip": hip, "right_hip": -hip, "left_ankle": foot}
    >>> hips_fixed(Body(np.arange(20) / 60, MappingProxyType(points)))
    True
    """
    if body.space == "2d":
        return False
    return _reach(body, "hip") < _STILL and _reach(body, "ankle") > _MOVES


def _reach(body: Body, part: str) -> float:
    """How far the middle of the hips, or the further of two points, ever moves, m."""
    sides = [body[f"{side}_{part}"] for side in ("left", "right")]
    courses = [body.middle(part)] if part == "hip" else sides
    seen = [course[np.isfinite(course).all(axis=1)] for course in courses]
    return max((float(np.ptp(s, axis=0).max()) for s in seen if len(s)), default=0.0)
