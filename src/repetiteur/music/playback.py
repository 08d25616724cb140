"""One loudspeaker, two recordings: their offset, and how far apart their clocks run.

Windows of the shorter recording are sought in the whole of the longer one
(:func:`~repetiteur.kernels.correlation.delays`). What is found is followed through all
that both have in common, and one straight line is laid through the delays: recordings
of the same playback differ by an offset and by the rates of their clocks, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.correlation import delays, direct_delay, stretched
from repetiteur.music.line import WINDOW_SD_S, Line, fitted
from repetiteur.music.points import Array, Points

__all__ = ["CLOCKS_PPM", "RATE", "same_playback", "same_playback_near"]

#: Samples per second at which recordings are compared: enough for 6000 Hz.
RATE = 16_000
#: Seconds of a window. Of clips of 5 s up to 6 % fail, of 15 s none.
WINDOW_S = 15.0
#: Seconds that both must have.
LEAST_S = 5.0
#: A delay is believed when its peak is so many times as high as any other in a window
#: laid beside its place, and looked for there, and confirmed where it was expected, by
#: so many times. Of 35 pairs that are no one playback the highest was 1.63 times.
GATE, CONFIRMED = 2.0, 1.5
#: Windows that are sought in the whole, with all clocks together, and followed.
SOUGHT, MOST_SOUGHT, FOLLOWED = 8, 24, 40
#: Where the music tells the delay, it is sought so many seconds to each side of it; the
#: music's median delay was never more than 0.03 s off in rooms of 1.6 s.
NEAR_S = 0.15
#: And stands out so much above any that may be its reflection: else nothing is told.
DIRECT = 1.1
#: Clocks that are tried where equal ones do not fit, parts per million: 20 of them
#: change the delay by 0.3 ms in a window, two periods of the highest frequency.
CLOCKS_PPM = (-20.0, 20.0, -40.0, 40.0, -80.0, 80.0, -120.0, 120.0)
#: Delays of windows on one line differ from it by less, seconds.
ASIDE_S = 0.03
#: Standard deviation of a delay where a reflection is nearly as loud as the direct
#: sound, seconds: less than so many times lower. Measured in simulated rooms.
REFLECTED_SD_S, REFLECTED = 0.015, 1.5
#: The line is followed again with its own clock until that changes by less, at most
#: so often.
SETTLED_PPM, PASSES = 2.0, 4
#: Seconds from point to point of what is returned.
STEP_S = 1.0
#: Share of the windows that must be on the line.
ON_THE_LINE = 0.34

Single = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Windows:
    """What is heard in windows along the shorter recording.

    Attributes
    ----------
    middle_s : (windows,) float
        In the shorter.
    delay_s : (windows,) float
        Of the direct sound in the longer.
    ratio, clear : (windows,) float
        How many times as high its peak is as any other, as recorded; and that, or with
        the rooms taken out, whichever is more.
    direct, near : (windows,) float
        The same beside its reflections with the rooms taken out; and that, or as
        recorded, whichever is less.
    """

    middle_s: Array
    delay_s: Array
    ratio: Array
    clear: Array
    direct: Array
    near: Array


def same_playback(
    first: Single, second: Single, clocks_ppm: tuple[float, ...] = (0.0,)
) -> tuple[Points, float] | None:
    """Offset and clocks of two recordings of one playback.

    Parameters
    ----------
    first : (n,) float
    second : (m,) float
        Sound at :data:`RATE` samples per second.
    clocks_ppm : tuple of float
        By how much the clock of the longer recording may run faster than that of the
        shorter; each is tried with some 30 parts per million on either side.

    Returns
    -------
    (Points, drift in parts per million) or None
        Seconds from the first sample of each. Drift is positive when more seconds of
        the second pass than of the first. None when no one delay is believed.

    Examples
    --------
    >>> sound = np.random.default_rng(0).normal(size=20 * RATE).astype(np.float32)
    >>> points, ppm = same_playback(sound[RATE:], sound[: 18 * RATE])
    >>> (points.second_s - points.first_s).round(4).tolist()[:2], abs(round(ppm, 1))
    ([1.0, 1.0], 0.0)
    """
    if len(second) < len(first):
        found = same_playback(second, first, clocks_ppm)
        return None if found is None else (found[0].turned(), -found[1])
    line = _sought(first, second, clocks_ppm)
    if line is None:
        return None
    if _windows(first, second, line, np.inf).clear.max(initial=0.0) <= GATE:
        return None
    return _settled(first, second, line)


def same_playback_near(
    first: Single, second: Single, points: Points
) -> tuple[Points, float] | None:
    """Offset and clocks of one playback whose delay the music tells roughly.

    Far from the loudspeaker the highest peak of all may be chance; of the few within
    :data:`NEAR_S` of what the music says, the one that stands out is the delay.

    Parameters
    ----------
    first : (n,) float
    second : (m,) float
        Sound at :data:`RATE` samples per second.
    points : Points
        The same places of the music in both; one tempo throughout.

    Returns
    -------
    (Points, drift in parts per million) or None
        As :func:`same_playback`.

    Examples
    --------
    >>> sound = np.random.default_rng(0).normal(size=20 * RATE).astype(np.float32)
    >>> rough = Points(*np.array([[2.0, 9.0], [1.1, 8.1], [0.1, 0.1], [1.0, 1.0]]))
    >>> points, _ = same_playback_near(sound, sound[RATE:], rough)
    >>> (points.second_s - points.first_s).round(4).tolist()[:2]
    [-1.0, -1.0]
    """
    if len(second) < len(first):
        turned = same_playback_near(second, first, points.turned())
        return None if turned is None else (turned[0].turned(), -turned[1])
    line = Line(float(np.median(points.second_s - points.first_s)), 0.0, 0.0)
    found = _windows(first, second, line, NEAR_S)
    if found.ratio.max(initial=0.0) <= CONFIRMED:
        return None
    best = int(np.argmax(found.ratio))
    if found.direct[best] <= DIRECT:
        return None
    line = Line(float(found.delay_s[best]), float(found.middle_s[best]), 0.0)
    return _settled(first, second, line, NEAR_S)


def _settled(
    first: Single, second: Single, line: Line, near_s: float = np.inf
) -> tuple[Points, float] | None:
    """The line followed along, again and again with the clock that comes out."""
    for _ in range(PASSES):
        before = line.ppm
        followed = _followed(first, second, line, near_s)
        if followed is None:
            return None
        line, points = followed
        if abs(line.ppm - before) < SETTLED_PPM:
            break
    return points, line.ppm


def _sought(short: Single, whole: Single, clocks: tuple[float, ...]) -> Line | None:
    """The delay of the window that stands out most, over all of the other recording."""
    n = min(round(WINDOW_S * RATE), len(short))
    most = min(SOUGHT, MOST_SOUGHT // len(clocks))
    count = min(most, max(1, len(short) // (n // 2)))
    starts = np.linspace(0, len(short) - n, count).astype(int)
    rows = [stretched(short[s : s + n], ppm) for ppm in clocks for s in starts]
    found = delays(np.stack(rows), whole, RATE)
    best = int(np.argmax(found.ratio))
    if found.ratio[best] <= CONFIRMED:
        return None
    begin = starts[best % count] / RATE
    return Line(float(found.delay[best]) / RATE - begin, begin, clocks[best // count])


def _windows(short: Single, whole: Single, line: Line, near_s: float) -> Windows:
    """Windows along all that is common."""
    ends = _common(len(short), len(whole), line)
    n = round(min(WINDOW_S, ends[1] - ends[0]) * RATE)
    if n < LEAST_S * RATE:
        return Windows(*np.empty((6, 0)))
    count = int(np.clip((ends[1] - ends[0]) * RATE / n * 2.0 - 1.0, 1, FOLLOWED))
    starts = np.linspace(ends[0] * RATE, ends[1] * RATE - n, count).astype(int)
    found = [_heard(short, whole, int(s), n, line, near_s) for s in starts]
    return Windows((starts + n / 2.0) / RATE, *np.array(found).T)


def _followed(
    short: Single, whole: Single, line: Line, near_s: float
) -> tuple[Line, Points] | None:
    """The line through the delays of windows along all that is common."""
    ends = _common(len(short), len(whole), line)
    found = _windows(short, whole, line, near_s)
    sounding = found.ratio > 0.0
    aside_s = np.abs(found.delay_s - line.at(found.middle_s))
    on = (found.ratio > CONFIRMED) & (aside_s < ASIDE_S)
    if on.sum() < max(1.0, ON_THE_LINE * sounding.sum()):
        return None
    through = fitted(found.middle_s[on], found.delay_s[on])
    lasts_s = float(ends[1] - ends[0])
    time_s = np.linspace(ends[0], ends[1], int(lasts_s / STEP_S) + 2)
    share = on.sum() / sounding.sum()
    sure = np.where(np.interp(time_s, found.middle_s, on) > 0.5, 1.0, share)
    place = WINDOW_SD_S if np.median(found.near[on]) > REFLECTED else REFLECTED_SD_S
    sd = np.hypot(through.sd(time_s), place)
    points = Points(time_s, time_s + through.at(time_s), sd, sure)
    return through, points


def _common(n: int, m: int, line: Line) -> Array:
    """First and last time in the shorter recording that the longer one has too."""
    ends = np.array([0.0, n / RATE])
    delay = line.at(ends)
    return np.array([max(0.0, -delay[0]), min(n / RATE, m / RATE - delay[1])])


def _heard(
    short: Single, whole: Single, start: int, n: int, line: Line, near_s: float
) -> tuple[float, float, float, float, float]:
    """Of one window what :class:`Windows` has, beside its middle."""
    begin = start / RATE
    there = round((begin + float(line.at(np.array(begin)))) * RATE)
    piece = whole[max(there, 0) : there + n]
    window = stretched(short[start : start + n], line.ppm)
    expected, reach = min(there, 0), near_s * RATE
    within = expected - reach, expected + reach
    found = direct_delay(window, piece, RATE, within=within)
    delay = (max(there, 0) + found.delay[1] - start) / RATE
    delay += line.ppm * 1e-6 * n / 2.0 / RATE
    ratio, near = found.ratio.tolist(), found.near.tolist()
    return float(delay), ratio[0], max(ratio), near[1], min(near)
