"""A recording's face in parts, and single actions in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.expression.face import Face
from repetiteur.expression.face_reasons import REASONS
from repetiteur.expression.face_units import UNITS
from repetiteur.kernels.changes import change_points
from repetiteur.kernels.signals import bridged, runs

__all__ = ["Action", "Part", "action_of", "parts_of"]

Array = NDArray[np.float64]

#: Width of what one level is looked for in, seconds, unless there are more of them
#: than this; and the shortest part.
BIN_S, MOST_BINS, LEAST_S = 0.1, 3000, 0.8
#: Not judged for less than this makes no part, seconds.
BRIEF_S = 0.5
#: What a further part costs, for each unit and each doubling of the number of bins.
#: Set on the one clip of ``benchmarks/face.py``.
COST = 0.6
#: Units whose levels make a part.
_MADE_OF = [k for k, one in enumerate(UNITS) if one.of_any_face]


@dataclass(frozen=True)
class Part:
    """A stretch in which the face keeps about one level, or is not judged.

    Attributes
    ----------
    start_s, end_s : float
    reason : str
        Why it is not judged; empty where it is.
    levels : dict of str to float
        Median of each unit that is judged, from rest.
    changed : tuple of str
        Units of the face whose level differs from the part before by more than both
        intervals, the most in its own errors first; empty in the first part.
    """

    start_s: float
    end_s: float
    reason: str
    levels: dict[str, float]
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Action:
    """One unit's rise from rest: when half of it is there, and how high it goes.

    Attributes
    ----------
    onset_s : float
        When it first passes half of its peak; NaN where it never rises.
    peak, peak_s : float
        Its largest value and when it is first there.
    """

    onset_s: float
    peak: float
    peak_s: float


def action_of(time_s: ArrayLike, value: ArrayLike) -> Action:
    """Onset and peak of a unit.

    Parameters
    ----------
    time_s, value : (frames,) float
        NaN where it is not judged.

    Returns
    -------
    Action
        All NaN where nothing is judged.

    Examples
    --------
    >>> action_of([0.0, 1.0, 2.0, 3.0], [0.0, 0.0, 0.4, 0.4])
    Action(onset_s=1.5, peak=0.4, peak_s=2.0)
    """
    time, height = np.asarray(time_s, np.float64), np.asarray(value, np.float64)
    known = np.flatnonzero(np.isfinite(height))
    if not known.size:
        return Action(np.nan, np.nan, np.nan)
    time, height = time[known], height[known]
    top = int(np.argmax(height))
    peak, peak_s = float(height[top]), float(time[top])
    half = 0.5 * peak
    below = np.flatnonzero(height[: top + 1] < half)
    if peak <= 0.0 or not below.size:
        return Action(np.nan, peak, peak_s)
    last = int(below[-1])
    share = (half - height[last]) / (height[last + 1] - height[last])
    onset = time[last] + share * (time[last + 1] - time[last])
    return Action(float(onset), peak, peak_s)


def parts_of(face: Face) -> list[Part]:
    """The parts of a recording, in order and without gaps.

    Parameters
    ----------
    face : Face

    Returns
    -------
    list of Part
        Cut where the face stops or begins to be judged for half a second or more, and
        where its level changes for 0.8 s or more
        (:func:`~repetiteur.kernels.changes.change_points`).
    """
    if face.time_s.size < 2:
        return []
    step = float(np.median(np.diff(face.time_s)))
    judged = bridged(np.all(face.why[:, _MADE_OF] == 0, axis=1), int(BRIEF_S / step))
    judged = ~bridged(~judged, int(BRIEF_S / step))
    cuts = [0]
    for first, last in runs(judged):
        cuts += [first, *_changes(face, first, last + 1), last + 1]
    begins = sorted({cut for cut in cuts if cut < face.time_s.size})
    ends = [*begins[1:], face.time_s.size]
    out: list[Part] = []
    before: tuple[Array, Array] | None = None
    for begin, end in zip(begins, ends, strict=True):
        until = face.time_s[min(end, face.time_s.size - 1)]
        part, before = _part(face, slice(begin, end), float(until), before)
        out.append(part)
    return out


def _changes(face: Face, first: int, last: int) -> list[int]:
    """Frames at which the level changes between two, one level to a bin."""
    values = face.values[first:last, _MADE_OF]
    time_s = face.time_s[first:last]
    width = max(BIN_S, float(time_s[-1] - time_s[0]) / MOST_BINS)
    bins = ((time_s - time_s[0]) / width).astype(np.int64)
    begins = np.flatnonzero(np.diff(bins, prepend=-1))
    known = np.asarray(np.isfinite(values).all(axis=1))
    levels, at = [], []
    for begin, end in zip(begins, [*begins[1:], len(bins)], strict=True):
        own = values[begin:end][known[begin:end]]
        if len(own):
            levels.append(np.median(own, axis=0))
            at.append(int(begin))
    if len(levels) < 2:
        return []
    table = np.array(levels)
    spread = table.std(axis=0) + np.nanmedian(face.sd[first:last, _MADE_OF], axis=0)
    penalty = COST * len(_MADE_OF) * np.log2(len(table))
    cuts = change_points(
        table / spread, least=max(round(LEAST_S / width), 1), penalty=penalty
    )
    return [first + at[cut] for cut in cuts]


def _part(
    face: Face, where: slice, until: float, before: tuple[Array, Array] | None
) -> tuple[Part, tuple[Array, Array] | None]:
    start = float(face.time_s[where.start])
    codes = face.why[where][:, _MADE_OF[0]]
    judged = np.all(face.why[where][:, _MADE_OF] == 0, axis=1)
    if judged.mean() < 0.5:
        most = int(np.bincount(codes[codes > 0]).argmax()) if (codes > 0).any() else 1
        return Part(start, until, REASONS[most], {}), before
    own = np.full(len(UNITS), np.nan)
    for k in range(len(UNITS)):
        seen = face.values[where, k][np.isfinite(face.values[where, k])]
        own[k] = np.median(seen) if seen.size else np.nan
    sd = np.full(len(UNITS), np.nan)
    sd[_MADE_OF] = np.median(face.sd[where][judged][:, _MADE_OF], axis=0)
    levels = {
        one.name: float(value)
        for one, value in zip(UNITS, own, strict=True)
        if np.isfinite(value)
    }
    changed: tuple[str, ...] = ()
    if before is not None:
        moved = np.abs(own - before[0]) / (1.645 * (sd + before[1]))
        order = sorted(_MADE_OF, key=lambda k: -np.nan_to_num(moved[k]))
        changed = tuple(UNITS[k].name for k in order if moved[k] > 1.0)
    return Part(start, until, "", levels, changed), (own, sd)
