"""Differences of a take from its reference, moment by moment, timing taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.features import move
from repetiteur.kernels import signals
from repetiteur.kinematics.apart import Apart, views_apart
from repetiteur.kinematics.support import support
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Z90, Measure
from repetiteur.technique.reading import Reading, doubt_of_view, read

Array = NDArray[np.float64]

#: Frames per second at which curves are compared.
GRID_HZ = 60.0
#: Furthest that doubt about timing may excuse a difference in shape, s.
EXCUSE_S = 0.15
#: Share of a tracker's error (its variance) that two videos of one movement from one
#: side have in common, and that their difference is free of. Videos tracked anew in a
#: mirror have 0.80 to 0.86 of it in common, by measure (benchmarks/view.py); another
#: dancer in other clothes is given less.
SHARED = 0.7
#: Recordings made from further apart than this about the dancer, deg, are from
#: different sides: their angles are not compared.
ELSEWHERE = 30.0


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
    apart : Apart or None
        From how far apart the two were filmed; None where both are measured in space.
    """

    reference_s: Array
    take_s: Array
    late_s: Array
    late_sd_s: Array
    support: NDArray[np.int8]
    apart: Apart | None = None

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
    sd : (time,) float
        Standard deviation that the instruments add to it: of motion files that of the
        measure; of videos what the tracker's errors, and the doubt about from where
        each was filmed, come to at that moment.
    blind : mapping of str to (time,) bool
        Where a view does not show it, by reason: ``plane``, ``front``, ``side``,
        ``elsewhere``.
    """

    measure: Measure
    side: Side | None
    reference: Array
    take: Array
    apart: Array
    timing_sd: Array
    sd: Array
    blind: Mapping[str, NDArray[np.bool_]]


def even(body: Body) -> Body:
    """A body smoothed and on the even grid on which curves are compared."""
    return move(body, GRID_HZ).body


def timeline(reference: Body, take: Body, alignment: Alignment) -> Timeline:
    """Lay the alignment on an even grid of the reference's time.

    Parameters
    ----------
    reference, take : Body
        On an even grid (:func:`even`), as lined up (the reference mirrored, where the
        alignment says so).
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
    seen = reference.space == take.space == "2d"
    apart = views_apart(reference, take, take_s) if seen else None
    return Timeline(grid, take_s, late, sd, support(reference), apart)


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
    one = read(found, reference, side)
    two = _on_line(read(found, take, side), take, line)
    a, b = one.values, two.values
    doubt = np.minimum(Z90 * line.late_sd_s, EXCUSE_S)
    reach = np.ceil(np.nan_to_num(doubt, nan=0.0) / line.step_s).astype(np.int64)
    low, high = signals.envelope(a, reach)
    speed = np.abs(np.gradient(a, line.step_s))
    blind = {reason: one.blind[reason] | two.blind[reason] for reason in one.blind}
    near = np.ones(a.shape, dtype=bool)
    if line.apart is not None:
        near = line.apart.near(ELSEWHERE)
        a, b = np.where(near, a, np.nan), np.where(near, b, np.nan)
        blind = {"elsewhere": ~near & np.isfinite(line.take_s), **blind}
    sd = _instruments(found, reference, side, line, (one, two))
    return Comparison(
        measure=found,
        side=side,
        reference=a,
        take=b,
        apart=np.where(np.isfinite(a) & near, b - np.clip(b, low, high), np.nan),
        timing_sd=speed * np.minimum(line.late_sd_s, EXCUSE_S),
        sd=sd,
        blind=blind,
    )


def _on_line(reading: Reading, take: Body, line: Timeline) -> Reading:
    """A reading of the take at the moments of the timeline."""

    def at(values: Array) -> Array:
        return signals.resample(values, take.time, line.take_s)

    return Reading(
        values=at(reading.values),
        sd=at(reading.sd),
        square=at(reading.square),
        blind={
            reason: at(mask.astype(np.float64)) > 0.5
            for reason, mask in reading.blind.items()
        },
    )


def _instruments(
    found: Measure,
    body: Body,
    side: Side | None,
    line: Timeline,
    readings: tuple[Reading, Reading],
) -> Array:
    """Standard deviation that both instruments add to take minus reference.

    A lean out of the picture's plane shows in it where the dancer is askew; how much
    less of a difference is left when both are turned square is part of the doubt.
    """
    one, two = readings
    if line.apart is None:
        return np.full(one.values.shape, found.difference_error)
    view = doubt_of_view(found, body, side, line.apart)
    askew = (two.values - one.values) - (two.square - one.square)
    tracker = one.sd**2 + two.sd**2 - 2.0 * SHARED * one.sd * two.sd
    return np.sqrt(tracker + view**2 + np.nan_to_num(askew) ** 2)
