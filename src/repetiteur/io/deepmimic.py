"""DeepMimic's motion clips: the quaternions of a skeleton that is known.

The clips (``humanoid3d_*.txt``) are JSON, ``{"Loop": ..., "Frames": [[...], ...]}``.
A frame is its length in seconds, the place of the root, and the rotations of twelve
joints in the order of :data:`_JOINTS`: quaternions with the real part first, but one
angle about z for a knee or an elbow.

The skeleton is not in the clips. Its lengths are those of ``humanoid3d.txt`` of the
DeepMimic repository (X. B. Peng et al., SIGGRAPH 2018): metres, y up, facing x. The
points of foot and head are corners and centres of that file's bodies.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io._json import numbers, opening, read_json
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header
from repetiteur.kernels.rotations import about_axis, chain, from_quaternions

__all__ = ["read_deepmimic"]

Array = NDArray[np.float64]

_MAX_BYTES = 64 << 20
_OPENING = re.compile(r'\{\s*"(Loop|Frames|EnableCycle\w{1,40})"\s*:')
_COLUMNS = 44
_UNIT = 0.1  # how far a quaternion may be from length 1
_FOOT = 0.177  # length of the box that is a foot; its sole is 0.05 below the ankle
_HEAD = 0.205  # diameter of the sphere that is the head

#: Joint -> (parent, offset from it, how many numbers turn it). Our names, but "root".
_JOINTS: dict[str, tuple[str, tuple[float, float, float], int]] = {
    "pelvis": ("", (0.0, 0.0, 0.0), 4),
    "chest": ("pelvis", (0.0, 0.236151, 0.0), 4),
    "neck": ("chest", (0.0, 0.223894, 0.0), 4),
    "right_hip": ("pelvis", (0.0, 0.0, 0.084887), 4),
    "right_knee": ("right_hip", (0.0, -0.421546, 0.0), 1),
    "right_ankle": ("right_knee", (0.0, -0.409870, 0.0), 4),
    "right_shoulder": ("chest", (-0.02405, 0.24350, 0.18311), 4),
    "right_elbow": ("right_shoulder", (0.0, -0.274788, 0.0), 1),
    "left_hip": ("pelvis", (0.0, 0.0, -0.084887), 4),
    "left_knee": ("left_hip", (0.0, -0.421546, 0.0), 1),
    "left_ankle": ("left_knee", (0.0, -0.409870, 0.0), 4),
    "left_shoulder": ("chest", (-0.02405, 0.24350, -0.18311), 4),
    "left_elbow": ("left_shoulder", (0.0, -0.274788, 0.0), 1),
    "head_top": ("neck", (0.0, 0.175 + _HEAD / 2, 0.0), 0),
    "right_wrist": ("right_elbow", (0.0, -0.258947, 0.0), 0),
    "left_wrist": ("left_elbow", (0.0, -0.258947, 0.0), 0),
    "right_toe": ("right_ankle", (0.045 + _FOOT / 2, -0.05, 0.0), 0),
    "right_heel": ("right_ankle", (0.045 - _FOOT / 2, -0.05, 0.0), 0),
    "left_toe": ("left_ankle", (0.045 + _FOOT / 2, -0.05, 0.0), 0),
    "left_heel": ("left_ankle", (0.045 - _FOOT / 2, -0.05, 0.0), 0),
}
_PARENTS = [list(_JOINTS).index(p) if p else -1 for p, *_ in _JOINTS.values()]


def is_deepmimic(head: bytes) -> bool:
    text = opening(head)
    return _OPENING.match(text) is not None and '"Frames"' in text


@reader("deepmimic", extensions=(".txt", ".json"), sniff=is_deepmimic)
def read_deepmimic(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a clip of DeepMimic's humanoid, turned from its front (x) to ours (z).

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Returns
    -------
    xarray.Dataset
        Poses of one dancer; the lengths are those of the humanoid, not a person's.

    Raises
    ------
    DamagedFile
        When the file is broken, or its frames are not the humanoid's.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "humanoid3d_stand.txt"
    >>> still = [0.1, 0, 0.89, 0] + 4 * [1, 0, 0, 0] + [0] + 2 * [1, 0, 0, 0] + [0]
    >>> frame = still + [1, 0, 0, 0] + [0] + 2 * [1, 0, 0, 0] + [0]
    >>> _ = file.write_text('{"Loop": "none", "Frames": [%s, %s]}' % (frame, frame))
    >>> read_deepmimic(file, ReadOptions())["position"].sel(keypoint="left_knee")[
    ...     0
    ... ].values.ravel().round(4)
    array([0.0849, 0.4685, 0.    ])
    """
    frames = _frames(read_json(path, most=_MAX_BYTES), path.name)
    place = chain(
        _PARENTS,
        [offset for _, offset, _ in _JOINTS.values()],
        _turns(frames, path.name),
        frames[:, 1:4],
    )
    markers = Markers(
        list(_JOINTS),
        np.stack([-place[:, 2], place[:, 1], place[:, 0]], axis=1),
        software="DeepMimic",
        time=np.concatenate([[0.0], np.cumsum(frames[:-1, 0])]),
        header=Header(unit="m", up="y", floor=True),
        lines=(
            "angles are the file's, lengths those of DeepMimic's humanoid (1.62 m)",
            "turned by -90° about y: the humanoid's front is x, the audience z",
        ),
    )
    return poses_of(markers, path, options)


def _frames(content: Any, name: str) -> Array:
    """(frames, 44) finite numbers."""
    found = content.get("Frames") if isinstance(content, dict) else None
    try:
        frames = numbers(found)
    except ValueError as error:
        _bad(name, f"has {error}")
    if frames.ndim != 2 or frames.shape[1] != _COLUMNS or not len(frames):
        _bad(name, f"has frames of the shape {frames.shape}")
    if not np.isfinite(frames).all():
        _bad(name, "has numbers missing")
    return frames


def _turns(frames: Array, name: str) -> Array:
    """(frames, joint, 3, 3) of the frames' quaternions and angles."""
    turns = np.tile(np.eye(3), (len(frames), len(_JOINTS), 1, 1))
    column = 4
    for joint, (_, _, count) in enumerate(_JOINTS.values()):
        given = frames[:, column : column + count]
        column += count
        if count == 1:
            turns[:, joint] = about_axis(2, given[:, 0])
        elif count == 4:
            if (np.abs(np.linalg.norm(given, axis=1) - 1.0) > _UNIT).any():
                _bad(name, "has rotations that are no unit quaternions")
            turns[:, joint] = from_quaternions(given)
    return turns


def _bad(name: str, came: str) -> NoReturn:
    raise DamagedFile(
        f"A DeepMimic clip needs frames of {_COLUMNS} numbers, those of its humanoid, "
        f"and {name} {came}. Take a clip of humanoid3d."
    )
