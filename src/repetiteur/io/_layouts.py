"""The orders of points of 2D detectors, where a file has numbers without names.

Names are the detectors' own, which ``model/mappings.yaml`` knows. Of faces and fingers
nothing is kept but the base of the middle finger, which is our ``hand``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "COCO",
    "COCO_LAYOUTS",
    "MIDDLE_FINGER",
    "OPENPOSE_HANDS",
    "OPENPOSE_LAYOUTS",
    "Layout",
]


@dataclass(frozen=True)
class Layout:
    """Which points are which.

    Attributes
    ----------
    title : str
        What the order is called.
    names : mapping of str to int
        Name -> index of the point.
    """

    title: str
    names: Mapping[str, int]


def _in_order(text: str, first: int = 0) -> dict[str, int]:
    return {name: first + index for index, name in enumerate(text.split())}


_COCO = _in_order(
    "nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder "
    "left_elbow right_elbow left_wrist right_wrist left_hip right_hip left_knee "
    "right_knee left_ankle right_ankle"
)
#: https://cocodataset.org, keypoints of a person.
COCO = tuple(_COCO)
_FEET = "left_big_toe left_small_toe left_heel right_big_toe right_small_toe right_heel"
#: Of a hand's 21 points: the base of the middle finger.
MIDDLE_FINGER = 9
# Halpe (H.-S. Fang et al., 2022): COCO, then these.
_HALPE = _COCO | _in_order(
    "head_top neck pelvis left_big_toe right_big_toe left_small_toe right_small_toe "
    "left_heel right_heel",
    first=17,
)
# COCO-WholeBody (S. Jin et al., 2020): COCO, feet, 68 of the face, the two hands.
_WHOLE = (
    _COCO
    | _in_order(_FEET, first=17)
    | {"left_middle_finger1": 91 + MIDDLE_FINGER}
    | {"right_middle_finger1": 112 + MIDDLE_FINGER}
)
_HALPE_WHOLE = _HALPE | {
    "left_middle_finger1": 94 + MIDDLE_FINGER,
    "right_middle_finger1": 115 + MIDDLE_FINGER,
}

#: Number of points -> their order, for COCO, AlphaPose and MMPose.
COCO_LAYOUTS: Mapping[int, Layout] = {
    17: Layout("COCO", _COCO),
    26: Layout("Halpe", _HALPE),
    133: Layout("COCO-WholeBody", _WHOLE),
    136: Layout("Halpe with face and hands", _HALPE_WHOLE),
}

_ARMS = "RShoulder RElbow RWrist LShoulder LElbow LWrist"
_LEGS = "RHip RKnee RAnkle LHip LKnee LAnkle"
_HEAD = "REye LEye REar LEar"
_TOES = "LBigToe LSmallToe LHeel RBigToe RSmallToe RHeel"
_BODY_135 = (
    "Nose LEye REye LEar REar LShoulder RShoulder LElbow RElbow LWrist RWrist LHip "
    f"RHip LKnee RKnee LAnkle RAnkle Neck HeadTop {_TOES}"
)

#: Number of points -> their order, for OpenPose (its doc/02_output.md and
#: poseParametersRender.hpp).
OPENPOSE_LAYOUTS: Mapping[int, Layout] = {
    15: Layout("MPI", _in_order(f"HeadTop Neck {_ARMS} {_LEGS} Chest")),
    18: Layout("COCO", _in_order(f"Nose Neck {_ARMS} {_LEGS} {_HEAD}")),
    25: Layout(
        "BODY_25", _in_order(f"Nose Neck {_ARMS} MidHip {_LEGS} {_HEAD} {_TOES}")
    ),
    135: Layout("BODY_135", _in_order(_BODY_135)),
}
#: The point of a hand's 21 that is kept, in OpenPose's files.
OPENPOSE_HANDS = {"hand_left_keypoints": "LHand", "hand_right_keypoints": "RHand"}
