"""Jumps: when both feet are off the floor and the body falls freely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.signals import resample, runs
from repetiteur.kinematics.contacts import Contacts
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.rolls import Landing, landing

Array = NDArray[np.float64]
Feet = Literal["both", "left", "right"]

#: Gravity, m/s^2, as in the domain's measure ``jump_height_flight``.
GRAVITY = 9.81
#: Both feet are off for at least this long, s. Expert default: a flight of 0.18 s lifts
#: the body by 4 cm, and less does not lift a foot out of its contact.
SHORTEST_S = 0.08
#: Two feet that leave, or land, within this leave together, s. Expert default: steps of
#: one foot after the other are further apart, and 0.06 s is a fault in an assemblé.
TOGETHER_S = 0.1
#: A body falls freely if its centre's acceleration is gravity but for this share, and
#: two standard deviations. Expert default: a recording at half or twice its true rate
#: shows four times or a quarter of it, a lifted pair of feet none.
FREE_FALL = 0.25
#: A fall that is known no better than this, as share of gravity, proves nothing.
_VAGUE = 0.2
#: A parabola and its error need this many frames.
_FEWEST = 4


@dataclass(frozen=True)
class Flight:
    """A stretch of time with both feet off the floor.

    Attributes
    ----------
    take_off_s, landing_s, apex_s : float
        Seconds, between frames; the apex is that of the centre of mass.
    start, end : int
        First and last frame in the air.
    from_feet, to_feet : {"both", "left", "right"}
        Which feet left last, and which landed first.
    take_off_apart_s, landing_apart_s : float
        How long after the one foot the other left, and landed, seconds; NaN of one.
    height_by_time : float
        g T^2 / 8, metres (domain measure ``jump_height_flight``).
    height_by_mass : float
        Highest centre of mass over that at take-off, metres (``jump_height_com``).
    drift : float
        Horizontal way of the middle of the feet, foot lengths (``jump_drift``).
    foot_roll_s : float
        Heel after toe at landing, seconds, of the foot that takes longer; NaN where no
        heel was seen to come down (domain measure ``foot_roll``).
    heel_down_s : float
        When that heel is down, seconds.
    fall, fall_sd : float
        Downward acceleration of the centre of mass in the air, m/s^2, and its standard
        deviation: what tells a jump (9.81) from lifted feet and from wrong frame rates.
    landings : (Landing, Landing)
        How the left and the right foot take it up.
    """

    take_off_s: float
    landing_s: float
    apex_s: float
    start: int
    end: int
    from_feet: Feet
    to_feet: Feet
    take_off_apart_s: float
    landing_apart_s: float
    height_by_time: float
    height_by_mass: float
    drift: float
    foot_roll_s: float
    heel_down_s: float
    fall: float
    fall_sd: float
    landings: tuple[Landing, Landing] = field(compare=False)

    @property
    def time_s(self) -> float:
        """Flight time, seconds."""
        return self.landing_s - self.take_off_s

    @property
    def free(self) -> bool:
        """Whether the body falls freely, within the error of its measurement."""
        allowed = FREE_FALL * GRAVITY + 2.0 * self.fall_sd
        told = self.fall_sd <= _VAGUE * GRAVITY
        return told and abs(self.fall - GRAVITY) <= allowed


def airborne(contacts: Contacts, mass: Array) -> tuple[Flight, ...]:
    """Stretches with both feet known to be off the floor, whether jumps or not.

    Parameters
    ----------
    contacts : Contacts
    mass : (time, 3) float
        Centre of mass, metres.

    Returns
    -------
    tuple of Flight
        In order of time; those that begin before the recording, or end after it, are
        left out.
    """
    off = (contacts.left.down == 0) & (contacts.right.down == 0)
    found = []
    for first, last in runs(off):
        if first == 0 or last == off.size - 1:
            continue
        left = _edge(contacts, first, "take_offs")
        landed = _edge(contacts, last, "touch_downs")
        if left is None or landed is None or landed.when_s - left.when_s < SHORTEST_S:
            continue
        found.append(_flight(contacts, mass, left, landed))
    return tuple(found)


def flights(contacts: Contacts, mass: Array) -> tuple[Flight, ...]:
    """Jumps: both feet off, and a centre of mass that falls freely.

    Parameters
    ----------
    contacts : Contacts
    mass : (time, 3) float
        Centre of mass, metres.

    Returns
    -------
    tuple of Flight

    Notes
    -----
    In the air the height of the centre of mass is a parabola whose second derivative is
    -9.81 m/s^2, whatever the body does. Feet that a partner, a chair or a lost marker
    lifts do not make it fall; and all flights of a recording of the wrong rate fall
    wrongly: :func:`airborne` keeps them, with what was found.
    """
    return tuple(flight for flight in airborne(contacts, mass) if flight.free)


class _Edge(NamedTuple):
    """A take-off or a landing: when, on which feet, and how far these are apart."""

    when_s: float
    feet: Feet
    apart_s: float


def _edge(contacts: Contacts, frame: int, kind: str) -> _Edge | None:
    """When the last foot left before a frame (or the first lands after), and which."""
    leaving = kind == "take_offs"
    beside = frame - 1 if leaving else frame + 1
    moment = contacts.time[frame]
    sign = 1.0 if leaving else -1.0
    times: dict[Feet, float] = {}
    for side in SIDES:
        foot = contacts.foot(side)
        events = foot.take_offs if leaving else foot.touch_downs
        before = events[events <= moment] if leaving else events[events >= moment]
        if before.size:
            times[side] = float(before[-1] if leaving else before[0])
    near = {s: t for s, t in times.items() if _holds(contacts, s, beside)}
    if not near:
        return None
    edge = max(sign * t for t in near.values())
    close = [s for s, t in times.items() if edge - sign * t <= TOGETHER_S]
    if len(close) < 2:
        return _Edge(sign * edge, close[0], float("nan"))
    return _Edge(sign * edge, "both", abs(times["left"] - times["right"]))


def _holds(contacts: Contacts, side: Feet, frame: int) -> bool:
    """Whether a foot is on the floor in a frame."""
    return side != "both" and bool(contacts.foot(side).down[frame] == 1)


def _flight(
    contacts: Contacts,
    mass: Array,
    left: _Edge,
    landed: _Edge,
) -> Flight:
    time, (off_s, on_s) = contacts.time, (left.when_s, landed.when_s)
    start, end = np.searchsorted(time, [off_s, on_s], side="right")
    end = max(end - (time[end - 1] == on_s), start + 1)
    course = _parabola(time[start:end], mass[start:end, 1], np.array([off_s, on_s]))
    way = _middle(contacts, end, on_s) - _middle(contacts, start - 1, off_s)
    left_foot, right_foot = (landing(contacts.foot(s), on_s, contacts) for s in SIDES)
    roll_s, heel_s = _foot_roll((left_foot, right_foot), landed.feet)
    return Flight(
        take_off_s=off_s,
        landing_s=on_s,
        apex_s=course.apex_s,
        start=int(start),
        end=int(end) - 1,
        from_feet=left.feet,
        to_feet=landed.feet,
        take_off_apart_s=left.apart_s,
        landing_apart_s=landed.apart_s,
        height_by_time=GRAVITY * (on_s - off_s) ** 2 / 8.0,
        height_by_mass=course.rise,
        drift=float(np.hypot(*way)) / contacts.foot_length,
        foot_roll_s=roll_s,
        heel_down_s=heel_s,
        fall=course.fall,
        fall_sd=course.fall_sd,
        landings=(left_foot, right_foot),
    )


def _middle(contacts: Contacts, frame: int, when_s: float) -> Array:
    """Middle of the feet, from above, at a moment next to a frame on the floor.

    A foot that stands in that frame stands at that moment; between it and the frame
    in the air there is a corner in its way.
    """
    feet, at = (contacts.left, contacts.right), [when_s]
    places = [
        foot.pivot[frame]
        if foot.down[frame] == 1
        else resample(foot.pivot, contacts.time, at)[0]
        for foot in feet
    ]
    return np.asarray(0.5 * (places[0] + places[1])[[0, 2]])


class _Course(NamedTuple):
    """A parabola through heights in the air."""

    apex_s: float
    rise: float
    fall: float
    fall_sd: float


def _parabola(time: Array, height: Array, edges: Array) -> _Course:
    """Course of the centre of mass between take-off and landing.

    The parabola, unlike the samples, is there at the take-off and at the apex too.
    """
    seen = np.isfinite(height)
    if seen.sum() < _FEWEST:
        return _Course(float(edges.mean()), np.nan, np.nan, np.inf)
    x, y = time[seen], height[seen]
    x0 = float(x.mean())
    columns = np.stack([np.ones(x.size), x - x0, 0.5 * (x - x0) ** 2], axis=1)
    inverse = np.linalg.inv(columns.T @ columns)
    level, rate, bend = found = inverse @ columns.T @ y
    left = y - columns @ found
    sd = np.sqrt(inverse[2, 2] * (left @ left) / (x.size - 3))
    apex = np.clip(-rate / bend if bend < 0.0 else 0.0, *(edges - x0))
    at = np.array([apex, edges[0] - x0])
    top, off = level + rate * at + 0.5 * bend * at**2
    return _Course(float(apex + x0), float(top - off), float(-bend), float(sd))


def _foot_roll(landings: Sequence[Landing], feet: Feet) -> tuple[float, float]:
    """Heel after toe of the foot that takes longer, and when its heel is down."""
    rolls = [
        one.roll
        for side, one in zip(SIDES, landings, strict=True)
        if feet in (side, "both")
    ]
    known = [(r.heel_s - r.toe_s, r.heel_s) for r in rolls]
    known = [one for one in known if np.isfinite(one[0])]
    return max(known, default=(float("nan"), float("nan")))
