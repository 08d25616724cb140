"""Bodies in space that one camera's picture may show.

Depths are known to within an error; from each draw of it follows a body whose bones
have their lengths. What most of them agree on was seen.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics.lifting import HERTZ, POINTS, lifted
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Errors of depths go on for about this long, s.
_WANDERS_S = 0.7
#: Points of one limb err together: share of the variance.
_TOGETHER = 0.7
#: Errors are as large as the network tells, times this: then names are right as often
#: as bodies agree on them (benchmarks/steps.py; with 1.0 oftener), as some of what the
#: network leaves open the bones decide.
_AS_TOLD = 0.6


def possible_bodies(body: Body, count: int, seed: int = 0) -> Iterator[Body]:
    """Bodies in space that look like the one in the picture.

    Parameters
    ----------
    body : Body
        Seen by one camera (``space`` is ``2d``).
    count : int
        How many. The first is the likeliest.
    seed : int
        The same seed gives the same bodies.

    Yields
    ------
    Body
        In space (``space`` is ``3d``). None of a body of which too little was seen
        (:data:`repetiteur.kinematics.lifting.NEEDED`).
    """
    found = lifted(body)
    if found is None:
        return
    yield found.in_space()
    rng = np.random.default_rng(seed)
    for _ in range(count - 1):
        yield found.in_space(_AS_TOLD * found.sd * _wandering(len(found.time), rng))


def _wandering(frames: int, rng: np.random.Generator) -> Array:
    """Errors of the depths, (frames, points), of standard deviation 1."""
    limbs = [_limb(name) for name in POINTS]
    names = sorted(set(limbs))
    knots = int(frames / HERTZ / _WANDERS_S) + 2
    own = rng.normal(size=(knots, len(POINTS)))
    shared = rng.normal(size=(knots, len(names)))[:, [names.index(n) for n in limbs]]
    both = np.sqrt(_TOGETHER) * shared + np.sqrt(1.0 - _TOGETHER) * own
    at = np.arange(frames) / HERTZ / _WANDERS_S
    low = at.astype(np.intp)
    share = (at - low)[:, np.newaxis]
    mixed = (1.0 - share) * both[low] + share * both[low + 1]
    return np.asarray(mixed / np.hypot(share, 1.0 - share))


def _limb(name: str) -> str:
    """Which limb a point is of: ``left_leg``."""
    side, _, part = name.partition("_")
    leg = part in ("hip", "knee", "ankle", "heel", "toe")
    arm = part in ("shoulder", "elbow", "wrist", "hand")
    return f"{side}_leg" if leg else f"{side}_arm" if arm else "head"
