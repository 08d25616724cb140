"""Lines over a picture: the bones that were seen, and the limb that a note means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from repetiteur.model.poses import Array
from repetiteur.report.marks import Mark

Point = tuple[float, float]
Joints = Mapping[str, Point]

_SIDES = ("left", "right")
#: Chains of keypoints; the face is left alone.
CHAINS: tuple[tuple[str, ...], ...] = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    *((f"{side}_shoulder", f"{side}_hip") for side in _SIDES),
    *(
        tuple(f"{side}_{part}" for part in chain)
        for side in _SIDES
        for chain in (
            ("shoulder", "elbow", "wrist", "hand"),
            ("hip", "knee", "ankle", "toe"),
            ("ankle", "heel"),
        )
    ),
)
#: Joints that are marked with a dot.
DOTS = tuple(f"{side}_{part}" for side in _SIDES for part in ("elbow", "knee", "ankle"))
_LIMBS: dict[Mark, tuple[str, ...]] = {
    "knee": ("hip", "knee", "ankle"),
    "leg": ("hip", "knee", "ankle", "toe"),
    "elbow": ("shoulder", "elbow", "wrist"),
    "arm": ("shoulder", "elbow", "wrist"),
    "upper_arm": ("shoulder", "elbow"),
}
_BESIDE, _INSIDE = 11.0, 34.0  # of the number from a joint, and inside an angle
_TEXT = 38.0  # its width


class Label(NamedTuple):
    """Where a number stands: its base line, and which end of it lies at x."""

    x: float
    y: float
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Lines:
    """What is drawn over a picture, in the units of its view.

    Attributes
    ----------
    bones, accent : str
        SVG path data; the accent is the limb that was measured, empty where none.
    dots : tuple of (x, y)
        Joints.
    label : Label or None
        Where the measured value stands.
    """

    bones: str
    accent: str
    dots: tuple[Point, ...]
    label: Label | None


def lines(joints: Joints, mark: Mark | None, side: str | None, width: float) -> Lines:
    """Bones between the joints that are seen.

    Parameters
    ----------
    joints : mapping of str to (x, y)
        Places in the view; what was not seen is not in it.
    mark : Mark or None
        Which limb was measured.
    side : str or None
    width : float
        Of the view; the number stays inside.

    Examples
    --------
    >>> seen = {"left_hip": (50, 10), "left_knee": (50, 30), "left_ankle": (60, 50)}
    >>> drawn = lines(seen, "knee", "left", 100)
    >>> drawn.bones, drawn.accent == drawn.bones, drawn.dots
    ('M50 10L50 30L60 50', True, ((50, 30), (60, 50)))
    """
    chains = [run for chain in CHAINS for run in _runs(chain, joints)]
    limb = _limb(mark, side, joints)
    return Lines(
        bones="".join(_path(run) for run in chains),
        accent=_path(limb) if len(limb) > 1 else "",
        dots=tuple(joints[name] for name in DOTS if name in joints),
        label=_label(mark, limb, width),
    )


def _runs(chain: Sequence[str], joints: Joints) -> list[list[Point]]:
    """What stands between missing joints."""
    out: list[list[Point]] = [[]]
    for name in chain:
        if name in joints:
            out[-1].append(joints[name])
        else:
            out.append([])
    return [run for run in out if len(run) > 1]


def _limb(mark: Mark | None, side: str | None, joints: Joints) -> list[Point]:
    """The measured limb from the body outwards; empty unless all of it is seen."""
    if mark in ("pitch", "lean"):
        ends = [[f"{s}_{part}" for s in _SIDES] for part in ("hip", "shoulder")]
        if not all(name in joints for pair in ends for name in pair):
            return []
        middles = [np.mean([joints[name] for name in pair], axis=0) for pair in ends]
        return [(float(x), float(y)) for x, y in middles]
    if mark is None or side not in _SIDES:
        return []
    names = [f"{side}_{part}" for part in _LIMBS[mark]]
    needed = names[:3]
    return (
        [joints[n] for n in names if n in joints] if joints.keys() >= {*needed} else []
    )


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.4g} {y:.4g}" for x, y in points)


def _label(mark: Mark | None, limb: list[Point], width: float) -> Label | None:
    """Beside the joint, on the side that the limb leaves free."""
    if mark is None or len(limb) < 2:
        return None
    places = np.array(limb, dtype=float)
    if mark in ("knee", "elbow"):
        joint, away = places[1], _BESIDE
        way = _unit(2 * joint - places[0] - places[2])
    else:
        joint, away = places[0], _INSIDE
        way = _unit(_unit(places[-1] - joint) + _hanging(mark))
    if not way.any():
        way = np.array([-1.0 if joint[0] < width / 2 else 1.0, 0.0])
    x, y = joint + way * away
    if abs(way[0]) < 0.5:
        return Label(float(np.clip(x, _TEXT / 2, width - _TEXT / 2)), y + 5.0, "middle")
    if way[0] > 0:
        return Label(min(float(x), width - _TEXT), y + 5.0, "start")
    return Label(max(float(x), _TEXT), y + 5.0, "end")


def _hanging(mark: Mark) -> Array:
    """The direction from which the angle counts; y points down."""
    return np.array([0.0, -1.0 if mark in ("pitch", "lean") else 1.0])


def _unit(vector: Array) -> Array:
    length = float(np.hypot(*vector))
    return vector / length if length > 1e-6 else vector * 0.0
