"""One slope for several runs of points: the lines that they depart from least."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: x, y, and how near is near, (points,) float each.
Run = tuple[Array, Array, Array]

#: Points that are looked at, that lines are drawn through, and levels of a run that
#: are tried: of all runs together, and of each.
_MOST, _FEW, _LEVELS = 300, 40, 24
#: Two points that a line is drawn through are this share of their run apart.
_FAR = 0.25
#: How often a line is polished, and how near is near then: the plateau of a departure
#: of two or three times ``near`` would pull it aside.
_POLISHED, _CLOSE = 10, 0.6


def least_departures(runs: Sequence[Run], *, each: float) -> tuple[float, Array]:
    """The slope that runs have in common, and the level of each.

    Parameters
    ----------
    runs : sequence of (x, y, near)
        (points,) float each, one point or more; x does not decrease, and what is
        further from the line than about ``near``, in the unit of y, has departed.
    each : float
        What one departure costs, in the unit of x: as much as being away for so long.

    Returns
    -------
    slope : float
        1.0 where no run has two different x.
    levels : (runs,) float
        Intercepts.

    Notes
    -----
    Of the lines through pairs of points, those with the least sum of

    * how long the points are away: the integral of rho = 1 - exp(-r^2 / 2 near^2) over
      x, by which a line that most points lie near is best;
    * how often they go away: half of the total variation of rho, which is one for each
      time that it goes from 0 to 1 and back, where runs begin and end near. By it one
      plateau off the line is better than a line that is slanted to meet it half-way,
      from which all the rest departs to both sides;

    polished by reweighted least squares (Welsch's estimator [1]_).

    References
    ----------
    .. [1] P. W. Holland and R. E. Welsch, "Robust regression using iteratively
       reweighted least-squares", Commun. Stat. A 6, 1977.

    Examples
    --------
    >>> x = np.arange(10.0)
    >>> y = 2.0 * x + np.where((x > 1) & (x < 6), 3.0, 0.0)
    >>> slope, levels = least_departures([(x, y, np.full(10, 0.1))], each=1.0)
    >>> round(slope, 9), levels.round(9).tolist()
    (2.0, [0.0])
    """
    total = sum(x.size for x, _, _ in runs)
    some = [_some(run, _MOST / total) for run in runs]
    slopes = np.concatenate([_slopes(*_some(run, _FEW / total)) for run in runs])
    if not slopes.size:
        return 1.0, np.array([float(np.median(y - x)) for x, y, _ in runs])
    slopes = np.append(slopes, np.median(slopes))
    found = [_cheapest(run, slopes, each) for run in some]
    best = int(np.argmin(np.sum([cost for cost, _ in found], axis=0)))
    levels = np.array([level[best] for _, level in found])
    return _polished(some, float(slopes[best]), levels)


def _some(run: Run, share: float) -> Run:
    """Some of a run's points, evenly."""
    pick = _evenly(run[0].size, share)
    x, y, near = (values[pick] for values in run)
    return x, y, near


def _evenly(size: int, share: float) -> NDArray[np.int64]:
    """Indices of this share of so many points, and of two at the least."""
    count = int(np.clip(np.ceil(share * size), min(2, size), size))
    return np.unique(np.linspace(0, size - 1, count).astype(np.int64))


def _slopes(x: Array, y: Array, near: Array) -> Array:
    """Slopes of the lines through pairs of points far apart."""
    i, j = np.triu_indices(x.size, 1)
    apart = x[j] - x[i]
    far = (apart >= _FAR * np.ptp(x)) & (apart > 0.0)
    return np.asarray((y[j] - y[i])[far] / apart[far])


def _cheapest(run: Run, slopes: Array, each: float) -> tuple[Array, Array]:
    """What a run costs with each slope at its best level, and that level."""
    x, y, near = run
    level = y - slopes[:, None] * x
    tried = level[:, _evenly(x.size, _LEVELS / x.size)]
    away = 1.0 - np.exp(-0.5 * ((level[:, None] - tried[:, :, None]) / near) ** 2)
    often = 0.5 * np.abs(np.diff(away, axis=2, prepend=0.0, append=0.0)).sum(axis=2)
    cost = np.trapezoid(away, x, axis=2) + each * often
    rows, best = np.arange(slopes.size), cost.argmin(axis=1)
    return cost[rows, best], tried[rows, best]


def _polished(runs: Sequence[Run], slope: float, levels: Array) -> tuple[float, Array]:
    x, y, near = (np.concatenate(all_of_it) for all_of_it in zip(*runs, strict=True))
    sizes = [one.size for one, _, _ in runs]
    run, first = np.repeat(np.arange(len(runs)), sizes), np.cumsum([0, *sizes[:-1]])
    for _ in range(_POLISHED):
        left = (y - slope * x - levels[run]) / (_CLOSE * near)
        weight = np.exp(-0.5 * left**2) / near**2
        total = np.add.reduceat(weight, first)
        x0, y0 = (np.add.reduceat(weight * v, first) / total for v in (x, y))
        off = x - x0[run]
        spread = float((weight * off**2).sum())
        if spread <= 0.0:
            break
        slope = float((weight * off * (y - y0[run])).sum()) / spread
        levels = y0 - slope * x0
    return slope, levels
