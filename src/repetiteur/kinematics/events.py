"""Stillness that needs no step recognised: balances, holds, stances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import signals
from repetiteur.kernels.contacts import mean_square_speed
from repetiteur.kernels.medians import median
from repetiteur.kernels.staying import stays
from repetiteur.kinematics.contacts import Contacts
from repetiteur.kinematics.feet import (
    FLAT_BELOW,
    SIDES,
    Part,
    bearing,
    median_seen,
)
from repetiteur.kinematics.legs import OTHER, Legs
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Shortest balance on one foot, hold of the whole body, and stance on two flat feet, s.
#: Expert defaults; an équilibre asks for one second.
BALANCE_S, HOLD_S, STANCE_S = 0.5, 0.3, 0.2
#: What lasts no longer than this is a flicker, s. Expert default.
FLICKER_S = 0.1
#: A foot that moves further does not balance in its place, foot lengths (domain measure
#: ``balance_time``).
IN_PLACE = 0.15
#: A foot that comes to stand further away than this has changed place, foot lengths.
#: Expert default: from a first position to a fifth it is a length and more.
NEW_PLACE = 0.3
#: A body whose joints move slower than this (root mean square) holds still, m/s. Expert
#: default, a little more than noise of 5 mm makes.
STILL = 0.15
_MOVING = ("wrist", "elbow", "shoulder", "hip", "knee", "ankle")


@dataclass(frozen=True)
class Span:
    """A stretch of time: first and last frame, and their seconds."""

    start: int
    end: int
    start_s: float
    end_s: float

    @property
    def lasting_s(self) -> float:
        """From the first frame to the last, seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True)
class Balance(Span):
    """Standing on one foot in its place, not turning (domain measure ``balance_time``).

    Attributes
    ----------
    side : {"left", "right"}
        The foot.
    part : Part
        What it stands on, by the middle of how high its heel is.
    """

    side: Side
    part: Part


def balances(contacts: Contacts, legs: Legs, turning: Bools) -> tuple[Balance, ...]:
    """Balances on one foot.

    Parameters
    ----------
    contacts : Contacts
    legs : Legs
    turning : (time,) bool
        Where the body turns: that is no balance.

    Returns
    -------
    tuple of Balance
        In order of time. One that rises from flat, or comes down, in the middle is two.
    """
    time = contacts.time
    found: list[tuple[Side, Span]] = []
    flicker = frames_of(time, FLICKER_S)
    for side in SIDES:
        foot, free = contacts.foot(side), contacts.foot(OTHER[side])
        in_place = signals.bridged(foot.standing, flicker)
        alone = in_place & (free.down == 0) & legs.supports(side) & ~turning
        raised = signals.bridged(foot.rise >= FLAT_BELOW, flicker)
        for height in (raised, ~raised):
            for span in spans(alone & height, time, BALANCE_S):
                found += [(side, held) for held in _in_place(contacts, side, span)]
    parts = bearing(np.array([_rise(contacts, *one) for one in found]))
    out = [
        Balance(held.start, held.end, held.start_s, held.end_s, side, Part(part))
        for (side, held), part in zip(found, parts.tolist(), strict=True)
    ]
    return tuple(sorted(out, key=lambda balance: balance.start))


def holds(body: Body, size: float) -> tuple[Span, ...]:
    """Stretches in which the whole body is still.

    Parameters
    ----------
    body : Body
    size : float
        The dancer's size (:attr:`repetiteur.kinematics.contacts.Contacts.size`).

    Returns
    -------
    tuple of Span
    """
    names = [f"{side}_{part}" for side in SIDES for part in _MOVING]
    moving = [body[name] for name in names if body.has(name)]
    still = mean_square_speed(moving, body.time) <= (STILL * size) ** 2
    calm = signals.bridged(still, frames_of(body.time, FLICKER_S))
    return tuple(spans(calm, body.time, HOLD_S))


def stances(contacts: Contacts, bent: Bools) -> tuple[Span, ...]:
    """Stretches of standing on two flat feet, each of them in one place.

    Parameters
    ----------
    contacts : Contacts
    bent : (time,) bool
        Where the knees bend as in a plié: that is no standing.

    Returns
    -------
    tuple of Span
        In order of time. One ends where a foot leaves its place by :data:`NEW_PLACE`:
        a first position and the fifth that it slides into are two.
    """
    standing = ~bent
    for foot in (contacts.left, contacts.right):
        standing &= (foot.part == Part.FLAT) & foot.standing
    calm = signals.bridged(standing, frames_of(contacts.time, FLICKER_S))
    found = spans(calm, contacts.time, STANCE_S)
    return tuple(part for span in found for part in _by_place(contacts, span))


def _by_place(contacts: Contacts, span: Span) -> list[Span]:
    """Parts of a stance in which both feet keep the place where each part began."""
    time, most = contacts.time, NEW_PLACE * contacts.foot_length
    out: list[Span] = []
    first = span.start
    while first <= span.end:
        rest = slice(first, span.end + 1)
        left, right = (contacts.foot(side).pivot[rest] for side in SIDES)
        last = first + stays(left, right, most) - 1
        if _lasts(time, first, last, STANCE_S):
            out.append(Span(first, last, float(time[first]), float(time[last])))
        first = last + 1
    return out


def spans(mask: Bools, time: Array, shortest_s: float) -> list[Span]:
    """Stretches of True that last for some time, seconds."""
    return [
        Span(a, b, float(time[a]), float(time[b]))
        for a, b in signals.runs(mask)
        if _lasts(time, a, b, shortest_s)
    ]


def _lasts(time: Array, first: int, last: int, shortest_s: float) -> bool:
    # Times that do not begin at 0 are off by their last digits.
    return bool(time[last] - time[first] >= shortest_s - 1e-6)


def frames_of(time: Array, seconds: float) -> int:
    """How many frames a time is."""
    return round(seconds / step_of(time))


def step_of(time: Array) -> float:
    """Time between two frames, seconds."""
    return median(np.diff(time)) if time.size > 1 else 1.0


def _rise(contacts: Contacts, side: Side, held: Span) -> float:
    """Middle of the sine of a heel's rise."""
    return median_seen(contacts.foot(side).rise[held.start : held.end + 1])


def _in_place(contacts: Contacts, side: Side, span: Span) -> list[Span]:
    """The longest part of a balance in which its foot keeps its place."""
    foot, whole = contacts.foot(side), slice(span.start, span.end + 1)
    place = foot.pivot[whole][:, [0, 2]]
    seen = np.isfinite(place).all(axis=1)
    if not seen.any():
        return []
    middle = [median(way) for way in place[seen].T]
    away = np.hypot(*(place - middle).T)
    near = away <= IN_PLACE * contacts.foot_length
    parts = spans(near, contacts.time[whole], BALANCE_S)
    if not parts:
        return []
    best = max(parts, key=lambda part: part.lasting_s)
    first, last = span.start + best.start, span.start + best.end
    return [Span(first, last, best.start_s, best.end_s)]
