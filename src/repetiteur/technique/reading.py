"""Reading a measure off a body: its curve, how sure it is, and where it is not seen.

A motion file's body is measured in space. A body that one camera saw is measured in
the picture's plane, where the tracker is good: an angle is the angle in the picture,
and the errors of the points are carried to it. What points at the camera, or is not
faced as the measure needs it, is not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.propagation import propagate
from repetiteur.kinematics.apart import Apart
from repetiteur.kinematics.view import (
    askew,
    laid_flat,
    quarter,
    seen_from,
    towards_camera,
    view_of,
)
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Array, Curve

#: A bone with more than this share of its length towards the camera is not read: it
#: points at the camera more than across the picture.
OUT_OF_PLANE = 0.7
#: A dancer turned further than this from front, back or side is seen from neither, deg.
ASKEW = 30.0


@dataclass(frozen=True)
class Reading:
    """A measure on one side of one body.

    Attributes
    ----------
    values : (time,) float
        In the measure's unit; NaN where it has no meaning, or cannot be seen.
    sd : (time,) float
        Standard deviation of the instrument's error.
    square : (time,) float
        The same for the body turned square to the camera by the tracker's depth, where
        the measure asks for a view; elsewhere ``values``.
    blind : mapping of str to (time,) bool
        Where the view does not show it, by reason: ``plane``, ``front`` or ``side``;
        ``small`` of what no picture shows.
    """

    values: Array
    sd: Array
    square: Array
    blind: Mapping[str, NDArray[np.bool_]]


def read(found: Curve, body: Body, side: Side | None) -> Reading:
    """Read a measure off a body.

    Parameters
    ----------
    found : Curve
    body : Body
        In space, or seen by one camera.
    side : {"left", "right"} or None

    Returns
    -------
    Reading

    Raises
    ------
    MissingKeypoints
        When the body lacks a keypoint that the measure needs.
    """
    if body.space == "3d":
        values = found.of(body, side)
        return Reading(values, np.full(values.shape, found.error), values, {})
    flat = laid_flat(body)
    values = found.of(flat, side)
    sd = propagate(
        lambda points: found.of(replace(flat, points=points), side),
        flat.points,
        _needed(found, flat, side),
    )
    square = values
    if found.view is not None:
        turned = seen_from(body, turned=-askew(view_of(body)))
        square = found.of(laid_flat(turned), side)
    blind = _blind(found, body, side)
    hidden = np.logical_or.reduce(list(blind.values()))
    return Reading(np.where(hidden, np.nan, values), sd, square, blind)


def _needed(found: Curve, body: Body, side: Side | None) -> Mapping[str, Array]:
    """Errors of the points that a measure looks at; of all where it does not say."""
    needed = found.keypoints(body, side)
    return body.only(*needed).sd if needed else body.sd


def _blind(
    found: Curve, body: Body, side: Side | None
) -> Mapping[str, NDArray[np.bool_]]:
    if found.view is not None:
        view = view_of(body)
        ask = 0.0 if found.view == "front" else 1.0
        facing = np.abs(np.mod(quarter(view) / 90.0, 2.0)) == ask
        return {found.view: ~(facing & (np.abs(askew(view)) <= ASKEW))}
    if not found.plane:
        return {"small": np.ones(body.time.size, dtype=bool)}
    away = np.zeros(body.time.size, dtype=bool)
    for root, end in found.bones(body, side):
        away |= towards_camera(body, root, end) > OUT_OF_PLANE
    return {"plane": away}


def doubt_of_view(found: Curve, body: Body, side: Side | None, apart: Apart) -> Array:
    """What a camera elsewhere would change, as a standard deviation.

    Two recordings are never made from quite the same place; and the tracker's depth,
    from which it is told how far, is a guess.

    Parameters
    ----------
    found : Curve
    body : Body
        Seen by one camera.
    side : {"left", "right"} or None
    apart : Apart
        How far the two cameras' places seem to differ.

    Returns
    -------
    (time,) float
        In the measure's unit: root mean square of what turning the body by ``apart`` to
        either side changes, with what the error of the depth adds.
    """
    here = found.of(laid_flat(body), side)
    variance = np.zeros(here.shape)
    for way in (1.0, -1.0):
        for other in (
            seen_from(body, turned=way * apart.turn),
            seen_from(body, pitch=way * apart.pitch),
            seen_from(body, roll=way * apart.roll),
        ):
            change = found.of(laid_flat(other), side) - here
            variance += 0.5 * np.nan_to_num(change) ** 2
    return np.sqrt(variance + _by_depth(found, body, side, apart) ** 2)


def _by_depth(found: Curve, body: Body, side: Side | None, apart: Apart) -> Array:
    """What the error of the depth adds when the body is turned."""
    flat = laid_flat(body)
    sine = np.sin(np.radians(np.stack([apart.turn, apart.pitch], axis=1)))
    depth = {
        name: np.column_stack([sine * sd[:, 2:], np.zeros(len(sd))])
        for name, sd in _needed(found, body, side).items()
    }
    sd = propagate(
        lambda points: found.of(replace(flat, points=points), side), flat.points, depth
    )
    return np.nan_to_num(sd)
