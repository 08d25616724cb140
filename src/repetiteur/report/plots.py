"""Curves as paths of SVG: short ones, in whole units of a drawing that is stretched.

Across, a drawing is stretched to the width that there is; down, it keeps its height.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import signals
from repetiteur.report.panels import Panel
from repetiteur.technique.curve import Z90

Array = NDArray[np.float64]

#: Height of a drawing, px.
HEIGHT = 132
#: Units of it across, and to a pixel down.
ACROSS, DOWN = 480, 2
#: A path keeps so near, units, to its points: less than half of what a line is wide.
_NEAR = 0.7
#: Gridlines are this far apart: the least of these that leaves few.
_GRIDS = {"deg": (5.0, 10.0, 15.0, 30.0, 45.0, 90.0)}
_GRID = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_LINES = 4.5
#: Room above and below the curves, in shares of the height.
_ROOM = 0.06


@dataclass(frozen=True)
class Scale:
    """Values to heights, with the distance of gridlines."""

    low: float
    high: float
    grid: float

    def down(self, values: Array) -> Array:
        """Units of the drawing below its upper edge; no further off than it is high."""
        share = (self.high - values) / (self.high - self.low)
        return np.asarray(np.clip(share, -1.0, 2.0) * HEIGHT * DOWN)

    def lines(self) -> list[tuple[float, float]]:
        """Values of the gridlines, and how far down they are, px."""
        first, last = np.ceil(self.low / self.grid), np.floor(self.high / self.grid)
        values = self.grid * np.arange(first, last + 1)
        down = np.round(self.down(values) / DOWN, 1)
        return [(float(v) + 0.0, float(y)) for v, y in zip(values, down, strict=True)]


def scale_of(one: Panel, range_: float) -> Scale:
    """A scale of a given range: from nought where that fits, else about the middle."""
    grids = _GRIDS.get(one.course.unit, _GRID)
    grid = next((step for step in grids if range_ / step <= _LINES), grids[-1])
    low, high = reach(one)
    foot = 0.5 * (low + high - range_)
    if low >= -_ROOM * range_ and high <= (1.0 - 1.5 * _ROOM) * range_:
        foot = -_ROOM * range_
    return Scale(foot, foot + range_, grid)


def reach(one: Panel) -> tuple[float, float]:
    """Lowest and highest of what a panel draws."""
    rows = np.concatenate([*_edges(one).values()])[None, :]
    known = rows[np.isfinite(rows)]
    return (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)


def paths(one: Panel, scale: Scale) -> Iterator[tuple[str, str]]:
    """Each thing to draw, as its class and its path; the lowest first."""
    edges = _edges(one)
    across = _across(one)
    for name in ("ground", "ref", "take"):
        low, high = (scale.down(edges[f"{name}_{end}"]) for end in ("low", "high"))
        kind = name if name == "ground" else f"band {name}"
        yield kind, band(across[::2], low[::2], high[::2])
    for name, values in zip(("ref", "take"), _both(one), strict=True):
        yield f"line {name}", line(across, scale.down(values))


def gaps(one: Panel) -> list[tuple[float, float]]:
    """Where nothing was judged, in the reference's seconds."""
    time = one.course.reference_s[_inside(one)]
    step = float(time[1] - time[0]) if time.size > 1 else 0.0
    blind = np.isnan(_both(one)[0])
    return [
        (float(time[a]) - 0.5 * step, float(time[b]) + 0.5 * step)
        for a, b in signals.runs(blind)
    ]


def line(across: Array, down: Array) -> str:
    """A path that breaks where a value is missing.

    Examples
    --------
    >>> line(np.array([0.0, 2, 4, 6, 9]), np.array([5.0, 4, 3, np.nan, 1]))
    'M0 5l4-2'
    """
    return "".join(
        _path(across[a : b + 1], down[a : b + 1])
        for a, b in signals.runs(np.isfinite(down))
        if b > a
    )


def band(across: Array, low: Array, high: Array) -> str:
    """What lies between two lines, as closed paths.

    Examples
    --------
    >>> band(np.array([0.0, 4.0]), np.array([9.0, 9.0]), np.array([5.0, 6.0]))
    'M0 5l4 1 0 3-4 0z'
    """
    out = []
    for a, b in signals.runs(np.isfinite(low) & np.isfinite(high)):
        here = slice(a, b + 1)
        there = np.concatenate([across[here], across[here][::-1]])
        out.append(_path(there, np.concatenate([high[here], low[here][::-1]])) + "z")
    return "".join(out)


def _path(across: Array, down: Array) -> str:
    """Points as one path in whole numbers, without those that change nothing."""
    at = np.round(np.stack([across, down], axis=1)).astype(np.int32)
    near = cv2.approxPolyDP(at[:, np.newaxis], _NEAR, closed=False)
    at = near[:, 0].astype(np.int32)
    said = "".join(f"{' ' if n >= 0 else ''}{n}" for n in np.diff(at, axis=0).ravel())
    return f"M{at[0, 0]} {at[0, 1]}" + (f"l{said.strip()}" if said else "")


def _inside(one: Panel) -> NDArray[np.intp]:
    time = one.course.reference_s
    return np.flatnonzero((time >= one.start_s - 1e-9) & (time <= one.end_s + 1e-9))


def _across(one: Panel) -> Array:
    time = one.course.reference_s[_inside(one)]
    return np.asarray(ACROSS * (time - one.start_s) / max(one.length_s, 1e-9))


def _both(one: Panel) -> tuple[Array, Array]:
    """Both curves, where both were judged."""
    course, here = one.course, _inside(one)
    rows = np.stack([course.reference[here], course.take[here]])
    rows = np.where(np.isfinite(rows).all(axis=0), rows, np.nan)
    return rows[0], rows[1]


def _edges(one: Panel) -> dict[str, Array]:
    """Edges of the ground and of the bands of both.

    Of the variance of a difference half is given to either instrument. The ground lies
    the floor beyond the reference, or beyond what several have between them.
    """
    course, here = one.course, _inside(one)
    reference, take = _both(one)
    half = Z90 * course.sd[here] / np.sqrt(2.0)
    low = high = reference
    band = reference - half, reference + half
    if course.low is not None and course.high is not None:
        judged = np.isfinite(reference)
        low, high = (
            np.where(judged, edge[here], np.nan) for edge in (course.low, course.high)
        )
        band = low, high
    return {
        "ground_low": low - course.floor,
        "ground_high": high + course.floor,
        "ref_low": band[0],
        "ref_high": band[1],
        "take_low": take - half,
        "take_high": take + half,
    }
