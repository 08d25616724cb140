"""Features of the whole body: facing, turning, travelling."""

from __future__ import annotations

import numpy as np

from repetiteur.kernels import geometry
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.series import Series
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.steps.features.feature import (
    SURE,
    Array,
    Value,
    curve,
    fact,
    over,
    past,
    truth,
)
from repetiteur.steps.features.legs import leg_az
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Stretch


@curve("trunk_pitch", "lean of the trunk forward", "deg", 4.0)
def trunk_pitch(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return scene.angle("trunk_pitch")


@fact("turn_rev", "turn of the body", "turns", 0.06)
def turn_rev(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Revolutions to either side; of a turn or series the whole of it."""
    if mark in ("turn", "whole", "all") and isinstance(stretch.event, Turn | Series):
        return abs(stretch.event.rotation) / 360.0
    turning = scene.movement.turning
    ways = [abs(turning[b] - turning[a]) / 360.0 for a, b in stretch.spans(mark)]
    return float(max(ways, default=float("nan")))


@fact("turn_sense", "sense of the turn", "label")
def turn_sense(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Towards the working leg (en dehors), or the supporting leg (en dedans)."""
    work = stretch.roles(mark)[1]
    if not isinstance(stretch.event, Turn | Series) or work is None:
        return {}
    out = stretch.event.direction == work
    return {"en_dehors": SURE if out else 1 - SURE,
            "en_dedans": 1 - SURE if out else SURE}  # fmt: skip


@fact("travel", "travel of the body", "legs", 0.05)
def travel(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Horizontal way of the centre of mass, leg lengths."""
    instead = {"step": "over", "transfer": "all"}
    spans = stretch.spans(instead.get(mark, mark))
    return max((scene.way(a, b) for a, b in spans), default=0.0)


@fact("duration", "length", "s", 0.15)
def duration(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Seconds."""
    spans = stretch.spans(mark)
    return float(sum(scene.time[b] - scene.time[a] for a, b in spans))


@fact("flight", "a flight", "truth")
def flight(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Whether the body flies in it."""
    flies = any(bool(scene.aloft[a : b + 1].any()) for a, b in stretch.spans(mark))
    return truth(SURE if flies else 1.0 - SURE)


@fact("poses", "poses of the working leg", "count", 0.5)
def poses(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """How many there are; see :mod:`repetiteur.steps.recognise`."""
    return float(len(stretch.spans("poses")))


@fact("facing", "facing", "label")
def facing(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """En face, croisé, effacé, écarté, profile, back to the audience (domain, 1.2)."""
    sup, work = stretch.roles(mark)
    heading = over(scene.movement.turning, stretch.spans(mark))
    if not np.isfinite(heading):
        return {}
    turned = float(geometry.wrap(heading))
    size = abs(turned)
    diagonal = past(size, 20.0, 5.0) - past(size, 70.0, 5.0)
    profile = past(size, 70.0, 5.0) - past(size, 110.0, 5.0)
    nearer: Side = "right" if turned > 0.0 else "left"
    front = _front_leg(scene, stretch, mark, sup, work)
    crossed = 0.5 if front is None else float(front == nearer)
    aside = _aside(scene, stretch, mark)
    return {
        "en_face": 1.0 - past(size, 20.0, 5.0),
        "croise": diagonal * (1.0 - aside) * crossed,
        "efface": diagonal * (1.0 - aside) * (1.0 - crossed),
        "ecarte": diagonal * aside,
        "profile": profile,
        "dos": past(size, 110.0, 5.0),
    }


def _aside(scene: Scene, stretch: Stretch, mark: str) -> float:
    """How likely the working leg points to the side: 55 to 120 degrees."""
    roles = stretch.roles(mark)
    way = over(leg_az(scene, *roles), stretch.spans(mark))
    if roles[1] is None or not np.isfinite(way):
        return 0.0
    return past(way, 55.0, 5.0) - past(way, 120.0, 5.0)


def _front_leg(
    scene: Scene, stretch: Stretch, mark: str, sup: Side | None, work: Side | None
) -> Side | None:
    """The working leg devant, the supporting leg when it works behind."""
    if work is None:
        ahead = over(scene.ahead, stretch.spans(mark))
        return None if abs(ahead) < 0.1 else ("left" if ahead > 0.0 else "right")
    way = over(leg_az(scene, sup, work), stretch.spans(mark))
    if not np.isfinite(way):
        return None
    return work if way < 90.0 else OTHER[work]
