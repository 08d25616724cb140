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

from repetiteur.clean.instruments import BIAS_S
from repetiteur.kernels import resampling
from repetiteur.kernels.filters import butterworth
from repetiteur.kernels.jitter import jitter
from repetiteur.kernels.resampling import Part
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Copies of a body. The half-width from 50 of them is itself known within an eighth.
COPIES = 50
#: Movement is slower than this, Hz, and in any case than this share of the frame rate.
CALM_HZ, CALM_SHARE = 10.0, 0.25
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
        Of a motion file: the jitter that the recording shows, and all the rest, for
        :data:`~repetiteur.clean.instruments.BIAS_S`. Of a tracked video: two halves,
        for :data:`TRACKED_S` and for as long as a bias. None without ``sd``.
    """
    if not body.sd:
        return ()
    known = {name: sd for name, sd in body.sd.items() if name in body.points}
    quick_s = 0.0 if body.space == "3d" else TRACKED_S
    quick = {
        name: _quick(body, name, sd) if body.space == "3d" else TRACKED_SHARE * sd**2
        for name, sd in known.items()
    }
    return (
        Part({name: np.sqrt(var) for name, var in quick.items()}, quick_s),
        Part({n: np.sqrt(sd**2 - quick[n]) for n, sd in known.items()}, BIAS_S),
    )


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
        Points of a motion file that jitter, low-passed at :data:`CALM_HZ`; others, and
        those of a tracked video, which tracking has smoothed, as they are.
    """
    if body.space == "2d" or body.time.size < 2:
        return body
    rate = 1.0 / float(np.median(np.diff(body.time)))
    calm = {
        name: butterworth(body.points[name], rate, min(CALM_HZ, CALM_SHARE * rate))
        for name, sd in body.sd.items()
        if name in body.points and np.any(sd)
    }
    return replace(body, points=MappingProxyType({**body.points, **calm}))


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
        with :func:`calmed`: the recording has erred once, and so do the copies.
    """
    rng = np.random.default_rng(seed)
    parts = parts_of_error(body)
    for points in resampling.copies(
        calmed(body).points, parts, body.time, count=count, rng=rng
    ):
        yield replace(body, points=MappingProxyType(dict(points)))


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
