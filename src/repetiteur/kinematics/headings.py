"""Which way pelvis, trunk and head face, followed through turns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.directions import face, front, head_front
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: No dancer turns faster, deg/s (domain measure ``turn_count``).
FASTEST_DEG_S = 1080.0


@dataclass(frozen=True)
class Headings:
    """Headings over time, each (time,) degrees, unwrapped.

    0 faces the audience, positive is turned to the dancer's left; NaN = not seen.

    Attributes
    ----------
    pelvis : (time,) float
        By the line of the hips.
    trunk : (time,) float
        By the line of the shoulders.
    head : (time,) float
        By the line of the ears, and by the face (nose, or eyes) before them.
    """

    pelvis: Array
    trunk: Array
    head: Array


def headings(body: Body) -> Headings:
    """Headings of pelvis, trunk and head.

    Parameters
    ----------
    body : Body
        Not one laid flat into the picture's plane: its headings are gone.

    Returns
    -------
    Headings

    Notes
    -----
    Pelvis and trunk are followed as :func:`turning` is: left and right confused for
    some frames do not make a turn. The face needs no labels.
    """
    return _parts(body, *_fronts(body))


def turning(body: Body) -> Array:
    """Heading of the body as turns are counted by it.

    Parameters
    ----------
    body : Body
        Not one laid flat into the picture's plane.

    Returns
    -------
    (time,) float
        Degrees, unwrapped: 0 faces the audience, positive is turned to the dancer's
        left; NaN where neither hips nor shoulders were seen.

    Notes
    -----
    Yaw of the mean of the pelvis's and the trunk's forward vectors (domain measure
    ``turn_count``); one that lies almost upright says accordingly less. Trackers
    exchange left and right when a dancer shows her back, which reverses both vectors.
    So what is followed over time is the *line* of hips and shoulders, which no
    exchange changes and which is unmistakable while a frame lasts less than a quarter
    turn at 1080 deg/s. Which of the line's two ends is the front is then said by all
    frames of an unbroken stretch together: hips and shoulders by their labels, the face
    without any. Over a longer gap the smaller turn is taken.
    """
    return _whole(body, *_fronts(body))


def turning_and_headings(body: Body) -> tuple[Array, Headings]:
    """What :func:`turning` and :func:`headings` give, in less time than both."""
    known = _fronts(body)
    return _whole(body, *known), _parts(body, *known)


def _fronts(body: Body) -> tuple[Array, Array, Array]:
    """Vectors to the front of hips and shoulders, and of both and the face together.

    Each (time, 3); what was not seen adds nothing to the last.
    """
    hips, shoulders = front(body, "hip"), front(body, "shoulder")
    ahead = geometry.seen_sum(geometry.seen_sum(hips, shoulders), face(body))
    return hips, shoulders, ahead


def _whole(body: Body, hips: Array, shoulders: Array, ahead: Array) -> Array:
    return _followed(body.time, geometry.mean_line(hips, shoulders), ahead)


def _parts(body: Body, hips: Array, shoulders: Array, ahead: Array) -> Headings:
    return Headings(
        pelvis=_followed(body.time, hips, ahead),
        trunk=_followed(body.time, shoulders, ahead),
        head=geometry.unwrap(geometry.yaw(head_front(body))),
    )


def _followed(time: Array, line: Array, signs: Array) -> Array:
    """Heading of a line followed over time, its front end told by all signs together.

    Parameters
    ----------
    time : (time,) float
    line : (time, 3) float
        A horizontal vector that may point the wrong way.
    signs : (time, 3) float
        The sum of vectors that mostly point the right way.
    """
    out = geometry.yaw(line)
    seen = np.flatnonzero(np.isfinite(out))
    if not seen.size:
        return out
    degrees = geometry.unwrap(out[seen], period=180.0)
    broken = np.diff(time[seen]) * FASTEST_DEG_S >= 90.0
    starts = np.concatenate([[0], np.flatnonzero(broken) + 1])
    stretch = np.concatenate([[0], np.cumsum(broken)])
    ahead = np.radians(degrees)
    sine, cosine = np.sin(ahead), np.cos(ahead)
    votes = signs[seen, 0] * sine + signs[seen, 2] * cosine
    reversed_ = np.add.reduceat(votes, starts) < 0.0
    degrees += 180.0 * reversed_[stretch]
    jumps = degrees[starts[1:]] - degrees[starts[1:] - 1]
    whole = np.concatenate([[0.0], np.cumsum(np.round(jumps / 360.0))])
    degrees -= 360.0 * whole[stretch]
    # The first frame is told between -180 and 180, whatever was followed before.
    out[seen] = degrees - degrees[0] + geometry.wrap(degrees[0])
    return out
