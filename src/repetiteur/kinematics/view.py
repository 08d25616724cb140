"""From where a camera saw the dancer, and what a picture shows from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import median_filter

from repetiteur.kernels import geometry, signals
from repetiteur.kinematics.directions import heading
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Error of a heading and of a camera's pitch, sd in deg: root mean squares over four
#: calibrated videos of one man are 6.1 and 6.2 (benchmarks/view.py), and a little more
#: is said of others. Hips alone, or shoulders alone, give headings twice as bad.
HEADING_SD, PITCH_SD = 8.0, 7.0
#: Length of a foot, heel to tip, in shanks: 0.54 and 0.59 on calibrated video.
FOOT = 0.57
#: A camera's pitch is the same for this long, s.
STEADY_S = 5.0


@dataclass(frozen=True)
class View:
    """From where a camera saw the dancer, over time.

    Attributes
    ----------
    heading, heading_sd : (time,) float
        Which way the dancer faces, degrees: 0 to the camera, positive turned to the
        dancer's left, unwrapped; NaN where neither hips nor shoulders were seen.
    pitch, pitch_sd : (time,) float
        How far the camera looks down, degrees; NaN and infinite where nobody stands.
    """

    heading: Array
    heading_sd: Array
    pitch: Array
    pitch_sd: Array


def view_of(body: Body) -> View:
    """From where a camera saw a dancer.

    Parameters
    ----------
    body : Body
        Seen by one camera (``space`` is ``2d``).

    Returns
    -------
    View

    Notes
    -----
    The heading is that of hips and shoulders in the tracker's guess of space. The
    camera's pitch is the lean of the standing leg (that of the lower foot) towards the
    camera in the same guess, the median over five seconds: a leg that carries stands
    upright, so its lean is the camera's.
    """
    facing = heading(body)
    down = _standing_leg(body)
    lean = np.degrees(np.arctan2(-down[:, 2], -down[:, 1]))
    lean = np.where(np.abs(lean) < 60.0, lean, np.nan)  # beyond, nobody stands on it
    pitch = _steady(lean, body.time)
    return View(
        heading=facing,
        heading_sd=np.where(np.isfinite(facing), HEADING_SD, np.inf),
        pitch=pitch,
        pitch_sd=np.where(np.isfinite(pitch), PITCH_SD, np.inf),
    )


def _standing_leg(body: Body) -> Array:
    legs = [body[f"{side}_ankle"] - body[f"{side}_hip"] for side in ("left", "right")]
    feet = [body[f"{side}_ankle"][:, 1] for side in ("left", "right")]
    return np.where((feet[0] < feet[1])[:, None], *legs)


def _steady(values: Array, time: Array) -> Array:
    """Running median over what was seen; NaN throughout where little was."""
    seen = np.flatnonzero(np.isfinite(values))
    if seen.size < 0.2 * values.size or not seen.size:
        return np.full(values.shape, np.nan)
    step = float(np.median(np.diff(time))) if time.size > 1 else STEADY_S
    half = min(round(0.5 * STEADY_S / step), seen.size)
    calm = median_filter(values[seen], size=2 * half + 1, mode="nearest")
    return np.interp(np.arange(values.size), seen, calm)


def quarter(view: View) -> Array:
    """The nearest of front (0), left (90), back (180) and right, (time,) degrees."""
    return 90.0 * np.round(view.heading / 90.0)


def askew(view: View) -> Array:
    """How far the dancer is turned from the nearest quarter, (time,) -45 to 45 deg."""
    return view.heading - quarter(view)


def laid_flat(body: Body) -> Body:
    """A seen body in the picture's plane: an angle in it is the angle in the picture.

    Parameters
    ----------
    body : Body
        Seen by one camera.

    Returns
    -------
    Body
        The same x and y, z = 0 and known as exactly; ``facing`` is the nearest quarter.
    """
    flat = np.array([1.0, 1.0, 0.0])
    return replace(
        body,
        points=MappingProxyType({name: p * flat for name, p in body.points.items()}),
        sd=MappingProxyType({name: s * flat for name, s in body.sd.items()}),
        facing=quarter(view_of(body)),
    )


def seen_from(
    body: Body,
    *,
    turned: ArrayLike = 0.0,
    pitch: ArrayLike = 0.0,
    roll: ArrayLike = 0.0,
) -> Body:
    """A body as a camera elsewhere would see it, its depth taken for true.

    Parameters
    ----------
    body : Body
    turned : float or (time,) float
        The dancer is turned by this much to the dancer's left, degrees.
    pitch, roll : float or (time,) float
        The camera looks down, and leans to the picture's right, by this much more,
        degrees.

    Returns
    -------
    Body

    Examples
    --------
    >>> up = Body(np.zeros(1), {"head": np.array([[0.0, 1.0, 0.0]])})
    >>> seen_from(up, pitch=90.0)["head"].round(9).tolist()
    [[0.0, 0.0, 1.0]]
    """

    def turn(place: Array) -> Array:
        seen = geometry.turn(place, turned)
        look = geometry.turn(seen[:, [2, 0, 1]], pitch)[:, [1, 2, 0]]  # about x
        return geometry.turn(look[:, [1, 2, 0]], roll)[:, [2, 0, 1]]  # about z

    points = {name: turn(place) for name, place in body.points.items()}
    return replace(body, points=MappingProxyType(points))


def towards_camera(body: Body, root: str, end: str) -> Array:
    """How much of a bone points towards the camera or away from it.

    Parameters
    ----------
    body : Body
        Seen by one camera.
    root, end : str
        Keypoints.

    Returns
    -------
    (time,) float
        Share of its length, 0 (in the picture's plane) to 1 (at the camera).

    Notes
    -----
    From the tracker's depth, which puts a third of the bones on the wrong side of 0.5
    at the most, and nearly none that point at the camera for more than 0.65. The depth
    of feet says nothing, so a foot is judged by how short it looks beside its shank.
    """
    bone = body[end] - body[root]
    if root.endswith("_heel"):
        return _foot(body, root.removesuffix("_heel"), bone)
    step = float(np.median(np.diff(body.time))) if body.time.size > 1 else 1.0
    depth = signals.smooth(bone[:, 2], 0.1 / step)
    length = np.hypot(np.linalg.norm(bone[:, :2], axis=1), depth)
    return np.asarray(np.abs(depth) / np.where(length > 0.0, length, np.nan))


def _foot(body: Body, side: str, foot: Array) -> Array:
    shank = np.linalg.norm(body[f"{side}_ankle"] - body[f"{side}_knee"], axis=1)
    seen = shank[np.isfinite(shank)]
    whole = FOOT * float(np.median(seen)) if seen.size else np.nan
    flat = np.linalg.norm(foot[:, :2], axis=1) / whole
    return np.asarray(np.sqrt(np.clip(1.0 - flat**2, 0.0, 1.0)))
