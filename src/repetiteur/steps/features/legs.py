"""Features of knees and legs."""

from __future__ import annotations

import numpy as np

from repetiteur.kernels import geometry
from repetiteur.kernels.medians import median
from repetiteur.model.skeletons import Side
from repetiteur.steps.features.feature import (
    Array,
    Value,
    curve,
    fact,
    highest,
    over,
    share_below,
)
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Stretch


@curve("knee_sup", "bend of the supporting knee", "deg", 4.0)
def knee_sup(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Of both knees the smaller where both legs support."""
    return both_knees(scene) if sup is None else knee(scene, sup)


@curve("knee_work", "bend of the working knee", "deg", 4.0)
def knee_work(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return both_knees(scene) if work is None else knee(scene, work)


@curve("knee_both", "bend of both knees, the smaller", "deg", 4.0)
def knee_both(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return both_knees(scene)


def knee(scene: Scene, side: Side) -> Array:
    """Bend of one knee, (time,) degrees."""
    return scene.angle(f"{side}_knee_flexion")


def both_knees(scene: Scene) -> Array:
    """Bend of both knees, the smaller, (time,) degrees."""
    return np.fmin(knee(scene, "left"), knee(scene, "right"))


@curve("knee_deep", "bend of both knees, the larger", "deg", 4.0)
def knee_deep(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return np.fmax(knee(scene, "left"), knee(scene, "right"))


@fact("knee_sunk", "deepest bend of the supporting knee", "deg", 4.0)
def knee_sunk(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """But for a seventh of the time: a step sinks and rises."""
    return share_below(knee_sup(scene, *stretch.roles(mark)), stretch.spans(mark), 0.85)


@curve("leg_elev", "height of the working leg", "deg", 4.0)
def leg_elev(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Of both legs the higher where none works."""
    sides: tuple[Side, ...] = ("left", "right") if work is None else (work,)
    return np.asarray(
        np.fmax.reduce([scene.angle(f"{s}_leg_elevation") for s in sides])
    )


@curve("thigh_elev", "height of the working thigh", "deg", 5.0)
def thigh_elev(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return _of_work(scene, work, "thigh_elevation")


@curve("leg_az", "direction of the working leg", "deg", 10.0)
def leg_az(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 devant, 90 à la seconde, 180 derrière."""
    return _of_work(scene, work, "leg_azimuth")


@curve("knee_az", "direction of the working knee", "deg", 12.0)
def knee_az(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 ahead, 90 to the side."""
    if work is None:
        return np.full(scene.time.size, np.nan)
    body = scene.movement.body
    thigh = body[f"{work}_knee"] - body[f"{work}_hip"]
    degrees = geometry.bearing(thigh, body["left_hip"] - body["right_hip"])
    return degrees if work == "left" else -degrees


@fact("knees_out", "direction of the knees in the air", "deg", 8.0)
def knees_out(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of the less turned out, while both are bent: 0 ahead, 90 to the side."""
    bent = both_knees(scene) > 45.0
    sides: tuple[Side, ...] = ("left", "right")
    least = np.fmin(*(knee_az(scene, None, side) for side in sides))
    return over(np.where(bent, least, np.nan), stretch.spans(mark))


@curve("pf_work", "point of the working foot", "deg", 8.0)
def pf_work(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return _of_work(scene, work, "ankle_plantarflexion")


def _of_work(scene: Scene, work: Side | None, name: str) -> Array:
    if work is None:
        return np.full(scene.time.size, np.nan)
    return scene.angle(f"{work}_{name}")


@fact("leg_speed", "peak speed of the working leg", "deg/s", 40.0)
def leg_speed(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of thigh or shank; of both legs where none works."""
    work = stretch.roles(mark)[1]
    sides: tuple[Side, ...] = ("left", "right") if work is None else (work,)
    spans = stretch.spans(mark)
    return max(highest(scene.leg_speed(side), spans) for side in sides)


@fact("leg_pace", "speed of the legs", "deg/s", 30.0)
def leg_pace(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of the faster one, but for a twentieth of the time: that of a whole phrase."""
    fast = np.fmax(scene.leg_speed("left"), scene.leg_speed("right"))
    return share_below(fast, stretch.spans(mark), 0.95)


@fact("leg_out", "greatest height of the working leg", "deg", 5.0)
def leg_out(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Around each span: a leg that opens is highest before or after the bend."""
    height = leg_elev(scene, *stretch.roles(mark))
    reach = scene.frames(0.2) if mark == "bends" else 0
    tops = [
        highest(height, ((max(a - reach, 0), b + reach),))
        for a, b in stretch.spans(mark)
    ]
    return median(tops) if tops else float("nan")


@fact("az_way", "way of the working leg round the body", "deg", 12.0)
def az_way(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """From where the leg is out to where it comes in."""
    way = leg_az(scene, *stretch.roles(mark))
    near = scene.frames(0.04)
    ways = [
        over(way, ((b - near, b),)) - over(way, ((a, a + near),))
        for a, b in stretch.spans("wide")
    ]
    return abs(ways[0]) if ways else float("nan")
