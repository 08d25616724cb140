"""Figures to draw: both dancers in one set of proportions, centred on the body.

Both face the same way. What one camera saw is drawn flat, as the camera saw it: its
depth is a guess, and turning the figure would show the guess as truth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from repetiteur.model.body import Body
from repetiteur.model.poses import Array, body_of, mirrored
from repetiteur.rehearsal import Rehearsal
from repetiteur.report.skeleton import JOINTS, skeleton, unit

__all__ = ["JOINTS", "Figure", "figures", "turned"]

MAX_RATE = 30.0
MAX_FRAMES = 18_000  # ten minutes
_AWAY = 0.3  # of its length, a face that points back is not seen


@dataclass(frozen=True)
class Figure:
    """A dancer to be drawn.

    Attributes
    ----------
    start_s : float
        Time of the first frame, seconds.
    rate : float
        Frames per second, evenly spaced.
    position : (frames, joints, 3) float
        Metres: x to the right of the picture, y up from the floor, z to the viewer;
        pelvis at x = z = 0. NaN where a joint was not seen.
    flat : bool
        Whether it is as one camera saw it; z is then 0 throughout.
    """

    start_s: float
    rate: float
    position: Array
    flat: bool = False

    def at(self, seconds: float) -> Array:
        """The frame nearest to a moment, (joints, 3)."""
        last = self.position.shape[0] - 1
        k = round((seconds - self.start_s) * self.rate)
        frame: Array = self.position[min(max(k, 0), last)]
        return frame


def figures(rehearsal: Rehearsal) -> tuple[Figure, Figure]:
    """The reference and the take, ready to be drawn side by side.

    Parameters
    ----------
    rehearsal : Rehearsal

    Returns
    -------
    reference, take : Figure
        The reference is mirrored where the take matches its mirror image, and turned
        so that both face the same way. Both are turned by the same quarter turns so
        that the take mostly faces the viewer. What one camera saw is not turned.
    """
    alignment = rehearsal.alignment
    poses = rehearsal.reference.poses
    poses = mirrored(poses) if alignment.side == "mirrored" else poses
    reference, take = _figure(body_of(poses)), _figure(body_of(rehearsal.take.poses))
    heading = alignment.heading_deg if np.isfinite(alignment.heading_deg) else 0.0
    if reference.flat or take.flat:
        return reference, take
    to_front = -90.0 * round(_usual_heading(take.position) / 90.0)
    return _turned(reference, heading + to_front), _turned(take, to_front)


def turned(position: Array, degrees: float) -> Array:
    """Positions turned about the vertical, positive from the viewer to x.

    Examples
    --------
    >>> turned(np.array([0.0, 1.0, 2.0]), 90.0).round(9).tolist()
    [2.0, 1.0, 0.0]
    """
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    x, y, z = np.moveaxis(position, -1, 0)
    return np.stack([x * c + z * s, y, z * c - x * s], axis=-1)


def _turned(figure: Figure, degrees: float) -> Figure:
    return replace(figure, position=turned(figure.position, degrees))


def _usual_heading(position: Array) -> float:
    """Heading of the pelvis, degrees, where one direction prevails; otherwise 0."""
    axis = (
        position[:, JOINTS.index("left_hip")] - position[:, JOINTS.index("right_hip")]
    )
    axis = axis[np.isfinite(axis).all(axis=-1)]
    if not axis.size:
        return 0.0
    forward = unit(np.stack([-axis[:, 2], np.zeros(len(axis)), axis[:, 0]], axis=-1))
    if not np.isfinite(forward).any():
        return 0.0
    mean = np.nanmean(forward, axis=0)
    if np.hypot(mean[0], mean[2]) < 0.5:
        return 0.0
    return float(np.degrees(np.arctan2(mean[0], mean[2])))


def _figure(body: Body) -> Figure:
    duration = float(body.time[-1] - body.time[0])
    rate = 1.0
    if body.time.size > 1 and duration > 0:
        own = 1.0 / float(np.median(np.diff(body.time)))
        rate = min(MAX_RATE, own, MAX_FRAMES / duration)
    frames = int(np.floor(duration * rate + 1e-6)) + 1
    grid = body.time[0] + np.arange(frames) / rate
    drawn = skeleton(Body(time=grid, points=_resampled(body, grid)), rate)
    flat = body.space == "2d"
    return Figure(float(body.time[0]), rate, _flat(drawn) if flat else drawn, flat)


def _flat(position: Array) -> Array:
    """A figure without its depth, and without a face where that points away."""
    out = position.copy()
    head, face = (position[:, JOINTS.index(name)] for name in ("head", "face"))
    ahead = face - head
    with np.errstate(invalid="ignore"):
        away = ahead[:, 2] < -_AWAY * np.linalg.norm(ahead, axis=1)
    out[away, JOINTS.index("face")] = np.nan
    out[..., 2] = np.where(np.isnan(out[..., 2]), np.nan, 0.0)
    return out


def _resampled(body: Body, grid: Array) -> dict[str, Array]:
    """Each keypoint at new times, by straight lines; NaN beside a missing frame."""
    if body.time.size == 1:
        return {name: place[:1] for name, place in body.points.items()}
    left = np.searchsorted(body.time, grid, side="right") - 1
    left = np.clip(left, 0, body.time.size - 2)
    span = body.time[left + 1] - body.time[left]
    w = np.clip((grid - body.time[left]) / span, 0.0, 1.0)[:, np.newaxis]
    w = np.where(w < 1e-9, 0.0, np.where(w > 1 - 1e-9, 1.0, w))
    out = {}
    for name, place in body.points.items():
        a, b = place[left], place[left + 1]
        out[name] = np.where(w == 0, a, np.where(w == 1, b, a + w * (b - a)))
    return out
