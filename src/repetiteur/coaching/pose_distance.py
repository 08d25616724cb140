"""How far the pose as a whole is from the reference's, and which bones make it so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.coaching.differences import EXCUSE_S
from repetiteur.coaching.timeline import Timeline
from repetiteur.kernels import geometry, signals
from repetiteur.kernels.propagation import propagate
from repetiteur.kinematics.directions import BONES, bone_directions, heading
from repetiteur.model.body import Body
from repetiteur.model.findings import Apartness, PoseDistance
from repetiteur.technique.curve import Z90

Array = NDArray[np.float64]

#: A bone that was seen in both for less than this share of the dancing has no say.
SEEN = 0.5
#: Frames of a recording at which the errors of its bones are asked for.
_ASKED = 30


def pose_distance(reference: Body, take: Body, line: Timeline) -> PoseDistance | None:
    """Angle between the bones of a take and of its reference, over all that is judged.

    Parameters
    ----------
    reference, take : Body
        In space, on even grids (:func:`repetiteur.coaching.timeline.even`).
    line : Timeline

    Returns
    -------
    PoseDistance or None
        None where the two have no moment or no bone in common.

    Notes
    -----
    Directions, never lengths: proportions do not count; each body is turned to face the
    audience first. Of each bone the root mean square angle over the time that was lined
    up, and of these the weighted mean (trunk 2, legs 2, arms 1, head 1: domain measure
    ``pose_distance``). Errors make directions differ where the dancing does not, so
    their share is taken away:

        angle^2 = mean(measured^2) - 2 sd^2 - mean((speed x sd of lateness)^2)

    with the standard deviation of a direction's error, both instruments together, along
    each of the two axes across the bone. The interval takes that error to last: it then
    adds to every angle of the recording in one direction, 2 sd sqrt(angle^2 + sd^2) to
    the square; and what was taken away for lateness is known within itself.
    """
    danced = np.isfinite(line.take_s)
    if not danced.any():
        return None
    one, two = directions(reference), directions(take)
    sd = np.hypot(_errors(reference), _errors(take))
    there = signals.resample(two, take.time, line.take_s)
    angle = np.radians(geometry.angle_between(one, there))
    speed = np.linalg.norm(np.gradient(one, line.step_s, axis=0), axis=-1)
    drift = speed * np.minimum(line.late_sd_s, EXCUSE_S)[:, None]
    found: dict[str, Apartness] = {}
    for k, name in enumerate(BONES):
        seen = np.isfinite(angle[:, k]) & np.isfinite(drift[:, k])
        if seen.sum() >= SEEN * danced.sum():
            square, by_time = (
                float(np.mean(curve[seen, k] ** 2)) for curve in (angle, drift)
            )
            found[name] = _apart(square, by_time, float(sd[k]))
    return _whole(found) if found else None


def directions(body: Body) -> Array:
    """Where each bone points, the body turned to face the audience.

    Parameters
    ----------
    body : Body

    Returns
    -------
    (time, bones, 3) float
        Unit vectors in the order of :data:`~repetiteur.kinematics.directions.BONES`;
        NaN where not seen.
    """
    found, facing = bone_directions(body), heading(body)
    unseen = np.full((body.time.size, 3), np.nan)
    return np.stack(
        [geometry.turn(found.get(name, unseen), -facing) for name in BONES], axis=1
    )


def _errors(body: Body) -> Array:
    """Error of each bone's direction, rad along each axis across it, (bones,)."""
    few = np.unique(np.linspace(0, body.time.size - 1, _ASKED).astype(np.int64))
    part = replace(
        body,
        time=body.time[few],
        points={name: place[few] for name, place in body.points.items()},
        sd={name: sd[few] for name, sd in body.sd.items()},
    )
    known = {name: sd for name, sd in part.sd.items() if name in part.points}
    each = propagate(
        lambda points: directions(replace(part, points=points)), part.points, known
    )
    square = np.nansum(each**2, axis=-1)
    return np.asarray(np.sqrt(0.5 * np.median(square, axis=0)))


def _apart(square: float, by_time: float, sd: float) -> Apartness:
    """An angle from its mean square with errors, radians in, degrees out."""
    true = max(square - by_time - 2.0 * sd**2, 0.0)
    half = Z90 * np.hypot(2.0 * sd * np.sqrt(true + sd**2), by_time)
    low, value, high = np.degrees(
        np.sqrt([max(true - half, 0.0), true, true + half])
    ).tolist()
    return Apartness(value, (low, high))


def _whole(bones: Mapping[str, Apartness]) -> PoseDistance:
    """The weighted mean of all bones, whose errors do not go together."""
    weights = np.array([BONES[name][2] for name in bones])
    weights /= weights.sum()
    low, value, high = np.array(
        [(one.interval90[0], one.value, one.interval90[1]) for one in bones.values()]
    ).T
    mean = float(weights @ value)
    down, up = np.linalg.norm(weights * (value - [low, high]), axis=1).tolist()
    return PoseDistance(Apartness(mean, (max(mean - down, 0.0), mean + up)), bones)
