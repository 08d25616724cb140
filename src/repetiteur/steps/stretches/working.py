"""The working leg goes out and comes back, rests, or is tilted over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from scipy.signal import find_peaks

from repetiteur.kernels.medians import mostly_seen
from repetiteur.kernels.signals import bridged, runs
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.legs import OTHER
from repetiteur.model.skeletons import Side
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches.stretch import (
    RESTS_DEG_S,
    RESTS_S,
    SHIFTS_S,
    STAYS_S,
    Array,
    Frames,
    Spans,
    Stretch,
    first_of,
    last_of,
    plateau,
)

#: The working foot goes out by at least this, leg lengths, and back by as much.
GOES_OUT = 0.12
#: It is on its way from and to these shares of that.
LEAVES, WIDE = 0.12, 0.6
#: A leg closes into a position, and leaves it, within this, s.
CLOSES_S = 0.25
#: Who tilts leans by this with the leg raised to the second at least, deg.
TILTS_DEG, RAISED_DEG = 35.0, 45.0


def episodes(scene: Scene, side: Side) -> list[Frames]:
    """Frames in which a leg works."""
    least = scene.frames(0.15)
    return [(a, b) for a, b in runs(scene.free(side)) if b - a >= least]


def legs(scene: Scene) -> Iterator[Stretch]:
    """The working foot goes out and comes back; and comes in between, and goes on."""
    for side in SIDES:
        away = np.nan_to_num(scene.away(side))
        for first, last in episodes(scene, side):
            peaks = _peaks(away, first, last)
            valleys = _valleys(away, first, last, peaks)
            for peak, (low, back) in zip(peaks, pairwise(valleys), strict=True):
                free = (
                    first if low == valleys[0] else low,
                    last if back == valleys[-1] else back,
                )
                yield _excursion(scene, side, away, (low, peak, back), free)
            for k, valley in enumerate(valleys[1:-1]):
                yield _circle(scene, side, (peaks[k], valley, peaks[k + 1]))


def _peaks(away: Array, first: int, last: int) -> list[int]:
    """Frames in which the foot is furthest out."""
    part = away[first : last + 1]
    rest = part.min() - 1.0
    found, _ = find_peaks(np.concatenate([[rest], part, [rest]]), prominence=GOES_OUT)
    return [first + int(k) - 1 for k in found if part[k - 1] - part.min() > GOES_OUT]


def _valleys(away: Array, first: int, last: int, peaks: list[int]) -> list[int]:
    """Frames in which it is nearest, before, between and after the peaks."""
    edges = [first, *peaks, last]
    return [a + int(away[a : b + 1].argmin()) for a, b in pairwise(edges)]


def _excursion(
    scene: Scene, side: Side, away: Array, at: tuple[int, int, int], free: Frames
) -> Stretch:
    low, peak, back = at
    begin, end = free
    lowest = max(away[low], away[back])
    rise_out, rise_in = away[peak] - away[low], away[peak] - away[back]
    leave = low + last_of(away[low : peak + 1] <= away[low] + LEAVES * rise_out)
    home = peak + first_of(away[peak : back + 1] <= away[back] + LEAVES * rise_in)
    wide = away >= lowest + WIDE * (away[peak] - lowest)
    first = leave + first_of(wide[leave : peak + 1])
    last = peak + last_of(wide[peak : home + 1])
    top = plateau(away, first, last, 0.05 * away[peak])
    drawn = _drawn(scene, side, begin, top[0])
    near = scene.frames(0.08)
    sup = scene.angle(f"{OTHER[side]}_knee_flexion")
    early = max(low, leave - scene.frames(0.6))
    sunk = early + int(np.nan_to_num(sup[early : peak + 1]).argmax())
    marks = {
        "closed": ((begin, min(begin + near, leave)),),
        "start": ((max(leave - near, begin), leave),),
        "out": ((leave, top[0]),),
        "drawing": ((begin, drawn),),
        "drawn": ((max(drawn - 1, begin), min(drawn + 1, peak)),),
        "unfolding": ((drawn, top[0]),),
        "sunk": ((max(sunk - 1, 0), min(sunk + 1, peak)),),
        "wide": ((first, last),),
        "peak": (top,),
        "in": ((top[1], home),),
        "end": ((home, min(home + near, end)),),
        **_round(scene, side, (leave, top[0]), (top[1], home)),
        "folded": (_folded(scene, side, begin, peak),),
        "home": ((max(leave - near, begin), leave), (home, min(home + near, end))),
    }
    begin, end = _with_closing(scene, begin, end)
    return Stretch("leg", begin, end, side, marks)


def _with_closing(scene: Scene, begin: int, end: int) -> Frames:
    """With the weight going over before it, and back after it, on both feet."""
    most = scene.frames(CLOSES_S)
    both = scene.down("left") & scene.down("right")
    before, after = ~both[max(begin - most, 0) : begin], ~both[end + 1 : end + 1 + most]
    start = max(begin - most, 0) + (last_of(before) + 1 if before.any() else 0)
    last = end + (first_of(after) if after.any() else after.size)
    return min(start, begin), max(last, end)


def _round(scene: Scene, side: Side, out: Frames, back: Frames) -> dict[str, Spans]:
    """Which of the ways out and in is the one ahead, and which the one behind."""
    azimuth = scene.angle(f"{side}_leg_azimuth")
    first, last = (
        mostly_seen(azimuth[slice(*out)], 0),
        mostly_seen(azimuth[slice(*back)], 0),
    )
    ahead, behind = (back, out) if first > last else (out, back)
    return {"ahead": (ahead,), "behind": (behind,)}


def _folded(scene: Scene, side: Side, begin: int, peak: int) -> Frames:
    """When the leg is bent most on its way out."""
    knee = np.nan_to_num(scene.angle(f"{side}_knee_flexion")[begin : peak + 1])
    most = begin + int(knee.argmax())
    return max(most - 1, begin), min(most + 1, peak)


def _drawn(scene: Scene, side: Side, leave: int, top: int) -> int:
    """When the toe is highest up the other leg on its way out, near that leg."""
    up = scene.up_the_leg(side)[leave : top + 1]
    near = scene.beside(side)[leave : top + 1] < 0.3
    return leave + int(np.where(near & np.isfinite(up), up, -1.0).argmax())


def _circle(scene: Scene, side: Side, at: tuple[int, int, int]) -> Stretch:
    """In and out again between two peaks."""
    out, bent, again = at
    near = scene.frames(0.05)
    marks = {
        "out": ((out, min(out + near, bent)),),
        "in": ((out, bent),),
        "bent": ((max(bent - near, out), min(bent + near, again)),),
        "extend": ((max(again - near, bent), again),),
    }
    return Stretch("circle", out, again, side, marks)


def poses(scene: Scene) -> Iterator[Stretch]:
    """The working leg rests."""
    for side in SIDES:
        still = bridged(scene.leg_speed(side) < RESTS_DEG_S, scene.frames(SHIFTS_S))
        for first, last in episodes(scene, side):
            for a, b in runs(still[first : last + 1]):
                if b - a >= scene.frames(RESTS_S):
                    yield _pose(scene, side, (first + a, first + b), (first, last))


def _pose(scene: Scene, side: Side, hold: Frames, episode: Frames) -> Stretch:
    most = scene.frames(1.0)
    enter = (max(episode[0], hold[0] - most), hold[0])
    leave = (hold[1], min(episode[1], hold[1] + most))
    marks = {"enter": (enter,), "hold": (hold,), "leave": (leave,)}
    return Stretch("pose", *hold, side, marks)


def tilts(scene: Scene) -> Iterator[Stretch]:
    """The trunk tilts over the supporting leg, and comes up again."""
    pitch = scene.angle("trunk_pitch")
    for side in SIDES:
        leg = scene.angle(f"{side}_leg_elevation")
        raised = scene.free(side) & (leg >= RAISED_DEG)
        for first, last in runs(raised):
            low = plateau(pitch, first, last, 5.0)
            if pitch[low[0]] >= TILTS_DEG and last - first >= scene.frames(STAYS_S):
                marks = {
                    "enter": ((first, low[0]),),
                    "bottom": (low,),
                    "leave": ((low[1], last),),
                }
                yield Stretch("tilt", first, last, side, marks)
