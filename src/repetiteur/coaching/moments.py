"""Moments in which a take differs from its reference for long enough to matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks

from repetiteur.align.envelope import envelope
from repetiteur.coaching.chance import by_chance
from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.floor import TIMING_FLOOR_S
from repetiteur.coaching.sizes import (
    core_of,
    difference_over,
    lateness_at,
    lateness_over,
    sized,
    spread_over,
)
from repetiteur.coaching.timeline import GRID_HZ, Timeline
from repetiteur.kernels import signals
from repetiteur.model.findings import Difference
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Z90

Array = NDArray[np.float64]

#: What is no larger than chance makes the largest of a dance (:mod:`.chance`) is said
#: when it is this many standard deviations beyond the floor: errors last as long as a
#: fault does, a dance is looked at in hundreds of places, and in one of twenty an error
#: leaves its 90 % interval.
SURE = 2.2
#: Shorter differences are not said, s; and moments closer than this are one.
LONG_ENOUGH_S, ONE_MOMENT_S = 0.3, 0.25
#: A peak stands out by this much, deg, and its upper half (of that) lasts this long, s:
#: shorter ones are between the frames of a slow camera, or slips of the capture. The
#: take's peak is looked for within this, s.
PEAK, PEAK_LASTS_S, PEAK_S = 30.0, 0.08, 0.15
#: A thirtieth of a second, in frames of the timeline.
BESIDE = round(GRID_HZ / 30.0)
#: Lateness is judged where its standard deviation is below this, s.
TIMING_DOUBT_S = 0.10


@dataclass(frozen=True)
class Moment:
    """A stretch of the timeline in which one measure differs.

    Attributes
    ----------
    measure : str
    side : {"left", "right"} or None
    limb : str
        Differences of one limb at one time are one note.
    first, last : int
        Frames of the timeline.
    peak : int
        Frame at which the difference shows best.
    difference : Difference
    reference_value, take_value : float
        Medians over the core of the moment; NaN for lateness.
    spread : (low, high) or None
        What several references have between them, likewise; the difference is counted
        from there. None with one alone.
    chance : float
        What the largest difference of the take stays under by chance, in the unit.
    """

    measure: str
    side: Side | None
    limb: str
    first: int
    last: int
    peak: int
    difference: Difference
    reference_value: float
    take_value: float
    spread: tuple[float, float] | None = None
    chance: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether it is worth saying: its interval is beyond the floor, or far so."""
        size = abs(self.difference.value)
        if size > self.chance:
            return self.difference.beyond_floor
        low, high = self.difference.interval90
        return size - SURE * 0.5 * (high - low) / Z90 > self.difference.floor

    @property
    def weight(self) -> float:
        """Size of the difference in floors."""
        return abs(self.difference.value) / self.difference.floor

    @property
    def extent(self) -> float:
        """What is sure of the size, in floors, times the length in frames."""
        low, high = (abs(end) for end in self.difference.interval90)
        return min(low, high) / self.difference.floor * (self.last - self.first + 1)

    def overlaps(self, other: Moment) -> bool:
        """Whether they share a third of the shorter one's time."""
        shared = min(self.last, other.last) - max(self.first, other.first) + 1
        shorter = min(self.last - self.first, other.last - other.first) + 1
        return shared >= shorter / 3

    def touches(self, other: Moment) -> bool:
        """Whether they overlap or follow one another within ``ONE_MOMENT_S``."""
        apart = max(self.first, other.first) - min(self.last, other.last)
        return apart <= ONE_MOMENT_S * GRID_HZ


def shape_moments(one: Comparison, line: Timeline) -> Iterator[Moment]:
    """Moments in which the shape differs beyond the floor, with its interval clear.

    Parameters
    ----------
    one : Comparison
    line : Timeline

    Yields
    ------
    Moment
    """
    floor = one.floor
    for sign in (1.0, -1.0):
        for first, last, core in _stretches(sign * one.apart, floor, line.step_s):
            gap = difference_over(one, core)
            off = np.abs(one.difference[core] - gap.value)
            yield Moment(
                measure=one.measure.id,
                side=one.side,
                limb=one.measure.limb,
                first=first,
                last=last,
                peak=int(core[np.argmin(off)]),
                difference=gap,
                reference_value=float(np.median(one.reference[core])),
                take_value=float(np.median(one.take[core])),
                spread=spread_over(one.spread, core),
                chance=by_chance(one.difference, one.sd, first, last, line),
            )


def peak_moments(one: Comparison, line: Timeline) -> Iterator[Moment]:
    """Peaks that the take does not reach, or goes beyond: a kick is short, and counts.

    Parameters
    ----------
    one : Comparison
    line : Timeline

    Yields
    ------
    Moment
        For each clear maximum of the reference's curve. The take's highest value
        around it is compared, so timing has no part in it; with several references,
        with the highest values that they reach there.
    """
    filled = np.nan_to_num(one.reference, nan=-1e3)
    peaks, _ = find_peaks(filled, prominence=PEAK)
    reach = round(PEAK_S / line.step_s)
    for peak in map(int, peaks):
        near = np.arange(max(peak - reach, 0), min(peak + reach + 1, filled.size))
        both = np.concatenate([one.take[near], one.reference[near]])
        if not np.isfinite(both).all() or one.reference[peak] < PEAK:
            continue
        reached = float(one.take[near].max())
        # A higher peak beside this one is in what the take reaches there, too.
        top = float(one.reference[near].max())
        frames = near[one.reference[near] >= top - 0.5 * PEAK]
        if frames.size * line.step_s < PEAK_LASTS_S:
            continue
        tops = envelope(np.append(top, _highest(one.others, near))[:, None])
        yield Moment(
            measure=one.measure.id,
            side=one.side,
            limb=one.measure.limb,
            first=int(frames[0]),
            last=int(frames[-1]),
            peak=peak,
            difference=sized(
                float(tops.apart(np.array([reached]))[0]),
                one.measure.unit,
                float(np.hypot(one.sd[peak], _sharp(one, near))),
                one.floor,
            ),
            reference_value=top,
            take_value=reached,
            spread=spread_over(None if one.spread is None else tops, np.array([0])),
            chance=by_chance(one.difference, one.sd, frames[0], frames[-1], line),
        )


def _sharp(one: Comparison, near: NDArray[np.int64]) -> float:
    """Doubt about the height of a peak, from how much of it is a frame or two wide.

    What stands out within a thirtieth of a second may lie between two pictures, or be a
    slip of the capture: half of it, in the measure's unit.
    """
    tops = []
    for curve in (one.take, one.reference):
        at = near[int(np.argmax(curve[near]))]
        beside = curve[[max(at - BESIDE, 0), min(at + BESIDE, curve.size - 1)]]
        tops.append(float(curve[at] - np.nanmax(beside, initial=-np.inf)))
    return 0.5 * max(0.0, *tops)


def timing_moments(line: Timeline, floor: float = TIMING_FLOOR_S) -> Iterator[Moment]:
    """Moments in which the take is late or early beyond the floor.

    Parameters
    ----------
    line : Timeline
    floor : float
        Smallest lateness that is said, s.

    Yields
    ------
    Moment
        With the measure ``timing_path``; seconds, positive = late.
    """
    judged = np.where(line.late_sd_s < TIMING_DOUBT_S, line.late_s, np.nan)
    for sign in (1.0, -1.0):
        for first, last, core in _stretches(sign * judged, floor, line.step_s):
            value, error = lateness_at(line, core)
            # Of a picture more is asked of all: see ``chance``.
            if line.apart is None and abs(value) - Z90 * error <= floor:
                continue  # no reading of it is beyond the floor by itself
            gap = lateness_over(line, core, floor)
            off = np.abs(line.late_s[core] - gap.value)
            yield Moment(
                measure="timing_path",
                side=None,
                limb="time",
                first=first,
                last=last,
                peak=int(core[np.argmin(off)]),
                difference=gap,
                reference_value=float("nan"),
                take_value=float("nan"),
                spread=spread_over(line.rubato, core),
                chance=0.0 if line.apart is None else float("inf"),
            )


def _highest(curves: Array, near: NDArray[np.int64]) -> Array:
    """Highest value of each curve that is seen throughout a stretch."""
    if not curves.size:
        return np.empty(0)
    here = curves[:, near]
    return np.asarray(here[np.isfinite(here).all(axis=1)].max(axis=1))


def _stretches(
    signed: Array, floor: float, step_s: float
) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
    """First frame, last frame and core of each long stretch above the floor.

    The core is where at least half of the stretch's height is reached: a fault is
    blended in and out, and its size is that of its plateau.
    """
    above = np.nan_to_num(signed, nan=-np.inf) > floor
    above = signals.bridged(above, int(ONE_MOMENT_S / step_s))
    for first, last in signals.runs(above):
        if (last - first + 1) * step_s < LONG_ENOUGH_S:
            continue
        yield first, last, first + core_of(signed[first : last + 1])
