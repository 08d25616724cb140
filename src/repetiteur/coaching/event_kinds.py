"""Turns, jumps and balances as two performances are compared by them.

What a threshold cuts off, a slow beginning, a foot that flickers, has no part in it:
both performances are measured over the same moments. The floors are declared here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.coaching.balances import balances, stood, stood_sd
from repetiteur.coaching.floor import floor_of
from repetiteur.coaching.jumps import flight_in
from repetiteur.coaching.stretches import Event
from repetiteur.kernels import signals
from repetiteur.kinematics.estimates import moment_sd
from repetiteur.kinematics.flights import GRAVITY
from repetiteur.kinematics.movement import Movement
from repetiteur.model.findings import Priority, Span
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

_NAN = float("nan")
#: A turn is counted from this long before it to this long after it, s: its slow
#: beginning and end, and what the doubt about timing leaves open, are in it.
AROUND_TURN_S = 0.2
#: Standard deviations that instruments add, expert defaults: of a heading, deg (hips
#: 0.25 m apart whose points are off by 5 mm, and shoulders); of the height of the
#: centre of mass, m.
HEADING_DEG, MASS_M = 2.0, 0.005


@dataclass(frozen=True)
class Kind:
    """What events of one kind are compared by.

    Attributes
    ----------
    name : str
        As in :mod:`repetiteur.technique.measure`: ``turn``, ``flight``, ``balance``.
    measure : str
        Id.
    unit : str
    floor : float
        Largest difference that is a dancer's own variation, in the unit; declared
        before any benchmark was run.
    priority : str
    around_s : float
        By how much the moments that are compared begin before the event and end after
        it, seconds.
    events : callable
        ``events(movement)``: those that it holds.
    value : callable
        ``value(movement, span, side)``: what was danced in a span; NaN where that
        cannot be told.
    sd : callable
        ``sd(movement, value, span, side)``: standard deviation of the error of that.
    meant : callable
        ``meant(movement, take, tempo)``: by what a value of a reference is multiplied
        to be that of the take's dancer and tempo, the lowest and the highest; of what
        is ``paced`` to be that of the dancer alone.
    least : float
        Of an event of the reference for which the take has none of its own, from this
        much on it is danced after all, in the unit; infinite where it is not.
    worth : float
        What is less than this in the reference is not compared, in the unit.
    timed : bool
        Whether it is told by how long something lasts. Further references are laid on
        the time of the first: theirs is lost, and the kind is not compared with them.
    paced : bool
        Whether a reference is measured as it would be danced in the take's tempo: when
        a foot is on the floor is told by its speed, too.
    in_picture : bool
        Whether one camera tells it, and not only recordings in space.
    """

    name: str
    measure: str
    unit: str
    floor: float
    priority: Priority
    around_s: float
    events: Callable[[Movement], list[Event]]
    value: Callable[[Movement, Span, Side | None], float]
    sd: Callable[[Movement, float, Span, Side | None], float]
    meant: Callable[[Movement, Movement, float], tuple[float, float]]
    least: float = float("inf")
    worth: float = 0.0
    paced: bool = False
    timed: bool = False
    in_picture: bool = False


def _turns(movement: Movement) -> list[Event]:
    return [Event(one.start_s, one.end_s, one.direction) for one in movement.turns]


def _turned(movement: Movement, span: Span, side: Side | None) -> float:
    """Revolutions from one moment to another, to a side positive."""
    time, heading = movement.body.time, movement.turning
    if span.start_s < time[0] or span.end_s > time[-1]:
        return _NAN
    first, last = signals.resample(heading, time, [span.start_s, span.end_s])
    return float(last - first) / 360.0 * (1.0 if side == "left" else -1.0)


def _heading_sd(
    movement: Movement, turned: float, span: Span, side: Side | None
) -> float:
    return float(np.sqrt(2.0)) * HEADING_DEG / 360.0


def _jumps(movement: Movement) -> list[Event]:
    return [Event(one.take_off_s, one.landing_s, None) for one in movement.airborne]


def _risen(movement: Movement, span: Span, side: Side | None) -> float:
    """Rise of the centre of mass in the air, metres."""
    flight = flight_in(movement, span)
    known = np.isfinite(movement.mass).any()
    return _NAN if flight is None or not known else flight.height_by_mass


def _risen_sd(
    movement: Movement, height: float, span: Span, side: Side | None
) -> float:
    """By the moment of the take-off, at which the body is fastest, and by its course.

    A centre of mass that does not follow a parabola, such as that of limbs which were
    lost for a frame, has a height that is read off a parabola all the same.
    """
    speed = float(np.sqrt(2.0 * GRAVITY * max(height, 0.0)))
    parts = speed * moment_sd(1.0 / movement.rate), MASS_M, _course_sd(movement, span)
    return float(np.linalg.norm(parts))


def _course_sd(movement: Movement, span: Span) -> float:
    """Standard deviation of what a parabola rises from its end to its middle, metres.

    Of one through heights at even times over T, whose second derivative has the
    standard deviation s, the speed in the middle has T s / sqrt(60), independent of it:
    the way over half of T has T^2 s sqrt(1 / 240 + 1 / 64).
    """
    flight = flight_in(movement, span)
    if flight is None or not np.isfinite(flight.fall_sd):
        return 0.0
    return float(np.sqrt(1.0 / 240.0 + 1.0 / 64.0)) * flight.time_s**2 * flight.fall_sd


def _per_leg(movement: Movement, take: Movement, tempo: float) -> tuple[float, float]:
    ratio = take.contacts.leg_length / movement.contacts.leg_length
    return ratio, ratio


def _by_time(movement: Movement, span: Span, side: Side | None) -> float:
    """Height by the time in the air, metres."""
    flight = flight_in(movement, span)
    return _NAN if flight is None else flight.height_by_time


def _by_time_sd(
    movement: Movement, height: float, span: Span, side: Side | None
) -> float:
    lasting = float(np.sqrt(8.0 * max(height, 0.0) / GRAVITY))
    moments = float(np.sqrt(2.0)) * moment_sd(1.0 / movement.rate)
    return GRAVITY * lasting * moments / 4.0


def _fallen(movement: Movement, take: Movement, tempo: float) -> tuple[float, float]:
    """Who jumps as high in another tempo is in the air as long; a slower copy longer.

    Nobody can tell the two apart by time alone.
    """
    return min(1.0, tempo**2), max(1.0, tempo**2)


def _alike(movement: Movement, take: Movement, tempo: float) -> tuple[float, float]:
    return 1.0, 1.0


#: Turns are counted in halves (domain measure ``turn_count``): half of that is where
#: one count ends and the next begins, rev.
HALF_A_COUNT = 0.25
#: Standard deviation of a dancer's own jumps from run to run, m. Highest jumps vary by
#: 2.8 % of 0.35 m, 1 cm (G. Markovic et al., "Reliability and factorial validity of
#: squat and countermovement jump tests", J. Strength Cond. Res. 18, 2004); those of a
#: dance are not the highest and aim at a count: twice that, as an expert default,
#: declared before any benchmark was run.
OWN_JUMP_M = 0.02
#: The same of the length of a balance, s: its ends are placed three times as freely as
#: a limb that moves (0.03 s), hence 0.1 s each. An expert default, declared likewise.
OWN_BALANCE_S = 0.14
#: An équilibre asks for so long, s: less is a step.
EQUILIBRE_S = 1.0
TURNS = Kind(
    name="turn",
    measure="turn_count",
    unit="rev",
    floor=HALF_A_COUNT,
    priority="rhythm",
    around_s=AROUND_TURN_S,
    events=_turns,
    value=_turned,
    sd=_heading_sd,
    meant=_alike,
    least=HALF_A_COUNT,
)
JUMPS = Kind(
    name="flight",
    measure="jump_height_com",
    unit="m",
    floor=floor_of(OWN_JUMP_M, OWN_JUMP_M),
    priority="line",
    around_s=0.0,
    events=_jumps,
    value=_risen,
    sd=_risen_sd,
    meant=_per_leg,
)
JUMPS_BY_TIME = replace(
    JUMPS,
    measure="jump_height_flight",
    value=_by_time,
    sd=_by_time_sd,
    meant=_fallen,
    timed=True,
)
BALANCES = Kind(
    name="balance",
    measure="balance_time",
    unit="s",
    floor=floor_of(OWN_BALANCE_S, OWN_BALANCE_S),
    priority="rhythm",
    around_s=0.0,
    events=balances,
    value=stood,
    sd=stood_sd,
    meant=_alike,
    worth=EQUILIBRE_S,
    paced=True,
    timed=True,
    in_picture=True,
)


def kinds(*movements: Movement) -> Sequence[Kind]:
    """What recordings are compared by: jumps by their time where that is all."""
    known = all(m.body.space == "3d" and np.isfinite(m.mass).any() for m in movements)
    return TURNS, JUMPS if known else JUMPS_BY_TIME, BALANCES
