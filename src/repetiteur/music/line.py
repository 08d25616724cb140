"""The straight line on which the delays of one playback in two recordings lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from repetiteur.music.points import Array

__all__ = ["CLOCK_PPM", "WINDOW_SD_S", "Line", "fitted"]

#: Standard deviation of how far two clocks run apart, parts per million: crystals of
#: phones and cameras are sold as +-20 to +-50.
CLOCK_PPM = 50.0
#: Standard deviation of a delay, seconds; measured in simulated rooms.
WINDOW_SD_S = 0.002


@dataclass(frozen=True)
class Line:
    """Delay of the longer recording against the shorter, by the time in the shorter.

    Attributes
    ----------
    offset_s : float
        At the time ``middle_s``.
    middle_s : float
    ppm : float
        Parts per million by which it grows.
    offset_sd_s, ppm_sd : float
    """

    offset_s: float
    middle_s: float
    ppm: float
    offset_sd_s: float = WINDOW_SD_S
    ppm_sd: float = CLOCK_PPM

    def at(self, time_s: Array) -> Array:
        """Delay at these times, seconds."""
        return self.offset_s + self.ppm * 1e-6 * (time_s - self.middle_s)

    def sd(self, time_s: Array) -> Array:
        """Standard deviation of the delay at these times, seconds."""
        away = self.ppm_sd * 1e-6 * (time_s - self.middle_s)
        return np.hypot(self.offset_sd_s, away)


def fitted(time_s: Array, delay_s: Array) -> Line:
    """A line that outliers do not bend, by reweighting; clocks run apart by little.

    Weights are Tukey's biweight with its usual 4.685 standard deviations.

    Parameters
    ----------
    time_s, delay_s : (windows,) float

    Returns
    -------
    Line

    Examples
    --------
    >>> time_s = np.arange(0.0, 100.0, 10.0)
    >>> delay_s = 2.0 + 50e-6 * time_s
    >>> delay_s[3] += 0.02
    >>> fitted(time_s, delay_s).at(np.array([0.0, 100.0])).round(4).tolist()
    [2.0, 2.005]
    """
    weight = np.ones(time_s.size)
    middle, ppm, spread = float(time_s.mean()), 0.0, WINDOW_SD_S
    for _ in range(10):
        total = weight.sum()
        middle = float(weight @ time_s / total)
        offset = float(weight @ delay_s / total)
        away = (time_s - middle) * 1e-6
        precision = weight @ away**2 + (spread / CLOCK_PPM) ** 2
        ppm = float(weight @ (away * (delay_s - offset)) / precision)
        rest = delay_s - offset - ppm * away
        spread = max(1.4826 * float(np.median(np.abs(rest))), WINDOW_SD_S / 10.0)
        weight = np.clip(1.0 - (rest / (4.685 * spread)) ** 2, 0.0, 1.0) ** 2
    sd = spread * float(np.sqrt(2.0 / weight.sum()))  # windows overlap by half
    return Line(offset, middle, ppm, sd, spread / float(np.sqrt(precision)))
