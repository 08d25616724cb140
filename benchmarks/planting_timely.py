"""Faults of time and of whole events: late or early, a balance cut short, a jump lower,
a turn short by a half.

A fault here may change the body's path (:func:`put_event`) and the take's time: then it
is also among the take's ``lates``, which say what they do to time at each moment of the
reference by ``at``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from planting_angles import angles, heading
from planting_faults import EXACT, FLOOR_M
from planting_figure import Array, Figure, Motion, figure_of
from planting_floor import weight_on
from planting_shapes import Fault, NotPlantedError
from planting_slips import GRID_S, Busy, runs, scene_of
from planting_time import Late, rise

GRAVITY = 9.81
#: Steepest change of time in a balance, share of the tempo: the body is still.
STEEPEST = 0.85
#: A balance is cut by so much, s, out of one of at least so long; still below, deg/s.
CUT_S, HELD_S, STILL_DEG_S = (0.4, 0.7), 1.3, 15.0
#: A jump is left with this share of its height; flights last so long, s.
LEFT, FLIGHT_S = (0.45, 0.7), (0.25, 0.9)
IN_AIR_M = 0.02
#: A turn goes on this fast, deg/s, for this far, deg; it is made up for within so long.
TURNING_DEG_S, TURNED_DEG, MADE_UP_S = 120.0, 330.0, 1.5


@dataclass(frozen=True)
class LowerJump:
    """What a lower jump does to time: off the floor later, on it again sooner.

    ``seconds`` of the reference at both ends, ``ramp_s`` to come and to go.
    """

    seconds: float
    start_s: float
    end_s: float
    ramp_s: float = 0.4

    def at(self, reference_s: Array) -> Array:
        """Lateness at moments of the reference, (moments,) seconds."""
        share = (reference_s - self.start_s) / (self.end_s - self.start_s)
        inside = 1.0 - 2.0 * np.clip(share, 0.0, 1.0)
        before = rise((reference_s - self.start_s + self.ramp_s) / self.ramp_s)
        after = rise((self.end_s + self.ramp_s - reference_s) / self.ramp_s)
        return np.asarray(self.seconds * inside * before * after)


@dataclass(frozen=True)
class Event:
    """A fault of an event, and what it does to time (None = nothing)."""

    fault: Fault
    late: Late | LowerJump | None = None


def late_phrase(late: Late) -> Fault:
    """A late or early phrase as a fault."""
    kind = "late" if late.seconds > 0.0 else "early"
    return Fault(kind, None, late.seconds, "s", "timing_path",
                 late.start_s, late.end_s, late.ramp_s)  # fmt: skip


def draw_balance(
    source: Motion, rng: np.random.Generator, *, tempo: float, busy: Busy
) -> Event | None:
    """A balance cut short: all that comes after it is early for a while."""
    scene = scene_of(source)
    moves = np.zeros(scene.time.size)
    for name, curve in scene.angles.items():
        if not name.endswith("_m"):
            moves = np.maximum(moves, np.abs(np.gradient(curve, GRID_S)))
    free = {"left": scene.feet["right"], "right": scene.feet["left"]}
    found = []
    for side, height in free.items():
        held = (moves < STILL_DEG_S) & (height > 0.08)
        found += [(side, a, b) for a, b in runs(held) if (b - a) * GRID_S >= HELD_S]
    for pick in rng.permutation(len(found)):
        side, a, b = found[pick]
        start, end = scene.time[a], scene.time[b]
        most = (end - start - 0.1) * STEEPEST * tempo / 1.875
        cut = min(float(rng.uniform(*CUT_S)), most)
        ramp = 1.875 * cut / (STEEPEST * tempo)
        span = (end - ramp, end + 1.0 + ramp)
        if cut < CUT_S[0] or span[1] > source.time[-1] or not busy.free({"*"}, *span):
            continue
        busy.take({"*"}, *span)
        late = Late(-cut, float(end), float(end) + 1.0, ramp)
        fault = Fault("balance_cut", side, -cut, "s", "balance_time",
                      float(start), float(end), 0.0)  # fmt: skip
        return Event(fault, late)
    return None


def draw_jump(
    source: Motion, rng: np.random.Generator, *, tempo: float, busy: Busy
) -> Event | None:
    """A jump of less height, and so of less time in the air."""
    figure = figure_of(source)
    low = np.min([figure.places[f"{s}_{p}"][:, 1] for s in ("left", "right")
                  for p in ("toe", "ankle", "heel")
                  if f"{s}_{p}" in figure.nodes], axis=0)  # fmt: skip
    air = low > np.percentile(low, 5.0) + IN_AIR_M
    found = [(a, b) for a, b in runs(air)
             if FLIGHT_S[0] < source.time[b] - source.time[a] < FLIGHT_S[1]
             and _falls(figure, a, b)]  # fmt: skip
    for pick in rng.permutation(len(found)):
        a, b = found[pick]
        start, end = float(source.time[a]), float(source.time[b])
        share = float(rng.uniform(*LEFT))
        lost = (1.0 - share) * GRAVITY * (end - start) ** 2 / 8.0
        shift = 0.5 * (end - start) * (1.0 - np.sqrt(share)) * tempo
        span = (start - 0.4, end + 0.4)
        if span[0] < 0.0 or span[1] > source.time[-1] or not busy.free({"*"}, *span):
            continue
        busy.take({"*"}, *span)
        fault = Fault("jump_lower", None, -lost, "m", "jump_height_flight",
                      start, end, 0.0)  # fmt: skip
        return Event(fault, LowerJump(float(shift), start, end))
    return None


def _falls(figure: Figure, a: int, b: int) -> bool:
    """Whether the hips fly as thrown things do, within a third of gravity."""
    time, height = figure.time[a : b + 1], figure.vectors[a : b + 1, 0, 1]
    if time.size < 5:
        return False
    return bool(abs(-2.0 * np.polyfit(time - time[0], height, 2)[0] - GRAVITY) < 3.3)


def draw_turn(source: Motion, rng: np.random.Generator, *, busy: Busy) -> Event | None:
    """A turn that ends half a turn too soon; the half is made up for afterwards."""
    facing = heading(source.points)
    fast = np.abs(np.gradient(facing, source.time)) > TURNING_DEG_S
    found = [(a, b) for a, b in runs(fast) if abs(facing[b] - facing[a]) > TURNED_DEG]
    for pick in rng.permutation(len(found)):
        a, b = found[pick]
        start, end = float(source.time[a]), float(source.time[b])
        span = (start, end + 0.8 + MADE_UP_S)
        if span[1] > source.time[-1] or not busy.free({"*"}, *span):
            continue
        busy.take({"*"}, *span)
        way = float(np.sign(facing[b] - facing[a]))
        fault = Fault("turn_short", "left" if way > 0 else "right", -180.0, "deg",
                      "turn_count", start, end, MADE_UP_S)  # fmt: skip
        return Event(fault)
    return None


def put_event(source: Motion, event: Event) -> Motion:
    """A movement with what the fault does to the body's path, checked."""
    fault, figure = event.fault, figure_of(source)
    if fault.kind == "jump_lower":
        after = _lowered(figure, fault)
    elif fault.kind == "turn_short":
        after = _turned_less(figure, fault)
    else:
        return source
    _check(figure, after, fault)
    return Motion(source.name, source.time, after.points)


def _lowered(figure: Figure, fault: Fault) -> Figure:
    """The flight with less height over the line from take-off to landing."""
    time, height = figure.time, figure.vectors[:, 0, 1]
    start, end = fault.start_s, fault.end_s
    line = np.interp(time, [start, end], np.interp([start, end], time, height))
    share = -fault.size / (GRAVITY * (end - start) ** 2 / 8.0)
    lost = np.where((time > start) & (time < end), share * (height - line), 0.0)
    return figure.moved(-lost[:, None] * [0.0, 1.0, 0.0])


def _turned_less(figure: Figure, fault: Fault) -> Figure:
    """Turned back in step with the turn, about the foot that stands in it."""
    time, facing = figure.time, heading(figure.points)
    a, b = np.searchsorted(time, [fault.start_s, fault.end_s])
    done = np.clip((facing - facing[a]) / (facing[b] - facing[a]), 0.0, 1.0)
    done = np.where(time <= fault.start_s, 0.0, np.where(time >= fault.end_s, 1, done))
    done *= rise((fault.end_s + 0.8 + fault.ramp_s - time) / fault.ramp_s)
    weight = weight_on(figure)
    foot = sum(weight[s][:, None] * figure.places[f"{s}_toe"] for s in weight)
    pivot = foot[a : b + 1].mean(axis=0) * [1.0, 0.0, 1.0]
    back = fault.size * np.sign(facing[b] - facing[a]) * done
    return figure.moved(-pivot).turned(back).moved(pivot)


def _check(before: Figure, after: Figure, fault: Fault) -> None:
    """What is said to change does, all angles of the body apart from its heading stay.

    Raises
    ------
    NotPlantedError
        Otherwise.
    """
    old, new = angles(before.points), angles(after.points)
    for name in set(old) - {"heading", "hips_m"}:
        moved = np.abs(new[name] - old[name]).max()
        if not moved <= EXACT["m" if name.endswith("_m") else "deg"]:
            raise NotPlantedError(f"{fault.kind}: {name} changed too, by {moved:.3g}")
    a, b = np.searchsorted(before.time, [fault.start_s, fault.end_s])
    if fault.kind == "turn_short":
        turned = [abs(h["heading"][b] - h["heading"][a]) for h in (old, new)]
        if abs(turned[1] - turned[0] - fault.size) > 1.0:
            raise NotPlantedError(f"turn_short: turned by {turned[1] - turned[0]:.0f}")
        return
    for side in ("left", "right"):
        toes = [f.places[f"{side}_toe"][:, 1] for f in (before, after)]
        if (np.percentile(toes[0], 5.0) - toes[1][a:b]).max() > 2.0 * FLOOR_M:
            raise NotPlantedError(f"jump_lower: the {side} foot is in the floor")
