"""Where in a movement a fault of shape makes sense, and which ones a take gets.

A leg fault where that leg is raised, a knee fault on the leg that stands alone, and so
on. Where a fault makes no sense, none is planted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from planting_angles import angles
from planting_faults import KINDS, named, put
from planting_figure import SIDES, Array, Motion, figure_of, other
from planting_floor import feet
from planting_shapes import Fault, NotPlantedError

GRID_S = 0.05
#: How long a fault has its whole size, and how long it comes and goes, s; how near two
#: faults of one limb may be, and a fault to a break.
WHOLE_S, RAMP_S = (0.4, 1.5), (0.25, 0.45)
APART_S = 0.4
TRIES = 8
#: A foot stands below the one height over the floor and is free above the other, m.
STANDS_M, FREE_M, RAISED_M = 0.035, 0.03, 0.06


@dataclass(frozen=True)
class Scene:
    """A movement on a coarse grid: its angles, and how high its feet are."""

    time: Array
    angles: dict[str, Array]
    feet: dict[str, Array]

    def has(self, name: str) -> bool:
        return name in self.angles


def scene_of(source: Motion) -> Scene:
    """Coarse angles of a movement."""
    figure = figure_of(source)
    time = np.arange(source.time[0], source.time[-1], GRID_S)
    coarse = figure.at(time)
    height = {side: np.interp(time, figure.time, h) for side, h in feet(figure).items()}
    return Scene(time, angles(coarse.points), height)


def sensible(kind: str, side: str | None, scene: Scene) -> NDArray[np.bool_]:
    """Where a fault would make sense, (moments,) bool."""
    a = scene.angles
    nowhere = np.zeros(scene.time.size, dtype=bool)
    if kind == "shoulders_lifted":
        return ~nowhere if scene.has("shoulders_m") else nowhere
    if kind == "trunk_pitched":
        return (np.abs(a["trunk_side"]) < 20.0) & (np.abs(a["trunk_pitch"] - 5.0) < 20)
    if kind == "head_dropped":
        return np.abs(a["head_pitch"]) < 50.0 if scene.has("head_pitch") else nowhere
    if kind in ("elbow_dropped", "arm_lower"):
        high = a[f"{side}_elbow_elevation"]
        line = a[f"{side}_arm_elevation"]
        straight = a[f"{side}_elbow_flexion"] < 70.0
        up = (high > 50.0) & (high < 150.0)
        return up if kind == "elbow_dropped" else up & straight & (line > 50.0)
    return _sensible_leg(kind, str(side), scene)


def _sensible_leg(kind: str, side: str, scene: Scene) -> NDArray[np.bool_]:
    a = scene.angles
    own, base = scene.feet[side], scene.feet[other(f"{side}_").rstrip("_")]
    alone = (base < STANDS_M) & (own > FREE_M)
    if kind == "leg_lower":
        straight = a[f"{side}_knee_flexion"] < 100.0
        return (a[f"{side}_leg_elevation"] > 30.0) & straight & (own > RAISED_M)
    if kind == "knee_bent":
        slight = a[f"{side}_knee_flexion"] < 50.0
        return (own < STANDS_M) & (base > FREE_M) & slight
    if kind == "hip_lifted":
        return alone & (np.abs(a["pelvis_obliquity"]) < 20.0)
    if f"{side}_plantarflexion" not in a:
        return np.zeros(scene.time.size, dtype=bool)
    point = a[f"{side}_plantarflexion"]
    return (own > RAISED_M) & (point > np.percentile(point, 60.0))


@dataclass
class Busy:
    """What is taken: limb and interval; ``*`` is all of the body."""

    spans: list[tuple[str, float, float]] = field(default_factory=list)

    def free(self, limbs: set[str], start_s: float, end_s: float) -> bool:
        """Whether nothing collides on one limb and time."""
        return not any(
            (limb == "*" or "*" in limbs or limb in limbs)
            and start_s < b + APART_S
            and end_s > a - APART_S
            for limb, a, b in self.spans
        )

    def take(self, limbs: set[str], start_s: float, end_s: float) -> None:
        """These limbs are taken now."""
        self.spans += [(limb, start_s, end_s) for limb in limbs]


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last index of each run of True."""
    edges = np.flatnonzero(np.diff(np.r_[False, mask, False].astype(int)))
    return [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]


def draw_faults(
    source: Motion,
    rng: np.random.Generator,
    *,
    count: int,
    kinds: Sequence[str] = tuple(KINDS),
    busy: Busy | None = None,
) -> tuple[Motion, list[Fault]]:
    """Faults of shape, at the most ``count`` of different kinds, planted and checked.

    Parameters
    ----------
    source : Motion
    rng : numpy.random.Generator
    count : int
    kinds : sequence of str
    busy : Busy, optional
        What is taken already; the faults are added.

    Returns
    -------
    motion : Motion
        The movement with the faults in it.
    faults : list of Fault
        Fewer than asked where no more make sense.
    """
    scene, busy = scene_of(source), busy if busy is not None else Busy()
    found: list[Fault] = []
    order = [str(kind) for kind in rng.permutation(sorted(kinds))]
    for kind in order:
        if len(found) == count:
            break
        for fault in _tried(kind, scene, rng, busy):
            try:
                source = put(source, [fault])
            except NotPlantedError:
                continue
            found.append(fault)
            busy.take(named(KINDS[kind].limbs, fault.side), *fault.span)
            break
    return source, found


def _tried(kind: str, scene: Scene, rng: np.random.Generator, busy: Busy):
    """Places to try one after another, sides in any order."""
    sides = rng.permutation(SIDES) if KINDS[kind].sided else [None]
    for side in (str(s) if s is not None else None for s in sides):
        good = [
            (a, b)
            for a, b in runs(sensible(kind, side, scene))
            if (b - a) * GRID_S >= WHOLE_S[0]
        ]
        for pick in rng.permutation(len(good))[:TRIES]:
            fault = _in_run(kind, side, scene, good[pick], rng)
            inside = scene.time[0] < fault.span[0] < fault.span[1] < scene.time[-1]
            limbs = named(KINDS[kind].limbs, side)
            if inside and busy.free(limbs, *fault.span):
                yield fault


def _in_run(kind: str, side: str | None, scene: Scene, run, rng) -> Fault:
    what = KINDS[kind]
    first, last = (float(when) for when in scene.time[list(run)])
    whole = min(float(rng.uniform(*WHOLE_S)), last - first)
    start = first + float(rng.uniform()) * (last - first - whole)
    return Fault(
        kind=kind,
        side=side,
        size=what.sign * float(rng.uniform(*what.sizes)),
        unit=what.unit,
        measure=what.measure,
        start_s=start,
        end_s=start + whole,
        ramp_s=float(rng.uniform(*RAMP_S)),
    )
