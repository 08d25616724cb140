"""A planted take as a tracker sees it through one camera.

The projector is that of the tests (``tests/projecting.py``): a pinhole, and a tracker
whose errors are smooth in time and partly the same whenever a pose is danced.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from planting_figure import Motion
from planting_truth import Truth

TESTS = Path(__file__).parents[1] / "tests"
#: Errors of the tracker: shares of the body's height, and of the depth, as
#: ``track/errors.yaml`` has them.
TRACKED = {"error": 0.006, "depth_error": 0.09}


def seen(
    motion: Motion,
    truth: Truth | None = None,
    *,
    heading: float = 90.0,
    seed: int = 0,
    **camera: Any,
) -> Any:
    """Tracked poses of a movement, as the tracker gives them.

    Parameters
    ----------
    motion : Motion
        A reference, or the motion of a take.
    truth : Truth, optional
        Of the take: so that the camera sees it from where it saw the reference (of one
        with the sides swapped, from the other side), and that the errors that belong to
        a pose come with that pose.
    heading : float
        Of a reference that faces the audience, before the camera: 90 is a profile.
    seed : int
        Of the errors that do not.
    **camera
        Other attributes of ``tests/projecting.Camera``: pitch, distance, error ...

    Returns
    -------
    xarray.Dataset
    """
    if str(TESTS) not in sys.path:
        sys.path.append(str(TESTS))
    import projecting

    phrase = motion.time
    if truth is not None:
        heading = (heading if truth.side == "same" else -heading) - truth.heading_deg
        where = truth.reference_at(motion.time)
        known = np.isfinite(where)
        phrase = np.interp(motion.time, motion.time[known], where[known])
    shown = projecting.Camera(**{**TRACKED, **camera}, heading=heading, seed=seed)
    return projecting.seen(motion.time, dict(motion.points), shown, phrase)
