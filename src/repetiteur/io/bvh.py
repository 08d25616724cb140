"""BVH, the text format of motion capture: read with forward kinematics, and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io._bvh_motion import joint_positions, largest_turn
from repetiteur.io._bvh_text import MAX_BYTES, BvhText, Joint, is_bvh, parse
from repetiteur.io._bvh_writer import CHANNELS, bvh_text
from repetiteur.io.formats import ReadOptions, reader, writer
from repetiteur.io.naming import find_keypoints
from repetiteur.io.scale import UNITS, settle, to_stage
from repetiteur.model.poses import log, make_poses
from repetiteur.model.skeletons import KEYPOINTS

__all__ = ["read_bvh", "write_bvh"]

Array = NDArray[np.float64]

_REST = 60.0  # degrees from frame 0 to frame 1 that no body turns in a frame


@reader("bvh", extensions=(".bvh",), sniff=is_bvh)
def read_bvh(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a BVH file: joint names mapped, metres, y up, floor at 0, times from 0.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        What overrides the header and what would be found.

    Returns
    -------
    xarray.Dataset
        Poses of one dancer, with our keypoints only.

    Raises
    ------
    DamagedFile
        When the text is broken, cut short or absurd.
    UnreadableRecording
        When joint names or unit are not known and cannot be found.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> file = getfixture("tmp_path") / "stand.bvh"
    >>> place = [[[0.0, 0.0], [0.9, 1.4], [0.0, 0.1]]]
    >>> write_bvh(make_poses(place, time=[0.0], keypoints=["pelvis", "neck"]), file)
    >>> read_bvh(file, ReadOptions())["position"].sel(keypoint="neck").values.ravel()
    array([0. , 1.4, 0.1])
    """
    if path.stat().st_size > MAX_BYTES:
        raise DamagedFile(
            f"A BVH file needs to be below {MAX_BYTES >> 20} MiB, and {path.name} is "
            f"larger. Export it in parts."
        )
    text = parse(path.read_bytes(), need_frame_time=options.fps is None)
    named = find_keypoints([j.name for j in text.joints], options.mapping)
    place = named.place(joint_positions(text.joints, text.values, named.needed))
    place, settled = _settled(text.joints, place, named.keypoints, options)
    step, timed = _frame_step(text, options.fps)
    poses = make_poses(
        place,
        time=np.arange(len(place)) * step,
        keypoints=named.keypoints,
        source_software="BVH",
        source_file=path.name,
    ).assign_attrs(fps=1.0 / step)
    for line in (timed, named.line, *settled, *_rest_pose(text)):
        poses = log(poses, line)
    return poses


def _frame_step(text: BvhText, fps: float | None) -> tuple[float, str]:
    """Seconds from frame to frame, and a line on where they come from."""
    frames = f"BVH, {len(text.values)} frames"
    if fps is None and text.frame_time is not None:
        return text.frame_time, f"{frames} at {1.0 / text.frame_time:.6g} Hz"
    given = fps or 1.0
    said = (
        f"{1.0 / text.frame_time:.6g} Hz" if text.frame_time is not None else "no time"
    )
    return 1.0 / given, f"{frames} at {given:.6g} Hz, given; the header says {said}"


def _settled(
    joints: Sequence[Joint], place: Array, keypoints: list[str], options: ReadOptions
) -> tuple[Array, list[str]]:
    ours = all(
        joint.name.endswith("/end")
        or (joint.name in KEYPOINTS and joint.channels == CHANNELS)
        for joint in joints
    )
    if not ours:
        return settle(place, keypoints, unit=options.unit, up=options.up)
    unit, up = options.unit or "cm", options.up or "y"
    line = f"written by repetiteur: unit {unit}, {up} up, floor as in the file"
    return to_stage(place, up) * UNITS[unit], [line]


def _rest_pose(text: BvhText) -> list[str]:
    if len(text.values) < 3:
        return []
    turn = largest_turn(text.joints, text.values, 0, 1)
    if turn < _REST:
        return []
    return [
        f"frame 0 looks like a rest pose ({turn:.0f}° from frame 1); "
        "leave it out with --from"
    ]


@writer("bvh", extensions=(".bvh",))
def write_bvh(poses: xr.Dataset, path: Path) -> None:
    """Write poses as BVH: centimetres, y up, joints named as our keypoints.

    Every joint has six channels, so positions come back as they were; its rotations
    are those that swing the T-pose's bones to where they point.

    Parameters
    ----------
    poses : xarray.Dataset
        3D poses of one dancer, without missing samples, in even time steps.
    path : Path

    Raises
    ------
    InvalidPoses
        When BVH cannot hold these poses.
    """
    path.write_text(bvh_text(poses), encoding="utf-8", newline="\n")
