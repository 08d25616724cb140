"""Two recordings of the same music lined up by their sound.

Which of two cases it is is found out: one playback heard by two microphones, which
differ by an offset and by their clocks (:mod:`~repetiteur.music.playback`), or the
same music played again, whose tempo is another at every moment
(:mod:`~repetiteur.music.playing`). When it is neither, the reason is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import signal

from repetiteur.io.audio import Sound
from repetiteur.music.playback import (
    CLOCKS_PPM,
    RATE,
    same_playback,
    same_playback_near,
)
from repetiteur.music.playing import played_again
from repetiteur.music.points import Array, Points

__all__ = ["SURE", "Kind", "Sync", "sync"]

Kind = Literal["same_playback", "other_playing", "neither"]
#: A place is carried over when it is at least so likely the right one.
SURE = 0.5
#: Seconds of sound that are needed: of clips of 5 s up to 6 % are lined up wrongly.
SHORTEST_S = 5.0
#: Below this there is nothing to hear: -80 dB of full scale, root mean square.
SILENT = 1e-4
#: Of one playback, half of the delays are so near to each other, seconds.
STRAIGHT_S = 0.12
#: Two of one tempo that are not surely the same playback are believed from so many
#: seconds on: of 15 s, note names alone are up to half a second off somewhere.
LONG_S = 30.0


@dataclass(frozen=True, eq=False)
class Sync:
    """Which time of a second recording is at the same place of the music as the first.

    Attributes
    ----------
    kind : {"same_playback", "other_playing", "neither"}
    first_s, second_s : (points,) float
        The same places of the music, seconds in either recording, increasing; empty
        when it is neither.
    sd_s : (points,) float
        Standard deviation of ``second_s`` where it is the right place, seconds.
    sure : (points,) float
        0 to 1: how likely it is the right place at all.
    drift_ppm : float
        By how many millionths the clock of the second runs faster; NaN unless it is
        the same playback.
    reason : str
        Why it is neither; empty otherwise.

    Examples
    --------
    >>> points = np.array([[0.0, 10.0], [2.0, 14.0], [0.01, 0.01], [1.0, 1.0]])
    >>> found = Sync("other_playing", *points)
    >>> time_s, sd_s = found.carried([5.0, 11.0])
    >>> time_s.tolist(), sd_s.tolist()
    ([8.0, nan], [0.01, nan])
    """

    kind: Kind
    first_s: Array
    second_s: Array
    sd_s: Array
    sure: Array
    drift_ppm: float = np.nan
    reason: str = ""

    def carried(self, time_s: ArrayLike) -> tuple[Array, Array]:
        """Times of the first recording in the second, and their standard deviations.

        Parameters
        ----------
        time_s : (...) float
            Seconds in the first recording.

        Returns
        -------
        time_s, sd_s : (...) float
            Seconds in the second, and their standard deviation; NaN outside of what is
            lined up and where that is not sure.
        """
        at = np.asarray(time_s, np.float64)
        held = self.sure_at(at) >= SURE
        if not held.any():
            return np.full(at.shape, np.nan), np.full(at.shape, np.nan)
        second = np.interp(at, self.first_s, self.second_s)
        sd = np.interp(at, self.first_s, self.sd_s)
        return np.where(held, second, np.nan), np.where(held, sd, np.nan)

    def sure_at(self, time_s: ArrayLike) -> Array:
        """How likely the place is right at times of the first; 0 outside.

        Parameters
        ----------
        time_s : (...) float
            Seconds in the first recording.

        Returns
        -------
        (...) float
            0 to 1.
        """
        at = np.asarray(time_s, np.float64)
        if not self.first_s.size:
            return np.zeros(at.shape)
        sure = np.interp(at, self.first_s, self.sure, left=0.0, right=0.0)
        return np.where(np.isfinite(at), sure, 0.0)

    def turned(self) -> Sync:
        """The second lined up with the first.

        Standard deviations are those of the first recording's times then.
        """
        slope = np.ones(self.first_s.size)
        if self.first_s.size > 1:
            slope = np.gradient(self.first_s) / np.gradient(self.second_s)
        return Sync(
            self.kind,
            self.second_s,
            self.first_s,
            self.sd_s * slope,
            self.sure,
            -self.drift_ppm,
            self.reason,
        )


def sync(first: Sound, second: Sound) -> Sync:
    """Line up two recordings by their sound.

    Parameters
    ----------
    first, second : Sound
        Of any rate; up to half an hour each.

    Returns
    -------
    Sync
        Times are seconds of the recordings themselves: ``start_s`` of each is in them.

    Notes
    -----
    One loudspeaker and two microphones are found by the phases of the sound alone,
    and believed when one delay stands out twice as high as any other. Else the music
    is compared as such, note names and onsets, and the line-up is believed when
    playing the second backwards or in another key fits much worse. Where that shows one
    tempo throughout, the phases are asked again, near the delay that it says.

    Examples
    --------
    >>> quiet = Sound(np.zeros(80_000, np.float32), 8000, 0.0)
    >>> sync(quiet, quiet).reason
    'Two recordings with sound are needed, and the first is silent. Record the music.'
    """
    reason = _unheard("first", first) or _unheard("second", second)
    if reason:
        return _neither(reason)
    a, b = _at_rate(first, RATE), _at_rate(second, RATE)
    same = same_playback(a, b)
    if same is not None:
        return _found("same_playback", same[0], first, second, same[1])
    again = played_again(a, b, RATE)
    same = _listened_again(a, b, again)
    if same is not None:
        return _found("same_playback", same[0], first, second, same[1])
    if isinstance(again, str):
        return _neither(again)
    if _straight(again) and again.lasts_s < LONG_S:
        return _neither(_one_tempo(again.lasts_s))
    return _found("other_playing", again, first, second)


def _listened_again(
    a: NDArray[np.float32], b: NDArray[np.float32], again: Points | str
) -> tuple[Points, float] | None:
    """One playback after all: with unequal clocks, or near where the music says."""
    if isinstance(again, str):
        return same_playback(a, b, CLOCKS_PPM)
    if not _straight(again):
        return None
    return same_playback(a, b, CLOCKS_PPM) or same_playback_near(a, b, again)


def _straight(points: Points) -> bool:
    """Whether the tempo is the same throughout, as hardly two playings are."""
    delay = points.second_s - points.first_s
    return bool(np.median(np.abs(delay - np.median(delay))) < STRAIGHT_S)


def _one_tempo(alike_s: float) -> str:
    return (
        f"Where the tempo is one throughout, {LONG_S:.0f} s of the same music are "
        f"needed, or less of a room, and these are {alike_s:.0f} s in which no one "
        "delay stands out. Record longer, or nearer to the loudspeaker."
    )


def _unheard(which: str, sound: Sound) -> str:
    """Why nothing can be lined up with this; empty when there is sound."""
    if not np.isfinite(sound.samples).all():
        return f"Sound needs to be numbers, and the {which} has others. Record it anew."
    if sound.duration_s < SHORTEST_S:
        return (
            f"At least {SHORTEST_S:.0f} s of sound are needed, and the {which} has "
            f"{sound.duration_s:.1f} s. Record more of the music."
        )
    power = np.mean(np.square(sound.samples, dtype=np.float64))
    if power < SILENT**2:
        return (
            f"Two recordings with sound are needed, and the {which} is silent. "
            "Record the music."
        )
    return ""


def _at_rate(sound: Sound, rate: int) -> NDArray[np.float32]:
    """Its samples at another rate."""
    samples = sound.samples.astype(np.float32)
    if sound.rate == rate:
        return samples
    common = gcd(rate, sound.rate)
    up, down = rate // common, sound.rate // common
    return np.asarray(signal.resample_poly(samples, up, down), np.float32)


def _neither(reason: str) -> Sync:
    none = np.empty(0)
    return Sync("neither", none, none, none, none, reason=reason)


def _found(
    kind: Kind, points: Points, first: Sound, second: Sound, drift_ppm: float = np.nan
) -> Sync:
    begun = points.begun(first.start_s, second.start_s)
    rows = begun.first_s, begun.second_s, begun.sd_s, begun.sure
    return Sync(kind, *rows, drift_ppm)
