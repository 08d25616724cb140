"""The reference of the tracking benchmark: one body in space, seen by several cameras.

A point that two or three cameras place each for itself keeps their errors along the
line of sight. A body has bones of one length and mass: what these forbid is error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from calibration import Array, Camera, reprojection, robust
from scipy.ndimage import gaussian_filter1d
from scipy.sparse import coo_matrix, csr_matrix, diags, identity, vstack
from scipy.sparse.linalg import splu

_LIMBS = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "heel"),
    ("heel", "toe"),
    ("ankle", "toe"),
)
#: Pairs of keypoints that stay at one distance; both sides of a limb share it.
BONES = (
    *([(f"left_{a}", f"left_{b}"), (f"right_{a}", f"right_{b}")] for a, b in _LIMBS),
    [("left_shoulder", "right_shoulder")],
    [("left_hip", "right_hip")],
)

#: Standard deviations: of a tracked point in the picture, px; of a bone's length, m
#: (keypoints slide on the body); of a keypoint's acceleration, m/s².
PIXELS, BONE, ACCELERATION = 10.0, 0.01, 15.0
#: How long a tracker's error lasts: standard deviation of the window it is smoothed by.
LASTING = 0.1


@dataclass(frozen=True)
class Seen:
    """What several cameras saw at the same times.

    Attributes
    ----------
    cameras : tuple of Camera
    time : (time,) float
        Seconds.
    keypoints : tuple of str
    pixels : (view, time, keypoint, 2) float
        Ideal pixels.
    weights : (view, time, keypoint) float
        The cameras' say, 0 to 1.
    """

    cameras: tuple[Camera, ...]
    time: Array
    keypoints: tuple[str, ...]
    pixels: Array
    weights: Array


@dataclass(frozen=True)
class Reference:
    """A body in space and how well it is known.

    Attributes
    ----------
    points : (time, keypoint, 3) float
        Metres.
    errors : (draw, time, keypoint, 3) float
        What errors of the tracked points, drawn anew, do to the points.
    """

    points: Array
    errors: Array


def body_in_space(seen: Seen, *, rounds: int = 12, draws: int = 24) -> Reference:
    """The moving body that explains the pictures best.

    Robust reprojection errors (Cauchy), bones of constant length and bounded
    accelerations are minimised together by Gauss-Newton, starting from each point's own
    triangulation. The errors drawn are normal, of :data:`PIXELS` in each coordinate,
    and last :data:`LASTING` seconds, as a tracker's do.
    """
    points, _ = robust(seen.cameras, seen.pixels, seen.weights, scale=2 * PIXELS)
    points = _filled(points)
    steady = _steadiness(seen.time, len(seen.keypoints))
    hold = 1e-3 * identity(points.size)
    for _ in range(rounds):
        weights = _say(seen, points)
        slopes, off = _views(seen, points, weights)
        rigid, stretch = _rigidity(seen, points)
        rows = vstack([slopes, rigid, steady, hold]).tocsr()
        rest = np.concatenate(
            [off, stretch, -(steady @ points.ravel()), np.zeros(points.size)]
        )
        solved = splu((rows.T @ rows).tocsc())
        points = points + solved.solve(rows.T @ rest).reshape(points.shape)
    noise = _lasting(seen, draws) * np.sqrt(weights)[..., np.newaxis, np.newaxis]
    moved = solved.solve(slopes.T @ noise.reshape(-1, draws))
    return Reference(points, moved.T.reshape(draws, *points.shape))


def _lasting(seen: Seen, draws: int) -> Array:
    """Errors of tracked points that last a while, (view, time, keypoint, 2, draw)."""
    rng = np.random.default_rng(7)
    white = rng.normal(size=(*seen.pixels.shape, draws))
    sigma = LASTING / float(np.median(np.diff(seen.time)))
    slow = gaussian_filter1d(white, sigma, axis=1, mode="reflect")
    return np.asarray(PIXELS * slow / slow.std())


def _pairs(keypoints: tuple[str, ...]) -> list[list[tuple[int, int]]]:
    """Places of the two ends of each bone; the sides of a limb stand together."""
    return [
        [(keypoints.index(one), keypoints.index(other)) for one, other in pairs]
        for pairs in BONES
    ]


def bone_lengths(seen: Seen, points: Array) -> Array:
    """Median length of each of :data:`BONES`, metres."""
    return np.array(
        [
            np.median([np.linalg.norm(points[:, b] - points[:, a], axis=-1)
                       for a, b in pairs])
            for pairs in _pairs(seen.keypoints)
        ]
    )  # fmt: skip


def _say(seen: Seen, points: Array) -> Array:
    off = reprojection(seen.cameras, points, seen.pixels)
    far = np.nan_to_num(np.linalg.norm(off, axis=-1) / (2 * PIXELS), nan=1e6)
    return np.asarray(seen.weights / (1.0 + far**2) / PIXELS**2)


def _filled(points: Array) -> Array:
    """Points with gaps bridged, so that every unknown has a start."""
    flat = points.reshape(len(points), -1).copy()
    count = np.arange(len(flat))
    for column in flat.T:
        known = np.isfinite(column)
        column[~known] = np.interp(count[~known], count[known], column[known])
    return flat.reshape(points.shape)


def _views(seen: Seen, points: Array, weights: Array) -> tuple[csr_matrix, Array]:
    """What the pictures say: rows of weighted slopes, and what is left over."""
    root = np.sqrt(weights)[..., np.newaxis]
    off = np.nan_to_num(reprojection(seen.cameras, points, seen.pixels)) * root
    slopes = np.stack([c.slope(points) for c in seen.cameras]) * root[..., np.newaxis]
    point = np.arange(points[..., 0].size).reshape(1, *points.shape[:2], 1, 1)
    columns = np.broadcast_to(3 * point + np.arange(3), slopes.shape)
    rows = np.broadcast_to(np.arange(off.size).reshape(*off.shape, 1), slopes.shape)
    return _sparse(slopes, rows, columns, (off.size, points.size)), off.ravel()


def _rigidity(seen: Seen, points: Array) -> tuple[csr_matrix, Array]:
    """What the bones say: rows along each bone, and what is left over."""
    count, width = points.shape[:2]
    values, rows, columns, rest = [], [], [], []
    lengths = bone_lengths(seen, points)
    for pairs, length in zip(_pairs(seen.keypoints), lengths, strict=True):
        for one, other in pairs:
            bone = points[:, other] - points[:, one]
            long = np.linalg.norm(bone, axis=-1)
            along = bone / long[:, np.newaxis] / BONE
            row = (len(rest) * count + np.arange(count))[:, np.newaxis]
            for end, sign in ((one, -1.0), (other, 1.0)):
                first = 3 * (np.arange(count) * width + end)
                values.append(sign * along)
                rows.append(np.broadcast_to(row, along.shape))
                columns.append(first[:, np.newaxis] + np.arange(3))
            rest.append((length - long) / BONE)
    off = np.concatenate(rest)
    table = [np.concatenate(part) for part in (values, rows, columns)]
    return _sparse(*table, (off.size, points.size)), off


def _steadiness(time: Array, width: int) -> csr_matrix:
    """Second differences of every coordinate, in standard deviations."""
    step = float(np.median(np.diff(time)))
    far, size = 3 * width, 3 * width * len(time)
    rows = diags([1.0, -2.0, 1.0], [0, far, 2 * far], shape=(size - 2 * far, size))
    return (rows / (ACCELERATION * step**2)).tocsr()


def _sparse(
    values: Array, rows: Array, columns: Array, shape: tuple[int, int]
) -> csr_matrix:
    parts = (np.ravel(values), (np.ravel(rows), np.ravel(columns)))
    return coo_matrix(parts, shape=shape).tocsr()
