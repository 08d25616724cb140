"""What two recordings are lined up by: where the bones point, seen from the body."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry, signals
from repetiteur.kinematics.directions import BONES, bone_directions, heading
from repetiteur.kinematics.view import followed_pitch, seen_from
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Cut-off of the smoothing before anything is compared, Hz. The project's measures
#: ask for 10 to 12 Hz on motion capture and 6 Hz on tracked video.
CUTOFF_HZ = 8.0
#: On a coarse grid, this share of its rate: what is faster would look slow there.
MOST_OF_RATE = 0.4
#: What a body's directions are taken in. ``space``: turned to face the audience.
#: ``picture``: as the camera has them, with little say for the depth, for two that were
#: filmed from the same side. ``depth``: turned by the tracker's depth, the camera's
#: pitch taken out, for two that were not.
Frame = Literal["space", "picture", "depth"]
#: A pose that changes by less than this, rad/s (root mean square over the bones), is
#: still: it tells no time, and is no dancing.
STILL: dict[Frame, float] = {"space": 0.14, "picture": 0.4, "depth": 0.4}
#: Say of the depth in a picture, and of a whole direction that was turned by it: the
#: tracker's angles in space are off by 8 to 24 degrees, those in the picture by 2 to 5.
DEPTH_SAY, TURNED_SAY = 0.25, 0.5
#: A pose of which less than this share of the bones was seen is not compared.
SEEN = 0.5
#: Frames further apart than this, s, and than three usual steps, have a gap between.
GAP_S = 0.1
_WEIGHTS = np.array([weight for *_, weight in BONES.values()])
#: Length of each bone's direction among the features: the squares sum to 1.
SCALES = np.sqrt(_WEIGHTS / _WEIGHTS.sum())
#: Index of the first bone of each limb: trunk with head, left leg, left arm, right ...
LIMBS = [
    list(BONES).index(name)
    for name in (
        "trunk",
        "left_thigh",
        "left_upper_arm",
        "right_thigh",
        "right_upper_arm",
    )
]


@dataclass(frozen=True)
class Movement:
    """One body on an even grid of time, smoothed, with what it is lined up by.

    Attributes
    ----------
    body : Body
        On the grid.
    features : (time, 3 x bones) float
        Unit bone directions in the frame that was asked for, scaled so that the
        distance of two rows is the root mean square angle between the poses, in radians
        (for small angles), weighted as in the measure ``pose_distance``; what a camera
        does not tell well has less say.
    heading : (time,) float
        Degrees, unwrapped.
    rate : float
        Frames per second of the grid.
    frame : {"space", "picture", "depth"}
    frame_s : float
        Usual time from one frame of the recording to the next, seconds.
    """

    body: Body
    features: Array
    heading: Array
    rate: float
    frame: Frame = "space"
    frame_s: float = 0.0

    @property
    def speed(self) -> Array:
        """How fast the pose changes, (time,) radians per second, heading apart."""
        return np.sqrt(square(np.gradient(self.features, self.body.time, axis=0)))

    @property
    def moving(self) -> Array:
        """How much of a movement each frame is, (time,) from 0, still, to 1."""
        speed = np.nan_to_num(self.speed)
        return np.asarray(np.minimum(speed / STILL[self.frame], 1.0))

    def share(self, frames: NDArray[np.int64]) -> float:
        """Share, 0 to 1, of all that moves that these frames are, each counted once."""
        moving = self.moving
        return float(moving[np.unique(frames)].sum() / max(float(moving.sum()), 1e-9))


def square(rows: Array) -> Array:
    """Squared length of each row, what is NaN taken as the mean of the rest.

    Parameters
    ----------
    rows : (time, columns) float

    Returns
    -------
    (time,) float
        0 where nothing was seen.

    Examples
    --------
    >>> square(np.array([[3.0, 4.0], [2.0, np.nan]])).tolist()
    [25.0, 8.0]
    """
    seen = np.isfinite(rows).sum(axis=1)
    total = np.nansum(rows**2, axis=1)
    return np.asarray(total * (rows.shape[1] / np.maximum(seen, 1)))


def move(body: Body, rate: float, frame: Frame = "space") -> Movement:
    """Put a body on an even grid and describe it.

    Parameters
    ----------
    body : Body
        With at least two frames.
    rate : float
        Frames per second of the grid.
    frame : {"space", "picture", "depth"}
        In which the directions are taken.

    Returns
    -------
    Movement
        All bones of :data:`~repetiteur.kinematics.directions.BONES`, NaN where a
        bone was not seen.
    """
    count = int(np.floor((body.time[-1] - body.time[0]) * rate + 1e-6)) + 1
    time = body.time[0] + np.arange(count) / rate
    hidden = _in_a_gap(body.time, time)[:, None]
    # Smoothed before it is thinned out: what is left between two frames has its say.
    cutoff = min(CUTOFF_HZ, MOST_OF_RATE * rate)
    frame_s = float(np.median(np.diff(body.time)))
    sigma = 0.1325 / cutoff / frame_s
    points = {
        name: np.where(
            hidden,
            np.nan,
            signals.resample(signals.smooth(place, sigma), body.time, time),
        )
        for name, place in body.points.items()
    }
    sd = {name: signals.resample(d, body.time, time) for name, d in body.sd.items()}
    still = replace(body, time=time, points=points, sd=sd)
    if frame == "depth":
        level = seen_from(still, pitch=-np.nan_to_num(followed_pitch(still)))
        facing, features = heading(level), _features(level, heading(level), frame)
    else:
        facing, features = heading(still), _features(still, heading(still), frame)
    return Movement(still, features, facing, rate, frame, frame_s)


def _in_a_gap(frames: Array, at: Array) -> NDArray[np.bool_]:
    """Which moments lie between two frames too far apart to be joined by a line."""
    steps = np.diff(frames)
    right = np.clip(np.searchsorted(frames, at, side="left"), 1, frames.size - 1)
    on_frame = np.isclose(frames[right], at) | np.isclose(frames[right - 1], at)
    return (steps[right - 1] > max(GAP_S, 3.0 * float(np.median(steps)))) & ~on_frame


def _features(body: Body, facing: Array, frame: Frame) -> Array:
    found = bone_directions(body)
    unseen = np.full((body.time.size, 3), np.nan)
    columns = [
        scale * (_in_frame(found[name], facing, frame) if name in found else unseen)
        for name, scale in zip(BONES, SCALES, strict=True)
    ]
    return np.concatenate(columns, axis=1)


def _in_frame(directions: Array, facing: Array, frame: Frame) -> Array:
    if frame == "picture":
        return directions * [1.0, 1.0, DEPTH_SAY]
    turned = geometry.turn(directions, -facing)
    return turned if frame == "space" else TURNED_SAY * turned
