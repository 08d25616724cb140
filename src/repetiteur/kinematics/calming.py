"""A body without most of the jitter that its recording shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from repetiteur.kernels.filters import butterworth
from repetiteur.kernels.jitter import correlation_of, jitter, share_seen
from repetiteur.kernels.medians import median
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Movement is slower than this, Hz, and in any case than this share of the frame rate.
CALM_HZ, CALM_SHARE = 10.0, 0.25
#: Except where a foot lands or leaves: where the filter takes away more than so many
#: times the variance of the jitter, over so long a time, s, it takes away movement.
#: Jitter alone reaches twice its variance once in thirty windows of 0.1 s at 30 Hz.
_MOVEMENT, _AROUND_S = 2.0, 0.1
#: Jitter that goes on by a smaller correlation is taken for new at each frame, and all
#: of recordings with fewer frames a second, where movement shows between them too.
LEAST, SHOWN_HZ = 0.25, 50.0
#: Share of the points that move too little to enlarge differences of every other frame.
CALMEST = 0.1


def calmed(body: Body, jitter: Jitter | None = None) -> Body:
    """The body without most of the jitter that its recording shows.

    Parameters
    ----------
    body : Body
    jitter : Jitter, optional
        Its own (:func:`jitter_of`), where that is known already.

    Returns
    -------
    Body
        Points of a motion file, low-passed at :data:`CALM_HZ` where that takes away no
        more than jitter; those of a tracked video, which tracking has smoothed, as they
        are.

    Notes
    -----
    A foot that leaves the floor at 2.4 m/s has a corner in its path, which the filter
    alone would round by 12 mm: take-off and landing would come 8 to 15 ms early and
    late, whatever the jitter, and more so the higher the frame rate. So the share of
    what was taken away that is movement is put back: 1 - 2 jitter^2 / local variance,
    as in the adaptive filter of Lee [1]_.

    References
    ----------
    .. [1] J.-S. Lee, "Digital image enhancement and noise filtering by use of local
       statistics", IEEE Trans. Pattern Anal. Mach. Intell. 2, 1980.
    """
    if body.space == "2d" or body.time.size < 2:
        return body
    rate = 1.0 / median(np.diff(body.time))
    calm = {
        name: _calm(body.points[name], np.minimum(body.sd[name], np.sqrt(each)), rate)
        for name, each in (jitter or jitter_of(body)).variance.items()
        if np.any(body.sd[name])
    }
    return replace(body, points=MappingProxyType({**body.points, **calm}))


def _calm(place: Array, jitter: Array, rate: float) -> Array:
    """Low-passed where that takes away jitter, as it is where it takes movement."""
    taken = place - butterworth(place, rate, min(CALM_HZ, CALM_SHARE * rate))
    known = np.nan_to_num(taken)
    square = np.einsum("ij,ij->i", known, known)[:, np.newaxis] / place.shape[1]
    local = uniform_filter1d(square, max(3, round(_AROUND_S * rate)), axis=0)
    share = np.ones(place.shape)
    np.divide(_MOVEMENT * jitter**2, local, out=share, where=local > 0.0)
    return np.asarray(place - np.minimum(share, 1.0) * taken)


class Jitter(NamedTuple):
    """Jitter of a recording.

    Attributes
    ----------
    variance : mapping of str to float
        Of each point with an error, square metres.
    new : float
        Share of it that is another one at each frame.
    lasting_s : float
        How long the rest lasts, seconds (:func:`~.resampling.correlation`).
    """

    variance: Mapping[str, float]
    new: float
    lasting_s: float


def jitter_of(body: Body) -> Jitter:
    """Jitter of a body's points, and how far it goes on from frame to frame.

    Notes
    -----
    That it goes on shows in differences of every other frame, larger than those of
    every frame (:func:`repetiteur.kernels.jitter.correlation_of`); movement enlarges
    them too, so that the calmest points tell (:data:`CALMEST`). The spectrum of noise
    with a correlation of r per frame is (1 + r) / (1 - r) times its variance at the
    lowest frequencies: so is that of the two parts together.
    """
    names = [name for name in body.sd if name in body.points]
    once, twice = (
        np.array([_size(body.points[name], body.time, every) for name in names])
        for every in (1, 2)
    )
    step = median(np.diff(body.time)) if body.time.size > 1 else np.inf
    goes_on = 0.0
    if names and step <= 1.0 / SHOWN_HZ:
        each = correlation_of(once, twice)
        goes_on = float(np.quantile(each, CALMEST, method="lower"))
    if goes_on < LEAST:
        return Jitter(dict(zip(names, (once**2).tolist(), strict=True)), 1.0, 0.0)
    new = float(share_seen(goes_on)) ** 2
    lowest = (1.0 + goes_on) / (1.0 - goes_on)
    frames = (lowest - new) / (1.0 - new) / np.sqrt(np.pi)
    variance = dict(zip(names, (once**2 / new).tolist(), strict=True))
    return Jitter(variance, new, float(frames) * step)


def _size(place: Array, time: Array, every: int) -> float:
    """Standard deviation of the jitter of one point; 0 of one too little seen."""
    each = jitter(place, time, every=every)
    seen = each[np.isfinite(each)]
    return float(np.sqrt(np.mean(seen**2))) if seen.size else 0.0
