"""The same sound in two recordings: how much later it is heard in the other.

Both spectra are brought to one size at every frequency, so that only their phases are
compared: the generalized cross-correlation with phase transform [1]_. What is left of
a room, of a microphone's colour and of the music's own repetitions is low; the delay
stands out as one narrow peak. How far it stands out above the second-highest says
whether to believe it.

References
----------
.. [1] C. H. Knapp, G. C. Carter, "The generalized correlation method for estimation of
   time delay", IEEE Trans. ASSP 24, 1976.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import fft, ndimage

from repetiteur.kernels.rooms import Spectrum, room_phase

__all__ = ["BAND_HZ", "Delays", "delays", "direct_delay", "stretched"]

Array = NDArray[np.float64]
Single = NDArray[np.float32]
#: What loudspeakers give and phones hear, above the rumble of a room.
BAND_HZ = (200.0, 6000.0)
#: Peaks so near to the highest are the same sound by another way: strong reflections
#: arrive within 50 ms (H. Kuttruff, "Room Acoustics", on the clarity of speech).
OWN_S = 0.05
#: And so near to it they are the peak itself.
PEAK_S = 0.005
#: How often over the part of the phases that the rooms' loudness tells is taken out:
#: noise hides a share of it. Of clips in rooms of 1.6 s with a voice 3 dB below the
#: music 28 % are found on a reflection as they are, and 14 % so.
_ROOMS = 1.5
#: Bins quieter than this share of the loudest are rounding, not sound.
_ROUNDING = 1e-7


@dataclass(frozen=True, eq=False)
class Delays:
    """Where each window is heard in the whole, and how sure that is.

    Attributes
    ----------
    delay : (windows,) float
        Samples from the beginning of the whole to that of the window, to a fraction
        of a sample; negative when the window begins before it.
    ratio : (windows,) float
        Height of that peak over the next-highest, 50 ms and more away; 0 where there
        is no sound at all.
    near : (windows,) float
        The same over the highest peak 5 to 50 ms away: near 1 it may have been
        a reflection that was found.
    """

    delay: Array
    ratio: Array
    near: Array


def delays(
    windows: ArrayLike,
    whole: ArrayLike,
    rate: float,
    *,
    band_hz: tuple[float, float] = BAND_HZ,
    within: tuple[float, float] = (-np.inf, np.inf),
) -> Delays:
    """Find windows of one recording in the whole of another.

    Parameters
    ----------
    windows : (windows, n) float
        Sound, one row each.
    whole : (m,) float
        Sound of the other recording, of any length.
    rate : float
        Samples per second of both.
    band_hz : (low, high) float
        Frequencies that are compared, Hz.
    within : (least, most) float
        Samples from the beginning of the whole at which a window may begin.

    Returns
    -------
    Delays

    Notes
    -----
    Time O(windows m log n); memory that of a few windows. The whole is taken in
    overlapping pieces of 2 n samples, each whitened by itself.

    Examples
    --------
    >>> sound = np.random.default_rng(0).normal(size=16000)
    >>> found = delays(sound[None, 5000:13000], sound, 16000.0)
    >>> found.delay.round(3).tolist(), bool(found.ratio[0] > 5.0)
    ([5000.0], True)
    """
    rows = np.atleast_2d(np.asarray(windows, np.float32))
    other = np.asarray(whole, np.float32)
    n = rows.shape[1]
    size = fft.next_fast_len(2 * n, real=True)
    sought = np.conj(_whitened(rows, size, rate, band_hz))
    found = []
    for start, piece in _pieces(other, n):
        there = _whitened(piece, size, rate, band_hz)
        correlation = fft.irfft(sought * there, size, axis=-1)[:, :n]
        begins = start + np.arange(n)
        correlation[:, (begins < within[0]) | (begins > within[1])] = 0.0
        found.append(_peaks(correlation, start, rate))
    at, height = (np.concatenate(part, axis=1) for part in zip(*found, strict=True))
    return _standing_out(at, height, rate)


def direct_delay(
    first: ArrayLike,
    second: ArrayLike,
    rate: float,
    *,
    band_hz: tuple[float, float] = BAND_HZ,
    within: tuple[float, float] = (-np.inf, np.inf),
) -> Delays:
    """How much later one sound is in the second of two recordings side by side.

    Parameters
    ----------
    first : (n,) float
    second : (m,) float
        The same sound in two rooms, one not more than some tenths of a second later
        than the other; m is at most n.
    rate : float
        Samples per second of both.
    band_hz : (low, high) float
        Frequencies that are compared, Hz.
    within : (least, most) float
        Samples by which the second may be later.

    Returns
    -------
    Delays
        Two rows: of the loudest sound, as by :func:`delays`; and of the direct sound,
        with what the rooms do to the phases taken out, as far as their loudness tells
        it (:func:`~repetiteur.kernels.rooms.room_phase`).

    Notes
    -----
    Of a reflection that is louder than the direct sound, but not much louder, the
    direct sound is found. Time O(n log n).

    Examples
    --------
    >>> sound = np.random.default_rng(0).normal(size=32000)
    >>> echoed = np.concatenate([np.zeros(70), sound])[:32000]
    >>> echoed[150:] += 1.2 * sound[:-150]
    >>> direct_delay(sound, echoed, 16000.0).delay.round(1).tolist()
    [150.0, 70.0]
    """
    one, two = np.asarray(first, np.float32), np.asarray(second, np.float32)
    n = len(one)
    size = fft.next_fast_len(2 * n, real=True)
    spectra = [fft.rfft(sound, size) for sound in (one, two)]
    sought, there = (_phases(s, size, rate, band_hz) for s in spectra)
    turned = _ROOMS * room_phase(spectra[0], spectra[1], rate, band_hz)
    cross = np.conj(sought) * there
    both = np.stack([cross, cross * np.exp(-1j * turned)])
    correlation = np.roll(fft.irfft(both, size), n, axis=1)[:, : 2 * n]
    begins = np.arange(-n, n)
    correlation[:, (begins < within[0]) | (begins > within[1])] = 0.0
    return _standing_out(*_peaks(correlation, -n, rate), rate)


def _standing_out(at: Array, height: Array, rate: float) -> Delays:
    """The highest of these peaks, a row for each window."""
    best = np.argmax(height, axis=1)[:, None]
    delay = np.take_along_axis(at, best, axis=1)
    highest = np.take_along_axis(height, best, axis=1)[:, 0]
    away = np.abs(at - delay)
    elsewhere = np.where(away > OWN_S * rate, height, 0.0).max(axis=1)
    beside = (away > PEAK_S * rate) & (away <= OWN_S * rate)
    near = np.where(beside, height, 0.0).max(axis=1)
    return Delays(delay[:, 0], _over(highest, elsewhere), _over(highest, near))


def _over(height: Array, other: Array) -> Array:
    """How many times as high; where there is no other, as if it were rounding."""
    return np.where(height > 0.0, height / np.maximum(other, 1e-9), 0.0)


def _pieces(whole: Single, n: int) -> list[tuple[int, Single]]:
    """Overlapping pieces of 2 n samples, and where each begins in the whole."""
    padded = np.pad(whole, (n, 2 * n))
    starts = range(0, len(whole) + n, n)
    return [(start - n, padded[start : start + 2 * n]) for start in starts]


def _whitened(
    rows: Single, size: int, rate: float, band_hz: tuple[float, float]
) -> Spectrum:
    """Spectra of size one within the band and zero outside it."""
    return _phases(fft.rfft(rows, size, axis=-1), size, rate, band_hz)


def _phases(
    spectrum: Spectrum, size: int, rate: float, band_hz: tuple[float, float]
) -> Spectrum:
    """The spectrum with its phases alone."""
    hz = fft.rfftfreq(size, 1.0 / rate)
    inside = (hz >= band_hz[0]) & (hz <= band_hz[1])
    loud = np.abs(spectrum)
    floor = _ROUNDING * loud.max(axis=-1, keepdims=True)
    heard = inside & (loud > floor)
    return np.asarray(np.where(heard, spectrum / np.where(heard, loud, 1.0), 0.0))


def _peaks(correlation: Single, start: int, rate: float) -> tuple[Array, Array]:
    """Delays and heights of the highest peak, of one beside it, of one apart."""
    size = np.abs(correlation)  # a microphone may turn the sign
    rows, n = np.arange(len(size)), size.shape[1]
    first = np.argmax(size, axis=1)
    peak, own = round(PEAK_S * rate), round(OWN_S * rate)
    at, height = np.zeros((rows.size, 3)), np.zeros((rows.size, 3))
    at[:, 0], height[:, 0] = first + _between(size, first), size[rows, first]
    for row, top in enumerate(first):
        inner, outer = (
            (max(top - peak, 0), top + peak + 1),
            (max(top - own, 0), top + own),
        )
        beside = slice(outer[0], inner[0]), slice(inner[1], outer[1] + 1)
        apart = slice(0, outer[0]), slice(outer[1] + 1, n)
        for k, (before, after) in enumerate((beside, apart), start=1):
            for part in (before, after):
                there = size[row, part]
                if there.size and there.max() > height[row, k]:
                    at[row, k] = part.start + int(np.argmax(there))
                    height[row, k] = there.max()
    return at + float(start), height


def _between(size: Single, top: NDArray[np.int64]) -> Array:
    """Where between samples the peak is: the top of a parabola through three."""
    rows, last = np.arange(len(size)), size.shape[1] - 1
    before = size[rows, np.maximum(top - 1, 0)].astype(np.float64)
    after = size[rows, np.minimum(top + 1, last)].astype(np.float64)
    bend = 2.0 * size[rows, top] - before - after
    inner = (top > 0) & (top < last) & (bend > 0.0)
    return np.where(inner, 0.5 * (after - before) / np.where(inner, bend, 1.0), 0.0)


def stretched(samples: ArrayLike, ppm: float) -> Single:
    """The same sound as a clock would record it that is so much faster.

    Parameters
    ----------
    samples : (n,) float
    ppm : float
        Parts per million: of the result, 1 + ppm / 1e6 samples are one of before.
        Positive is longer. The beginning stays, and the length is kept.

    Returns
    -------
    (n,) float32

    Examples
    --------
    >>> stretched([0.0, 1.0, 2.0, 3.0, 4.0], 0.0).tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0]
    """
    sound = np.asarray(samples, np.float32)
    if ppm == 0.0:
        return sound
    at = np.arange(len(sound)) / (1.0 + ppm * 1e-6)
    return np.asarray(
        ndimage.map_coordinates(sound, at[None], order=3, mode="constant"), np.float32
    )
