"""What measures say of a body in a picture, and of all that the picture leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.contacts import (
    FLOOR_DRIFT_IN_A_PICTURE,
    STANDING_SPEED,
    Contacts,
)
from repetiteur.kinematics.events import Span
from repetiteur.kinematics.feet import (
    LEG,
    SIDES,
    heel_rise,
    median_seen,
    over_the_floor,
)
from repetiteur.kinematics.found_again import Progress
from repetiteur.kinematics.gestures import RISE_DEG, STRAIGHT_DEG, UNFOLDS, Gesture
from repetiteur.kinematics.joints import joint_angles
from repetiteur.kinematics.left_open import COPIES, left_open
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.support import leg_length, lowest_of_foot
from repetiteur.kinematics.view import FOOT, laid_flat
from repetiteur.model.body import Body
from repetiteur.technique.judging import EDGE
from repetiteur.technique.moments import Moment, near, over
from repetiteur.technique.postures import top_of
from repetiteur.technique.values import Key

Array = NDArray[np.float64]

#: A foot is this much longer or shorter than usual, sd: two men's feet, and our own
#: dancer's, lie within 0.54 and 0.62 shanks.
_FOOT_SD = 0.08
#: A foot is in the air when it is higher than the other by this share of the leg: 4 cm,
#: as of motion files (:data:`repetiteur.kinematics.contacts.LEAVE`).
_LIFTED = 0.05
#: In a bend of the knees hips come down by at least this share of what it lowers them
#: by, 1 - cos(bend / 2) of the leg: how deep it is, is the tracker's guess.
_LOWERED = 0.5
#: The leg of a gesture is nearly as high where it is read as it ever is, deg.
_HIGHEST = 12.0


@dataclass(frozen=True)
class Answers:
    """What a measure says of one moment.

    Attributes
    ----------
    value : float
        Of the body as it was seen, laid flat.
    flat : (copies,) float
        Of bodies that the tracker may have seen, laid flat.
    space : (copies,) float
        Of the bodies in space that look like these.
    happens : float
        Share in which the moment happens: of those laid flat or of those in space, the
        smaller. A depth that changes makes no bend of the knees, and feet that slide
        to where they will stand do not stand yet.
    """

    value: float
    flat: Array
    space: Array
    happens: float


def answers(
    asked: Sequence[tuple[Moment, Key]],
    own: Movement,
    progress: Progress | None = None,
) -> Iterator[Answers]:
    """What is said of each moment, by the body and by all that is left open.

    Parameters
    ----------
    asked : sequence of (Moment, Key)
    own : Movement
        Of a body that one camera saw.
    progress : callable, optional
        ``progress(done, total)``.

    Yields
    ------
    Answers
        One for each that was asked, in order.
    """
    moments = {id(moment): moment.event for moment, _ in asked}

    def row(movement: Movement) -> list[float]:
        at = {name: read_at(event, movement.body) for name, event in moments.items()}
        return [
            float(key.measure.value(movement, at[id(moment)], key.side))
            for moment, key in asked
        ]

    foot = FOOT * 0.5 * leg_length(laid_flat(own.body))
    sizes = np.random.default_rng(COPIES).normal(1.0, _FOOT_SD, COPIES)
    values = row(_shown(own, laid_flat(own.body), own.body, foot))
    flat, space, happens = [], [], []
    for done, (seen, upright) in enumerate(left_open(own.body), start=1):
        length = foot * float(sizes[done - 1])
        flat.append(row(_shown(own, seen, upright, length)))
        space.append(row(_shown(own, upright, upright, length)))
        both = [_Happening(seen), _Happening(upright)]
        happens.append([[one.sees(moment) for moment, _ in asked] for one in both])
        if progress is not None:
            progress(done, COPIES)
    shares = np.mean(happens, axis=0).min(axis=0).tolist()
    for one in zip(
        values, np.transpose(flat), np.transpose(space), shares, strict=True
    ):
        yield Answers(*one)


class _Shown(Movement):
    """A movement of which some is told by the picture, and some by a guess.

    What is seen from above is lost in a body laid flat. By the guess it still says what
    a pose is (whether a leg is behind the dancer), and is no value itself.
    """

    guess: Body

    @cached_property
    def joint_angles(self) -> Mapping[str, Array]:
        """All angles; knees bend, and to which side is not seen."""
        angles = joint_angles(self.body)
        if self.body is not self.guess:
            angles = joint_angles(self.guess) | angles
        knees = {n: np.abs(a) for n, a in angles.items() if n.endswith("knee_flexion")}
        return angles | knees


def _shown(own: Movement, body: Body, guess: Body, foot: float) -> Movement:
    """The movement as another body would show it, at the same moments."""
    known = {field.name: getattr(own, field.name) for field in fields(own)}
    known |= {"body": body, "contacts": _risen(own.contacts, body, foot)}
    shown = _Shown(**known)
    object.__setattr__(shown, "guess", guess)
    return shown


def _risen(contacts: Contacts, body: Body, length: float) -> Contacts:
    """Contacts as they were, with heels as high as this body shows them.

    How long a foot is, a picture shows from its side alone: it is told by the leg.
    """
    leg = contacts.leg_length
    stands = over_the_floor(body, leg, FLOOR_DRIFT_IN_A_PICTURE * leg)[1]
    left, right = (
        replace(contacts.foot(side), rise=heel_rise(body, side, stands[side], length))
        for side in SIDES
    )
    return replace(contacts, left=left, right=right)


def read_at(event: Any, body: Body) -> Any:
    """A moment as another body has it: a gesture is read at that body's own top.

    From a camera that looks down, the leg seems highest at another time than it is.
    """
    if not isinstance(event, Gesture) or body.space == "2d":
        return event
    frames = slice(event.start, event.end + 1)
    leg = (body[f"{event.side}_{part}"][frames] for part in ("hip", "knee", "ankle"))
    hip, knee, ankle = leg
    line = geometry.elevation(ankle - hip)
    top = np.nan_to_num(np.fmax(line, geometry.elevation(knee - hip)))
    straight = geometry.flexion(hip, knee, ankle) < STRAIGHT_DEG
    stretched = np.where(straight, np.nan_to_num(line), 0.0)
    if stretched.max() >= max(RISE_DEG, UNFOLDS * top.max()):
        top = stretched
    peak = event.start + int(np.argmax(top))
    return replace(event, peak=peak, peak_s=float(body.time[peak]))


def speed_across(body: Body, side: str, event: Span) -> float:
    """How fast a foot goes across the picture, m/s: the middle of its three points.

    From the first third of a moment to its last; 0 of a foot that was not seen.
    """
    third = max((event.end - event.start + 1) // 3, 1)
    first = (event.start, event.start + third - 1)
    last = (event.end - third + 1, event.end)
    ways = [
        [over(place, last) - over(place, first) for place in body[f"{side}_{part}"].T]
        for part in ("ankle", "heel", "toe")
    ]
    way = median_seen(np.hypot(*np.array(ways).T[:2]))
    lasting = over(body.time, last) - over(body.time, first)
    return float(np.nan_to_num(way)) / lasting


class _Happening:
    """Whether moments that were found in a picture happen in a body."""

    def __init__(self, body: Body) -> None:
        self.time, self.leg = body.time, leg_length(body)
        self.low = {side: lowest_of_foot(body, side) for side in SIDES}
        ankles = {side: body[f"{side}_ankle"] for side in SIDES}
        self.body = body
        heights: dict[str, Array] = {side: at[:, 1] for side, at in ankles.items()}
        heights["both"] = np.fmin(heights["left"], heights["right"])
        hips = body.middle("hip")[:, 1]
        self.hips = {on: hips - height for on, height in heights.items()}

    def sees(self, moment: Moment) -> bool:
        """Whether it does; moments that the depth has no part in are not doubted."""
        event, kind = moment.event, moment.kind
        if kind == "plie":
            height = self.hips[event.on]
            fall = near(height, self.time, event.start_s) - self._at(height, event)
            bend = 1.0 - np.cos(np.radians(0.5 * event.depth_deg))
            return bool(fall > _LOWERED * bend * self.leg)
        if kind == "stance":
            return self._stands(event)
        if kind not in ("gesture", "balance"):
            return True
        free = event.side if kind == "gesture" else OTHER[event.side]
        lift = self.low[free] - self.low[OTHER[free]]
        lifted = self._at(lift, event) > _LIFTED * self.leg
        flat = self.body.facing is not None
        return lifted and (flat or kind == "balance" or self._rises(event))

    def _stands(self, event: Span) -> bool:
        """Whether both feet keep their place, as far as a picture shows that."""
        most = STANDING_SPEED * self.leg / LEG
        flat = self.body.facing is not None
        return not flat or all(
            speed_across(self.body, side, event) < most for side in SIDES
        )

    def _rises(self, event: Gesture) -> bool:
        """Whether the leg, or of a bent one its thigh, is raised, and much as ever."""
        if not event.start + EDGE < event.peak < event.end - EDGE:
            return False  # it goes on, out of what was seen
        frames = slice(event.start, event.end + 1)
        leg = (self.body[f"{event.side}_{part}"] for part in ("hip", "knee", "ankle"))
        hip, knee, ankle = (place[frames] for place in leg)
        raised, time = geometry.elevation(ankle - hip), self.time[frames]
        if near(geometry.flexion(hip, knee, ankle), time, event.peak_s) > STRAIGHT_DEG:
            raised = np.fmax(raised, geometry.elevation(knee - hip))
        most = max(np.nanmax(raised, initial=-np.inf) - _HIGHEST, RISE_DEG)
        return bool(near(raised, time, event.peak_s) > most)

    def _at(self, curve: Array, event: Span) -> float:
        when = top_of(event)
        if when is not None:
            return near(curve, self.time, when)
        return over(curve, (event.start, event.end))
