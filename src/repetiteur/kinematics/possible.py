"""Bodies in space that one camera's picture may show.

What a tracker says of depths may as well have been something else; from each of these
the likeliest body is found. What most of them agree on was seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.medians import median
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.from_a_picture import (
    LIMBS,
    LINE,
    TRUNK,
    TRUNK_WHOLE,
    in_space,
    length_of,
    rate_of,
)
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Errors of depths go on for about this long, s.
_WANDERS_S = 0.5
#: Half of the usual width of hips and shoulders, m: where they are not seen from the
#: front they have none in the picture.
_HALF_M = {"hip": 0.1, "shoulder": 0.2}


def possible_bodies(body: Body, count: int, seed: int = 0) -> Iterator[Body]:
    """Bodies in space that look like the one in the picture.

    Parameters
    ----------
    body : Body
        Seen by one camera (``space`` is ``2d``).
    count : int
        How many. The first is the likeliest; the others are the likeliest of what
        the tracker may have said as well.
    seed : int
        The same seed gives the same bodies.

    Yields
    ------
    Body
        In space (``space`` is ``3d``): x and y as seen, depths as :func:`in_space`
        gives them.
    """
    rng = np.random.default_rng(seed)
    yield in_space(body)
    for _ in range(count - 1):
        yield in_space(_otherwise(body, rng), float(np.exp(rng.normal(0.0, 0.3))))


def _otherwise(body: Body, rng: np.random.Generator) -> Body:
    """A body as the tracker may have seen it as well.

    In the picture half of the variance stays, in depth it wanders bone by bone.
    """
    frames, rate = body.time.size, rate_of(body)
    knots = np.arange(int(frames / rate / _WANDERS_S) + 4)
    at = np.arange(frames) / rate / _WANDERS_S

    def wandering(sd: float) -> Array:
        noise = np.convolve(rng.normal(size=knots.size + 2), [0.5, 0.7, 0.5], "valid")
        return np.asarray(sd * np.interp(at, knots, noise))

    depth = dict.fromkeys(body.points, np.zeros(frames))
    trunk = wandering(TRUNK * length_of(body, "hip", "shoulder", TRUNK_WHOLE))
    for side in SIDES:
        depth[f"{side}_hip"] = wandering(LINE * _HALF_M["hip"])
        depth[f"{side}_shoulder"] = trunk + wandering(LINE * _HALF_M["shoulder"])
        for root, end, share, whole in LIMBS:
            length = length_of(body, root, end, whole)
            depth[f"{side}_{end}"] = depth[f"{side}_{root}"] + wandering(share * length)
    points = {}
    for name, place in body.points.items():
        sd = body.sd[name][:, :2] if name in body.sd else np.zeros((frames, 2))
        off = rng.normal(size=2) * np.sqrt(0.5) * median(sd[np.isfinite(sd)])
        points[name] = place + np.column_stack([np.tile(off, (frames, 1)), depth[name]])
    return replace(body, points=MappingProxyType(points))
