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

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.clean.instruments import BIAS_S, BIAS_STAYS
from repetiteur.kernels import copying, resampling
from repetiteur.kernels.resampling import Part
from repetiteur.kinematics.calming import Jitter, calmed, jitter_of
from repetiteur.kinematics.headings import turning
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Copies of a body. The half-width from 50 of them is itself known within an eighth.
COPIES = 50
#: Errors of a tracked point last a tenth of a second and longer
#: (docs/tracking-errors.md): this share of the variance, and the rest for BIAS_S.
TRACKED_S, TRACKED_SHARE = 0.1, 0.5


def parts_of_error(body: Body, jitter: Jitter | None = None) -> tuple[Part, ...]:
    """What the errors of a body's points are made of.

    Parameters
    ----------
    body : Body
        With ``sd``.
    jitter : Jitter, optional
        Its own (:func:`.calming.jitter_of`), where that is known already.

    Returns
    -------
    tuple of Part
        Of a motion file: the jitter that the recording shows; what changes within
        :data:`~repetiteur.clean.instruments.BIAS_S`; and, for ever,
        :data:`~repetiteur.clean.instruments.BIAS_STAYS` of the least bias that a point
        ever has (what a filled gap adds does not stay); and of jitter that goes on for
        a few frames, what is not new at each. Of a tracked video: two halves,
        for :data:`TRACKED_S` and for as long as a bias changes. None without ``sd``.
    """
    if not body.sd:
        return ()
    known = {name: sd for name, sd in body.sd.items() if name in body.points}
    if body.space == "2d":
        quick = {name: np.sqrt(TRACKED_SHARE) * sd for name, sd in known.items()}
        slow = {name: np.sqrt(1.0 - TRACKED_SHARE) * sd for name, sd in known.items()}
        return Part(quick, TRACKED_S), Part(slow, BIAS_S)
    jitter = jitter or jitter_of(body)
    each = {name: _sds(sd, jitter.variance[name]) for name, sd in known.items()}
    quick, slow, stays = ({name: sd[k] for name, sd in each.items()} for k in range(3))
    parts = Part(quick, 0.0), Part(slow, BIAS_S), Part(stays, np.inf)
    if jitter.new == 1.0:
        return parts
    new, on = (
        {name: _times(np.sqrt(share), sd) for name, sd in quick.items()}
        for share in (jitter.new, 1.0 - jitter.new)
    )
    return Part(new, 0.0), *parts[1:], Part(on, jitter.lasting_s)


def _times(share: float, sd: Array) -> Array:
    """Part of a standard deviation; of one that is the same in all frames, a view."""
    alike = sd.strides[0] == 0
    return np.broadcast_to(share * (sd[:1] if alike else sd), sd.shape)


def _sds(sd: Array, jitter: float) -> tuple[Array, Array, Array]:
    """Of a point's jitter, of the bias that changes and of that which stays.

    What is the same in all frames is held once, as views of one row: memory.
    """
    alike = len(sd) > 0 and bool((sd == sd[0]).all())
    square = (sd[:1] if alike else sd) ** 2
    quick = np.minimum(square, jitter)
    bias = square - quick
    least = np.min(bias, axis=0, where=np.isfinite(bias), initial=np.inf)
    stays = BIAS_STAYS * np.minimum(bias, least)
    quick, slow, stays = (
        np.broadcast_to(np.sqrt(part), sd.shape)
        for part in (quick, bias - stays, stays)
    )
    return quick, slow, stays


def copies_of(
    body: Body,
    *,
    count: int = COPIES,
    seed: int = 0,
    calm: Body | None = None,
    parts: Sequence[Part] | None = None,
    shares: ArrayLike | None = None,
) -> Iterator[Body]:
    """Copies of a body whose points err as their instrument may have erred.

    Parameters
    ----------
    body : Body
        With ``sd``; without, the copies are the body.
    count : int
    seed : int
        The same seed gives the same copies.
    calm : Body, optional
    parts : sequence of Part, optional
        The calmed body, and what the errors are made of, where they are known already.
    shares : (count,) float, optional
        By how much of the way to the next frame the frames of each copy fall later: it
        then has one frame less. By default they fall where they fell.

    Yields
    ------
    Body
        One at a time: the calmed body, and an error. Compare them with :func:`calmed`:
        the recording has erred once, and so do the copies. What stays of the error is
        one vector for each point of a copy, and turns with the heading of the body
        (:func:`repetiteur.kinematics.headings.turning`); that it also turns with its
        own limb is left out.
    """
    rng = np.random.default_rng(seed)
    parts = parts_of_error(body) if parts is None else parts
    steady = calmed(body) if calm is None else calm
    stays = any(part.lasting_s == np.inf for part in parts)
    heading = _heading(steady) if stays else 0.0
    drawn = copying.copies(
        steady.points,
        parts,
        body.time,
        count=count,
        rng=rng,
        heading=heading,
        shares=shares,
    )
    when = np.full(count, np.nan) if shares is None else np.asarray(shares, float)
    for points, share in zip(drawn, when.tolist(), strict=True):
        other = body if shares is None else _later(body, share)
        yield replace(other, points=MappingProxyType(dict(points)))


def _later(body: Body, share: float) -> Body:
    """A body, but for its points, whose frames fall a little later."""
    time, facing = body.time, body.facing
    if facing is not None:
        facing = copying.moved_in_time(facing, time, share)[0]
    sd = {name: each[:-1] for name, each in body.sd.items()}
    when = (1.0 - share) * time[:-1] + share * time[1:]
    return replace(body, time=when, sd=sd, facing=facing)


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
