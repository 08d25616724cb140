"""Cleaning of recorded motion: all steps in their order, and what they touched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from repetiteur.clean import rigid
from repetiteur.clean.exchanged import undo_exchanges
from repetiteur.clean.facing import say_facing
from repetiteur.clean.floor import level_floor
from repetiteur.clean.gaps import fill_gaps
from repetiteur.clean.jumps import drop_jumps
from repetiteur.clean.lengths import drop_stretched
from repetiteur.clean.samples import names_of, need_space, noted
from repetiteur.model.seen import DIMS

#: Longest gap that a curve fills, seconds. On six dances cut open (CMU, Rokoko; 50 to
#: 120 Hz; 21 points) nine tenths of the samples filled lie within 1.0 cm in gaps of
#: 0.1 s, 1.5 cm at 0.15 s, 2.3 cm at 0.2 s, 4.7 cm at 0.3 s.
CURVE_S = 0.15


@dataclass(frozen=True)
class Touched:
    """How many samples of a keypoint cleaning touched.

    Attributes
    ----------
    samples : int
        All samples, seen or not.
    missing : int
        Not seen as recorded.
    removed : int
        Seen as recorded, and taken out.
    filled : int
        Not seen as recorded, and filled.
    replaced : int
        Seen as recorded, and now elsewhere: taken out and filled, or exchanged with
        another point's.
    """

    samples: int
    missing: int
    removed: int
    filled: int
    replaced: int


def clean_recorded(
    poses: xr.Dataset,
    *,
    outliers: bool = True,
    curve_s: float = CURVE_S,
    rigid_s: float = rigid.LONGEST_S,
    floor: bool = True,
) -> xr.Dataset:
    """Recorded motion without impossible samples and short gaps, on a level floor.

    Parameters
    ----------
    poses : xarray.Dataset
        3D, in metres, y up, of any number of dancers; times may be uneven.
    outliers : bool
        Give points that were taken for one another their names back; take out jumps
        there and back, and bones of another length.
    curve_s, rigid_s : float
        Longest gap that is filled by a curve, and from three or more points that move
        rigidly with the missing one; seconds, 0 fills none.
    floor : bool
        Make a clearly tilted floor level.

    Returns
    -------
    xarray.Dataset
        Cleaned. Where a sample was touched, ``raw_position`` keeps what was recorded;
        a sample that was not touched is the same, bit for bit (unless the floor was
        tilted: then both are turned). Each step left a line in the history.

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Notes
    -----
    Positions are not smoothed: see :mod:`repetiteur.clean.filters`.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((9, 3, 1))
    >>> place[4, 0] = 1.0
    >>> poses = make_poses(place, time=np.arange(9) / 60, keypoints=["left_wrist"])
    >>> cleaned = clean_recorded(poses)
    >>> cleaned["position"][4].to_numpy().ravel().tolist()
    [0.0, 0.0, 0.0]
    >>> touched(cleaned)["left_wrist"].replaced
    1
    """
    need_space(poses, "Cleaning recorded motion")
    out = poses
    if outliers:
        out = drop_stretched(drop_jumps(undo_exchanges(out)))
    if rigid_s > 0.0:
        out = rigid.fill_rigid(out, longest_s=rigid_s)
    if curve_s > 0.0:
        out = _fill_by_curves(out, curve_s)
    if not out["position"].equals(poses["position"]) and "raw_position" not in poses:
        out = out.assign(raw_position=poses["position"].copy(deep=True))
    return say_facing(level_floor(out) if floor else out)


def touched(poses: xr.Dataset) -> dict[str, Touched]:
    """What cleaning did to each keypoint: ``raw_position`` against ``position``.

    Parameters
    ----------
    poses : xarray.Dataset
        Cleaned; without ``raw_position`` nothing was touched.

    Returns
    -------
    dict of str to Touched
        Of all dancers together.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = [[[0.0]], [[np.nan]], [[0.0]]]
    >>> place = np.repeat(place, 3, axis=1)
    >>> poses = make_poses(place, time=[0.0, 0.02, 0.04], keypoints=["nose"])
    >>> touched(clean_recorded(poses))["nose"]
    Touched(samples=3, missing=1, removed=0, filled=1, replaced=0)
    """
    now = poses["position"].transpose(*DIMS).to_numpy()
    raw = poses.get("raw_position", poses["position"]).transpose(*DIMS).to_numpy()
    was, there = (np.isfinite(place).all(axis=1) for place in (raw, now))
    moved = was & there & (raw != now).any(axis=1)
    kinds = (~was, was & ~there, ~was & there, moved)
    counts = [kind.sum(axis=(0, 2)) for kind in kinds]
    samples = was.shape[0] * was.shape[2]
    return {
        name: Touched(samples, *(int(count[k]) for count in counts))
        for k, name in enumerate(names_of(poses))
    }


def _fill_by_curves(poses: xr.Dataset, longest_s: float) -> xr.Dataset:
    """As :func:`fill_gaps`; without a gap nothing is copied."""
    if np.isfinite(poses["position"].to_numpy()).all():
        none = np.zeros(poses.sizes["keypoint"], dtype=np.intp)
        return noted(poses, f"gaps of up to {longest_s:g} s filled", none)
    return fill_gaps(poses, longest_s=longest_s, below=0.0, keep="speed")
