"""Feet and floor as curves over time: levels, hysteresis, moments of touching.

NaN means "not seen" and is never filled here.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import median_filter, uniform_filter1d

from repetiteur.kernels import _contact_loops as loops
from repetiteur.kernels.medians import lower_quantile, median

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
States = NDArray[np.int8]

#: A floor's level is told from blocks of this length, s, each by this quantile of the
#: lower foot's height: a foot stands for a fifth of any second or two.
_BLOCK_S, _LOW = 1.0, 0.2
#: Blocks to either side whose levels count, so that no leap lifts the floor.
_AROUND = 2
#: A velocity is that over so long a time to either side, s.
_HALF_S = 0.05
#: A point stands near the lowest tenth of its heights.
_LOWEST = 0.1


def hysteresis(values: ArrayLike, enter: float, leave: float) -> States:
    """Whether a curve is low: from below ``enter`` on, until it is above ``leave``.

    Parameters
    ----------
    values : (time,) float
        NaN is unknown.
    enter, leave : float
        ``enter`` is the lower of the two.

    Returns
    -------
    (time,) int8
        1 low, 0 high, -1 unknown. A stretch that begins between the two begins low
        where it lies below their middle.

    Examples
    --------
    >>> hysteresis([0.0, 3.0, 5.0, 3.0, 1.0, np.nan], 2.0, 4.0).tolist()
    [1, 1, 0, 0, 1, -1]
    """
    return loops.states(np.asarray(values, dtype=np.float64), enter, leave)


def floor_level(lowest: ArrayLike, time: ArrayLike, most: float) -> Array:
    """Level of the floor under a dancer, which may lean or drift slowly.

    Parameters
    ----------
    lowest : (time,) float
        Height of the lower foot; NaN = not seen.
    time : (time,) float
        Seconds.
    most : float
        How far the level may be from that of the whole recording.

    Returns
    -------
    (time,) float
        NaN throughout where nothing was seen.

    Notes
    -----
    Each second's level is the 0.2 quantile of the lower foot's height; the median of
    five seconds counts, and its course is averaged over five. A flight does not lift
    it, and a foot that is far too low for a moment does not sink it.

    Examples
    --------
    >>> floor_level([0.02, 0.02, 0.5, 0.02], [0.0, 0.1, 0.2, 0.3], 0.1).tolist()
    [0.02, 0.02, 0.02, 0.02]
    """
    height, moments = (np.asarray(a, dtype=np.float64) for a in (lowest, time))
    step = median(np.diff(moments)) if moments.size > 1 else _BLOCK_S
    size = max(1, min(round(_BLOCK_S / step), height.size))
    blocks = -(-height.size // size)
    padded = np.full(blocks * size, np.nan)
    padded[: height.size] = height
    levels = _quantile_of_rows(padded.reshape(blocks, size), _LOW)
    known = np.flatnonzero(np.isfinite(levels))
    if not known.size:
        return np.full(height.shape, np.nan)
    whole = median(levels[known])
    levels = np.interp(np.arange(blocks), known, levels[known])
    levels = median_filter(levels, 2 * _AROUND + 1, mode="nearest")
    levels = np.clip(levels, whole - most, whole + most)
    levels = uniform_filter1d(levels, 2 * _AROUND + 1, mode="nearest")
    middles = (np.arange(blocks) + 0.5) * size
    return np.interp(np.arange(height.size), middles, levels)


def _quantile_of_rows(values: Array, share: float) -> Array:
    """A quantile of what is seen in each row, (rows,); NaN of none."""
    ordered = np.sort(values, axis=1)
    count = np.isfinite(values).sum(axis=1)
    place = np.floor(share * np.maximum(count - 1, 0)).astype(np.intp)
    return np.asarray(np.take_along_axis(ordered, place[:, np.newaxis], axis=1)[:, 0])


def standing_height(heights: ArrayLike, near: float) -> float:
    """Height of a point of the foot while it stands.

    Parameters
    ----------
    heights : (time,) float
        Over the floor; NaN = not seen.
    near : float
        How far the heights of a standing point may lie from one another.

    Returns
    -------
    float
        Middle of the heights near their lowest tenth; NaN of none.

    Examples
    --------
    >>> standing_height([0.08, 0.08, 0.09, 0.4, 0.5], 0.02)
    0.08
    """
    v = np.asarray(heights, dtype=np.float64)
    seen = v[np.isfinite(v)]
    if not seen.size:
        return float("nan")
    low = lower_quantile(seen, _LOWEST)
    return median(seen[np.abs(seen - low) <= near])


def touching(lift: ArrayLike, time: ArrayLike, down: ArrayLike, ground: float) -> Array:
    """When a foot touches down, in seconds between frames.

    Parameters
    ----------
    lift : (time,) float
        Height over where it stands.
    time : (time,) float
        Seconds.
    down : (time,) int8
        As :func:`hysteresis` gives it.
    ground : float
        Below this it may stand: what noise may do.

    Returns
    -------
    (touches,) float
        Seconds. For take-offs: the same with all three arrays reversed.

    Notes
    -----
    A foot that is down stands still, so a straight line through the floor from the
    last sample above it to the first one on it is late by up to a frame. The course of
    the last three samples above it (a parabola) is followed down to the floor instead,
    and the moment is kept between those two samples.

    Examples
    --------
    >>> fall = [12.25, 11.25, 8.25, 3.25, 0.0]  # 12.25 - t^2 until it is 0
    >>> touching(fall, np.arange(5.0), [0, 0, 0, 0, 1], 0.01).round(9).tolist()
    [3.5]
    """
    v, t = (np.asarray(a, dtype=np.float64) for a in (lift, time))
    first = loops.first_standing(v, np.asarray(down, dtype=np.int8), ground)
    return _meeting(v, t, first) if first.size else np.empty(0)


def _meeting(v: Array, t: Array, first: NDArray[np.intp]) -> Array:
    """When the course of the three samples before ``first`` meets zero."""
    back = np.maximum(first[:, np.newaxis] - np.arange(1, 4), 0)
    y = v[back]
    x = t[back] - t[first][:, np.newaxis]
    with np.errstate(all="ignore"):
        slope = (y[:, 0] - y[:, 1]) / (x[:, 0] - x[:, 1])
        before = (y[:, 1] - y[:, 2]) / (x[:, 1] - x[:, 2])
        bend = (slope - before) / (x[:, 0] - x[:, 2])
        # y = y0 + a (x - x0) + bend (x - x0)^2, its first zero after x0
        a = slope + bend * (x[:, 0] - x[:, 1])
        root = np.sqrt(a**2 - 4.0 * bend * y[:, 0])
        late = 2.0 * y[:, 0] / (-a + root)
        straight = -y[:, 0] / slope
    late = np.where(np.isfinite(late), late, straight)
    late = np.where(np.isfinite(late) & (late >= 0.0), late, -x[:, 0])
    return np.asarray(t[first] + np.minimum(x[:, 0] + late, 0.0))


def velocity(points: ArrayLike, time: ArrayLike, half_s: float = _HALF_S) -> Array:
    """Mean velocity round each moment: what was covered over what it took.

    Parameters
    ----------
    points : (time, space) float
    time : (time,) float
        Seconds.
    half_s : float
        Time to either side; at least one frame.

    Returns
    -------
    (time, space) float
        NaN where an end of the window was not seen. Near the ends of the recording it
        is that of the first and of the last whole window.

    Notes
    -----
    A difference over 2 h is a derivative behind a moving average, without lag: with
    0.05 s to either side its half-power frequency is 4.4 Hz. Noise of 5 mm makes
    0.07 m/s.

    Examples
    --------
    >>> velocity([[0.0], [1.0], [2.0], [3.0]], [0.0, 0.5, 1.0, 1.5])[:, 0].tolist()
    [2.0, 2.0, 2.0, 2.0]
    """
    place, t = (np.asarray(a, dtype=np.float64) for a in (points, time))
    if t.size < 2:
        return np.full(place.shape, np.nan)
    return loops.differences(place, t, _half(t, half_s))


def gliding(
    rear: ArrayLike, front: ArrayLike, time: ArrayLike, half_s: float = _HALF_S
) -> tuple[Array, Array]:
    """How a bone moves over the floor, as seen from above.

    Parameters
    ----------
    rear, front : (time, 3) float
        Its ends, y up.
    time : (time,) float
        Seconds.
    half_s : float
        As for :func:`velocity`.

    Returns
    -------
    speed : (time,) float
        Of its slowest point; of one end where the other was not seen.
    turning : (time,) float
        rad/s, positive to the dancer's left; NaN of an upright bone.

    Examples
    --------
    >>> heel, toe = np.zeros((3, 3)), np.outer([0.0, 0.1, 0.2], [1.0, 0.0, 0.0])
    >>> toe[:, 2] = 1.0
    >>> speed, turning = gliding(heel, toe, [0.0, 0.5, 1.0])
    >>> speed.tolist(), turning.round(3).tolist()
    ([0.0, 0.0, 0.0], [0.2, 0.198, 0.192])
    """
    ends = [np.asarray(end, dtype=np.float64) for end in (rear, front)]
    return loops.gliding(*ends, *(velocity(end, time, half_s) for end in ends))


def mean_square_speed(points: Iterable[ArrayLike], time: ArrayLike) -> Array:
    """Mean square of the speeds of several points round each moment.

    Parameters
    ----------
    points : iterable of (time, space) float
    time : (time,) float
        Seconds.

    Returns
    -------
    (time,) float
        In square metres a second squared, of those points that were seen, by
        :func:`velocity`; NaN where none was.

    Examples
    --------
    >>> time, still = [0.0, 0.5, 1.0], [[0.0], [0.0], [0.0]]
    >>> mean_square_speed([still, [[0.0], [1.0], [2.0]]], time).tolist()
    [2.0, 2.0, 2.0]
    """
    t = np.asarray(time, dtype=np.float64)
    square, seen = np.zeros(t.size), np.zeros(t.size)
    half = _half(t, _HALF_S) if t.size > 1 else 0
    for place in points if t.size > 1 else ():
        loops.add_squared_speed(square, seen, np.asarray(place, float), t, half)
    return np.where(seen > 0.0, square, np.nan) / np.maximum(seen, 1.0)


def _half(time: Array, half_s: float) -> int:
    """Frames to either side of a window."""
    half = max(1, round(half_s / median(np.diff(time))))
    return min(half, (time.size - 1) // 2)
