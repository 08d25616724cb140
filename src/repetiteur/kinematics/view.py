"""From where a camera saw the dancer, and what a picture shows from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import median_filter

from repetiteur.errors import MissingKeypoints
from repetiteur.kernels import geometry, signals
from repetiteur.kinematics.directions import heading
from repetiteur.kinematics.feet import median_seen
from repetiteur.kinematics.mass import centre_of_mass
from repetiteur.kinematics.support import LIFTED_IN_A_PICTURE, leg_length
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Half-width of a 90 % interval in standard deviations of a normal error.
Z90 = 1.645
#: Error of a heading and of a camera's pitch, sd in deg: root mean squares over four
#: calibrated videos of one man are 6.1 and 4.4 (benchmarks/view.py); of synthetic
#: dancers a pitch is off by 5, and a little more is said of all. Hips alone, or
#: shoulders alone, give headings twice as bad.
HEADING_SD, PITCH_SD = 8.0, 6.0
#: Error of a camera's upright, sd in deg: nobody holds a phone straighter. Expert
#: default.
ROLL_SD = 2.0
#: A body that stands has its mass over its feet to this, deg, in the median over
#: :data:`STEADY_S`; what leans by more stands before a tilted camera. Expert default.
BALANCED = 6.0
#: Length of a foot, heel to tip, in shanks: 0.54 and 0.59 on calibrated video.
FOOT = 0.57
#: A camera leans to the side by the same for this long, s.
STEADY_S = 5.0
#: And looks down by the same for this long: that is told by a depth which stays wrong
#: while a pose is held, so it takes many poses (over 5 s it is off by 7 to 8 degrees,
#: over half a minute by 5).
PITCH_STEADY_S = 60.0


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
    camera's pitch is the lean towards the camera, in the same guess, of the leg that
    stands or of the middle of both, the median over a minute: what carries stands
    upright, so its lean is the camera's.
    """
    facing = heading(body)
    pitch = _steady(_lean(body), body.time, PITCH_STEADY_S)
    return View(
        heading=facing,
        heading_sd=np.where(np.isfinite(facing), HEADING_SD, np.inf),
        pitch=pitch,
        pitch_sd=np.where(np.isfinite(pitch), PITCH_SD, np.inf),
    )


def followed_pitch(body: Body) -> Array:
    """Pitch as the body in the guess of space leans now, (time,) degrees.

    Over five seconds instead of a minute: off by more, but with what is wrong in the
    guess at the time, which is to be taken out where two guesses are compared.
    """
    return _steady(_lean(body), body.time, STEADY_S, "nearest")


def _lean(body: Body) -> Array:
    """Lean towards the camera of what stands, (time,) degrees."""
    down = _standing(body)
    lean = np.degrees(np.arctan2(-down[:, 2], -down[:, 1]))
    return np.where(np.abs(lean) < 60.0, lean, np.nan)  # beyond, nobody stands on it


def _standing(body: Body) -> Array:
    """From the hip to the foot that stands or, of both, from their middle to that."""
    left, right = (body[f"{s}_ankle"] - body[f"{s}_hip"] for s in ("left", "right"))
    return _of_what_stands(body, left, right)


def _of_what_stands(body: Body, left: Array, right: Array) -> Array:
    """What belongs to the lower foot; where none is lifted, the middle of both."""
    apart = (body["left_ankle"] - body["right_ankle"])[:, 1:2]
    lifted = np.abs(apart) > LIFTED_IN_A_PICTURE * leg_length(body)
    lower = np.where(apart < 0.0, left, right)
    return np.where(lifted, lower, 0.5 * (left + right))


def _steady(
    values: Array,
    time: Array,
    over_s: float = STEADY_S,
    beyond: Literal["reflect", "nearest"] = "reflect",
) -> Array:
    """Running median over what was seen; NaN throughout where little was."""
    seen = np.flatnonzero(np.isfinite(values))
    if seen.size < 0.2 * values.size or not seen.size:
        return np.full(values.shape, np.nan)
    step = float(np.median(np.diff(time))) if time.size > 1 else over_s
    half = min(round(0.5 * over_s / step), seen.size)
    calm = median_filter(values[seen], size=2 * half + 1, mode=beyond)
    return np.interp(np.arange(values.size), seen, calm)


def roll_sd(body: Body) -> float:
    """How far the camera's upright may be off the world's, sd in degrees.

    Parameters
    ----------
    body : Body
        Seen by one camera (``space`` is ``2d``).

    Returns
    -------
    float
        :data:`ROLL_SD`, and with it what the body leans by, from its feet to its mass,
        more than bodies that stand do. It widens intervals and turns no picture
        upright: who leans is not told from a camera that does.
    """
    lean = np.abs(_steady(_lean_in_the_picture(body), body.time))
    seen = lean[np.isfinite(lean)]
    beyond = max(0.0, float(np.median(seen)) - BALANCED) if seen.size else 0.0
    return float(np.hypot(ROLL_SD, beyond))


def _lean_in_the_picture(body: Body) -> Array:
    """Lean of the line from the feet that stand to the mass, (time,) degrees."""
    up = _mass(body) - _of_what_stands(body, body["left_ankle"], body["right_ankle"])
    return np.degrees(np.arctan2(up[:, 0], up[:, 1]))


def _mass(body: Body) -> Array:
    """Centre of mass or, of a body that lacks parts, the middle of its hips."""
    try:
        return centre_of_mass(body)
    except MissingKeypoints:
        return body.middle("hip")


def quarter(view: View) -> Array:
    """The nearest of front (0), left (90), back (180) and right, (time,) degrees."""
    return 90.0 * np.round(view.heading / 90.0)


def askew(view: View) -> Array:
    """How far the dancer is turned from the nearest quarter, (time,) -45 to 45 deg."""
    return view.heading - quarter(view)


def seen_at(view: View, frames: slice) -> int | None:
    """From where the dancer was seen over some frames.

    Parameters
    ----------
    view : View
    frames : slice

    Returns
    -------
    {0, 1, 2} or None
        The front, a side, the back; None at an angle, where the nearest of the four
        quarters is not sure at 90 %, and where it is not known.

    Examples
    --------
    >>> def facing(degrees): return View(*(np.full(1, v) for v in (degrees, 8.0, 0, 7)))
    >>> [seen_at(facing(h), slice(None)) for h in (0.0, 120.0, 165.0, 225.0, -70.0)]
    [0, 1, 2, None, 1]
    """
    off, doubt, near = (
        median_seen(each[frames])
        for each in (askew(view), view.heading_sd, quarter(view))
    )
    if not abs(off) + Z90 * doubt <= 45.0:
        return None
    turns = round(near / 90.0) % 4
    return 1 if turns % 2 else turns


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
