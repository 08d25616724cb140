"""Spotting: how the head stays behind in a turn, and arrives before the body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import fft, ifft

from repetiteur.kernels import geometry, signals
from repetiteur.kinematics.headings import Headings
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: The head is at the spot while it is no further from it than this, deg (domain measure
#: ``spotting``).
AT_SPOT_DEG = 30.0
#: A turn's slow beginning and end belong to it for at most this time, s, from and to
#: this much short of where the body is furthest back, or on, deg. Expert defaults.
SLOW_S, SHORT_DEG = 0.6, 5.0
#: A revolution is one if this much of it was turned, deg: of the last one, its end is
#: often missing. Expert default.
MOSTLY_DEG = 300.0
#: A head that is not seen for longer is not known, s; before and after, its way against
#: the trunk goes on evenly. Expert default: an eighth of a turn at 1.25 rev/s.
UNSEEN_S = 0.1
#: Width of the kernel by which the head's favourite direction is found, deg.
_KERNEL_DEG = 15.0
#: From the best whole degree, so many mean shifts lead to its middle.
_SHIFTS = 6
#: The head's speed is its mean over this time to either side, s.
_PEAK_S = 0.04
#: An arrival is where the way between these two, deg before the spot, leads to.
_COMING_DEG, _CLOSE_DEG = 45.0, 15.0
#: Moments at which a revolution is looked at: 1.5 degrees apart.
_MOMENTS = 241


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


def favourite(heading: Array) -> float:
    """The direction that a heading dwells at, degrees, -180 to 180; NaN of nothing.

    The densest place by a Gaussian kernel of 15 degrees, by mean shift from the best of
    360 directions.

    Examples
    --------
    >>> turning = np.linspace(0.0, 360.0, 73)
    >>> round(favourite(np.concatenate([turning, np.full(40, 100.0)])), 3)
    100.0
    """
    seen = heading[np.isfinite(heading)]
    if not seen.size:
        return float("nan")
    whole = np.bincount(np.round(seen).astype(np.intp) % 360, minlength=360)
    best = float(np.argmax(ifft(fft(whole) * _smeared()).real))
    for _ in range(_SHIFTS):
        off = geometry.wrap(seen - best)
        weights = _kernel(off)
        best += float(weights @ off) / float(weights.sum())
    return float(geometry.wrap(best))


def _kernel(off: Array) -> Array:
    return np.asarray(np.exp(-0.5 * (off / _KERNEL_DEG) ** 2))


@cache
def _smeared() -> Array:
    """The kernel's spectrum over whole degrees, (360,)."""
    return np.asarray(fft(_kernel(geometry.wrap(np.arange(360.0)))).real)


def reaches(way: Array, degrees: float, time: Array) -> float:
    """When a way first comes as far as this, seconds; NaN where it never does.

    Examples
    --------
    >>> reaches(np.array([0.0, 10.0, 30.0]), 20.0, np.array([0.0, 1.0, 2.0]))
    1.5
    """
    far = way >= degrees
    k = int(np.argmax(far))
    if not far[k]:
        return float("nan")
    if k == 0 or way[k] == way[k - 1]:
        return float(time[k])
    share = (degrees - way[k - 1]) / (way[k] - way[k - 1])
    return float(time[k - 1] + share * (time[k] - time[k - 1]))


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
    return float(np.median(known)) if known else float("nan")


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


def _revolutions(
    trunk: Array, head: Array, time: Array
) -> Iterator[tuple[float, float, float, float, float]]:
    """Hold, lag, lead, snap and finish of each; headings count from the spot."""
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
        around = (time >= begins - _PEAK_S) & (time <= ends + _PEAK_S)
        if np.isfinite(trunk[around] + head[around]).all():
            moments = np.linspace(begins, ends, _MOMENTS)
            yield _revolution(trunk, head, time, moments, end)


def _revolution(
    trunk: Array, head: Array, time: Array, moments: Array, end: float
) -> tuple[float, float, float, float, float]:
    body, face, fore, aft = (
        np.interp(moments + shift, time, way)
        for way, shift in ((trunk, 0.0), (head, 0.0), (head, -_PEAK_S), (head, _PEAK_S))
    )
    rate = (body[-1] - body[0]) / (moments[-1] - moments[0])
    behind = body - face
    furthest = int(np.argmax(behind))
    at_spot = np.abs(geometry.wrap(face)) <= AT_SPOT_DEG
    arrivals = _arrives(face, end, moments) - _arrives(body, end, moments)
    return (
        float(at_spot.mean()),
        float(behind[furthest]),
        float((-behind[furthest:]).max()),
        float((aft - fore).max() / (2.0 * _PEAK_S) / rate),
        float(arrivals * rate / 360.0),
    )


def _arrives(way: Array, end: float, time: Array) -> float:
    """When a way comes to its end as it goes on shortly before, seconds.

    Who comes to rest at the spot comes to rest a little before or behind it.
    """
    coming = reaches(way, end - _COMING_DEG, time)
    close = reaches(way, end - _CLOSE_DEG, time)
    return close + (close - coming) * _CLOSE_DEG / (_COMING_DEG - _CLOSE_DEG)
