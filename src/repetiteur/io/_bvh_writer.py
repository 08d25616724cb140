"""Poses as the text of a BVH file.

Poses hold positions, BVH rotations. Each joint is turned so that the bones of a
T-pose point where they point in the frame, and has position channels besides, so
that nothing depends on bones of constant length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import InvalidPoses
from repetiteur.model.skeletons import BONES

__all__ = ["CHANNELS", "bvh_text"]

Array = NDArray[np.float64]

#: Channels of every joint that is written: axis, and whether it turns.
CHANNELS = [(0, False), (1, False), (2, False), (2, True), (0, True), (1, True)]

_CHANNEL_LINE = "CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation"
_METRE = 100.0  # the file's unit is the centimetre
_EVEN = 0.01  # of a time step: how far a time may lie from the even grid

_PARENT = {child: parent for parent, child in BONES} | {
    f"{side}_{part}": "head" for side in ("left", "right") for part in ("eye", "ear")
}
#: Where the bone to a keypoint points in the T-pose: x left, y up, z forwards.
_REST = {
    "chest": (0, 1, 0), "neck": (0, 1, 0), "head": (0, 1, 0), "head_top": (0, 1, 0),
    "nose": (0, 0.3, 1), "eye": (0.3, 0.5, 0.8), "ear": (0.7, 0.3, 0),
    "shoulder": (1, -0.2, 0), "elbow": (1, 0, 0), "wrist": (1, 0, 0),
    "hand": (1, 0, 0), "hip": (1, -0.3, 0), "knee": (0, -1, 0), "ankle": (0, -1, 0),
    "heel": (0, -0.6, -0.8), "toe": (0, -0.3, 1),
}  # fmt: skip


@dataclass(frozen=True)
class _Tree:
    """Keypoints as joints: parents before children, in the order of the file."""

    names: list[str]
    parents: list[int]
    children: list[list[int]]
    rest: Array  # (joint, 3), unit length


def bvh_text(poses: xr.Dataset) -> str:
    """The whole text of a BVH file.

    Parameters
    ----------
    poses : xarray.Dataset
        3D poses of one dancer, without missing samples, in even time steps.

    Returns
    -------
    str

    Raises
    ------
    InvalidPoses
        When BVH cannot hold these poses.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> poses = make_poses([[[0.0], [0.9], [0.0]]], time=[0.0], keypoints=["pelvis"])
    >>> print(bvh_text(poses).splitlines()[-1])
    0.000000 90.000000 0.000000 0.000000 0.000000 0.000000
    """
    place, names = _arrays(poses)
    step = _time_step(poses)
    tree = _tree(names)
    order = [names.index(name) for name in tree.names]
    place = place[:, order] * _METRE
    turns = _rotations(tree, place)
    local, angles = _channels(tree, place, turns)
    offsets = np.median(local, axis=0)
    offsets[0] = 0.0
    table = np.concatenate([local, angles], axis=2).reshape(len(place), -1)
    row = " ".join(["%.6f"] * table.shape[1])
    lines = [
        "HIERARCHY",
        *_hierarchy(tree, offsets),
        "MOTION",
        f"Frames: {len(place)}",
        f"Frame Time: {step:.12g}",
        *(row % tuple(frame) for frame in (table.round(6) + 0.0).tolist()),
        "",
    ]
    return "\n".join(lines)


def _arrays(poses: xr.Dataset) -> tuple[Array, list[str]]:
    """Positions (time, keypoint, 3) in metres, and names; the pelvis first."""
    if poses.sizes["space"] != 3 or poses.sizes["individual"] != 1:
        raise InvalidPoses(
            "BVH holds one dancer in 3D, and these poses have "
            f"{poses.sizes['individual']} in {poses.sizes['space']}D. Write .nc."
        )
    place = poses["position"].to_numpy()[..., 0].transpose(0, 2, 1)
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    if not np.isfinite(place).all():
        missing = int((~np.isfinite(place).all(axis=2)).sum())
        raise InvalidPoses(
            f"BVH cannot hold missing samples, and {missing} are missing: fill gaps "
            "first, or write .nc."
        )
    odd = [name for name in names if name not in _PARENT and name != "pelvis"]
    if odd:
        raise InvalidPoses(
            f"BVH is written with our keypoints, and {', '.join(odd[:5])!r:.80} are "
            "others. Leave them out, or write .nc."
        )
    if "pelvis" in names:
        return place, names
    if not {"left_hip", "right_hip"} <= set(names):
        raise InvalidPoses(
            "BVH needs a pelvis, or both hips, for its root, and these poses have "
            f"{', '.join(names)[:80]}. Write .nc."
        )
    hips = place[:, [names.index("left_hip"), names.index("right_hip")]]
    pelvis = hips.mean(axis=1, keepdims=True)
    return np.concatenate([pelvis, place], axis=1), ["pelvis", *names]


def _time_step(poses: xr.Dataset) -> float:
    time = poses["time"].to_numpy()
    if time.size == 1:
        fps = float(poses.attrs.get("fps", 30.0))
        return 1.0 / fps if np.isfinite(fps) and fps > 0 else 1.0 / 30.0
    step = float((time[-1] - time[0]) / (time.size - 1))
    off = np.abs(time - time[0] - np.arange(time.size) * step).max()
    if off > _EVEN * step:
        raise InvalidPoses(
            "BVH needs even time steps, and these times leave an even grid by up to "
            f"{off * 1000:.3g} ms. Write .nc, which keeps every time."
        )
    return step


def _tree(names: Sequence[str]) -> _Tree:
    """The tree of bones over the keypoints that are there, depth first."""
    above: dict[str, str] = {}
    for name in names:
        parent = _PARENT.get(name, "")
        while parent and parent not in names:
            parent = _PARENT.get(parent, "")
        above[name] = parent
    wanted = [child for _, child in BONES] + list(_PARENT)
    known = [name for name in dict.fromkeys(wanted) if name in above]
    ordered: list[str] = []
    waiting = ["pelvis"]
    while waiting:
        name = waiting.pop()
        ordered.append(name)
        waiting.extend(child for child in reversed(known) if above[child] == name)
    place = {name: k for k, name in enumerate(ordered)}
    parents = [place.get(above[name], -1) for name in ordered]
    children = [[k for k, p in enumerate(parents) if p == j] for j in range(len(place))]
    rest = np.array([_rest_direction(name) for name in ordered])
    return _Tree(ordered, parents, children, rest)


def _rest_direction(name: str) -> Array:
    part = name.removeprefix("left_").removeprefix("right_")
    direction = np.array(_REST.get(part, (0, 1, 0)), dtype=np.float64)
    if name.startswith("right_"):
        direction[0] *= -1.0
    return direction / float(np.linalg.norm(direction))


def _rotations(tree: _Tree, place: Array) -> Array:
    """Rotation of each joint against the stage, (joint, time, 3, 3)."""
    turns = np.empty((len(tree.names), len(place), 3, 3))
    for j, children in enumerate(tree.children):
        parent = tree.parents[j]
        above = (
            np.broadcast_to(np.eye(3), turns[j].shape) if parent < 0 else turns[parent]
        )
        if not children:
            turns[j] = above
            continue
        bones = place[:, children] - place[:, [j]]
        swung = _swing(above @ tree.rest[children[0]], bones[:, 0]) @ above
        if len(children) == 1:
            turns[j] = swung
            continue
        across = (-2, -1) if len(children) > 2 else (0, 1)
        rest = tree.rest[children[across[0]]] - tree.rest[children[across[1]]]
        now = bones[:, across[0]] - bones[:, across[1]]
        turns[j] = _swing(swung @ rest, now, about=bones[:, 0]) @ swung
    return turns


def _swing(start: Array, end: Array, about: Array | None = None) -> Array:
    """The smallest rotation that turns one direction into another, (time, 3, 3).

    With ``about``, the rotation about that direction which comes nearest to it. No
    rotation where a direction has no length.
    """
    if about is not None:
        axis = _unit(about)
        start = start - axis * np.sum(axis * start, axis=1, keepdims=True)
        end = end - axis * np.sum(axis * end, axis=1, keepdims=True)
    one, two = _unit(start), _unit(end)
    cosine = np.sum(one * two, axis=1)
    cross = np.cross(one, two)
    sine = np.linalg.norm(cross, axis=1)
    opposite = (sine < 1e-9) & (cosine < 0)
    if about is None:
        spare = np.cross(one, np.eye(3)[np.abs(one).argmin(axis=1)])
        axis = _unit(np.where(opposite[:, None], spare, cross))
    else:
        sine = np.sum(axis * cross, axis=1)
    angle = np.arctan2(sine, cosine)
    angle[(np.abs(one).sum(axis=1) == 0) | (np.abs(two).sum(axis=1) == 0)] = 0.0
    return _about(axis, angle)


def _unit(vectors: Array) -> Array:
    """Vectors of length 1; those without length (below 1e-9) become 0."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Array = np.where(length > 1e-9, vectors / np.maximum(length, 1e-9), 0.0)
    return units


def _about(axis: Array, angle: Array) -> Array:
    """Rotation matrices (time, 3, 3) from unit axes and radians (Rodrigues)."""
    x, y, z = axis.T
    zero = np.zeros_like(x)
    cross = np.array([[zero, -z, y], [z, zero, -x], [-y, x, zero]]).transpose(2, 0, 1)
    sine = np.sin(angle)[:, None, None]
    rest = (1.0 - np.cos(angle))[:, None, None]
    turns: Array = np.eye(3) + sine * cross + rest * (cross @ cross)
    return turns


def _channels(tree: _Tree, place: Array, turns: Array) -> tuple[Array, Array]:
    """Position from the parent and angles z, x, y in degrees, each (time, joint, 3)."""
    local, angles = np.empty_like(place), np.empty_like(place)
    for j, parent in enumerate(tree.parents):
        if parent < 0:
            local[:, j], turn = place[:, j], turns[j]
        else:
            back = turns[parent].transpose(0, 2, 1)
            step = place[:, j] - place[:, parent]
            local[:, j] = (back @ step[..., None])[..., 0]
            turn = back @ turns[j]
        angles[:, j] = _zxy_degrees(turn)
    return local, angles


def _zxy_degrees(turn: Array) -> Array:
    """Angles a, b, c with turn = Rz(a) Rx(b) Ry(c); c is 0 where b is 90 degrees."""
    level = np.hypot(turn[:, 0, 1], turn[:, 1, 1])
    free = level < 1e-7
    b = np.arctan2(turn[:, 2, 1], level)
    a = np.arctan2(-turn[:, 0, 1], turn[:, 1, 1])
    c = np.arctan2(-turn[:, 2, 0], turn[:, 2, 2])
    a = np.where(free, np.arctan2(turn[:, 1, 0], turn[:, 0, 0]), a)
    angles: Array = np.stack([a, b, np.where(free, 0.0, c)], axis=1)
    return np.degrees(angles)


def _hierarchy(tree: _Tree, offsets: Array) -> Iterator[str]:
    """Lines of the joints, braces closed as the tree goes up again."""
    depths: list[int] = []
    for j, parent in enumerate(tree.parents):
        depth = depths[parent] + 1 if parent >= 0 else 0
        if j:
            yield from ("  " * d + "}" for d in range(depths[j - 1], depth - 1, -1))
        depths.append(depth)
        pad, inner = "  " * depth, "  " * (depth + 1)
        yield f"{pad}{'JOINT' if j else 'ROOT'} {tree.names[j]}"
        yield f"{pad}{{"
        yield f"{inner}OFFSET {_three(offsets[j])}"
        yield f"{inner}{_CHANNEL_LINE}"
        if not tree.children[j]:
            tip = 0.2 * float(np.linalg.norm(offsets[j])) * tree.rest[j]
            yield from (f"{inner}End Site", f"{inner}{{")
            yield from (f"{inner}  OFFSET {_three(tip)}", f"{inner}}}")
    yield from ("  " * d + "}" for d in range(depths[-1], -1, -1))


def _three(vector: Array) -> str:
    return " ".join(f"{value:.6f}" for value in vector.round(6) + 0.0)
