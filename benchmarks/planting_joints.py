"""Parts of movements, one after another, smoothly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from planting_figure import Array, Figure, blended
from planting_time import Part, rise

#: A joint between two parts is blended over so long, s.
JOINT_S = 0.25


def joined(
    figures: Sequence[Figure],
    parts: Sequence[Part],
    score_s: Array,
    *,
    joint_s: float = JOINT_S,
) -> Figure:
    """Parts one after another, blended where they join.

    Parameters
    ----------
    figures : sequence of Figure
        The dancer's own movement, then strange ones, of one body.
    parts : sequence of Part
    score_s : (frames,) float
        Non-decreasing.

    Returns
    -------
    Figure
        Each part stands where the one before it ends; strange movement is turned to
        begin and end as its neighbours face.
    """
    edges = np.cumsum([0.0, *(part.lasting_s for part in parts)])
    played = [
        _placed(figures, parts, k, score_s - edges[k] + part.start_s)
        for k, part in enumerate(parts)
    ]
    whole, way = played[0], np.zeros(3)
    for k in range(1, len(parts)):
        end = parts[k - 1].end_s
        before, after = (
            _placed(figures, parts, n, np.array([at])).vectors[0, 0]
            for n, at in ((k - 1, end), (k, parts[k].start_s))
        )
        way = way + (before - after) * [1.0, 0.0, 1.0]
        share = rise((score_s - edges[k]) / joint_s + 0.5)
        whole = blended(whole, played[k].moved(way), share)
    return whole


def _placed(
    figures: Sequence[Figure], parts: Sequence[Part], k: int, seconds: Array
) -> Figure:
    """One part at moments of its own, strange movement turned to fit."""
    part = parts[k]
    own = figures[part.figure].at(seconds)
    if part.state != "extra":
        return own
    turns = []
    for n, edge, at in ((k - 1, "end_s", part.start_s), (k + 1, "start_s", part.end_s)):
        if 0 <= n < len(parts):
            there = figures[parts[n].figure].at(np.array([getattr(parts[n], edge)]))
            there = there.heading[0]
            here = figures[part.figure].at(np.array([at])).heading[0]
            turns.append(there - here)
    first, last = turns[0], turns[-1]
    last = first + (last - first + 180.0) % 360.0 - 180.0
    share = rise((seconds - part.start_s) / part.lasting_s)
    return own.turned(first + (last - first) * share)
