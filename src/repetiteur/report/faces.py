"""Where a dancer's head is in each frame, and making its face unknowable."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.report.drawn import body_height

__all__ = ["Heads", "blurred", "heads"]

Floats = NDArray[np.float64]
RGB = NDArray[np.uint8]

#: Circles that hold heads, (frames, individuals, 3): x, y, radius in pixels; NaN where
#: there is none.
Heads = Floats

_FACE = ("nose", "eye", "eye_inner", "eye_outer", "ear", "mouth")
_BODY = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
# A head is about 0.13 of body height tall (Drillis & Contini 1966) and as wide as it
# is between the ears, 0.09; the face's points lie in its middle.
_OF_FACE = 1.4  # radius per largest distance between two points of the face
_OF_BODY = 0.11  # least radius per body height
_AT_MOST = 0.3
_HELD_S = 2.0
_LARGER = 1.6  # when the place is not seen but held
_CELLS = 5  # of the mosaic that is left of a head, along a side


def heads(poses: xr.Dataset) -> Heads:
    """Circles round all heads, generous, held while a face is not seen.

    Parameters
    ----------
    poses : xarray.Dataset
        2D, in pixels. Where it has ``raw_position``, points that cleaning took away
        count too: better a blurred patch too many.

    Returns
    -------
    (frames, individuals, 3) float
        x, y and radius. While a face is not seen, its last (or next) place relative to
        the trunk is taken, or in the picture for up to two seconds where the trunk is
        not seen either; the circle is larger then.
    """
    place = _places(poses)
    time = poses["time"].to_numpy().astype(np.float64)
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    faces = [i for i, name in enumerate(names) if name.split("_", 1)[-1] in _FACE]
    trunk = [names.index(name) for name in _BODY if name in names]
    circles = [
        _circles(place[:, :, faces, who], place[:, :, trunk, who], time, tall)
        for who, tall in enumerate(body_height(place))
    ]
    return np.stack(circles, axis=1)


def _places(poses: xr.Dataset) -> Floats:
    order = ("time", "space", "keypoint", "individual")
    place = poses["position"].transpose(*order).to_numpy().astype(np.float64)
    if "raw_position" in poses:
        raw = poses["raw_position"].transpose(*order).to_numpy()
        place = np.where(np.isnan(place), raw, place)
    return place


def _circles(face: Floats, trunk: Floats, time: Floats, tall: float) -> Floats:
    """Circles of one head, (frames, 3)."""
    middle = _mean(face)
    apart = np.zeros(len(face))
    if face.shape[2] > 1:
        between = face[:, :, :, None] - face[:, :, None, :]
        apart = np.nan_to_num(np.hypot(between[:, 0], between[:, 1])).max(axis=(1, 2))
    radius = np.clip(_OF_FACE * apart, _OF_BODY * tall, _AT_MOST * tall)
    seen = ~np.isnan(middle[:, 0])
    if not seen.any():
        return np.full((len(time), 3), np.nan)
    body = _mean(trunk)
    near = _nearest_seen(seen & ~np.isnan(body[:, 0]), time)
    beside = body + (middle - body)[near] if near is not None else body
    last = _nearest_seen(seen, time)
    assert last is not None  # one is seen
    held = np.abs(time[last] - time) <= _HELD_S
    hidden = np.where(
        np.isnan(beside), np.where(held[:, None], middle[last], np.nan), beside
    )
    centre = np.where(seen[:, None], middle, hidden)
    wide = np.where(seen, radius, _LARGER * radius[last])
    wide = np.where(np.isnan(centre[:, 0]), np.nan, wide)
    return np.column_stack([centre, wide])


def _mean(points: Floats) -> Floats:
    """Mean of the points that are seen, (frames, 2); NaN where none is."""
    seen = ~np.isnan(points[:, 0])
    count = seen.sum(axis=1)
    total = np.where(seen[:, None], points, 0).sum(axis=2)
    mean: Floats = np.where(
        count[:, None] > 0, total / np.maximum(count, 1)[:, None], np.nan
    )
    return mean


def _nearest_seen(seen: NDArray[np.bool_], time: Floats) -> NDArray[np.intp] | None:
    """For each frame the nearest one in time that is seen."""
    known = np.flatnonzero(seen)
    if not len(known):
        return None
    after = np.clip(np.searchsorted(known, np.arange(len(time))), 0, len(known) - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.abs(time[known[before]] - time) <= np.abs(time[known[after]] - time)
    return np.where(nearer, known[before], known[after])


def blurred(picture: RGB, circles: Floats) -> RGB:
    """A picture with a coarse mosaic in place of each head.

    Parameters
    ----------
    picture : (height, width, 3) uint8
    circles : (heads, 3) float
        x, y and radius, in pixels; NaN is passed over.

    Returns
    -------
    (height, width, 3) uint8
        What is left of a head are the mean colours of 5 x 5 patches, so no filter
        brings the face back.
    """
    import cv2

    result = picture.copy()
    for x, y, radius in circles[~np.isnan(circles).any(axis=1)]:
        rows = _span(y, radius, picture.shape[0])
        columns = _span(x, radius, picture.shape[1])
        part = result[rows, columns]
        if not part.size:
            continue
        size = part.shape[1], part.shape[0]
        cells = min(_CELLS, *size), min(_CELLS, *size)
        coarse = cv2.resize(part, cells, interpolation=cv2.INTER_AREA)
        smooth = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
        down = np.arange(rows.start, rows.stop)[:, None] - y
        along = np.arange(columns.start, columns.stop) - x
        inside = down**2 + along**2 <= radius**2
        result[rows, columns] = np.where(inside[..., None], smooth, part)
    return result


def _span(middle: float, radius: float, length: int) -> slice:
    low = int(np.clip(np.floor(middle - radius), 0, length))
    return slice(low, int(np.clip(np.ceil(middle + radius) + 1, low, length)))
