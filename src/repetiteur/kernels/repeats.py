"""A phrase danced again: what its curves vary by, whatever went wrong once.

Everywhere (takes, time): one curve of the same dancing in several takes, moment by
moment, NaN where a take has no say.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtr, chdtri

Array = NDArray[np.float64]

#: Moments at which takes are further apart than by chance in so many cases have no say:
#: something went wrong in one of them.
UNLIKE = 0.05
#: What is known of an instrument's error is an upper bound, for what is off in every
#: take alike makes no difference: this share of the variance is the dancer's at least.
MOSTLY_OWN = 0.5
#: How often what has a say and what it varies by are found from one another.
ROUNDS = 20


class Again(NamedTuple):
    """What a curve varies by from take to take.

    Attributes
    ----------
    own : float
        Standard deviation that is left to the dancer, with the instrument taken out.
    sd : float
        Typical error: standard deviation between takes, the instrument in it.
    low, high : float
        Its 90 % interval.
    freedom : float
        Its degrees of freedom.
    """

    own: float
    sd: float
    low: float
    high: float
    freedom: float


def again(curves: ArrayLike, noise2: ArrayLike, independent: float) -> Again | None:
    """What a curve varies by, without the moments at which one take is unlike others.

    Parameters
    ----------
    curves : (takes, time) float
    noise2 : (takes, time) float
        Variance that the instrument may give to each reading.
    independent : float
        Moments that vary apart from one another, as a share of all.

    Returns
    -------
    Again or None
        None where two takes are nowhere seen together.

    Notes
    -----
    At each moment the variance of n takes about their mean is that of the dancer and
    the instrument, times chi square with n - 1 degrees of freedom, over n - 1. A fault
    in one take makes it larger. So moments beyond the 95 % point have no say, and what
    is left is divided by what cutting there leaves of such a variance, F(n + 1) /
    F(n - 1), F(k) being the distribution of chi square with k degrees of freedom at
    that point: a trimmed variance, made consistent as in [1]_. Takes that lie higher or
    lower as a whole leave fewer degrees of freedom; they and the interval are those of
    :func:`repetiteur.kernels.trials.within`.

    References
    ----------
    .. [1] C. Croux and G. Haesbroeck, "Influence function and efficiency of the minimum
       covariance determinant scatter matrix estimator", J. Multivar. Anal. 71, 1999.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> danced = rng.normal(0.0, 2.0, (3, 5000))
    >>> round(again(danced, np.zeros((3, 5000)), 1.0).sd, 1)
    2.0
    >>> danced[0, :500] += 20.0
    >>> round(again(danced, np.zeros((3, 5000)), 1.0).sd, 1)
    2.0
    """
    values = np.asarray(curves, dtype=np.float64)
    together = np.isfinite(values).sum(axis=0) > 1
    values = values[:, together]
    if not values.size:
        return None
    seen = np.isfinite(values)
    free = seen.sum(axis=0) - 1.0
    errors = np.asarray(noise2, dtype=np.float64)[:, together]
    noise = np.where(seen, errors, 0.0).sum(axis=0) / (free + 1.0)
    apart = values - np.nanmean(values, axis=0)
    square = np.nansum(apart**2, axis=0) / free
    variance, usual = _trimmed(square, noise, free)
    error2 = float(np.average(noise[usual], weights=free[usual]))
    parts, free_of = _parts(apart[:, usual], variance, independent * free[usual].sum())
    below, above = (free_of / chdtri(free_of, tail) - 1.0 for tail in (0.05, 0.95))
    low, high = (float(np.sqrt(np.sum((g * parts) ** 2))) for g in (below, above))
    spread = float(np.sum(parts**2 / free_of))
    return Again(
        own=float(np.sqrt(max(variance - error2, MOSTLY_OWN * variance))),
        sd=float(np.sqrt(variance)),
        low=float(np.sqrt(variance - low)),
        high=float(np.sqrt(variance + high)),
        freedom=variance**2 / spread if spread > 0.0 else float(free_of.sum()),
    )


def _trimmed(
    square: Array, noise: Array, free: Array
) -> tuple[float, NDArray[np.bool_]]:
    """The variance between takes, and the moments that have a say in it."""
    most = chdtri(free, UNLIKE) / free
    left = chdtr(free + 2.0, free * most) / (1.0 - UNLIKE)
    variance = float(np.median(square * free / chdtri(free, 0.5)))
    usual = np.ones(square.shape, dtype=bool)
    for _ in range(ROUNDS):
        error2 = float(np.average(noise[usual], weights=free[usual]))
        now = square <= most * _expected(variance, noise, error2)
        if not now.any():
            break
        same, usual = bool((now == usual).all()), now
        variance = float(np.average((square / left)[usual], weights=free[usual]))
        if same:
            break
    return variance, usual


def _expected(variance: float, noise: Array, error2: float) -> Array:
    """Variance at each moment: more where the instrument is worse, this on average."""
    if variance < error2:
        return noise * (variance / error2)
    return noise + (variance - error2)


def _parts(apart: Array, variance: float, free: float) -> tuple[Array, Array]:
    """Variance of whole takes and the rest of it, and their degrees of freedom."""
    takes = len(apart) - 1.0
    whole = np.nanmean(apart, axis=1)
    shared = min(float(np.sum(whole**2)) / takes, variance)
    parts = np.array([shared, variance - shared])
    return parts, np.array([takes, max(free - takes, 1.0)])
