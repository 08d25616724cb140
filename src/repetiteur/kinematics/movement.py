"""All that the points of one body tell of its movement, computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import MissingKeypoints
from repetiteur.kernels import geometry
from repetiteur.kernels.filters import butterworth, derivative
from repetiteur.kernels.medians import median
from repetiteur.kinematics import events as still
from repetiteur.kinematics import gestures as moving
from repetiteur.kinematics.contacts import Contacts, contacts
from repetiteur.kinematics.events import Balance, Span
from repetiteur.kinematics.flights import Flight, airborne
from repetiteur.kinematics.gestures import Gesture, Plie
from repetiteur.kinematics.headings import Headings, turning_and_headings
from repetiteur.kinematics.joints import JointAngles
from repetiteur.kinematics.legs import Legs, legs
from repetiteur.kinematics.mass import centre_of_mass
from repetiteur.kinematics.phases import (
    JumpPhases,
    TurnPhases,
    jump_phases,
    turn_phases,
)
from repetiteur.kinematics.retires import retire_height
from repetiteur.kinematics.series import Series, series
from repetiteur.kinematics.shoulders import shoulder_lifts
from repetiteur.kinematics.spotting import Spotting, spotting
from repetiteur.kinematics.turns import Turn, turns
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: Low-pass of a point's path before its speed is taken, Hz (domain: 10 to 12 Hz for
#: motion capture), and at most this share of the frame rate.
SPEED_HZ, SPEED_SHARE = 10.0, 0.4


@dataclass(frozen=True)
class Movement:
    """Contacts, flights, legs, turns and events of one body.

    Attributes
    ----------
    body : Body
    contacts : Contacts
    mass : (time, 3) float
        Centre of mass, metres; NaN where it is not known.
    headings : Headings
    turning : (time,) float
        Heading that turns are counted by, degrees.
    airborne : tuple of Flight
        All stretches with both feet off, with how the body falls in them.
    flights : tuple of Flight
        Those of them in which it falls freely: jumps.
    legs : Legs
    turns : tuple of Turn
    series : tuple of Series
        Turns that follow each other: on one foot, or on one after the other.
    balances : tuple of Balance
    holds, stances : tuple of Span
        The whole body still; both feet flat.
    gestures : tuple of Gesture
    plies : tuple of Plie
    jump_phases : tuple of JumpPhases
        One for each of ``flights``.
    turn_phases : tuple of TurnPhases
        One for each of ``turns`` on one foot.
    """

    body: Body
    contacts: Contacts
    mass: Array
    headings: Headings
    turning: Array
    airborne: tuple[Flight, ...]
    flights: tuple[Flight, ...]
    legs: Legs
    turns: tuple[Turn, ...]
    series: tuple[Series, ...]
    balances: tuple[Balance, ...]
    holds: tuple[Span, ...]
    stances: tuple[Span, ...]
    gestures: tuple[Gesture, ...]
    plies: tuple[Plie, ...]
    jump_phases: tuple[JumpPhases, ...]
    turn_phases: tuple[TurnPhases, ...]

    @cached_property
    def rate(self) -> float:
        """Frames a second."""
        return 1.0 / median(np.diff(self.body.time))

    @cached_property
    def joint_angles(self) -> Mapping[str, Array]:
        """The full set of joint angles, (time,) degrees each; each made when asked."""
        return JointAngles(self.body)

    @cached_property
    def curves(self) -> dict[tuple[object, object], Array]:
        """Other curves, by what makes them and of what: filled when read."""
        return {}

    @cached_property
    def retire_heights(self) -> Mapping[Side, Array]:
        """Height of each foot up the other leg, (time,) ratio; made when asked."""
        sides: tuple[Side, ...] = ("left", "right")
        leg = self.contacts.leg_length
        return {side: retire_height(self.body, side, leg) for side in sides}

    @cached_property
    def shoulder_lifts(self) -> Mapping[Side, Array]:
        """Lift of each shoulder over its rest, (time,) ratio; made when asked."""
        return shoulder_lifts(self.body)

    @cached_property
    def spotting(self) -> Mapping[int, Spotting]:
        """Head and trunk in each turn, by its first frame; made when asked."""
        found = spotting(self.turns, self.headings, self.body.time)
        return {turn.start: one for turn, one in zip(self.turns, found, strict=True)}

    @cached_property
    def ankle_speeds(self) -> Mapping[Side, Array]:
        """Speed of each ankle, low-passed at 10 Hz, (time,) m/s; made when asked."""
        time = self.body.time
        cut_off = min(SPEED_HZ, SPEED_SHARE * self.rate)
        sides: tuple[Side, ...] = ("left", "right")
        both = np.hstack([self.body[f"{side}_ankle"] for side in sides])
        ways = derivative(butterworth(both, self.rate, cut_off), time)
        speeds = geometry.length(ways.reshape(time.size, 2, 3))
        return dict(zip(sides, speeds.T, strict=True))


def movement_of(body: Body) -> Movement:
    """All that the points of one body tell of its movement.

    Parameters
    ----------
    body : Body
        In space, or seen by one camera; not laid flat.

    Returns
    -------
    Movement

    Notes
    -----
    Without a head, hands or feet there is no centre of mass; whether feet that are off
    the floor make a jump is then told by the middle of the hips.

    Examples
    --------
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic import Phrase, dance
    >>> from repetiteur.synthetic.jumps import saute
    >>> from repetiteur.synthetic.steps import first_position
    >>> poses = dance(Phrase.of(first_position(), saute(0.5)))
    >>> jump, = movement_of(body_of(poses)).flights
    >>> round(jump.time_s, 3), round(jump.height_by_mass, 3), jump.to_feet
    (0.5, 0.307, 'both')
    """
    mass = _mass(body)
    feet = contacts(body)
    falling = mass if np.isfinite(mass).any() else body.middle("hip")
    aloft = airborne(feet, falling)
    flights = tuple(flight for flight in aloft if flight.free)
    standing = legs(feet, flights)
    heading, parts = turning_and_headings(body)
    axes = mass if body.space == "3d" else np.full(mass.shape, np.nan)
    turned = turns(heading, parts, feet, standing, axes)
    bend = moving.supporting_bend(body, standing)
    bends = moving.plies(bend, body.time, standing)
    return Movement(
        body=body,
        contacts=feet,
        mass=mass,
        headings=parts,
        turning=heading,
        airborne=aloft,
        flights=flights,
        legs=standing,
        turns=turned,
        series=series(turned, bends, body, heading, parts, standing),
        balances=still.balances(feet, standing, _while(turned, body.time.size)),
        holds=still.holds(body, feet.size),
        stances=still.stances(feet, bend >= moving.PLIE_DEG),
        gestures=moving.gestures(body, feet, standing),
        plies=bends,
        jump_phases=jump_phases(flights, bends, feet),
        turn_phases=turn_phases(turned, bends),
    )


def _mass(body: Body) -> Array:
    """Centre of mass, NaN throughout where the file lacks keypoints for it."""
    try:
        return centre_of_mass(body)
    except MissingKeypoints:
        return np.full((body.time.size, 3), np.nan)


def _while(turned: tuple[Turn, ...], frames: int) -> NDArray[np.bool_]:
    """Whether each frame is in a turn."""
    out = np.zeros(frames, dtype=bool)
    for turn in turned:
        out[turn.start : turn.end + 1] = True
    return out
