"""The moments of a movement that measures are taken on, and curves read at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.medians import mostly_seen
from repetiteur.kinematics.movement import Movement
from repetiteur.model.findings import Span
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Kind

Array = NDArray[np.float64]

#: A curve is read at a moment as its median over this much to either side, s: one frame
#: says more of the noise than of the pose.
NEAR_S = 0.03
#: Of a stretch of time, this share has to be seen.
SEEN = 0.5


@dataclass(frozen=True)
class Moment:
    """A moment to measure on.

    Attributes
    ----------
    kind : {"turn", "series", "flight", "balance", "gesture", "plie", "stance"}
    start_s, end_s : float
        Seconds.
    frames : (int, int)
        First and last.
    side : str
        What tells it from another of its kind at the same time: the leg.
    event : object
        As :mod:`repetiteur.kinematics` found it.
    """

    kind: Kind
    start_s: float
    end_s: float
    frames: tuple[int, int]
    side: str
    event: Any

    @cached_property
    def span(self) -> Span:
        """From when to when: one for all that is measured on it."""
        return Span(self.start_s, self.end_s)


def moments_of(movement: Movement) -> Iterator[Moment]:
    """All moments of a movement that measures are taken on, kind after kind."""
    for turn in movement.turns:
        yield _moment("turn", turn, turn.direction)
    for series in movement.series:
        yield _moment("series", series, series.direction)
    for flight in movement.flights:
        frames = (flight.start, flight.end)
        yield Moment("flight", flight.take_off_s, flight.landing_s, frames, "", flight)
    for balance in movement.balances:
        yield _moment("balance", balance, balance.side)
    for gesture in movement.gestures:
        yield _moment("gesture", gesture, gesture.side)
    for plie in movement.plies:
        yield _moment("plie", plie, plie.on)
    for stance in movement.stances:
        yield _moment("stance", stance, "")


def _moment(kind: Kind, event: Any, side: str) -> Moment:
    frames = (event.start, event.end)
    return Moment(kind, event.start_s, event.end_s, frames, side, event)


def near(curve: Array, time: Array, when_s: float) -> float:
    """A curve at a moment: its median over 0.03 s to either side.

    NaN where it was not seen, and at a moment that is not known.

    Examples
    --------
    >>> time = np.arange(5) / 50
    >>> near(np.array([0.0, 1.0, 2.0, np.nan, 9.0]), time, 0.04)
    1.5
    """
    if when_s != when_s:  # searchsorted would take it for the end
        return float("nan")
    first, last = time.searchsorted((when_s - NEAR_S, when_s + NEAR_S)).tolist()
    if first == last:  # fewer frames a second than that
        first = max(int(np.searchsorted(time, when_s)) - 1, 0)
        last = first + 1
    return mostly_seen(curve[first:last], SEEN)


def over(curve: Array, frames: tuple[int, int]) -> float:
    """Median of a curve over a stretch; NaN where less than half of it was seen.

    Examples
    --------
    >>> over(np.array([0.0, 1.0, 2.0, np.nan, 9.0]), (1, 3))
    1.5
    >>> over(np.array([np.nan, np.nan, 9.0]), (0, 2))
    nan
    """
    return mostly_seen(curve[frames[0] : frames[1] + 1], SEEN)


def middle(curve: Array) -> float:
    """Median of all of a curve; NaN where less than half of it was seen."""
    return mostly_seen(curve, SEEN)


def both(event: object) -> tuple[Side | None, ...]:
    """For measures that are taken on each side."""
    return ("left", "right")


def own_side(event: Any) -> tuple[Side | None, ...]:
    """For measures of the leg that the moment is about."""
    return (event.side,)


def direction(turn: Any) -> tuple[Side | None, ...]:
    """For measures of a whole turn, or series: the way that it turns."""
    return (turn.direction,)


def supporting(turn: Any) -> tuple[Side | None, ...]:
    """For measures of the foot that a turn is on; none of one in the air or on two."""
    return () if turn.axis is None else (turn.supporting,)


def working(turn: Any) -> tuple[Side | None, ...]:
    """For measures of the other leg of a turn on one foot."""
    return () if turn.axis is None else (turn.working,)
