"""From beats to counts: the metre and the "one", which a person gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import NothingToJudge
from repetiteur.model.counts import Counts, counted
from repetiteur.music.beats import Beats

__all__ = ["numbered"]


def numbered(beats: Beats, *, metre: int, ones_s: Sequence[float] = ()) -> Counts:
    """Number beats as dancers count them.

    Parameters
    ----------
    beats : Beats
        Those in silences are counted through, and left out.
    metre : int
        Beats in a bar.
    ones_s : sequence of float
        Times, s: the beat nearest to each is a "1". The first is that of the first bar,
        and those before it are pick-ups; at each further one counting begins anew, as
        after a fermata. If none is given, the first beat is the "1".

    Returns
    -------
    Counts

    Raises
    ------
    NothingToJudge
        When a time is not at a beat, or two of them are at the same.

    Examples
    --------
    >>> time = np.arange(12) * 0.5
    >>> beats = Beats(time, np.ones(12), np.ones(12, bool))
    >>> numbered(beats, metre=2, ones_s=[0.5, 4.1]).label.tolist()
    ['0·8', '1·1', '1·2', '1·3', '1·4', '1·5', '1·6', '1·7', '2·1', '2·2', '2·3', '2·4']
    """
    firsts = _firsts(beats, ones_s)
    counts = counted(
        beats.time_s, metre=metre, one=firsts[0], confidence=beats.confidence
    )
    for first in firsts[1:]:
        anew = counted(beats.time_s[first:], metre=metre, one=0)
        bar = int(counts.bar[first - 1]) + anew.bar
        counts = replace(
            counts,
            beat=np.append(counts.beat[:first], anew.beat),
            bar=np.append(counts.bar[:first], bar),
            count=np.append(counts.count[:first], anew.count),
        )
    return counts.moved(np.where(beats.heard, beats.time_s, np.nan), beats.confidence)


def _firsts(beats: Beats, ones_s: Sequence[float]) -> list[int]:
    """Indices of the beats that are given as a "1", in order."""
    times = beats.time_s
    if not len(ones_s):
        return [0]
    found: list[int] = []
    for one in sorted(ones_s):
        near = int(np.abs(times - one).argmin())
        if not abs(times[near] - one) <= _beat_at(times, near):
            raise NothingToJudge(
                f"A 1 needs to be at a beat, and none was found near {one:g} s. Give "
                f"a time between {times[0]:.2f} and {times[-1]:.2f} s."
            )
        found.append(near)
    if len(set(found)) < len(found):
        raise NothingToJudge(
            "Each 1 needs a beat of its own, and two of those given are at the same. "
            "Leave one of them out."
        )
    return found


def _beat_at(times: NDArray[np.float64], k: int) -> float:
    """The longer of the beats to both sides of one, s."""
    around = np.diff(times[max(k - 1, 0) : k + 2])
    return float(around.max()) if around.size else 0.0
