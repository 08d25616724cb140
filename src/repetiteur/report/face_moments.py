"""Two faces at the same moments of the dance: what each has there, or why not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.face import HALF_90, Face
from repetiteur.expression.face_compared import FacesCompared
from repetiteur.expression.face_units import UNITS

__all__ = ["APART", "Course", "by_moment", "moments", "most_of", "on_reference"]

Array = NDArray[np.float64]
Codes = NDArray[np.int8]

#: The reason of a moment that has no frame of a face: beside the codes of
#: :data:`~repetiteur.expression.face_reasons.REASONS`.
APART = -1
#: A moment each quarter of a second, and so many at the most.
_STEP_S, _MOST = 0.25, 96
#: A moment of which less is judged is not.
_JUDGED = 0.5


@dataclass(frozen=True)
class Course:
    """A face at moments of the reference.

    Attributes
    ----------
    value, half : (moments, units) float
        From rest, and half of the 90 % interval; NaN where it is not judged.
    why : (moments, units) int8
        Codes of :data:`~repetiteur.expression.face_reasons.REASONS`, or
        :data:`APART`; 0 is judged.
    """

    value: Array
    half: Array
    why: Codes


def moments(difference: FacesCompared) -> Array:
    """Where the moments that are drawn begin, and the last one ends."""
    known = difference.reference_s[np.isfinite(difference.reference_s)]
    first, last = (float(known.min()), float(known.max())) if known.size else (0, 0)
    many = min(max(round((last - first) / _STEP_S), 1), _MOST)
    return np.linspace(first, max(last, first + 1e-3), many + 1)


def on_reference(difference: FacesCompared, own_s: Array) -> Array:
    """Moments of the take in seconds of the reference; NaN where that is unsure."""
    take, reference = difference.take_s, difference.reference_s
    sure = np.isfinite(take) & np.isfinite(reference)
    if sure.sum() < 2:
        return np.full(own_s.size, np.nan)
    out = np.interp(own_s, take[sure], reference[sure], left=np.nan, right=np.nan)
    # Between two points that are sure, what lies between them has to be so, too.
    between = np.searchsorted(take[sure], own_s).clip(1, int(sure.sum()) - 1)
    places = np.flatnonzero(sure)
    return np.where(places[between] - places[between - 1] == 1, out, np.nan)


def by_moment(face: Face, at_s: Array, edges: Array) -> Course:
    """Medians of what is judged of a face in each moment, and why nothing is.

    Parameters
    ----------
    face : Face
    at_s : (frames,) float
        Its frames, in seconds of the reference; NaN where nobody knows.
    edges : (moments + 1,) float
    """
    shape = edges.size - 1, len(UNITS)
    place = np.searchsorted(edges, at_s, side="right") - 1
    value, half = np.full(shape, np.nan), np.full(shape, np.nan)
    why = np.full(shape, APART, np.int8)
    for moment in range(shape[0]):
        here = np.flatnonzero(place == moment)
        if not here.size:
            continue
        values, sd, codes = face.values[here], face.sd[here], face.why[here]
        seen = np.isfinite(values)
        judged = seen.mean(axis=0) >= _JUDGED
        for unit in range(shape[1]):
            known = seen[:, unit]
            why[moment, unit] = 0 if judged[unit] else most_of(codes[~known, unit])
            if judged[unit]:
                value[moment, unit] = np.median(values[known, unit])
                about = np.hypot(np.median(sd[known, unit]), face.rest_sd[unit])
                half[moment, unit] = HALF_90 * about
    return Course(value, half, why)


def most_of(codes: Codes) -> int:
    """The reason that there is for most: "no face was seen" where there is none.

    Examples
    --------
    >>> most_of(np.array([0, 6, 6, 2], np.int8)), most_of(np.array([0], np.int8))
    (6, 1)
    """
    given = codes[codes != 0]
    if not given.size:
        return 1
    kinds, many = np.unique(given, return_counts=True)
    return int(kinds[many.argmax()])
