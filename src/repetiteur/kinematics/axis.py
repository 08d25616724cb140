"""The axis of a turn on one foot: how it tilts, and how its foot travels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.contacts import Contacts
from repetiteur.kinematics.legs import SIGN
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
#: A largest value is one of this share of the time.
SEEN = 0.9
#: How fast the axis topples is the mean of this last time, s. Expert default.
TOPPLING_S = 0.2
#: A foot that holds a turn, its first and its last frame.
Held = tuple[Side, int, int]


@dataclass(frozen=True)
class Axis:
    """The turning axis while one foot supports.

    Attributes
    ----------
    start_s, end_s : float
        When the working foot leaves the floor (or the turn begins), and when it comes
        down (or the turn ends), seconds.
    tilt, tilt_most : float
        Mean and largest angle from upright of the line from the supporting toe to the
        centre of mass, degrees (domain measure ``axis_tilt``).
    forward, to_working : float
        Mean tilt to the dancer's front, and to the side of the working leg, degrees.
    toppling : float
        How fast the tilt grows in the last 0.2 s, degrees a second; negative where the
        axis comes upright.
    travel, travel_most : float
        How far the supporting toe is at the end from where it was at the start, and how
        far it ever was, foot lengths (``support_travel``).
    """

    start_s: float
    end_s: float
    tilt: float
    tilt_most: float
    forward: float
    to_working: float
    toppling: float
    travel: float
    travel_most: float


def axis_of(held: Held, heading: Array, contacts: Contacts, mass: Array) -> Axis:
    """Tilt and travel of the turning axis while one foot supports.

    Parameters
    ----------
    held : tuple of side, int, int
        The supporting foot, and its first and last frame.
    heading : (time,) float
        Degrees.
    contacts : Contacts
    mass : (time, 3) float
        Centre of mass, metres; NaN where not known.

    Returns
    -------
    Axis
    """
    side, first, last = held
    frames = slice(first, last + 1)
    pivot = contacts.foot(side).pivot[frames]
    line = mass[frames] - pivot
    tilt = geometry.angle_between(line, geometry.UP)
    local = geometry.turn(line, -heading[frames])
    ahead, aside = (
        np.degrees(np.arctan2(local[:, axis], local[:, 1])) for axis in (2, 0)
    )
    away = np.hypot(*(pivot - pivot[0])[:, [0, 2]].T) / contacts.foot_length
    return Axis(
        start_s=float(contacts.time[first]),
        end_s=float(contacts.time[last]),
        tilt=_mean(tilt),
        tilt_most=_largest(tilt),
        forward=_mean(ahead),
        to_working=-SIGN[side] * _mean(aside),
        toppling=_slope(tilt, contacts.time[frames]),
        travel=float(away[-1]),
        travel_most=_largest(away),
    )


def _slope(tilt: Array, time: Array) -> float:
    """Slope of the straight line through the last 0.2 s, degrees a second."""
    seen = (time >= time[-1] - TOPPLING_S) & np.isfinite(tilt)
    t = time[seen] - time[seen].mean() if seen.sum() > 2 else np.zeros(1)
    return float((tilt[seen] * t).sum() / (t**2).sum()) if t.any() else float("nan")


def _mean(values: Array) -> float:
    """Mean of what was seen; NaN of nothing."""
    seen = values[np.isfinite(values)]
    return float(np.mean(seen)) if seen.size else float("nan")


def _largest(values: Array) -> float:
    """Largest; NaN where so little was seen that it may lie in the rest."""
    seen = np.isfinite(values)
    return float(np.max(values[seen])) if seen.mean() >= SEEN else float("nan")
