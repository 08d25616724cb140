"""Motion between key poses, and what may alter it.

Key poses are joined by quintics: each channel moves as a minimum-jerk reach [1]_, with
velocity and acceleration zero at both ends, or passes through a pose with the smaller
of the two mean speeds on either side. Both kinds are monotone between two poses, so
nothing overshoots, and have continuous acceleration.

References
----------
.. [1] T. Flash and N. Hogan, "The coordination of arm movements", Journal of
   Neuroscience 5(7), 1985.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.synthetic.dancer import Array
from repetiteur.synthetic.legs import smooth

#: Largest slope of a minimum-jerk step from 0 to 1 over unit time: 30/16.
STEEPEST = 1.875
#: Step of the table that turns the map from phrase time to take time round, seconds.
_TABLE_STEP_S = 1e-3
_WAVES = 6
_SLOWEST_HZ, _FASTEST_HZ = 0.05, 0.35


@dataclass(frozen=True)
class Track:
    """Values of many channels over time, through key poses.

    Attributes
    ----------
    time : (poses,) float
        Seconds, increasing.
    start, end : (poses - 1, channel) float
        Values at both ends of each passage.
    through : (poses,) bool
        Whether a pose is passed without a stop.
    """

    time: Array
    start: Array
    end: Array
    through: Array

    def passage(self, seconds: Array) -> tuple[NDArray[np.intp], Array]:
        """Index of the passage and share of it that is over, for each moment."""
        last = len(self.time) - 2
        index = np.clip(np.searchsorted(self.time, seconds, "right") - 1, 0, last)
        share = (seconds - self.time[index]) / np.diff(self.time)[index]
        return index, np.clip(share, 0.0, 1.0)

    def at(self, seconds: ArrayLike) -> Array:
        """Values at moments, (frames, channel); held outside the first and the last.

        Examples
        --------
        >>> track = Track(np.array([0.0, 2.0]), np.array([[0.0]]), np.array([[8.0]]),
        ...               np.array([False, False]))
        >>> track.at([-1.0, 1.0, 3.0])[:, 0].tolist()
        [0.0, 4.0, 8.0]
        """
        index, share = self.passage(np.asarray(seconds, dtype=np.float64))
        lasting = np.diff(self.time)[:, np.newaxis]
        leave, arrive = self._speeds()
        v0, v1 = (leave * lasting)[index], (arrive * lasting)[index]
        s = share[:, np.newaxis]
        rest = (self.end - self.start)[index] - 0.5 * (v0 + v1)
        out: Array = (
            self.start[index]
            + v0 * (s - s**3 + 0.5 * s**4)
            + v1 * (s**3 - 0.5 * s**4)
            + rest * smooth(s)
        )
        return out

    def _speeds(self) -> tuple[Array, Array]:
        """Speed at which each passage is begun and ended, (poses - 1, channel) each."""
        mean = (self.end - self.start) / np.diff(self.time)[:, np.newaxis]
        before, after = mean[:-1], mean[1:]
        least = np.minimum(np.abs(before), np.abs(after))
        go = (before * after > 0.0) & self.through[1:-1, np.newaxis].astype(bool)
        speed = np.where(go, np.sign(after) * least, 0.0)
        still = np.zeros((1, mean.shape[1]))
        return np.concatenate([still, speed]), np.concatenate([speed, still])


def window(seconds: ArrayLike, start_s: float, end_s: float, ramp_s: float) -> Array:
    """1 within a window, 0 outside, with minimum-jerk ramps inside its ends.

    Examples
    --------
    >>> window([0.0, 1.5, 3.0, 5.0], 1.0, 5.0, 1.0).tolist()
    [0.0, 0.5, 1.0, 0.0]
    """
    time = np.asarray(seconds, dtype=np.float64)
    if ramp_s <= 0.0:
        return ((time >= start_s) & (time <= end_s)).astype(np.float64)
    return smooth((time - start_s) / ramp_s) * smooth((end_s - time) / ramp_s)


def _check_window(start_s: float, end_s: float, ramp_s: float) -> None:
    if ramp_s < 0.0 or end_s - start_s < 2.0 * ramp_s:
        raise ValueError(
            "A window needs room for both of its ramps, and this one lasts "
            f"{end_s - start_s:g} s with ramps of {ramp_s:g} s. Shorten the ramps."
        )


@dataclass(frozen=True)
class Alteration:
    """An amount added to one parameter over a window of the phrase.

    Attributes
    ----------
    parameter : str
        A name of :data:`repetiteur.synthetic.body.PARAMETERS`. A leg's ``height`` is
        altered along its azimuth: do so where the leg is away from hanging.
    amount : float
        In the parameter's unit (degrees, metres or a share).
    start_s, end_s, ramp_s : float
        Seconds of the phrase at tempo 1. The full amount lasts from
        ``start_s + ramp_s`` to ``end_s - ramp_s``.

    Raises
    ------
    ValueError
        When the ramps do not fit into the window.

    Examples
    --------
    >>> Alteration("left_height", -14.0, 2.0, 6.0, 1.0).at([1.0, 4.0]).tolist()
    [-0.0, -14.0]
    """

    parameter: str
    amount: float
    start_s: float
    end_s: float
    ramp_s: float = 0.5

    def __post_init__(self) -> None:
        """Check the window."""
        _check_window(self.start_s, self.end_s, self.ramp_s)

    def at(self, seconds: ArrayLike) -> Array:
        """Amount added at moments of the phrase, (frames,)."""
        return self.amount * window(seconds, self.start_s, self.end_s, self.ramp_s)


@dataclass(frozen=True)
class Delay:
    """A passage of the phrase that comes late.

    Attributes
    ----------
    seconds : float
        How late, in seconds of the take; negative is early.
    start_s, end_s, ramp_s : float
        Seconds of the phrase at tempo 1. The full lateness lasts from
        ``start_s + ramp_s`` to ``end_s - ramp_s``.

    Raises
    ------
    ValueError
        When the ramps do not fit into the window.
    """

    seconds: float
    start_s: float
    end_s: float
    ramp_s: float = 0.6

    def __post_init__(self) -> None:
        """Check the window."""
        _check_window(self.start_s, self.end_s, self.ramp_s)

    def at(self, seconds: ArrayLike) -> Array:
        """Lateness at moments of the phrase, (frames,) seconds."""
        return self.seconds * window(seconds, self.start_s, self.end_s, self.ramp_s)


@dataclass(frozen=True)
class Clock:
    """Which moment of the phrase is danced at which moment of the take.

    Attributes
    ----------
    phrase_s, take_s : (moments,) float
        Seconds, both increasing.
    """

    phrase_s: Array
    take_s: Array

    @property
    def end_s(self) -> float:
        """When the phrase is over in the take, seconds."""
        return float(self.take_s[-1])

    def phrase_at(self, take_s: ArrayLike) -> Array:
        """Moment of the phrase at moments of the take; held before and after it."""
        out: Array = np.interp(np.asarray(take_s), self.take_s, self.phrase_s)
        return out

    def take_at(self, phrase_s: ArrayLike) -> Array:
        """Moment of the take at moments of the phrase."""
        out: Array = np.interp(np.asarray(phrase_s), self.phrase_s, self.take_s)
        return out


def make_clock(
    lasting_s: float,
    *,
    tempo: float = 1.0,
    wait_s: float = 0.0,
    delays: Sequence[Delay] = (),
    sway: Array | None = None,
) -> Clock:
    """Clock of a take: tempo, a wait before it, late passages, natural variation.

    Parameters
    ----------
    lasting_s : float
        Length of the phrase at tempo 1, seconds.
    tempo : float
        Multiplies the speed.
    wait_s : float
        Seconds before the phrase begins.
    delays : sequence of Delay
    sway : (2, waves) float, optional
        Natural variation of the timing, as :func:`make_waves` gives it, in seconds.

    Returns
    -------
    Clock

    Raises
    ------
    ValueError
        When the tempo is not positive, or time would stand still or run backwards.

    Examples
    --------
    >>> make_clock(10.0, tempo=2.0, wait_s=1.0).phrase_at([0.5, 2.0, 9.0]).tolist()
    [0.0, 2.0, 10.0]
    """
    if tempo <= 0.0:
        raise ValueError(f"tempo needs to be above 0, and is {tempo:g}.")
    if not delays and sway is None:
        phrase = np.array([0.0, lasting_s])
        return Clock(phrase, wait_s + phrase / tempo)
    phrase = np.linspace(0.0, lasting_s, max(int(lasting_s / _TABLE_STEP_S), 1) + 1)
    take = wait_s + phrase / tempo + sum(delay.at(phrase) for delay in delays)
    if sway is not None:
        take = take + waves_at(sway[:, np.newaxis], phrase)[:, 0]
    if (np.diff(take) <= 0.0).any():
        raise ValueError(
            "Time needs to go forward in the take, and these delays turn it back. "
            "Make them smaller or their ramps longer: a ramp needs more than "
            f"{STEEPEST:g} × tempo times the change."
        )
    return Clock(phrase, take)


def make_waves(size: float, channels: int, rng: np.random.Generator) -> Array:
    """Slow, smooth natural variation: a few waves of random rate and phase.

    Parameters
    ----------
    size : float
        Root mean square over time, in the channel's unit. It never exceeds
        √12 times that.
    channels : int
        How many independent variations.
    rng : numpy.random.Generator

    Returns
    -------
    (3, channel, wave) float
        Amplitude, rate (radians a second) and phase of each wave.
    """
    shape = (channels, _WAVES)
    rate = 2.0 * np.pi * rng.uniform(_SLOWEST_HZ, _FASTEST_HZ, shape)
    phase = rng.uniform(0.0, 2.0 * np.pi, shape)
    return np.stack([np.full(shape, size * np.sqrt(2.0 / _WAVES)), rate, phase])


def waves_at(waves: Array, seconds: ArrayLike) -> Array:
    """Value of natural variation at moments, (frames, channel)."""
    amplitude, rate, phase = waves
    time = np.asarray(seconds, dtype=np.float64)[:, np.newaxis, np.newaxis]
    out: Array = (amplitude * np.sin(rate * time + phase)).sum(axis=-1)
    return out
