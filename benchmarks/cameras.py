"""Where calibrated cameras really stood, and when they really filmed.

A calibration file is made before or after the take, and cameras are bumped, refocused
and started by hand. What they saw of one body tells where they stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from calibration import Array, Camera, reprojection, triangulate
from scipy.optimize import least_squares

from repetiteur.kernels import signals


@dataclass(frozen=True)
class Alignment:
    """Cameras as they stood when they filmed, found from what they saw.

    Attributes
    ----------
    cameras : tuple of Camera
        With the centre and the focal length that fit.
    offset_s : (view,) float
        What a camera's clock shows at the first camera's time 0.
    before, after : (view,) float
        Median reprojection error, pixels.
    """

    cameras: tuple[Camera, ...]
    offset_s: Array
    before: Array
    after: Array


def align(
    cameras: Sequence[Camera], time: Array, pixels: Array, *, scale: float = 6.0
) -> Alignment:
    """Small corrections of the cameras that make all views agree.

    For each camera a shift of the picture, a zoom and a time offset (the first camera's
    clock is the clock) are fitted to the tracked points of all frames by robust
    least squares. A shift or a zoom changes no angle in that camera's own picture.

    Parameters
    ----------
    cameras : sequence of Camera
    time : (time,) float
        Seconds, of every camera by its own clock.
    pixels : (view, time, keypoint, 2) float
        In the pictures as filmed.
    scale : float
        Usual error of a tracked point, pixels.

    Notes
    -----
    Time and place must be fitted together: while a body walks across the picture, a
    shifted camera looks like a late one.
    """
    middle = time[8:-8:3]  # a third of the frames tells as much
    count = len(cameras)

    def views(found: Array) -> tuple[tuple[Camera, ...], Array, Array]:
        offset = np.concatenate([[0.0], found[3 * count :]]) / 60.0
        moved = tuple(
            replace(c, centre=c.centre + 10.0 * v[:2], focal=c.focal * (1 + v[2] / 500))
            for c, v in zip(cameras, found[: 3 * count].reshape(count, 3), strict=True)
        )
        at = [
            c.undistort(signals.resample(p, time, middle + s))
            for c, p, s in zip(moved, pixels, offset, strict=True)
        ]
        return moved, offset, np.stack(at)

    def off(found: Array) -> Array:
        moved, _, at = views(found)
        points = triangulate(moved, at, np.ones(at.shape[:-1]))
        for _ in range(3):
            error = np.linalg.norm(reprojection(moved, points, at), axis=-1)
            now = 1.0 / (1.0 + (error / scale) ** 2)
            points = triangulate(moved, at, now, start=points)
        return reprojection(moved, points, at)

    def rows(found: Array) -> Array:
        error = np.linalg.norm(off(found), axis=-1).ravel() / scale
        # Square root of Cauchy's loss; a weak prior settles what no view can tell.
        return np.concatenate([np.sqrt(np.log1p(error**2)), found])

    start = np.zeros(4 * len(cameras) - 1)
    fitted = least_squares(rows, start, diff_step=1e-2, max_nfev=30).x
    before, after = (
        np.median(np.linalg.norm(off(x), axis=-1), axis=(1, 2)) for x in (start, fitted)
    )
    moved, offset, _ = views(fitted)
    return Alignment(moved, offset, before, after)
