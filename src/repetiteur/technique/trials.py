"""Several trials of one dancer: what varies, and what a change must exceed.

Trials are recordings of the same dancing, in the order in which it was danced; of one
recording alone, its moments of one kind on one leg are the trials: eight fouettés, four
pliés.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.trials import (
    detectable,
    drift,
    drift_half,
    mean_half,
    unwrapped,
    within,
)
from repetiteur.kinematics.estimates import Z90
from repetiteur.model.findings import Measurement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Shape, measures
from repetiteur.technique.repeats import (
    Grid,
    Trial,
    Unmatched,
    complete,
    grids,
    judged_in_few,
    keys_of,
    why_not,
)
from repetiteur.technique.values import interval_of

Array = NDArray[np.float64]
Interval = tuple[float, float]

#: A dancer is said to be still changing where the interval of the slope that leaves out
#: this much at either end lies beside 0: of a hundred measures that do not change, one.
_STILL = 0.005
#: Values that differ by less than this share of their size are alike, but for rounding.
_ROUNDING = 1e-9
_FEWEST_OF_A_LINE = 3


@dataclass(frozen=True)
class Variation:
    """What one measure varies by between trials, in its unit.

    Attributes
    ----------
    measure : str
    side : {"left", "right"} or None
        The leg or arm that was measured.
    moment : str
        What it was measured on.
    leg : str
        What tells that moment from others of its kind: a leg, or a way of turning.
    unit : str
    trials, moments : int
        How many trials, and how many moments of each.
    mean : float
    mean90 : (low, high)
        What the trials and the instrument leave open of the mean, within what such
        values can be.
    typical_error : float or None
        The within-dancer standard deviation; None while the dancer still changes.
    typical_error90 : (low, high) or None
    detectable : float or None
        Minimal detectable change, at 90 %: unchanged trials differ by less in nine of
        ten pairs. None where the trials are all alike, which tells nothing of it.
    instrument : float
        Standard deviation that the instrument may give alone. It may be less, for what
        is off all the time is off in every trial.
    own : float or None
        What is left to the dancer of the typical error; None unless its interval lies
        above the instrument.
    own90 : (low, high) or None
    slope : float or None
        What a trial adds to the one before; None with fewer than three.
    slope90 : (low, high) or None
    """

    measure: str
    side: Side | None
    moment: str
    leg: str
    unit: str
    trials: int
    moments: int
    mean: float
    mean90: Interval
    typical_error: float | None
    typical_error90: Interval | None
    detectable: float | None
    instrument: float
    own: float | None
    own90: Interval | None
    slope: float | None
    slope90: Interval | None

    @property
    def still_changing(self) -> bool:
        """Whether the trials go one way, so that they do not vary about anything."""
        return self.typical_error is None


@dataclass(frozen=True)
class Agreement:
    """How many values of a count or a name are the most common one of their moment.

    ``most`` is the most common one of each moment; the others are as in
    :class:`Variation`.
    """

    measure: str
    side: Side | None
    moment: str
    leg: str
    unit: str
    trials: int
    moments: int
    most: tuple[float | str, ...]
    agree: int
    of: int


@dataclass(frozen=True)
class Trials:
    """What several trials say of their dancer."""

    variations: tuple[Variation, ...]
    agreements: tuple[Agreement, ...]
    not_judged: tuple[Unmatched, ...]


def compare(trials: Sequence[Trial]) -> Trials:
    """What one dancer varies by from trial to trial.

    Parameters
    ----------
    trials : sequence of Trial
        In the order in which they were danced. Of one alone the moments are compared
        with one another.

    Returns
    -------
    Trials

    Notes
    -----
    Moments belong together by kind, leg and order, where every trial has the same
    number of them. Of several moments a trial, those that were judged in every trial
    are compared; where there is none, the trials in which all were.

    Examples
    --------
    >>> from repetiteur.kinematics.movement import movement_of
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> from repetiteur.technique.moments import moments_of
    >>> from repetiteur.technique.repeats import Trial
    >>> from repetiteur.technique.take import take
    >>> body = body_of(demo_reference())
    >>> moments = tuple(moments_of(movement_of(body)))
    >>> trial = Trial(moments, take(body, only=["plie_depth"]))
    >>> depth, = compare([trial, trial, trial]).variations
    >>> depth.measure, depth.trials, depth.typical_error
    ('plie_depth', 3, 0.0)
    """
    shapes = {(one.id, str(one.on)): one.shape for one in measures()}
    variations: list[Variation] = []
    agreements: list[Agreement] = []
    lacking: list[Unmatched] = []
    for grid in grids(trials):
        why = why_not(grid)
        if why is not None:
            lacking.append(why)
            continue
        few: Counter[int] = Counter()
        names: dict[int, list[str]] = {}
        for key in keys_of(grid):
            table = complete(grid, key)
            if not table:
                judged = sum(any(key in cell for cell in row) for row in grid.rows)
                few[judged] += 1
                names.setdefault(judged, []).append(key.measure)
            elif _is_number(table[0][0], shapes):
                shape = shapes.get((key.measure, grid.kind), "line")
                variations.append(_variation(grid, table, shape))
            else:
                agreements.append(_agreement(grid, table))
        lacking += [judged_in_few(grid, n, names[n]) for n in few]
    return Trials(tuple(variations), tuple(agreements), tuple(lacking))


def _is_number(one: Measurement, shapes: Mapping[tuple[str, str], Shape]) -> bool:
    return (
        not isinstance(one.value, str)
        and shapes.get((one.measure, one.moment)) != "count"
    )


def _variation(
    grid: Grid, table: Sequence[Sequence[Measurement]], shape: Shape
) -> Variation:
    values = np.array([[float(one.value) for one in row] for row in table])
    if shape == "circle":
        values = unwrapped(values)
    instrument = _instrument(table)
    mean = float(values.mean())
    open_by = float(np.hypot(mean_half(values), Z90 * instrument))
    slope, changing = _slope(values, instrument)
    found = within(values)
    error90 = (float(found.low), float(found.high))
    alike = float(found.sd) <= _ROUNDING * float(np.abs(values).max())
    change = None if alike else float(detectable(found.sd, found.freedom))
    own: tuple[float, ...] | None = None
    if not changing and error90[0] > instrument:
        own = tuple(_without(e, instrument) for e in (float(found.sd), *error90))
    first = table[0][0]
    return Variation(
        measure=first.measure,
        side=first.side,
        moment=grid.kind,
        leg=grid.leg,
        unit=first.unit,
        trials=values.shape[0],
        moments=values.shape[1],
        mean=mean,
        mean90=interval_of(mean, open_by, shape),
        typical_error=None if changing else float(found.sd),
        typical_error90=None if changing else error90,
        detectable=None if changing else change,
        instrument=instrument,
        own=None if own is None else own[0],
        own90=None if own is None else (own[1], own[2]),
        slope=None if slope is None else slope[0],
        slope90=None if slope is None else slope[1:],
    )


def _instrument(table: Sequence[Sequence[Measurement]]) -> float:
    """Standard deviation of the values by their own intervals."""
    halves = [
        max(float(one.value) - float(low), float(high) - float(one.value))
        for row in table
        for one in row
        for low, high in [one.interval90]
    ]
    return float(np.sqrt(np.mean(np.square(halves)))) / Z90


def _slope(
    values: Array, instrument: float
) -> tuple[tuple[float, float, float] | None, bool]:
    """Slope over the trials with its 90 % interval, and whether it surely is one.

    However near to a line the trials lie, each is known no better than it was measured.
    """
    trials = values.shape[0]
    if trials < _FEWEST_OF_A_LINE:
        return None, False
    slope, error = (float(number) for number in drift(values))
    error = max(error, instrument / float(np.sqrt(trials * (trials**2 - 1) / 12.0)))
    half = float(drift_half(error, trials))
    surely = float(drift_half(error, trials, tail=_STILL))
    rounding = _ROUNDING * float(np.abs(values).max())
    return (slope, slope - half, slope + half), abs(slope) > surely + rounding


def _without(whole: float, part: float) -> float:
    return float(np.sqrt(max(whole**2 - part**2, 0.0)))


def _agreement(grid: Grid, table: Sequence[Sequence[Measurement]]) -> Agreement:
    counts = [
        Counter(one.value for one in moment) for moment in zip(*table, strict=True)
    ]
    most = [count.most_common(1)[0] for count in counts]
    first = table[0][0]
    return Agreement(
        measure=first.measure,
        side=first.side,
        moment=grid.kind,
        leg=grid.leg,
        unit=first.unit,
        trials=len(table),
        moments=len(counts),
        most=tuple(value for value, _ in most),
        agree=sum(times for _, times in most),
        of=len(table) * len(counts),
    )
