"""When a take dances what: the clock of a take, and the truth of it.

A take is a row of parts (:class:`Part`). Along them runs the *score*, seconds of
movement as it stands in the sources; a :class:`Clock` says at which moment of the take
each moment of the score is danced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEP_S = 1e-3
#: Rates between which timing wobbles, Hz.
SLOWEST_HZ, FASTEST_HZ = 0.05, 0.4
#: A stop is gone into and out of over so long, s.
INTO_STOP_S = 0.4
#: A timing fault may slow or speed its way in and out by this share of the tempo.
STEEPEST = 0.5


@dataclass(frozen=True)
class Late:
    """A phrase of the reference that comes late (or early, below 0), seconds.

    It has its whole size between ``start_s`` and ``end_s``, and ``ramp_s`` to come in
    and to go out, before and after.
    """

    seconds: float
    start_s: float
    end_s: float
    ramp_s: float

    def at(self, reference_s: Array) -> Array:
        """Lateness at moments of the reference, (moments,) seconds."""
        return self.seconds * window(reference_s, self.start_s, self.end_s, self.ramp_s)


@dataclass(frozen=True)
class Part:
    """A stretch of movement: ``danced``, ``repeated`` or ``extra``.

    ``start_s`` to ``end_s`` are seconds of ``figure``: 0 is the reference, the strange
    movements of what is ``extra`` come after it.
    """

    state: str
    start_s: float
    end_s: float
    figure: int = 0

    @property
    def lasting_s(self) -> float:
        """Seconds of movement."""
        return self.end_s - self.start_s


def rise(share: Array) -> Array:
    """Minimum jerk from 0 to 1."""
    u = np.clip(share, 0.0, 1.0)
    return np.asarray(u**3 * (10.0 - 15.0 * u + 6.0 * u**2))


def window(seconds: Array, start_s: float, end_s: float, ramp_s: float) -> Array:
    """1 from start to end, with minimum-jerk ramps before and after."""
    into = rise((seconds - start_s + ramp_s) / ramp_s)
    return np.asarray(into * rise((end_s + ramp_s - seconds) / ramp_s))


def ramp_for(seconds: float, tempo: float) -> float:
    """How long a timing fault needs to come: the steepest slope of a ramp is 15/8."""
    return max(0.4, 1.875 * abs(seconds) / (STEEPEST * tempo))


def wobbling(
    score_s: Array,
    peak_s: float,
    rng: np.random.Generator,
    *,
    slowest_hz: float = SLOWEST_HZ,
    fastest_hz: float = FASTEST_HZ,
) -> Array:
    """Slow variation without mean or trend, its largest value ``peak_s``."""
    rates = rng.uniform(slowest_hz, fastest_hz, 6)
    phases = rng.uniform(0.0, 2.0 * np.pi, 6)
    if peak_s == 0.0:
        return np.zeros_like(score_s)
    wave = np.sin(2.0 * np.pi * rates[:, None] * score_s + phases[:, None]).sum(axis=0)
    wave = wave - np.polyval(np.polyfit(score_s, wave, 1), score_s)
    return np.asarray(peak_s * wave / np.abs(wave).max())


@dataclass(frozen=True)
class Clock:
    """Score and take, moment by moment.

    Attributes
    ----------
    take_s, score_s : (moments,) float
        Non-decreasing; ``score_s`` stands still in a stop.
    late_s : (moments,) float
        After tempo and offset; stops and breaks passed over.
    stops : tuple of (float, float)
        In the take, seconds.
    """

    take_s: Array
    score_s: Array
    late_s: Array
    stops: tuple[tuple[float, float], ...]

    def score_at(self, take_s: Array) -> Array:
        """Where in the score the take is."""
        return np.interp(take_s, self.take_s, self.score_s)


def clock(
    lasting_s: float,
    tempo: float,
    *,
    late_s: Array,
    stops: Sequence[tuple[float, float]] = (),
    start_s: float = 0.0,
) -> Clock:
    """The clock of a take.

    Parameters
    ----------
    lasting_s : float
        Seconds of the score.
    tempo : float
        Take seconds per score second.
    late_s : (moments,) float
        Lateness on an even grid over the score, both ends on it.
    stops : sequence of (float, float)
        Where in the score the body holds, and for how long, seconds.
    start_s : float
        Of the take.

    Raises
    ------
    ValueError
        When the take would go backwards.
    """
    score = np.linspace(0.0, lasting_s, late_s.size)
    going = start_s + tempo * score + late_s
    if (np.diff(going) <= 0.0).any():
        raise ValueError("The take would go backwards: make the ramps longer.")
    pieces = [(np.array([going[0]]), np.array([going[0]]))]
    held, pause = [], 0.0
    for where, seconds in sorted(stops):
        begins = float(np.interp(where, score, going))
        u = np.arange(0.0, INTO_STOP_S + STEP_S / 2, STEP_S)
        gone = np.cumsum(np.r_[0.0, STEP_S * (1.0 - rise((u[1:] - STEP_S / 2)
                                                         / INTO_STOP_S))])  # fmt: skip
        half = float(gone[-1])
        back = half - gone[::-1]
        at = begins - half + pause
        held.append((float(at + u[-1]), float(at + u[-1] + seconds)))
        when = np.r_[at + u, held[-1][1] + u]
        pieces.append((when, np.r_[begins - half + gone, begins + back]))
        pause += seconds + 2.0 * (u[-1] - half)
    pieces.append((np.array([going[-1] + pause]), np.array([going[-1]])))
    take, smooth = (np.concatenate(found) for found in zip(*pieces, strict=True))
    even = np.arange(take[0], take[-1], STEP_S)
    even = np.unique(np.r_[even, take])
    there = np.interp(np.interp(even, take, smooth), going, score)
    return Clock(even, there, np.interp(there, score, late_s), tuple(held))
