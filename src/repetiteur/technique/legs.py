"""Legs: how high, how straight."""

from __future__ import annotations

import numpy as np

from repetiteur.kernels import geometry
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Array, curve
from repetiteur.technique.postures import FOLDED

#: By how much the line from ankle to toe is steeper than the sole, deg: an ankle 0.039
#: of the body's height over the floor, a quarter of a foot of 0.152 before the heel
#: (segment lengths of Drillis and Contini in D. A. Winter, "Biomechanics and Motor
#: Control of Human Movement", 4th ed. 2009, fig. 4.1; the quarter is an expert
#: default).
ANKLE_LINE = 19.0


@curve(
    "leg_elevation",
    name="Height of the leg",
    unit="deg",
    limb="leg",
    needs=("{side}_hip", "{side}_knee", "{side}_ankle"),
    plane=("{side}_hip-{side}_ankle",),
    error=1.0,
    variation=2.0,
    priority="line",
    source="ang(ankle - hip, down): 0 hanging, 90 horizontal (project specification)",
)
def leg_elevation(body: Body, side: Side | None) -> Array:
    """Angle of the whole leg from straight down, (time,) degrees, 0 to 180.

    NaN where the knee is folded by more than 110 degrees (a retiré): the line from hip
    to ankle then says more about the proportions of the leg than about its height.
    """
    height = geometry.elevation(body[f"{side}_ankle"] - body[f"{side}_hip"])
    return np.where(knee_flexion(body, side) > FOLDED, np.nan, height)


@curve(
    "knee_flexion",
    name="Bend of the knee",
    unit="deg",
    limb="leg",
    needs=("{side}_hip", "{side}_knee", "{side}_ankle"),
    plane=("{side}_hip-{side}_knee", "{side}_knee-{side}_ankle"),
    error=1.0,
    variation=2.0,
    priority="line",
    source="180 - ang(hip - knee, ankle - knee) (project specification)",
)
def knee_flexion(body: Body, side: Side | None) -> Array:
    """How far the knee is bent, (time,) degrees, 0 straight to 180 folded."""
    return geometry.flexion(
        body[f"{side}_hip"], body[f"{side}_knee"], body[f"{side}_ankle"]
    )


@curve(
    "ankle_plantarflexion",
    name="Point of the foot",
    unit="deg",
    limb="foot",
    needs=("{side}_knee", "{side}_ankle", "{side}_heel|{side}_ankle", "{side}_toe"),
    plane=("{side}_knee-{side}_ankle", "{side}_heel|{side}_ankle-{side}_toe"),
    error=2.0,
    variation=3.0,
    priority="line",
    source="90 - ang(ankle - knee, toe - heel) (project specification)",
)
def ankle_plantarflexion(body: Body, side: Side | None) -> Array:
    """Point of the foot, (time,) degrees: 0 square to the shank, 90 in line with it.

    Negative is flexed towards the shin. A skeleton without heels has its foot from the
    ankle: that line is steeper than the sole, by about as much in everyone, so that
    differences stay true and the angle itself is within 10 degrees.
    """
    shank = body[f"{side}_ankle"] - body[f"{side}_knee"]
    if body.has(f"{side}_heel"):
        foot = body[f"{side}_toe"] - body[f"{side}_heel"]
        return 90.0 - geometry.angle_between(shank, foot)
    foot = body[f"{side}_toe"] - body[f"{side}_ankle"]
    return 90.0 - ANKLE_LINE - geometry.angle_between(shank, foot)
