"""Several who dance one phrase: what they have between them is interpretation.

Every further one is lined up with the first and laid on its time, with one tempo and
one offset taken out. At each moment of each curve there is then a middle and a spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.laid import lay
from repetiteur.align.line_up import line_up
from repetiteur.kernels import signals
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Share of further casts that is left outside on each side, where there are casts
#: enough to tell: 5 %, for an interval that holds 90 %.
OUTSIDE = 0.05


@dataclass(frozen=True)
class Cast:
    """One who dances the phrase of another, laid on that one's time.

    Attributes
    ----------
    body : Body
        At the first one's moments, on the first one's side; NaN where it has no say:
        what it leaves out, or what cannot be lined up surely.
    late_s, late_sd_s : (time,) float
        Lateness behind the first after one tempo and one offset, in seconds of the
        first, positive = late, and its standard deviation; NaN where it has no say or
        is too still to tell.
    alignment : Alignment
        Of this one with the first.
    """

    body: Body
    late_s: Array
    late_sd_s: Array
    alignment: Alignment


def cast(first: Body, other: Body) -> Cast:
    """Lay another cast of a phrase on the time of the first.

    Parameters
    ----------
    first : Body
        On an even grid, whose moments are used.
    other : Body
        With the same keypoints; it may dance the other side, in its own tempo, and
        leave things out.

    Returns
    -------
    Cast

    Raises
    ------
    NothingToJudge
        When the two are not the same dancing, or too short.
    """
    found = line_up(first, other)
    if found.side == "mirrored":
        other = other.mirrored()
    laid = lay(found, first.time)

    def at(values: Array) -> Array:
        return signals.resample(values, other.time, laid.take_s)

    tells = np.isfinite(laid.late_sd_s)
    return Cast(
        body=replace(
            other,
            time=first.time,
            points=MappingProxyType({n: at(p) for n, p in other.points.items()}),
            sd=MappingProxyType({n: at(sd) for n, sd in other.sd.items()}),
            facing=None if other.facing is None else at(other.facing),
        ),
        late_s=np.where(tells, laid.late_s / found.tempo_ratio, np.nan),
        late_sd_s=np.where(tells, laid.late_sd_s / found.tempo_ratio, np.nan),
        alignment=found,
    )


@dataclass(frozen=True)
class Envelope:
    """What several have between them at each moment.

    Attributes
    ----------
    middle, low, high : (time,) float
        Median and edges of the spread; NaN where none has a say.
    low_sd, high_sd : (time,) float
        Standard deviation of the ones that make the edges; 0 where none was given.
    count : (time,) int
        How many have a say.
    """

    middle: Array
    low: Array
    high: Array
    low_sd: Array
    high_sd: Array
    count: NDArray[np.int64]

    def apart(self, values: Array) -> Array:
        """How far values lie beyond the nearest edge, signed; 0 within the spread."""
        return np.asarray(values - np.clip(values, self.low, self.high))

    def sd_at(self, values: Array) -> Array:
        """Standard deviation of the edge on whose side of the middle values lie."""
        return np.where(values < self.middle, self.low_sd, self.high_sd)


def envelope(rows: ArrayLike, sd: ArrayLike | None = None) -> Envelope:
    """Median and spread of several curves, moment by moment.

    Parameters
    ----------
    rows : (casts, time) float
        NaN where one has no say.
    sd : (casts, time) float, optional
        Standard deviation of each.

    Returns
    -------
    Envelope

    Notes
    -----
    The edges are the k-th lowest and k-th highest of n values, k being the largest with
    k / (n + 1) <= 5 %, and at least 1. They need no assumption on how interpretations
    are distributed: a further cast lies between them with probability
    (n + 1 - 2k) / (n + 1) [1]_ (:func:`holds`). So few casts tell little: up to 38 the
    edges are simply the furthest of them, and hold a further one in 1 of 3 places with
    two casts, in 1 of 2 with three; 90 % are reached with 19, and with 39 and more a
    single odd cast on either side has no say.

    References
    ----------
    .. [1] S. S. Wilks, "Determination of sample sizes for setting tolerance limits",
       Ann. Math. Stat. 12, 1941.

    Examples
    --------
    >>> found = envelope([[80.0, 80.0], [90.0, np.nan], [100.0, np.nan]])
    >>> found.low.tolist(), found.middle.tolist(), found.high.tolist()
    ([80.0, 80.0], [90.0, 80.0], [100.0, 80.0])
    >>> found.count.tolist(), found.apart(np.array([95.0, 95.0])).tolist()
    ([3, 1], [0.0, 15.0])
    """
    table = np.atleast_2d(np.asarray(rows, dtype=np.float64))
    doubt = np.zeros_like(table) if sd is None else np.asarray(sd, dtype=np.float64)
    order = np.argsort(table, axis=0)  # NaN last
    ranked = np.take_along_axis(table, order, axis=0)
    ranked_sd = np.take_along_axis(np.broadcast_to(doubt, table.shape), order, axis=0)
    count = np.isfinite(table).sum(axis=0)
    out = _left_out(count)
    last = np.maximum(count - 1, 0)

    def pick(values: Array, index: NDArray[np.int64]) -> Array:
        return np.asarray(np.take_along_axis(values, index[None], axis=0)[0])

    return Envelope(
        middle=0.5 * (pick(ranked, last // 2) + pick(ranked, (last + 1) // 2)),
        low=pick(ranked, out),
        high=pick(ranked, np.maximum(last - out, 0)),
        low_sd=pick(ranked_sd, out),
        high_sd=pick(ranked_sd, np.maximum(last - out, 0)),
        count=count,
    )


def holds(count: int) -> float:
    """Share of moments in which a further cast would lie within the spread of some.

    Parameters
    ----------
    count : int
        How many casts there are.

    Returns
    -------
    float
        0 to 1, for casts that have nothing but the phrase in common.

    Examples
    --------
    >>> [round(holds(n), 2) for n in (1, 2, 3, 5, 19, 39)]
    [0.0, 0.33, 0.5, 0.67, 0.9, 0.9]
    """
    outside = 1 + int(_left_out(np.array(count)))
    return (count + 1 - 2 * outside) / (count + 1)


def _left_out(count: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of so many values lie beyond each edge."""
    # A hair more, for 0.05 x 40 is less than 2 in floating point on some machines.
    rank = np.floor(OUTSIDE * (count + 1) + 1e-9).astype(np.int64)
    return np.asarray(np.maximum(rank - 1, 0))


def rubato(casts: Sequence[Cast], late_sd_s: Array, tempo_ratio: float) -> Envelope:
    """The spread of timing: how late each is behind the first, who is on time.

    Parameters
    ----------
    casts : sequence of Cast
    late_sd_s : (time,) float
        Standard deviation of the lateness of a take that is held against them, seconds
        of the take.
    tempo_ratio : float
        Take seconds per second of the first.

    Returns
    -------
    Envelope
        In seconds of the take; its deviations are those of the take's lateness minus
        that of an edge.
    """
    late = [np.zeros_like(late_sd_s), *(tempo_ratio * c.late_s for c in casts)]
    own = [np.zeros_like(late_sd_s), *(tempo_ratio * c.late_sd_s for c in casts)]
    return envelope(late, [np.hypot(late_sd_s, sd) for sd in own])
