"""Beside the reference, side by side, and how smooth."""

import numpy as np

from figures import figure
from figures.carriage import arm, second
from figures.drawing import Drawing, Plot
from figures.line import arabesque

T = np.linspace(0.0, 1.0, 300)


def stroke(t):
    """Speed of a minimum-jerk stroke in [0, 1]."""
    t = np.clip(t, 0.0, 1.0)
    return 30.0 * t**2 * (1.0 - t) ** 2


@figure(
    "pose_distance",
    alt="Reference and take laid on one another: the angles between the same bones",
)
def pose_distance():
    reference = arabesque()
    take = arabesque(left_height=-18.0, trunk_pitch=6.0)
    drawing = Drawing("side")
    drawing.floor(reference)
    drawing.dancer(reference, style="ghost")
    drawing.dancer(take, strong=("left_leg", "trunk"))
    hip = take["left_hip"]
    ways = [one["left_ankle"] - one["left_hip"] for one in (reference, take)]
    drawing.arc(hip, *ways, radius=0.62)
    return drawing


@figure("timing_path", alt="The same movement in reference and take, a little later")
def timing_path():
    late = 0.16
    plot = Plot((0.0, 1.3), 0.0, 2.2)
    t = np.linspace(0.0, 1.3, 300)
    plot.curve(t, stroke(t), "other-line")
    plot.curve(t, stroke(t - late))
    plot.span((0.5, 1.94), (0.5 + late, 1.94), f"{late:.2f} s late", shift=(10, -8))
    plot.note((0.28, 1.1), "reference", shift=(-38, 0))
    plot.note((1.0, 1.1), "take", shift=(6, 0))
    return plot


@figure(
    "step_presence",
    alt="Two performances as bands: a part of the reference has nothing beside it",
)
def step_presence():
    plot = Plot((0.0, 10.0), 0.0, 3.0)
    plot.path([(0.0, 2.2), (10.0, 2.2)], "other-line")
    plot.path([(0.0, 1.0), (4.0, 1.0)], "strong-line")
    plot.path([(6.0, 1.0), (10.0, 1.0)], "strong-line")
    plot.span((4.0, 1.0), (6.0, 1.0), "left out", shift=(0.0, 20.0))
    plot.note((0.0, 2.2), "reference", shift=(0, -6), anchor="start")
    plot.note((0.0, 1.0), "take", shift=(0, -6), anchor="start")
    return plot


@figure(
    "symmetry_index",
    "asymmetry",
    alt="Arms in second, one lower than the other: the same angle on both sides",
)
def symmetry_index():
    pose = second(right_arm_height=-16.0)
    drawing = Drawing("front", scale=1.1)
    shown = ("trunk", "head", "left_arm", "right_arm")
    drawing.dancer(pose, strong=("left_arm", "right_arm"), only=shown)
    for side in ("left", "right"):
        arm(drawing, pose, side)
    return drawing


@figure(
    "smoothness_sparc",
    "smoothness_ldlj",
    alt="The speed of one smooth stroke, and of the same way in three parts",
)
def smoothness():
    plot = Plot((0.0, 1.0), 0.0, 2.6)
    parts = sum(stroke(3.0 * T - k) for k in range(3))
    plot.curve(T, parts, "other-line")
    plot.curve(T, stroke(T))
    plot.note((0.0, 2.45), "speed", anchor="start")
    plot.note((1.0, 0.0), "time", anchor="end", shift=(0, 16))
    return plot
