"""Arms: how high the hand and the elbow are carried, how round the arm is."""

from __future__ import annotations

import numpy as np

from repetiteur.kernels import geometry
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Array, curve

#: Bend of the elbow beyond which the hand's height is not the arm's, deg: a forearm 8 %
#: longer would turn the line from shoulder to wrist by more than 2 degrees.
FOLDED = 80.0


@curve(
    "arm_shape.elevation",
    name="Height of the arm",
    unit="deg",
    limb="arm",
    needs=("{side}_shoulder", "{side}_elbow", "{side}_wrist"),
    plane=("{side}_shoulder-{side}_wrist",),
    error=1.0,
    variation=2.5,
    priority="line",
    source="ang(wrist - shoulder, down) (project specification)",
)
def elevation(body: Body, side: Side | None) -> Array:
    """Angle of the line from shoulder to wrist from straight down, (time,) degrees.

    NaN where the elbow is folded by more than 80 degrees: the line then says more
    about the proportions of the arm than about how it is carried.
    """
    height = geometry.elevation(body[f"{side}_wrist"] - body[f"{side}_shoulder"])
    folded = geometry.flexion(
        body[f"{side}_shoulder"], body[f"{side}_elbow"], body[f"{side}_wrist"]
    )
    return np.where(folded > FOLDED, np.nan, height)


@curve(
    "arm_shape.elbow_elevation",
    name="Height of the elbow",
    unit="deg",
    limb="arm",
    needs=("{side}_shoulder", "{side}_elbow"),
    plane=("{side}_shoulder-{side}_elbow",),
    error=1.0,
    variation=2.5,
    priority="line",
    source="ang(elbow - shoulder, down); the upper arm's part of arm_shape.elevation",
)
def elbow_elevation(body: Body, side: Side | None) -> Array:
    """Angle of the upper arm from straight down, (time,) degrees."""
    return geometry.elevation(body[f"{side}_elbow"] - body[f"{side}_shoulder"])


@curve(
    "arm_shape.elbow_flexion",
    name="Roundness of the arm",
    unit="deg",
    limb="arm",
    needs=("{side}_shoulder", "{side}_elbow", "{side}_wrist"),
    plane=("{side}_shoulder-{side}_elbow", "{side}_elbow-{side}_wrist"),
    error=1.5,
    variation=3.0,
    priority="line",
    source="180 - ang(shoulder - elbow, wrist - elbow) (project specification)",
)
def elbow_flexion(body: Body, side: Side | None) -> Array:
    """How far the elbow is bent, (time,) degrees, 0 straight."""
    return geometry.flexion(
        body[f"{side}_shoulder"], body[f"{side}_elbow"], body[f"{side}_wrist"]
    )
