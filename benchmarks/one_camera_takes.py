"""Synthetic dancers with faults, and what a tracker makes of them before one camera."""

from __future__ import annotations

import sys
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import xarray as xr

from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.model.skeletons import Side
from repetiteur.synthetic import Alteration, Dancer, Phrase, dance
from repetiteur.synthetic import steps as step

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from projecting import Camera, seen

#: Distance, m, and how far the camera looks down, deg: 5.5 m away from the hips' height
#: and from 2.5 m.
HEIGHTS = {"level": (5.5, 0.0), "high": (5.73, 16.2)}
#: Of the tracker: share of the body's height, half of the variance for good; share of
#: the depth that wanders; depth of a bone's end that stays wrong, in its lengths; and
#: share of seconds in which the depth of a limb points the other way. Together they
#: make errors of bones (0.2 to 0.3 of their lengths), heading and pitch as measured.
ERROR, WANDERS, STAYS, WRONG = 0.006, 0.07, 0.15, 0.1
LIMBS = {
    "leg": ("hip", "knee", "ankle", "heel", "toe"),
    "arm": ("shoulder", "elbow", "wrist", "hand"),
}
SIDES: tuple[Side, Side] = ("left", "right")


def danced(seed: int) -> xr.Dataset:
    """A dancer of her own, with faults, through all that one camera may show."""
    rng = np.random.default_rng(seed)
    side, base = rng.permutation(SIDES)
    dancer = Dancer(
        stature=rng.uniform(1.45, 1.80),
        turnout_left=rng.uniform(45.0, 70.0),
        turnout_right=rng.uniform(45.0, 70.0),
    )
    way = rng.choice(["devant", "seconde", "derriere"])
    phrase = Phrase.of(
        step.first_position(),
        step.port_de_bras("front", "side"),
        step.demi_plie(depth=rng.uniform(35.0, 70.0)),
        step.fifth_position(front=side),
        step.developpe(side, way, rng.uniform(50.0, 120.0), balance=1.0),
        step.close_fifth(side, base),
        step.equilibre(side, balance=1.0),
        step.fifth_position(front=base),
        step.battement_tendu(side, "derriere"),
        step.step_to(base),
        step.arabesque_1(side, rng.uniform(50.0, 105.0), balance=1.0),
    )
    when = dict(phrase.moments())
    faults = {
        "trunk_pitch": 5.0, "trunk_side": 4.0, "obliquity": 1.5, "shoulder_yaw": 6.0,
        "head_pitch": 6.0, "left_arm_height": 12.0, "right_arm_height": 12.0,
    }  # fmt: skip
    altered = [
        Alteration(name, float(rng.normal(0.0, sd)), 0.0, phrase.counts, 0.0)
        for name, sd in faults.items()
    ]
    altered += [  # the supporting knee gives way
        Alteration(
            f"{base}_knee", float(rng.uniform(0.0, 25.0)),
            when[f"{name}.{first}"], when[f"{name}.{last}"] + 0.6, 0.6,
        )
        for name, first, last in (
            ("developpe", "attitude", "hold"), ("arabesque_1", "enter", "hold")
        )
    ]  # fmt: skip
    return dance(
        phrase, dancer, fps=30.0, wobble_deg=1.0, seed=seed, alterations=altered
    )


def filmed(poses: xr.Dataset, heading: float, height: str, seed: int) -> Body:
    """The dancer as a tracker sees her through one camera."""
    body, rng = body_of(poses), np.random.default_rng(seed)
    distance, pitch = HEIGHTS[height]
    camera = Camera(
        heading=heading, pitch=pitch, distance=distance, seed=seed,
        error=ERROR / np.sqrt(2.0), said=ERROR, depth_error=WANDERS, shared=0.0,
    )  # fmt: skip
    tracked = seen(body.time, dict(body.points), camera)
    off = rng.normal(0.0, tracked["position_sd"].to_numpy()[:1] / np.sqrt(2.0))
    tracked["position"] = tracked["position"] + off
    tracked["world_position"] = _guessed(tracked["world_position"], rng)
    return body_of(tracked)


def _guessed(world: xr.DataArray, rng: np.random.Generator) -> xr.DataArray:
    """The tracker's space, its depth off bone by bone, some limbs the wrong way."""
    out = world.copy(deep=True)
    names = [str(name) for name in world["keypoint"].to_numpy()]
    place, told = world.to_numpy()[..., 0], out.to_numpy()[..., 0]
    trunk = rng.normal(0.0, STAYS * 0.5)
    for side, (limb, parts) in product(SIDES, LIMBS.items()):
        at = [names.index(f"{side}_{part}") for part in parts]
        far = 0.0 if limb == "leg" else trunk
        wrong = rng.uniform(size=len(place) // 30 + 1) < WRONG
        way = np.where(np.repeat(wrong, 30)[: len(place)], -1.0, 1.0)
        told[:, 2, at[0]] += far
        for root, end in pairwise(at):
            bone = place[:, :, end] - place[:, :, root]
            far += STAYS * rng.normal() * np.median(np.linalg.norm(bone, axis=1))
            told[:, 2, end] = far + (
                place[:, 2, at[0]] + way * (place[:, 2, end] - place[:, 2, at[0]])
            )
    for name in ("nose", "left_eye", "right_eye", "left_ear", "right_ear"):
        told[:, 2, names.index(name)] += trunk
    return out


def filmed_exactly(poses: xr.Dataset, heading: float) -> Body:
    """The dancer as a camera far away sees her without any error."""
    body = body_of(poses)
    far = Camera(heading=heading, pitch=0.0, distance=60.0, focal=20000.0)
    return body_of(seen(body.time, dict(body.points), far))
