"""How each foot meets the floor after a jump and leaves it before: toe, ball, heel."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.peeling import peels_off
from repetiteur.kinematics.contacts import ENTER, LEAVE, Contacts, FootContact

Array = NDArray[np.float64]

#: A landing is taken up within this time, and the heel comes down in it, s (domain
#: measure ``landing_knee_flexion``: 0.35 s to the bottom of the plié).
LANDING_S = 0.35
#: A heel that pushes leaves the floor within this time before the toe, s. Expert
#: default: from the bottom of a plié to take-off takes 0.2 to 0.4 s.
PUSH_S = 0.6
#: A toe leaves or meets the floor within this of its foot, s.
_WITH_FOOT_S = 0.1
#: A heel lower than this stands, or has only begun to leave, m, for a leg of 0.82 m.
_PEELED = 0.01
#: One that takes so many frames from 4 to 1 cm sinks down: noise hides how it ends. A
#: faster one is followed to the floor by its fall (:mod:`.contacts`).
_SLOW = 3
_NAN = float("nan")


class Roll(NamedTuple):
    """Moments of the toe and of the heel of one foot, seconds; NaN where not seen."""

    toe_s: float
    heel_s: float


class Landing(NamedTuple):
    """How a foot takes up a landing: its roll, from when (s), in which frames.

    The heel's moment is NaN where it stays up.
    """

    roll: Roll
    start_s: float
    frames: slice


def landing(foot: FootContact, landing_s: float, contacts: Contacts) -> Landing:
    """How a foot takes up a landing.

    Parameters
    ----------
    foot : FootContact
    landing_s : float
        Of the jump, seconds.
    contacts : Contacts
        Of both feet.

    Returns
    -------
    Landing
    """
    ends = taken_up(foot, landing_s)
    first, last = contacts.time.searchsorted(ends).tolist()
    frames = slice(first, max(last, first + 1))
    return Landing(_roll(foot, ends, contacts), ends[0], frames)


def taken_up(foot: FootContact, landing_s: float) -> tuple[float, float]:
    """From when to when a foot takes up a landing, seconds.

    Parameters
    ----------
    foot : FootContact
    landing_s : float
        Of the jump: the foot itself may come down a little later.

    Returns
    -------
    start_s, end_s : float
        0.35 s, or until the foot leaves again.
    """
    downs = foot.touch_downs[np.abs(foot.touch_downs - landing_s) <= _WITH_FOOT_S]
    start_s = float(downs[0]) if downs.size else landing_s
    leaves = foot.take_offs[foot.take_offs > start_s]
    return start_s, float(np.append(leaves[:1], start_s + LANDING_S).min())


def _roll(foot: FootContact, ends: tuple[float, float], contacts: Contacts) -> Roll:
    """When toe and heel come down: each the first while the landing is taken up."""
    start_s, end_s = ends[0] - _WITH_FOOT_S, ends[1]
    toe, heel = (
        times[(times >= start_s) & (times <= end_s)]
        for times in (foot.toe_downs, foot.heel_downs)
    )
    toe_s, heel_s = (float(times[0]) if times.size else _NAN for times in (toe, heel))
    window = slice(*contacts.time.searchsorted((start_s, end_s)).tolist())
    lift, time = (a[window][::-1] for a in (foot.heel_lift, contacts.time))
    slow_s = -_peeling(lift, -time, contacts.size, _SLOW)
    return Roll(toe_s, slow_s if np.isfinite(slow_s) else heel_s)


def push_off_roll(foot: FootContact, take_off_s: float, contacts: Contacts) -> Roll:
    """When toe and heel leave the floor.

    Parameters
    ----------
    foot : FootContact
    take_off_s : float
        Of the jump, seconds.
    contacts : Contacts
        Of both feet: time, and the dancer's size.

    Returns
    -------
    Roll
        The last of the heel within 0.6 s before the toe; NaN of a heel that was up all
        that time.
    """
    toes = foot.take_offs[np.abs(foot.take_offs - take_off_s) <= _WITH_FOOT_S]
    if not toes.size:
        return Roll(_NAN, _NAN)
    toe_s = float(toes[-1])
    window = slice(
        *np.searchsorted(contacts.time, [toe_s - PUSH_S, toe_s + _WITH_FOOT_S])
    )
    lift, time = (a[window] for a in (foot.heel_lift, contacts.time))
    return Roll(toe_s, _peeling(lift, time, contacts.size))


def _peeling(lift: Array, time: Array, size: float, fewest: int = 1) -> float:
    """When a heel last leaves the floor, seconds; NaN of one that has been up.

    It peels off slowly, and noise hides how it begins: a straight line through its
    heights from 1 to 4 cm, in ``fewest`` frames or more, is followed back to the floor.
    Backwards in time it is a heel that sinks down.
    """
    heights = (_PEELED * size, ENTER * size, LEAVE * size)
    return peels_off(lift, time, heights, most_s=PUSH_S, fewest=fewest)
