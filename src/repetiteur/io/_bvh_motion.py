"""Where the joints of a BVH file are: forward kinematics, all frames at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from repetiteur.io._bvh_text import Joint

__all__ = ["joint_positions", "largest_turn"]

Array = NDArray[np.float64]

#: The columns of a rotation matrix, each (3, frames): where x, y and z point to.
Columns = tuple[Array, Array, Array]

_BLOCK = 4096  # frames at a time: the rotations of a block stay in the cache


def joint_positions(
    joints: Sequence[Joint], values: Array, wanted: Sequence[int]
) -> Array:
    """Positions of joints in the file's unit and axes.

    Parameters
    ----------
    joints : sequence of Joint
        Parents before children.
    values : (frames, channels) float
        Finite; lengths in the file's unit, angles in degrees.
    wanted : sequence of int
        Indices of the joints asked for; only they and their ancestors are computed.

    Returns
    -------
    (frames, 3, wanted) float

    Notes
    -----
    Rotations apply in the order of the channels, each about the axis that the one
    before has turned. A position channel of the root is its place. On another joint,
    programs disagree: for most it stands instead of the offset, for some it is added
    to it. The numbers tell: what is added is small against the offset.

    Examples
    --------
    >>> shin = Joint("shin", -1, np.zeros(3), [(2, True)])
    >>> foot = Joint("shin/end", 0, np.array([0.0, -1.0, 0.0]), [])
    >>> joint_positions([shin, foot], np.array([[90.0]]), [1]).round(9)[0, 0, 0]
    np.float64(1.0)
    """
    needed = _with_ancestors(joints, wanted)
    added = {j for j in needed if _is_added(joints[j], values)}
    out = np.empty((len(values), 3, len(wanted)))
    for start in range(0, len(values), _BLOCK):
        block = np.ascontiguousarray(values[start : start + _BLOCK].T)
        places = _chain(joints, block, needed, added)
        for k, j in enumerate(wanted):
            out[start : start + _BLOCK, :, k] = places[j].T
    return out


def largest_turn(joints: Sequence[Joint], values: Array, one: int, two: int) -> float:
    """Largest rotation of any joint against its parent between two frames, degrees.

    Examples
    --------
    >>> knee = Joint("knee", -1, np.zeros(3), [(0, True)])
    >>> round(largest_turn([knee], np.array([[10.0], [350.0]]), 0, 1), 6)
    20.0
    """
    pair = np.ascontiguousarray(values[[one, two]].T)
    largest = 0.0
    for joint in joints:
        if joint.channels:
            turned = np.stack(_turned(joint, pair, _unturned(2)))
            cosine = (np.sum(turned[..., 0] * turned[..., 1]) - 1.0) / 2.0
            angle = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
            largest = max(largest, float(angle))
    return largest


def _with_ancestors(joints: Sequence[Joint], wanted: Sequence[int]) -> list[int]:
    needed: set[int] = set()
    for j in wanted:
        while j >= 0 and j not in needed:
            needed.add(j)
            j = joints[j].parent
    return sorted(needed)


def _is_added(joint: Joint, values: Array) -> bool:
    moves = [
        (k, axis) for k, (axis, turns) in enumerate(joint.channels or ()) if not turns
    ]
    if joint.parent < 0 or not moves or joint.offset is None:
        return False
    moved = values[:, [joint.column + k for k, _ in moves]]
    apart = np.abs(moved - joint.offset[[axis for _, axis in moves]]).sum()
    return bool(np.abs(moved).sum() < 0.5 * apart)


def _chain(
    joints: Sequence[Joint], block: Array, needed: Sequence[int], added: set[int]
) -> dict[int, Array]:
    """Place of each needed joint, (3, frames), from (channels, frames)."""
    parents = {joints[j].parent for j in needed}
    places: dict[int, Array] = {-1: np.zeros((3, block.shape[1]))}
    turns: dict[int, Columns] = {-1: _unturned(block.shape[1])}
    for j in needed:
        joint = joints[j]
        above = turns[joint.parent]
        step = _step(joint, block, is_added=j in added)
        places[j] = places[joint.parent] + sum(
            column * along for column, along in zip(above, step, strict=True)
        )
        if j in parents:
            turns[j] = _turned(joint, block, above)
    return places


def _step(joint: Joint, block: Array, *, is_added: bool) -> list[Array]:
    """From the parent to the joint, in the parent's axes: three (1,) or (frames,)."""
    offset = np.zeros(3) if joint.offset is None else joint.offset
    step = [offset[axis : axis + 1] for axis in range(3)]
    for k, (axis, turns) in enumerate(joint.channels or ()):
        if not turns:
            moved = block[joint.column + k]
            step[axis] = moved + offset[axis] if is_added else moved
    return step


def _unturned(frames: int) -> Columns:
    x, y, z = (np.repeat(np.eye(3)[:, [axis]], frames, axis=1) for axis in range(3))
    return x, y, z


def _turned(joint: Joint, block: Array, columns: Columns) -> Columns:
    """The columns after the joint's own rotations, one channel after the other."""
    now = list(columns)
    for k, (axis, turns) in enumerate(joint.channels or ()):
        if turns:
            angle = np.radians(block[joint.column + k])
            cosine, sine = np.cos(angle), np.sin(angle)
            a, b = (axis + 1) % 3, (axis + 2) % 3
            now[a], now[b] = (
                now[a] * cosine + now[b] * sine,
                now[b] * cosine - now[a] * sine,
            )
    return now[0], now[1], now[2]
