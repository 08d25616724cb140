"""Bodies in space that one camera's picture leaves open.

A picture tells where points lie across the line of sight, and a tracker guesses how far
along it. The guess is no measurement: what it says is one of many bodies that look the
same, and a number counts as seen only as far as all of them agree on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from repetiteur.clean.instruments import BIAS_S
from repetiteur.kernels import copying
from repetiteur.kernels.resampling import Part
from repetiteur.kinematics.feet import SIDES, median_seen
from repetiteur.kinematics.view import (
    HEADING_SD,
    PITCH_SD,
    laid_flat,
    roll_sd,
    seen_from,
    view_of,
)
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Bodies that stand for all. A quantile of 5 % from 100 of them is known within 2 %.
COPIES = 100
#: Errors of the depth of a bone's end against its root, sd, in lengths of the bone:
#: root mean squares over four calibrated videos of one man (benchmarks/view.py); the
#: hand is given what the forearm has.
_LIMBS = (
    ("hip", "knee", 0.23),
    ("knee", "ankle", 0.30),
    ("ankle", "heel", 0.60),
    ("ankle", "toe", 0.60),
    ("shoulder", "elbow", 0.34),
    ("elbow", "wrist", 0.30),
    ("wrist", "hand", 0.30),
)
#: Those of the trunk, and of the neck, which was not measured.
_TRUNK = 0.23
#: The same between two points of one head, m: expert default.
_HEAD_M = 0.03
#: Of hips and shoulders, each by itself, so that both together give the heading with
#: its own error.
_LINE = float(np.tan(np.radians(np.sqrt(2.0) * HEADING_SD)))
#: In how many of the bodies each arm and leg points the other way: the depth of a limb
#: has two solutions that look alike, and a tracker takes the wrong one now and then
#: (Sminchisescu and Triggs 2003). How often was not measured; a tenth is what lets the
#: synthetic tracker err as calibrated video says. Expert default.
_MIRRORED = 0.1
_CHAINS = (
    ("hip", "knee", "ankle", "heel", "toe"),
    ("shoulder", "elbow", "wrist", "hand"),
)
#: What is a metre nearer to the camera looks larger by this share, and its sd: cameras
#: stand 4 to 7 m away. Expert default.
_NEARER, _NEARER_SD = 0.18, 0.04


def left_open(
    body: Body, *, count: int = COPIES, seed: int = 0
) -> Iterator[tuple[Body, Body]]:
    """Bodies that look like the one that a camera saw.

    Parameters
    ----------
    body : Body
        Seen by one camera (``space`` is ``2d``), with the errors of its points.
    count : int
    seed : int
        The same seed gives the same bodies.

    Yields
    ------
    flat : Body
        As the tracker may have seen it in the picture, laid flat.
    upright : Body
        The same in space (``space`` is ``3d``), y up, with depths, a heading and a
        pitch and roll of the camera that are as likely as the tracker's guess.

    Notes
    -----
    Half of the variance in the picture changes within a second, as between poses, and
    half stays: of what is held, no averaging makes more than is seen in one frame. A
    depth errs bone by bone, from the middle of the hips outwards, and stays wrong.
    Points further or nearer are as large as they are, not as they look; the camera is
    taken to aim at the middle.
    """
    rng = np.random.default_rng(seed)
    parts = [Part(_across(body), BIAS_S), Part(_across(body), np.inf)]
    lengths, view, tilt = _lengths(body), view_of(body), roll_sd(body)
    pitch = np.nan_to_num(view.pitch)
    middle = np.array([0.0, np.nan_to_num(median_seen(body.middle("hip")[:, 1])), 0.0])
    drawn = copying.copies(body.points, parts, body.time, count=count, rng=rng)
    limbs = [(f"{side}_", chain) for side in SIDES for chain in _CHAINS]
    every = round(1.0 / _MIRRORED)
    for k, points in enumerate(drawn):
        seen = replace(body, points=MappingProxyType(dict(points)))
        depth = _depths(lengths, rng)
        nearer = rng.normal(_NEARER, _NEARER_SD) * np.array([1.0, 1.0, 0.0])
        there = {
            name: place + np.array([0.0, 0.0, depth.get(name, 0.0)])
            for name, place in points.items()
        }
        if k % every < len(limbs):
            there |= _mirrored(there, *limbs[k % every])
        moved = {
            name: there[name] - nearer * there[name][:, 2:] * (place - middle)
            for name, place in points.items()
        }
        space = replace(body, points=MappingProxyType(moved), space="3d")
        down, roll = rng.normal(0.0, [PITCH_SD, tilt])
        yield laid_flat(seen), seen_from(space, pitch=-(pitch + down), roll=roll)


def _mirrored(
    points: Mapping[str, Array], side: str, chain: Sequence[str]
) -> dict[str, Array]:
    """The points of a limb with the depth on the other side of where it is rooted."""
    root, *ends = (side + part for part in chain)
    if root not in points:
        return {}
    over = 2.0 * points[root] * np.array([0.0, 0.0, 1.0])
    return {
        name: over + points[name] * np.array([1.0, 1.0, -1.0])
        for name in ends
        if name in points
    }


def _across(body: Body) -> Mapping[str, Array]:
    """Half of the variance of points, in the picture alone, as standard deviations."""
    half = np.sqrt(0.5) * np.array([1.0, 1.0, 0.0])
    return {name: sd * half for name, sd in body.sd.items() if name in body.points}


def _lengths(body: Body) -> dict[str, float]:
    """Standard deviation of the depth of what each point hangs by, metres."""

    def length(one: Array, other: Array) -> float:
        return float(np.nan_to_num(median_seen(np.linalg.norm(one - other, axis=1))))

    out = {
        f"{side}_{end}": share * length(body[f"{side}_{end}"], body[f"{side}_{root}"])
        for side in SIDES
        for root, end, share in _LIMBS
    }
    for part in ("hip", "shoulder"):
        width = length(body[f"left_{part}"], body[f"right_{part}"])
        out[part] = 0.5 * _LINE * width
    shoulders = body.middle("shoulder")
    out["trunk"] = _TRUNK * length(shoulders, body.middle("hip"))
    out["neck"] = _TRUNK * length(body["nose"], shoulders)
    known = {"hip", "shoulder", *(end for _, end, _ in _LIMBS)}
    for name in body.points:
        if name.removeprefix("left_").removeprefix("right_") not in known:
            out[name] = _HEAD_M
    return out


def _depths(lengths: Mapping[str, float], rng: np.random.Generator) -> dict[str, float]:
    """How far the depth of each point is off in one of the bodies, metres."""
    off = {n: float(rng.normal(0.0, sd)) for n, sd in lengths.items()}
    trunk, neck = off.pop("trunk"), off.pop("neck")
    line = {part: off.pop(part) for part in ("hip", "shoulder")}
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        out = {"hip": sign * line["hip"], "shoulder": trunk + sign * line["shoulder"]}
        for root, end, _ in _LIMBS:
            out[end] = out[root] + off.pop(f"{side}_{end}")
        off |= {f"{side}_{part}": far for part, far in out.items()}
    limbs = {f"{side}_{part}" for side in SIDES for part in out}
    return {n: far if n in limbs else trunk + neck + far for n, far in off.items()}
