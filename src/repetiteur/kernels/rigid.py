"""How a rigid cluster of points has turned and moved."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def rigid_motion(shape: ArrayLike, placed: ArrayLike) -> tuple[Array, Array]:
    """The turn and the move that bring a shape nearest to where its points are seen.

    Parameters
    ----------
    shape : (points, 3) float
        The cluster at rest; at least three points that are not in a line.
    placed : (time, points, 3) float
        Where its points are, in each frame.

    Returns
    -------
    rotation : (time, 3, 3) float
    shift : (time, 3) float
        A point p of the shape lies at rotation @ p + shift. NaN where a point of the
        frame is missing.

    Notes
    -----
    Least squares by the singular value decomposition of the covariance, with the sign
    that keeps it a turn and no mirror image [1]_ [2]_.

    References
    ----------
    .. [1] W. Kabsch, "A solution for the best rotation to relate two sets of vectors",
       Acta Cryst. A32, 1976.
    .. [2] I. Soederkvist and P.-A. Wedin, "Determining the movements of the skeleton
       using well-configured markers", J. Biomech. 26, 1993.

    Examples
    --------
    >>> corner = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]])
    >>> turned = corner[:, [2, 0, 1]] + [0.0, 0.0, 5.0]
    >>> rotation, shift = rigid_motion(corner, turned[np.newaxis])
    >>> (rotation[0] @ [0, 0, 1] + shift[0]).round(9).tolist()
    [1.0, 0.0, 5.0]
    """
    rest = np.asarray(shape, dtype=np.float64)
    place = np.asarray(placed, dtype=np.float64)
    rotation = np.full((place.shape[0], 3, 3), np.nan)
    whole = np.isfinite(place).all(axis=(1, 2))
    middle, middles = rest.mean(axis=0), place[whole].mean(axis=1)
    spread = np.swapaxes(place[whole] - middles[:, np.newaxis], 1, 2) @ (rest - middle)
    u, _, vt = np.linalg.svd(spread)
    u[:, :, 2] *= np.sign(np.linalg.det(u @ vt))[:, np.newaxis]
    rotation[whole] = u @ vt
    shift = np.full((place.shape[0], 3), np.nan)
    shift[whole] = middles - rotation[whole] @ middle
    return rotation, shift


def seen_from(rotation: Array, shift: Array, place: Array) -> Array:
    """Points in the cluster's own axes, (time, ..., 3), of (time, ..., 3) places."""
    moved = place - _beside(shift, place)
    return np.asarray(np.einsum("tji,t...j->t...i", rotation, moved))


def placed_by(rotation: Array, shift: Array, own: Array) -> Array:
    """Where points of the cluster's own axes lie: turns :func:`seen_from` round."""
    turned = np.einsum("tij,t...j->t...i", rotation, own)
    return np.asarray(turned + _beside(shift, own))


def _beside(shift: Array, place: Array) -> Array:
    return shift.reshape(len(shift), *(1,) * (place.ndim - 2), 3)


def thickness(shape: ArrayLike) -> float:
    """How far a cluster reaches beside its longest line, in its own unit.

    The second singular value over the root of the number of points: near 0 for points
    in a line, whose turn about it cannot be told.

    Examples
    --------
    >>> round(thickness([[0.0, 0, 0], [2, 0, 0], [4, 0, 0]]), 9)
    0.0
    """
    rest = np.asarray(shape, dtype=np.float64)
    if len(rest) < 3:
        return 0.0
    values = np.linalg.svd(rest - rest.mean(axis=0), compute_uv=False)
    return float(values[1] / np.sqrt(len(rest)))
