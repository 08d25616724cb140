"""A body without most of the jitter that its recording shows."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from repetiteur.kernels.filters import butterworth
from repetiteur.kernels.jitter import jitter
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Movement is slower than this, Hz, and in any case than this share of the frame rate.
CALM_HZ, CALM_SHARE = 10.0, 0.25
#: Except where a foot lands or leaves: where the filter takes away more than so many
#: times the variance of the jitter, over so long a time, s, it takes away movement.
#: Jitter alone reaches twice its variance once in thirty windows of 0.1 s at 30 Hz.
_MOVEMENT, _AROUND_S = 2.0, 0.1


def calmed(body: Body) -> Body:
    """The body without most of the jitter that its recording shows.

    Parameters
    ----------
    body : Body

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
    rate = 1.0 / float(np.median(np.diff(body.time)))
    calm = {
        name: _calm(body.points[name], np.minimum(body.sd[name], np.sqrt(each)), rate)
        for name, each in jitters(body).items()
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


def jitters(body: Body) -> dict[str, float]:
    """Variance of the jitter of each point with an error, square metres."""
    out = {}
    for name in body.sd:
        if name in body.points:
            each = jitter(body.points[name], body.time)
            seen = each[np.isfinite(each)]
            out[name] = float(np.mean(seen**2)) if seen.size else 0.0
    return out
