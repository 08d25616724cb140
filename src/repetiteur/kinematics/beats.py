"""Beats: how often the legs cross in the air, and how near the calves come."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kernels.signals import resample, runs
from repetiteur.kinematics.directions import front
from repetiteur.kinematics.flights import Flight
from repetiteur.model.body import Body

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: A foot that is in front for a shorter time is not, s (domain measure
#: ``beats_count``: debounced by 20 ms).
SHORTEST_S = 0.02
#: A foot is in front of the other when its ankle is by this much, foot lengths. Expert
#: default: fifth position puts them a quarter apart and more, first not at all.
IN_FRONT = 0.15
#: Legs that pass one another further apart than this do not beat, deg: they swing
#: through a leap. Expert default: an entrechat opens to half of it.
OPEN_DEG = 60.0
#: Nor do legs of which one is bent by more, deg (a pas de chat). Expert default.
BENT_DEG = 45.0


def crossings(
    body: Body, flight: Flight, foot_length: float, *, in_front: float = IN_FRONT
) -> Array | None:
    """When the legs cross in the air (domain measure ``beats_count``).

    Parameters
    ----------
    body : Body
    flight : Flight
    foot_length : float
        Metres.
    in_front : float
        How far a foot is before the other one when it is in front, foot lengths.

    Returns
    -------
    (crossings,) float or None
        Seconds, midway between the one foot and the other in front. None where hips or
        ankles were not seen for longer than 0.02 s.

    Notes
    -----
    A crossing is a change of sign of d = (left ankle - right ankle) . forward, forward
    that of the pelvis. It counts when each foot was in front by ``in_front``
    for 0.02 s, and when in between the legs, both straight, were near one another.
    """
    aloft = slice(flight.start, flight.end + 1)
    time = body.time[aloft]
    legs = body["left_ankle"][aloft] - body["right_ankle"][aloft]
    ahead = (legs * geometry.unit(front(body, "hip")[aloft])).sum(axis=1)
    unseen = runs(np.isnan(ahead))
    if ahead.size < 2 or any(_lasts(time, *gap) > SHORTEST_S for gap in unseen):
        return None
    sides = [
        (first, last, sign)
        for sign in (1.0, -1.0)
        for first, last in runs(sign * ahead > in_front * foot_length)
        if _lasts(time, first, last) >= 0.99 * SHORTEST_S
    ]
    sides.sort()
    near = _near(body, aloft)
    found = [
        (last, first)
        for (_, last, sign), (first, _, other) in pairwise(sides)
        if sign != other and near[last : first + 1].all()
    ]
    return np.array([0.5 * (time[last] + time[first]) for last, first in found])


def _lasts(time: Array, first: int, last: int) -> float:
    """How long a run of frames lasts, each of them for one step, seconds."""
    step = float(np.median(np.diff(time)))
    return float(time[last] - time[first]) + step


def _near(body: Body, aloft: slice) -> Bools:
    """Where both legs are straight and near one another."""
    joints = {
        f"{side}_{part}": body[f"{side}_{part}"][aloft]
        for side in ("left", "right")
        for part in ("hip", "knee", "ankle")
    }
    legs = [joints[f"{s}_ankle"] - joints[f"{s}_hip"] for s in ("left", "right")]
    far = geometry.angle_between(*legs) > OPEN_DEG
    for side in ("left", "right"):
        leg = (joints[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
        far |= geometry.flexion(*leg) > BENT_DEG
    return np.asarray(~far)


def gaps(body: Body, flight: Flight, times: Array) -> Array:
    """How near the calves come in each beat.

    Parameters
    ----------
    body : Body
    flight : Flight
    times : (crossings,) float
        As :func:`crossings` gives them, seconds.

    Returns
    -------
    (crossings,) float
        Smallest distance of the shanks, from knee to ankle, from each crossing until
        the next, or until the landing, metres; NaN where they were not seen.
    """
    aloft = slice(flight.start, flight.end + 1)
    time = body.time[aloft]
    shanks = (
        body[f"{side}_{part}"][aloft]
        for side in ("left", "right")
        for part in ("knee", "ankle")
    )
    apart = segments_apart(*shanks)
    out = []
    for start, end in pairwise([*times, time[-1]]):
        within = apart[(time >= start) & (time <= end)]
        at_start = resample(apart, time, [start])
        out.append(np.fmin.reduce(np.append(within, at_start)))
    return np.array(out)


def segments_apart(a: Array, b: Array, c: Array, d: Array) -> Array:
    """Smallest distance between two straight segments, a to b and c to d.

    Parameters
    ----------
    a, b, c, d : (time, 3) float
        Their ends, in one unit.

    Returns
    -------
    (time,) float
        In the same unit; NaN where an end was not seen.

    Notes
    -----
    The nearest points lie both inside of the segments, where the lines are nearest, or
    at least one of them is an end.

    Examples
    --------
    >>> at = lambda *place: np.array([place], dtype=float)
    >>> segments_apart(at(0, 0, 0), at(0, 2, 0), at(1, 1, -1), at(1, 1, 1)).tolist()
    [1.0]
    """
    u, v, w = b - a, d - c, a - c
    uu, uv, vv = geometry.dot(u, u), geometry.dot(u, v), geometry.dot(v, v)
    uw, vw = geometry.dot(u, w), geometry.dot(v, w)
    area = uu * vv - uv**2
    with np.errstate(divide="ignore", invalid="ignore"):
        s, t = (uv * vw - vv * uw) / area, (uu * vw - uv * uw) / area
        inner = np.linalg.norm(w + s[:, None] * u - t[:, None] * v, axis=1)
    inside = (s >= 0.0) & (s <= 1.0) & (t >= 0.0) & (t <= 1.0)
    ends = np.minimum.reduce(
        [_from(a, c, v), _from(b, c, v), _from(c, a, u), _from(d, a, u)]
    )
    return np.asarray(np.where(inside, np.minimum(inner, ends), ends))


def _from(point: Array, start: Array, along: Array) -> Array:
    """Distance of a point from a segment."""
    length = geometry.dot(along, along)
    share = geometry.dot(point - start, along) / np.where(length > 0.0, length, 1.0)
    nearest = start + np.clip(share, 0.0, 1.0)[:, None] * along
    return np.asarray(np.linalg.norm(point - nearest, axis=1))
