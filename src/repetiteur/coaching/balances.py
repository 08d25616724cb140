"""How long a dancer stands on one foot, and how surely that is known.

A foot that leaves the floor slowly, or comes down slowly, is taken for off it earlier
or later by whatever its height is off.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.coaching.stretches import SHARED, Event
from repetiteur.kernels import signals
from repetiteur.kinematics.doubts import parts_of_error
from repetiteur.kinematics.estimates import moment_sd
from repetiteur.kinematics.events import FLICKER_S, Balance, frames_of
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.movement import Movement
from repetiteur.model.findings import Span
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: No moment at which a foot leaves the floor or comes down is known better than this,
#: however fast the foot, s: standard deviation, an expert default.
CONTACT_S = 0.03
#: What a foot's height is told by, the first that a recording has.
_POINTS = ("toe", "ankle")


def balances(movement: Movement) -> list[Event]:
    """Stretches on one foot in which it is a balance for some time."""
    return sorted(
        {
            Event(float(start), float(end), held.side)
            for held in movement.balances
            for start, end in _in(_alone(movement, held.side), _span_of(held))
        },
        key=lambda event: event.start_s,
    )


def stood(movement: Movement, span: Span, side: Side | None) -> float:
    """Seconds on one foot, of all stretches in a span; NaN of none."""
    here = _in(_alone(movement, _foot(side)), span)
    return float(np.ptp(here, axis=1).sum()) if here.size else float("nan")


def stood_sd(
    movement: Movement, seconds: float, span: Span, side: Side | None
) -> float:
    """Standard deviation of the error of :func:`stood`, seconds.

    Parameters
    ----------
    movement : Movement
    seconds : float
        What was found; it has no part in it.
    span : Span
    side : {"left", "right"}
        The foot that stands.

    Returns
    -------
    float
        Each end of each stretch errs by itself: by :data:`CONTACT_S` at least, and by
        as long as the free foot takes there to rise, and to sink, by one standard
        deviation of its height.
    """
    here = _in(_alone(movement, _foot(side)), span)
    free = OTHER[_foot(side)]
    moments = [
        moment_sd(1.0 / movement.rate, max(CONTACT_S, _passing_s(movement, free, *one)))
        for one in zip(here.ravel().tolist(), cycle((1, -1)), strict=False)
    ]
    return float(np.sqrt(np.sum(np.square(moments))))


def _foot(side: Side | None) -> Side:
    return "left" if side == "left" else "right"


def _span_of(held: Balance) -> Span:
    return Span(held.start_s, held.end_s)


def _alone(movement: Movement, side: Side) -> Array:
    """Stretches on one foot that do not turn, (stretches, 2) s: begin and end.

    Whole ones: those that begin and end in the recording.
    """
    known = movement.curves
    if (_alone, side) not in known:
        time = movement.body.time
        free = movement.contacts.foot(OTHER[side]).down == 0
        on_one = movement.legs.supports(side) & free
        for turn in movement.turns:
            on_one[turn.start : turn.end + 1] = False
        found = signals.runs(signals.bridged(on_one, frames_of(time, FLICKER_S)))
        whole = [(a, b) for a, b in found if a > 0 and b < time.size - 1]
        known[_alone, side] = time[np.array(whole, dtype=np.intp).reshape(-1, 2)]
    return known[_alone, side]


def _in(stretches: Array, span: Event | Span) -> Array:
    """Those stretches that share a third of the shorter one's time with a span."""
    start, end = stretches.T
    shared = np.minimum(end, span.end_s) - np.maximum(start, span.start_s)
    shorter = np.minimum(end - start, span.end_s - span.start_s)
    return np.asarray(stretches[shared > SHARED * shorter])


def _passing_s(movement: Movement, free: Side, when_s: float, way: int) -> float:
    """By how much an error of the free foot's height moves an end of a balance, s.

    The foot leaves at ``when_s`` (``way`` 1), or comes down (-1). Its height is moved
    by one standard deviation to either side, and both answers squared on their own, as
    in :func:`repetiteur.kernels.propagation.propagate_parts`: a foot that hovers just
    over the floor has no speed to divide by. Where the foot is never so high, or never
    so low, the other one stands for both; where it is neither, nobody knows when. 0
    where it is not on the floor just outside: something else, such as a turn, ends the
    balance.
    """
    foot, time = movement.contacts.foot(free), movement.body.time
    at = int(np.searchsorted(time, when_s))
    before = slice(at, None, -way)
    near = 1 + frames_of(time, FLICKER_S)
    if not (foot.down[before][: near + 1] == 1).any():
        return 0.0
    level, sd = foot.lift[at], _height_sd(movement, free)[at]
    frames = [
        _first(foot.lift[at::way] >= level + sd),
        _first(foot.lift[before] <= level - sd),
    ]
    found = [one for one in frames if one is not None]
    if not found:
        return float(np.ptp(time))
    return float(np.sqrt(np.mean(np.square(found)))) / movement.rate


def _first(mask: ArrayLike) -> int | None:
    """The first frame of a mask that is True."""
    found = np.flatnonzero(mask)
    return int(found[0]) if found.size else None


def _height_sd(movement: Movement, side: Side) -> Array:
    """Standard deviation of a foot's height over where it stands, (time,) metres.

    What stays of its error for the whole recording is in both heights. 0 where its
    error is not known.
    """
    body, known = movement.body, movement.curves
    if (_height_sd, side) not in known:
        names = (f"{side}_{part}" for part in _POINTS)
        point = next((n for n in names if n in body.sd and body.has(n)), None)
        alone = replace(body, sd={} if point is None else {point: body.sd[point]})
        square = np.zeros(body.time.size)
        for part in parts_of_error(alone):
            if np.isfinite(part.lasting_s):
                square = square + sum(sd[:, 1] ** 2 for sd in part.sd.values())
        known[_height_sd, side] = np.nan_to_num(np.sqrt(square))
    return known[_height_sd, side]
