"""Spotting: how the head stays behind in a turn, and arrives before the body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry, signals
from repetiteur.kernels.medians import median
from repetiteur.kernels.revolutions import (
    PEAK_S,
    Revolution,
    favourite,
    reaches,
    revolution,
)
from repetiteur.kinematics.headings import Headings
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: A turn's slow beginning and end belong to it for at most this time, s, from and to
#: this much short of where the body is furthest back, or on, deg. Expert defaults.
SLOW_S, SHORT_DEG = 0.6, 5.0
#: A revolution is one if this much of it was turned, deg: of the last one, its end is
#: often missing. Expert default.
MOSTLY_DEG = 300.0
#: A head that is not seen for longer is not known, s; before and after, its way against
#: the trunk goes on evenly. Expert default: an eighth of a turn at 1.25 rev/s.
UNSEEN_S = 0.1


@dataclass(frozen=True)
class Spotting:
    """Head and trunk in a turn: medians over its revolutions.

    Attributes
    ----------
    spot : float
        Heading that the head comes back to, degrees, -180 to 180.
    hold : float
        Share of the time with the head within 30 degrees of the spot: 1/6 in a head
        that turns with the trunk.
    lag, lead : float
        How far the head stays behind the trunk at most, and how far it is ahead of it
        after that, degrees.
    snap : float
        Fastest head over mean trunk.
    finish : float
        Arrival of the head at the spot after that of the trunk, in turns of the trunk:
        negative where the head is first. NaN where the trunk does not come so far.
    """

    spot: float
    hold: float
    lag: float
    lead: float
    snap: float
    finish: float


def spotting(turns: Sequence[Turn], headings: Headings, time: Array) -> list[Spotting]:
    """How the head turns in each turn (domain measure ``spotting``).

    Parameters
    ----------
    turns : sequence of Turn
        In order of time.
    headings : Headings
    time : (time,) float
        Seconds.

    Returns
    -------
    list of Spotting
        One for each turn; all NaN where the head is not known, or no revolution whole.

    Notes
    -----
    A revolution lasts from the trunk's passing of the spot to the next. The spot is
    where the head itself dwells, wherever that is.
    """
    return [
        _of_turn(turn.direction, frames, headings, time)
        for turn, frames in zip(
            turns, slowly_too(turns, headings.trunk, time), strict=True
        )
    ]


def slowly_too(turns: Sequence[Turn], heading: Array, time: Array) -> list[slice]:
    """Frames of each turn with its slow beginning and end.

    Parameters
    ----------
    turns : sequence of Turn
        In order of time.
    heading : (time,) float
        Degrees.
    time : (time,) float

    Returns
    -------
    list of slice
        From where the body is furthest back in the 0.6 s before, and to where it is
        furthest on after, but for 5 degrees; no further than the next turn.
    """
    out = []
    for number, turn in enumerate(turns):
        first, last = np.searchsorted(
            time, [turn.start_s - SLOW_S, turn.end_s + SLOW_S]
        )
        first = max(int(first), turns[number - 1].end if number else 0)
        if number + 1 < len(turns):
            last = min(int(last), turns[number + 1].start)
        way = sign_of(turn.direction) * heading[first : last + 1]
        before, after = way[: turn.start - first + 1], way[turn.end - first :]
        if np.isfinite(before).any() and np.isfinite(after).any():
            back = np.flatnonzero(before <= np.nanmin(before) + SHORT_DEG)[-1]
            on = np.flatnonzero(after >= np.nanmax(after) - SHORT_DEG)[0]
            out.append(slice(first + int(back), turn.end + int(on) + 1))
        else:
            out.append(slice(turn.start, turn.end + 1))
    return out


def sign_of(direction: Side) -> float:
    """1 to the dancer's left, -1 to the right."""
    return 1.0 if direction == "left" else -1.0


def _of_turn(
    direction: Side, frames: slice, headings: Headings, time: Array
) -> Spotting:
    """What the revolutions of a turn to the left have in common; mirrored for right."""
    sign, when = sign_of(direction), time[frames]
    trunk = _bridged(sign * headings.trunk[frames], when)
    behind = geometry.wrap(trunk - sign * headings.head[frames])
    head = trunk - _bridged(behind, when)
    spot = favourite(head)
    found = list(_revolutions(trunk - spot, head - spot, when))
    if not found:
        return Spotting(*[float("nan")] * len(fields(Spotting)))
    middle = [_median(values) for values in zip(*found, strict=True)]
    return Spotting(float(geometry.wrap(sign * spot)), *middle)


def _median(values: Sequence[float]) -> float:
    known = [value for value in values if np.isfinite(value)]
    return median(known)


def _bridged(values: Array, time: Array) -> Array:
    """Values with straight lines through short gaps."""
    seen = np.isfinite(values)
    if seen.all() or not seen.any():
        return values
    out = np.interp(time, time[seen], values[seen])
    for first, last in signals.runs(~seen):
        inside = first > 0 and last < time.size - 1
        if not inside or time[last + 1] - time[first - 1] > UNSEEN_S:
            out[first : last + 1] = np.nan
    return out


def _revolutions(trunk: Array, head: Array, time: Array) -> Iterator[Revolution]:
    """Each whole one; headings count from the spot."""
    seen = np.flatnonzero(np.isfinite(trunk + head))
    if not seen.size:
        return
    trunk, head, time = (a[seen[0] : seen[-1] + 1] for a in (trunk, head, time))
    on = np.fmax.accumulate(trunk)
    first, last = float(on[0]), float(on[-1])
    for number in range(int(np.floor(first / 360.0)), int(np.ceil(last / 360.0))):
        start, end = 360.0 * number, 360.0 * (number + 1)
        if min(end, last) - max(start, first) < MOSTLY_DEG:
            continue
        begins = reaches(on, max(start, first), time)
        ends = reaches(on, min(end, last), time)
        around = (time >= begins - PEAK_S) & (time <= ends + PEAK_S)
        if np.isfinite(trunk[around] + head[around]).all():
            yield revolution(trunk, head, time, (begins, ends), end)
