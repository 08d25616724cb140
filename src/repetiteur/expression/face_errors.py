"""How far a unit of the face may be from what it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.face_units import UNITS

__all__ = ["landmark_sd", "sd_of"]

Array = NDArray[np.float64]

#: Standard deviation of a point of the mesh in eye distances: of faces of 60 pixels
#: and of 30, and what is left of it in any face.
_AT_60, _AT_30, _LEFT = 0.011, 0.025, 0.006
#: Variances of the resting face and of a frame add up.
_TWICE = np.sqrt(2.0)
#: Degrees of the head's line for one eye distance of error, and of the eyes' direction:
#: the skull is laid on many points, the iris is one point before a short radius.
_HEAD_DEG, _EYES_DEG = 60.0, 180.0
#: Edges that are soft in small faces: so many times the error of others.
_SOFT = {"lips_full": 2.5, "mouth_width": 1.4}
#: Beyond this yaw or pitch, degrees, nothing grows further: nothing is judged there.
_MOST_DEG = 60.0


def landmark_sd(width_px: Array) -> Array:
    """Standard deviation of a point of the mesh, in eye distances.

    Parameters
    ----------
    width_px : (...) float
        Width of the face, pixels.

    Returns
    -------
    (...) float

    Examples
    --------
    >>> landmark_sd(np.array([30.0, 60.0, 240.0])).round(3).tolist()
    [0.026, 0.013, 0.006]
    """
    power = np.log2(_AT_30 / _AT_60)
    return np.asarray(np.hypot(_LEFT, _AT_60 * (60.0 / width_px) ** power))


def sd_of(width_px: Array, yaw: Array, pitch: Array) -> Array:
    """Standard deviation of each unit's change from rest, (frames, units).

    Parameters
    ----------
    width_px, yaw, pitch : (frames,) float
        Pixels and degrees.

    Returns
    -------
    (frames, units) float
        In the units' own units; NaN without a face. Grows as the face is turned away
        and what is measured is foreshortened.
    """
    own = landmark_sd(width_px)
    seen = np.cos(np.radians(np.clip(np.abs(yaw), 0.0, _MOST_DEG)))
    seen = seen * np.cos(np.radians(np.clip(np.abs(pitch), 0.0, _MOST_DEG)))
    out = []
    for one in UNITS:
        per = _SOFT.get(one.name, 1.0)
        if one.unit == "deg":
            per = _HEAD_DEG if one.name.startswith("head") else _EYES_DEG
        out.append(_TWICE * per * own / seen)
    return np.column_stack(out)
