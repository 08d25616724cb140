"""Feet, pliés and relevés."""

import numpy as np

from figures import figure
from figures.drawing import UP, Drawing, Pose, by
from repetiteur.kernels.geometry import unit
from repetiteur.synthetic.steps import (
    battement_tendu,
    demi_plie,
    fifth_position,
    first_position,
    releve,
)

FEET = ("left_foot", "right_foot")
FLAT = np.array([1.0, 0.0, 1.0])


def foot(pose, side):
    """From heel to toe, as seen from above."""
    return (pose[f"{side}_toe"] - pose[f"{side}_heel"]) * FLAT


@figure(
    "turnout_total",
    alt="Both feet in first position from above; each foot's angle from straight ahead",
)
def turnout_total():
    pose = Pose(first_position())
    drawing = Drawing("above", scale=2.6)
    drawing.dancer(pose, strong=FEET, only=FEET)
    for side in ("left", "right"):
        heel = pose[f"{side}_heel"]
        drawing.ray(heel, pose.forward(), 0.26)
        drawing.arc(heel, pose.forward(), foot(pose, side), radius=0.17)
    drawing.arrow([pose["mid_ankle"], pose["mid_ankle"] + 0.25 * pose.forward()])
    drawing.note(pose["mid_ankle"] + 0.27 * pose.forward(), "front", shift=(0, -4))
    return drawing


@figure(
    "turnout_side",
    alt="One foot in first position from above; its angle from the pelvis' front",
)
def turnout_side():
    pose = Pose(first_position())
    drawing = Drawing("above", scale=2.6)
    drawing.dancer(pose, strong=("left_foot",), only=FEET)
    heel = pose["left_heel"]
    end = drawing.ray(heel, pose.forward(), 0.27)
    drawing.note(end, "the pelvis' front", shift=(0, -6))
    drawing.arc(heel, pose.forward(), foot(pose, "left"), radius=0.18)
    return drawing


def bent(**alter):
    """A demi-plié at its bottom."""
    return Pose(first_position(), demi_plie(), at="demi_plie.bottom", **alter)


@figure(
    "hip_rotation_proxy",
    alt="A demi-plié from above: the knee's direction against the pelvis' front",
)
def hip_rotation_proxy():
    pose = bent()
    drawing = Drawing("above", scale=2.0)
    shown = ("left_leg", "right_leg", *FEET)
    drawing.dancer(pose, strong=("left_leg",), only=shown)
    hip = pose["left_hip"]
    way = (pose["left_knee"] - hip) * FLAT
    drawing.note(drawing.ray(hip, pose.forward(), 0.36), "front", shift=(0, -5))
    drawing.arc(hip, pose.forward(), way, radius=0.2)
    return drawing


@figure(
    "knee_over_toe",
    alt="A demi-plié from above with the knee inside of the toes; the angle between",
)
def knee_over_toe():
    pose = bent().turned_in("left", 18.0)
    drawing = Drawing("above", scale=2.0)
    shown = ("left_leg", "right_leg", *FEET)
    drawing.dancer(pose, strong=("left_leg", "left_foot"), only=shown)
    ankle = pose["left_ankle"]
    line = unit(pose["left_hip"] - ankle)
    knee = pose["left_knee"] - ankle
    knee = (knee - line * (knee @ line)) * FLAT
    drawing.note(drawing.ray(ankle, knee, 0.5), "knee", shift=(0, -5))
    drawing.note(drawing.ray(ankle, foot(pose, "left"), 0.5), "toes", shift=(-16, 2))
    drawing.arc(ankle, knee, foot(pose, "left"), radius=0.4, shift=(0, -2))
    return drawing


@figure(
    "knee_flexion",
    alt="A demi-plié from the front: the angle of the shin from the thigh's own line",
)
def knee_flexion():
    pose = bent()
    drawing = Drawing("askew")
    drawing.floor(pose)
    drawing.dancer(pose, strong=("left_leg",))
    bend(drawing, pose, "left")
    return drawing


def bend(drawing, pose, side, *, radius=0.2, shift=(0, 0)):
    """The bend of a knee: the shin against the thigh's line."""
    hip, knee, ankle = (pose[f"{side}_{p}"] for p in ("hip", "knee", "ankle"))
    drawing.ray(knee, knee - hip, 0.3)
    drawing.arc(knee, knee - hip, ankle - knee, radius=radius, shift=shift)


@figure(
    "plie_depth",
    alt="Standing and in plié: the fall of the hips, in lengths of the leg",
)
def plie_depth():
    tall, pose = Pose(first_position()), bent()
    drawing = Drawing("front")
    drawing.floor(pose)
    drawing.dancer(tall, style="ghost")
    drawing.dancer(pose, strong=("left_leg", "right_leg"))
    high, low = tall["mid_hip"], pose["mid_hip"]
    for place in (high, low):
        drawing.line(place, place + by(0.62))
    drop = high[1] - low[1]
    leg = pose.movement.contacts.leg_length
    aside = by(0.6)
    drawing.span(high + aside, low * FLAT + [0, low[1], 0] + aside, f"{drop / leg:.2f}")
    return drawing


@figure(
    "ankle_dorsiflexion_plie",
    alt="A plié from the side of the foot: the shin leans over the foot, heel down",
)
def ankle_dorsiflexion():
    pose = bent()
    drawing = Drawing("askew", scale=1.9)
    shown = ("left_leg", "left_foot")
    drawing.dancer(pose, strong=shown, only=shown)
    ankle, along = pose["left_ankle"], foot(pose, "left")
    square = UP - unit(along) * (UP @ unit(along))
    drawing.ray(ankle, square, 0.4)
    drawing.arc(ankle, square, pose["left_knee"] - ankle, radius=0.3)
    return drawing


@figure(
    "ankle_plantarflexion",
    alt="A pointed foot: its angle from square to the shin",
)
def ankle_plantarflexion():
    pose = Pose(
        fifth_position(),
        battement_tendu("left", "devant"),
        at="battement_tendu.point",
    )
    drawing = Drawing("side", scale=2.0)
    shown = ("left_leg", "left_foot")
    drawing.dancer(pose, strong=("left_foot",), only=shown)
    ankle, shin = pose["left_ankle"], unit(pose["left_ankle"] - pose["left_knee"])
    along = pose["left_toe"] - pose["left_heel"]
    square = along - shin * (along @ shin)
    drawing.ray(ankle, square, 0.26)
    drawing.ray(ankle, along, 0.26)
    drawing.arc(ankle, square, along, radius=0.2)
    return drawing


@figure(
    "heel_height",
    alt="A foot on demi-pointe from the side: the heel's height over the toe",
)
def heel_height():
    pose = Pose(first_position(), releve(), at="releve.top")
    drawing = Drawing("front", scale=2.4)
    shown = ("left_foot", "left_leg")
    drawing.dancer(pose, strong=("left_foot",), only=shown)
    heel, toe = pose["left_heel"], pose["left_toe"]
    under = heel * FLAT + [0.0, toe[1], 0.0]
    drawing.line(under - by(0.08), toe + by(0.1))
    long = np.linalg.norm(toe - heel)
    aside = by(-0.06)
    rise = (heel[1] - toe[1]) / long
    drawing.span(heel + aside, under + aside, f"{rise:.2f}", shift=(-38.0, 4.0))
    return drawing


@figure(
    "foot_placement",
    alt="Fifth position from above: how far the front heel lies along the back foot",
)
def foot_placement():
    pose = Pose(fifth_position("left"))
    drawing = Drawing("above", scale=2.8)
    drawing.dancer(pose, strong=FEET, only=FEET)
    back, along = pose["right_heel"] * FLAT, unit(foot(pose, "right"))
    heel = pose["left_heel"] * FLAT
    cross = (heel - back) @ [-1.0, 0.0, 0.0] / (np.linalg.norm(foot(pose, "right")))
    cross /= along @ [-1.0, 0.0, 0.0]
    met = back + along * cross * np.linalg.norm(foot(pose, "right"))
    drawing.line(heel, met)
    drawing.span(back, met, f"crossing {cross:.2f}", off=(10.0, 22.0), shift=(34, 24))
    drawing.span(heel, met, "ahead", shift=(-52.0, 4.0))
    return drawing
