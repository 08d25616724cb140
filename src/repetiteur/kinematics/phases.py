"""The phases of jumps and of turns (domain, section 2), as moments in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics.contacts import Contacts
from repetiteur.kinematics.feet import SIDES, Part
from repetiteur.kinematics.flights import Flight
from repetiteur.kinematics.gestures import Plie
from repetiteur.kinematics.turns import Turn

Array = NDArray[np.float64]

#: A plié belongs to the jump or turn that follows, or to the landing before it, if its
#: bottom is no further away than this, s. Expert defaults.
BEFORE_S, AFTER_S = 1.0, 0.6


@dataclass(frozen=True)
class JumpPhases:
    """Moments of a jump, in seconds; NaN where there is none or it was not seen.

    Attributes
    ----------
    flight : Flight
    preparation_s : float
        The knees begin to bend.
    plie_s : float
        They are bent most: the push begins.
    heel_off_s : float
        The last foot to push lifts its heel.
    take_off_s, apex_s, landing_s : float
        The toe leaves; the body is highest; the toe touches.
    heel_down_s : float
        The heel is down: toe, ball, heel.
    recovery_s : float
        Bottom of the plié that takes up the landing.
    end_s : float
        The knees are straight again.
    """

    flight: Flight
    preparation_s: float
    plie_s: float
    heel_off_s: float
    take_off_s: float
    apex_s: float
    landing_s: float
    heel_down_s: float
    recovery_s: float
    end_s: float


@dataclass(frozen=True)
class TurnPhases:
    """Moments of a turn on one foot, in seconds; NaN where there is none.

    Attributes
    ----------
    turn : Turn
    preparation_s : float
        The knees begin to bend.
    plie_s : float
        They are bent most.
    push_s : float
        The body begins to turn, both feet on the floor.
    turn_s : float
        The working foot leaves the floor.
    close_s : float
        It is down again.
    end_s : float
        The body has stopped turning.
    """

    turn: Turn
    preparation_s: float
    plie_s: float
    push_s: float
    turn_s: float
    close_s: float
    end_s: float


def jump_phases(
    flights: Sequence[Flight], plies: Sequence[Plie], contacts: Contacts
) -> tuple[JumpPhases, ...]:
    """Phases of each jump.

    Parameters
    ----------
    flights : sequence of Flight
    plies : sequence of Plie
    contacts : Contacts

    Returns
    -------
    tuple of JumpPhases
        One for each flight.
    """
    bottoms = np.array([plie.bottom_s for plie in plies])
    out = []
    for flight in flights:
        before = _near(plies, bottoms, flight.take_off_s - BEFORE_S, flight.take_off_s)
        after = _near(plies, bottoms, flight.landing_s, flight.landing_s + AFTER_S)
        down, up = before[-1:], after[:1]
        out.append(
            JumpPhases(
                flight=flight,
                preparation_s=down[0].start_s if down else np.nan,
                plie_s=down[0].bottom_s if down else np.nan,
                heel_off_s=_heel_off(flight, contacts),
                take_off_s=flight.take_off_s,
                apex_s=flight.apex_s,
                landing_s=flight.landing_s,
                heel_down_s=flight.heel_down_s,
                recovery_s=up[0].bottom_s if up else np.nan,
                end_s=up[0].end_s if up else np.nan,
            )
        )
    return tuple(out)


def turn_phases(turns: Sequence[Turn], plies: Sequence[Plie]) -> tuple[TurnPhases, ...]:
    """Phases of each turn on one foot.

    Parameters
    ----------
    turns : sequence of Turn
        Those on two feet or in the air are passed over.
    plies : sequence of Plie

    Returns
    -------
    tuple of TurnPhases
    """
    bottoms = np.array([plie.bottom_s for plie in plies])
    out = []
    for turn in turns:
        if turn.axis is None:
            continue
        leaves = turn.axis.start_s
        down = _near(plies, bottoms, leaves - BEFORE_S, leaves)[-1:]
        out.append(
            TurnPhases(
                turn=turn,
                preparation_s=down[0].start_s if down else np.nan,
                plie_s=down[0].bottom_s if down else np.nan,
                push_s=turn.start_s,
                turn_s=leaves,
                close_s=turn.axis.end_s,
                end_s=turn.end_s,
            )
        )
    return tuple(out)


def _near(
    plies: Sequence[Plie], bottoms: Array, start: float, end: float
) -> list[Plie]:
    """Pliés whose bottom lies between two moments."""
    first, last = np.searchsorted(bottoms, [start, end])
    return list(plies[first:last])


def _heel_off(flight: Flight, contacts: Contacts) -> float:
    """When the last heel of the feet that push leaves the floor, seconds."""
    first = int(np.searchsorted(contacts.time, flight.take_off_s - BEFORE_S))
    moments = []
    for side in SIDES:
        if flight.from_feet in (side, "both"):
            flat = contacts.foot(side).part[first : flight.start] == Part.FLAT
            where = np.flatnonzero(flat)
            moments += [float(contacts.time[first + where[-1]])] if where.size else []
    return max(moments, default=float("nan"))
