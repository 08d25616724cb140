"""What the legs do, no step being recognised: gestures and pliés."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks, peak_widths

from repetiteur.kernels import geometry, signals
from repetiteur.kinematics.contacts import Contacts
from repetiteur.kinematics.events import FLICKER_S, Span, frames_of, step_of
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.legs import OTHER, Legs
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

#: A working leg rises by at least this, and as much between two rises, deg. Expert
#: default: half of a leg at demi-hauteur.
RISE_DEG = 20.0
#: A plié bends the knee to at least the first, and by the second, deg. Expert defaults:
#: a demi-plié is 45 to 75, a knee that only softens stays below.
PLIE_DEG, BEND_DEG = 25.0, 15.0
#: A leg bent by less is stretched, deg; and it unfolds if it is then this share as high
#: as its thigh was. Expert defaults: attitudes and retirés stay bent by 60 or more.
STRAIGHT_DEG, UNFOLDS = 45.0, 0.5
#: It begins and ends where this share of the bend is left. Expert default.
_LEFT = 0.1
#: Heights are equal to this many digits of a degree: a pose held twice is.
_DIGITS = 6
#: Knees are smoothed by this, s (standard deviation; half power at 4.4 Hz).
_CALM_S = 0.03


@dataclass(frozen=True)
class Gesture(Span):
    """One rise of the working leg.

    Attributes
    ----------
    side : {"left", "right"}
        The working leg.
    peak : int
    peak_s : float
        When it is highest: frame, seconds. Of a leg that is drawn up bent and then
        stretched, as in a développé, where the stretched leg is highest.
    height_deg : float
        How high the leg is there or, of a leg that stays bent, its thigh: 0 hanging, 90
        horizontal.
    """

    side: Side
    peak: int
    peak_s: float
    height_deg: float


@dataclass(frozen=True)
class Plie(Span):
    """One bend of the supporting knee, or of both.

    Attributes
    ----------
    on : {"both", "left", "right"}
        Which legs carry at the bottom.
    bottom : int
    bottom_s : float
        When it is deepest: frame, seconds.
    depth_deg : float
        Flexion of the knee there; of two, the smaller.
    """

    on: Literal["both", "left", "right"]
    bottom: int
    bottom_s: float
    depth_deg: float


def gestures(body: Body, contacts: Contacts, legs: Legs) -> tuple[Gesture, ...]:
    """Rises of the working leg while the other one supports.

    Parameters
    ----------
    body : Body
    contacts : Contacts
    legs : Legs

    Returns
    -------
    tuple of Gesture
        In order of time. Each lasts from when the foot leaves the floor until it is
        back, or from and to the lowest point between two rises of 20 degrees.
    """
    found: list[Gesture] = []
    for side in SIDES:
        down = contacts.foot(side).down
        off = signals.bridged(down == 0, frames_of(body.time, FLICKER_S)) & (down != 1)
        height = np.where(off, _through(_leg_height(body, side)), 0.0)
        peaks = _peaks(height, RISE_DEG, RISE_DEG)
        peaks = peaks[legs.supports(OTHER[side])[peaks]]
        line = np.where(off, _straight_leg(body, side), 0.0)
        found += [
            _stretched(gesture, line, body.time)
            for gesture in _gestures(side, peaks, height, body.time)
        ]
    return tuple(sorted(found, key=lambda gesture: gesture.peak))


def supporting_bend(body: Body, legs: Legs) -> Array:
    """Bend of the knee that carries, (time,) degrees; with both feet down the smaller.

    It is the straighter knee that counts: a lunge is no plié. NaN where not seen.
    """
    left, right = (
        geometry.flexion(*(body[f"{side}_{part}"] for part in ("hip", "knee", "ankle")))
        for side in SIDES
    )
    both = np.where(legs.feet == -1, np.nan, np.fmin(left, right))
    return np.where(legs.support == 1, left, np.where(legs.support == -1, right, both))


def plies(bend: Array, time: Array, legs: Legs) -> tuple[Plie, ...]:
    """Bends of the supporting knee, or of both.

    Parameters
    ----------
    bend : (time,) float
        As :func:`supporting_bend` gives it, degrees.
    time : (time,) float
        Seconds.
    legs : Legs

    Returns
    -------
    tuple of Plie
        In order of time.
    """
    # Rounded here: of a bend as deep in two frames, all must find the same one deepest.
    calm = np.round(signals.smooth(_through(bend), _CALM_S / step_of(time)), _DIGITS)
    peaks = _peaks(calm, PLIE_DEG, BEND_DEG)
    peaks = peaks[(legs.feet[peaks] > 0) & np.isfinite(bend[peaks])]
    if not peaks.size:
        return ()
    first, last = _bends(calm, peaks)
    moments = np.interp([first, last], np.arange(bend.size), time).T.tolist()
    return tuple(
        Plie(
            start=round(a),
            end=round(b),
            start_s=begins,
            end_s=ends,
            on=_CARRYING[int(legs.support[peak])],
            bottom=int(peak),
            bottom_s=float(time[peak]),
            depth_deg=float(bend[peak]),
        )
        for peak, a, b, (begins, ends) in zip(
            peaks, first.tolist(), last.tolist(), moments, strict=True
        )
    )


def _bends(curve: Array, peaks: Indices) -> tuple[Array, Array]:
    """Where each bend begins and ends, in frames, no further than the next one."""
    _, _, first, last = peak_widths(curve, peaks, 1.0 - _LEFT)
    between = np.array(
        [a + np.argmin(curve[a:b]) for a, b in pairwise(peaks)], dtype=np.float64
    )
    first[1:] = np.maximum(first[1:], between)
    last[:-1] = np.minimum(last[:-1], between)
    return first, last


_CARRYING: dict[int, Literal["both", "left", "right"]] = {
    0: "both",
    1: "left",
    -1: "right",
}


def _peaks(curve: Array, height: float, prominence: float) -> Indices:
    """Where a curve is highest round about; of equal heights with no dip, the first."""
    even = np.round(curve, _DIGITS)
    peaks, _ = find_peaks(even, height=height, prominence=prominence)
    if peaks.size < 2:
        return np.asarray(peaks)
    dips = np.minimum.reduceat(even, peaks)[:-1]
    lower = np.minimum(even[peaks[1:]], even[peaks[:-1]])
    return np.asarray(peaks[np.append(True, lower - dips >= prominence)])


def _through(values: Array) -> Array:
    """Values where they were seen, and straight lines between; 0 of none."""
    seen = np.flatnonzero(np.isfinite(values))
    if not seen.size:
        return np.zeros(values.shape)
    return np.interp(np.arange(values.size), seen, values[seen])


def _leg_height(body: Body, side: Side) -> Array:
    """Elevation of a leg or, where that is higher, of its thigh, (time,) degrees."""
    hip, knee, ankle = (body[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
    return np.fmax(geometry.elevation(ankle - hip), geometry.elevation(knee - hip))


def _straight_leg(body: Body, side: Side) -> Array:
    """Elevation of a leg where it is stretched, (time,) degrees; 0 where it is not."""
    hip, knee, ankle = (body[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
    straight = geometry.flexion(hip, knee, ankle) < STRAIGHT_DEG
    return np.where(straight, np.nan_to_num(geometry.elevation(ankle - hip)), 0.0)


def _stretched(gesture: Gesture, line: Array, time: Array) -> Gesture:
    """The gesture, read where the leg is stretched if that is what it does."""
    peak = gesture.start + int(np.argmax(line[gesture.start : gesture.end + 1]))
    if line[peak] < max(RISE_DEG, UNFOLDS * gesture.height_deg):
        return gesture
    return replace(
        gesture,
        peak=peak,
        peak_s=float(time[peak]),
        height_deg=float(line[peak]),
    )


def _gestures(side: Side, peaks: Indices, height: Array, time: Array) -> list[Gesture]:
    """Each rise, from and to the floor or the lowest point between two."""
    out: list[Gesture] = []
    zero = np.flatnonzero(height == 0.0)
    at = np.searchsorted(zero, peaks)
    ends = np.append(zero, height.size)[at] - 1
    starts = np.append(-1, zero)[at] + 1
    for k, peak in enumerate(peaks):
        first, last = int(starts[k]), int(ends[k])
        if k and peaks[k - 1] >= first:
            first = out[-1].end
        if k + 1 < peaks.size and peaks[k + 1] <= last:
            last = int(peak + np.argmin(height[peak : peaks[k + 1] + 1]))
        out.append(
            Gesture(
                start=first,
                end=last,
                start_s=float(time[first]),
                end_s=float(time[last]),
                side=side,
                peak=int(peak),
                peak_s=float(time[peak]),
                height_deg=float(height[peak]),
            )
        )
    return out
