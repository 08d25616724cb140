"""Lateness: what is left of a path after one tempo and one offset."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.features import LIMBS, SCALES, Frame, Movement
from repetiteur.align.path import inner_breaks, without_breaks
from repetiteur.kernels import signals

Array = NDArray[np.float64]

#: Moments further from the common tempo than about this, s, have no say in it.
NEAR_S = 0.06
#: Window over which lateness is read, standard deviation in s of the reference.
LATENESS_S = 0.12
#: A pose that changes by less than this, rad/s (root mean square over the bones),
#: tells no time; beyond what a tracker's errors alone change it by, rad/s.
STILL: dict[Frame, float] = {"space": 0.14, "picture": 0.4, "depth": 0.4}
UNREST: dict[Frame, float] = {"space": 0.0, "picture": 0.3, "depth": 0.3}
#: A bone further from the reference's direction than this, rad, has less say in when.
CALM = np.radians(5.0)
#: A limb's directions vary by this much from run to run, rad, and along its movement
#: that looks like a shift in time: an expert default, as the measures of legs have it;
#: with a tracker's errors in it where a camera saw the body.
OWN_SHAPE: dict[Frame, float] = {
    "space": np.radians(2.0),
    "picture": np.radians(4.0),
    "depth": np.radians(5.0),
}
#: How often lateness is refined, and by how much at the most each time, s.
REFINED, MOST_S = 4, 0.05


@dataclass(frozen=True)
class Lateness:
    """Tempo and offset of a whole take, and what is left at each point of the path.

    Attributes
    ----------
    tempo_ratio, start_offset_s : float
    on_time_s : (points,) float
        The take's time at that tempo and offset, breaks passed over.
    late_s, late_sd_s : (points,) float
        Seconds of the take; NaN where the path is not trusted, the deviation infinite
        where the body is too still to tell the time.
    """

    tempo_ratio: float
    start_offset_s: float
    on_time_s: Array
    late_s: Array
    late_sd_s: Array


def lateness(
    ref: Movement,
    played: Movement,
    path: NDArray[np.int64],
    state: NDArray[np.str_],
    trusted: NDArray[np.bool_],
) -> Lateness:
    """Read lateness off a path, and refine it.

    Each frame tells the time as surely as the body moves in it: a difference of shape s
    looks like a shift in time by (s . v) / |v|^2, v being the speed of the pose. So
    lateness is first the mean of what the path says in a window, and then shifted, a
    few times, by the mean of these shifts, all weighted by |v|^2: least squares on the
    poses themselves [1]_, where the path is stiff and goes by whole frames. Its
    deviation is that of the shifts which remain in the window, taken as one, for shapes
    differ slowly, with what the dancer's own variation of shape would pull.

    Parameters
    ----------
    ref, played : Movement
        The take's frames being as long as the reference's at the common tempo.
    path : (points, 2) int
    state : (points,) str
        From :func:`~repetiteur.align.path.breaks`.
    trusted : (points,) bool
        Where the two are alike enough to be compared; True somewhere.

    Returns
    -------
    Lateness

    References
    ----------
    .. [1] B. D. Lucas and T. Kanade, "An iterative image registration technique with an
       application to stereo vision", IJCAI 1981, for signals over time.
    """
    i, j = path.T
    going = without_breaks(path, state) / [ref.rate, played.rate]
    speed = np.nan_to_num(np.gradient(ref.features, 1.0 / ref.rate, axis=0))[i]
    told = np.where(trusted, (speed**2).sum(axis=1), 0.0)
    use = trusted & (told >= 0.1 * np.median(told[trusted]))
    tempo, start = signals.robust_line(going[use, 0], going[use, 1], near=NEAR_S)
    left = np.where(trusted, going[:, 1] - (start + tempo * going[:, 0]), 0.0)
    on_time = played.body.time[j] - (going[:, 1] - (start + tempo * going[:, 0]))
    window = LATENESS_S * ref.rate
    telling = signals.smooth(told, window)
    among = signals.smooth(trusted.astype(np.float64), window)
    moved = telling - UNREST[ref.frame] ** 2 * among
    tells = trusted & (moved >= STILL[ref.frame] ** 2 * among)
    telling, moved = np.maximum(telling, 1e-12), np.maximum(moved, 1e-12)
    late = _through(tells, signals.smooth(told * left, window) / telling)
    for _ in range(REFINED):
        pull, say = _pull(ref, played, i, on_time + late, speed)
        shift = signals.smooth(np.where(trusted, pull, 0.0), window)
        shift /= np.maximum(signals.smooth(np.where(trusted, say, 0.0), window), 1e-12)
        late = late + _through(tells, np.clip(tempo * shift, -MOST_S, MOST_S))
    pull, say = _pull(ref, played, i, on_time + late, speed)
    shift2 = np.divide(pull**2, say, out=np.zeros_like(say), where=say > 1e-12)
    mean2 = signals.smooth(np.where(trusted, shift2, 0.0), window) / moved
    own = _own(np.where(trusted[:, None], speed, 0.0), window) / moved
    own = OWN_SHAPE[ref.frame] * own
    sd = np.hypot(tempo * np.sqrt(np.maximum(mean2, 0.0) + own**2), 0.5 / played.rate)
    return Lateness(
        tempo_ratio=tempo,
        start_offset_s=_offset(on_time - tempo * ref.body.time[i], state, trusted)
        + tempo * float(ref.body.time[0]),
        on_time_s=on_time,
        late_s=np.where(trusted, late, np.nan),
        late_sd_s=np.where(trusted, np.where(tells, sd, np.inf), np.nan),
    )


def _offset(
    offsets: Array, state: NDArray[np.str_], trusted: NDArray[np.bool_]
) -> float:
    """Offset of the part between two breaks in which most is compared."""
    edges = [0, *(b + 1 for _, b in inner_breaks(state)), state.size]
    parts = [slice(a, b) for a, b in pairwise(edges)]
    most = max(parts, key=lambda part: int(trusted[part].sum()))
    return float(np.median(offsets[most][trusted[most]]))


def _pull(
    ref: Movement, played: Movement, i: NDArray[np.int64], take_s: Array, speed: Array
) -> tuple[Array, Array]:
    """Shift in time that each frame asks for, times its say; and its say, |v|^2.

    A bone that points elsewhere by more than ``CALM`` has less say (Huber's weights):
    that is a difference of shape, and the rest of the body tells the time.
    """
    there = signals.resample(played.features, played.body.time, take_s)
    apart = np.nan_to_num(ref.features[i] - there).reshape(i.size, -1, 3)
    speed = speed.reshape(i.size, -1, 3)
    angle = np.linalg.norm(apart, axis=2) / SCALES
    weight = np.minimum(1.0, CALM / np.maximum(angle, 1e-12))
    pull = (weight * (apart * speed).sum(axis=2)).sum(axis=1)
    return pull, (weight * (speed**2).sum(axis=2)).sum(axis=1)


def _own(speed: Array, window: float) -> Array:
    """What one radian of own variation in shape may pull, limb by limb, times |v|^2."""
    bones = np.linalg.norm(speed.reshape(len(speed), -1, 3), axis=2) * SCALES
    limbs = np.add.reduceat(bones, LIMBS, axis=1)
    pull = signals.smooth(limbs, window)
    return np.asarray(np.sqrt((pull**2).sum(axis=1)))


def _through(tells: NDArray[np.bool_], values: Array) -> Array:
    """Values where time is told; through stillness, a line from one to the next."""
    if not tells.any():
        return np.zeros_like(values)
    points = np.arange(values.size)
    return np.interp(points, points[tells], values[tells])
