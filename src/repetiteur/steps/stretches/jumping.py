"""Jumps, and two jumps that are one step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from repetiteur.kinematics.flights import Flight
from repetiteur.kinematics.legs import OTHER
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches.stretch import (
    AFTER_S,
    AT_FLOOR_S,
    BEFORE_S,
    Stretch,
    bend_at,
    deepest,
)

#: Two jumps are one step if the second is prepared within this, s.
SOON_S = 1.0


def flights(scene: Scene) -> Iterator[Stretch]:
    """Jumps."""
    for flight in scene.movement.flights:
        plie = deepest(scene, flight.take_off_s - BEFORE_S, flight.take_off_s)
        sink = deepest(scene, flight.landing_s, flight.landing_s + AFTER_S)
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
        begin, end = bend_at(scene, plie)[0], bend_at(scene, sink)[1]
        end = max(end, last + 1)
        yield Stretch("flight", begin, end, working, marks, landing, flight)


def pairs(scene: Scene) -> Iterator[Stretch]:
    """Two jumps from both feet onto both, with one plié between them."""
    for one, two in pairwise(flights(scene)):
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
