"""Free fall: whatever a body does in the air, its centre of mass flies a parabola."""

from __future__ import annotations

import numpy as np

from repetiteur.kinematics.flights import GRAVITY
from repetiteur.kinematics.mass import centre_of_mass
from repetiteur.model.body import Body
from repetiteur.model.skeletons import KEYPOINTS
from repetiteur.synthetic.dancer import Array

#: A body that keeps its pose falls as it should but for rounding, m.
_ROUNDING = 1e-6


def falling(place: Array, time: Array, *, flights: int) -> Array:
    """Positions with the body moved as a whole so that it falls freely in the air.

    Parameters
    ----------
    place : (frames + 2 * flights, 3, keypoint) float
        Metres; after the frames, the poses at take-off and landing of each flight.
    time : (frames + 2 * flights,) float
        Seconds, likewise.
    flights : int

    Returns
    -------
    (frames, 3, keypoint) float
        From take-off to landing the centre of mass goes the parabola that joins its
        places at the two.
    """
    frames = time.size - 2 * flights
    points = {name: place[..., k] for k, name in enumerate(KEYPOINTS)}
    mass = centre_of_mass(Body(time, points))
    out = place[:frames].copy()
    for first in range(frames, time.size, 2):
        (off_s, on_s), (left, landed) = (a[first : first + 2] for a in (time, mass))
        aloft = np.flatnonzero((time[:frames] > off_s) & (time[:frames] < on_s))
        since = (time[aloft] - off_s)[:, np.newaxis]
        way = left + since / (on_s - off_s) * (landed - left)
        way[:, [1]] += 0.5 * GRAVITY * since * (on_s - off_s - since)
        shift = way - mass[aloft]
        if np.abs(shift).max(initial=0.0) > _ROUNDING:
            out[aloft] += shift[..., np.newaxis]
    return out
