"""Turns: how far, which way, on which foot, how upright, how steady in place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.filters import derivative, low_pass
from repetiteur.kernels.medians import median
from repetiteur.kernels.signals import runs
from repetiteur.kinematics.axis import Axis, Held, axis_of
from repetiteur.kinematics.contacts import Contacts
from repetiteur.kinematics.headings import Headings
from repetiteur.kinematics.legs import OTHER, SIGN, Legs
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: Who turns faster than this is turning, deg/s (domain measure ``turn_count``).
TURNING_DEG_S = 120.0
#: Low-pass of the heading before its rate is taken, Hz (domain: 6 Hz for poses).
CUT_OFF_HZ = 6.0
#: Share of the rate of a film too slow for that.
_SLOW_FILM = 0.4
#: A turn goes on through a stretch of this length that is slower, but not slower than
#: half of that, s. Expert default.
PAUSE_S = 0.3
#: Less is a change of facing and no turn, deg. Expert default: half a turn without its
#: slow beginning and end.
SMALLEST_DEG = 150.0
#: A turn is on one foot if this share of it is done before that foot leaves the floor
#: or the other comes down, else on both (as chaînés are); in the air likewise. Expert
#: default.
MOSTLY = 0.5

On = Literal["one_foot", "two_feet", "air"]
Sense = Literal["en_dehors", "en_dedans"]


@dataclass(frozen=True)
class Rotation:
    """How one part of the body turns.

    Attributes
    ----------
    start_s, end_s : float
        First and last moment faster than 120 deg/s, seconds.
    degrees : float
        Positive to the dancer's left.
    """

    start_s: float
    end_s: float
    degrees: float


@dataclass(frozen=True)
class Turn:
    """One turn, or several without a stop between.

    Attributes
    ----------
    start, end : int
        First and last frame faster than 120 deg/s.
    start_s, end_s : float
        The same in seconds.
    rotation : float
        Degrees, positive to the dancer's left.
    on_one_foot, on_the_floor, in_the_air : float
        What of the rotation was done standing on one foot, on both feet (before the
        working foot left, and after it closed), and flying: degrees, signed alike.
    on : {"one_foot", "two_feet", "air"} or None
        Where most of it was done; None where the feet were not seen. Chaînés, on one
        foot after the other, are ``two_feet``.
    supporting, working : {"left", "right"} or None
        None where no one foot supports.
    peak_rate : float
        Fastest, revolutions a second.
    pelvis, trunk : Rotation or None
        The pelvis and the shoulders by themselves: the one leads, the other follows.
    axis : Axis or None
        None where no one foot supports.
    """

    start: int
    end: int
    start_s: float
    end_s: float
    rotation: float
    on_one_foot: float
    on_the_floor: float
    in_the_air: float
    on: On | None
    supporting: Side | None
    working: Side | None
    peak_rate: float
    pelvis: Rotation | None
    trunk: Rotation | None
    axis: Axis | None

    @property
    def direction(self) -> Side:
        """To the dancer's left or right."""
        return "left" if self.rotation > 0.0 else "right"

    @property
    def count(self) -> float:
        """Number of turns, rounded to halves."""
        return round(abs(self.rotation) / 180.0) / 2.0

    @property
    def mean_rate(self) -> float:
        """Revolutions a second."""
        return abs(self.rotation) / 360.0 / (self.end_s - self.start_s)

    @property
    def sense(self) -> Sense | None:
        """Towards the working leg, or towards the supporting leg (``turn_sense``)."""
        if self.working is None:
            return None
        return "en_dehors" if self.direction == self.working else "en_dedans"


def turns(
    turning: Array, headings: Headings, contacts: Contacts, legs: Legs, mass: Array
) -> tuple[Turn, ...]:
    """Turns of a body (domain measures ``turn_count`` to ``support_travel``).

    Parameters
    ----------
    turning : (time,) float
        Heading that turns are counted by, degrees
        (:func:`repetiteur.kinematics.headings.turning`).
    headings : Headings
    contacts : Contacts
    legs : Legs
    mass : (time, 3) float
        Centre of mass, metres; NaN where not known, or seen by one camera.

    Returns
    -------
    tuple of Turn
        In order of time.

    Notes
    -----
    The rate is that of the heading behind a zero-lag Butterworth filter of fourth order
    at 6 Hz; rotations are those of the heading itself. A turn lasts while the rate
    stays above 120 deg/s: its slower beginning and end are not in it.
    """
    time, strict = contacts.time, _strictly(legs, contacts)
    three = np.stack([turning, headings.pelvis, headings.trunk], axis=1)
    rate = turning_rate(three, time)
    whole, *parts = (
        _stretches(three[:, k], rate[:, k], time) for k in range(three.shape[1])
    )
    return tuple(
        _turn(stretch, parts, contacts, strict, mass)
        for stretch in whole
        if abs(stretch.rotation) >= SMALLEST_DEG
    )


def _strictly(legs: Legs, contacts: Contacts) -> Legs:
    """The legs with both on the floor wherever both touch it, though one may brush."""
    both = (contacts.left.down == 1) & (contacts.right.down == 1) & (legs.feet > 0)
    return replace(
        legs,
        feet=np.where(both, 2, legs.feet).astype(np.int8),
        support=np.where(both, 0, legs.support).astype(np.int8),
    )


def turning_rate(heading: Array, time: Array) -> Array:
    """Rate of low-passed headings, (time, ...) degrees a second."""
    if time.size < 2:
        return np.full(heading.shape, np.nan)
    rate_hz = 1.0 / median(np.diff(time))
    smooth = low_pass(heading, time, min(CUT_OFF_HZ, _SLOW_FILM * rate_hz))
    return derivative(smooth, time)


class _Stretch(NamedTuple):
    """Frames of a turn, in the whole course of a heading and its rate."""

    first: int
    last: int
    heading: Array
    rate: Array

    @property
    def rotation(self) -> float:
        """Degrees from the first frame to the last."""
        return float(self.heading[self.last] - self.heading[self.first])


def _stretches(heading: Array, rate: Array, time: Array) -> list[_Stretch]:
    """Stretches of fast turning to one side, in order of time."""
    joined: list[tuple[int, int]] = []
    for sign in (1.0, -1.0):
        for number, (first, last) in enumerate(runs(sign * rate > TURNING_DEG_S)):
            if number and _goes_on(rate, time, joined[-1][1], first):
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
    return [_Stretch(first, last, heading, rate) for first, last in sorted(joined)]


def _goes_on(rate: Array, time: Array, before: int, after: int) -> bool:
    """Whether a turn goes on after slowing down between two frames."""
    if time[after] - time[before] > PAUSE_S:
        return False
    slow = rate[before : after + 1]
    return bool((np.abs(slow) > 0.5 * TURNING_DEG_S).all())


def _turn(
    stretch: _Stretch,
    parts: Sequence[list[_Stretch]],
    contacts: Contacts,
    legs: Legs,
    mass: Array,
) -> Turn:
    first, last, heading, rate = stretch
    steps, feet = np.diff(heading[first : last + 1]), legs.feet[first:last]
    one, both, none = (float(steps[feet == n].sum()) for n in (1, 2, 0))
    held = _held(stretch, legs)
    return Turn(
        start=first,
        end=last,
        start_s=float(contacts.time[first]),
        end_s=float(contacts.time[last]),
        rotation=stretch.rotation,
        on_one_foot=one,
        on_the_floor=both,
        in_the_air=none,
        on="one_foot" if held else _on(one + both, none, stretch.rotation),
        supporting=held[0] if held else None,
        working=OTHER[held[0]] if held else None,
        peak_rate=float(np.abs(rate[first : last + 1]).max()) / 360.0,
        pelvis=_part(stretch, parts[0], contacts.time),
        trunk=_part(stretch, parts[1], contacts.time),
        axis=axis_of(held, heading, contacts, mass) if held else None,
    )


def _on(standing: float, flying: float, rotation: float) -> On | None:
    """Where a turn is done that no one foot holds."""
    if flying / rotation > MOSTLY:
        return "air"
    return "two_feet" if (standing + flying) / rotation > MOSTLY else None


def _part(whole: _Stretch, parts: list[_Stretch], time: Array) -> Rotation | None:
    """How a part of the body turned in the same time to the same side."""
    first = bisect_left(parts, whole.first, key=lambda part: part.last)
    last = bisect_right(parts, whole.last, key=lambda part: part.first)
    same = [p for p in parts[first:last] if p.rotation * whole.rotation > 0.0]
    if not same:
        return None
    part = max(same, key=lambda p: min(whole.last, p.last) - max(whole.first, p.first))
    return Rotation(float(time[part.first]), float(time[part.last]), part.rotation)


def _held(stretch: _Stretch, legs: Legs) -> Held | None:
    """The foot that most of a turn is done on without a change, from when to when."""
    first, last, heading, _ = stretch
    spans = [
        (
            abs(float(heading[first + b] - heading[first + a])),
            side,
            first + a,
            first + b,
        )
        for side in SIGN
        for a, b in runs(legs.supports(side)[first : last + 1])
    ]
    way, side, a, b = max(spans, default=(0.0, "left", 0, 0))
    return (side, a, b) if way > MOSTLY * abs(stretch.rotation) else None
