"""Samples of tracked points that cannot be: jumps there and back, bones too long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.samples import (
    LONG_BONES,
    names_of,
    noted,
    places_of,
    stature_of,
    sure_of,
    times_of,
    with_places,
)
from repetiteur.kernels.stature import SHARES
from repetiteur.kernels.strays import Patience, strays, unrest

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Longest burst that is taken for a mistake, seconds: what lasts longer may be danced.
LONGEST_S = 0.1
#: What a point may do, in statures: jitter (from _QUIET; a noisy point's own, up to
#: _UNQUIET) and acceleration (a second squared). Planted kicks at 670 degrees a second
#: and pirouettes at 840 reach 30 to 120 at hands and feet, for a frame or two.
_QUIET, _UNQUIET, _PULL = 0.01, 0.03, 50.0
#: A bone in the picture may appear longer than it is near the camera, by this factor.
_NEAR = 1.35
_USUAL_QUANTILE = 0.75
#: Further bones, as shares of stature: within hand and foot (no longer than the whole).
_SHORT_BONES = {
    "hand": ("wrist", "hand"),
    "little_finger": ("wrist", "pinky"),
    "thumb": ("wrist", "thumb"),
    "heel": ("ankle", "heel"),
    "foot": ("ankle", "toe"),
}
_SHARES = {
    **SHARES,
    **dict.fromkeys(("hand", "little_finger", "thumb"), 0.108),
    "heel": SHARES["foot"],
}


def drop_outliers(poses: xr.Dataset, *, longest_s: float = LONGEST_S) -> xr.Dataset:
    """Take out samples that jump away and come back, or stretch a bone beyond reason.

    Parameters
    ----------
    poses : xarray.Dataset
    longest_s : float
        Longest burst that is taken out, seconds (at most eight frames).

    Returns
    -------
    xarray.Dataset
        What was taken out is NaN; in the picture its confidence is 0. Nothing else is
        changed. ``world_position`` is treated likewise.

    Notes
    -----
    A point's course is measured in statures of the body as it appears, which may vary
    slowly. Jumps: :func:`repetiteur.kernels.strays.strays`; at 60 frames a second from
    about 8 % of stature, at 30 from about 15 %, for there a kick may do as much. Bones:
    the picture shortens them, and never shows them longer than 1.35 (for what comes
    near the camera) x their share of stature, or what is usual (0.75 quantile of both
    sides) if more; the end with two such bones is taken out, else the outer one.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((9, 2, 3))
    >>> place[:, 1] = [0.0, 245.0, 491.0]
    >>> place[4, 0, 1] = 300.0
    >>> names = ["left_hip", "left_knee", "left_ankle"]
    >>> poses = make_poses(place, time=np.arange(9) / 60, keypoints=names)
    >>> cleaned = drop_outliers(poses)
    >>> np.flatnonzero(np.isnan(cleaned["position"][:, 0, 1, 0])).tolist()
    [4]
    >>> cleaned.attrs["history"]
    'outliers taken out: 1 samples (left_knee 1)'
    """
    names, time, sure = names_of(poses), times_of(poses), sure_of(poses)
    places = places_of(poses)
    counts = np.zeros(len(names), dtype=np.intp)
    for kind, place in places.items():
        for one in range(place.shape[2]):
            body = place[:, :, one]
            wrong = _wrong(body, names, time, longest_s)
            body[wrong] = np.nan
            if kind == "position":
                sure[:, :, one][wrong] = 0.0
                counts += wrong.sum(axis=0)
    return noted(with_places(poses, places, sure), "outliers taken out", counts)


def _wrong(body: Array, names: Sequence[str], time: Array, longest_s: float) -> Bools:
    """Which samples of (time, keypoint, space) cannot be."""
    stature = stature_of(body, names, time)
    seen = np.isfinite(body).any(axis=(0, 2))
    wrong = np.zeros(body.shape[:2], dtype=bool)
    if not np.isfinite(stature).all() or not seen.any():
        return wrong
    middle = np.nanmean(body[:, seen], axis=(0, 1))
    sized = (body - middle) / stature[:, np.newaxis, np.newaxis]
    for k in np.flatnonzero(seen):
        course = sized[:, k]
        noise = float(np.clip(unrest(course), _QUIET, _UNQUIET))
        patience = Patience(noise, _PULL, longest_s)
        wrong[:, k] = strays(course, time, patience)
    sized[wrong] = np.nan
    return wrong | _too_long(sized, names)


def _too_long(sized: Array, names: Sequence[str]) -> Bools:
    """Ends of bones that are too long for the body, (time, keypoint)."""
    bones = []
    for bone, ends in (LONG_BONES | _SHORT_BONES).items():
        pairs = [[f"{side}_{part}" for part in ends] for side in ("left", "right")]
        there = [[names.index(e) for e in p] for p in pairs if set(p) <= set(names)]
        if there:
            bones += _with_limits(sized, there, _SHARES[bone])
    wrong = _ends(sized, bones) >= 2
    left = np.where(wrong[..., np.newaxis], np.nan, sized)
    for inner, outer, longest in bones:
        over = np.linalg.norm(left[:, outer] - left[:, inner], axis=-1) > longest
        wrong[over, outer] = True
        left[over, outer] = np.nan
    return wrong


def _with_limits(
    sized: Array, pairs: Sequence[Sequence[int]], share: float
) -> list[tuple[int, int, float]]:
    """Inner and outer end of a bone on each side, and its longest length."""
    lengths = np.concatenate(
        [np.linalg.norm(sized[:, b] - sized[:, a], axis=-1) for a, b in pairs]
    )
    lengths = lengths[np.isfinite(lengths)]
    usual = float(np.quantile(lengths, _USUAL_QUANTILE)) if lengths.size else 0.0
    return [(a, b, _NEAR * max(share, usual)) for a, b in pairs]


def _ends(sized: Array, bones: Sequence[tuple[int, int, float]]) -> NDArray[np.intp]:
    """How many bones that are too long end in each point, (time, keypoint)."""
    count = np.zeros(sized.shape[:2], dtype=np.intp)
    for inner, outer, longest in bones:
        over = np.linalg.norm(sized[:, outer] - sized[:, inner], axis=-1) > longest
        count[over, inner] += 1
        count[over, outer] += 1
    return count
