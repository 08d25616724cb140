"""Arms, head and shoulders."""

import numpy as np

from figures import figure
from figures.drawing import DOWN, UP, Drawing, Pose
from figures.line import LEFT
from repetiteur.synthetic.steps import first_position, port_de_bras


def second(**alter):
    """Standing with the arms in second."""
    return Pose(first_position(), port_de_bras("side"), at=2.5, **alter)


def arm(drawing, pose, side, *, label=None):
    """The height of an arm: from hanging to the line from shoulder to wrist."""
    shoulder = pose[f"{side}_shoulder"]
    way = pose[f"{side}_wrist"] - shoulder
    drawing.ray(shoulder, DOWN, 0.42)
    drawing.ray(shoulder, way, float(np.linalg.norm(way)))
    drawing.arc(shoulder, DOWN, way, radius=0.26, label=label)


@figure(
    "arm_shape",
    alt="Arms in second from the front: the height of one, the roundness of the other",
)
def arm_shape():
    pose = second()
    drawing = Drawing("front", scale=1.2)
    drawing.dancer(
        pose,
        strong=("left_arm", "right_arm"),
        only=("trunk", "head", "left_arm", "right_arm"),
    )
    arm(drawing, pose, "left")
    shoulder, elbow, wrist = (
        pose[f"right_{part}"] for part in ("shoulder", "elbow", "wrist")
    )
    drawing.ray(elbow, elbow - shoulder, 0.3)
    bent = f"{pose.angle('right_elbow_flexion'):.0f}°"
    drawing.arc(elbow, elbow - shoulder, wrist - elbow, radius=0.24, label=bent)
    return drawing


@figure(
    "head_pitch", alt="The head from the side: the fall of the line from ear to nose"
)
def head_pitch():
    pose = Pose(first_position(), head_pitch=24.0)
    drawing = Drawing("side", scale=1.6)
    drawing.dancer(pose, strong=("head",), only=("trunk", "head"))
    ear, way = pose["mid_ear"], pose["nose"] - pose["mid_ear"]
    drawing.ray(ear, way * [0.0, 0.0, 1.0], 0.42)
    drawing.ray(ear, way, 0.42)
    drawing.arc(ear, way * [0.0, 0.0, 1.0], way, radius=0.32)
    return drawing


@figure(
    "shoulder_lift",
    alt="Shoulders from the front: how far one is lifted along the trunk",
)
def shoulder_lift():
    pose, lift = Pose(first_position()), 0.07
    lifted = pose.moved()
    for part in ("shoulder", "elbow", "wrist", "hand"):
        lifted.points[f"left_{part}"] = pose[f"left_{part}"] + lift * UP
    drawing = Drawing("front", scale=1.5)
    shown = ("trunk", "head", "left_arm", "right_arm")
    drawing.dancer(pose, style="ghost", only=("left_arm", "trunk"))
    drawing.dancer(lifted, strong=("left_arm",), only=shown)
    low, high = pose["left_shoulder"], lifted["left_shoulder"]
    for place in (low, high):
        drawing.line(place, place + 0.2 * LEFT)
    trunk = np.linalg.norm(pose["mid_shoulder"] - pose["mid_hip"])
    aside = 0.2 * LEFT
    drawing.span(low + aside, high + aside, f"{lift / trunk:.2f}")
    return drawing
