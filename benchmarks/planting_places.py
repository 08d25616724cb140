"""Where in a movement a bar can be left out, danced again, or come late.

The places are those that a dancer would slip at: the pose at the one end of the bar is
much like that at the other, so she can go on from there. A place at which the slip
could as well have been another one (the movement goes on alike for long) is no place:
its truth would not be known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from planting_figure import Array, Figure, Motion, apart, figure_of, limbs
from planting_slips import Busy
from planting_takes import Breaks
from planting_time import INTO_STOP_S, Late, ramp_for

#: Bars and strange movement last so long, s; one lies so far from another thing.
BAR_S, STRANGE_S = (1.5, 4.0), (1.5, 4.0)
APART_S = 1.6
GRID_S = 0.1
#: Two stretches are alike where poses differ by less than this, degrees; a slip may be
#: read this share of its length earlier or later.
ALIKE_DEG, UNSURE = 14.0, 0.25
#: A body that moves by less, degrees a second, tells no time; nor can it be seen that
#: it stops.
MOVING_DEG_S = 25.0
KINDS = ("skip", "repeat", "extra")


@dataclass(frozen=True)
class Poses:
    """A movement on a coarse grid: moments, bones' directions, speed in degrees a s."""

    time: Array
    bones: Array
    speed: Array

    def between(self, rows: Array, columns: Array) -> Array:
        """Differences of poses, degrees, of every row with every column."""
        return apart(self.bones[rows][:, None], self.bones[columns][None])


def poses_of(figure: Figure) -> Poses:
    """Coarse poses."""
    time = np.arange(figure.time[0], figure.time[-1], GRID_S)
    here, soon = (limbs(figure.at(time + shift)) for shift in (-0.05, 0.05))
    return Poses(time, limbs(figure.at(time)), apart(here, soon) / 0.1)


def draw_breaks(
    source: Motion,
    rng: np.random.Generator,
    *,
    count: int,
    strange: Sequence[Motion] = (),
    kinds: Sequence[str] = KINDS,
    edges: bool = False,
) -> Breaks:
    """Breaks where they make sense, at the most ``count``; fewer where none does.

    ``edges`` adds, each with even chance, a later beginning, an earlier end, and
    strange movement before and after.
    """
    poses = poses_of(figure_of(source))
    length = source.lasting_s
    begins, ends = 0.0, length
    if edges and rng.uniform() < 0.5:
        begins = float(rng.uniform(0.3, 0.1 * length))
    if edges and rng.uniform() < 0.5:
        ends = length - float(rng.uniform(0.3, 0.1 * length))
    found: dict[str, list] = {kind: [] for kind in KINDS}
    zones = np.linspace(begins, ends, count + 1) if count else []
    for low, high in pairwise(zones):
        for kind in rng.permutation(kinds):
            if kind == "extra" and not strange:
                continue
            place = _place(str(kind), poses, (low, high), strange, rng)
            if place is not None:
                found[str(kind)].append(place)
                break
    if edges and strange:
        found["extra"] += [
            _strange(where, strange, rng) for where in (begins, ends)
            if rng.uniform() < 0.5
        ]  # fmt: skip
    return Breaks(
        begins_s=begins,
        ends_s=ends,
        skips=tuple(found["skip"]),
        repeats=tuple(found["repeat"]),
        extras=tuple(found["extra"]),
        strange=tuple(strange),
    )


def _place(kind, poses: Poses, zone, strange, rng):
    low, high = zone[0] + APART_S, zone[1] - APART_S
    if kind == "extra":
        return _strange(float(rng.uniform(low, high)), strange, rng) if high > low \
            else None  # fmt: skip
    inside = np.flatnonzero((poses.time >= low) & (poses.time <= high))
    if inside.size < 2:
        return None
    long = poses.time[inside][None] - poses.time[inside][:, None]
    cost = poses.between(inside, inside)
    cost[(long < BAR_S[0]) | (long > BAR_S[1])] = np.inf
    order = np.argsort(cost, axis=None)[: max(int(0.05 * np.isfinite(cost).sum()), 1)]
    for pick in rng.permutation(order):
        a, b = (inside[k] for k in np.unravel_index(pick, cost.shape))
        if np.isfinite(cost.flat[pick]) and known(poses, a, b):
            return float(poses.time[a]), float(poses.time[b])
    return None


def known(poses: Poses, a: int, b: int) -> bool:
    """Whether a slip from a to b could not as well be one somewhat before or after.

    And whether the body moves in the bar.
    """
    if poses.speed[a:b].mean() < MOVING_DEG_S:
        return False
    most = int(np.ceil(UNSURE * (b - a)))
    alike = 0
    for way in (1, -1):
        for k in range(1, most + 1):
            i, j = a + way * k, b + way * k
            if not (0 <= i < poses.time.size and 0 <= j < poses.time.size):
                break
            if apart(poses.bones[i], poses.bones[j]) > ALIKE_DEG:
                break
            alike += 1
    return alike < most


def _strange(where: float, strange: Sequence[Motion], rng):
    index = int(rng.integers(len(strange)))
    motion = strange[index]
    seconds = min(float(rng.uniform(*STRANGE_S)), motion.lasting_s - 0.2)
    start = float(rng.uniform(0.0, motion.lasting_s - seconds))
    return where, index, start, start + seconds


def draw_stops(
    source: Motion,
    rng: np.random.Generator,
    *,
    count: int,
    seconds: tuple[float, float] = (0.5, 3.0),
    breaks: Breaks | None = None,
) -> list[tuple[float, float]]:
    """Stops in the midst of movement, away from breaks and from each other."""
    poses = poses_of(figure_of(source))
    free = _free(poses, source, breaks or Breaks(), INTO_STOP_S + 0.3)
    free &= poses.speed > MOVING_DEG_S
    found: list[tuple[float, float]] = []
    for _ in range(count):
        if not free.any():
            break
        where = float(rng.choice(poses.time[free]))
        found.append((where, float(rng.uniform(*seconds))))
        free &= np.abs(poses.time - where) > APART_S
    return found


def _free(poses: Poses, source: Motion, breaks: Breaks, margin_s: float):
    """Where nothing is broken nearby, (moments,) bool."""
    ends = min(breaks.ends_s, source.lasting_s)
    free = (poses.time > breaks.begins_s + margin_s) & (poses.time < ends - margin_s)
    spans = [*breaks.skips, *breaks.repeats, *((x[0], x[0]) for x in breaks.extras)]
    for a, b in spans:
        free &= (poses.time < a - margin_s) | (poses.time > b + margin_s)
    return free


def draw_lates(
    source: Motion,
    rng: np.random.Generator,
    *,
    tempo: float,
    count: int = 1,
    seconds: tuple[float, float] = (0.15, 0.3),
    lasting_s: tuple[float, float] = (1.0, 3.0),
    breaks: Breaks | None = None,
    busy: Busy | None = None,
) -> list[Late]:
    """Phrases that come late or early, where the body moves; ramps and all inside."""
    busy = busy if busy is not None else Busy()
    poses = poses_of(figure_of(source))
    moving = poses.speed > MOVING_DEG_S
    free = _free(poses, source, breaks or Breaks(), 0.2)
    found: list[Late] = []
    for _ in range(count):
        size = float(rng.uniform(*seconds) * rng.choice([-1.0, 1.0]))
        long, ramp = float(rng.uniform(*lasting_s)), ramp_for(size, tempo)
        starts = [
            when
            for when in poses.time
            if free[_span(poses, when - ramp, when + long + ramp)].all()
            and moving[_span(poses, when, when + long)].mean() > 0.7
            and when - ramp > poses.time[0]
            and when + long + ramp < poses.time[-1]
            and busy.free({"time"}, when - ramp, when + long + ramp)
        ]
        if not starts:
            continue
        start = float(rng.choice(starts))
        found.append(Late(size, start, start + long, ramp))
        free[_span(poses, start - ramp, start + long + ramp)] = False
        busy.take({"time"}, start - ramp, start + long + ramp)
    return found


def _span(poses: Poses, start_s: float, end_s: float) -> slice:
    return slice(*np.searchsorted(poses.time, [start_s, end_s]))
