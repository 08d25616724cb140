"""Rotations of a skeleton, all frames at once: to matrices, and along its bones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["about_axis", "chain", "from_quaternions", "from_rotation_vectors"]

Array = NDArray[np.float64]


def from_quaternions(wxyz: ArrayLike) -> Array:
    """Rotation matrices of quaternions.

    Parameters
    ----------
    wxyz : (..., 4) float
        The real part first. Any length above 0: they are scaled to 1.

    Returns
    -------
    (..., 3, 3) float
        NaN where a quaternion is NaN or of length 0.

    Examples
    --------
    >>> half = np.sqrt(0.5)  # a quarter turn about z
    >>> bool(np.allclose(from_quaternions([half, 0, 0, half]) @ [1, 0, 0], [0, 1, 0]))
    True
    """
    q = np.asarray(wxyz, dtype=np.float64)
    length = np.linalg.norm(q, axis=-1, keepdims=True)
    w, *axis = np.moveaxis(q / np.where(length > 0.0, length, np.nan), -1, 0)
    return _matrices(np.stack(axis, axis=-1), w)


def from_rotation_vectors(vectors: ArrayLike) -> Array:
    """Rotation matrices of rotation vectors: along the axis, as long as the angle.

    Parameters
    ----------
    vectors : (..., 3) float
        Radians.

    Returns
    -------
    (..., 3, 3) float

    Examples
    --------
    >>> (from_rotation_vectors([0, 0, np.pi / 2]) @ [1, 0, 0]).round(9).tolist()
    [0.0, 1.0, 0.0]
    >>> from_rotation_vectors([0.0, 0.0, 0.0]).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    turn = np.asarray(vectors, dtype=np.float64)
    half = 0.5 * np.linalg.norm(turn, axis=-1, keepdims=True)
    # sin(h) / h, which is 1 at 0
    return _matrices(0.5 * turn * np.sinc(half / np.pi), np.cos(half[..., 0]))


def about_axis(axis: int, angle: ArrayLike) -> Array:
    """Rotation matrices about one of the axes.

    Parameters
    ----------
    axis : {0, 1, 2}
        x, y or z.
    angle : (...) float
        Radians, right-handed.

    Returns
    -------
    (..., 3, 3) float

    Examples
    --------
    >>> (about_axis(1, np.pi / 2) @ [0, 0, 1]).round(9).tolist()
    [1.0, 0.0, 0.0]
    """
    return from_rotation_vectors(np.asarray(angle)[..., np.newaxis] * np.eye(3)[axis])


def _matrices(axis: Array, w: Array) -> Array:
    """Of unit quaternions: ``v -> v + 2 axis x (axis x v + w v)`` for each unit v."""
    x, y, z = np.moveaxis(axis, -1, 0)
    rows = (
        (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
        (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
        (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
    )
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def chain(
    parents: Sequence[int], offsets: ArrayLike, turns: ArrayLike, root: ArrayLike
) -> Array:
    """Where the joints of a skeleton are: forward kinematics.

    Parameters
    ----------
    parents : sequence of int
        Of each joint, which comes before it; -1 for a root.
    offsets : (joint, 3) float
        From the parent, in the parent's axes.
    turns : (time, joint, 3, 3) float
        Rotation of each joint against its parent.
    root : (time, 3) float
        Place of what a root's offset is counted from.

    Returns
    -------
    (time, 3, joint) float

    Examples
    --------
    >>> hip, knee, ankle = [0, 1, 0], [0, -0.4, 0], [0, -0.4, 0]
    >>> turns = about_axis(0, [[0.0, np.pi / 2, 0.0]])
    >>> chain([-1, 0, 1], [hip, knee, ankle], turns, [[0, 0, 0]])[0].round(9).T.tolist()
    [[0.0, 1.0, 0.0], [0.0, 0.6, 0.0], [0.0, 0.6, -0.4]]
    """
    steps = np.asarray(offsets, dtype=np.float64)
    local = np.asarray(turns, dtype=np.float64)
    start = np.asarray(root, dtype=np.float64)
    place = np.empty((len(start), 3, len(parents)))
    axes = np.empty((len(parents), len(start), 3, 3))
    for joint, parent in enumerate(parents):
        if parent < 0:
            place[:, :, joint] = start + steps[joint]
            axes[joint] = local[:, joint]
        else:
            place[:, :, joint] = place[:, :, parent] + axes[parent] @ steps[joint]
            axes[joint] = axes[parent] @ local[:, joint]
    return place
