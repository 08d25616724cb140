"""Placement, height and line of the working leg."""

import numpy as np

from figures import figure
from figures.drawing import DOWN, UP, Drawing, Pose, by
from figures.standing import FLAT, bend
from repetiteur.synthetic.keyposes import KeyPose, leg, on_both
from repetiteur.synthetic.steps import (
    arabesque_1,
    battement_tendu,
    developpe,
    fifth_position,
    first_position,
    retire,
)

LEFT = np.array([1.0, 0.0, 0.0])


def arabesque(**alter):
    return Pose(
        fifth_position("right"), arabesque_1("left"), at="arabesque_1.hold", **alter
    )


def seconde(**alter):
    return Pose(fifth_position("left"), developpe("left"), at="developpe.hold", **alter)


def drawn_up():
    return Pose(fifth_position("left"), retire("left"), at="retire.draw_up")


@figure("aplomb", alt="The trunk in an arabesque from the side: its lean from upright")
def aplomb():
    pose = arabesque()
    drawing = Drawing("side")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("trunk",))
    hips = pose["mid_hip"]
    drawing.ray(hips, UP, 0.75)
    drawing.arc(hips, UP, pose["mid_shoulder"] - hips, radius=0.36, shift=(-26, 14))
    return drawing


@figure("pelvis_obliquity", alt="A tendu from the front: the hips' slope from level")
def pelvis_obliquity():
    pose = Pose(
        fifth_position("left"),
        battement_tendu("left", "seconde"),
        at="battement_tendu.point",
        obliquity=9.0,
    )
    drawing = Drawing("front", scale=1.2)
    drawing.floor(pose)
    drawing.dancer(pose)
    right, left = pose["right_hip"], pose["left_hip"]
    drawing.path([right, left], "body strong", 7)
    drawing.ray(right, LEFT, 0.62)
    drawing.ray(right, left - right, 0.62)
    drawing.arc(right, LEFT, left - right, radius=0.55, shift=(4, 2))
    return drawing


@figure(
    "hip_square", alt="From above: the line of the hips against that of the shoulders"
)
def hip_square():
    return twisted(head=False)


@figure("epaulement", alt="From above: pelvis, shoulders and head, each turned further")
def epaulement():
    return twisted(head=True)


def twisted(*, head):
    pose = Pose(fifth_position("left"), shoulder_yaw=24.0, head_yaw=22.0)
    drawing = Drawing("above", scale=2.2)
    for part, style in (("hip", "body"), ("shoulder", "body strong")):
        drawing.path([pose[f"left_{part}"], pose[f"right_{part}"]], style, 8)
    neck = pose["mid_shoulder"] * FLAT
    hips, shoulders = pose.forward(), pose.forward("shoulder")
    drawing.note(drawing.ray(neck, hips, 0.36), "pelvis", shift=(12, -5))
    drawing.note(drawing.ray(neck, shoulders, 0.36), "shoulders", shift=(-26, -5))
    turned = pose.angle("hip_square")
    drawing.arc(neck, hips, shoulders, radius=0.26, label=f"{abs(turned):.0f}°")
    if head:
        face = (pose["nose"] - pose["mid_ear"]) * FLAT
        drawing.note(drawing.ray(neck, face, 0.36), "head", shift=(-20, 0))
        drawing.arc(neck, shoulders, face, radius=0.2, shift=(-2, 0))
    return drawing


@figure("leg_elevation", alt="An arabesque from the side: the leg's angle from hanging")
def leg_elevation():
    pose = arabesque()
    drawing = Drawing("side")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("left_leg", "left_foot"))
    hip = pose["left_hip"]
    drawing.ray(hip, DOWN, 0.5)
    drawing.arc(hip, DOWN, pose["left_ankle"] - hip, radius=0.34)
    return drawing


@figure(
    "thigh_elevation", alt="A retiré from the front: the thigh's angle from hanging"
)
def thigh_elevation():
    pose = drawn_up()
    drawing = Drawing("front")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("left_leg",))
    hip = pose["left_hip"]
    drawing.ray(hip, DOWN, 0.42)
    drawing.arc(hip, DOWN, pose["left_knee"] - hip, radius=0.2, shift=(4, 12))
    return drawing


@figure("leg_azimuth", alt="A développé from above: the leg's direction from the front")
def leg_azimuth():
    pose = seconde()
    drawing = Drawing("above", scale=1.3)
    drawing.dancer(pose, strong=("left_leg", "left_foot"))
    hip = pose["left_hip"]
    drawing.note(drawing.ray(hip, pose.forward(), 0.55), "front", shift=(0, -5))
    drawing.arc(
        hip,
        pose.forward(),
        (pose["left_ankle"] - hip) * FLAT,
        radius=0.42,
        label=f"{pose.angle('left_leg_azimuth'):.0f}°",
    )
    return drawing


@figure(
    "knee_extension_support",
    alt="A développé on a bent supporting leg: the bend of its knee",
)
def knee_extension_support():
    pose = seconde(right_knee=26.0)
    drawing = Drawing("front")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("right_leg",))
    bend(drawing, pose, "right", shift=(-8, -6))
    return drawing


@figure(
    "knee_extension_working", alt="A développé with a bent working knee, and its bend"
)
def knee_extension_working():
    pose = seconde(left_knee=28.0)
    drawing = Drawing("front")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("left_leg",))
    bend(drawing, pose, "left", radius=0.26)
    return drawing


@figure(
    "arabesque_line",
    alt="An arabesque from the side: the angle of the leg from the trunk's own line",
)
def arabesque_line():
    pose = arabesque()
    drawing = Drawing("side")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("left_leg", "trunk"))
    hips, line = pose["mid_hip"], pose["mid_hip"] - pose["mid_shoulder"]
    drawing.ray(hips, line, 0.5)
    way = pose["left_ankle"] - pose["left_hip"]
    drawing.arc(hips, line, way, radius=0.34)
    return drawing


@figure(
    "split_angle", alt="A split in the air from the side: the angle between the legs"
)
def split_angle():
    poses = (
        KeyPose("split.plie", 0.6, on_both(50.0)),
        KeyPose(
            "split.open",
            0.6,
            {**leg("left", 78.0, 0.0), **leg("right", 74.0, 176.0)},
            "left",
        ),
    )
    pose = Pose(first_position(), poses, at="split.open").moved(y=0.35)
    drawing = Drawing("side")
    drawing.dancer(pose, strong=("left_leg", "right_leg", "left_foot", "right_foot"))
    ways = [pose[f"{s}_ankle"] - pose[f"{s}_hip"] for s in ("left", "right")]
    label = f"{pose.angle('split_angle'):.0f}°"
    drawing.arc(pose["mid_hip"], ways[0], DOWN, radius=0.3, label="")
    drawing.arc(pose["mid_hip"], DOWN, ways[1], radius=0.3, label="")
    drawing.note(pose["mid_hip"] + 0.42 * DOWN, label, style="value")
    return drawing


@figure(
    "retire_height",
    alt="A retiré from the front: the toe's height between supporting ankle and knee",
)
def retire_height():
    pose = drawn_up()
    drawing = Drawing("front", scale=1.3)
    drawing.floor(pose)
    drawing.dancer(pose, strong=("left_foot",))
    aside = np.array([-0.34, 0.0, 0.0])
    levels = {
        "knee, 1": pose["right_knee"],
        "ankle, 0": pose["right_ankle"],
    }
    for text, place in levels.items():
        end = place * FLAT + [0.0, place[1], 0.0] + aside
        drawing.line(place, end)
        drawing.note(end, text, shift=(-4, 4), anchor="end")
    ankle, knee = pose["right_ankle"][1], pose["right_knee"][1]
    share = (pose["left_toe"][1] - ankle) / (knee - ankle)
    side = np.array([pose["left_toe"][0] + 0.14, 0.0, 0.0])
    drawing.span(
        side + by(y=ankle),
        side + by(y=pose["left_toe"][1]),
        f"{share:.2f}",
        shift=(8.0, 4.0),
    )
    return drawing
