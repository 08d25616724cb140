"""Calibrated cameras: Qualisys files, projection, triangulation.

Pixels here are *ideal*: the lens's distortion is taken out (:meth:`Camera.undistort`),
so that straight lines are straight. Points in space are metres in the file's own frame.
Arrays of several views have the view first: ``(view, ..., 2)``.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_LARGEST_FILE = 1_000_000
#: Qualisys writes what is in pixels in 1/64 of a pixel, and millimetres.
_SUBPIXELS, _MILLIMETRES = 64.0, 1000.0
#: Qualisys' cameras look along -z with y up; OpenCV's along z with y down.
_TURN = np.diag([1.0, -1.0, -1.0])


@dataclass(frozen=True)
class Camera:
    """A pinhole with a lens.

    Attributes
    ----------
    name : str
    focal, centre : (2,) float
        Pixels.
    distortion : (4,) float
        Brown's k1, k2 (radial), p1, p2 (tangential), as in OpenCV.
    rotation : (3, 3) float
        From the world to the camera: x right, y down, z into the scene.
    place : (3,) float
        Where the camera stands in the world, metres.
    """

    name: str
    focal: Array
    centre: Array
    distortion: Array
    rotation: Array
    place: Array

    def seen_from(self, points: ArrayLike) -> Array:
        """Points in the camera's own axes, (..., 3) metres."""
        return (np.asarray(points, dtype=np.float64) - self.place) @ self.rotation.T

    def project(self, points: ArrayLike) -> Array:
        """Ideal pixels of points in space, (..., 3) to (..., 2)."""
        own = self.seen_from(points)
        return np.asarray(own[..., :2] / own[..., 2:] * self.focal + self.centre)

    def slope(self, points: ArrayLike) -> Array:
        """Change of the ideal pixels with the point, (..., 2, 3) pixels a metre."""
        own = self.seen_from(points)
        flat = (own[..., :2] / own[..., 2:])[..., np.newaxis]
        turned = self.rotation[:2] - flat * self.rotation[2]
        return np.asarray(
            self.focal[:, np.newaxis] * turned / own[..., 2][..., None, None]
        )

    def distort(self, pixels: ArrayLike) -> Array:
        """Pixels of the picture from ideal ones, (..., 2)."""
        return self._bent((np.asarray(pixels) - self.centre) / self.focal)

    def undistort(self, pixels: ArrayLike) -> Array:
        """Ideal pixels from those of the picture, (..., 2), by fixed point."""
        seen = np.asarray(pixels, dtype=np.float64)
        ideal = seen.copy()
        for _ in range(8):  # each gains two digits
            ideal = ideal + seen - self.distort(ideal)
        return ideal

    def _bent(self, flat: Array) -> Array:
        k1, k2, p1, p2 = self.distortion
        x, y = flat[..., 0], flat[..., 1]
        r2 = x**2 + y**2
        radial = 1.0 + k1 * r2 + k2 * r2**2
        bent = np.stack(
            [
                x * radial + 2.0 * p1 * x * y + p2 * (r2 + 2.0 * x**2),
                y * radial + p1 * (r2 + 2.0 * y**2) + 2.0 * p2 * x * y,
            ],
            axis=-1,
        )
        return bent * self.focal + self.centre


def read_qca(path: Path) -> tuple[Camera, ...]:
    """Cameras of a Qualisys ``.qca.txt`` file, sorted by name.

    The file's rotation has the camera's axes as rows, with y up and z to the back.
    Distortion is taken as written: pose2sim 0.10.49 divides it by 64 like the focal
    length, which leaves none; on the clip pose2sim_single the mean reprojection error
    is 4.47 pixels as written and 4.48 divided.

    Raises
    ------
    ValueError
        When the file is too large to be one or has no camera.
    """
    if path.stat().st_size > _LARGEST_FILE:
        raise ValueError(f"A calibration is under 1 MB, and {path.name} is larger.")
    text = path.read_text(encoding="ascii")
    if "<!DOCTYPE" in text:
        raise ValueError("A calibration declares no document type, and this does.")
    cameras = [_camera(node) for node in ET.fromstring(text).iter("camera")]
    if not cameras:
        raise ValueError(f"{path.name} holds no camera.")
    return tuple(sorted(cameras, key=lambda camera: camera.name))


def _camera(node: ET.Element) -> Camera:
    def numbers(tag: str, *names: str) -> Array:
        found = node.find(tag)
        if found is None:
            raise ValueError(f"A camera needs <{tag}>, and one has none.")
        return np.array([float(found.attrib[name]) for name in names])

    corner = numbers("fov_video", "left", "top")
    rotation = numbers("transform", *(f"r{i}{j}" for i in "123" for j in "123"))
    return Camera(
        name=node.attrib["serial"],
        focal=numbers("intrinsic", "focalLengthU", "focalLengthV") / _SUBPIXELS,
        centre=numbers("intrinsic", "centerPointU", "centerPointV") / _SUBPIXELS
        - corner,
        # "tangental" is how the format spells it.
        distortion=numbers(
            "intrinsic",
            "radialDistortion1",
            "radialDistortion2",
            "tangentalDistortion1",
            "tangentalDistortion2",
        ),
        rotation=_TURN @ rotation.reshape(3, 3),
        place=numbers("transform", "x", "y", "z") / _MILLIMETRES,
    )


def reprojection(cameras: Sequence[Camera], points: Array, pixels: Array) -> Array:
    """Pixels minus the points' projections, (view, ..., 2)."""
    pairs = zip(cameras, pixels, strict=True)
    return np.stack([pixel - camera.project(points) for camera, pixel in pairs])


def triangulate(
    cameras: Sequence[Camera],
    pixels: Array,
    weights: Array,
    *,
    start: Array | None = None,
) -> Array:
    """Points of least weighted square reprojection error.

    Parameters
    ----------
    cameras : sequence of Camera
    pixels : (view, ..., 2) float
        Ideal pixels.
    weights : (view, ...) float
        One over the variance, up to a factor; 0 leaves a view out.
    start : (..., 3) float, optional
        Near the answer: one step is made from there.

    Returns
    -------
    (..., 3) float
        NaN where fewer than two views count.
    """
    weights = np.where(np.isfinite(pixels).all(axis=-1), weights, 0.0)
    pixels = np.where(weights[..., np.newaxis] > 0.0, pixels, 0.0)
    points = _linear(cameras, pixels, weights) if start is None else start
    for _ in range(4 if start is None else 1):  # Gauss-Newton
        off = reprojection(cameras, points, pixels)
        slopes = np.stack([camera.slope(points) for camera in cameras])
        force = np.einsum("v...,v...pi,v...p->...i", weights, slopes, off)
        points = points + (_inverse(_grip(slopes, weights)) @ force[..., None])[..., 0]
    enough = (weights > 0.0).sum(axis=0) >= 2
    return np.where(enough[..., np.newaxis], points, np.nan)


def spread(cameras: Sequence[Camera], points: Array, weights: Array) -> Array:
    """Covariance of triangulated points, (..., 3, 3), where a weight is 1/variance."""
    slopes = np.stack([camera.slope(points) for camera in cameras])
    return _inverse(_grip(slopes, weights))


def robust(
    cameras: Sequence[Camera], pixels: Array, weights: Array, *, scale: float
) -> tuple[Array, Array]:
    """Points that views clearly off have no say in.

    All views together and each pair of views make a proposal; that of least robust cost
    is refined by iteratively reweighted least squares (Cauchy).

    Parameters
    ----------
    cameras, pixels, weights
        As for :func:`triangulate`.
    scale : float
        Usual reprojection error, pixels.

    Returns
    -------
    points : (..., 3) float
    weights : (view, ...) float
        Those of the last round.
    """
    views = range(len(cameras))
    proposals = []
    for chosen in [tuple(views), *combinations(views, 2)]:
        say = np.isin(np.arange(len(cameras)), chosen)
        mask = say.reshape(-1, *[1] * (weights.ndim - 1))
        proposals.append(triangulate(cameras, pixels, weights * mask))
    costs = [
        np.where(np.isfinite(p[..., 0]), _cost(cameras, p, pixels, weights, scale), 1e9)
        for p in proposals
    ]
    best = np.argmin(np.stack(costs), axis=0)
    points = np.take_along_axis(np.stack(proposals), best[None, ..., None], 0)[0]
    for _ in range(6):
        off = np.linalg.norm(reprojection(cameras, points, pixels), axis=-1)
        now = weights / (1.0 + np.nan_to_num(off / scale, nan=1e9) ** 2)
        points = triangulate(cameras, pixels, now, start=points)
    return points, now


def _cost(
    cameras: Sequence[Camera],
    points: Array,
    pixels: Array,
    weights: Array,
    scale: float,
) -> Array:
    off = np.linalg.norm(reprojection(cameras, points, pixels), axis=-1) / scale
    return np.asarray(np.nansum(weights * np.log1p(off**2), axis=0))


def _linear(cameras: Sequence[Camera], pixels: Array, weights: Array) -> Array:
    """The direct linear solution, its rows put in pixels by the depth."""
    depth = np.ones(weights.shape)
    for _ in range(3):
        grip, force = (
            np.zeros((*depth.shape[1:], 3, 3)),
            np.zeros((*depth.shape[1:], 3)),
        )
        views = zip(cameras, pixels, weights, depth, strict=True)
        for camera, at, weight, far in views:
            flat = ((at - camera.centre) / camera.focal)[..., np.newaxis]
            rows = flat * camera.rotation[2] - camera.rotation[:2]
            rows = rows * (camera.focal[0] * np.sqrt(weight) / far)[..., None, None]
            square = np.swapaxes(rows, -1, -2) @ rows
            grip, force = grip + square, force + square @ camera.place
        points = (_inverse(grip) @ force[..., None])[..., 0]
        depth = np.stack([camera.seen_from(points)[..., 2] for camera in cameras])
    return points


def _grip(slopes: Array, weights: Array) -> Array:
    return np.asarray(np.einsum("v...,v...pi,v...pj->...ij", weights, slopes, slopes))


def _inverse(matrix: Array) -> Array:
    """Inverse, with a touch of the identity where views do not fix the point."""
    return np.asarray(np.linalg.inv(matrix + 1e-9 * np.eye(3)))
