"""Numpy archives of the SMPL family: AMASS, and plain joints in SMPL's order.

AMASS (N. Mahmood et al., 2019) keeps rotations of SMPL's joints, ``poses``, and the
place of the pelvis, ``trans``. The body that they turn is not in the file, so the
lengths of the bones are nominal (:mod:`repetiteur.io._smpl`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._layouts import COCO
from repetiteur.io._limited import limited
from repetiteur.io._npz import MAX_BYTES, is_npz, read_npz
from repetiteur.io._smpl import JOINTS, STATURE, joint_places
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header

__all__ = ["read_amass"]

Array = NDArray[np.float64]

_POSES = ("poses", "smpl_poses", "fullpose")
_PLACE = ("trans", "smpl_trans", "transl")
_POINTS = (
    "joints", "joints3d", "joints_3d", "keypoints3d", "keypoints_3d", "Jtr", "jtr",
)  # fmt: skip
_RATES = ("mocap_framerate", "mocap_frame_rate", "fps", "framerate", "frame_rate")
_WIDTHS = range(63, 331, 3)  # 21 joints, to all of SMPL-X with two hands
_MAX_FRAMES = 500_000
_SMPL_COUNTS = (22, 24, 52, 55, 127, 144)


@reader("amass", extensions=(".npz",), sniff=is_npz)
def read_amass(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read rotations (``poses``, ``trans``) or joints (``joints``) of SMPL's order.

    Parameters
    ----------
    path : Path
        No pickled objects are read from it.
    options : ReadOptions

    Returns
    -------
    xarray.Dataset
        Poses of one dancer. From rotations, the angles are the file's and the lengths
        those of a nominal body of 1.70 m.

    Raises
    ------
    DamagedFile
        When the archive is broken or too large, or its arrays do not fit together.
    UnreadableRecording
        When it holds neither, or no frame rate, and none is given.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "stand.npz"
    >>> facing = np.tile([[np.pi / 2] + 65 * [0]], (3, 1))  # z up, as in AMASS
    >>> np.savez(file, poses=facing, trans=np.zeros((3, 3)), mocap_framerate=60.0)
    >>> read_amass(file, ReadOptions())["position"].sel(keypoint="left_knee")[
    ...     0
    ... ].values.ravel().round(4)
    array([0.0816, 0.4845, 0.    ])
    """
    if path.stat().st_size > MAX_BYTES:
        raise DamagedFile(
            f"An .npz file of poses needs to be below {MAX_BYTES >> 20} MiB, and "
            f"{path.name} is larger. Export it in parts."
        )
    arrays = limited(read_npz, path)
    turned, root = _first(arrays, _POSES), _first(arrays, _PLACE)
    points = _first(arrays, _POINTS)
    if turned is not None and root is not None:
        markers = _of_rotations(_wide(turned, path), _wide(root, path), path)
    elif points is not None:
        markers = _of_points(points, path)
    else:
        raise UnreadableRecording(
            "Poses in .npz need the arrays poses and trans (as AMASS), or joints "
            f"(time, joint, 3), and {path.name} has {_named(arrays)}. Rename them."
        )
    return poses_of(_timed(markers, arrays, path), path, options)


def _named(arrays: dict[str, Any]) -> str:
    return ", ".join(name[:40] for name in list(arrays)[:8]) or "none that are numbers"


def _first(arrays: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((arrays[name] for name in names if name in arrays), None)


def _wide(values: Any, path: Path) -> Array:
    """(time, columns) finite floats, of (time, columns) or (time, joint, 3)."""
    if not isinstance(values, np.ndarray) or values.ndim not in (2, 3):
        _unfit(path, "no rotations and places in time")
    if not 0 < len(values) <= _MAX_FRAMES:
        _unfit(path, f"{len(values)} frames")
    found = values.reshape(len(values), -1).astype(np.float64)
    if not np.isfinite(found).all():
        _unfit(path, "rotations or places missing")
    return found


def _of_rotations(turned: Array, root: Array, path: Path) -> Markers:
    frames, width = turned.shape
    if width not in _WIDTHS or root.shape != (frames, 3):
        _unfit(path, f"poses {turned.shape} and trans {root.shape}")
    line = f"angles are the file's, lengths nominal ({STATURE:.2f} m), shape unused"
    return Markers(
        JOINTS,
        joint_places(turned, root),
        software="SMPL rotations",
        header=Header(unit="m"),
        lines=(line,),
    )


def _of_points(points: Any, path: Path) -> Markers:
    shape = np.shape(points)
    if len(shape) != 3 or shape[2] != 3 or not 0 < shape[0] <= _MAX_FRAMES:
        _unfit(path, f"joints {shape}")
    if shape[1] == len(COCO):
        names, kept = COCO, "COCO"
    elif shape[1] in _SMPL_COUNTS:
        names, kept = JOINTS[: 24 if shape[1] == 24 else 22], "SMPL"
    else:
        counts = ", ".join(map(str, (len(COCO), *_SMPL_COUNTS)))
        _unfit(path, f"{shape[1]} joints, of which no order is known ({counts})")
    place = np.moveaxis(points[:, : len(names)].astype(np.float64), 1, 2)
    place[~np.isfinite(place).all(axis=1)[:, np.newaxis].repeat(3, axis=1)] = np.nan
    line = f"joints in the order of {kept}, the first {len(names)} of {shape[1]}"
    return Markers(names, place, software=f"{kept} joints", lines=(line,))


def _timed(markers: Markers, arrays: dict[str, Any], path: Path) -> Markers:
    """With the times that the file's frame rate makes, where it says one."""
    rate = _first(arrays, _RATES)
    if not isinstance(rate, np.ndarray) or rate.size != 1:
        return markers
    hertz = float(rate.reshape(()))
    if not 0.0 < hertz < np.inf:
        _unfit(path, f"a frame rate of {hertz:g}")
    return replace(markers, time=np.arange(len(markers.position)) / hertz)


def _unfit(path: Path, came: str) -> NoReturn:
    raise DamagedFile(
        "Poses in .npz need the arrays poses (time, 66 or more) and trans (time, 3), "
        f"or joints (time, joint, 3), and {path.name} has {came}. Export it again."
    )
