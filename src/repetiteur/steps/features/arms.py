"""Features of the arms."""

from __future__ import annotations

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.steps.features.feature import (
    Array,
    Labels,
    Value,
    curve,
    fact,
    over,
    past,
    share_below,
)
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Frames, Stretch


@fact("arm_places", "places that the hands pass", "count", 0.5)
def arm_places(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """How many other positions of the arms than at the beginning."""
    return float(len(stretch.spans("places")))


@fact("arm_way", "way of the hands", "arm lengths", 0.15)
def arm_way(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Mean of both, in the frame of the trunk."""
    ways = [
        float(np.nansum(scene.hand_speed[a:b] * np.diff(scene.time[a : b + 1])))
        for a, b in stretch.spans(mark)
    ]
    return sum(ways)


@fact("arm_pace", "speed of the hands", "arm lengths/s", 0.2)
def arm_pace(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Mean of both, but for a twentieth of the time."""
    return share_below(scene.hand_speed, stretch.spans(mark), 0.95)


@fact("arm_sup", "arm of the supporting side", "label")
def arm_sup(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Forward, side, back, up or low."""
    sup = stretch.roles(mark)[0]
    return {} if sup is None else arm_place(scene, sup, stretch.spans(mark))


@fact("arm_work", "arm of the working side", "label")
def arm_work(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Forward, side, back, up or low."""
    work = stretch.roles(mark)[1]
    return {} if work is None else arm_place(scene, work, stretch.spans(mark))


def arm_place(scene: Scene, side: Side, spans: tuple[Frames, ...]) -> Labels:
    """Where an arm is carried: how likely forward, side, back, up and low."""
    height = over(scene.angle(f"{side}_arm_elevation"), spans)
    way = over(scene.angle(f"{side}_arm_azimuth"), spans)
    if not np.isfinite(height):
        return {}
    up, low = past(height, 130.0, 8.0), 1.0 - past(height, 50.0, 8.0)
    level = max(1.0 - up - low, 0.0)
    aside, back = past(way, 48.0, 8.0), past(way, 115.0, 8.0)
    return {
        "forward": level * (1.0 - aside),
        "side": level * (aside - back),
        "back": level * back,
        "up": up,
        "low": low,
    }


@curve("elbow", "bend of the elbows", "deg", 5.0)
def elbow(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Mean of both, degrees."""
    left, right = (scene.angle(f"{s}_elbow_flexion") for s in ("left", "right"))
    return 0.5 * (left + right)
