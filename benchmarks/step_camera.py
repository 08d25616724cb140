"""Chains of steps as a tracker sees them through one camera."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray
from one_camera_takes import WANDERS, Camera, _guessed, seen

from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.synthetic.chains import Chain
from repetiteur.synthetic.labels import Danced

Array = NDArray[np.float64]
DIRECTIONS = tuple(range(0, 360, 30))
#: Errors of the tracker and height of the body, px; distance of the camera, m: far
#: enough for a phrase that goes across the room.
ERROR_PX, TALL_PX, DISTANCE_M = 3.0, 600.0, 14.0
_SIZE = (3840, 1600)


def filmed(poses: xr.Dataset, heading: float, seed: int) -> Body:
    """The dancer as a tracker sees her through one level camera.

    ``heading`` is by how much she is turned to her left before it, degrees. Half of
    the variance of the errors stays, half wanders.
    """
    body, rng = body_of(poses), np.random.default_rng(seed)
    top = body["head_top"][:, 1]
    share = ERROR_PX / TALL_PX
    camera = Camera(
        heading=heading, pitch=0.0, distance=DISTANCE_M, size=_SIZE,
        focal=TALL_PX * DISTANCE_M / float(np.median(top)), seed=seed % 2**31,
        error=share / np.sqrt(2.0), said=share, depth_error=WANDERS, shared=0.0,
    )  # fmt: skip
    tracked = seen(body.time, dict(body.points), camera)
    off = rng.normal(0.0, share * TALL_PX / np.sqrt(2.0), tracked["position"][:1].shape)
    tracked["position"] = tracked["position"] + off
    tracked["world_position"] = _guessed(tracked["world_position"], rng)
    return body_of(tracked)


def headings(chain: Chain, when_s: ArrayLike) -> Array:
    """Heading at moments of the take, degrees: of the key pose before each."""
    poses = chain.phrase.poses
    times = chain.wait_s + np.cumsum([pose.counts for pose in poses])
    turned = chain.heading + np.cumsum([0.0, *(pose.turn for pose in poses)])
    return turned[np.searchsorted(times, when_s, "right")]


def view(chain: Chain, when_s: float, heading: float, side: str | None) -> int:
    """From where that camera sees the dancer then: the nearest of the directions.

    Steps to the right are seen from the left as those to the left are from the right.
    """
    seen_at = float(headings(chain, when_s)) + heading
    seen_at = -seen_at if side == "right" else seen_at
    return DIRECTIONS[round(seen_at / 30.0) % len(DIRECTIONS)]


#: Arabesques that are told by the side on which the audience sees them.
_BY_FACING = ("arabesque_1", "arabesque_2", "arabesque_3", "arabesque_4")
_CROISE_DEG = (20.0, 70.0)


def seen_truth(chain: Chain, heading: float) -> Chain:
    """The chain as an audience at that camera would name it.

    An arabesque that is croisé on the stage and not before the camera, or the other way
    round, may be called by any number.
    """
    truth, maybe = [], list(chain.maybe)
    for one in chain.truth:
        at = float(headings(chain, 0.5 * (one.start_s + one.end_s)))
        same = _croise(one, at) == _croise(one, at + heading)
        if one.id in _BY_FACING and not same:
            maybe += [replace(one, id=name) for name in _BY_FACING]
        else:
            truth.append(one)
    return replace(chain, truth=tuple(truth), maybe=tuple(maybe))


def _croise(one: Danced, heading: float) -> bool:
    """Whether a pose with the leg behind looks crossed to an audience."""
    sign = 1.0 if one.side == "left" else -1.0
    turned = (sign * heading + 180.0) % 360.0 - 180.0
    return _CROISE_DEG[0] <= turned <= _CROISE_DEG[1]
