"""Samples of a recording in space that give a bone another length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.samples import (
    courses_of,
    names_of,
    need_space,
    times_of,
    without,
)
from repetiteur.model.skeletons import BONES, KEYPOINTS

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: A stiff bone may differ from its median length by this share of it, or by so many of
#: its own standard deviations (from the median deviation), whichever is more: markers
#: move on the skin by up to 3 cm at the thigh (A. Leardini et al., "Human movement
#: analysis using stereophotogrammetry. Part 3", Gait & Posture 21, 2005), a fifteenth
#: of it, and markerless points scatter by more.
STIFF = 0.15
_SPREADS = 6.0
#: Shoulder girdle and spine move: raised arms bring the shoulders 25 % nearer to the
#: neck. Such distances bear witness, two of them together.
_LOOSE = 0.4
#: A bone that comes to another length at once is wrong: by 3 cm, and faster than this.
_AT_ONCE_M, _AT_ONCE_M_S = 0.03, 2.0
#: So far from its length no bone is, at once or not: a share of it, and m.
_NEVER, _NEVER_M = 0.5, 0.15
#: Of two ends that one jumped which went this many times further at that moment.
_FURTHER = 2.0
#: A distance that is off in more frames than this is no bone of one length (share).
_OFTEN = 0.25
#: Shorter distances are too short to tell (m).
_SHORT = 0.05
#: A distance that may shrink is as long as this quantile says, or longer by this share.
_STRETCHED, _LONGER = 0.75, 0.25

_SIDES = ("left", "right")
_STIFF = (
    ("left_hip", "right_hip"),
    ("head", "head_top"),
    ("head", "nose"),
    ("left_ear", "right_ear"),
    *(("nose", f"{s}_ear") for s in _SIDES),
    *(("pelvis", f"{s}_hip") for s in _SIDES),
    *(
        (f"{s}_{a}", f"{s}_{b}")
        for s in _SIDES
        for a, b in (
            ("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"),
            ("shoulder", "elbow"), ("elbow", "wrist"),
        )
    ),
)  # fmt: skip
#: Toes and fingers bend: these may be shorter, not longer.
_BENDING = tuple(
    (f"{s}_{a}", f"{s}_{b}")
    for s in _SIDES
    for a, b in (("wrist", "hand"), ("ankle", "toe"), ("heel", "toe"))
)
_MOVING = (
    ("left_shoulder", "right_shoulder"),
    ("pelvis", "chest"),
    ("chest", "neck"),
    ("neck", "head"),
    *((a, f"{s}_{b}") for s in _SIDES for a, b in (("neck", "shoulder"),)),
    *((f"{s}_hip", f"{s}_shoulder") for s in _SIDES),
)


@dataclass(frozen=True)
class _Bone:
    """A bone and how much it says against its ends, (time, 2); 1 is enough."""

    ends: tuple[int, int]
    against: Array


def drop_stretched(poses: xr.Dataset) -> xr.Dataset:
    """Take out samples that give a bone a length that it does not have.

    Parameters
    ----------
    poses : xarray.Dataset
        3D, in metres. Only our own keypoints are judged.

    Returns
    -------
    xarray.Dataset
        What was taken out is NaN, with confidence 0. Nothing else is changed.

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Notes
    -----
    Each bone is held against its median length over the recording. It is wrong where
    it is off by more than 15 % (or six of its own standard deviations) and came to
    that, or left it, at once (3 cm, at 2 m/s); or by more than half. Of its two ends
    the one is taken out that jumped at that moment, or that more wrong bones meet in,
    else the outer one. A distance that is off in a quarter of the frames is not taken
    for a bone.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((9, 3, 3))
    >>> place[:, 1] = [0.9, 0.5, 0.1]
    >>> place[4, 0, 1] = 0.3
    >>> names = ["left_hip", "left_knee", "left_ankle"]
    >>> poses = make_poses(place, time=np.arange(9) / 30, keypoints=names)
    >>> drop_stretched(poses).attrs["history"]
    'bones of another length taken out: 1 samples (left_knee 1)'
    """
    need_space(poses, "Judging the lengths of bones")
    names, time, place = names_of(poses), times_of(poses), courses_of(poses)
    wrong = np.zeros(place.shape[:3], dtype=bool)
    for one in range(place.shape[2]):
        bones = _bones(place[:, :, one], names, time)
        wrong[:, :, one] = _guilty(bones, wrong.shape[:2], _outwards(names))
    return without(poses, wrong, "bones of another length taken out")


def _bones(body: Array, names: Sequence[str], time: Array) -> list[_Bone]:
    """Bones that are wrong somewhere, with what each one says."""
    index = {name: k for k, name in enumerate(names)}
    bones = []
    for pairs, share, says in ((_STIFF, STIFF, 1.0), (_MOVING, _LOOSE, 0.5)):
        for ends in _there(pairs, index):
            off = _off_length(body[:, ends], share)
            bones.append(_Bone(ends, says * _against(body[:, ends], time, off)))
    for ends in _there(_BENDING, index):
        off = _too_long(body[:, ends])
        bones.append(_Bone(ends, _against(body[:, ends], time, off)))
    return [bone for bone in bones if bone.against.any()]


def _there(
    pairs: Sequence[tuple[str, str]], index: dict[str, int]
) -> list[tuple[int, int]]:
    return [(index[a], index[b]) for a, b in pairs if a in index and b in index]


def _length(pair: Array) -> Array:
    return np.asarray(np.linalg.norm(pair[:, 1] - pair[:, 0], axis=-1))


def _off_length(pair: Array, share: float) -> Array:
    """How far a distance lies from its usual one, over what it may; 0 if not seen."""
    length = _length(pair)
    seen = np.isfinite(length)
    usual = float(np.median(length[seen])) if seen.any() else 0.0
    if usual < _SHORT:
        return np.zeros(length.size)
    off = np.where(seen, np.abs(length - usual), 0.0)
    spread = 1.4826 * float(np.median(off[seen]))
    return off / max(share * usual, _SPREADS * spread)


def _too_long(pair: Array) -> Array:
    """How far a distance that may shrink is too long, over what it may; else 0."""
    length = _length(pair)
    seen = np.isfinite(length)
    usual = float(np.quantile(length[seen], _STRETCHED)) if seen.any() else 0.0
    if usual < _SHORT:
        return np.zeros(length.size)
    off = np.where(seen, np.maximum(length - usual, 0.0), 0.0)
    return off / max(_LONGER * usual, _AT_ONCE_M)


def _against(pair: Array, time: Array, off: Array) -> Array:
    """What a bone says against its two ends, (time, 2), where it is off at once."""
    length = _length(pair)
    seen = np.flatnonzero(np.isfinite(length))
    over = off[seen] > 1.0
    out = np.zeros((length.size, 2))
    if not over.any() or over.sum() > _OFTEN * seen.size:
        return out
    stretch = np.cumsum(np.diff(over.astype(np.int8), prepend=0) == 1) * over
    step = np.abs(np.diff(length[seen]))
    loud = step > np.maximum(_AT_ONCE_M, _AT_ONCE_M_S * np.diff(time[seen]))
    turned = np.flatnonzero(loud & (over[1:] != over[:-1]))
    which = np.maximum(stretch[turned], stretch[turned + 1])
    moved = np.zeros((int(stretch.max()) + 1, 2))
    np.add.at(
        moved,
        which,
        np.linalg.norm(pair[seen][turned + 1] - pair[seen][turned], axis=-1),
    )
    usual = float(np.median(length[seen]))
    far = np.abs(length[seen] - usual) > max(_NEVER * usual, _NEVER_M)
    sharp = np.asarray(moved.any(axis=1))
    sharp[stretch[far & over]] = True
    calm = moved * _FURTHER < moved[:, ::-1]
    out[seen] = (np.where(calm, 0.4, 1.0) * sharp[:, np.newaxis])[stretch]
    out[seen[~over]] = 0.0
    return out


def _guilty(bones: list[_Bone], shape: tuple[int, ...], outwards: Array) -> Bools:
    """Which ends of wrong bones are taken out, (time, keypoint)."""
    out = np.zeros(shape, dtype=bool)
    if not bones:
        return out
    says = np.stack([bone.against for bone in bones], axis=1)
    rows = np.flatnonzero(says.any(axis=(1, 2)))
    says = says[rows]
    ends = np.zeros((len(bones), 2, shape[1]))
    for row, bone in enumerate(bones):
        ends[row, [0, 1], bone.ends] = 1.0
    while True:
        against = np.einsum("tbe,bek->tk", says, ends)
        worst = against.max(axis=1, keepdims=True, initial=0.0)
        # Of equals the outer one; left and right are equals to the end.
        enough = against >= np.maximum(worst, 1.0) - 1e-9
        weight = np.where(enough, outwards + 1.0, 0.0)
        pick = enough & (weight == weight.max(axis=1, keepdims=True))
        if not pick.any():
            return out
        out[rows] |= pick
        touched = np.einsum("tk,bek->tb", pick.astype(np.float64), ends) > 0.0
        says = says * ~touched[:, :, np.newaxis]


def _outwards(names: Sequence[str]) -> Array:
    """How many bones lie between the pelvis and each keypoint."""
    root = {outer: inner for inner, outer in BONES}

    def far(name: str) -> int:
        return 1 + far(root[name]) if name in root else 0

    return np.array([far(n) if n in KEYPOINTS else 0 for n in names], dtype=np.float64)
