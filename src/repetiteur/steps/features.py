"""What the rules of the vocabulary read: one function for each feature.

A feature is read at a mark of a stretch, and gives a number, or how likely each of
several labels is. To add one, write a function here and register it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from repetiteur.kernels import geometry
from repetiteur.kernels.medians import mostly_seen
from repetiteur.kinematics.beats import crossings as times_crossed
from repetiteur.kinematics.flights import Flight
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.series import Series
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Frames, Stretch

Array = NDArray[np.float64]
Labels = Mapping[str | bool, float]
Value = float | Labels
Curve = Callable[[Scene, "Side | None", "Side | None"], Array]
Fact = Callable[[Scene, Stretch, str], Value]


@dataclass(frozen=True)
class Feature:
    """Something that can be read of a stretch.

    Attributes
    ----------
    id : str
    says : str
        What it is, in words.
    unit : str
        deg, fl (foot lengths), legs (leg lengths), s, ratio, turns, label ...
    soft : float
        Half width of a threshold: a value that is past it by so much is past it with
        84 %. It holds what a centimetre of noise makes and what teachers disagree by.
        Expert default.
    read : function
        Of scene, stretch and mark: a number, or labels with their probabilities.
    curve : function, optional
        Of scene, supporting and working leg: the curve that the number is taken from.
    """

    id: str
    says: str
    unit: str
    soft: float
    read: Fact
    curve: Curve | None = None


FEATURES: dict[str, Feature] = {}
#: A foot is in front of the other by this in a beat, foot lengths: more than noise of 1
#: cm makes of feet in first. Expert default; fifth position puts them 0.6 apart.
IN_FRONT = 0.2
#: Of a span, this share has to be seen.
SEEN = 0.3
#: How sure a label is that was found by other rules: a foot of take-off, a count.
_SURE = 0.98


def _curve(id: str, says: str, unit: str, soft: float) -> Callable[[Curve], Curve]:
    """Register a curve: read as its median over the spans of a mark."""

    def register(curve: Curve) -> Curve:
        def read(scene: Scene, stretch: Stretch, mark: str) -> float:
            values = curve(scene, *stretch.roles(mark))
            return over(values, stretch.spans(mark))

        FEATURES[id] = Feature(id, says, unit, soft, read, curve)
        return curve

    return register


def _fact(id: str, says: str, unit: str, soft: float = 0.0) -> Callable[[Fact], Fact]:
    """Register what is no curve."""

    def register(read: Fact) -> Fact:
        FEATURES[id] = Feature(id, says, unit, soft, read)
        return read

    return register


def over(values: Array, spans: tuple[Frames, ...]) -> float:
    """Median of a curve over each span, and of those; NaN where nothing was seen."""
    each = [_median(values[a : b + 1]) for a, b in spans]
    return _median(np.array(each))


def _median(values: Array) -> float:
    return mostly_seen(values, SEEN)


def _truth(likely: float) -> Labels:
    return {True: likely, False: 1.0 - likely}


def _past(value: float, limit: float, soft: float) -> float:
    """How likely a value is past a limit; 0.5 of one that is not known."""
    return float(ndtr((value - limit) / soft)) if np.isfinite(value) else 0.5


# ---------- knees, legs, feet ----------


@_curve("knee_sup", "bend of the supporting knee", "deg", 4.0)
def knee_sup(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Of both knees the smaller where both legs support."""
    return _both_knees(scene) if sup is None else _knee(scene, sup)


@_curve("knee_work", "bend of the working knee", "deg", 4.0)
def knee_work(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return _both_knees(scene) if work is None else _knee(scene, work)


@_curve("knee_both", "bend of both knees, the smaller", "deg", 4.0)
def knee_both(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return _both_knees(scene)


def _knee(scene: Scene, side: Side) -> Array:
    return scene.angle(f"{side}_knee_flexion")


def _both_knees(scene: Scene) -> Array:
    return np.fmin(_knee(scene, "left"), _knee(scene, "right"))


@_curve("knee_deep", "bend of both knees, the larger", "deg", 4.0)
def knee_deep(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return np.fmax(_knee(scene, "left"), _knee(scene, "right"))


@_fact("knee_sunk", "deepest bend of the supporting knee", "deg", 4.0)
def knee_sunk(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """But for a seventh of the time: a step sinks and rises."""
    curve = knee_sup(scene, *stretch.roles(mark))
    parts = [curve[a : b + 1] for a, b in stretch.spans(mark)]
    values = np.concatenate(parts or [np.array([])])
    values = values[np.isfinite(values)]
    return float(np.quantile(values, 0.85)) if values.size else float("nan")


@_curve("leg_elev", "height of the working leg", "deg", 4.0)
def leg_elev(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Of both legs the higher where none works."""
    sides: tuple[Side, ...] = ("left", "right") if work is None else (work,)
    return np.asarray(
        np.fmax.reduce([scene.angle(f"{s}_leg_elevation") for s in sides])
    )


@_curve("thigh_elev", "height of the working thigh", "deg", 5.0)
def thigh_elev(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return _of_work(scene, work, "thigh_elevation")


@_curve("leg_az", "direction of the working leg", "deg", 10.0)
def leg_az(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 devant, 90 à la seconde, 180 derrière."""
    return _of_work(scene, work, "leg_azimuth")


@_curve("knee_az", "direction of the working knee", "deg", 12.0)
def knee_az(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 ahead, 90 to the side."""
    if work is None:
        return np.full(scene.time.size, np.nan)
    body = scene.movement.body
    thigh = body[f"{work}_knee"] - body[f"{work}_hip"]
    degrees = geometry.bearing(thigh, body["left_hip"] - body["right_hip"])
    return degrees if work == "left" else -degrees


@_fact("knees_out", "direction of the knees in the air", "deg", 8.0)
def knees_out(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of the less turned out, while both are bent: 0 ahead, 90 to the side."""
    bent = _both_knees(scene) > 45.0
    sides: tuple[Side, ...] = ("left", "right")
    least = np.fmin(*(knee_az(scene, None, side) for side in sides))
    return over(np.where(bent, least, np.nan), stretch.spans(mark))


@_curve("pf_work", "point of the working foot", "deg", 8.0)
def pf_work(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return _of_work(scene, work, "ankle_plantarflexion")


def _of_work(scene: Scene, work: Side | None, name: str) -> Array:
    if work is None:
        return np.full(scene.time.size, np.nan)
    return scene.angle(f"{work}_{name}")


@_curve("heel_sup", "height of the supporting heel", "ratio", 0.08)
def heel_sup(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 flat, 0.5 demi-pointe; of both feet the lower where both support."""
    if sup is None:
        return np.fmin(scene.rise("left"), scene.rise("right"))
    return scene.rise(sup)


@_curve("heel_both", "height of both heels, the lower", "ratio", 0.06)
def heel_both(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 flat, 0.5 demi-pointe."""
    return np.fmin(scene.rise("left"), scene.rise("right"))


@_curve("trunk_pitch", "lean of the trunk forward", "deg", 4.0)
def trunk_pitch(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Degrees."""
    return scene.angle("trunk_pitch")


# ---------- where the feet stand ----------


@_curve("cross_index", "how far the feet cross", "fl", 0.07)
def cross_index(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 heel to heel, 1 heel to toe."""
    return scene.placement[0]


@_curve("gap_ap", "gap between front and back foot", "fl", 0.08)
def gap_ap(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Less what lies along the back foot."""
    return scene.placement[1]


@_curve("gap_lat", "gap between the heels, sideways", "fl", 0.08)
def gap_lat(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """0 with one heel before the other."""
    return scene.placement[2]


@_curve("feet_dist", "distance of the feet", "fl", 0.12)
def feet_dist(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Of their middles, from above."""
    return scene.apart


@_fact("feet_close", "smallest distance of the feet", "fl", 0.12)
def feet_close(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of their middles, from above."""
    least = [
        np.nanmin(scene.apart[a : b + 1], initial=9.0) for a, b in stretch.spans(mark)
    ]
    return float(min(least, default=float("nan")))


@_curve("turnout", "angle between the feet", "deg", 10.0)
def turnout(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Turnout of both feet together."""
    return scene.turnout("left") + scene.turnout("right")


@_curve("turnout_sup", "turnout of the supporting foot", "deg", 8.0)
def turnout_sup(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Of both feet the smaller where both support."""
    sides: tuple[Side, ...] = ("left", "right") if sup is None else (sup,)
    return np.asarray(np.fmin.reduce([scene.turnout(side) for side in sides]))


@_fact("both_feet", "both feet on the floor", "truth")
def both_feet(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """By the share of frames in which both are."""
    both = scene.down("left") & scene.down("right")
    share = [float(both[a : b + 1].mean()) for a, b in stretch.spans(mark)]
    return _truth(_past(float(np.mean(share)), 0.6, 0.1) if share else 0.5)


@_fact("toe_floor", "the working toe touches the floor", "truth")
def toe_floor(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """By its height over where it stands."""
    work = stretch.roles(mark)[1]
    if work is None:
        return _truth(0.5)
    return _truth(_on_floor(scene, work, stretch.spans(mark)))


def _on_floor(scene: Scene, side: Side, spans: tuple[Frames, ...]) -> float:
    lift = over(scene.movement.contacts.foot(side).toe_lift, spans) / scene.size
    return 1.0 - _past(lift, TOE_UP_M, 0.010)


#: A toe higher over where it stands is off the floor, m on legs of 0.82 m; and one
#: nearer to the other shank is at that leg, leg lengths. Expert defaults.
TOE_UP_M, AT_LEG = 0.035, 0.27
#: A toe at the ankle, at the calf and at the knee: up to these shares of the shank.
ANKLE, CALF, OVER = 0.42, 0.72, 1.5


@_fact("toe_at", "place of the working toe", "label")
def toe_at(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Floor, ankle, calf, knee of the other leg, or away from it."""
    work, spans = stretch.roles(mark)[1], stretch.spans(mark)
    if work is None or not spans:
        return {}
    floor = _on_floor(scene, work, spans)
    up = over(scene.up_the_leg(work), spans)
    near = 1.0 - _past(over(scene.beside(work), spans), AT_LEG, 0.05)
    beside = (1.0 - floor) * near
    over_ankle, over_calf = _past(up, ANKLE, 0.08), _past(up, CALF, 0.08)
    over_knee = _past(up, OVER, 0.1)
    return {
        "floor": floor,
        "ankle": beside * (1.0 - over_ankle),
        "calf": beside * (over_ankle - over_calf),
        "knee": beside * (over_calf - over_knee),
        "away": (1.0 - floor) * (1.0 - near) + beside * over_knee,
    }


# ---------- movement ----------


@_fact("leg_speed", "peak speed of the working leg", "deg/s", 40.0)
def leg_speed(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of thigh or shank; of both legs where none works."""
    work = stretch.roles(mark)[1]
    sides: tuple[Side, ...] = ("left", "right") if work is None else (work,)
    peaks = [
        float(np.nanmax(scene.leg_speed(side)[a : b + 1], initial=0.0))
        for side in sides
        for a, b in stretch.spans(mark)
    ]
    return max(peaks, default=float("nan"))


@_fact("leg_pace", "speed of the legs", "deg/s", 30.0)
def leg_pace(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of the faster one, but for a twentieth of the time: that of a whole phrase."""
    fast = np.fmax(scene.leg_speed("left"), scene.leg_speed("right"))
    parts = [fast[a : b + 1] for a, b in stretch.spans(mark)]
    values = np.concatenate(parts or [np.array([])])
    values = values[np.isfinite(values)]
    return float(np.quantile(values, 0.95)) if values.size else float("nan")


@_fact("leg_out", "greatest height of the working leg", "deg", 5.0)
def leg_out(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Around each span: a leg that opens is highest before or after the bend."""
    curve = leg_elev(scene, *stretch.roles(mark))
    reach = scene.frames(0.2) if mark == "bends" else 0
    tops = [
        float(np.nanmax(curve[max(a - reach, 0) : b + reach + 1], initial=0.0))
        for a, b in stretch.spans(mark)
    ]
    return float(np.median(tops)) if tops else float("nan")


@_fact("az_way", "way of the working leg round the body", "deg", 12.0)
def az_way(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """From where the leg is out to where it comes in."""
    curve = leg_az(scene, *stretch.roles(mark))
    near = scene.frames(0.04)
    ways = [
        over(curve, ((b - near, b),)) - over(curve, ((a, a + near),))
        for a, b in stretch.spans("wide")
    ]
    return abs(ways[0]) if ways else float("nan")


@_fact("turn_rev", "turn of the body", "turns", 0.06)
def turn_rev(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Revolutions to either side; of a turn or series the whole of it."""
    if mark in ("turn", "all") and isinstance(stretch.event, Turn | Series):
        return abs(stretch.event.rotation) / 360.0
    turning = scene.movement.turning
    ways = [abs(turning[b] - turning[a]) / 360.0 for a, b in stretch.spans(mark)]
    return float(max(ways, default=float("nan")))


@_fact("turn_sense", "sense of the turn", "label")
def turn_sense(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Towards the working leg (en dehors), or the supporting leg (en dedans)."""
    work = stretch.roles(mark)[1]
    if not isinstance(stretch.event, Turn | Series) or work is None:
        return {}
    out = stretch.event.direction == work
    return {"en_dehors": _SURE if out else 1 - _SURE,
            "en_dedans": 1 - _SURE if out else _SURE}  # fmt: skip


@_fact("travel", "travel of the body", "legs", 0.05)
def travel(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Horizontal way of the centre of mass, leg lengths."""
    instead = {"step": "over", "transfer": "all"}
    spans = stretch.spans(instead.get(mark, mark))
    return max((scene.way(a, b) for a, b in spans), default=0.0)


@_fact("duration", "length", "s", 0.15)
def duration(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Seconds."""
    spans = stretch.spans(mark)
    return float(sum(scene.time[b] - scene.time[a] for a, b in spans))


@_fact("flight", "a flight", "truth")
def flight(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Whether the body flies in it."""
    flies = any(bool(scene.aloft[a : b + 1].any()) for a, b in stretch.spans(mark))
    return _truth(_SURE if flies else 1.0 - _SURE)


@_fact("arm_places", "places that the hands pass", "count", 0.5)
def arm_places(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """How many other positions of the arms than at the beginning."""
    return float(len(stretch.spans("places")))


@_fact("arm_way", "way of the hands", "arm lengths", 0.15)
def arm_way(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Mean of both, in the frame of the trunk."""
    ways = [
        float(np.nansum(scene.hand_speed[a:b] * np.diff(scene.time[a : b + 1])))
        for a, b in stretch.spans(mark)
    ]
    return sum(ways)


@_fact("arm_pace", "speed of the hands", "arm lengths/s", 0.2)
def arm_pace(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Mean of both, but for a twentieth of the time."""
    parts = [scene.hand_speed[a : b + 1] for a, b in stretch.spans(mark)]
    values = np.concatenate(parts or [np.array([])])
    values = values[np.isfinite(values)]
    return float(np.quantile(values, 0.95)) if values.size else float("nan")


@_fact("poses", "poses of the working leg", "count", 0.5)
def poses(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """How many there are; see :mod:`repetiteur.steps.phrases`."""
    return float(len(stretch.spans("poses")))


# ---------- jumps ----------


@_fact("flight_T", "time in the air", "s", 0.03)
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
    return {1: _SURE, 2: 1 - _SURE} if number == 1 else {1: 1 - _SURE, 2: _SURE}  # type: ignore[dict-item]


@_fact("takeoff", "feet of the take-off", "feet")
def takeoff(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """One or two."""
    if not isinstance(stretch.event, Flight):
        return {}
    return _feet_of(2 if stretch.event.from_feet == "both" else 1)


@_fact("landing", "feet of the landing", "feet")
def landing(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """One or two."""
    if not isinstance(stretch.event, Flight):
        return {}
    return _feet_of(2 if stretch.event.to_feet == "both" else 1)


@_fact("same_foot", "lands on the foot of the take-off", "truth")
def same_foot(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Of a jump from one foot onto one."""
    if not isinstance(stretch.event, Flight):
        return {}
    same = stretch.event.from_feet == stretch.event.to_feet
    return _truth(_SURE if same else 1.0 - _SURE)


@_fact("front_change", "the front foot changes", "truth")
def front_change(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """From before the take-off to after the landing."""
    before = over(scene.ahead, stretch.spans("before"))
    after = over(scene.ahead, stretch.spans("landing"))
    if not np.isfinite(before * after):
        return _truth(0.5)
    less = min(abs(before), abs(after)) * -float(np.sign(before * after))
    return _truth(_past(less, 0.08, 0.06))


@_fact("gap_change", "change of the distance of the feet", "fl", 0.12)
def gap_change(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """From before the take-off to after the landing."""
    before = over(scene.apart, stretch.spans("before"))
    return abs(over(scene.apart, stretch.spans("landing")) - before)


@_fact("crossings", "crossings of the legs in the air", "count")
def crossings(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """As the measure ``beats_count`` counts them."""
    if not isinstance(stretch.event, Flight):
        return {}
    movement = scene.movement
    foot = movement.contacts.foot_length
    times = times_crossed(movement.body, stretch.event, foot, in_front=IN_FRONT)
    if times is None:
        return {}
    return {n: _SURE if n == times.size else (1 - _SURE) for n in range(8)}  # type: ignore[misc]


@_fact("split", "angle between the legs", "deg", 6.0)
def split(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Greatest in the air."""
    curve = scene.angle("split_angle")
    tops = [np.nanmax(curve[a : b + 1], initial=0.0) for a, b in stretch.spans(mark)]
    return float(max(tops, default=float("nan")))


@_fact("feet_dist_air", "smallest distance of the ankles in the air", "fl", 0.08)
def feet_dist_air(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Foot lengths."""
    body = scene.movement.body
    gap = np.linalg.norm(body["left_ankle"] - body["right_ankle"], axis=1)
    gap = gap / scene.movement.contacts.foot_length
    least = [np.nanmin(gap[a : b + 1], initial=9.0) for a, b in stretch.spans(mark)]
    return float(min(least, default=float("nan")))


@_fact("both_knees_bent_air", "both knees bent in the air at once", "truth")
def both_knees_bent_air(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """By more than 60 degrees."""
    bend = _both_knees(scene)
    tops = [np.nanmax(bend[a : b + 1], initial=0.0) for a, b in stretch.spans(mark)]
    return _truth(_past(float(max(tops, default=np.nan)), 60.0, 6.0))


@_fact("beat_contact_air", "the calves meet in the air", "truth")
def beat_contact_air(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Straight legs, raised, that come near to one another."""
    sides: tuple[Side, ...] = ("left", "right")
    straight = np.fmax(*(np.abs(_knee(scene, side)) for side in sides)) < 40.0
    raised = np.fmin(*(scene.angle(f"{s}_leg_elevation") for s in sides)) > 20.0
    apart = np.where(straight & raised, scene.angle("split_angle"), np.nan)
    least = [np.nanmin(apart[a : b + 1], initial=180.0) for a, b in stretch.spans(mark)]
    return _truth(1.0 - _past(float(min(least, default=np.nan)), 20.0, 4.0))


@_fact("contact_pattern", "order of the feet", "label")
def contact_pattern(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """``a-b-a-b`` of a series on one foot after the other."""
    if not isinstance(stretch.event, Series):
        return {}
    alternating = stretch.event.supporting is None
    return {"a-b-a-b": _SURE if alternating else 1 - _SURE}


# ---------- arms and facing ----------


@_fact("arm_sup", "arm of the supporting side", "label")
def arm_sup(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """Forward, side, back, up or low."""
    sup = stretch.roles(mark)[0]
    return {} if sup is None else arm_place(scene, sup, stretch.spans(mark))


@_fact("arm_work", "arm of the working side", "label")
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
    up, low = _past(height, 130.0, 8.0), 1.0 - _past(height, 50.0, 8.0)
    level = max(1.0 - up - low, 0.0)
    aside, back = _past(way, 48.0, 8.0), _past(way, 115.0, 8.0)
    return {
        "forward": level * (1.0 - aside),
        "side": level * (aside - back),
        "back": level * back,
        "up": up,
        "low": low,
    }


@_curve("elbow", "bend of the elbows", "deg", 5.0)
def elbow(scene: Scene, sup: Side | None, work: Side | None) -> Array:
    """Mean of both, degrees."""
    left, right = (scene.angle(f"{s}_elbow_flexion") for s in ("left", "right"))
    return 0.5 * (left + right)


@_fact("facing", "facing", "label")
def facing(scene: Scene, stretch: Stretch, mark: str) -> Value:
    """En face, croisé, effacé, profile or back to the audience (domain, 1.2)."""
    sup, work = stretch.roles(mark)
    heading = over(scene.movement.turning, stretch.spans(mark))
    if not np.isfinite(heading):
        return {}
    turned = float(geometry.wrap(heading))
    size = abs(turned)
    diagonal = _past(size, 20.0, 5.0) - _past(size, 70.0, 5.0)
    profile = _past(size, 70.0, 5.0) - _past(size, 110.0, 5.0)
    nearer: Side = "right" if turned > 0.0 else "left"
    front = _front_leg(scene, stretch, mark, sup, work)
    crossed = 0.5 if front is None else float(front == nearer)
    return {
        "en_face": 1.0 - _past(size, 20.0, 5.0),
        "croise": diagonal * crossed,
        "efface": diagonal * (1.0 - crossed),
        "profile": profile,
        "dos": _past(size, 110.0, 5.0),
    }


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
