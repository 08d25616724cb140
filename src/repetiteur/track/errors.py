"""How far off a tracked point may be: the tracker's error model.

The standard deviation of a point, in each direction of the picture, is

    hypot(pixels, height * share * exp(unsure * (1 - confidence)
                                       + speed * log(1 + v) + edge * e))

``height`` is the body's in the picture, pixels; ``v`` the point's speed in body heights
a second; ``e`` 0 inside the picture, 1 on its border, 2 beyond it. ``share`` belongs to
the body part, the rest to the model. The numbers lie in ``errors.yaml``; the script
that fitted them on calibrated video is ``benchmarks/fit_errors.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import xarray as xr
import yaml
from numpy.typing import NDArray

from repetiteur.errors import InvalidPoses
from repetiteur.kernels import signals
from repetiteur.kernels.stature import SHARES, apparent_stature
from repetiteur.model.poses import log
from repetiteur.model.seen import DIMS

__all__ = ["ErrorModel", "conditions", "error_model", "with_errors"]

Array = NDArray[np.float64]

#: Bones by which the body's height in the picture is known: share of it, ends.
_BONES = tuple(
    (SHARES[bone], f"{side}_{one}", f"{side}_{other}")
    for bone, one, other in (
        ("trunk", "shoulder", "hip"),
        ("thigh", "hip", "knee"),
        ("shank", "knee", "ankle"),
        ("upper_arm", "shoulder", "elbow"),
        ("forearm", "elbow", "wrist"),
    )
    for side in ("left", "right")
)
#: The speed is over so long before and after, s.
SPEED_S = 0.05
#: Width of the strip along the border in which points suffer, in body heights.
EDGE = 0.05


@dataclass(frozen=True)
class ErrorModel:
    """The numbers of one tracker.

    Attributes
    ----------
    share : mapping of str to float
        Of each body part (``knee``): standard deviation over body height for a point
        that is sure, still and inside the picture.
    unsure, speed, edge : float
        What no confidence, speed and the border add to its logarithm.
    pixels : float
        What the picture's own pixels add.
    """

    share: Mapping[str, float]
    unsure: float
    speed: float
    edge: float
    pixels: float

    def sd(self, seen: Conditions) -> Array:
        """Standard deviation of each point, (time, keypoint, individual) pixels."""
        widest = max(self.share.values())
        share = np.array([self.share.get(part(k), widest) for k in seen.keypoints])
        worse = (
            self.unsure * seen.doubt
            + self.speed * np.log1p(seen.speed)
            + self.edge * seen.edge
        )
        own = seen.height[:, np.newaxis] * share[:, np.newaxis] * np.exp(worse)
        return np.asarray(np.hypot(self.pixels, own))


@dataclass(frozen=True)
class Conditions:
    """What the error of each point depends on.

    Attributes
    ----------
    keypoints : tuple of str
    height : (time, individual) float
        Of the body in the picture, pixels.
    doubt : (time, keypoint, individual) float
        One minus the confidence; 1 where a point was filled in.
    speed : (time, keypoint, individual) float
        Body heights a second.
    edge : (time, keypoint, individual) float
        0 inside the picture, 1 on its border, 2 well beyond.
    """

    keypoints: tuple[str, ...]
    height: Array
    doubt: Array
    speed: Array
    edge: Array


def with_errors(poses: xr.Dataset) -> xr.Dataset:
    """Tracked poses with the standard deviation of every point.

    Parameters
    ----------
    poses : xarray.Dataset
        Tracked and cleaned: positions in pixels.

    Returns
    -------
    xarray.Dataset
        The poses with ``position_sd`` (time, space, keypoint, individual) in pixels,
        NaN where the position is.

    Raises
    ------
    InvalidPoses
        When the poses are not in a picture.

    Notes
    -----
    A tracker that was never measured gets the numbers of the worst one that was, and
    the history says so.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = [[[200.0, 200, 200, 200], [100.0, 300, 400, 500]]]
    >>> names = ["left_shoulder", "left_hip", "left_knee", "left_ankle"]
    >>> poses = make_poses(place, time=[0.0], keypoints=names,
    ...                    source_software="repetiteur blazepose heavy")
    >>> sd = with_errors(poses)["position_sd"]
    >>> bool(((sd > 1.0) & (sd < 25.0)).all())
    True
    """
    if poses.sizes["space"] != 2:
        raise InvalidPoses(
            "The tracker's errors are of positions in a picture (x, y), and these are "
            f"{poses.sizes['space']}-dimensional. Leave this step out for motion files."
        )
    model, line = error_model(str(poses.attrs.get("source_software", "")))
    place = poses["position"].transpose(*DIMS).to_numpy()
    sd = model.sd(conditions(poses))[:, np.newaxis]
    return log(
        poses.assign(position_sd=(DIMS, np.where(np.isfinite(place), sd, np.nan))), line
    )


def error_model(software: str) -> tuple[ErrorModel, str]:
    """The numbers for a tracker, by its ``source_software``, and a line on them.

    Examples
    --------
    >>> error_model("repetiteur blazepose full")[1]
    'errors of the points: as measured for repetiteur blazepose full'
    """
    known = _models()
    if software in known:
        return known[software], f"errors of the points: as measured for {software}"
    worst = max(known, key=lambda name: float(np.mean([*known[name].share.values()])))
    who = software or "an unnamed tracker"
    return known[worst], (
        f"errors of the points: {who} was never measured, so those of {worst}, "
        "the widest there are"
    )


@cache
def _models() -> dict[str, ErrorModel]:
    text = files("repetiteur.track").joinpath("errors.yaml").read_text("utf-8")
    return {
        name: ErrorModel(
            share=row["share"],
            unsure=row["unsure"],
            speed=row["speed"],
            edge=row["edge"],
            pixels=row["pixels"],
        )
        for name, row in yaml.safe_load(text)["trackers"].items()
    }


def part(keypoint: str) -> str:
    """The body part of a keypoint, without its side.

    Examples
    --------
    >>> part("left_knee"), part("nose")
    ('knee', 'nose')
    """
    return keypoint.removeprefix("left_").removeprefix("right_")


def conditions(poses: xr.Dataset) -> Conditions:
    """What the errors of tracked poses depend on.

    Parameters
    ----------
    poses : xarray.Dataset
        Positions in pixels.

    Returns
    -------
    Conditions
    """
    place: Array = poses["position"].transpose(*DIMS).to_numpy().transpose(0, 2, 3, 1)
    time = poses["time"].to_numpy().astype(np.float64)
    names = tuple(str(name) for name in poses["keypoint"].to_numpy())
    # Without the picture's size there is no border: NaN becomes 0 below.
    size = [poses.attrs.get(f"image_{side}", np.nan) for side in ("width", "height")]
    height = _height(place, names, time)
    each = height[:, np.newaxis]
    sure = np.nan_to_num(poses["confidence"].to_numpy().astype(np.float64))
    if "raw_position" in poses:
        told = poses["raw_position"].transpose(*DIMS).to_numpy()
        sure = np.where(np.isfinite(told).all(axis=1), sure, 0.0)
    inside = np.minimum(place, np.array(size) - place).min(axis=-1)
    return Conditions(
        keypoints=names,
        height=height,
        doubt=1.0 - np.clip(sure, 0.0, 1.0),
        speed=_speed(place, time) / each,
        edge=np.nan_to_num(np.clip(1.0 - inside / (EDGE * each), 0.0, 2.0)),
    )


def _height(place: Array, names: tuple[str, ...], time: Array) -> Array:
    """Height of the body in the picture, (time, individual) pixels.

    Where no bone was ever seen, what all the points span.
    """
    seen = place[np.isfinite(place)]
    fallback = float(np.ptp(seen)) if seen.size else 1.0
    bones = [bone for bone in _BONES if {bone[1], bone[2]} <= set(names)]
    if not bones:
        return np.full((place.shape[0], place.shape[2]), fallback)
    lengths = np.stack(
        [place[:, names.index(one)] - place[:, names.index(other)]
         for _, one, other in bones],
        axis=1,
    )  # fmt: skip
    shares = [share for share, _, _ in bones]
    tall = [
        apparent_stature(np.linalg.norm(lengths[:, :, k], axis=-1), shares, time)
        for k in range(place.shape[2])
    ]
    height = np.stack(tall, axis=1)
    return np.where(height > 0.0, height, fallback)


def _speed(place: Array, time: Array) -> Array:
    """Pixels a second, (time, keypoint, individual); 0 where neighbours are missing."""
    if time.size < 2:
        return np.zeros(place.shape[:-1])
    ends = [np.clip(time + d, time[0], time[-1]) for d in (-SPEED_S, SPEED_S)]
    before, after = (signals.resample(place, time, end) for end in ends)
    gone = np.linalg.norm(after - before, axis=-1)
    seconds = (ends[1] - ends[0])[:, np.newaxis, np.newaxis]
    return np.asarray(np.nan_to_num(gone / seconds))
