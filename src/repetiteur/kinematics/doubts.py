"""How sure a number is: errors of points carried to whatever is computed from them.

Three ways, from cheap to dear:

- A duration between two frames needs no more than the step between them:
  :mod:`repetiteur.kinematics.estimates`.
- A curve of one frame at a time, such as an angle:
  :func:`repetiteur.kernels.propagation.propagate`; behind a linear filter, and over a
  span: :mod:`repetiteur.kernels.gains`.
- Anything else is computed again on copies of the body that err as the instrument may
  have erred: :func:`repeated_curve`, :func:`repeated`, and for events
  :func:`repetiteur.kinematics.found_again.repeated_events`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import uniform_filter1d

from repetiteur.clean.instruments import BIAS_S, BIAS_STAYS
from repetiteur.kernels import resampling
from repetiteur.kernels.filters import butterworth
from repetiteur.kernels.jitter import jitter
from repetiteur.kernels.resampling import Part
from repetiteur.kinematics.headings import turning
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Copies of a body. The half-width from 50 of them is itself known within an eighth.
COPIES = 50
#: Movement is slower than this, Hz, and in any case than this share of the frame rate.
CALM_HZ, CALM_SHARE = 10.0, 0.25
#: Except where a foot lands or leaves: where the filter takes away more than so many
#: times the variance of the jitter, over so long a time, s, it takes away movement.
#: Jitter alone reaches twice its variance once in thirty windows of 0.1 s at 30 Hz.
_MOVEMENT, _AROUND_S = 2.0, 0.1
#: Errors of a tracked point last a tenth of a second and longer
#: (docs/tracking-errors.md): this share of the variance, and the rest for BIAS_S.
TRACKED_S, TRACKED_SHARE = 0.1, 0.5


def parts_of_error(body: Body) -> tuple[Part, ...]:
    """What the errors of a body's points are made of.

    Parameters
    ----------
    body : Body
        With ``sd``.

    Returns
    -------
    tuple of Part
        Of a motion file: the jitter that the recording shows; what changes within
        :data:`~repetiteur.clean.instruments.BIAS_S`; and, for ever,
        :data:`~repetiteur.clean.instruments.BIAS_STAYS` of the least bias that a point
        ever has (what a filled gap adds does not stay). Of a tracked video: two halves,
        for :data:`TRACKED_S` and for as long as a bias changes. None without ``sd``.
    """
    if not body.sd:
        return ()
    known = {name: sd for name, sd in body.sd.items() if name in body.points}
    if body.space == "2d":
        quick = {name: np.sqrt(TRACKED_SHARE) * sd for name, sd in known.items()}
        slow = {name: np.sqrt(1.0 - TRACKED_SHARE) * sd for name, sd in known.items()}
        return Part(quick, TRACKED_S), Part(slow, BIAS_S)
    variances = {name: _variances(body, name, sd) for name, sd in known.items()}
    quick, slow, stays = (
        {name: np.sqrt(each[k]) for name, each in variances.items()} for k in range(3)
    )
    return Part(quick, 0.0), Part(slow, BIAS_S), Part(stays, np.inf)


def _variances(body: Body, name: str, sd: Array) -> tuple[Array, Array, Array]:
    """Of a point's jitter, of the bias that changes and of that which stays."""
    quick = _quick(body, name, sd)
    bias = sd**2 - quick
    least = np.min(bias, axis=0, where=np.isfinite(bias), initial=np.inf)
    stays = BIAS_STAYS * np.minimum(bias, least)
    return quick, bias - stays, stays


def _quick(body: Body, name: str, sd: Array) -> Array:
    """Variance of the jitter of a point, no more than that of its whole error."""
    each = jitter(body.points[name], body.time)
    seen = each[np.isfinite(each)]
    return np.asarray(np.minimum(sd**2, np.mean(seen**2) if seen.size else 0.0))


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
        name: _calm(body.points[name], np.sqrt(_quick(body, name, sd)), rate)
        for name, sd in body.sd.items()
        if name in body.points and np.any(sd)
    }
    return replace(body, points=MappingProxyType({**body.points, **calm}))


def _calm(place: Array, jitter: Array, rate: float) -> Array:
    """Low-passed where that takes away jitter, as it is where it takes movement."""
    taken = place - butterworth(place, rate, min(CALM_HZ, CALM_SHARE * rate))
    square = (np.nan_to_num(taken) ** 2).mean(axis=1, keepdims=True)
    local = uniform_filter1d(square, max(3, round(_AROUND_S * rate)), axis=0)
    share = np.ones(place.shape)
    np.divide(_MOVEMENT * jitter**2, local, out=share, where=local > 0.0)
    return np.asarray(place - np.minimum(share, 1.0) * taken)


def copies_of(body: Body, *, count: int = COPIES, seed: int = 0) -> Iterator[Body]:
    """Copies of a body whose points err as their instrument may have erred.

    Parameters
    ----------
    body : Body
        With ``sd``; without, the copies are the body.
    count : int
    seed : int
        The same seed gives the same copies.

    Yields
    ------
    Body
        At the same frames, one at a time: the calmed body, and an error. Compare them
        with :func:`calmed`: the recording has erred once, and so do the copies. What
        stays of the error is one vector for each point of a copy, and turns with the
        heading of the body (:func:`repetiteur.kinematics.headings.turning`); that it
        also turns with its own limb is left out.
    """
    rng = np.random.default_rng(seed)
    parts, calm = parts_of_error(body), calmed(body)
    heading = _heading(calm) if any(part.lasting_s == np.inf for part in parts) else 0.0
    for points in resampling.copies(
        calm.points, parts, body.time, count=count, rng=rng, heading=heading
    ):
        yield replace(body, points=MappingProxyType(dict(points)))


def _heading(body: Body) -> Array:
    """Of the body, (time,) degrees; where it was not seen, on the way between."""
    heading = turning(body)
    seen = np.isfinite(heading)
    if not seen.any():
        return np.zeros(heading.shape)
    return np.interp(body.time, body.time[seen], heading[seen])


def repeated_curve(
    curve: Callable[[Body], ArrayLike],
    body: Body,
    *,
    period: float | None = None,
    count: int = COPIES,
    seed: int = 0,
) -> Array:
    """Standard deviation of a curve that looks at more than one frame at a time.

    Parameters
    ----------
    curve : callable
        ``curve(body) -> (time, ...) float``: smoothed, derived, unwrapped.
    body : Body
    period : float, optional
        Of a curve that wraps, such as 360 for a heading.
    count, seed : int

    Returns
    -------
    (time, ...) float
        Root mean square of the copies about the curve; NaN where the curve is NaN, or
        where fewer than half of the copies have it. Needs the memory of a few curves,
        whatever the count.
    """
    value = np.asarray(curve(calmed(body)), dtype=np.float64)
    total, seen = np.zeros(value.shape), np.zeros(value.shape)
    for other in copies_of(body, count=count, seed=seed):
        far = np.asarray(curve(other), dtype=np.float64) - value
        if period is not None:
            far = far - period * np.round(far / period)
        known = np.isfinite(far)
        total += np.where(known, far, 0.0) ** 2
        seen += known
    out = np.sqrt(total / np.maximum(seen, 1.0))
    return np.where(np.isfinite(value) & (seen >= 0.5 * count), out, np.nan)


def repeated(
    values: Callable[[Body], ArrayLike],
    body: Body,
    *,
    period: float | None = None,
    count: int = COPIES,
    seed: int = 0,
) -> tuple[Array, Array]:
    """Numbers of a whole body, and half the width of their 90 % intervals.

    Parameters
    ----------
    values : callable
        ``values(body) -> (...) float``, a few numbers: a peak, a range, a smoothness.
    body : Body
    period : float, optional
        Of values that wrap.
    count, seed : int

    Returns
    -------
    value, half : (...) float
        See :func:`repetiteur.kernels.resampling.half_width`.

    Examples
    --------
    >>> still = np.zeros((200, 3))
    >>> body = Body(np.arange(200) / 100.0, {"nose": still}, {"nose": still + 0.01})
    >>> value, half = repeated(lambda b: b["nose"][50], body)
    >>> value.tolist(), bool((abs(half - 0.0165) < 0.006).all())
    ([0.0, 0.0, 0.0], True)
    """
    value, calm = (
        np.asarray(values(b), dtype=np.float64) for b in (body, calmed(body))
    )
    drawn = [
        np.asarray(values(other), dtype=np.float64)
        for other in copies_of(body, count=count, seed=seed)
    ]
    return value, resampling.half_width(calm, np.stack(drawn), period=period)
