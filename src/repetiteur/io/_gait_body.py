"""The body of OpenSim's gait models, placed by their joint angles.

Names, axes and the order of turns are those of gait2392 and of the full-body models
made after it: S. L. Delp et al., "An interactive graphics-based model of the lower
extremity", IEEE Trans. Biomed. Eng. 37 (1990) 757-767; A. Rajagopal et al., "Full-body
musculoskeletal model for muscle-driven simulation of human gait", IEEE Trans. Biomed.
Eng. 63 (2016) 2068-2079. x is forwards, y up, z to the right. Lengths are those of the
unscaled model; a person's are not in a file of angles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.rotations import chain, from_rotation_vectors

__all__ = ["NEEDED", "gait_body"]

Array = NDArray[np.float64]
Vector = tuple[float, float, float]

#: Without these angles there is no body.
NEEDED = (
    "pelvis_tilt", "pelvis_list", "pelvis_rotation", "hip_flexion_r", "hip_flexion_l",
    "knee_angle_r", "knee_angle_l",
)  # fmt: skip

_X, _Y, _Z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
#: In Rajagopal's model the shank turns inwards as the knee bends, degrees (after P. S.
#: Walker et al., J. Biomech. 21 (1988) 965-974); in gait2392 it does not.
_BENDS = (0.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0)
_TWISTS = (0.0, 3.41, 6.27, 8.63, 11.29, 13.18, 14.88, 14.99)
_BENT = 20.0  # degrees: a knee beyond is bent, and its sign says which way is bent


@dataclass(frozen=True)
class _Joint:
    """One joint or point of the right side or of the middle, in the neutral pose."""

    name: str
    parent: str
    offset: Vector
    turns: tuple[tuple[str, Vector], ...] = ()


_MIDDLE = (
    _Joint("asis", "", (0.0, 0.0, 0.0),
           (("pelvis_tilt", _Z), ("pelvis_list", _X), ("pelvis_rotation", _Y))),
    _Joint("pelvis", "asis", (-0.0707, -0.0661, 0.0)),
    _Joint("lumbar", "asis", (-0.1007, 0.0815, 0.0),
           (("lumbar_extension", _Z), ("lumbar_bending", _X), ("lumbar_rotation", _Y))),
    _Joint("chest", "lumbar", (0.0, 0.2, 0.0)),
    _Joint("neck", "lumbar", (0.0, 0.45, 0.0)),
    _Joint("head", "lumbar", (0.0, 0.56, 0.0),
           (("neck_flexion", _Z), ("neck_bending", _X), ("neck_rotation", _Y))),
    _Joint("head_top", "head", (0.0, 0.19, 0.0)),
)  # fmt: skip
_RIGHT = (
    _Joint("hip", "asis", (-0.0707, -0.0661, 0.0835),
           (("hip_flexion", _Z), ("hip_adduction", _X), ("hip_rotation", _Y))),
    _Joint("knee", "hip", (0.0, -0.398, 0.0),
           (("knee_angle", (0.0, -0.0707, -0.9975)),
            ("knee_twist", (-0.1243, 0.9898, -0.0702)))),
    _Joint("ankle", "knee", (0.0, -0.43, 0.0),
           (("ankle_angle", (-0.105, -0.174, 0.979)),)),
    _Joint("heel", "ankle", (-0.04877, -0.04195, 0.00792),
           (("subtalar_angle", (0.787, 0.605, -0.121)),)),
    _Joint("toe", "heel", (0.24, -0.002, 0.001)),
    _Joint("shoulder", "lumbar", (0.0032, 0.3715, 0.17),
           (("arm_flex", _Z), ("arm_add", _X), ("arm_rot", _Y))),
    _Joint("elbow", "shoulder", (0.0131, -0.2863, -0.0096),
           (("elbow_flex", (0.226, 0.0223, 0.9739)),)),
    _Joint("wrist", "elbow", (-0.02, -0.249, 0.0256)),
)  # fmt: skip


def gait_body(angles: Mapping[str, Array]) -> tuple[list[str], Array, list[str]]:
    """Points of the body in each frame.

    Parameters
    ----------
    angles : mapping of str to (time,) float
        Degrees by coordinate, translations of the pelvis in metres. What is not there
        is 0; without ``lumbar_extension`` there are no trunk, arms and head, and
        without ``arm_flex_r`` no right elbow and wrist.

    Returns
    -------
    list of str
        Our keypoints.
    (time, 3, keypoint) float
        Metres, x forwards, y up, z to the right.
    list of str
        Lines for the history.

    Examples
    --------
    >>> names, place, _ = gait_body({name: np.zeros(1) for name in NEEDED})
    >>> place[0, :, names.index("left_hip")].tolist()
    [-0.0707, -0.0661, -0.0835]
    """
    joints = [*_MIDDLE, *_side("right"), *_side("left")]
    angles, line = _knees_one_way(angles)
    frames = len(angles[NEEDED[0]])
    turns = np.empty((frames, len(joints), 3, 3))
    for k, joint in enumerate(joints):
        turns[:, k] = _turned(joint, angles, frames)
    still = np.zeros(frames)
    root = np.stack([angles.get(f"pelvis_t{axis}", still) for axis in "xyz"], axis=1)
    order = [joint.name for joint in joints]
    parents = [order.index(joint.parent) if joint.parent else -1 for joint in joints]
    place = chain(parents, [joint.offset for joint in joints], turns, root)
    kept = [k for k, name in enumerate(order) if _is_known(name, angles)]
    return [order[k] for k in kept], place[:, :, kept], [line]


def _side(side: str) -> list[_Joint]:
    """The joints of one side; those of the left are the right's in a mirror."""
    sign = 1.0 if side == "right" else -1.0
    middle = {joint.name for joint in _MIDDLE}
    return [
        _Joint(
            f"{side}_{joint.name}",
            joint.parent if joint.parent in middle else f"{side}_{joint.parent}",
            (joint.offset[0], joint.offset[1], sign * joint.offset[2]),
            tuple(
                (f"{name}_{side[0]}", (sign * axis[0], sign * axis[1], axis[2]))
                for name, axis in joint.turns
            ),
        )
        for joint in _RIGHT
    ]


def _turned(joint: _Joint, angles: Mapping[str, Array], frames: int) -> Array:
    """Rotation of a joint against its parent, (time, 3, 3)."""
    turn: Array = np.tile(np.eye(3), (frames, 1, 1))
    for name, axis in joint.turns:
        if name in angles:
            about = np.array(axis) / np.linalg.norm(axis)
            turn = turn @ from_rotation_vectors(
                np.radians(angles[name])[:, None] * about
            )
    return turn


def _knees_one_way(angles: Mapping[str, Array]) -> tuple[dict[str, Array], str]:
    """Angles with bent knees above 0, and a line on what they were in the file."""
    knees = {name: angles[name] for name in ("knee_angle_r", "knee_angle_l")}
    both = np.concatenate(list(knees.values()))
    bent = both[np.abs(both) > _BENT]
    middle = np.median(bent) if bent.size else 0.0
    if middle < 0.0:
        straightened = {name: -knee for name, knee in knees.items()}
        return {**angles, **straightened}, "knees: bent is negative, as in gait2392"
    twists = {
        f"knee_twist_{name[-1]}": np.interp(knee, _BENDS, _TWISTS)
        for name, knee in knees.items()
    }
    return {**angles, **twists}, "knees: bent is positive, as in Rajagopal's model"


def _is_known(name: str, angles: Mapping[str, Array]) -> bool:
    if name in ("asis", "lumbar"):
        return False
    above = ("chest", "neck", "head", "head_top", "shoulder", "elbow", "wrist")
    part = name.rpartition("_")[2] if name != "head_top" else name
    if part in above and "lumbar_extension" not in angles:
        return False
    return part not in ("elbow", "wrist") or f"arm_flex_{name[0]}" in angles
