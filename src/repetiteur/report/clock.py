"""The page's clock: one place that drives both performances through the alignment.

The clock counts seconds of the reference. Where the reference stands still (something
stands in the take alone) it counts the take's seconds, in the reference's tempo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import signals
from repetiteur.model.findings import Lateness, Span
from repetiteur.model.poses import Array
from repetiteur.rehearsal import Rehearsal
from repetiteur.report.slots import Slots, slots_of

_POINT_EVERY_S, _MUSIC_EVERY_S = 0.1, 0.25
_STILL_S = 1e-9
_FASTEST = 2.0  # in step, the take never runs faster than this many times its tempo


@dataclass(frozen=True)
class Path:
    """Places of the clock, and the moment of each performance there.

    Attributes
    ----------
    place, reference_s, take_s : (points,) float
        Seconds; ``place`` starts at 0 and increases, the others never decrease.
    """

    place: Array
    reference_s: Array
    take_s: Array

    def waits(self, begins: float, ends: float) -> list[tuple[float, float]]:
        """Where, between two places, the take moves alone: the reference waits."""
        still = signals.runs(np.diff(self.reference_s) <= _STILL_S)
        found = [(self.place[a], self.place[b + 1]) for a, b in still]
        cut = [(max(float(a), begins), min(float(b), ends)) for a, b in found]
        return [(start, end) for start, end in cut if start < end]

    def of_take(self, seconds: float) -> float:
        """The clock's place at a moment of the take."""
        return float(np.interp(seconds, self.take_s, self.place))

    def of_reference(self, seconds: float) -> float:
        """The clock's place at a moment of the reference."""
        return float(np.interp(seconds, self.reference_s, self.place))


def path_of(rehearsal: Rehearsal) -> Path:
    """The clock of a rehearsal, with a point every tenth of a second at most.

    Without any warp points both are laid together from their beginnings.
    """
    line_up = rehearsal.alignment
    reference, take = line_up.reference_s, line_up.take_s
    good = np.isfinite(reference) & np.isfinite(take)
    reference, take = reference[good], take[good]
    ratio = line_up.tempo_ratio if line_up.tempo_ratio > 0 else 1.0
    if reference.size < 2:
        starts = [
            float(recording.poses["time"].to_numpy()[0])
            for recording in (rehearsal.reference, rehearsal.take)
        ]
        length = max(
            min(rehearsal.reference.duration_s, rehearsal.take.duration_s / ratio), 1e-3
        )
        reference = starts[0] + np.array([0.0, length])
        take = starts[1] + np.array([0.0, length * ratio])
    reference, take = np.maximum.accumulate(reference), np.maximum.accumulate(take)
    step = np.maximum(np.diff(reference), np.diff(take) / (ratio * _FASTEST))
    still = np.diff(reference) <= _STILL_S
    step = np.where(still, np.diff(take) / ratio, step)
    place = np.concatenate([[0.0], np.cumsum(step)])
    keep = _thinned(place, reference, take)
    return Path(place[keep], reference[keep], take[keep])


def clock_line(rehearsal: Rehearsal) -> tuple[float, float]:
    """The one tempo and offset for the whole: take = offset + ratio x reference.

    Returns
    -------
    ratio, offset : float
        Take seconds per reference second, and the take's time at reference 0, seconds.
    """
    ratio = rehearsal.alignment.tempo_ratio
    begins = time_span(rehearsal).start_s
    return ratio, rehearsal.alignment.start_offset_s - ratio * begins


def clock_parts(rehearsal: Rehearsal) -> list[tuple[float, float]]:
    """Where in the reference the clock begins anew, and its offset from there.

    After a break the take begins anew: when it should have gone on, nobody knows.

    Returns
    -------
    list of (float, float)
        Reference seconds, increasing, and the take's time at reference 0 by the tempo
        from there on.
    """
    found = rehearsal.alignment
    ratio, offset = clock_line(rehearsal)
    parts = [(time_span(rehearsal).start_s, offset)]
    for a, b in signals.runs(found.state == "danced"):
        here = slice(a, b + 1)
        behind = found.on_time_s[here] - ratio * found.reference_s[here]
        if parts[-1][0] < found.reference_s[a]:
            parts.append((float(found.reference_s[a]), float(np.median(behind))))
    return parts


def clock_by_music(rehearsal: Rehearsal) -> tuple[Array, Array] | None:
    """Moments of the reference, and of the take where it has the same music.

    Returns
    -------
    reference_s, take_s : (points,) float
        Increasing, seconds; None where the music is not the clock.
    """
    found = rehearsal.alignment
    if found.to_music is None or not found.to_music.any():
        return None
    reference, first = np.unique(found.reference_s, return_index=True)
    new = np.diff(np.floor(reference / _MUSIC_EVERY_S), prepend=-np.inf) > 0
    keep = np.flatnonzero(new | (reference == reference[-1]))
    return reference[keep], np.maximum.accumulate(found.on_time_s[first][keep])


def clock_take(rehearsal: Rehearsal, reference_s: float) -> float:
    """The take's time at a moment of the reference, by its tempo or by the music."""
    heard = clock_by_music(rehearsal)
    if heard is not None:
        return float(np.interp(reference_s, *heard))
    ratio, _ = clock_line(rehearsal)
    offsets = [off for since, off in clock_parts(rehearsal) if since <= reference_s]
    return (offsets or [clock_line(rehearsal)[1]])[-1] + ratio * reference_s


def usable(timing: Sequence[Lateness]) -> list[Lateness]:
    """Rows of finite numbers alone, in the order of the reference."""
    rows = [
        row
        for row in timing
        if np.isfinite([row.reference_s, row.take_s, row.late_s, *row.interval90]).all()
    ]
    return sorted(rows, key=lambda row: row.reference_s)


def time_span(rehearsal: Rehearsal) -> Span:
    """First and last moment of the reference, seconds."""
    time = rehearsal.reference.poses["time"].to_numpy()
    return Span(float(time[0]), float(time[-1]))


def _thinned(place: Array, reference: Array, take: Array) -> NDArray[np.intp]:
    """Indices of points far enough apart, and of every corner."""
    rising = np.concatenate([[True], np.diff(place) > 1e-6])
    slope = np.diff(take) > 1e-9, np.diff(reference) > 1e-9
    corner = np.ones(place.size, dtype=bool)
    corner[1:-1] = (slope[0][1:] != slope[0][:-1]) | (slope[1][1:] != slope[1][:-1])
    cell = np.floor(place / _POINT_EVERY_S)
    new_cell = np.concatenate([[True], np.diff(cell) > 0])
    return np.flatnonzero(rising & (corner | new_cell))


def slots(rehearsal: Rehearsal) -> Slots:
    """The counts of its music, or the seconds of its reference."""
    music = rehearsal.music
    return slots_of(time_span(rehearsal), None if music is None else music.counts)
