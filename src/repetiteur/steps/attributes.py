"""What is said of a step beside its name: side, facing, direction, height, arms."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from repetiteur.kernels import geometry
from repetiteur.kinematics.hands import POSITIONS
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.series import Series
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.steps.features import over
from repetiteur.steps.features.body import facing
from repetiteur.steps.features.legs import knee_work, leg_az, leg_elev, thigh_elev
from repetiteur.steps.judging import Verdict
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import Frames, Stretch

#: Where a step of each kind is seen best.
_SEEN_AT = {
    "stance": "hold",
    "bend": "bottom",
    "rise": "top",
    "leg": "peak",
    "circle": "out",
    "pose": "hold",
    "pivot": "pivot",
    "tilt": "bottom",
    "flight": "flight",
    "flights": "landing",
    "series": "turning",
    "turn": "turn",
}
#: A foot is in front by this, foot lengths; expert default, as for beats.
_IN_FRONT = 0.15
#: Positions in which the front foot is told, and jumps after which it is.
_CROSSED = frozenset(("third_position", "fourth_position", "fifth_position"))
_LANDED = frozenset((
    "changement", "soubresaut", "entrechat_quatre", "entrechat_six", "echappe_saute",
))  # fmt: skip
#: A facing is said if it is more likely than not.
LIKELY = 0.5
#: A leg bent by the first is as high as its thigh, by the second is drawn up and has no
#: height, and goes round by the third, deg. Expert defaults.
BENT_DEG, FOLDED_DEG, ROUND_DEG = 30.0, 80.0, 100.0
#: Steps that go by the name of the leg that steps first, and so supports first.
_STEPPED = frozenset(("balance_waltz",))
#: Steps of a leg, of which its direction and height are told.
_OF_A_LEG = frozenset(("leg", "circle", "pose", "tilt", "pivot"))


def side_of(scene: Scene, verdict: Verdict) -> Side | None:
    """The working leg, the foot in front at the end, or the way a turn goes."""
    stretch, id = verdict.stretch, verdict.entry.id
    if id in _STEPPED and stretch.working is not None:
        return OTHER[stretch.working]
    if stretch.working is not None:
        return stretch.working
    if id in _CROSSED:
        return _front(scene, stretch.spans("hold"))
    if id in _LANDED:
        return _front(scene, stretch.spans("closing") or stretch.spans("landing"))
    if isinstance(stretch.event, Series):
        return stretch.event.direction
    if id == "tour_en_lair":
        first, last = stretch.spans("flight")[0]
        turning = scene.movement.turning
        return "left" if turning[last] > turning[first] else "right"
    return None


def _front(scene: Scene, spans: tuple[Frames, ...]) -> Side | None:
    ahead = over(scene.ahead, spans)
    if not abs(ahead) >= _IN_FRONT:
        return None
    return "left" if ahead > 0.0 else "right"


def attributes_of(scene: Scene, verdict: Verdict) -> Mapping[str, str | float]:
    """Facing, arms, direction and height of the leg, turns, as far as they were seen.

    Returns
    -------
    mapping of str to str or float
        ``facing`` and ``heading_deg``, ``arms``, ``direction`` and ``height_deg``,
        ``sense`` and ``turns``, ``way``; what was not seen, or has no meaning, is left
        out.
    """
    stretch = verdict.stretch
    mark = _SEEN_AT.get(stretch.kind, "all")
    spans = stretch.spans(mark)
    out: dict[str, str | float] = {}
    if verdict.way:
        out["way"] = verdict.way
    if stretch.kind in ("stance", "bend", "rise", "pose", "tilt", "leg", "circle"):
        out |= _facing(scene, stretch, mark)
    place = _arms(scene, spans)
    if place:
        out["arms"] = place
    if stretch.kind in _OF_A_LEG:
        out |= _leg(scene, stretch, mark)
    if isinstance(stretch.event, Turn | Series):
        out |= _turn(stretch.event)
    return out


def _facing(scene: Scene, stretch: Stretch, mark: str) -> dict[str, str | float]:
    heading = over(scene.movement.turning, stretch.spans(mark))
    labels = facing(scene, stretch, mark)
    if not np.isfinite(heading) or isinstance(labels, float | int) or not labels:
        return {}
    best = max(labels, key=lambda label: labels[label])
    out: dict[str, str | float] = {"heading_deg": round(float(geometry.wrap(heading)))}
    return {"facing": str(best), **out} if labels[best] > LIKELY else out


def _arms(scene: Scene, spans: tuple[Frames, ...]) -> str:
    """Position of the arms in most of some spans; "" for none."""
    seen = np.concatenate([scene.arms[a : b + 1] for a, b in spans] or [np.array([-1])])
    counts = np.bincount(seen + 1, minlength=len(POSITIONS) + 1)
    best = int(counts.argmax())
    return list(POSITIONS)[best - 1] if best else ""


def _leg(scene: Scene, stretch: Stretch, mark: str) -> dict[str, str | float]:
    """Height and direction of a leg; of a bent one of its thigh, of a folded none."""
    roles, spans = stretch.roles(mark), stretch.spans(mark)
    bend = over(knee_work(scene, *roles), spans)
    if bend > FOLDED_DEG:
        return _sense(scene, stretch)
    of = thigh_elev if bend > BENT_DEG else leg_elev
    height = over(of(scene, *roles), spans)
    way = over(leg_az(scene, *roles), spans)
    out: dict[str, str | float] = {}
    if np.isfinite(height):
        out["height_deg"] = round(height)
    if np.isfinite(way):
        names = ((35.0, "devant"), (130.0, "seconde"), (360.0, "derriere"))
        out["direction"] = next(name for most, name in names if way < most)
    return out | _sense(scene, stretch)


def _sense(scene: Scene, stretch: Stretch) -> dict[str, str | float]:
    """Which way round a leg goes that goes round: outwards is front to back."""
    if stretch.working is None:
        return {}
    azimuth = scene.angle(f"{stretch.working}_leg_azimuth")
    near = scene.frames(0.04)
    for first, last in stretch.spans("wide"):
        begins, ends = ((first, first + near),), ((last - near, last),)
        way = over(azimuth, ends) - over(azimuth, begins)
        if abs(way) > ROUND_DEG:
            return {"sense": "en_dehors" if way > 0.0 else "en_dedans"}
    return {}


def _turn(turn: Turn | Series) -> dict[str, str | float]:
    out: dict[str, str | float] = {"turns": round(abs(turn.rotation) / 180.0) / 2.0}
    if turn.working is not None:
        out["sense"] = "en_dehors" if turn.direction == turn.working else "en_dedans"
    return out
