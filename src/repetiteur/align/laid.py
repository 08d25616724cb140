"""An alignment laid on an even grid of the reference's time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.kernels import signals

Array = NDArray[np.float64]

#: Points of the path further apart than this many of their usual steps have a gap
#: between them: nothing is known there.
GAP_STEPS = 4.5


@dataclass(frozen=True)
class Laid:
    """What an alignment says of each moment of a grid.

    Attributes
    ----------
    take_s : (time,) float
        The take's time for the same moment; NaN where not danced or not sure.
    late_s, late_sd_s : (time,) float
        Lateness and its standard deviation, seconds of the take; NaN likewise, the
        deviation infinite where the body is too still to tell.
    to_music : (time,) bool
        Where lateness counts from the music.
    """

    take_s: Array
    late_s: Array
    late_sd_s: Array
    to_music: NDArray[np.bool_]


def lay(alignment: Alignment, grid: Array) -> Laid:
    """Lay an alignment on a grid, and nothing across its gaps.

    Parameters
    ----------
    alignment : Alignment
    grid : (time,) float
        Seconds of the reference, increasing.

    Returns
    -------
    Laid
    """
    known = np.isfinite(alignment.late_s)
    at, first = np.unique(alignment.reference_s[known], return_index=True)
    usual = float(np.median(np.diff(np.unique(alignment.reference_s))))

    def on_grid(values: Array) -> Array:
        return _on_grid(values[known][first], at, grid, GAP_STEPS * usual)

    late = on_grid(alignment.late_s)
    # Infinite doubt stays infinite between points, so it travels as its inverse.
    surety = on_grid(1.0 / alignment.late_sd_s)
    with np.errstate(divide="ignore"):
        sd = 1.0 / surety
    on_time = on_grid(alignment.on_time_s)
    forward = np.fmax.accumulate(on_time + late)  # time runs on, whatever the noise
    heard = alignment.to_music
    to_music = np.zeros(grid.size) if heard is None else on_grid(heard.astype(float))
    take = np.where(np.isfinite(late), forward, np.nan)
    return Laid(take, late, sd, to_music == 1.0)


def _on_grid(values: Array, at: Array, grid: Array, most_s: float) -> Array:
    """Interpolate, but never across a gap of more than ``most_s`` seconds."""
    out = signals.resample(values, at, grid)
    right = np.clip(np.searchsorted(at, grid), 1, at.size - 1)
    gap = (at[right] - at[right - 1]) > most_s
    return np.where(gap & ~np.isin(grid, at), np.nan, out)
