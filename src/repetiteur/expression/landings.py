"""How far jumps fall, beside how far the body gives when they land."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.dancing import Dancing

Array = NDArray[np.float64]

#: A landing is taken up within this, seconds (the bottom comes after 0.35: domain
#: measure ``landing_knee_flexion``), over this way at least, in heights: 1 cm of 1.7 m.
TAKEN_UP_S, LEAST_GIVE = 0.5, 0.006
#: A fall from less high is none to take up, in heights: 8 cm of 1.7 m, over half that
#: of a small jump (0.35 s in the air). Expert default.
LEAST_FALL = 0.05


def fall_over_give(own: Dancing) -> Array:
    """How far each jump falls, over how far the body gives when it lands.

    Parameters
    ----------
    own : Dancing

    Returns
    -------
    (jumps,) float
        In order of ``own.jumps_s``. NaN of jumps that fall less than
        :data:`LEAST_FALL`, and where the body was not seen.

    Notes
    -----
    The work of the floor's mean force over the way that the centre of mass goes on down
    after touching is that of the weight from the top of the jump: in weights of the
    body the force is 1 + fall / give.
    """
    time, up = own.time, own.mass[:, 1]
    out = np.full(len(own.jumps_s), np.nan)
    for k, (top_s, down_s) in enumerate(own.jumps_s.tolist()):
        after = (time >= down_s) & (time <= down_s + TAKEN_UP_S)
        if after.any() and np.isfinite(up[after]).all():
            top, down = np.interp([top_s, down_s], time, up)
            give = max(down - up[after].min(), LEAST_GIVE * own.height)
            if top - down >= LEAST_FALL * own.height:
                out[k] = (top - down) / give
    return out
