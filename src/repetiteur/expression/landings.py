"""How far jumps fall, beside how far the body gives when they land."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.dancing import ON_IT, Dancing

Array = NDArray[np.float64]

#: A landing is taken up within this, seconds (the bottom comes after 0.35: domain
#: measure ``landing_knee_flexion``), over this way at least, in heights: 1 cm of 1.7 m.
TAKEN_UP_S, LEAST_GIVE = 0.5, 0.006
#: A fall from less high is none to take up, in heights: 8 cm of 1.7 m, over half that
#: of a small jump (0.35 s in the air). Expert default.
LEAST_FALL = 0.05
#: For so long before it lands a body hardly changes how high it is over its toes,
#: seconds. Expert default.
READY_S = 0.1


def fall_over_give(own: Dancing) -> Array:
    """How far each jump falls, over how far the body gives when it lands.

    Parameters
    ----------
    own : Dancing

    Returns
    -------
    (jumps,) float
        In order of ``own.jumps_s``. NaN of jumps that fall less than
        :data:`LEAST_FALL`, of bodies without toes, and where they were not seen.

    Notes
    -----
    The work of the floor's mean force over the way that the centre of mass goes on down
    after touching is that of the weight from the top of the jump: in weights of the
    body the force is 1 + fall / give.

    The body comes down at 2 m/s: where it was when it touched the floor would be off by
    2 cm, a tenth of the give, for each 10 ms that the touching is told early. How high
    it is over its toes changes little meanwhile. So it touched where it is as high over
    the floor as it was over its toes just before.
    """
    if not own.body.has("left_toe", "right_toe"):
        return np.full(len(own.jumps_s), np.nan)
    return np.array([_ratio(own, *jump) for jump in own.jumps_s.tolist()])


def _ratio(own: Dancing, top_s: float, down_s: float) -> float:
    """Fall over give of one jump."""
    up, toes = own.mass[:, 1], own.toes
    after = _within(own.time, down_s, down_s + TAKEN_UP_S)
    before = _within(own.time, down_s - READY_S, down_s)
    if not (up[before].size and np.isfinite(up[after]).all() and up[after].size):
        return np.nan
    touched = np.mean(up[before] - toes[before]) + own.floor
    fall = np.interp(top_s, own.time, up) - touched
    give = max(touched - up[after].min(), LEAST_GIVE * own.height)
    return float(fall / give) if fall >= LEAST_FALL * own.height else np.nan


def _within(time: Array, start_s: float, end_s: float) -> slice:
    """The frames from one moment to another."""
    first, last = np.searchsorted(time, [start_s - ON_IT, end_s + ON_IT])
    return slice(int(first), int(last))
