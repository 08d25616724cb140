"""What two rooms do to the phases of one sound, read from how loud they make it.

In a room the loudest peak of a correlation may be a reflection. But a room whose direct
sound comes first changes loudness and phase together: as far as its response is of
minimum phase, the phase is the Hilbert transform of the logarithm of its loudness.
That part is told from the loudness alone, whatever was played, and can be taken out of
the phases before they are correlated: cepstral prefiltering [1]_. What stands out then
is what arrives first.

References
----------
.. [1] A. Stéphenne, B. Champagne, "A new cepstral prefiltering technique for
   estimating time delay under reverberant conditions", Signal Processing 59, 1997.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.sparse.linalg import LinearOperator, cg

__all__ = ["Spectrum", "room_phase"]

Array = NDArray[np.float64]
Spectrum = NDArray[np.complex64]
#: Width of the bands in which two spectra are compared, Hz: a room of 1.6 s changes
#: from one to the next.
_BAND_WIDTH_HZ = 1.0
#: Reflections that are taken out come so much later than the direct sound, seconds:
#: earlier is the colour of a microphone, later is the tail.
_EARLY_S = (0.001, 0.1)
#: How much is held against a loud reflection, beside what speaks for it.
_RIDGE = 0.006
#: Steps of the least squares; more change nothing.
_STEPS = 12


def room_phase(
    first: Spectrum, second: Spectrum, rate: float, band_hz: tuple[float, float]
) -> Array:
    """By how much the room of the second turns the phase more than that of the first.

    Parameters
    ----------
    first, second : (bins,) complex
        Spectra of the same sound in either, from 0 Hz to half the rate; one is not more
        than some tenths of a second later than the other.
    rate : float
        Samples per second.
    band_hz : (low, high) float
        Frequencies at which there is sound, Hz.

    Returns
    -------
    (bins,) float
        Radians.

    Notes
    -----
    With L the logarithm of the ratio of the rooms' magnitudes and c its cosine
    coefficients, the minimum phase is ``-sum c[n] sin(n omega)`` where
    ``L = sum c[n] cos(n omega)``. Noise that is as loud as the music flattens L: in
    each band the ratio is divided by the coherence of the two, and bands weigh with
    its sixth power, so that those with other sounds say next to nothing.

    Examples
    --------
    A reflection half as loud as the sound, 4 ms after it:

    >>> hz = np.linspace(0.0, 8000.0, 40_001)
    >>> room = 1.0 + 0.5 * np.exp(-2j * np.pi * hz * 0.004)
    >>> turned = room_phase(np.ones_like(room), room, 16_000.0, (0.0, 8000.0))
    >>> bool(np.abs(turned - np.angle(room))[100:-100].max() < 0.1)
    True
    """
    bins = len(first)
    width = max(1, round(_BAND_WIDTH_HZ * 2.0 * (bins - 1) / rate))
    ratio, alike = _ratio(first, second, width)
    middle_hz = (np.arange(ratio.size) + 0.5) * (0.5 * rate / ratio.size)
    inside = (middle_hz >= band_hz[0]) & (middle_hz <= band_hz[1])
    turned = _minimum_phase(ratio, np.where(inside, alike**6, 0.0), rate)
    return np.interp(np.arange(bins), (np.arange(ratio.size) + 0.5) * width, turned)


def _ratio(first: Spectrum, second: Spectrum, width: int) -> tuple[Array, Array]:
    """Logarithm of second over first in bands of so many bins, and their coherence."""
    count = len(first) // width
    bands = [s[: count * width].reshape(count, width) for s in (first, second)]
    one, two = (np.sum(np.abs(band) ** 2, axis=1, dtype=np.float64) for band in bands)
    both = np.abs(np.sum(np.conj(bands[0]) * bands[1], axis=1))
    heard = (one > 0.0) & (two > 0.0)
    one, two = np.where(heard, one, 1.0), np.where(heard, two, 1.0)
    alike = np.where(heard, both / np.sqrt(one * two), 0.0)
    ratio = 0.5 * np.log(two / one)
    return ratio / np.maximum(alike, 1e-3), alike


def _minimum_phase(ratio: Array, weight: Array, rate: float) -> Array:
    """The phase that goes with a logarithm of loudness, by weighted least squares."""
    if not weight.any():
        return np.zeros(ratio.size)
    least, most = (round(s * rate) for s in _EARLY_S)
    size, most = ratio.size, min(most, ratio.size)
    centred = ratio - weight @ ratio / weight.sum()

    def cosines(values: Array) -> Array:
        return np.asarray(fft.dct(values, norm="ortho")[1:most])

    def told(coefficients: Array) -> Array:
        padded = np.concatenate([[0.0], coefficients, np.zeros(size - most)])
        loudness = fft.idct(padded, norm="ortho")
        return np.asarray(cosines(weight * loudness) + _RIDGE * coefficients)

    normal = LinearOperator((most - 1, most - 1), matvec=told, dtype=np.float64)
    found, _ = cg(normal, cosines(weight * centred), maxiter=_STEPS)
    found[: least - 1] = 0.0
    sines = np.concatenate([found, np.zeros(size - most + 1)])
    return -np.asarray(fft.idst(sines, norm="ortho"))
