"""Trunk, pelvis, shoulders and head: upright, level, carried."""

from __future__ import annotations

import numpy as np

from repetiteur.errors import MissingKeypoints
from repetiteur.kernels import geometry
from repetiteur.kinematics.directions import lean, trunk_lean
from repetiteur.kinematics.feet import median_seen
from repetiteur.kinematics.shoulders import shoulder_height
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.curve import Array, curve

_TRUNK = ("left_hip", "right_hip", "left_shoulder", "right_shoulder")


@curve(
    "aplomb.pitch",
    name="Lean of the trunk, forward",
    unit="deg",
    limb="trunk",
    needs=_TRUNK,
    view="side",
    error=0.8,
    variation=1.3,
    priority="placement",
    source="signed part of ang(mid-shoulder - mid-hip, up) (project specification)",
)
def pitch(body: Body, side: Side | None) -> Array:
    """Lean of the trunk, (time,) degrees, forward positive."""
    return trunk_lean(body)[0]


@curve(
    "aplomb.side",
    name="Lean of the trunk, sideways",
    unit="deg",
    limb="trunk",
    needs=_TRUNK,
    view="front",
    error=0.8,
    variation=1.3,
    priority="placement",
    source="signed part of ang(mid-shoulder - mid-hip, up) (project specification)",
)
def sideways(body: Body, side: Side | None) -> Array:
    """Lean of the trunk, (time,) degrees, to the dancer's left positive."""
    return trunk_lean(body)[1]


@curve(
    "pelvis_obliquity",
    name="Level of the hips",
    unit="deg",
    limb="trunk",
    needs=("left_hip", "right_hip"),
    view="front",
    error=0.8,
    variation=1.3,
    priority="placement",
    source="elevation of one hip over the other (project specification)",
)
def obliquity(body: Body, side: Side | None) -> Array:
    """Rise of the left hip over the right one, (time,) degrees above horizontal."""
    return geometry.rise(body["left_hip"] - body["right_hip"])


@curve(
    "shoulder_lift",
    name="Lift of the shoulders",
    unit="ratio",
    limb="shoulders",
    # Seen from the neck, else from the ears, else from the skull's base.
    needs=(*_TRUNK, "neck|left_ear|head", "neck|right_ear|head"),
    error=0.006,  # 3 mm of half a metre: the mean of two joints' centres
    variation=0.012,  # twice that: a shoulder blade is carried, and slides, freely
    priority="placement",
    source="height of the shoulders over the base of the neck, along the trunk, over "
    "the trunk's length; from its middle over the recording (our own)",
)
def shoulder_lift(body: Body, side: Side | None) -> Array:
    """Lift of both shoulders, (time,) ratio of the trunk's length, up positive.

    The mean of the two of :func:`repetiteur.kinematics.shoulders.shoulder_height`, over
    where they are for most of the recording: the build of a body and the places of its
    markers fall out, and so does a lift that lasts throughout. Of a phrase that two
    dance alike the middles are alike; rest under hanging arms, which the measure of
    this name counts from, is not in every phrase.
    """
    both = 0.5 * (shoulder_height(body, "left") + shoulder_height(body, "right"))
    return both - median_seen(both)


@curve(
    "head_pitch",
    name="Carriage of the head",
    unit="deg",
    limb="head",
    needs=(),  # one of several: see below
    view="side",
    error=1.5,
    variation=3.0,
    priority="line",
    source="fall of the line from the skull's base to the face (or from the crown)",
)
def head_pitch(body: Body, side: Side | None) -> Array:
    """Pitch of the head, (time,) degrees, forward (looking down) positive.

    The fall below the horizontal of the line from the ears (or the skull's base) to
    the nose (or the eyes); without a face, the lean to the front of the line from
    the skull's base to the crown. These differ by a constant: compare bodies with
    the same keypoints only.
    """
    base = body.middle("ear") if body.has("left_ear", "right_ear") else body["head"]
    face = body["nose"] if body.has("nose") else body.middle("eye")
    line = face - base
    if np.isfinite(line).any():
        return -geometry.rise(line)
    if not body.has("head", "head_top") or not _crowned(body):
        raise MissingKeypoints(
            "head_pitch needs a face (ears or skull's base, and nose or eyes) or a "
            "crown over the skull's base, and these poses have neither. Use a skeleton "
            "with head points."
        )
    front = geometry.forward(body["left_shoulder"] - body["right_shoulder"])
    crown = geometry.unit(body["head_top"] - body["head"])
    return lean((crown * front).sum(axis=-1), crown[..., 1])


def _crowned(body: Body) -> bool:
    """Whether the crown lies over the skull's base; some skeletons' ends lie beside."""
    neck = geometry.angle_between(
        body["head_top"] - body["head"], body["head"] - body.middle("shoulder")
    )
    seen = neck[np.isfinite(neck)]
    return bool(seen.size and np.median(seen) < 60.0)
