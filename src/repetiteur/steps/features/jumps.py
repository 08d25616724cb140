"""Features of jumps."""

from __future__ import annotations

import numpy as np

from repetiteur.kinematics.beats import crossings as times_crossed
from repetiteur.kinematics.flights import Flight
from repetiteur.model.skeletons import Side
from repetiteur.steps.features.feature import (
    SURE,
    Value,
    fact,
    highest,
    lowest,
    over,
    past,
    truth,
)
from repetiteur.steps.features.legs import both_knees, knee
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Stretch

#: A foot is in front of the other by this in a beat, foot lengths: more than noise of 1
#: cm makes of feet in first. Expert default; fifth position puts them 0.6 apart.
IN_FRONT = 0.2


@fact("flight_T", "time in the air", "s", 0.03)
def flight_time(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Seconds; of several flights the longest, 0 without one."""
    times = [
        one.time_s
        for one in scene.movement.airborne
        for a, b in stretch.spans(mark)
        if one.start <= b and one.end >= a
    ]
    return max(times, default=0.0)


def _feet_of(number: int) -> Value:
    return {feet: SURE if feet == number else 1 - SURE for feet in (1, 2)}


@fact("takeoff", "feet of the take-off", "feet")
def takeoff(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """One or two."""
    if not isinstance(stretch.event, Flight):
        return {}
    return _feet_of(2 if stretch.event.from_feet == "both" else 1)


@fact("landing", "feet of the landing", "feet")
def landing(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """One or two."""
    if not isinstance(stretch.event, Flight):
        return {}
    return _feet_of(2 if stretch.event.to_feet == "both" else 1)


@fact("same_foot", "lands on the foot of the take-off", "truth")
def same_foot(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of a jump from one foot onto one."""
    if not isinstance(stretch.event, Flight):
        return {}
    same = stretch.event.from_feet == stretch.event.to_feet
    return truth(SURE if same else 1.0 - SURE)


@fact("front_change", "the front foot changes", "truth")
def front_change(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """From before the take-off to after the landing."""
    before = over(scene.ahead, stretch.spans("before"))
    after = over(scene.ahead, stretch.spans("landing"))
    if not np.isfinite(before * after):
        return {}
    less = min(abs(before), abs(after)) * -float(np.sign(before * after))
    return truth(past(less, 0.08, 0.06))


@fact("gap_change", "change of the distance of the feet", "fl", 0.12)
def gap_change(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """From before the take-off to after the landing."""
    before = over(scene.apart, stretch.spans("before"))
    return abs(over(scene.apart, stretch.spans("landing")) - before)


@fact("crossings", "crossings of the legs in the air", "count")
def crossings(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """As the measure ``beats_count`` counts them."""
    if not isinstance(stretch.event, Flight):
        return {}
    movement = scene.movement
    foot = movement.contacts.foot_length
    times = times_crossed(movement.body, stretch.event, foot, in_front=IN_FRONT)
    if times is None:
        return {}
    counts = range(max(8, times.size + 1))
    return {n: SURE if n == times.size else 1 - SURE for n in counts}


@fact("split", "angle between the legs", "deg", 6.0)
def split(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Greatest in the air."""
    return highest(scene.angle("split_angle"), stretch.spans(mark))


@fact("feet_dist_air", "smallest distance of the ankles in the air", "fl", 0.08)
def feet_dist_air(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Foot lengths."""
    body = scene.movement.body
    gap = np.linalg.norm(body["left_ankle"] - body["right_ankle"], axis=1)
    return lowest(gap / scene.movement.contacts.foot_length, stretch.spans(mark))


@fact("both_knees_bent_air", "both knees bent in the air at once", "truth")
def both_knees_bent_air(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """By more than 60 degrees."""
    most = highest(both_knees(scene), stretch.spans(mark))
    return truth(past(most, 60.0, 6.0))


@fact("beat_contact_air", "the calves meet in the air", "truth")
def beat_contact_air(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Straight legs, raised, that come near to one another."""
    sides: tuple[Side, ...] = ("left", "right")
    straight = np.fmax(*(np.abs(knee(scene, side)) for side in sides)) < 40.0
    raised = np.fmin(*(scene.angle(f"{s}_leg_elevation") for s in sides)) > 20.0
    apart = np.where(straight & raised, scene.angle("split_angle"), np.nan)
    spans = stretch.spans(mark)
    if not np.isfinite(highest(scene.angle("split_angle"), spans)):
        return {}
    least = lowest(apart, spans)
    return truth(1.0 - past(least, 20.0, 4.0)) if np.isfinite(least) else truth(0.0)
