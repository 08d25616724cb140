"""The plan: which stretches both dance, with the take played at the common tempo."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.anchor import NOWHERE, Anchor
from repetiteur.align.bridges import ASIDE
from repetiteur.align.features import Movement, move
from repetiteur.align.path import breaks, inner_breaks
from repetiteur.align.rough import (
    FASTEST,
    ROUGH_HZ,
    SLOWEST,
    Rough,
    common_tempo,
    shifted,
)
from repetiteur.align.structure import costs, stretches
from repetiteur.kernels.jumping import Costs, Way, other_ways, way_through
from repetiteur.kernels.warping import warp
from repetiteur.model.body import Body

Array = NDArray[np.float64]
Frames = NDArray[np.int64]

#: A tempo stays when the take, played at it, is as fast as the reference to this share;
#: and it is sought so many times at the most.
STAYS, SOUGHT = 0.01, 8
#: Where less than this share of both is danced together, no other tempo is sought: two
#: different dances would be made to match. A sudden take has 0.8 and more at any.
MOSTLY = 0.5
#: So many stops fewer at the tempo of the whole, and they are how the take is danced.
#: Real stops are stops at any tempo: of 120 planted takes none had fewer there by two.
MANNER = 3
#: Another place is more than this away, s, in which the body moves.
ELSEWHERE_S = 0.5
#: Wholly sure is a moment at which the best other way costs as much more as being alone
#: for this long, s.
SURELY_S = 0.8
#: Weight of the facing among the features, once its offset is known; a picture has it
#: in its directions. By the depth nothing is left out, so more say would keep a take
#: that turned by half a turn too little waiting until it faces as the reference does.
FACING = {"space": 0.25, "depth": 0.1}


@dataclass(frozen=True)
class Plan:
    """Which stretches both dance, and how sure that is.

    Attributes
    ----------
    rough : Rough
        With the tempo that stayed.
    pieces : list of (points, 2) int
        Frames of reference and take on grids of ``ROUGH_HZ`` at the common tempo.
    take_s : (time,) float
        Those times of the take at which both dance, seconds.
    sure : (time,) float
        How much more the best other way costs, as a share of ``SURELY_S`` of being
        alone; 1 at the most.
    """

    rough: Rough
    pieces: list[Frames]
    take_s: Array
    sure: Array


def plan_of(
    reference: Body, take: Body, rough: Rough, anchor: Anchor = NOWHERE
) -> Plan:
    """Which stretches of the reference the take dances, at the tempo that stays.

    Parameters
    ----------
    reference, take : Body
        The reference on the take's side.
    rough : Rough
    anchor : Anchor
        Where the times of the two have a say.

    Returns
    -------
    Plan

    Notes
    -----
    A stop is what lasts too long at the tempo at which the take is played. So a take
    whose every movement is danced at once, and then held, seems to stop again and again
    at the tempo of its movements, where at that of the whole it hardly ever does; one
    that does stop, does at both. From there the tempo is read anew off the way of the
    take as it is played, until it stays.
    """
    ref = move(reference, ROUGH_HZ, rough.frame)
    found = _at(ref, take, rough, anchor)
    if found.together >= MOSTLY:
        found = _settled(ref, take, _or_whole(ref, take, found, anchor), anchor)
    rough, time = found.rough, found.played.body.time
    if found.way is None:
        return Plan(rough, found.pieces, time, np.ones(time.size))
    prices = _prices(rough)
    margin = other_ways(found.x, found.y, prices, found.way, _same_place(ref))
    danced = np.unique(found.way.frames[found.way.frames[:, 0] >= 0, 1])
    sure = margin[danced] / (SURELY_S * ROUGH_HZ * prices.alone)
    return Plan(rough, found.pieces, time[danced], np.clip(sure, 0.0, 1.0))


@dataclass(frozen=True)
class _Played:
    """A take played at one tempo, and its way through the reference."""

    rough: Rough
    played: Movement
    x: Array
    y: Array
    way: Way | None
    pieces: list[Frames]

    @property
    def stops(self) -> int:
        """How often one of the two goes on alone, and then both again."""
        inside = [inner_breaks(breaks(piece, ROUGH_HZ)) for piece in self.pieces]
        return len(self.pieces) - 1 + sum(map(len, inside))

    @property
    def together(self) -> float:
        """Share of all frames of both at which both go on."""
        both = [(np.diff(piece, axis=0) > 0).all(axis=1) for piece in self.pieces]
        return 2.0 * sum(map(np.sum, both)) / (len(self.x) + len(self.y))


def _or_whole(ref: Movement, take: Body, found: _Played, anchor: Anchor) -> _Played:
    """At the tempo of the movements; at that of the whole where stops go by it."""
    whole = replace(found.rough, tempo=found.rough.whole)
    if found.stops < MANNER or not FASTEST <= whole.tempo <= SLOWEST:
        return found
    other = _at(ref, take, whole, anchor)
    return other if found.stops - other.stops >= MANNER else found


def _settled(ref: Movement, take: Body, found: _Played, anchor: Anchor) -> _Played:
    """At the tempo that stays, as long as the two go on together for no less."""
    for _ in range(SOUGHT):
        if not found.pieces:
            break
        off = common_tempo(ref, found.played, found.pieces)
        tempo = off * found.rough.tempo
        if abs(off - 1.0) < STAYS or not FASTEST <= tempo <= SLOWEST:
            break
        again = _at(ref, take, replace(found.rough, tempo=tempo), anchor)
        if again.together < found.together:
            break
        found = again
    return found


def _at(ref: Movement, take: Body, rough: Rough, anchor: Anchor) -> _Played:
    """The take played at a tempo."""
    played = shifted(move(take, ROUGH_HZ / rough.tempo, rough.frame), rough.offset)
    x, y = laid_out(ref, played, rough, anchor)
    prices = _prices(rough)
    if rough.frame == "depth":  # too vague to tell a repeat or a jump by it
        path = warp(x, y, aside=ASIDE, leave_out=prices.alone).path
        return _Played(rough, played, x, y, None, [path])
    way = way_through(x, y, prices)
    return _Played(rough, played, x, y, way, stretches(way.frames, ROUGH_HZ))


def _prices(rough: Rough) -> Costs:
    return costs(rough.chance, ROUGH_HZ, ASIDE, rough.frame)


def _same_place(ref: Movement) -> Frames:
    """First and last frame that are the same place as each: a hold is all one place."""
    going = np.cumsum(ref.moving) / ref.rate
    first = np.searchsorted(going, going - ELSEWHERE_S, side="left")
    last = np.searchsorted(going, going + ELSEWHERE_S, side="right") - 1
    return np.stack([first, last], axis=1)


def laid_out(
    ref: Movement, played: Movement, rough: Rough, anchor: Anchor
) -> tuple[Array, Array]:
    """What both are lined up by: directions, the facing, and the times that both have.

    Parameters
    ----------
    ref, played : Movement
    rough : Rough
    anchor : Anchor

    Returns
    -------
    (frames, columns) float
        Of each.
    """
    x, y = _with_facing(ref, 0.0, rough), _with_facing(played, rough.facing, rough)
    return anchor(x, ref.body.time), anchor(y, played.body.time)


def _with_facing(movement: Movement, offset: float, rough: Rough) -> Array:
    if rough.frame not in FACING:
        return movement.features
    turned = np.radians(movement.heading - offset)
    circle = FACING[rough.frame] * np.stack([np.cos(turned), np.sin(turned)], axis=1)
    return np.concatenate([movement.features, circle], axis=1)
