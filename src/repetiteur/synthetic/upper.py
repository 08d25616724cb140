"""Trunk, head and arms of the synthetic dancer."""

from __future__ import annotations

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN, Array, Dancer
from repetiteur.synthetic.legs import Columns
from repetiteur.synthetic.limbs import UP, Axes, cosine, sine, unit

#: How far along the trunk the chest lies.
CHEST_SHARE = 0.6
#: The hand goes on bending as the elbow does, by this share of its flexion.
HAND_SHARE = 0.35
# Shares of the head's height at which the face's points lie: up, ahead, to the side.
_FACE = {"nose": (0.30, 0.62, 0.0), "eye": (0.45, 0.52, 0.22), "ear": (0.38, 0.0, 0.45)}


def trunk_points(
    pelvis: Array, angles: Columns, axes: Axes, dancer: Dancer
) -> tuple[dict[str, Array], Axes]:
    """Chest, neck and shoulders, and the axes of the shoulder line."""
    spine = axes.leaning(angles["trunk_pitch"], angles["trunk_side"])
    top = pelvis + dancer.metres("trunk") * spine
    line = axes.along(spine, angles["shoulder_yaw"]).left
    half = 0.5 * dancer.metres("shoulder_width") * line
    points = {
        "pelvis": pelvis,
        "chest": pelvis + CHEST_SHARE * dancer.metres("trunk") * spine,
        "neck": top + dancer.metres("neck_root") * spine,
        "left_shoulder": top + half,
        "right_shoulder": top - half,
    }
    return points, Axes.facing(angles["heading"] + angles["shoulder_yaw"])


def head_points(
    neck: Array, angles: Columns, axes: Axes, dancer: Dancer
) -> dict[str, Array]:
    """Head, crown, nose, eyes and ears; the head leans from the vertical.

    ``axes`` are those of the shoulder line, from which the head's yaw counts.
    """
    heading = np.degrees(np.arctan2(axes.forward[:, 0], axes.forward[:, 2]))
    level = Axes.facing(heading + angles["head_yaw"])
    crown = level.leaning(angles["head_pitch"], angles["head_tilt"])
    face = level.along(crown, np.zeros(len(neck)))
    spine = axes.leaning(angles["trunk_pitch"], angles["trunk_side"])
    base = neck + dancer.metres("neck") * unit(crown + spine)
    size = dancer.metres("head")
    points = {"head": base, "head_top": base + size * crown}
    for name, (above, ahead, aside) in _FACE.items():
        middle = base + size * (above * crown + ahead * face.forward)
        if name == "nose":
            points[name] = middle
        else:
            points[f"left_{name}"] = middle + size * aside * face.left
            points[f"right_{name}"] = middle - size * aside * face.left
    return points


def arm_points(
    side: Side, shoulder: Array, angles: Columns, axes: Axes, dancer: Dancer
) -> dict[str, Array]:
    """Elbow, wrist and hand of one arm, (frames, 3) metres each.

    The elbow bends towards ``forearm``: 0 = level and inwards, towards the middle
    in front of the dancer; 90 = upwards along the arm's rise.
    """
    height, azimuth = angles[f"{side}_arm_height"], angles[f"{side}_arm_azimuth"]
    elbow, turn = angles[f"{side}_elbow"], angles[f"{side}_forearm"]
    sign = SIGN[side]
    upper = axes.aimed(height, azimuth, sign)
    inward = axes.towards(azimuth - 90.0, sign)
    rising = cosine(height) * axes.towards(azimuth, sign) + sine(height) * UP
    bend = cosine(turn) * inward + sine(turn) * rising
    further = (1.0 + HAND_SHARE) * elbow
    joint = shoulder + dancer.metres("upper_arm") * upper
    wrist = joint + dancer.metres("forearm") * (
        cosine(elbow) * upper + sine(elbow) * bend
    )
    hand = wrist + dancer.metres("hand") * (
        cosine(further) * upper + sine(further) * bend
    )
    return {f"{side}_elbow": joint, f"{side}_wrist": wrist, f"{side}_hand": hand}
