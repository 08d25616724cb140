"""What a recording sounds like, frame by frame: names of notes, and their onsets.

Chroma says which of the twelve names of notes sound [1]_: it is the same on another
instrument and in another hall. Onset chroma says which of them begin, and decays
within a fifth of a second, which makes two playings meet to the hundredth of
a second [2]_. The code is ours.

References
----------
.. [1] M. Müller, "Fundamentals of Music Processing", 2nd ed., Springer 2021, chapters 3
   and 7 (logarithmic compression, CENS).
.. [2] S. Ewert, M. Müller, P. Grosche, "High resolution audio synchronization using
   chroma onset features", ICASSP 2009 (decaying, locally normalized).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

__all__ = ["FRAMES_PER_S", "Heard", "heard"]

Array = NDArray[np.float64]
Single = NDArray[np.float32]
#: Frames a second.
FRAMES_PER_S = 50
#: Seconds of sound that a frame of chroma and one of onsets look at: a quarter tells
#: semitones apart from middle C on, an eighth tells when they begin.
CHROMA_S, ONSET_S = 0.256, 0.128
#: Notes that are looked at, as MIDI numbers: C2 to E7.
NOTES = np.arange(36, 101)
#: A frame's energies are compressed as log(1 + this times energy over the loud part).
COMPRESSION = 1000.0
#: The loudness of a place is the largest onset within so many seconds, and at least
#: this share of a loud one of the recording.
LOCAL_S, QUIET = 0.8, 0.1
#: Frames over which an onset decays, with the root of their number.
DECAY = 10
#: Frames transformed at once.
_CHUNK = 2048


@dataclass(frozen=True, eq=False)
class Heard:
    """What is heard at each frame; frame k is at ``k / FRAMES_PER_S`` seconds.

    Attributes
    ----------
    chroma : (frames, 12) float
        Of length 1, from C on; 0 where nothing is heard.
    onset : (frames, 12) float
        Onsets that decay, about 0 to 1.
    """

    chroma: Array
    onset: Array


def heard(samples: Single, rate: int) -> Heard:
    """Chroma and onset chroma of sound.

    Parameters
    ----------
    samples : (n,) float
    rate : int
        Samples per second; 10,000 or more.

    Returns
    -------
    Heard

    Examples
    --------
    >>> time_s = np.arange(32_000) / 16_000
    >>> a = np.sin(2 * np.pi * 440.0 * time_s).astype(np.float32)
    >>> int(heard(a, 16_000).chroma[50].argmax())
    9
    """
    tuning = _tuning(samples, rate)
    long = _energies(samples, rate, CHROMA_S, tuning)
    short = _energies(samples, rate, ONSET_S, tuning)
    return Heard(_chroma(long), _onset(short))


def _energies(samples: Single, rate: int, seconds: float, tuning: float) -> Array:
    """Energy of each note at each frame, compressed, (frames, notes)."""
    size = 2 * round(seconds * rate / 2)
    hz = fft.rfftfreq(size, 1.0 / rate)
    top = int(np.searchsorted(hz, 1.1 * _hz(NOTES[-1], tuning)))
    bank = _bank(hz[:top], tuning)
    window = np.hanning(size + 1)[:-1].astype(np.float32)
    frames = len(samples) * FRAMES_PER_S // rate + 1
    padded = np.pad(samples, (size // 2, size))
    energy = np.empty((frames, NOTES.size), np.float32)
    for start in range(0, frames, _CHUNK):
        at = np.arange(start, min(start + _CHUNK, frames)) * rate // FRAMES_PER_S
        cut = np.lib.stride_tricks.sliding_window_view(padded, size)[at] * window
        spectrum = fft.rfft(cut, axis=1)[:, :top]
        power = spectrum.real**2 + spectrum.imag**2
        energy[start : start + len(at)] = power @ bank
    loud = float(np.quantile(energy.max(axis=1), 0.9))
    return np.log1p(COMPRESSION * energy.astype(np.float64) / max(loud, 1e-20))


def _hz(note: float, tuning: float) -> float:
    return float(440.0 * 2.0 ** ((note + tuning - 69.0) / 12.0))


def _bank(hz: Array, tuning: float) -> Single:
    """Weight of each frequency in each note: a bell a third of a semitone wide."""
    note = 69.0 + 12.0 * np.log2(np.maximum(hz, 1.0) / 440.0) - tuning
    step = np.gradient(note)
    wide = np.maximum(0.35, 0.5 * np.minimum(step, 2.0))  # deep notes share bins
    bell = np.exp(-0.5 * ((note[:, None] - NOTES) / wide[:, None]) ** 2)
    return bell.astype(np.float32)


def _tuning(samples: Single, rate: int) -> float:
    """Semitones, -0.5 to 0.5, by which the notes lie above those of 440 Hz.

    The circular mean of how far spectral peaks are from the nearest note.
    """
    size = 8192
    starts = np.linspace(0, max(len(samples) - size, 0), 200).astype(int)
    padded = np.pad(samples, (0, size))
    cut = np.lib.stride_tricks.sliding_window_view(padded, size)[starts]
    size_of = np.abs(fft.rfft(cut * np.hanning(size).astype(np.float32), axis=1))
    low, high = round(150 * size / rate), round(2000 * size / rate)
    part = np.log(np.maximum(size_of[:, low - 1 : high + 1], 1e-12)).astype(np.float64)
    before, middle, after = part[:, :-2], part[:, 1:-1], part[:, 2:]
    bend = 2.0 * middle - before - after
    peak = (middle > before) & (middle >= after) & (bend > 1e-9)
    loud = middle > middle.max(axis=1, keepdims=True) - 3.0
    row, column = np.nonzero(peak & loud)
    if not row.size:
        return 0.0
    shift = 0.5 * (after - before)[row, column] / bend[row, column]
    hz = (column + low + shift) * rate / size
    turn = np.exp(2j * np.pi * 12.0 * np.log2(hz / 440.0))
    return float(np.angle((turn * np.exp(middle[row, column])).sum()) / (2.0 * np.pi))


def _folded(notes: Array) -> Array:
    """Sums over octaves, (frames, 12)."""
    result = np.zeros((len(notes), 12))
    for name in range(12):
        result[:, name] = notes[:, name == NOTES % 12].sum(axis=1)
    return result


def _chroma(energy: Array) -> Array:
    chroma = _folded(energy)
    size = np.linalg.norm(chroma, axis=1, keepdims=True)
    return np.asarray(chroma / np.maximum(size, 1.0))


def _onset(energy: Array) -> Array:
    """Rises of each note at their steepest, folded, by their place's loudness."""
    rise = np.zeros_like(energy)
    rise[1:-1] = np.maximum(energy[2:] - energy[:-2], 0.0)
    steepest = ndimage.maximum_filter1d(rise, 5, axis=0) == rise
    onset = _folded(np.where(steepest, rise, 0.0))
    size = np.linalg.norm(onset, axis=1)
    local = ndimage.maximum_filter1d(size, round(LOCAL_S * FRAMES_PER_S) | 1)
    floor = QUIET * float(np.quantile(local, 0.9))
    onset /= np.maximum(np.maximum(local, floor), 1e-9)[:, None]
    decayed = onset.copy()
    for later in range(1, min(DECAY, len(onset))):
        weight = np.sqrt(1.0 / (later + 1.0))
        decayed[later:] = np.maximum(decayed[later:], weight * onset[:-later])
    return decayed
