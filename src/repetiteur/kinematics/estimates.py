"""Numbers with their intervals, where frames alone say how sure they are.

What lasts from one event to another is known no better than the moments of the two,
and these no better than the frames.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repetiteur.kinematics.flights import GRAVITY

#: Half-width of a 90 % interval in standard deviations of a normal error.
Z90 = 1.645


@dataclass(frozen=True)
class Estimate:
    """A number and half the width of its 90 % interval, in one unit.

    What noise alone raises may be lower by more: by how much the interval reaches
    further, down where that is negative and up where it is not.

    Examples
    --------
    >>> Estimate(2.0, 0.5).interval90, Estimate(2.0, 0.5, -1.0).interval90
    ((1.5, 2.5), (0.5, 2.5))
    """

    value: float
    half: float
    reach: float = 0.0

    @property
    def interval90(self) -> tuple[float, float]:
        """Lowest and highest value that the instrument leaves open."""
        low, high = self.value - self.half, self.value + self.half
        return low + min(self.reach, 0.0), high + max(self.reach, 0.0)

    @property
    def sd(self) -> float:
        """Standard deviation of a normal error with this interval."""
        return self.half / Z90


def moment_sd(step_s: float, crossing_s: float = 0.0) -> float:
    """Standard deviation of the moment of an event that is seen in frames, seconds.

    Parameters
    ----------
    step_s : float
        Seconds from frame to frame.
    crossing_s : float
        What the error of the points adds, seconds: their standard deviation over
        their speed (:func:`repetiteur.kernels.propagation.crossing_sd`).

    Notes
    -----
    The event lies anywhere between two frames: uniform over one step. And between
    which two, is not sure either: a foot that rolls off the floor has left it, for a
    threshold, a frame earlier or later; another step. Each has a variance of step^2 /
    12.

    Examples
    --------
    >>> round(moment_sd(0.1), 4)
    0.0408
    """
    return float(np.hypot(step_s / np.sqrt(6.0), crossing_s))


def lasting(
    seconds: float, step_s: float, *, crossings_s: tuple[float, float] = (0.0, 0.0)
) -> Estimate:
    """How long something lasted between two events: a flight, a balance.

    Parameters
    ----------
    seconds : float
    step_s : float
        Seconds from frame to frame.
    crossings_s : (start, end) float
        What the error of the points adds to either moment, seconds. The two add up:
        a foot that is taken for too high leaves too early and lands too late.

    Returns
    -------
    Estimate
        Seconds. The half-width is 0.95 of a frame's step where nothing is added.

    Examples
    --------
    >>> round(lasting(0.5, 1.0 / 30.0).half * 30.0, 2)
    0.95
    """
    frames = np.sqrt(2.0) * moment_sd(step_s)
    return Estimate(seconds, Z90 * float(np.hypot(frames, sum(map(abs, crossings_s)))))


def jump_height(flight: Estimate) -> Estimate:
    """Height of a jump from how long it was in the air, metres.

    Notes
    -----
    h = g T^2 / 8 with g = 9.81 m/s^2, and its error g T / 4 times that of T (project
    specification): at T = 0.5 s one frame is 4.1, 2.0 and 1.0 cm at 30, 60 and 120 Hz.

    Examples
    --------
    >>> for hertz in (30, 60, 120):
    ...     found = jump_height(lasting(0.5, 1.0 / hertz))
    ...     print(f"{found.value:.3f} m ± {100 * found.half:.1f} cm")
    0.307 m ± 3.9 cm
    0.307 m ± 1.9 cm
    0.307 m ± 1.0 cm
    """
    return Estimate(
        GRAVITY * flight.value**2 / 8.0, GRAVITY * flight.value * flight.half / 4.0
    )


def turn_rate(degrees: Estimate, seconds: Estimate) -> Estimate:
    """Mean rate of a turn, revolutions a second; NaN for one that took no time.

    Examples
    --------
    >>> turn_rate(Estimate(720.0, 0.0), Estimate(1.5, 0.15))
    Estimate(value=1.3333..., half=0.1333...)
    """
    if seconds.value <= 0.0:
        return Estimate(float("nan"), float("nan"))
    rate = degrees.value / 360.0 / seconds.value
    by_angle = degrees.half / 360.0 / seconds.value
    by_time = rate * seconds.half / seconds.value
    return Estimate(rate, float(np.hypot(by_angle, by_time)))


def lateness(late_s: float, one_sd: float, other_sd: float) -> Estimate:
    """How much later one event is than another, from the sd of their moments.

    Examples
    --------
    >>> round(lateness(0.1, moment_sd(1 / 50), moment_sd(1 / 60)).half, 4)
    0.0175
    """
    return Estimate(late_s, Z90 * float(np.hypot(one_sd, other_sd)))
