"""Series of turns: on one foot with a bend in each, or on one foot after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kernels.medians import largest
from repetiteur.kernels.revolutions import favourite, reaches
from repetiteur.kinematics.events import Span
from repetiteur.kinematics.feet import median_seen
from repetiteur.kinematics.gestures import Plie
from repetiteur.kinematics.headings import Headings
from repetiteur.kinematics.legs import OTHER, SIGN, Legs
from repetiteur.kinematics.spotting import sign_of
from repetiteur.kinematics.turns import Turn
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: Turns of a series to the same side are no further apart than this, s. Expert default:
#: in the plié of a fouetté the body faces the audience for about 0.3.
APART_S = 0.6
#: A series turns by at least this, deg: two turns without their slow beginning and end
#: (the steps of the vocabulary that are series ask for two). Expert default.
LEAST_DEG = 630.0
#: And bends the supporting knee at least this often.
BENDS = 2
#: And opens the working leg to at least this, deg, in the middle of its bends. Expert
#: default: below 70 is a fault of fouettés; a foot in retiré makes 20.
OPEN_DEG = 45.0
#: On one foot is who turns by this share on it (between, the other may brush the floor,
#: and small hops are in it); expert default.
ON_IT = 0.8
#: On one foot after the other is who changes foot this often in half a turn. Expert
#: default: who runs round changes more often, who steps into piqués less.
CHANGES = (0.65, 1.5)
#: Between two bends is one turn if it is less than this, deg; else a double or more.
SINGLE_DEG = 540.0
#: The spot is passed in the middle between where the body is this much before it and
#: after it, deg: in the plié it may stand there.
PASSING_DEG = 45.0


@dataclass(frozen=True)
class Series(Span):
    """Turns that follow each other.

    Attributes
    ----------
    direction : {"left", "right"}
    rotation : float
        Degrees, positive to the dancer's left.
    supporting : {"left", "right"} or None
        The foot they are on, with a bend of its knee in each, as fouettés and turns à
        la seconde are; None on one foot after the other, as chaînés are.
    crossings_s : tuple of float
        When the body passes the spot, seconds: in the middle between 45 degrees before
        and after.
    bends_s : tuple of float
        When the supporting knee is bent most, seconds.
    heights_deg : tuple of float
        How high the working leg is, at its highest round each bend, degrees.
    intervals_s : tuple of float
        From passing the spot to passing it again, in single turns: those between two
        bends that are one revolution apart. On alternate feet all.
    steps : tuple of int
        Frames in which the weight goes over to the other foot.
    """

    direction: Side
    rotation: float
    supporting: Side | None
    crossings_s: tuple[float, ...]
    bends_s: tuple[float, ...]
    heights_deg: tuple[float, ...]
    intervals_s: tuple[float, ...]
    steps: tuple[int, ...]

    @property
    def working(self) -> Side | None:
        """The other leg, of turns on one foot."""
        return None if self.supporting is None else OTHER[self.supporting]


class _Chain(NamedTuple):
    """Frames of turns to one side, and the way turned in them, increasing."""

    first: int
    last: int
    direction: Side
    way: Array

    @property
    def frames(self) -> slice:
        return slice(self.first, self.last + 1)


class _Danced(NamedTuple):
    """What the series are found in."""

    body: Body
    heading: Array
    head: Array
    legs: Legs
    bends: Sequence[Plie]


def series(
    turns: Sequence[Turn],
    bends: Sequence[Plie],
    body: Body,
    heading: Array,
    headings: Headings,
    legs: Legs,
) -> tuple[Series, ...]:
    """Series of turns.

    Parameters
    ----------
    turns : sequence of Turn
        In order of time.
    bends : sequence of Plie
    body : Body
    heading : (time,) float
        As turns are counted by, degrees.
    headings : Headings
        The head's tells the spot; without one, the body's own does.
    legs : Legs

    Returns
    -------
    tuple of Series
        In order of time.
    """
    danced = _Danced(body, heading, headings.head, legs, bends)
    found = (_series(chain, danced) for chain in _chains(turns, heading))
    return tuple(one for one in found if one is not None)


def _chains(turns: Sequence[Turn], heading: Array) -> list[_Chain]:
    """Turns to one side that follow each other soon, and turn far enough."""
    groups: list[list[Turn]] = []
    for turn in turns:
        before = groups[-1][-1] if groups else None
        if (
            before
            and turn.direction == before.direction
            and turn.start_s - before.end_s <= APART_S
        ):
            groups[-1].append(turn)
        else:
            groups.append([turn])
    chains = []
    for group in groups:
        first, last = group[0].start, group[-1].end
        turned = sign_of(group[0].direction) * heading[first : last + 1]
        if turned[-1] - turned[0] >= LEAST_DEG:
            way = np.fmax.accumulate(turned)
            chains.append(_Chain(first, last, group[0].direction, way))
    return chains


def _series(chain: _Chain, danced: _Danced) -> Series | None:
    steps = _steps(chain, danced.legs)
    half_turns = (chain.way[-1] - chain.way[0]) / 180.0
    side = _on(chain, danced.legs)
    bends = [
        plie
        for plie in danced.bends
        if plie.on == side and chain.first <= plie.bottom <= chain.last
    ]
    if side is not None and len(bends) >= BENDS:
        found = _made(chain, danced, side, bends, ())
        return found if median_seen(np.array(found.heights_deg)) >= OPEN_DEG else None
    if side is None and CHANGES[0] <= len(steps) / half_turns <= CHANGES[1]:
        return _made(chain, danced, None, [], steps)
    return None


def _on(chain: _Chain, legs: Legs) -> Side | None:
    """The foot that nearly all of a chain is turned on."""
    turned = np.diff(chain.way)
    whole = chain.way[-1] - chain.way[0]
    for side in SIGN:
        on_it = legs.supports(side)[chain.first : chain.last]
        if turned[on_it].sum() >= ON_IT * whole:
            return side
    return None


def _steps(chain: _Chain, legs: Legs) -> tuple[int, ...]:
    """Frames in which the weight goes over."""
    support = legs.support[chain.frames]
    on_one = np.flatnonzero(support)
    over = on_one[1:][np.diff(support[on_one]) != 0]
    return tuple((chain.first + over).tolist())


def _made(
    chain: _Chain,
    danced: _Danced,
    side: Side | None,
    bends: Sequence[Plie],
    steps: tuple[int, ...],
) -> Series:
    time = danced.body.time
    crossings = _crossings(chain, danced)
    bottoms = np.array([plie.bottom for plie in bends], dtype=np.intp)
    intervals = np.diff(crossings)
    if side is not None:
        intervals = intervals[_single(chain, crossings, bottoms, time)]
    return Series(
        start=chain.first,
        end=chain.last,
        start_s=float(time[chain.first]),
        end_s=float(time[chain.last]),
        direction=chain.direction,
        rotation=sign_of(chain.direction) * float(chain.way[-1] - chain.way[0]),
        supporting=side,
        crossings_s=tuple(crossings.tolist()),
        bends_s=tuple(plie.bottom_s for plie in bends),
        heights_deg=_heights(chain, danced.body, OTHER[side], bottoms) if side else (),
        intervals_s=tuple(intervals.tolist()),
        steps=steps,
    )


def _crossings(chain: _Chain, danced: _Danced) -> Array:
    """When the body passes the spot, seconds."""
    spot = favourite(danced.head[chain.frames])
    if not np.isfinite(spot):
        spot = favourite(danced.heading[chain.frames])
    time, way = danced.body.time[chain.frames], chain.way
    start = sign_of(chain.direction) * spot
    first = int(np.ceil((way[0] - start + PASSING_DEG) / 360.0))
    last = int(np.floor((way[-1] - start - PASSING_DEG) / 360.0))
    passed = [
        0.5
        * (reaches(way, at - PASSING_DEG, time) + reaches(way, at + PASSING_DEG, time))
        for at in (start + 360.0 * number for number in range(first, last + 1))
    ]
    return np.array(passed)


def _single(
    chain: _Chain, crossings: Array, bottoms: NDArray[np.intp], time: Array
) -> NDArray[np.bool_]:
    """Which ways from spot to spot lie between two bends one revolution apart."""
    middle = 0.5 * (crossings[1:] + crossings[:-1])
    gap = np.searchsorted(time[bottoms], middle) - 1
    one = np.diff(chain.way[bottoms - chain.first]) < SINGLE_DEG
    inside = (gap >= 0) & (gap < one.size)
    return inside & one[np.clip(gap, 0, one.size - 1)]


def _heights(
    chain: _Chain, body: Body, side: Side, bottoms: NDArray[np.intp]
) -> tuple[float, ...]:
    """Highest working leg round each bend, degrees; NaN where it was not seen."""
    raised = geometry.elevation(
        body[f"{side}_ankle"][chain.frames] - body[f"{side}_hip"][chain.frames]
    )
    at = bottoms - chain.first
    edges = np.concatenate([[0], (at[1:] + at[:-1]) // 2, [raised.size]])
    parts = (raised[a:b] for a, b in pairwise(edges.tolist()))
    return tuple(largest(part) for part in parts)
