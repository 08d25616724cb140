"""Which stretch in the air a jump is, and whether it is one beyond doubt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from repetiteur.coaching.stretches import overlap
from repetiteur.kinematics.flights import FREE_FALL, GRAVITY, Flight
from repetiteur.kinematics.movement import Movement
from repetiteur.model.findings import Span

#: A jump lasts this long, s (domain measure ``jump_height_flight``: petit allegro from
#: 0.25 s): feet that leave the floor for less are a step that was taken for one.
SHORTEST_S = 0.25


def flight_in(movement: Movement, span: Span) -> Flight | None:
    """The one flight in a span; None of none or of several."""
    aloft = movement.airborne
    first = bisect_right(aloft, span.start_s, key=lambda one: one.landing_s)
    last = bisect_left(aloft, span.end_s, key=lambda one: one.take_off_s)
    here = [
        one
        for one in aloft[first:last]
        if overlap(Span(one.take_off_s, one.landing_s), span)
    ]
    return here[0] if len(here) == 1 else None


def jumps(flight: Flight) -> bool:
    """Whether it is a jump beyond doubt, as a reference has to be."""
    falling = abs(flight.fall - GRAVITY) <= FREE_FALL * GRAVITY
    return falling and flight.time_s >= SHORTEST_S


def falls(flight: Flight, per_gravity: float) -> bool:
    """Whether a body in the air falls freely, or as a copy of one that does.

    ``per_gravity`` is how fast things fall in the copy, per gravity: slower in one
    that was slowed down.
    """
    allowed = FREE_FALL * GRAVITY + 2.0 * flight.fall_sd
    return flight.free or abs(flight.fall / per_gravity - GRAVITY) <= allowed
