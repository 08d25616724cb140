"""Features of the feet: where they stand, what of them touches."""

from __future__ import annotations

import numpy as np

from repetiteur.kinematics.series import Series
from repetiteur.model.skeletons import Side
from repetiteur.steps.features.feature import (
    SURE,
    Array,
    Value,
    curve,
    fact,
    lowest,
    over,
    past,
    share_below,
    truth,
)
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Frames, Stretch

#: A toe higher over where it stands is off the floor, m on legs of 0.82 m; and one
#: nearer to the other shank is at that leg, leg lengths. Expert defaults.
TOE_UP_M, AT_LEG = 0.035, 0.27
#: A toe at the ankle, at the calf and at the knee: up to these shares of the shank.
ANKLE, CALF, OVER = 0.42, 0.72, 1.5


@curve("heel_sup", "height of the supporting heel", "ratio", 0.08)
def heel_sup(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 flat, 0.5 demi-pointe; of both feet the lower where both support."""
    if sup is None:
        return np.fmin(scene.rise("left"), scene.rise("right"))
    return scene.rise(sup)


@fact("heel_top", "greatest height of the supporting heel", "ratio", 0.08)
def heel_top(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """But for a seventh of the time: 0 flat, 0.5 demi-pointe."""
    return share_below(heel_sup(scene, *stretch.roles(mark)), stretch.spans(mark), 0.85)


@curve("heel_both", "height of both heels, the lower", "ratio", 0.06)
def heel_both(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 flat, 0.5 demi-pointe."""
    return np.fmin(scene.rise("left"), scene.rise("right"))


@curve("cross_index", "how far the feet cross", "fl", 0.07)
def cross_index(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 heel to heel, 1 heel to toe."""
    return scene.placement[0]


@curve("gap_ap", "gap between front and back foot", "fl", 0.08)
def gap_ap(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Less what lies along the back foot."""
    return scene.placement[1]


@curve("gap_lat", "gap between the heels, sideways", "fl", 0.08)
def gap_lat(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 with one heel before the other."""
    return scene.placement[2]


@curve("feet_dist", "distance of the feet", "fl", 0.12)
def feet_dist(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Of their middles, from above."""
    return scene.apart


@fact("feet_close", "smallest distance of the feet", "fl", 0.12)
def feet_close(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of their middles, from above."""
    return lowest(scene.apart, stretch.spans(mark))


@curve("turnout", "angle between the feet", "deg", 10.0)
def turnout(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Turnout of both feet together."""
    return scene.turnout("left") + scene.turnout("right")


@curve("turnout_sup", "turnout of the supporting foot", "deg", 8.0)
def turnout_sup(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Of both feet the smaller where both support."""
    sides: tuple[Side, ...] = ("left", "right") if sup is None else (sup,)
    return np.asarray(np.fmin.reduce([scene.turnout(side) for side in sides]))


@fact("both_feet", "both feet on the floor", "truth")
def both_feet(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """By the share of frames in which both are."""
    both = scene.down("left") & scene.down("right")
    share = [float(both[a : b + 1].mean()) for a, b in stretch.spans(mark)]
    return truth(past(float(np.mean(share)), 0.6, 0.1) if share else 0.5)


@fact("toe_floor", "the working toe touches the floor", "truth")
def toe_floor(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """By its height over where it stands."""
    work = stretch.roles(mark)[1]
    if work is None:
        return {}
    return truth(_on_floor(scene, work, stretch.spans(mark)))


def _on_floor(scene: Scene, side: Side, spans: tuple[Frames, ...]) -> float:
    lift = over(scene.movement.contacts.foot(side).toe_lift, spans) / scene.size
    return 1.0 - past(lift, TOE_UP_M, 0.010)


@fact("toe_at", "place of the working toe", "label")
def toe_at(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Floor, ankle, calf, knee of the other leg, or away from it."""
    work, spans = stretch.roles(mark)[1], stretch.spans(mark)
    if work is None or not spans:
        return {}
    floor = _on_floor(scene, work, spans)
    up = over(scene.up_the_leg(work), spans)
    near = 1.0 - past(over(scene.beside(work), spans), AT_LEG, 0.05)
    beside = (1.0 - floor) * near
    over_ankle, over_calf = past(up, ANKLE, 0.08), past(up, CALF, 0.08)
    over_knee = past(up, OVER, 0.1)
    return {
        "floor": floor,
        "ankle": beside * (1.0 - over_ankle),
        "calf": beside * (over_ankle - over_calf),
        "knee": beside * (over_calf - over_knee),
        "away": (1.0 - floor) * (1.0 - near) + beside * over_knee,
    }


@fact("contact_pattern", "order of the feet", "label")
def contact_pattern(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """``a-b-a-b`` of a series on one foot after the other."""
    if not isinstance(stretch.event, Series):
        return {}
    alternating = stretch.event.supporting is None
    return {"a-b-a-b": SURE if alternating else 1 - SURE}
