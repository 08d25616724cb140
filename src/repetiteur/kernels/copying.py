"""Noisy copies of points: what an instrument might have shown instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _copying_loops as loops
from repetiteur.kernels.resampling import Part, Points, spline

Array = NDArray[np.float64]

#: Numbers of which noise that is new at each frame is made: drawn once, and read from
#: another one on for each point of each copy. A power of two.
_BLOCK = 1 << 18
#: Adds one part of the error of one point to it.
_Adding = Callable[[Array, Array], None]


def copies(
    points: Points,
    parts: Sequence[Part],
    time: ArrayLike,
    *,
    count: int,
    rng: np.random.Generator,
    heading: ArrayLike = 0.0,
    shares: ArrayLike | None = None,
) -> Iterator[Points]:
    """Copies of points that err as their instrument may have erred.

    Parameters
    ----------
    points : mapping of str to (time, 3) float
        NaN means "not seen", and stays.
    parts : sequence of Part
        Their sum is the error. Points err independently of one another.
    time : (time,) float
        Seconds.
    count : int
    rng : numpy.random.Generator
        The same state gives the same copies.
    heading : float or (time,) float
        Of the body, degrees: a part that lasts for ever turns with it.
    shares : (count,) float, optional
        By how much of the way to the next frame, 0 to 1, the frames of each copy fall
        later (:func:`moved_in_time`): a copy then has one frame less.

    Yields
    ------
    mapping of str to (time, 3) float
        One copy at a time: no more than two are held in memory. A coordinate whose
        standard deviation is NaN is NaN.

    Notes
    -----
    What is new at each frame is read off one block of 262 144 normal numbers, from
    another one on for each point of each copy: to draw them anew takes ten times as
    long. Two points of one copy may read the same numbers, seconds or minutes apart.

    Examples
    --------
    >>> points = {"knee": np.zeros((500, 3))}
    >>> parts = [Part({"knee": np.full((500, 3), 0.01)}, 0.0)]
    >>> rng = np.random.default_rng(1)
    >>> [float(c["knee"].std().round(3)) for c in
    ...  copies(points, parts, np.arange(500.0), count=2, rng=rng)]
    [0.01, 0.01]
    """
    t = np.asarray(time, dtype=np.float64)
    frames = t.size if shares is None else t.size - 1
    ahead = np.radians(np.broadcast_to(np.asarray(heading, float), t.shape)[:frames])
    axes = np.sin(ahead), np.cos(ahead)
    block = rng.standard_normal(_BLOCK, dtype=np.float32)
    late = np.full(count, np.nan) if shares is None else np.asarray(shares, float)
    sds = {name: _errors_of(name, parts, frames) for name in points}
    for share in late.tolist():
        adds = [_adding(part.lasting_s, t[:frames], axes, block, rng) for part in parts]
        out = dict(points)
        for name, place in points.items():
            if shares is not None:
                out[name] = loops.later(place, share)
            elif sds[name]:
                out[name] = np.array(place, dtype=np.float64)
            for k, sd in sds[name].items():
                adds[k](out[name], sd)
        yield out


def _errors_of(name: str, parts: Sequence[Part], frames: int) -> dict[int, Array]:
    """Standard deviations of a point by the number of the part that has one."""
    each = {k: part.sd[name] for k, part in enumerate(parts) if name in part.sd}
    return {k: sd[:frames] for k, sd in each.items() if np.any(sd)}


def _adding(
    lasting_s: float,
    time: Array,
    axes: tuple[Array, Array],
    block: NDArray[np.float32],
    rng: np.random.Generator,
) -> _Adding:
    """What adds an error that lasts so long, in one copy."""
    if lasting_s == np.inf:
        return lambda out, sd: loops.add_staying(out, sd, rng.standard_normal(3), *axes)
    found = spline(time, lasting_s, rng)
    if found is None:
        return lambda out, sd: loops.add_new(out, sd, block, int(rng.integers(_BLOCK)))
    first, weight = found
    knots = int(first[-1]) + 4
    return lambda out, sd: loops.add_lasting(
        out, sd, rng.standard_normal((knots, out.shape[1])), first, weight
    )


def moved_in_time(points: Array, time: Array, share: float) -> tuple[Array, Array]:
    """Points as if the frames had fallen a little later.

    Parameters
    ----------
    points : (time, ...) float
    time : (time,) float
        Seconds.
    share : float
        Of the way to the next frame, 0 to 1.

    Returns
    -------
    points : (time - 1, ...) float
        By a cubic through two frames before and two after (Catmull and Rom's spline),
        by a line where one of the outer two is missing; NaN where a neighbour is.
    time : (time - 1,) float

    Examples
    --------
    >>> later, when = moved_in_time(np.arange(5.0) ** 2, np.arange(5.0), 0.5)
    >>> later.tolist(), when.tolist()
    ([0.5, 2.25, 6.25, 12.5], [0.5, 1.5, 2.5, 3.5])
    """
    flat = np.ascontiguousarray(points, dtype=np.float64).reshape(len(points), -1)
    moved = loops.later(flat, share).reshape(-1, *points.shape[1:])
    return moved, (1.0 - share) * time[:-1] + share * time[1:]
