"""The dancer's own resting face: what all units are told against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.face_units import UNITS

__all__ = ["resting"]

Array = NDArray[np.float64]

#: Frames that are compared with one another, at the most, and how many of them are one
#: face that is held: a share of those that are judged.
_MOST, _SHARE = 600, 0.1
#: Fewer judged frames than this show no resting face.
_LEAST = 8
#: A resting face has its eyes open, to this share of their widest (90th percentile),
#: and its lips no further apart than this share of the frames has them.
_OPEN, _LIPS = 0.6, 33.0
#: Frames are held about as much whose nearest tenth is so many times further, at most.
#: Set on the one clip of ``benchmarks/face.py``: of every other of its frames another
#: face is held most.
_AS_MUCH = 1.25
#: The head's line is told from level, and not from where it mostly is.
_LEVEL = [k for k, one in enumerate(UNITS) if one.name.startswith("head")]
_NAMES = [one.name for one in UNITS]
_FEATURES = [k for k, one in enumerate(UNITS) if one.of_any_face]


def resting(
    time_s: Array, values: Array, rest_s: tuple[float, float] | None = None
) -> tuple[Array, Array]:
    """Value of each unit at rest, and how sure that is.

    Parameters
    ----------
    time_s : (frames,) float
    values : (frames, units) float
        NaN where not judged.
    rest_s : (float, float), optional
        From when to when the face rests. By default it is the face that is held most
        among those with open eyes and lips no further apart than in a third of these:
        the frame whose nearest tenth is nearest, and the median of that tenth.

    Returns
    -------
    rest, sd : (units,) float
        0 for the head's line; NaN where a unit was never judged, and everywhere with
        too few frames. The standard deviation is how far, root mean square, the frames
        are that are held about as much, any of which might be the resting face; 0
        where it was said.
    """
    out, sd = np.full((2, values.shape[1]), np.nan)
    judged = np.isfinite(values[:, _FEATURES]).all(axis=1)
    if rest_s is not None:
        judged &= (time_s >= rest_s[0]) & (time_s <= rest_s[1])
    where = np.flatnonzero(judged)
    if where.size < _LEAST:
        return out, sd
    held, others = where, where[:0]
    if rest_s is None:
        calm = where[_calm(values[where])]
        near, alike = _held(values[calm][:, _FEATURES])
        held, others = calm[near], calm[alike]
    for unit in range(values.shape[1]):
        seen = values[held, unit][np.isfinite(values[held, unit])]
        if seen.size:
            out[unit] = np.median(seen)
            about = values[others, unit][np.isfinite(values[others, unit])]
            sd[unit] = np.sqrt(np.mean((about - out[unit]) ** 2)) if about.size else 0.0
    out[_LEVEL] = sd[_LEVEL] = 0.0
    return out, sd


def _calm(values: Array) -> NDArray[np.int64]:
    """Frames with open eyes and the lips least apart."""
    lids, lips = (values[:, _NAMES.index(name)] for name in ("lids_open", "lips_apart"))
    awake = np.flatnonzero(lids >= _OPEN * np.percentile(lids, 90.0))
    near = lips[awake] <= np.percentile(lips[awake], _LIPS)
    return np.asarray(awake[near])


def _held(features: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The frames of the face that is held most, and those held about as much."""
    some = np.unique(np.linspace(0, len(features) - 1, _MOST).astype(np.int64))
    spread = np.median(np.abs(features - np.median(features, axis=0)), axis=0)
    scaled = features[some] / np.maximum(spread, 1e-6)
    apart = np.linalg.norm(scaled[:, np.newaxis] - scaled, axis=2)
    count = max(int(_SHARE * len(some)), min(_LEAST, len(some)))
    nearest = np.sort(apart, axis=1)[:, count - 1]
    centre = int(np.argmin(nearest))
    alike = nearest <= _AS_MUCH * nearest[centre]
    near = np.argsort(apart[centre], kind="stable")[:count]
    return np.asarray(some[near]), np.asarray(some[alike])
