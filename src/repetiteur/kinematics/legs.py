"""The supporting leg and the working leg, from the feet's contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics.contacts import Contacts
from repetiteur.kinematics.flights import Flight
from repetiteur.model.skeletons import Side

States = NDArray[np.int8]
Bools = NDArray[np.bool_]

#: A change of support that lasts less is none, s. Expert default: the shortest steps of
#: a pas de bourrée take twice that.
SHORTEST_S = 0.05
#: With both feet down, the leg that leaves within this time is the working leg, s.
#: Expert default.
ABOUT_TO_LEAVE_S = 1.0
#: A body that does not fall stands on something: on its lower foot, if that is no
#: higher than this share of the leg over where it stands (12 cm: what the floor of a
#: recording may be off), else on no foot. Expert default.
STILL_A_FOOT = 0.15
#: The lower of two such feet is lower by this share of the leg: 4 cm.
LOWER = 0.05
SIGN: dict[Side, int] = {"left": 1, "right": -1}
OTHER: dict[Side, Side] = {"left": "right", "right": "left"}


@dataclass(frozen=True)
class Legs:
    """Which leg carries and which works, over time.

    Attributes
    ----------
    feet : (time,) int8
        On how many feet the body stands: 2, 1, 0 (in the air, or on no foot); -1 where
        that is not known.
    support : (time,) int8
        The supporting leg where it is one: 1 left, -1 right; else 0.
    working : (time,) int8
        The working leg: 1 left, -1 right; 0 where there is none. On both feet it is the
        leg that leaves within a second.
    """

    feet: States
    support: States
    working: States

    def supports(self, side: Side) -> Bools:
        """Whether a leg carries alone, (time,) bool."""
        return np.asarray(self.support == SIGN[side])


def legs(contacts: Contacts, flights: Sequence[Flight]) -> Legs:
    """The supporting and the working leg (domain, 1.3).

    Parameters
    ----------
    contacts : Contacts
    flights : sequence of Flight
        Jumps. Who is on no foot and does not fall stands on the lower one all the same.

    Returns
    -------
    Legs

    Notes
    -----
    Of two feet on the floor of which one is in its place (turning or not) and the other
    brushes, the first supports.
    """
    left, right = contacts.left, contacts.right
    on_left, on_right = left.down == 1, right.down == 1
    both = on_left & on_right
    known = (left.down >= 0) & (right.down >= 0)
    rests_left = both & left.standing & ~right.standing
    rests_right = both & right.standing & ~left.standing
    support = np.zeros(known.shape, dtype=np.int8)
    support[(on_left & ~on_right & known) | rests_left] = 1
    support[(on_right & ~on_left & known) | rests_right] = -1
    none = known & ~on_left & ~on_right
    support[none] = _lower_foot(contacts)[none]
    aloft = _in(flights, known.size)
    support[aloft] = 0
    feet = np.where(both & (support == 0) & ~aloft, 2, np.abs(support))
    feet = np.where(known, feet, -1).astype(np.int8)
    code = _steady(np.where(feet == 1, support, 3 * feet), contacts.time)
    support = np.where(np.abs(code) == 1, code, 0).astype(np.int8)
    feet = np.where(support != 0, 1, code // 3).astype(np.int8)
    return Legs(feet, support, _working(feet, support, contacts))


def _in(flights: Sequence[Flight], frames: int) -> Bools:
    """Whether each frame is in the air."""
    out = np.zeros(frames, dtype=bool)
    for flight in flights:
        out[flight.start : flight.end + 1] = True
    return out


def _lower_foot(contacts: Contacts) -> States:
    """The foot that is clearly the lower and near the floor: 1 left, -1 right."""
    left, right = contacts.left.lift, contacts.right.lift
    apart, leg = right - left, contacts.leg_length
    near = np.fmin(left, right) <= STILL_A_FOOT * leg
    sign = np.where(apart > LOWER * leg, 1, np.where(apart < -LOWER * leg, -1, 0))
    return np.where(near, sign, 0).astype(np.int8)


def _steady(code: NDArray[np.int64], time: NDArray[np.float64]) -> NDArray[np.int64]:
    """States without the changes that last too short: the one before goes on."""
    starts = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]]))
    ends = np.append(starts[1:], code.size) - 1
    long = time[ends] - time[starts] >= SHORTEST_S
    long[0] = True
    kept = starts[np.maximum.accumulate(np.where(long, np.arange(starts.size), 0))]
    return np.asarray(np.repeat(code[kept], ends - starts + 1))


def _working(feet: States, support: States, contacts: Contacts) -> States:
    """The leg that works: the free one, or the one that is about to leave."""
    index, last = np.arange(feet.size), feet.size - 1
    alone = np.where(support != 0, index, feet.size)
    following = np.minimum.accumulate(alone[::-1])[::-1]
    soon = np.minimum(following, last)
    wait = contacts.time[soon] - contacts.time
    leaves = (feet == 2) & (following <= last) & (wait <= ABOUT_TO_LEAVE_S)
    free = -np.where(leaves, support[soon], support)
    return np.where(leaves | (support != 0), free, 0).astype(np.int8)
