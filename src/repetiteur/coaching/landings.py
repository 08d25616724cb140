"""Landings that are not safe: only far beyond a limit, and only unlike the reference.

The limits are the domain's defaults, by which teachers go; they say what to change and
nothing on what might happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from repetiteur.coaching.floor import floor_of
from repetiteur.coaching.jumps import flight_in
from repetiteur.coaching.pairing import Both, Two, plain_note
from repetiteur.kinematics.flights import Flight
from repetiteur.kinematics.movement import Movement
from repetiteur.model.findings import Difference, Note
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Z90
from repetiteur.technique.measure import measures
from repetiteur.technique.take import why_not


@dataclass(frozen=True)
class Limit:
    """Beyond what a landing is not safe.

    Attributes
    ----------
    measure : str
        Id, degrees.
    limit : float
        Values to the far side of it are not safe (``far``: +1 above, -1 below).
    far : float
    flight_s : float
        Of jumps that last longer than this, s.
    error, variation : float
        Standard deviations of one reading and of a dancer's own repeats, deg: expert
        defaults, declared before any benchmark was run.
    """

    measure: str
    limit: float
    far: float
    flight_s: float
    error: float
    variation: float

    @property
    def floor(self) -> float:
        """Smallest difference from the reference that is said, deg."""
        return floor_of(self.variation, self.variation)


#: Defaults of the domain's measures (evidence C, expert): less than 20 degrees of plié
#: after more than 0.4 s in the air; a knee more than 15 degrees inside of the toes. How
#: the toes' markers sit puts several degrees into the second, hence its error.
LIMITS = (
    Limit("landing_knee_flexion", 20.0, -1.0, 0.4, error=1.5, variation=4.0),
    Limit("knee_over_toe", 15.0, 1.0, 0.0, error=4.0, variation=4.0),
)


def landings(both: Both, two: Two) -> Iterator[Note]:
    """What is not safe in the landing of a jump, and is in the reference's.

    Parameters
    ----------
    both : Both
        A jump of both.
    two : Two
        In space: a picture's angles are not told against a limit.

    Yields
    ------
    Note
        Kind ``unsafe``; side of the leg, the take's own; without words.
    """
    ours = flight_in(two.take, both.take)
    theirs = flight_in(two.reference, both.reference)
    if ours is None or theirs is None or not (ours.free and theirs.free):
        return
    if two.take.body.space != "3d" or two.reference.body.space != "3d":
        return
    for limit in LIMITS:
        if min(ours.time_s, theirs.time_s) <= limit.flight_s:
            continue
        for side, value in _values(limit, two.take, ours).items():
            meant = _values(limit, two.reference, theirs).get(two.side(side), np.nan)
            note = _note(limit, both, two, (value, meant))
            if note is not None:
                yield replace(note, side=side)


def _values(
    limit: Limit, movement: Movement, flight: Flight
) -> dict[Side | None, float]:
    """A measure of a landing on each leg that lands."""
    names = limit.measure, "flight"
    measure = next(one for one in measures() if (one.id, one.on) == names)
    if why_not(measure, movement.body, movement.rate) is not None:
        return {}
    sides = measure.sides(flight)
    return {side: float(measure.value(movement, flight, side)) for side in sides}


def _note(
    limit: Limit, both: Both, two: Two, values: tuple[float, float]
) -> Note | None:
    value, meant = values
    half = Z90 * limit.error
    beyond = limit.far * (value - limit.limit) - half
    apart, both_half = value - meant, float(np.sqrt(2.0)) * half
    difference = Difference(
        apart, "deg", (apart - both_half, apart + both_half), limit.floor
    )
    unlike = difference.beyond_floor and limit.far * apart > 0.0
    if not (beyond > 0.0 and unlike):
        return None
    return replace(
        plain_note(both, two, difference),
        measure=limit.measure,
        kind="unsafe",
        priority="safety",
        reference_value=meant,
        take_value=value,
    )
