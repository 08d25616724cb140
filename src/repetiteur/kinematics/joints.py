"""The angles of the body's joints and limbs.

:data:`ANGLES` is the full set, each with its zero, its sign, its range and the plane it
lies in; the formulas are those of the measures (project specification, measures.yaml)
unless said otherwise. All are in degrees, NaN where a keypoint was not seen or where
the angle has no meaning.

A body that one camera saw has them twice: in space, as far as the tracker's depth goes,
or in the picture, when it is first laid flat
(:func:`repetiteur.kinematics.view.laid_flat`). A flat body has no angles seen from
above.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics import limbs
from repetiteur.kinematics.limbs import Bones
from repetiteur.model.body import Body

Array = NDArray[np.float64]
#: ``bones``: between two bones, wherever they lie. ``vertical``: against the vertical.
#: ``horizontal``: as seen from above.
Plane = Literal["bones", "vertical", "horizontal"]
FLAT: tuple[Plane, ...] = ("bones", "vertical")
PLANES: tuple[Plane, ...] = (*FLAT, "horizontal")
#: Zero, where it grows to, lowest, highest, plane.
_Text = tuple[str, str, float, float, Plane]


@dataclass(frozen=True)
class JointAngle:
    """One angle on one body.

    Attributes
    ----------
    zero, positive : str
        What 0 is, and to where it grows.
    low, high : float
        Its range, degrees.
    plane : {"bones", "vertical", "horizontal"}
    needs : tuple of str
        Keypoints; ``nose|left_eye`` asks for one of the two.
    curve : callable
        ``curve(bones) -> (time,) float``.
    odd : bool
        Positive to the dancer's left: it changes its sign in a mirror. (Angles of a
        side do not: the other side has them then.)
    """

    zero: str
    positive: str
    low: float
    high: float
    plane: Plane
    needs: tuple[str, ...]
    curve: Callable[[Bones], Array]
    odd: bool = False

    def known(self, seen: Set[str], plane: Collection[Plane] = PLANES) -> bool:
        """Whether these keypoints and planes are enough for it."""
        return self.plane in plane and all(
            not seen.isdisjoint(need.split("|")) for need in self.needs
        )


class JointAngles(Mapping[str, Array]):
    """The angles of :func:`joint_angles`, each computed when it is looked up.

    Examples
    --------
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic import Phrase, dance
    >>> from repetiteur.synthetic.steps import demi_plie
    >>> angles = JointAngles(body_of(dance(Phrase.of(demi_plie()))))
    >>> round(angles["left_knee_flexion"].max()), angles.get("left_tail")
    (58, None)
    """

    def __init__(self, body: Body) -> None:
        seen = {name for name in body.points if body.has(name)}
        planes = PLANES if body.facing is None else FLAT
        self._body = body.only(*_settled(seen))
        self._able = {n: one for n, one in ANGLES.items() if one.known(seen, planes)}
        self._made: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        """The angle, (time,) degrees; KeyError of one that the body does not have."""
        angle = self._able[name]
        if name not in self._made:
            self._made[name] = angle.curve(Bones(self._body))
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Whether the body has an angle, which need not be computed for that."""
        return name in self._able

    def __iter__(self) -> Iterator[str]:
        """Names of the angles, in the order of :data:`ANGLES`."""
        return iter(self._able)

    def __len__(self) -> int:
        """How many angles the body has."""
        return len(self._able)


def joint_angles(body: Body) -> dict[str, Array]:
    """All angles that the body's keypoints allow.

    Parameters
    ----------
    body : Body
        In space, or laid flat into the picture's plane.

    Returns
    -------
    dict of str to (time,) float
        Degrees, named as in :data:`ANGLES`: ``left_knee_flexion``. An angle for which
        the file lacks a keypoint is left out, and so are angles seen from above of a
        body laid flat.
    """
    return dict(JointAngles(body))


def _settled(seen: set[str]) -> set[str]:
    """Keypoints without those that stand in for others which are there.

    What stands in is decided for a whole recording, never frame by frame.
    """
    spare = {"head"} if seen.issuperset(_EARS) else set()
    if "nose" in seen:
        spare |= {"left_eye", "right_eye"}
    return seen - spare


def in_frames(body: Body, frames: slice) -> Body:
    """A body in some of its frames, without errors."""
    return replace(
        body,
        time=body.time[frames],
        points={name: place[frames] for name, place in body.points.items()},
        sd={},
        facing=None if body.facing is None else body.facing[frames],
    )


def _both(
    name: str,
    text: _Text,
    joints: tuple[str, ...],
    curve: Callable[[Bones, str], Array],
    besides: tuple[str, ...] = (),
) -> dict[str, JointAngle]:
    """An angle of the left and of the right side."""
    return {
        f"{side}_{name}": JointAngle(
            *text,
            needs=(*(f"{side}_{joint}" for joint in joints), *besides),
            curve=partial(_of_side, curve, side),
        )
        for side in ("left", "right")
    }


def _of_side(curve: Callable[[Bones, str], Array], side: str, bones: Bones) -> Array:
    return curve(bones, side)


_LEG, _ARM = ("hip", "knee", "ankle"), ("shoulder", "elbow", "wrist")
_FOOT, _SOLE = ("heel", "toe"), ("knee", "ankle", "heel", "toe")
_HIPS, _SHOULDERS = ("left_hip", "right_hip"), ("left_shoulder", "right_shoulder")
_EARS, _SKULL = ("left_ear", "right_ear"), ("left_ear|head", "right_ear|head")
_FACE = (*_SKULL, "nose|left_eye", "nose|right_eye")
_HEAD = (*_SKULL, "left_ear|nose|left_eye", "right_ear|nose|right_eye")

_BENT: _Text = ("straight", "bent", 0.0, 180.0, "bones")
_RAISED: _Text = ("hanging", "raised: 90 level, 180 upright", 0.0, 180.0, "vertical")
_LEANING: _Text = ("upright", "leaning to any side", 0.0, 180.0, "vertical")
_OUT: _Text = ("ahead", "outward", -180.0, 180.0, "horizontal")
_AROUND: _Text = ("ahead", "outward: 180 behind", -90.0, 270.0, "horizontal")

#: The full set. Sided angles come as ``left_`` and ``right_``. Sources: the measures of
#: the same names; ``arm_*`` from ``arm_shape``, ``trunk_*`` and ``plumb`` from
#: ``aplomb``, ``head_*`` and ``shoulder_yaw`` from ``epaulement``, ``turnout`` from
#: ``turnout_side``, ``heel_rise`` from ``heel_height``, ``back_leg_angle`` from
#: ``arabesque_line``.
ANGLES: Mapping[str, JointAngle] = {
    **_both(
        "knee_flexion",
        (
            "straight",
            "bent; negative: bent backwards",
            -limbs.BACKWARDS,
            180.0,
            "bones",
        ),
        _LEG,
        limbs.knee_flexion,
    ),
    **_both("elbow_flexion", _BENT, _ARM, limbs.elbow_flexion),
    **_both(
        "ankle_plantarflexion",
        ("square to the shank", "pointed: 90 in line", -90.0, 90.0, "bones"),
        _SOLE,
        limbs.ankle_plantarflexion,
    ),
    **_both(
        "heel_rise",
        ("flat", "heel over the toe: 90 upright", -90.0, 90.0, "vertical"),
        _FOOT,
        limbs.heel_rise,
    ),
    **_both("leg_elevation", _RAISED, ("hip", "ankle"), limbs.leg_elevation),
    **_both("thigh_elevation", _RAISED, ("hip", "knee"), limbs.thigh_elevation),
    **_both("leg_azimuth", _AROUND, ("ankle",), limbs.leg_azimuth, _HIPS),
    **_both(
        "hip_rotation_proxy", _OUT, ("knee", "ankle"), limbs.hip_rotation_proxy, _HIPS
    ),
    **_both("turnout", _OUT, _FOOT, limbs.turnout, _HIPS),
    **_both(
        "knee_over_toe",
        ("knee over the toes", "knee inside of them", -180.0, 180.0, "horizontal"),
        (*_LEG, *_FOOT),
        limbs.knee_over_toe,
    ),
    **_both("arm_elevation", _RAISED, ("shoulder", "wrist"), limbs.arm_elevation),
    **_both("arm_azimuth", _AROUND, ("wrist",), limbs.arm_azimuth, _SHOULDERS),
    **_both(
        "back_leg_angle",
        ("trunk and leg in one line", "curved", 0.0, 180.0, "bones"),
        ("ankle",),
        limbs.back_leg_angle,
        (*_HIPS, *_SHOULDERS),
    ),
    **_both("plumb", _LEANING, ("ankle",), limbs.plumb_of_foot, _SKULL),
    "plumb": JointAngle(
        *_LEANING,
        needs=("left_ankle", "right_ankle", *_SKULL),
        curve=limbs.plumb,
    ),
    "trunk_pitch": JointAngle(
        *("upright", "forward", -150.0, 150.0, "vertical"),
        needs=(*_HIPS, *_SHOULDERS),
        curve=limbs.trunk_pitch,
    ),
    "trunk_side": JointAngle(
        *("upright", "to the left", -150.0, 150.0, "vertical"),
        needs=(*_HIPS, *_SHOULDERS),
        curve=limbs.trunk_side,
        odd=True,
    ),
    "pelvis_obliquity": JointAngle(
        *("level", "left hip higher", -90.0, 90.0, "vertical"),
        needs=_HIPS,
        curve=limbs.pelvis_obliquity,
        odd=True,
    ),
    "hip_square": JointAngle(
        *("pelvis square to the trunk", "left of it", -180.0, 180.0, "horizontal"),
        needs=(*_HIPS, *_SHOULDERS),
        curve=limbs.hip_square,
        odd=True,
    ),
    "shoulder_yaw": JointAngle(
        *("shoulders square to the pelvis", "left of it", -180.0, 180.0, "horizontal"),
        needs=(*_HIPS, *_SHOULDERS),
        curve=limbs.shoulder_yaw,
        odd=True,
    ),
    "head_yaw": JointAngle(
        *("head square to the trunk", "left of it", -180.0, 180.0, "horizontal"),
        needs=(*_HEAD, *_SHOULDERS),
        curve=limbs.head_yaw,
        odd=True,
    ),
    "head_pitch": JointAngle(
        *("face level", "looking down", -90.0, 90.0, "vertical"),
        needs=_FACE,
        curve=limbs.head_pitch,
    ),
    "head_tilt": JointAngle(
        *("ears level", "to the left: right ear higher", -90.0, 90.0, "vertical"),
        needs=_EARS,
        curve=limbs.head_tilt,
        odd=True,
    ),
    "split_angle": JointAngle(
        *("legs together", "apart", 0.0, 180.0, "bones"),
        needs=(*_HIPS, "left_ankle", "right_ankle"),
        curve=limbs.split_angle,
    ),
}
