"""Where steps are looked for: stretches of a movement, each with its marks.

One function for each kind of stretch. A mark is what a phase of a step is read at: a
span of frames, or several. Which stretch is which step is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks

from repetiteur.kernels.signals import bridged, runs
from repetiteur.kinematics.events import Span as Event
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.flights import Flight
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.series import Series
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.steps.scene import Scene
from repetiteur.steps.vocabulary import Kind

Array = NDArray[np.float64]
Frames = tuple[int, int]

#: Who stands, or holds a pose, stays for at least this, s. Expert default.
STAYS_S = 0.3
#: A leg rests in a pose if it is slower than this, deg/s, for so long, s.
RESTS_DEG_S, RESTS_S = 40.0, 0.3
#: It rests on through a shift of this length, s.
SHIFTS_S = 0.2
#: The working foot goes out by at least this, leg lengths, and back by as much.
GOES_OUT = 0.12
#: It is on its way from and to these shares of that.
LEAVES, WIDE = 0.12, 0.6
#: The plié of a jump or turn lies within this before it; that of a landing within the
#: second after it, s.
BEFORE_S, AFTER_S = 0.9, 0.6
#: What is read of a position of the feet lies within this of a take-off or landing, s.
AT_FLOOR_S = 0.25
#: Two jumps are one step if the second is prepared within this, s.
SOON_S = 1.0
#: A leg closes into a position, and leaves it, within this, s.
CLOSES_S = 0.25
#: A heel rises to this (sine).
RISES = 0.35
#: Who tilts leans by this with the leg raised to the second at least, deg.
TILTS_DEG, RAISED_DEG = 35.0, 45.0
#: A body pivots slowly between these rates, deg/s, for so long, s.
PIVOTS, TURNS, PIVOT_S = 8.0, 120.0, 1.0
#: Steps of a walk take at least the first, three of them at most the second, s.
STEP_S, WALK_S = 0.1, 4.0
#: Where the feet were before a transfer is read from this on before it, s.
BEFORE_STEP_S = 0.35
#: Hands on their way are faster than this, arm lengths a second, and rest for no longer
#: than the second, s, over feet turned out by the third together, deg.
HANDS, HANDS_S, HANDS_TURNOUT = 0.25, 0.8, 50.0
#: The body is on its way to the first of them for at most this, s.
STEPS_OUT_S = 0.8
#: A transfer of weight travels faster than this, leg lengths a second.
TRAVELS = 0.2


@dataclass(frozen=True)
class Stretch:
    """A stretch of a movement in which a step may lie.

    Attributes
    ----------
    kind : str
    start, end : int
        First and last frame.
    working : {"left", "right"} or None
        The working leg; None where both do the same.
    marks : mapping of str to tuple of (int, int)
        First and last frame of each span of a mark.
    landing : {"left", "right"} or None
        The foot that a jump lands on, which supports from then on.
    event : object
        What :mod:`repetiteur.kinematics` found there.
    """

    kind: Kind
    start: int
    end: int
    working: Side | None
    marks: Mapping[str, tuple[Frames, ...]]
    landing: Side | None = None
    event: Flight | Turn | Series | Event | None = field(default=None, repr=False)

    def spans(self, mark: str) -> tuple[Frames, ...]:
        """The frames of a mark; those of the whole stretch for ``all``."""
        if mark == "all":
            return ((self.start, self.end),)
        return self.marks.get(mark, ())

    def roles(self, mark: str) -> tuple[Side | None, Side | None]:
        """The supporting and the working leg while a mark lasts."""
        if mark in ("landing", "recovery") and self.landing is not None:
            return self.landing, OTHER[self.landing]
        working = self.working
        return (None if working is None else OTHER[working]), working


def stretches(scene: Scene) -> Iterator[Stretch]:
    """All stretches of a movement, kind after kind."""
    for find in _KINDS:
        yield from find(scene)


def _stances(scene: Scene) -> Iterator[Stretch]:
    """Both feet flat and in their place."""
    for span in scene.movement.stances:
        if span.lasting_s >= STAYS_S:
            frames = (span.start, span.end)
            yield Stretch("stance", *frames, None, {"hold": (frames,)}, event=span)


def _bends(scene: Scene) -> Iterator[Stretch]:
    """Bends of both knees."""
    for plie in scene.movement.plies:
        if plie.on == "both":
            marks = _between(scene, plie.start, plie.bottom, plie.end)
            yield Stretch("bend", plie.start, plie.end, None, marks, event=plie)


def _between(scene: Scene, start: int, bottom: int, end: int) -> dict[str, _Spans]:
    near = scene.frames(0.05)
    return {
        "start": ((start, min(start + near, bottom)),),
        "descend": ((start, bottom),),
        "bottom": ((max(bottom - near, start), min(bottom + near, end)),),
        "ascend": ((bottom, end),),
        "end": ((max(end - near, bottom), end),),
    }


def _rises(scene: Scene) -> Iterator[Stretch]:
    """Heels that rise while both feet stand, or the one that carries."""
    left, right = (scene.movement.contacts.foot(side).rise for side in SIDES)
    legs = scene.movement.legs
    cases: tuple[tuple[Array, Side | None], ...] = (
        (np.where((legs.feet == 2), np.fmin(left, right), 0.0), None),
        (np.where(legs.supports("left"), left, 0.0), "right"),
        (np.where(legs.supports("right"), right, 0.0), "left"),
    )
    for height, working in cases:
        for first, last in runs(height >= RISES):
            if last - first >= scene.frames(0.2):
                yield _rise(scene, height, (first, last), working)


def _rise(scene: Scene, height: Array, up: Frames, working: Side | None) -> Stretch:
    """A rise: from where the heel leaves the floor until it is back."""
    first, last = up
    low = height < 0.5 * RISES
    before, after = np.flatnonzero(low[:first]), np.flatnonzero(low[last:])
    most = scene.frames(0.5)
    start = max(int(before[-1]), first - most) if before.size else first
    end = min(last + int(after[0]), last + most) if after.size else last
    top = _plateau(height, first, last, 0.08)
    marks = {
        "flat": ((start, start),),
        "push": ((start, top[0]),),
        "top": (top,),
        "lower": ((top[1], end),),
    }
    return Stretch("rise", start, end, working, marks)


def _plateau(curve: Array, first: int, last: int, within: float) -> Frames:
    """The frames about the highest in which a curve is within so much of it."""
    part = np.nan_to_num(curve[first : last + 1], nan=-np.inf)
    top = int(part.argmax())
    high = part >= part[top] - within
    for a, b in runs(high):
        if a <= top <= b:
            return first + a, first + b
    return first + top, first + top


def _episodes(scene: Scene, side: Side) -> list[Frames]:
    """Frames in which a leg works."""
    least = scene.frames(0.15)
    return [(a, b) for a, b in runs(scene.free(side)) if b - a >= least]


def _legs(scene: Scene) -> Iterator[Stretch]:
    """The working foot goes out and comes back; and comes in between, and goes on."""
    for side in SIDES:
        away = np.nan_to_num(scene.away(side))
        for first, last in _episodes(scene, side):
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
    leave = low + _last(away[low : peak + 1] <= away[low] + LEAVES * rise_out)
    home = peak + _first(away[peak : back + 1] <= away[back] + LEAVES * rise_in)
    wide = away >= lowest + WIDE * (away[peak] - lowest)
    first = leave + _first(wide[leave : peak + 1])
    last = peak + _last(wide[peak : home + 1])
    top = _plateau(away, first, last, 0.05 * away[peak])
    drawn = _drawn(scene, side, begin, top[0])
    near = scene.frames(0.08)
    sup = scene.angle(f"{OTHER[side]}_knee_flexion")
    early = max(low, leave - scene.frames(0.6))
    sunk = early + int(np.nan_to_num(sup[early : peak + 1]).argmax())
    marks = {
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
    start = max(begin - most, 0) + (_last(before) + 1 if before.any() else 0)
    last = end + (_first(after) if after.any() else after.size)
    return min(start, begin), max(last, end)


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


def _poses(scene: Scene) -> Iterator[Stretch]:
    """The working leg rests."""
    for side in SIDES:
        still = bridged(scene.leg_speed(side) < RESTS_DEG_S, scene.frames(SHIFTS_S))
        for first, last in _episodes(scene, side):
            for a, b in runs(still[first : last + 1]):
                if b - a >= scene.frames(RESTS_S):
                    yield _pose(scene, side, (first + a, first + b), (first, last))


def _pose(scene: Scene, side: Side, hold: Frames, episode: Frames) -> Stretch:
    most = scene.frames(1.0)
    enter = (max(episode[0], hold[0] - most), hold[0])
    leave = (hold[1], min(episode[1], hold[1] + most))
    marks = {"enter": (enter,), "hold": (hold,), "leave": (leave,)}
    return Stretch("pose", *hold, side, marks)


def _tilts(scene: Scene) -> Iterator[Stretch]:
    """The trunk tilts over the supporting leg, and comes up again."""
    pitch = scene.angle("trunk_pitch")
    for side in SIDES:
        leg = scene.angle(f"{side}_leg_elevation")
        raised = scene.free(side) & (leg >= RAISED_DEG)
        for first, last in runs(raised):
            low = _plateau(pitch, first, last, 5.0)
            if pitch[low[0]] >= TILTS_DEG and last - first >= scene.frames(STAYS_S):
                marks = {
                    "enter": ((first, low[0]),),
                    "bottom": (low,),
                    "leave": ((low[1], last),),
                }
                yield Stretch("tilt", first, last, side, marks)


def _pivots(scene: Scene) -> Iterator[Stretch]:
    """The body turns slowly on one foot."""
    slow = np.abs(scene.rate)
    for side in SIDES:
        free = scene.free(side)
        still = bridged(scene.leg_speed(side) < RESTS_DEG_S, scene.frames(SHIFTS_S))
        alone = free & (slow > PIVOTS) & (slow < TURNS)
        for sign in (1.0, -1.0):
            for first, last in runs(alone & (sign * scene.rate > 0.0)):
                if last - first >= scene.frames(PIVOT_S):
                    begin, end = _run_at(free & still, first, last)
                    marks = {
                        "start": ((begin, first),),
                        "pivot": ((first, last),),
                        "end": ((last, end),),
                    }
                    yield Stretch("pivot", begin, end, side, marks)


def _run_at(mask: NDArray[np.bool_], first: int, last: int) -> Frames:
    """A span, with what of a mask goes on before and after it."""
    before, after = ~mask[:first], ~mask[last + 1 :]
    begin = _last(before) + 1 if before.any() else 0
    end = last + (_first(after) if after.any() else after.size)
    return min(begin, first), max(end, last)


def _turns(scene: Scene) -> Iterator[Stretch]:
    """Turns on one foot."""
    for turn in scene.movement.turns:
        if turn.supporting is None:
            continue
        plie = _deepest(scene, turn.start_s - BEFORE_S, turn.start_s + 0.1)
        begin, _ = _bend_at(scene, plie)
        tenth = (turn.end - turn.start) // 10
        core = (turn.start + tenth, turn.end - tenth)
        after = min(turn.end + scene.frames(AFTER_S), scene.time.size - 1)
        down = _deepest(scene, turn.end_s, turn.end_s + AFTER_S)
        end = max(turn.end, _bend_at(scene, down)[1])
        marks = {
            "preparation": ((min(begin, plie), plie),),
            "plie": ((max(plie - 1, 0), plie + 1),),
            "push": ((plie, turn.start),) if plie < turn.start else (),
            "turn": (core,),
            "turning": (core,),
            "drawn": (_highest(scene, turn),),
            "close": ((turn.end, min(after, end)),),
            **_stepped(scene, turn),
        }
        yield Stretch("turn", begin, end, turn.working, marks, event=turn)


def _highest(scene: Scene, turn: Turn) -> Frames:
    """When the working thigh is highest: real pirouettes open before they end."""
    thigh = scene.angle(f"{turn.working}_thigh_elevation")
    return _plateau(thigh, turn.start, turn.end, 15.0)


def _stepped(scene: Scene, turn: Turn) -> dict[str, _Spans]:
    """The step onto the foot of a turn, where the weight comes from the other one."""
    if turn.supporting is None or turn.working is None:
        return {}
    alone = scene.movement.legs.supports(turn.supporting)
    pushing = scene.movement.legs.supports(turn.working)
    before = ~alone[: turn.start + 1]
    on = int(np.flatnonzero(before)[-1]) + 1 if before.any() else 0
    if not pushing[max(on - scene.frames(0.25), 0) : on].any():
        return {}
    begin, end = max(on - scene.frames(0.4), 0), on + scene.frames(0.15)
    return {"step": ((on, min(end, turn.end)),), "over": ((begin, end),)}


def _deepest(scene: Scene, from_s: float, to_s: float) -> int:
    """The frame in which the knee that carries is bent most."""
    first, last = scene.frame(from_s), scene.frame(to_s)
    left, right = (scene.angle(f"{side}_knee_flexion") for side in SIDES)
    support = scene.movement.legs.support
    bend = np.where(
        support > 0, left, np.where(support < 0, right, np.fmin(left, right))
    )
    return first + int(np.nan_to_num(bend[first : last + 1]).argmax())


def _bend_at(scene: Scene, frame: int) -> Frames:
    """First and last frame of the plié that a frame lies in; of none itself."""
    for plie in scene.movement.plies:
        if plie.start <= frame <= plie.end:
            return plie.start, plie.end
    return frame, frame


def _series(scene: Scene) -> Iterator[Stretch]:
    """Turns that follow each other."""
    for series in scene.movement.series:
        bends = [scene.frame(s) for s in series.bends_s]
        if series.supporting is not None and len(bends) > 1:
            middles = [(a + b) // 2 for a, b in pairwise(bends)]
        else:
            middles = [(series.start + series.end) // 2]
        near = scene.frames(0.05)
        marks = {
            "bends": tuple((k - near, k + near) for k in bends),
            "between": tuple((k - near, k + near) for k in middles),
            "turning": ((series.start, series.end),),
        }
        first, last = _raised(scene, series.start, series.end)
        yield Stretch("series", first, last, series.working, marks, event=series)


def _raised(scene: Scene, first: int, last: int) -> Frames:
    """A series with the rise before it and the plié after it."""
    feet = scene.movement.contacts
    up = np.fmin(feet.left.rise, feet.right.rise) >= RISES
    before, after = ~up[:first], ~up[last:]
    start = int(np.flatnonzero(before)[-1]) + 1 if before.any() else 0
    end = last + int(np.flatnonzero(after)[0]) if after.any() else last
    down = _deepest(scene, scene.time[last], scene.time[last] + AFTER_S)
    return min(start, first), max(end, last, _bend_at(scene, down)[1])


def _flights(scene: Scene) -> Iterator[Stretch]:
    """Jumps."""
    for flight in scene.movement.flights:
        plie = _deepest(scene, flight.take_off_s - BEFORE_S, flight.take_off_s)
        sink = _deepest(scene, flight.landing_s, flight.landing_s + AFTER_S)
        last, floor = flight.end, scene.frames(AT_FLOOR_S)
        off = max(flight.start - 1, 0)
        near = scene.frames(0.05)
        working = None if flight.from_feet == "both" else OTHER[flight.from_feet]
        landing = None if flight.to_feet == "both" else flight.to_feet
        if working is None and landing is not None:
            working = OTHER[landing]
        settled = min(max(last + 1 + floor, sink + near), scene.time.size - 1)
        marks = {
            "plie": ((max(plie - 1, 0), plie + 1),),
            "before": ((max(off - floor, 0), off),),
            "takeoff": ((max(off - near, 0), off),),
            "brush": ((max(off - scene.frames(0.1), 0), min(off + near, last)),),
            "flight": ((flight.start, last),),
            "landing": ((min(last + 1 + near, settled), settled),),
            "recovery": ((max(sink - 1, 0), min(sink + 1, scene.time.size - 1)),),
        }
        begin, end = _bend_at(scene, plie)[0], _bend_at(scene, sink)[1]
        end = max(end, last + 1)
        yield Stretch("flight", begin, end, working, marks, landing, flight)


def _pairs(scene: Scene) -> Iterator[Stretch]:
    """Two jumps from both feet onto both, with one plié between them."""
    for one, two in pairwise(_flights(scene)):
        first, second = one.event, two.event
        assert isinstance(first, Flight)
        assert isinstance(second, Flight)
        feet = {first.from_feet, first.to_feet, second.from_feet, second.to_feet}
        if feet == {"both"} and two.start <= one.end + scene.frames(SOON_S):
            marks = {
                **one.marks,
                "again": two.spans("flight"),
                "closing": two.spans("landing"),
            }
            yield Stretch("flights", one.start, two.end, None, marks, None, first)


def _walks(scene: Scene) -> Iterator[Stretch]:
    """Three steps from one foot to the other and back."""
    support = scene.movement.legs.support
    found = [
        (first, last, side)
        for side, sign in zip(SIDES, (1, -1), strict=True)
        for first, last in runs(support == sign)
        if last - first >= scene.frames(STEP_S)
    ]
    found.sort()
    for one, two, three in zip(found, found[1:], found[2:], strict=False):
        changing = one[2] != two[2] == OTHER[three[2]]
        if changing and scene.time[three[1]] - scene.time[one[0]] <= WALK_S:
            yield _walk(scene, one, two, three)


def _walk(
    scene: Scene,
    one: tuple[int, int, Side],
    two: tuple[int, int, Side],
    three: tuple[int, int, Side],
) -> Stretch:
    last = min(three[1], three[0] + scene.frames(0.9))
    going = scene.mass_speed > TRAVELS
    begin = _run_at(going, one[0], one[0])[0] if going[one[0]] else one[0]
    begin = max(begin, one[0] - scene.frames(STEPS_OUT_S))
    marks = {
        "step_1": (one[:2],),
        "step_2": (two[:2],),
        "step_3": ((three[0], last),),
    }
    return Stretch("walk", begin, last, OTHER[one[2]], marks)


def _travels(scene: Scene) -> Iterator[Stretch]:
    """The weight travels from one place to another."""
    for first, last in runs(scene.mass_speed > TRAVELS):
        if last - first >= scene.frames(0.2):
            middle = slice(first, last + 1)
            fastest = first + int(scene.mass_speed[middle].argmax())
            near, after = scene.frames(0.08), scene.frames(AFTER_S)
            floor = scene.frames(BEFORE_STEP_S)
            end = min(last + after, scene.time.size - 1)
            marks = {
                "start": ((max(first - floor, 0), max(first - near, 0)),),
                "transfer": ((max(fastest - near, 0), min(fastest + near, last)),),
                "end": ((last, end),),
            }
            yield Stretch("travel", first, last, None, marks)


def _arms(scene: Scene) -> Iterator[Stretch]:
    """The hands are on their way, from one position to others."""
    feet = scene.turnout("left") + scene.turnout("right") > HANDS_TURNOUT
    both = scene.down("left") & scene.down("right")
    moving = bridged(scene.hand_speed > HANDS, scene.frames(HANDS_S)) & feet & both
    for first, last in runs(moving):
        if last - first < scene.frames(1.0):
            continue
        where = scene.arms[first : last + 1]
        begins = scene.arms[max(first - scene.frames(0.1), 0)]
        places = [
            (first + a, first + b)
            for place in np.unique(where[where >= 0])
            for a, b in runs(where == place)[:1]
            if place != begins and b - a >= scene.frames(0.05)
        ]
        near = scene.frames(0.1)
        marks = {
            "start": ((first, first + near),),
            "way": ((first, last),),
            "end": ((last - near, last),),
            "places": tuple(places),
        }
        yield Stretch("arms", first, last, None, marks)


_Spans = tuple[Frames, ...]
_KINDS: tuple[Callable[[Scene], Iterator[Stretch]], ...] = (
    _flights,
    _pairs,
    _series,
    _turns,
    _pivots,
    _tilts,
    _legs,
    _poses,
    _walks,
    _travels,
    _rises,
    _bends,
    _stances,
    _arms,
)


def _first(mask: NDArray[np.bool_]) -> int:
    """Index of the first True; the last index where there is none."""
    found = np.flatnonzero(mask)
    return int(found[0]) if found.size else mask.size - 1


def _last(mask: NDArray[np.bool_]) -> int:
    """Index of the last True; 0 where there is none."""
    found = np.flatnonzero(mask)
    return int(found[-1]) if found.size else 0
