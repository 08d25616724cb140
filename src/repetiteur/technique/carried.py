"""How sure values are that are read off a curve: the errors of the frames they are of.

The errors of the points are carried through the curve, in the few frames that a value
is read in (:func:`repetiteur.kernels.propagation.propagate_parts`). What is new at each
frame counts for less in a median; what lasts does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.gains import median_gain
from repetiteur.kernels.propagation import propagate_parts
from repetiteur.kernels.resampling import Part
from repetiteur.kinematics.events import step_of
from repetiteur.kinematics.joints import ANGLES
from repetiteur.kinematics.limbs import Bones
from repetiteur.kinematics.movement import Movement
from repetiteur.model.body import Body
from repetiteur.technique.measure import Measure
from repetiteur.technique.moments import NEAR_S, Moment
from repetiteur.technique.postures import settled, top_of
from repetiteur.technique.values import Key

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

#: Where in a stretch the curve's error is looked at, which changes slowly.
_LOOKED_AT = np.array([0.5, 0.0, 1.0])
#: Copies of these few frames that a curve is computed of in one go.
_AT_ONCE = 32
_CIRCLE = 360.0


def stretch_of(movement: Movement, moment: Moment) -> tuple[int, int]:
    """First and last frame that curves are read in on a moment.

    The same as :func:`repetiteur.technique.postures.read` takes the median over.
    """
    when, time = top_of(moment.event), movement.body.time
    if when is None:
        return settled(movement, moment.event)
    first, last = np.searchsorted(time, [when - NEAR_S, when + NEAR_S]).tolist()
    first = min(first, time.size - 1)
    return first, max(first, last - 1)


def _alone(key: Key) -> Callable[[Body], Array]:
    """The curve that a value is read off, of any body."""
    reads, side = key.measure.reads, key.side
    if isinstance(reads, str):
        angle = ANGLES[reads.format(side=side)]
        return lambda body: angle.curve(Bones(body))
    if reads is None:
        raise ValueError(f"{key.measure.id!r} is not read off a curve.")
    return lambda body: reads(body, side)


def period_of(one: Measure) -> float | None:
    """Where the values of a measure wrap, degrees."""
    return _CIRCLE if one.shape == "circle" else None


def carried(
    body: Body,
    parts: Sequence[Part],
    key: Key,
    stretches: Indices,
    course: Array | None = None,
) -> Array:
    """Standard deviations of values that are read off one curve.

    Parameters
    ----------
    body : Body
    parts : sequence of Part
        Of its errors (:func:`repetiteur.kinematics.doubts.parts_of_error`).
    key : Key
        Which value, of a measure that is read off a curve.
    stretches : (n, 2) int
        First and last of the frames that each value is the median of.
    course : (time,) float, optional
        The curve, where these are so few that the error of one of them will do: the
        middle one, or another that has a value.

    Returns
    -------
    (n,) float
        In its unit; 0 of a body without errors, NaN where the curve has no value.
    """
    curve = _alone(key)
    apart = stretches[:, 1:] - stretches[:, :1]
    frames = stretches[:, :1] + np.round(apart * _LOOKED_AT).astype(np.intp)
    if course is not None:
        known = np.isfinite(course[frames])
        frames = frames[np.arange(len(frames)), known.argmax(axis=1)]
    frames = frames.ravel()
    asked = _Asked(body.points, frames)
    curve(_in_frames(body, frames, asked))

    def value(points: Mapping[str, Array]) -> Array:
        rows = max((len(place) for place in points.values()), default=frames.size)
        return curve(_in_frames(body, np.resize(frames, rows), points))

    sds = [
        {name: part.sd[name][frames] for name in asked.known if name in part.sd}
        for part in parts
    ]
    period, at_once = period_of(key.measure), _at_once(key)
    found = propagate_parts(value, asked.known, sds, period=period, at_once=at_once)
    step = step_of(body.time)
    counts, which = np.unique(apart[:, 0] + 1, return_inverse=True)
    total = np.zeros(len(stretches))
    for part, sd in zip(parts, found, strict=True):
        square = sd.reshape(len(stretches), -1) ** 2
        known = np.isfinite(square)
        mean = np.where(known, square, 0.0).sum(axis=1) / np.maximum(known.sum(1), 1)
        gain = np.array([_gain(n, step, part.lasting_s) for n in counts.tolist()])
        total += np.where(known.any(axis=1), mean, np.nan) * gain[which] ** 2
    return np.sqrt(total)


def _at_once(key: Key) -> int:
    """Copies that the curve of a value is computed of in one go.

    A length may be the median of all the frames that a curve is given, and these must
    be those of one copy.
    """
    return _AT_ONCE if key.measure.alone else 1


def _in_frames(body: Body, frames: Indices, points: Mapping[str, Array]) -> Body:
    """A body in some of its frames only, with these points."""
    facing = None if body.facing is None else body.facing[frames]
    return replace(body, time=body.time[frames], points=points, sd={}, facing=facing)


class _Asked(Mapping[str, Array]):
    """Points in some frames, taken when they are asked for."""

    def __init__(self, points: Mapping[str, Array], frames: NDArray[np.intp]) -> None:
        self.known: dict[str, Array] = {}
        self._points, self._frames = points, frames

    def __getitem__(self, name: str) -> Array:
        if name not in self.known:
            self.known[name] = self._points[name][self._frames]
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._points)

    def __len__(self) -> int:
        return len(self._points)


@lru_cache(maxsize=4096)
def _gain(frames: int, step_s: float, lasting_s: float) -> float:
    """How much of an error a median over so many frames keeps."""
    if lasting_s == np.inf:
        return 1.0
    return median_gain(np.arange(frames) * step_s, lasting_s)
