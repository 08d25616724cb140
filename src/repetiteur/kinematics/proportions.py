"""Limbs with the proportions of somebody else's.

The line from hip to ankle of a bent leg, or from shoulder to wrist of a bent arm, turns
with the lengths of the two bones that it spans: at a bend of 70 degrees by 1.9 degrees
where the thigh is a tenth longer beside the shank. That is how a dancer is built, and
nothing that is danced.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from repetiteur.model.body import Body

#: Where a limb begins, bends and ends, and what hangs on its end.
LIMBS = (
    ("hip", "knee", "ankle", ("heel", "toe")),
    ("shoulder", "elbow", "wrist", ("hand",)),
)


def built_like(body: Body, other: Body) -> Body:
    """The body with the far bone of each limb as long beside the near one as another's.

    Parameters
    ----------
    body, other : Body
        Measured in space; a body that one camera saw comes back as it is, for its
        bones are as long as the picture makes them.

    Returns
    -------
    Body
        All bones point where they did; a foot and a hand go with the end of the limb.
        A limb that either lacks, or a bone of no length, is left as it is.

    Examples
    --------
    >>> def leg(thigh, shank):
    ...     place = {"left_hip": 0.0, "left_knee": thigh, "left_ankle": thigh + shank}
    ...     points = {name: np.array([[0.0, -y, 0.0]]) for name, y in place.items()}
    ...     return Body(np.zeros(1), points)
    >>> built_like(leg(0.4, 0.5), leg(0.45, 0.45))["left_ankle"].tolist()
    [[0.0, -0.8, 0.0]]
    """
    if body.space != "3d" or other.space != "3d":
        return body
    points = dict(body.points)
    for side in ("left", "right"):
        for near, bend, end, beyond in LIMBS:
            limb = tuple(f"{side}_{name}" for name in (near, bend, end))
            if not (body.has(*limb) and other.has(*limb)):
                continue
            mine, theirs = _share(body, limb), _share(other, limb)
            if not (mine > 0.0 and theirs > 0.0):
                continue
            longer = theirs / mine
            moved = (longer - 1.0) * (body[limb[2]] - body[limb[1]])
            for name in (limb[2], *(f"{side}_{name}" for name in beyond)):
                if name in points:
                    points[name] = body[name] + moved
    return replace(body, points=MappingProxyType(points))


def _share(body: Body, limb: tuple[str, ...]) -> float:
    """How long the far bone is, the near one being 1; NaN where they are never seen."""
    root, bend, end = (body[name] for name in limb)
    long = np.linalg.norm([bend - root, end - bend], axis=2)
    near, far = long[:, np.isfinite(long).all(axis=0)]
    if not near.size or not np.median(near):
        return float("nan")
    return float(np.median(far) / np.median(near))
