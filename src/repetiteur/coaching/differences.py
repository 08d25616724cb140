"""Differences of a take from its reference, moment by moment, timing taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.features import move
from repetiteur.kernels import signals
from repetiteur.kinematics.support import support
from repetiteur.model.poses import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Z90, Measure

Array = NDArray[np.float64]

#: Frames per second at which curves are compared.
GRID_HZ = 60.0
#: Furthest that doubt about timing may excuse a difference in shape, s.
EXCUSE_S = 0.15


@dataclass(frozen=True)
class Timeline:
    """The reference's time on an even grid, and what the alignment says of it.

    Attributes
    ----------
    reference_s : (time,) float
        Even grid over the reference, seconds.
    take_s : (time,) float
        The take's time for the same moment; NaN where not danced or not sure.
    late_s, late_sd_s : (time,) float
        Lateness and its standard deviation, seconds of the take; NaN likewise,
        the deviation infinite where the body is too still to tell.
    support : (time,) int8
        Supporting leg of the reference: 1 left, -1 right, 0 both.
    """

    reference_s: Array
    take_s: Array
    late_s: Array
    late_sd_s: Array
    support: NDArray[np.int8]

    @property
    def step_s(self) -> float:
        """Seconds from one point of the grid to the next."""
        return float(self.reference_s[1] - self.reference_s[0])


@dataclass(frozen=True)
class Comparison:
    """One measure on one side, reference beside take.

    Attributes
    ----------
    reference, take : (time,) float
        The measure's curves on the timeline; NaN where not judged.
    apart : (time,) float
        Take minus the nearest value that the reference has within the doubt about
        timing: a difference that no small shift in time explains away.
    timing_sd : (time,) float
        Standard deviation that the doubt about timing adds to take minus reference.
    """

    measure: Measure
    side: Side | None
    reference: Array
    take: Array
    apart: Array
    timing_sd: Array


def even(body: Body) -> Body:
    """A body smoothed and on the even grid on which curves are compared."""
    return move(body, GRID_HZ).body


def timeline(reference: Body, alignment: Alignment) -> Timeline:
    """Lay the alignment on an even grid of the reference's time.

    Parameters
    ----------
    reference : Body
        On an even grid (:func:`even`), as lined up (mirrored, where the alignment
        says so).
    alignment : Alignment

    Returns
    -------
    Timeline
    """
    grid = reference.time
    known = np.isfinite(alignment.late_s)
    at, first = np.unique(alignment.reference_s[known], return_index=True)
    usual = float(np.median(np.diff(np.unique(alignment.reference_s))))

    def on_grid(values: Array) -> Array:
        return _on_grid(values[known][first], at, grid, 4.5 * usual)

    late = on_grid(alignment.late_s)
    # Infinite doubt stays infinite between points, so it travels as its inverse.
    surety = on_grid(1.0 / alignment.late_sd_s)
    with np.errstate(divide="ignore"):
        sd = 1.0 / surety
    on_time = on_grid(alignment.on_time_s)
    forward = np.fmax.accumulate(on_time + late)  # time runs on, whatever the noise
    take_s = np.where(np.isfinite(late), forward, np.nan)
    return Timeline(grid, take_s, late, sd, support(reference))


def _on_grid(values: Array, at: Array, grid: Array, most_s: float) -> Array:
    """Interpolate, but never across a gap of more than ``most_s`` seconds."""
    out = signals.resample(values, at, grid)
    right = np.clip(np.searchsorted(at, grid), 1, at.size - 1)
    gap = (at[right] - at[right - 1]) > most_s
    return np.where(gap & ~np.isin(grid, at), np.nan, out)


def compare(
    found: Measure, side: Side | None, reference: Body, take: Body, line: Timeline
) -> Comparison:
    """One measure of both performances on the timeline.

    Parameters
    ----------
    found : Measure
    side : {"left", "right"} or None
    reference, take : Body
        On an even grid (:func:`even`), the reference's being the timeline's.
    line : Timeline

    Returns
    -------
    Comparison

    Raises
    ------
    MissingKeypoints
        When a body lacks a keypoint that the measure needs.
    """
    a = found.of(reference, side)
    b = signals.resample(found.of(take, side), take.time, line.take_s)
    doubt = np.minimum(Z90 * line.late_sd_s, EXCUSE_S)
    reach = np.ceil(np.nan_to_num(doubt, nan=0.0) / line.step_s).astype(np.int64)
    low, high = signals.envelope(a, reach)
    speed = np.abs(np.gradient(a, line.step_s))
    return Comparison(
        measure=found,
        side=side,
        reference=a,
        take=b,
        apart=np.where(np.isfinite(a), b - np.clip(b, low, high), np.nan),
        timing_sd=speed * np.minimum(line.late_sd_s, EXCUSE_S),
    )
