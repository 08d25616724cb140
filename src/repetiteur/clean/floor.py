"""The floor that a dancer stands on: whether it lies level, and made level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.samples import courses_of, names_of, need_space, times_of
from repetiteur.kernels.geometry import yaw
from repetiteur.model.poses import log

Array = NDArray[np.float64]

_KINDS = ("toe", "heel", "ankle")
#: A foot that goes slower than this stands, m/s.
_STILL = 0.15
#: The floor is looked at in squares of this side, m, each with so many samples; the
#: height that counts in each is low among them, for feet also rise to demi-pointe.
_SQUARE, _SAMPLES, _LOW = 0.25, 5, 0.1
#: What lies further over the floor than this is a raised foot, m.
_RAISED = 0.02
_ROUNDS = 30
#: Squares that a floor needs, and how far they reach in its narrowest direction (the
#: standard deviation, m).
_SQUARES, _REACH = 12, 0.25
#: A tilt is clear from so many degrees, if it lifts the danced floor by so much, m, and
#: is so many times its own standard error. Calibrated floors lie within half a degree.
_TILT, _LIFT, _SURE = 1.5, 0.03, 6.0


@dataclass(frozen=True)
class Floor:
    """A plane under the feet.

    Attributes
    ----------
    tilt : float
        Degrees from level; NaN where the feet do not tell.
    falls : float
        Heading in which it falls, degrees: 0 to the audience, positive to stage left.
    normal : (3,) float
        Unit, upwards.
    middle : (3,) float
        The point of the plane under the middle of where the feet stood.
    clear : bool
        Whether the tilt is clear and well supported.
    reason : str
        What was found, in a few words.
    """

    tilt: float
    falls: float
    normal: Array
    middle: Array
    clear: bool
    reason: str


def find_floor(poses: xr.Dataset) -> Floor:
    """Find the plane that standing feet stand on.

    Parameters
    ----------
    poses : xarray.Dataset
        3D, in metres, y up.

    Returns
    -------
    Floor

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Notes
    -----
    Toes, heels and ankles, each kind at its own height over one plane, while they go
    slower than 0.15 m/s; the lower tenth in each square of 25 cm; least squares, and
    again without what lies over the plane by more than 2 cm, until nothing changes.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((9, 3, 1))
    >>> poses = make_poses(place, time=np.arange(9) / 60, keypoints=["left_toe"])
    >>> find_floor(poses).reason
    'floor: whether it lies level is not known, feet stood in 1 places, 12 needed'
    """
    need_space(poses, "Finding the floor")
    squares, kinds = _squares(poses)
    if _places(squares) < _SQUARES:
        return _unknown(f"feet stood in {_places(squares)} places, {_SQUARES} needed")
    kept, slope, height = _fitted(squares, kinds)
    held = squares[kept]
    flat = held[:, [0, 2]] - held[:, [0, 2]].mean(axis=0)
    reach = float(np.linalg.svd(flat, compute_uv=False)[1] / np.sqrt(len(held)))
    if _places(held) < _SQUARES or reach < _REACH:
        return _unknown("the feet kept to one spot, or to one line")
    x, _, z = held.mean(axis=0)
    middle = np.array([x, height + slope @ [x, z], z])
    return _judged(slope, middle, flat, _error(held, kinds[kept], slope))


def level_floor(poses: xr.Dataset) -> xr.Dataset:
    """Turn everything so that a clearly tilted floor lies level, at y = 0.

    Parameters
    ----------
    poses : xarray.Dataset
        3D, in metres, y up.

    Returns
    -------
    xarray.Dataset
        The same where the floor lies level, or where that is not known; a line in the
        history says which. ``raw_position`` is turned along.

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Notes
    -----
    A raked stage is tilted indeed: recorded with a level y = 0 it is made level here,
    as if the dancer stood on flat ground.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((1, 3, 1))
    >>> poses = make_poses(place, time=[0.0], keypoints=["left_toe"])
    >>> level_floor(poses)["position"].equals(poses["position"])
    True
    """
    floor = find_floor(poses)
    if not floor.clear:
        return log(poses, floor.reason)
    turn = _upright(floor.normal)
    places = {}
    for name in ("position", "raw_position"):
        if name in poses:
            place = poses[name].transpose("time", "keypoint", "individual", "space")
            moved = (place.to_numpy() - floor.middle) @ turn.T
            moved += floor.middle * [1.0, 0.0, 1.0]
            places[name] = (place.dims, moved)
    out = poses.assign(places)
    for name in places:
        out[name] = out[name].transpose(*poses[name].dims)
    return log(out, f"warning: {floor.reason}; made level")


def _squares(poses: xr.Dataset) -> tuple[Array, NDArray[np.intp]]:
    """Low standing places in each square, (n, 3), and which kind of point each is."""
    time, place, names = times_of(poses), courses_of(poses), names_of(poses)
    found, kinds = [np.empty((0, 3))], [np.empty(0, dtype=np.intp)]
    for kind, part in enumerate(_KINDS if time.size > 1 else ()):
        feet = [k for k, name in enumerate(names) if name.endswith(f"_{part}")]
        courses = place[:, feet].reshape(time.size, -1, 3)
        speed = np.linalg.norm(np.gradient(courses, time, axis=0), axis=-1)
        low = _lowest(courses[speed < _STILL])
        found.append(low)
        kinds.append(np.full(len(low), kind))
    return np.concatenate(found), np.concatenate(kinds)


def _places(squares: Array) -> int:
    """How many different squares these places (n, 3) lie in."""
    return len(np.unique(np.floor(squares[:, [0, 2]] / _SQUARE), axis=0))


def _lowest(standing: Array) -> Array:
    """The low one of the places (n, 3) in each square that holds enough of them."""
    square = np.floor(standing[:, [0, 2]] / _SQUARE).astype(np.int64)
    _, at, count = np.unique(square, axis=0, return_inverse=True, return_counts=True)
    at = at.ravel()
    order = np.lexsort((standing[:, 1], at))
    first = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.intp)
    low = order[first + np.floor(_LOW * (count - 1)).astype(np.intp)]
    return np.asarray(standing[low[count >= _SAMPLES]])


def _fitted(
    squares: Array, kinds: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], Array, float]:
    """Squares that lie on the floor, its slope along x and z, its lowest height."""
    there = np.unique(kinds)
    design = np.column_stack([squares[:, [0, 2]], kinds[:, np.newaxis] == there])
    kept = np.ones(len(squares), dtype=bool)
    for _ in range(_ROUNDS):
        found, *_ = np.linalg.lstsq(design[kept], squares[kept, 1], rcond=None)
        over = squares[:, 1] - design @ found
        limit = max(_RAISED, float(np.quantile(over[kept], 0.9)) * 0.5)
        again = over < limit
        if (again == kept).all() or again.sum() <= design.shape[1]:
            break
        kept = again
    on = np.unique(kinds[kept])
    heights = found[2:][np.isin(there, on)]
    return kept, found[:2], float(heights.min())


def _error(held: Array, kinds: NDArray[np.intp], slope: Array) -> float:
    """Standard deviation of the places about the plane, m."""
    over = held[:, 1] - held[:, [0, 2]] @ slope
    for kind in np.unique(kinds):
        over[kinds == kind] -= over[kinds == kind].mean()
    return float(np.sqrt((over**2).sum() / max(1, len(over) - 5)))


def _judged(slope: Array, middle: Array, flat: Array, error: float) -> Floor:
    steep = float(np.hypot(*slope))
    tilt = float(np.degrees(np.arctan(steep)))
    down = np.array([-slope[0], 0.0, -slope[1]])
    along = flat @ (slope / steep) if steep > 0.0 else flat[:, 0]
    lift = steep * float(np.ptp(along))
    doubt = error / max(float(np.sqrt((along**2).sum())), 1e-9)
    clear = tilt >= _TILT and lift >= _LIFT and steep >= _SURE * doubt
    normal = np.array([-slope[0], 1.0, -slope[1]]) / np.hypot(1.0, steep)
    falls = float(yaw(down)) if steep > 0.0 else 0.0
    if clear:
        said = f"floor: tilted by {tilt:.1f}°, {100 * lift:.0f} cm over the danced area"
    elif tilt < _TILT:
        said = f"floor: level within {_TILT:g}° ({tilt:.1f}°)"
    else:
        said = f"floor: perhaps tilted by {tilt:.1f}°, not clear enough to level it"
    return Floor(tilt, falls, normal, middle, clear, said)


def _unknown(why: str) -> Floor:
    nowhere = np.full(3, np.nan)
    said = f"floor: whether it lies level is not known, {why}"
    return Floor(np.nan, np.nan, nowhere, nowhere, clear=False, reason=said)


def _upright(normal: Array) -> Array:
    """The smallest turn that brings a unit direction upright, (3, 3) (Rodrigues)."""
    x, y, z = normal
    cross = np.array([[0.0, -x, 0.0], [x, 0.0, z], [0.0, -z, 0.0]])
    return np.asarray(np.eye(3) + cross + cross @ cross / (1.0 + y))
