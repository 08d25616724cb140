"""Depths of points that agree with how long the bones between them are.

A bone that looks short points out of the picture, by as much as it is shortened (Taylor
2000). What is known of the depths besides, each with its error, says to which side, and
how much is to be believed of the rest.

References
----------
.. [1] C. J. Taylor, "Reconstruction of articulated objects from point correspondences
   in a single uncalibrated image", Comput. Vis. Image Underst. 80, 2000.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _bone_loops as loops

Array = NDArray[np.float64]

#: Rounds of the solver, and how far a depth moves in one at most, as a share of the
#: longest bone.
_ROUNDS, _REACH = 8, 0.2
#: No depth is known better than to this share of the longest bone.
_LEAST = 0.01


def agreeing_depths(
    depth: ArrayLike,
    sd: ArrayLike,
    picture: ArrayLike,
    bones: ArrayLike,
    lengths: ArrayLike,
    lengths_sd: ArrayLike,
) -> Array:
    """The likeliest depths, of what was told and of the lengths of the bones.

    Parameters
    ----------
    depth, sd : (time, points) float
        What was told of the depths and its standard deviation, in one unit.
    picture : (time, points, 2) float
        Where the points are in the picture, in the same unit.
    bones : (bones, 2) int
        Which points each bone joins.
    lengths, lengths_sd : (bones,) float
        How long the bones are, and the errors of that and of how long they look.

    Returns
    -------
    (time, points) float
        In the same unit, positive the same way; what was told where a point of the
        frame, or its depth, is NaN.

    Notes
    -----
    The least sum of squares, by Newton's method from what was told: so a bone keeps
    pointing to the side to which it was told to point.

    Examples
    --------
    >>> told, looks = [[0.0, 0.1]], [[[0.0, 0.0], [0.3, 0.0]]]  # of a bone of 0.5
    >>> found = agreeing_depths(told, [[0.001, 0.5]], looks, [[0, 1]], [0.5], [0.01])
    >>> (found[0, 1] - found[0, 0]).round(2)
    np.float64(0.4)
    """
    told, place = np.array(depth, dtype=np.float64), np.asarray(picture, np.float64)
    ends, long = np.asarray(bones, dtype=np.intp), np.asarray(lengths, np.float64)
    looks = np.linalg.norm(place[:, ends[:, 1]] - place[:, ends[:, 0]], axis=2)
    unit = float(long.max())
    error = np.maximum(np.asarray(sd, dtype=np.float64), _LEAST * unit)
    seen = np.isfinite(told + error).all(axis=1) & np.isfinite(looks).all(axis=1)
    told[seen] = loops.agreeing(
        told[seen], error[seen] ** -2.0, looks[seen], ends, long,
        np.asarray(lengths_sd, dtype=np.float64) ** -2.0, _ROUNDS, _REACH * unit,
    )  # fmt: skip
    return told
