"""The moments of a movement that meet the music: arrivals, and no beginnings.

Viewers see a movement as on the beat when it is where it goes, or lowest, on the beat;
never when it begins there (A. Takehana, T. Uehara and Y. Sakaguchi, "Audiovisual
synchrony perception in observing human motion to music", PLoS ONE 14, 2019).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry, signals
from repetiteur.kernels.reaching import arrived
from repetiteur.kinematics.events import FLICKER_S, frames_of
from repetiteur.kinematics.gestures import Gesture, Plie, supporting_bend
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.phases import AFTER_S
from repetiteur.kinematics.turns import Turn
from repetiteur.model.body import Space
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

Kind = Literal["landing", "step", "closing", "extension", "plie", "turn"]
KINDS: tuple[Kind, ...] = (
    "landing", "step", "closing", "extension", "plie", "turn"
)  # fmt: skip
#: All kinds together.
ALL = "arrival"
#: What the moments of each kind may be off by as a whole, s: one standard deviation, as
#: a dancer made of parameters shows it (docs/musicality.md). Of steps and turns, which
#: she was not asked for, expert defaults.
_OFF_S: dict[str, float] = {
    "landing": 0.003,
    "step": 0.015,
    "closing": 0.006,
    "extension": 0.008,
    "plie": 0.006,
    "turn": 0.020,
}
#: How many times as much one camera may be off.
_IN_A_PICTURE = 3.0
#: A reach is looked for so long before what begins it, and after what ends it, s: both
#: are thresholds, which a slow foot passes late and leaves early. Expert defaults.
BEFORE, AFTER = 0.6, 0.25
#: A foot that comes to stand nearer to the other than this closes; else it steps. And
#: one that has moved less has stayed. Foot lengths, expert defaults: in a fifth and a
#: first the ankles are half a foot apart, in a second and a fourth one and more.
NEAR, MOVED = 0.9, 0.4
#: Curves are smoothed by this, s, before they are looked at.
CALM_S = 0.02


@dataclass(frozen=True)
class Arrival:
    """A moment at which something has arrived.

    Attributes
    ----------
    kind : {"landing", "step", "closing", "extension", "plie", "turn"}
        A jump lands; a foot comes down away from the other one; it closes beside it; a
        leg is where it is highest; a plié where it is deepest; a turn is over.
    time_s : float
    side : {"left", "right"} or None
        The leg; of a turn, and on both feet, None.
    """

    kind: Kind
    time_s: float
    side: Side | None = None


def off_s(kind: str, space: Space) -> float:
    """What the moments of a kind may be off by as a whole, seconds.

    Parameters
    ----------
    kind : str
        Of :data:`KINDS`, or :data:`ALL`.
    space : {"3d", "2d"}
        In space, or seen by one camera.

    Examples
    --------
    >>> off_s("landing", "3d"), off_s(ALL, "3d"), round(off_s("plie", "2d"), 3)
    (0.003, 0.008, 0.018)
    """
    times = _IN_A_PICTURE if space == "2d" else 1.0
    return times * _OFF_S.get(kind, _OFF_S["extension"])


def arrivals(movement: Movement) -> tuple[Arrival, ...]:
    """All moments of a movement that may be on the music.

    Parameters
    ----------
    movement : Movement

    Returns
    -------
    tuple of Arrival
        In order of time. One camera does not show closings: how far a foot is from
        the other is partly depth.

    Examples
    --------
    >>> from repetiteur.kinematics.movement import movement_of
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic import Phrase, dance
    >>> from repetiteur.synthetic.jumps import saute
    >>> from repetiteur.synthetic.steps import first_position
    >>> body = body_of(dance(Phrase.of(first_position(), saute(0.5))))
    >>> [(one.kind, round(one.time_s, 2)) for one in arrivals(movement_of(body))]
    [('plie', 1.59), ('landing', 2.35)]
    """
    found = [
        *(Arrival("landing", one.landing_s) for one in movement.flights),
        *(one for side in ("left", "right") for one in _comings(movement, side)),
        *(_extension(movement, one) for one in movement.gestures),
        *_bends(movement),
        *(_stop(movement, one) for one in movement.turns if one.on != "air"),
    ]
    known = (one for one in found if np.isfinite(one.time_s))
    return tuple(sorted(known, key=lambda one: one.time_s))


def _window(movement: Movement, start_s: float, end_s: float) -> slice:
    a, b = np.searchsorted(movement.body.time, [start_s, end_s])
    return slice(int(a), int(b) + 1)


def _calm(movement: Movement, curve: Array) -> Array:
    return signals.smooth(curve, CALM_S * movement.rate)


def _comings(movement: Movement, side: Side) -> Iterator[Arrival]:
    """Each time a foot comes to stand in another place, but for the landings."""
    time, foot = movement.body.time, movement.contacts.foot(side)
    other = movement.contacts.foot(OTHER[side])
    stands = signals.bridged(foot.standing, frames_of(time, FLICKER_S))
    flown = [(one.take_off_s, one.landing_s) for one in movement.flights]
    standing = signals.runs(stands)
    for (_, left), (back, until) in pairwise(standing):
        if any(a <= time[back] and b >= time[left] for a, b in flown):
            continue
        place = _calm(movement, foot.pivot[left : until + 1, [0, 2]])
        rest = np.median(place[back - left :][: frames_of(time, AFTER) + 1], axis=0)
        away = np.hypot(*(place - rest).T)
        if not away[: back - left + 1].max() > MOVED * movement.contacts.foot_length:
            continue
        ankles = movement.body["left_ankle"] - movement.body["right_ankle"]
        apart = float(np.hypot(*ankles[back, [0, 2]]))
        if other.standing[back] and apart < NEAR * movement.contacts.foot_length:
            if movement.body.space == "3d":  # how near the feet are is a guess
                yield Arrival("closing", _closed(movement, -away, left, back), side)
        else:
            downs = foot.touch_downs
            here = downs[(downs > time[left]) & (downs <= time[back])]
            yield from (Arrival("step", float(when), side) for when in here[-1:])


def _closed(movement: Movement, nearness: Array, left: int, back: int) -> float:
    """When a foot that closes is there."""
    farthest = int(nearness[: back - left + 1].argmin())
    last = back - left + frames_of(movement.body.time, AFTER)
    way = slice(farthest, last + 1)
    return arrived(nearness[way], movement.body.time[left:][: nearness.size][way])


def _extension(movement: Movement, gesture: Gesture) -> Arrival:
    """When the working leg is where it goes."""
    body, side = movement.body, gesture.side
    within = _window(movement, gesture.start_s - BEFORE, gesture.end_s + AFTER)
    hip, knee, ankle = (
        body[f"{side}_{part}"][within] for part in ("hip", "knee", "ankle")
    )
    leg, thigh = geometry.elevation(ankle - hip), geometry.elevation(knee - hip)
    peak = gesture.peak - within.start
    curve = _calm(movement, leg if leg[peak] >= thigh[peak] - 5.0 else thigh)
    before = slice(0, peak + 1)
    rises = signals.runs(curve[before] > 0.5 * curve[peak])
    first = int(curve[: rises[-1][0] + 1].argmin()) if rises else 0
    when = arrived(curve[first:], body.time[within][first:])
    return Arrival("extension", when, side)


def _bends(movement: Movement) -> Iterator[Arrival]:
    """The deepest moments of the pliés, but for those that take up a landing."""
    landings = np.array([one.landing_s for one in movement.flights])
    bend = _calm(movement, supporting_bend(movement.body, movement.legs))
    for one in movement.plies:
        since = one.bottom_s - landings
        if not ((since >= 0.0) & (since <= AFTER_S)).any():
            yield _deepest(movement, one, bend)


def _deepest(movement: Movement, plie: Plie, bend: Array) -> Arrival:
    within = _window(movement, plie.start_s - CALM_S, plie.end_s)
    when = arrived(bend[within], movement.body.time[within])
    return Arrival("plie", when, None if plie.on == "both" else plie.on)


def _stop(movement: Movement, turn: Turn) -> Arrival:
    """When a turn is over."""
    within = _window(movement, turn.start_s, turn.end_s + AFTER)
    way = np.sign(turn.rotation) * movement.turning[within]
    return Arrival("turn", arrived(way, movement.body.time[within]))
